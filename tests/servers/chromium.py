"""Debian's Chromium, headless, driven by Playwright."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, async_playwright, expect

MISSING = "Chromium is not installed (Debian: apt-get install chromium)"

PATIENCE_MS = 30_000
"""How long a test waits for what it expects on a page: a machine busy with everything else may be slow, too."""

# It asks nobody on the internet for anything; root has no sandbox of Chromium's, and a small /dev/shm is enough.
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
]


def path() -> str | None:
    """Where Chromium is; None where there is none."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@asynccontextmanager
async def started() -> AsyncIterator[Browser]:
    """A browser with nothing in it, closed at the end."""
    expect.set_options(timeout=PATIENCE_MS)
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=path(), args=_ARGUMENTS)
        try:
            yield running
        finally:
            await running.close()
