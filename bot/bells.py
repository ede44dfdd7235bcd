"""Bells between the loops: work has come. A loop that hears nothing looks by itself after a while."""

import asyncio

LOOK_SECONDS = 1.0
"""Another process may have put work into the database, where no bell of ours rings."""


class Bell:
    """Rung by whoever made work, heard by the loop that does it."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        """There is work."""
        self._event.set()

    async def heard(self, seconds: float = LOOK_SECONDS) -> None:
        """Return when it rings, at the latest after `seconds`, real ones."""
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            return
        self._event.clear()
