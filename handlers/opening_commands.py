"""/open, /close and /pause: the flow of orders, started and stopped by hand."""

from datetime import datetime, timedelta

from core.errors import NotUnderstoodCommand
from core.notices import STAFF, Notice, ShopOpened
from core.people import Right, Staff
from handlers.commands import staff_command
from handlers.desk import Desk
from handlers.until import read_at, read_end, read_length

LONGEST = timedelta(hours=24)
OPEN = "/open · /open until 23:00"
PAUSE = "/pause 30m · /pause 2 hours · /pause until 19:40"


@staff_command("open", Right.RUN)
async def open_shop(desk: Desk, person: Staff, words: str) -> tuple[Notice, ...]:  # noqa: ARG001
    """/open (until 23:00): ends /pause and /close; outside the opening hours takes orders until then or they begin

    Raises NotUnderstoodCommand for an end before today's own: hours are cut short by /pause, or in the shop file.
    """
    hours = desk.shop.hours
    is_open, closes = hours.is_open(desk.now), hours.closes(desk.now)
    until = _until(desk, words, OPEN)
    if until is not None and is_open and closes is not None and until < closes:
        raise NotUnderstoodCommand(usage=OPEN, what="open_shorter")
    await desk.tx.facts.drop("paused_until")
    await desk.tx.facts.drop("closed")
    if is_open and until is None:
        await desk.tx.facts.drop("open_until")
        return (ShopOpened(to=STAFF, state="open"),)
    begins = hours.next_opening(closes or desk.now) or desk.now + LONGEST
    until = min(until or begins, begins)
    await desk.tx.facts.put("open_until", until.isoformat())
    return (ShopOpened(to=STAFF, state="open", until=until, is_begun=until == begins),)


@staff_command("close", Right.RUN)
async def close_shop(desk: Desk, person: Staff, words: str) -> tuple[Notice, ...]:  # noqa: ARG001
    """/close: nothing more for today until /open; orders for other days still come in

    It closes now: another day or hour than this is refused, not passed over.
    """
    today = desk.now.astimezone(desk.shop.zone).date()
    if words.strip() and read_at(desk, words, desk.now).day != today:
        raise NotUnderstoodCommand(usage="/close · /pause until 20:00", what="close_later")
    await desk.tx.facts.put("closed", "by hand")
    await desk.tx.facts.drop("open_until")
    return (ShopOpened(to=STAFF, state="closed"),)


@staff_command("pause", Right.RUN)
async def pause(desk: Desk, person: Staff, words: str) -> tuple[Notice, ...]:  # noqa: ARG001
    """/pause 30m (or until 19:40): nothing for the next 30 minutes; orders for later still come in"""
    said = words.strip() or "30m"
    length = read_length(f"{said}m" if said.isdecimal() else said)
    until = desk.now + min(length, LONGEST) if length else _until(desk, said, PAUSE)
    assert until is not None  # noqa: S101  # there are words
    await desk.tx.facts.put("paused_until", until.isoformat())
    return (ShopOpened(to=STAFF, state="paused", until=until),)


def _until(desk: Desk, words: str, usage: str) -> datetime | None:
    """None without words. Raises NotUnderstoodCommand for what is no time to come."""
    if not words.strip():
        return None
    until = read_end(desk, words, usage)
    if until is None:
        raise NotUnderstoodCommand(usage=usage, what=words.strip()[:60])
    return until
