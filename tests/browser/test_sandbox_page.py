"""The sandbox's page in a real browser, with the real bot behind it."""

import pytest
from playwright.async_api import expect

from tests import play


@pytest.mark.slow
async def test_an_order_goes_from_the_first_word_to_handed_over(browser, tmp_path):
    async with play.opened(browser, tmp_path) as page:
        await play.order_by_chat(page)


@pytest.mark.slow
async def test_an_order_is_tapped_together_from_the_menu_in_one_message(browser, tmp_path):
    async with play.opened(browser, tmp_path) as page:
        await play.order_by_buttons(page)


@pytest.mark.slow
async def test_an_order_by_mail_is_placed_accepted_and_answered_in_html(browser, tmp_path):
    async with play.opened(browser, tmp_path) as page:
        await play.order_by_mail(page)

        frame = page.get_by_test_id("mail-html").last.content_frame
        await expect(frame.get_by_text("is accepted").first).to_be_visible()


@pytest.mark.slow
async def test_a_killed_bot_comes_back_and_knows_the_draft(browser, tmp_path):
    async with play.opened(browser, tmp_path) as page:
        await page.get_by_test_id("customer-start").click()
        await play.write(page, "customer", play.FIRST_WORDS)
        await play.says(page, "customer", "Total 23.00 EUR")

        await page.get_by_test_id("fault-restart").click()
        await play.tap(page, "customer", "Place order")

        await play.says(page, "customer", "How would you like to get it?")


@pytest.mark.slow
async def test_on_a_phone_the_panes_are_tabs(browser, tmp_path):
    async with play.opened(browser, tmp_path, width=390) as page:
        await page.get_by_test_id("customer-start").click()
        await play.says(page, "customer", "Welcome")

        await page.get_by_test_id("tab-staff").click()

        await expect(page.get_by_test_id("pane-staff")).to_be_visible()
        await expect(page.get_by_test_id("pane-customer")).to_be_hidden()


@pytest.mark.slow
async def test_after_ask_the_reply_is_open_for_whoever_tapped(browser, tmp_path):
    async with play.opened(browser, tmp_path) as page:
        await page.get_by_test_id("customer-start").click()
        await play.write(page, "customer", "2 margherita, pickup")
        await play.tap(page, "customer", "Place order")
        await play.tap(page, "staff", "Ask")
        await play.says(page, "staff", "Your question to Bea")

        await play.write(page, "staff", "With basil?")

        await play.says(page, "customer", "With basil?")


@pytest.mark.slow
async def test_no_word_of_a_button_is_broken_and_the_empty_message_does_not_scroll(browser, tmp_path):
    async with play.opened(browser, tmp_path, width=1280) as page:
        await page.get_by_test_id("customer-start").click()
        await play.write(page, "customer", "hallo, ich hätte gern zwei Margherita und 2 Cola, Abholung")
        await play.says(page, "customer", "Summe")

        row = page.get_by_test_id("pane-customer").locator(".row").last
        heights = [await one.evaluate("one => one.offsetHeight") for one in await row.get_by_test_id("button").all()]
        field = page.get_by_test_id("customer-input")

        assert len(heights) == 3
        assert max(heights) < 40
        assert await field.evaluate("field => field.scrollHeight <= field.clientHeight")
