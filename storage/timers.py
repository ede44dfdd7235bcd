"""Ticks to come: a timer that is due leaves through the inbox, once per job, subject and due time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.documents import Timer
from storage.tables import timers

_DUE = select(timers).where(timers.c.due <= bindparam("now")).order_by(timers.c.due, timers.c.id).limit(200)
_NEXT = select(timers.c.due).order_by(timers.c.due).limit(1)
_SAME = select(timers.c.id).where(
    timers.c.job == bindparam("job"), timers.c.subject == bindparam("subject"), timers.c.due == bindparam("due")
)


class Timers:
    """What the clock will say."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def add(self, wanted: Sequence[Timer]) -> None:
        """Set timers; one that is set already stays one."""
        rows = []
        for timer in dict.fromkeys(wanted):
            row = {"job": timer.job, "subject": timer.subject, "due": timer.due}
            if (await self.connection.execute(_SAME, row)).first() is None:
                rows.append(row)
        if rows:
            await self.connection.execute(insert(timers), rows)

    async def take_due(self, now: datetime) -> tuple[Timer, ...]:
        """The due ones, taken off the table: the caller puts them into the inbox in the same transaction."""
        rows = (await self.connection.execute(_DUE, {"now": now})).all()
        if rows:
            await self.connection.execute(delete(timers).where(timers.c.id.in_([row.id for row in rows])))
        return tuple(Timer(row.job, row.subject, row.due) for row in rows)

    async def next_due(self) -> datetime | None:
        return (await self.connection.execute(_NEXT)).scalar_one_or_none()
