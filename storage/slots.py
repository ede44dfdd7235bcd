"""How many orders each time has: counted up only where the capacity allows it, so that the last place goes once."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Integer, Text, bindparam, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.documents import SlotStep
from core.errors import SlotFull
from storage.columns import Instant
from storage.tables import slots

# Both databases read it: the row is made, or counted up if there is room. Whoever races waits for the row.
_TAKE = (
    text(
        "INSERT INTO slots (pool, begins, taken, capacity) VALUES (:pool, :begins, 1, :capacity) "
        "ON CONFLICT (pool, begins) DO UPDATE SET taken = slots.taken + 1, capacity = excluded.capacity "
        "WHERE slots.taken < excluded.capacity RETURNING id"
    )
    .bindparams(bindparam("pool", type_=Text), bindparam("begins", type_=Instant), bindparam("capacity", type_=Integer))
    .columns(slots.c.id)
)
_STEP = (
    update(slots)
    .where(
        slots.c.id == bindparam("b_id"),
        slots.c.taken + bindparam("b_by", type_=Integer) <= slots.c.capacity,
        slots.c.taken + bindparam("b_by", type_=Integer) >= 0,
    )
    .values(taken=slots.c.taken + bindparam("b_by", type_=Integer))
)
_BEGINS = select(slots.c.begins).where(slots.c.id == bindparam("wanted"))
_TAKEN = select(slots.c.pool, slots.c.begins, slots.c.taken).where(
    slots.c.begins >= bindparam("since"), slots.c.taken > 0
)


class SlotCounts:
    """A time that nobody has chosen yet has no row."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection
        self.has_changed = False

    async def take(self, pool: str, begins: datetime, capacity: int) -> int:
        """One place; returns the id of its slot. Raises SlotFull, and has changed nothing then."""
        given = {"pool": pool, "begins": begins, "capacity": capacity}
        slot: int | None = (await self.connection.execute(_TAKE, given)).scalar_one_or_none()
        if slot is None:
            raise SlotFull(at=begins)
        self.has_changed = True
        return slot

    async def post(self, step: SlotStep) -> None:
        """One place given back, or taken anew after all. Raises SlotFull."""
        changed = await self.connection.execute(_STEP, {"b_id": step.slot, "b_by": step.by})
        if changed.rowcount == 0:
            raise SlotFull(at=(await self.connection.execute(_BEGINS, {"wanted": step.slot})).scalar_one_or_none())
        self.has_changed = True

    async def taken(self, since: datetime) -> Mapping[tuple[str, datetime], int]:
        """How many orders each slot of a pool has, from `since` on."""
        rows = (await self.connection.execute(_TAKEN, {"since": since})).all()
        return {(row.pool, row.begins): row.taken for row in rows}
