"""The sandbox played in a browser, as a person would: by what stands on the page. For the test and for the pictures."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from bot.demo import Demo

FRIDAY_EVENING = datetime(2026, 11, 20, 17, 5, tzinfo=UTC)
"""Five past six in the shop, which is open until after midnight."""

Snap = Callable[[str], Awaitable[None]]

FIRST_WORDS = "2 margherita, one large with extra mushrooms no onions, and a coke"
MAIL_WORDS = "Good evening,\n\ntwo jars of honey, please, shipped to\nCarl Weber, Lindenweg 4, 50667 Köln.\n\nCarl"


async def no_picture(name: str) -> None:
    """For whoever only plays."""


@asynccontextmanager
async def opened(browser: Browser, folder: Path, *, width: int = 1440, dark: bool = False) -> AsyncIterator[Page]:
    """The sandbox with the bot in it, and a window on its page."""
    demo = await Demo.start(folder, port=0, now=FRIDAY_EVENING)
    context = await browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light", reduced_motion="reduce"
    )
    page = await context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    try:
        await page.goto(demo.sandbox.page_address)
        yield page
        assert faults == []
    finally:
        await context.close()
        await demo.stop()


async def says(page: Page, pane: str, words: str) -> None:
    """Somebody holds these words before them in the newest messages of this pane."""
    talk = page.get_by_test_id(f"pane-{pane}").get_by_test_id("message").filter(has_text=words)
    await expect(talk.last).to_be_visible()


async def tap(page: Page, pane: str, label: str) -> None:
    """The newest button of this name."""
    buttons = page.get_by_test_id(f"pane-{pane}").get_by_test_id("button").filter(has_text=label)
    await buttons.last.click()


async def write(page: Page, pane: str, words: str) -> None:
    await page.get_by_test_id(f"{pane}-input").fill(words)
    await page.get_by_test_id(f"{pane}-send").click()


async def order_by_chat(page: Page, snap: Snap = no_picture) -> None:
    """From the first word to handed over."""
    await page.get_by_test_id("customer-start").click()
    await says(page, "customer", "Welcome to Trattoria Bea")
    await write(page, "customer", FIRST_WORDS)
    await says(page, "customer", "Total 23.00 EUR")
    await snap("draft")
    await tap(page, "customer", "Place order")
    await tap(page, "customer", "Pickup")
    await says(page, "staff", "#1001")
    await says(page, "customer", "Your order #1001")
    await snap("placed")
    await tap(page, "staff", "Accept · 15 min")
    await says(page, "customer", "#1001 is accepted")
    await tap(page, "staff", "Ready")
    await says(page, "customer", "#1001 is ready")
    await tap(page, "staff", "Handed over")
    await says(page, "staff", "Paid in cash")
    await says(page, "customer", "Handed over")
    await expect(page.get_by_test_id("known")).to_contain_text("completed")
    await snap("handed-over")


async def order_by_buttons(page: Page, snap: Snap = no_picture) -> None:
    """Not a word written: from the menu to a placed order, all of it in one message."""
    await page.get_by_test_id("customer-start").click()
    await says(page, "customer", "Welcome to Trattoria Bea")
    await tap(page, "customer", "Menu")
    await tap(page, "customer", "Pizza from the wood oven")
    await tap(page, "customer", "Margherita")
    await says(page, "customer", "Contains: gluten, milk")
    await tap(page, "customer", "Toppings")
    await tap(page, "customer", "mushrooms")
    await tap(page, "customer", "olives")
    await says(page, "customer", "mushrooms, olives")
    await tap(page, "customer", "‹ Margherita")
    await says(page, "customer", "Contains: gluten, milk")
    await snap("menu")
    await tap(page, "customer", "Add · 10.30 EUR")
    await says(page, "customer", "Total 10.30 EUR")
    await tap(page, "customer", "Place order")
    await tap(page, "customer", "Pickup")
    await says(page, "staff", "#1001")


async def order_by_mail(page: Page, snap: Snap = no_picture) -> None:
    """A mail that says everything is placed at once, accepted, and shipped."""
    await page.get_by_test_id("mail-write").click()
    await page.get_by_test_id("mail-from").select_option(label="Carl <carl@example.net>")
    await page.get_by_test_id("mail-subject").fill("Honey")
    await page.get_by_test_id("mail-body").fill(MAIL_WORDS)
    await page.get_by_test_id("mail-send").click()
    await says(page, "staff", "by mail")
    await tap(page, "staff", "Accept")
    thread = page.get_by_test_id("mail-item").filter(has_text="is accepted")
    await thread.click()
    await expect(page.get_by_test_id("mail-html").last).to_be_visible()
    await snap("by-mail")
