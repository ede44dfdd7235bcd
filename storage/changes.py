"""Changes of placed orders: proposed, sent to the other side, answered."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.documents import Details, Line, OrderChange
from core.errors import NotThere, Stale
from core.people import ActorKind
from core.states import ChangeState, Kind
from storage.columns import is_one_of
from storage.order_rows import line_from, line_values
from storage.tables import order_changes, order_events, orders, staff

_JOINED = select(order_changes, orders.c.number, orders.c.currency, orders.c.fee).join(
    orders, orders.c.id == order_changes.c.order_id
)
_BY_ID = _JOINED.where(order_changes.c.id == bindparam("wanted"))
_TO_CHANGE = _BY_ID.with_for_update(of=order_changes)
_WAITS = (
    select(order_changes.c.state)
    .where(
        order_changes.c.order_id == bindparam("wanted"),
        is_one_of(order_changes.c.state, "proposed", "awaiting_staff", "awaiting_customer"),
        order_changes.c.state != ChangeState.PROPOSED,
    )
    .order_by(order_changes.c.id.desc())
    .limit(1)
)
_LIVE = (
    _JOINED.where(
        order_changes.c.order_id == bindparam("wanted"),
        is_one_of(order_changes.c.state, "proposed", "awaiting_staff", "awaiting_customer"),
    )
    .order_by(order_changes.c.id)
    .with_for_update(of=order_changes)
)
_LAST_WORD = (
    select(staff.c.name)
    .select_from(order_events)
    .outerjoin(staff, and_(order_events.c.actor == ActorKind.STAFF, staff.c.id == order_events.c.actor_id))
    .where(order_events.c.order_id == bindparam("wanted"), order_events.c.machine == bindparam("machine"))
    .order_by(order_events.c.seq.desc())
    .limit(1)
)
_SAVE = (
    update(order_changes)
    .where(order_changes.c.id == bindparam("b_id"), order_changes.c.version == bindparam("b_version"))
    .values(state=bindparam("v_state"), version=bindparam("v_version"))
)


class Changes:
    """At most one of an order is proposed by each side at a time, and one waits for an answer."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def propose(self, change: OrderChange, now: datetime) -> OrderChange:
        """A new one: it gets its id and the next number of its order."""
        taken = select(func.max(order_changes.c.seq)).where(order_changes.c.order_id == change.order_id)
        seq = ((await self.connection.execute(taken)).scalar_one_or_none() or 0) + 1
        made = insert(order_changes).values(
            order_id=change.order_id,
            seq=seq,
            contact_id=change.contact_id,
            state=change.state,
            version=change.version,
            lines_before=_lines_kept(change.order_id, change.before),
            lines_after=_lines_kept(change.order_id, change.lines),
            details_before=_details_kept(change.was),
            details_after=_details_kept(change.details),
            total_before=change.total_before,
            total_after=change.total,
            words=change.words,
            unread=list(change.unread),
            created=now,
            by_shop=change.by_shop,
        )
        change_id = (await self.connection.execute(made.returning(order_changes.c.id))).scalar_one()
        return replace(change, id=change_id, seq=seq)

    async def save(self, change: OrderChange) -> None:
        """Write a decision if nobody was first; else raises Stale."""
        saved = await self.connection.execute(
            _SAVE,
            {
                "b_id": change.id,
                "b_version": change.version - 1,
                "v_state": change.state,
                "v_version": change.version,
            },
        )
        if saved.rowcount == 0:
            raise Stale(number=change.order_number, state=change.state, what="change")

    async def get(self, change_id: int) -> OrderChange:
        """Raises NotThere."""
        row = (await self.connection.execute(_BY_ID, {"wanted": change_id})).one_or_none()
        if row is None:
            raise NotThere
        return _change_of(row)

    async def waits(self, order_id: int) -> ChangeState | None:
        """For whose answer a change of this order waits."""
        state = (await self.connection.execute(_WAITS, {"wanted": order_id})).scalar_one_or_none()
        return None if state is None else ChangeState(state)

    async def to_change(self, change_id: int, version: int | None = None) -> OrderChange:
        """The change, locked. Raises NotThere, or Stale if it is no longer at `version`."""
        row = (await self.connection.execute(_TO_CHANGE, {"wanted": change_id})).one_or_none()
        if row is None:
            raise NotThere
        if version is not None and row.version != version:
            by = await self.last_word(row.order_id, row.seq)
            raise Stale(number=row.number, state=row.state, by=by, what="change")
        return _change_of(row)

    async def last_word(self, order_id: int, seq: int) -> str:
        """Who of the staff had the last word on an order's change; "" for anybody else."""
        given = {"wanted": order_id, "machine": f"change:{seq}"}
        return (await self.connection.execute(_LAST_WORD, given)).scalar_one_or_none() or ""

    async def live(self, order_id: int) -> tuple[OrderChange, ...]:
        """What is proposed or waits for an answer, oldest first; locked."""
        rows = (await self.connection.execute(_LIVE, {"wanted": order_id})).all()
        return tuple(_change_of(row) for row in rows)


def _change_of(row: Row[Any]) -> OrderChange:
    return OrderChange(
        id=row.id,
        order_id=row.order_id,
        order_number=row.number,
        seq=row.seq,
        contact_id=row.contact_id,
        state=ChangeState(row.state),
        version=row.version,
        before=tuple(line_from(kept) for kept in row.lines_before),
        lines=tuple(line_from(kept) for kept in row.lines_after),
        was=_details_of(row.details_before, row.fee),
        details=_details_of(row.details_after, row.fee),
        words=row.words,
        unread=tuple(row.unread),
        currency=row.currency,
        by_shop=row.by_shop,
    )


def _lines_kept(order_id: int, lines: Sequence[Line]) -> list[dict[str, Any]]:
    return [{**line_values(order_id, line), "id": line.id} for line in lines]


def _details_kept(details: Details) -> dict[str, str | int | None]:
    wished = details.wished.isoformat() if details.wished else None
    kept = {"wished": wished, "address": details.address, "note": details.note, "fee": details.fee}
    return {**kept, "kind": details.kind}


def _details_of(kept: Mapping[str, Any], fee: int) -> Details:
    """`fee` is that of the order: no change kept one while it could not be changed, and none a way."""
    wished = datetime.fromisoformat(kept["wished"]) if kept["wished"] else None
    kind = Kind(kept["kind"]) if kept.get("kind") else None
    return Details(wished, kept["address"], kept["note"], kept.get("fee", fee), kind)
