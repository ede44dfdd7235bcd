"""`orderbot erase`: a person is forgotten, on their request; without --yes it only shows what would go."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.cli_common import console, fail, opened
from handlers.erasing import erase

if TYPE_CHECKING:
    from bot.settings import Settings
    from storage.erasing import Person
    from storage.store import Store

HOW = "give a mail address, the number of a Telegram chat, or an order as #1001"


class _DryRun(Exception):
    """Undoes all that was done, and tells what that was."""

    def __init__(self, person: "Person", counts: dict[str, int]) -> None:
        super().__init__()
        self.person = person
        self.counts = counts


async def erase_person(settings: "Settings", who: str, *, is_meant: bool) -> None:
    """Find them, and take their data out; a dry run does it all and undoes it, so what is counted is true."""
    async with opened(settings) as store:
        try:
            person, counts = await _erased(store, who, is_meant=is_meant)
        except _DryRun as tried:
            person, counts = tried.person, tried.counts
        # What is gone from the tables is to be gone from the file, too.
        is_clean = await store.compact() if is_meant else True
    _tell(person, counts, is_meant=is_meant)
    if not is_clean:
        console().print("the file was in use: what was erased leaves it when you run this again", style="yellow")


async def _erased(store: "Store", who: str, *, is_meant: bool) -> tuple["Person", dict[str, int]]:
    async with store.transaction() as tx:
        person = _ready(await tx.erasing.find(who), who)
        counts = await erase(tx, person, datetime.now(UTC))
        if not is_meant:
            raise _DryRun(person, counts)
    return person, counts


def _ready(person: "Person | None", who: str) -> "Person":
    if person is None:
        fail(f"nobody is known by {who!r}: {HOW}")
    if person.open_orders:
        names = ", ".join(person.open_orders)
        fail(f"still under way: {names}; bring them to an end in the staff's group, then erase")
    return person


def _tell(person: "Person", counts: dict[str, int], *, is_meant: bool) -> None:
    for name in person.names:
        console().print(name)
    for kind, count in counts.items():
        console().print(f"{count:6} {kind}")
    if not counts:
        console().print("there is nothing of theirs left")
    elif is_meant:
        console().print("erased; orders, stock and money stand as they did", style="bold")
    else:
        console().print("nothing is erased yet: --yes does it, and cannot be undone", style="bold")
