"""Makes the pictures of the docs anew, from the product itself: `make pictures`."""

import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import Browser, Page

from tests import play
from tests.servers import chromium

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"


def _snap(page: Page, prefix: str) -> play.Snap:
    async def snap(name: str) -> None:
        # The pane scrolls to its newest message a moment after it was drawn.
        await page.wait_for_timeout(400)
        await page.screenshot(path=PICTURES / f"{prefix}{name}.png")

    return snap


async def _desktop(browser: Browser) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with play.opened(browser, Path(folder)) as page:
            await play.order_by_chat(page, _snap(page, "sandbox-"))
            await play.order_by_mail(page, _snap(page, "sandbox-"))


async def _menu(browser: Browser) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with play.opened(browser, Path(folder)) as page:
            # High enough for picture, words and buttons of one message.
            await page.set_viewport_size({"width": 1440, "height": 1300})

            async def snap(name: str) -> None:
                await page.wait_for_timeout(600)
                await page.get_by_test_id("pane-customer").screenshot(path=PICTURES / f"{name}.png")

            await play.order_by_buttons(page, snap)


async def _phone(browser: Browser) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with play.opened(browser, Path(folder), width=390, dark=True) as page:
            await page.get_by_test_id("customer-start").click()
            await play.says(page, "customer", "Welcome")
            await play.write(page, "customer", play.FIRST_WORDS)
            await play.says(page, "customer", "Total 23.00 EUR")
            await _snap(page, "phone-")("draft")


async def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    async with chromium.started() as browser:
        await _desktop(browser)
        await _menu(browser)
        await _phone(browser)
    print(*sorted(path.name for path in PICTURES.glob("*.png")), sep="\n")  # noqa: T201  # what was made


if __name__ == "__main__":
    asyncio.run(main())
