"""Messages that failed: counted, tried again after a while, and at last left for people to look at."""

from datetime import timedelta

from core.notices import STAFF, Alarm, Notice, Sorry, To
from handlers import joining
from handlers.desk import Desk
from handlers.telling import tell
from storage.inbox import Waiting

TRIES = 5
FIRST_PAUSE = timedelta(seconds=2)


async def counted(desk: Desk, row: Waiting, error: Exception) -> None:
    """Count it; after the last try it rests, and people hear of it."""
    is_last = row.attempts + 1 >= TRIES
    next_try = None if is_last else desk.now + FIRST_PAUSE * 2**row.attempts
    await desk.tx.inbox.fail(row.id, f"{type(error).__name__}: {error}", next_try)
    if not is_last:
        return
    for notice in await _last_words(desk, row):
        try:
            async with desk.tx.savepoint():
                await tell(desk, (notice,))
        except Exception:  # noqa: BLE001, S112  # even these words are broken: the row itself shows in metrics and audit
            continue


async def _last_words(desk: Desk, row: Waiting) -> tuple[Notice, ...]:
    alarm = Alarm(to=STAFF, what="dead_message", facts={"number": row.id})
    try:
        incoming = desk.house.decoders[row.channel](row.raw)
        async with desk.tx.savepoint():
            contact = await joining.sender(desk, incoming)
    except Exception:  # noqa: BLE001  # nobody to be found in what cannot be read
        return (alarm,)
    return (alarm,) if contact is None else (alarm, Sorry(to=To(contact.id)))
