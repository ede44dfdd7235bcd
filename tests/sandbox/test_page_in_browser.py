"""The page as people use it, in a headless Chromium; the bot's part is played by the test."""

import pytest
from playwright.async_api import expect
from telegram import Bot

from bot.sandbox.people import BEA, CARL
from bot.sandbox.sandbox import Sandbox

CARD = {"inline_keyboard": [[{"text": "Accept · 15 min", "callback_data": "accept:1"}]]}


@pytest.fixture
async def sandbox():
    one = await Sandbox.start(page_port=0)
    yield one
    await one.stop()


@pytest.fixture
async def bot(sandbox):
    async with Bot(sandbox.telegram.token, base_url=sandbox.telegram.base) as one:
        yield one


@pytest.fixture
async def page(browser, sandbox):
    one = await browser.new_page(viewport={"width": 1440, "height": 900})
    problems: list[str] = []
    one.on("pageerror", lambda problem: problems.append(str(problem)))
    await one.goto(sandbox.page_address)
    yield one
    await one.close()
    assert problems == []


def pane(page, name):
    return page.get_by_test_id(f"pane-{name}")


async def news(bot):
    """What the bot hears, as soon as it hears something; confirmed."""
    updates = await bot.get_updates(timeout=10)
    await bot.get_updates(offset=updates[-1].update_id + 1, timeout=0)
    return updates


async def test_a_customer_starts_the_chat_and_writes(page, bot):
    await page.get_by_test_id("customer-start").click()
    await page.get_by_test_id("customer-input").fill("two cokes")
    await page.get_by_test_id("customer-input").press("Enter")

    await expect(pane(page, "customer").get_by_text("two cokes")).to_be_visible()
    assert (await news(bot))[-1].message.text == "two cokes"


async def test_the_staff_taps_and_the_card_changes_in_its_place(page, bot, sandbox):
    card = await bot.send_message(sandbox.staff_chat, "<b>#1001</b>", parse_mode="HTML", reply_markup=CARD)
    await page.get_by_test_id("staff-sam").click()
    await pane(page, "staff").get_by_role("button", name="Accept · 15 min").click()

    (tap,) = await news(bot)
    await tap.callback_query.answer("Accepted")
    await bot.edit_message_text("#1001 accepted by Sam", sandbox.staff_chat, card.message_id)

    message = pane(page, "staff").get_by_test_id("message")
    await expect(pane(page, "staff").get_by_test_id("toast")).to_have_text("Accepted")
    await expect(message).to_contain_text("#1001 accepted by Sam")
    await expect(message).to_contain_text("edited")
    await expect(message.get_by_role("button", name="Accept")).to_have_count(0)


async def test_a_keyboard_shares_the_contact(page, bot, sandbox):
    sandbox.telegram.people.start(BEA.user)
    await news(bot)
    keyboard = {"keyboard": [[{"text": "Share my number", "request_contact": True}]]}
    await bot.send_message(BEA.user.id, "Your number?", reply_markup=keyboard)

    await page.get_by_role("button", name="Share my number").click()

    assert (await news(bot))[-1].message.contact.phone_number == BEA.user.phone


async def test_a_keyboard_and_a_button_share_the_location(page, bot, sandbox):
    sandbox.telegram.people.start(BEA.user)
    await news(bot)
    keyboard = {"keyboard": [[{"text": "Where I am", "request_location": True}]], "one_time_keyboard": True}
    await bot.send_message(BEA.user.id, "Where?", reply_markup=keyboard)

    await page.get_by_role("button", name="Where I am").click()
    assert (await news(bot))[-1].message.location.latitude == BEA.user.home[0]

    await page.get_by_test_id("customer-place").click()
    assert (await news(bot))[-1].message.location.longitude == BEA.user.home[1]


async def test_a_link_to_the_bot_opens_it_with_its_payload(page, bot, sandbox):
    sandbox.telegram.people.start(BEA.user)
    await news(bot)
    link = f"https://t.me/{sandbox.telegram.state.bot.username}?start=join-1"
    await bot.send_message(BEA.user.id, f'<a href="{link}">join</a>', parse_mode="HTML")

    await pane(page, "customer").get_by_role("link", name="join").click()

    assert (await news(bot))[-1].message.text == "/start join-1"


async def test_words_never_become_markup(page, sandbox):
    sandbox.telegram.people.say(BEA.user, '<img src="x" onerror="document.title = 1"> & <b>cokes</b>')

    await expect(pane(page, "customer").get_by_text("& <b>cokes</b>")).to_be_visible()
    assert await pane(page, "customer").locator(".words img, .words b").count() == 0


