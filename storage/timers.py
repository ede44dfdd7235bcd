"""Ticks to come: a timer that is due leaves through the inbox, once per job, subject and due time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.documents import Timer
from storage.tables import timers

_DUE = select(timers).where(timers.c.due <= bindparam("now")).order_by(timers.c.due, timers.c.id).limit(200)
_NEXT = select(timers.c.due).order_by(timers.c.due).limit(1)


def _insert_if_new(dialect: str) -> Any:
    made = sqlite.insert(timers) if dialect == "sqlite" else postgresql.insert(timers)
    return made.on_conflict_do_nothing(index_elements=["job", "subject", "due"])


_ADD = {dialect: _insert_if_new(dialect) for dialect in ("sqlite", "postgresql")}


class Timers:
    """What the clock will say."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def add(self, wanted: Sequence[Timer]) -> None:
        """Set timers; one that is set already stays one."""
        rows = [{"job": timer.job, "subject": timer.subject, "due": timer.due} for timer in wanted]
        if rows:
            await self.connection.execute(_ADD[self.connection.dialect.name], rows)

    async def take_due(self, now: datetime) -> tuple[Timer, ...]:
        """The due ones, taken off the table: the caller puts them into the inbox in the same transaction."""
        rows = (await self.connection.execute(_DUE, {"now": now})).all()
        if rows:
            await self.connection.execute(delete(timers).where(timers.c.id.in_([row.id for row in rows])))
        return tuple(Timer(row.job, row.subject, row.due) for row in rows)

    async def next_due(self) -> datetime | None:
        return (await self.connection.execute(_NEXT)).scalar_one_or_none()
