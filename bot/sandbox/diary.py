"""What happened in the sandbox, in order: the page waits for the next entry, a saved talk is made of all of them."""

import asyncio
from enum import StrEnum

from core.frozen import frozen


class Did(StrEnum):
    SAID = ">"
    TAPPED = "tap"
    MAILED = ">>"
    HEARD = "<"
    LATER = "later"


@frozen(slots=False)
class Entry:
    """`who` is a user id, a chat id or a mail address; nobody for what happens to all."""

    did: Did
    words: str
    who: int | str = ""


class Diary:
    """`count` grows with every change, also with those that leave no entry."""

    def __init__(self) -> None:
        self.count = 0
        self.entries: list[Entry] = []
        self._changed = asyncio.Event()

    def note(self, entry: Entry | None = None) -> None:
        """Something changed: whoever waits looks again."""
        if entry:
            self.entries.append(entry)
        self.count += 1
        self._changed.set()
        self._changed = asyncio.Event()

    async def after(self, count: int) -> int:
        """The count, as soon as it is another than `count`."""
        while self.count == count:
            await self._changed.wait()
        return self.count
