"""What time it is, and how to wait: the one door to the clock, so that the sandbox can hold another."""

import asyncio
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Where the process takes its time from; below bot/ time comes in as a value."""

    def now(self) -> datetime:
        """This instant, aware, in UTC."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Return when `seconds` have passed on this clock."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