async def test_a_mail_is_written_and_its_html_answer_read_without_its_scripts(page, sandbox):
    await page.get_by_test_id("mail-write").click()
    await page.get_by_test_id("mail-subject").fill("Order")
    await page.get_by_test_id("mail-body").fill("two jars of honey")
    await page.get_by_test_id("mail-send").click()
    await expect(page.get_by_test_id("mail-item")).to_contain_text("two jars of honey")
    await answer_by_mail(sandbox, "<p>Thank you</p><script>parent.document.title = 'taken over'</script>")

    await page.get_by_test_id("mail-item").click()

    letter = page.frame_locator("[data-testid=mail-html]")
    await expect(letter.get_by_text("Thank you")).to_be_visible()
    assert await page.title() == "orderbot · sandbox"


async def test_what_comes_while_something_is_pressed_does_not_take_the_click_away(page, sandbox):
    await sandbox.mailbox.write_mail(CARL.mail_name, "Order", "two jars of honey")
    await page.get_by_test_id("mail-item").hover()
    await page.mouse.down()
    async with page.expect_response("**/state"):
        await answer_by_mail(sandbox, "<p>Thank you</p>")
    await page.wait_for_timeout(200)  # time enough to draw, were it not for the press

    await page.mouse.up()

    await expect(page.frame_locator("[data-testid=mail-html]").get_by_text("Thank you")).to_be_visible()


async def answer_by_mail(sandbox, html):
    """The shop answers the last mail."""
    asked = sandbox.mailbox.mails[-1]
    head = f"From: {sandbox.mailbox.address}\r\nTo: {CARL.address}\r\nIn-Reply-To: {asked.id}\r\n"
    raw = f"{head}Content-Type: text/html; charset=utf-8\r\n\r\n{html}".encode()
    sandbox.mailbox.caught(sandbox.mailbox.address, (CARL.address,), raw)


async def test_the_order_on_the_desk_is_what_the_database_knows(page, sandbox):
    async def look(_):
        order = {
            "number": 1001,
            "state": "accepted",
            "lines": [{"quantity": "2", "words": "Margherita", "price": "17.00 EUR"}],
            "total": "17.00 EUR",
            "timeline": [{"at": "2026-11-21T12:00:00+00:00", "actor": "Sam", "what": "accepted"}],
            "stock": [{"sku": "margherita", "accounts": {"shelf": "38", "committed": "2"}}],
        }
        return {"orders": [{"number": 1001, "state": "accepted", "who": "Bea"}], "selected": order}

    sandbox.look = look

    await expect(page.get_by_test_id("order-state")).to_have_text("accepted")
    await expect(page.get_by_test_id("receipt")).to_contain_text("17.00 EUR")
    await expect(page.get_by_test_id("timeline")).to_contain_text("12:00")
    await expect(page.get_by_test_id("stock")).to_contain_text("margherita")


async def test_telegram_goes_down_and_comes_back_by_its_switch(page, sandbox):
    switch = page.get_by_test_id("fault-telegram")
    await switch.click()
    await expect(switch).to_have_attribute("aria-pressed", "true")
    assert sandbox.telegram.is_down

    await switch.click()
    await expect(switch).to_have_attribute("aria-pressed", "false")
    assert not sandbox.telegram.is_down


async def test_a_phone_shows_one_part_at_a_time_and_nothing_is_cut(page):
    await page.set_viewport_size({"width": 390, "height": 844})

    for name in ("customer", "staff", "mail"):
        await page.get_by_test_id(f"tab-{name}").click()
        await expect(pane(page, name)).to_be_visible()
        await expect(page.get_by_test_id("desk")).to_be_hidden()
    await page.get_by_test_id("tab-desk").click()
    await expect(page.get_by_test_id("fault-restart")).to_be_visible()
    wide = await page.locator("html").evaluate("page => page.scrollWidth")
    assert wide == 390


CUT = """() => [...document.querySelectorAll(".desk .fate button, .desk .fate h2, .top *, .pane-head *")]
    .filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX === "visible"
        && getComputedStyle(one).display !== "inline" || one.getBoundingClientRect().bottom > innerHeight)
    .map((one) => one.className || one.textContent)"""


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1280, 720)])
async def test_nothing_of_the_heads_and_of_what_goes_wrong_is_cut(page, width, height):
    await page.set_viewport_size({"width": width, "height": height})
    await expect(page.get_by_test_id("fault-restart")).to_be_visible()

    assert await page.evaluate(CUT) == []


async def test_a_button_from_before_the_group_moved_can_still_be_tapped(page, bot, sandbox):
    await bot.send_message(sandbox.staff_chat, "#1001", reply_markup=CARD)
    old = sandbox.staff_chat
    sandbox.telegram.people.migrate(old)
    await bot.send_message(sandbox.staff_chat, "the first message of the new group")
    await news(bot)

    await pane(page, "staff").get_by_role("button", name="Accept · 15 min").click()

    (tap,) = await news(bot)
    assert (tap.callback_query.message.chat.id, tap.callback_query.data) == (old, "accept:1")
    await tap.callback_query.answer("The group has moved")
    await expect(pane(page, "staff").get_by_test_id("toast")).to_have_text("The group has moved")
