"""Returns and what goes back with them."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.documents import Photo, ReturnCase, ReturnItem
from core.errors import NotThere, Stale
from core.people import Trust
from core.states import ReturnState
from storage.files import photo_of
from storage.tables import files, order_lines, orders, return_items, returns

_JOINED = select(returns, orders.c.number.label("order_number")).join(orders, orders.c.id == returns.c.order_id)

ALIVE = (ReturnState.REQUESTED, ReturnState.APPROVED)


class Returns:
    """Asked for, decided, received."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def open_case(self, case: ReturnCase, now: datetime) -> ReturnCase:
        """A new return: it gets its id and the next number of its order."""
        taken = select(func.max(returns.c.seq)).where(returns.c.order_id == case.order_id)
        seq = ((await self.connection.execute(taken)).scalar_one_or_none() or 0) + 1
        made = insert(returns).values(
            order_id=case.order_id,
            seq=seq,
            contact_id=case.contact_id,
            state=case.state,
            version=case.version,
            reason=case.reason,
            words=case.words,
            trust=case.trust,
            created=now,
        )
        case_id = (await self.connection.execute(made.returning(returns.c.id))).scalar_one()
        items = [{"return_id": case_id, "line_id": item.line_id, "quantity": item.quantity} for item in case.items]
        await self.connection.execute(insert(return_items), items)
        return replace(case, id=case_id, seq=seq)

    async def save(self, case: ReturnCase) -> None:
        """Write a decision if nobody was first; else raises Stale."""
        saved = await self.connection.execute(
            update(returns)
            .where(returns.c.id == case.id, returns.c.version == case.version - 1)
            .values(
                state=case.state,
                version=case.version,
                decline_reason=case.decline_reason,
                deadline=case.deadline,
                outcome=case.outcome,
            )
        )
        if saved.rowcount == 0:
            raise Stale(number=case.order_number, state=case.state)

    async def to_change(self, case_id: int, version: int | None = None) -> ReturnCase:
        """The return, locked. Raises NotThere, or Stale if it is no longer at `version`."""
        wanted = _JOINED.where(returns.c.id == case_id).with_for_update(of=returns)
        row = (await self.connection.execute(wanted)).one_or_none()
        if row is None:
            raise NotThere
        if version is not None and row.version != version:
            raise Stale(number=row.order_number, state=row.state)
        return await self._whole(row)

    async def waiting_of(self, contact_id: int) -> ReturnCase | None:
        """The newest return of a contact that nobody has decided yet."""
        wanted = _JOINED.where(returns.c.contact_id == contact_id, returns.c.state == ReturnState.REQUESTED)
        row = (await self.connection.execute(wanted.order_by(returns.c.id.desc()).limit(1))).one_or_none()
        return None if row is None else await self._whole(row)

    async def newest_of(
        self, contact_id: int, order_number: int | None = None, seq: int | None = None
    ) -> ReturnCase | None:
        """Their newest return, whatever became of it: R-1001-1 is the first of order 1001."""
        wanted = _JOINED.where(returns.c.contact_id == contact_id)
        if order_number is not None and seq is not None:
            wanted = wanted.where(orders.c.number == order_number, returns.c.seq == seq)
        row = (await self.connection.execute(wanted.order_by(returns.c.id.desc()).limit(1))).one_or_none()
        return None if row is None else await self._whole(row)

    async def under_way(self) -> tuple[ReturnCase, ...]:
        """Those that wait for an answer, or for their goods; the oldest first."""
        rows = (await self.connection.execute(_JOINED.where(returns.c.state.in_(ALIVE)).order_by(returns.c.id))).all()
        return tuple([await self._whole(row) for row in rows])

    async def asked_back(self, order_id: int) -> dict[int, int]:
        """Per line: how many are in returns that are still under way."""
        wanted = (
            select(return_items.c.line_id, func.sum(return_items.c.quantity).label("quantity"))
            .join(returns, returns.c.id == return_items.c.return_id)
            .where(returns.c.order_id == order_id, returns.c.state.in_(ALIVE))
            .group_by(return_items.c.line_id)
        )
        return {row.line_id: int(row.quantity) for row in (await self.connection.execute(wanted)).all()}

    async def _whole(self, row: Row[Any]) -> ReturnCase:
        return ReturnCase(
            id=row.id,
            order_id=row.order_id,
            order_number=row.order_number,
            seq=row.seq,
            contact_id=row.contact_id,
            state=ReturnState(row.state),
            version=row.version,
            items=await self._items(row.id),
            reason=row.reason,
            words=row.words,
            photos=await self._photos(row.id),
            decline_reason=row.decline_reason,
            deadline=row.deadline,
            outcome=row.outcome,
            trust=Trust(row.trust),
        )

    async def _items(self, return_id: int) -> tuple[ReturnItem, ...]:
        wanted = (
            select(
                return_items.c.line_id,
                order_lines.c.sku,
                order_lines.c.name,
                order_lines.c.unit_price,
                return_items.c.quantity,
            )
            .join(order_lines, order_lines.c.id == return_items.c.line_id)
            .where(return_items.c.return_id == return_id)
            .order_by(return_items.c.id)
        )
        rows = (await self.connection.execute(wanted)).all()
        return tuple(
            ReturnItem(row.line_id, row.sku, row.name, row.quantity, row.unit_price * row.quantity) for row in rows
        )

    async def _photos(self, return_id: int) -> tuple[Photo, ...]:
        wanted = select(files.c.id, files.c.telegram_file, files.c.name, files.c.mime)
        rows = (await self.connection.execute(wanted.where(files.c.return_id == return_id).order_by(files.c.id))).all()
        return tuple(photo_of(row) for row in rows)
