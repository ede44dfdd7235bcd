"""One counter that grows whenever something in the sandbox changed, and a way to wait for that."""

import asyncio


class Changes:
    def __init__(self) -> None:
        self.count = 0
        self._changed = asyncio.Event()

    def note(self) -> None:
        """Something changed: whoever waits looks again."""
        self.count += 1
        self._changed.set()
        self._changed = asyncio.Event()

    async def after(self, count: int) -> int:
        """The count, as soon as it is another than `count`."""
        while self.count == count:
            await self._changed.wait()
        return self.count
