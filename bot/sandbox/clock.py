"""A clock that can jump, so that a day of the shop passes in an afternoon."""

import asyncio
import time
from datetime import UTC, datetime, timedelta


class SandboxClock:
    """Runs like a real clock from `start`, and jumps when told to.

    With `flows=False` it stands still between jumps: then nothing that waits on it depends on the machine's speed.
    """

    def __init__(self, start: datetime | None = None, *, flows: bool = True) -> None:
        self._start = start or datetime.now(UTC)
        self._flows = flows
        self._born = time.monotonic()
        self._ahead = timedelta()
        self._jumped = asyncio.Event()

    def now(self) -> datetime:
        """This instant, aware, in UTC."""
        flown = time.monotonic() - self._born if self._flows else 0.0
        return self._start + self._ahead + timedelta(seconds=flown)

    def jump(self, seconds: float) -> None:
        """Move on at once; whoever sleeps until a time now past wakes up. Never backwards."""
        if seconds < 0:
            raise ValueError("a clock does not run backwards")
        self._ahead += timedelta(seconds=seconds)
        self._jumped.set()
        self._jumped = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        """Return when `seconds` have passed on this clock, by flowing or by jumping."""
        until = self.now() + timedelta(seconds=seconds)
        while (left := (until - self.now()).total_seconds()) > 0:
            try:
                async with asyncio.timeout(left if self._flows else None):
                    await self._jumped.wait()
            except TimeoutError:
                continue
