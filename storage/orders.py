"""Orders: found, locked, saved; their lines and their timeline."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.documents import Event, Line, Order, Reservation
from core.errors import NotThere, Stale
from core.people import ActorKind, Channel, Contact
from core.states import FulfilmentState, OrderState, ReservationState
from storage import order_statements as statements
from storage.articles import Articles
from storage.columns import is_one_of
from storage.order_rows import event_of, event_values, line_of, line_values, order_of, order_values
from storage.tables import counters, details, order_events, order_lines, orders

FIRST_NUMBER = 1001


class Orders:
    """Every order from draft to end."""

    def __init__(self, connection: AsyncConnection, articles: Articles) -> None:
        self.connection = connection
        self.articles = articles

    async def new_draft(self, contact: Contact, currency: str, now: datetime, *, as_last: bool = False) -> Order:
        """An empty draft of this customer; `as_last` with kind, address and phone of the last order that went out.

        Then it knows which order of theirs is open beside it.
        """
        made = {
            "contact_id": contact.id,
            "customer_id": contact.customer_id,
            "channel": contact.channel,
            "language": contact.language,
            "currency": currency,
            "state": OrderState.DRAFT,
            "version": 0,
            "fulfilment": FulfilmentState.PLANNED,
            "created": now,
        }
        if as_last:
            inserted = await self.connection.execute(statements.INSERT_AS_LAST, {**made, "b_contact": contact.id})
            row = inserted.one()
            if row.kind is not None:
                return (await self.get(row.id)).changed(beside=row.beside)
        else:
            row = (await self.connection.execute(statements.INSERT, made)).one()
        beside = row.beside if as_last else None
        return Order(
            row.id, contact.id, contact.customer_id, contact.channel, contact.language, currency, beside=beside
        )

    async def add(self, order: Order, now: datetime) -> Order:
        """Keep an order that was made in memory alone; returns it with its id."""
        made = {
            "contact_id": order.contact_id,
            "customer_id": order.customer_id,
            "channel": order.channel,
            "language": order.language,
            "currency": order.currency,
            "created": now,
            "address_id": await self._detail(order, "address", order.address),
            "phone_id": await self._detail(order, "phone", order.phone),
            **order_values(order),
        }
        return order.changed(id=(await self.connection.execute(statements.ADD, made)).scalar_one())

    async def draft_of(self, contact_id: int) -> Order | None:
        """The open draft of a contact, the newest if there were several."""
        return await self._one(statements.DRAFT, contact_id)

    async def chat_drafts(self, since: datetime, skus: Sequence[str] | None = None) -> tuple[Order, ...]:
        """Drafts in chats that were worked on since then and hold any of these articles, or anything at all."""
        worked_on = select(order_events.c.order_id).where(order_events.c.at >= since)
        holding = select(order_lines.c.order_id)
        if skus is not None:
            holding = holding.where(order_lines.c.sku.in_(skus))
        query = statements.JOINED.where(
            is_one_of(orders.c.state, "draft"),
            orders.c.channel == Channel.TELEGRAM,
            orders.c.id.in_(worked_on.where(order_events.c.order_id == orders.c.id)),
            orders.c.id.in_(holding.where(order_lines.c.order_id == orders.c.id)),
        )
        rows = (await self.connection.execute(query.order_by(orders.c.id))).all()
        return tuple([order_of(row, await self._lines(row.id)) for row in rows])

    async def get(self, order_id: int) -> Order:
        """Raises NotThere."""
        order = await self._one(statements.BY_ID, order_id)
        if order is None:
            raise NotThere
        return order

    async def by_number(self, number: int) -> Order:
        """Raises NotThere."""
        order = await self._one(statements.BY_NUMBER, number)
        if order is None:
            raise NotThere(number=number)
        return order

    async def to_change(self, order_id: int, version: int | None = None) -> Order:
        """The order, locked until the transaction ends.

        Raises NotThere, or Stale (with who was first) if it is no longer at `version`.
        """
        order = await self._one(statements.BY_ID.with_for_update(of=orders), order_id)
        if order is None:
            raise NotThere
        if version is not None and order.version != version:
            raise Stale(number=order.number, state=order.state, by=await self._last_actor(order_id))
        return order

    async def open_orders(self) -> tuple[Order, ...]:
        """Pending and accepted ones, oldest first, with their lines."""
        rows = (await self.connection.execute(statements.OPEN)).all()
        return tuple([order_of(row, await self._lines(row.id)) for row in rows])

    async def of_contact(self, contact_id: int, most: int = 10) -> tuple[Order, ...]:
        """The placed orders of a contact, newest first, with their lines."""
        rows = (await self.connection.execute(statements.OF_CONTACT, {"wanted": contact_id, "most": most})).all()
        return tuple([order_of(row, await self._lines(row.id)) for row in rows])

    async def pending(self, customer_id: int, total: int, since: datetime) -> tuple[int, int | None]:
        """How many orders of this customer wait for an answer; the newest placed since then that costs as much."""
        wanted = {"customer": customer_id, "total": total, "since": since}
        row = (await self.connection.execute(statements.PENDING, wanted)).one()
        return row.waiting, row.alike

    async def next_number(self) -> int:
        """The next #number."""
        number: int | None = (await self.connection.execute(statements.COUNT)).scalar_one_or_none()
        if number is None:
            await self.connection.execute(insert(counters).values(name="order", value=FIRST_NUMBER))
            return FIRST_NUMBER
        return number

    async def save(self, order: Order, *, was_version: int) -> None:
        """Write the document if nobody else decided in between; else raises Stale."""
        values = dict(zip(statements.SAVED_VALUES, order_values(order).values(), strict=True))
        values["v_address_id"] = await self._detail(order, "address", order.address)
        values["v_phone_id"] = await self._detail(order, "phone", order.phone)
        values["v_slot_id"] = order.slot
        saved = await self.connection.execute(statements.SAVE, {**values, "b_id": order.id, "b_version": was_version})
        if saved.rowcount == 0:
            raise Stale(number=order.number, state=order.state, by=await self._last_actor(order.id))

    async def write_lines(self, order: Order) -> None:
        """The draft's lines as they are now, in place of the old ones."""
        if was_edited(order):
            await self.connection.execute(statements.DROP_LINES, {"b_id": order.id})
        if order.lines:
            await self.connection.execute(
                statements.INSERT_LINES, [line_values(order.id, line) for line in order.lines]
            )

    async def update_lines(self, order: Order) -> None:
        """What was fulfilled, returned, cancelled of each line."""
        rows = [
            {"b_id": line.id, "v_fulfilled": line.fulfilled, "v_returned": line.returned, "v_cancelled": line.cancelled}
            for line in order.lines
        ]
        await self.connection.execute(statements.UPDATE_LINE, rows)

    async def date_lines(self, order: Order) -> None:
        """Which day's number each line counts to; a draft that was just written has no ids of its lines yet."""
        days = [(line.position, line.day) for line in order.lines if line.day is not None]
        rows = [{"b_order": order.id, "b_position": place, "v_day": day.isoformat()} for place, day in days]
        await self.connection.execute(statements.DATE_LINE, rows)

    async def change_lines(self, order: Order) -> None:
        """After a change of the placed order: known lines with their new quantities, and the new ones."""
        rows = [
            {"b_id": line.id, "v_quantity": line.quantity, "v_cancelled": line.cancelled, "v_words": line.words}
            for line in order.lines
            if line.id is not None
        ]
        await self.connection.execute(statements.CHANGE_LINE, rows)
        new = [line_values(order.id, line) for line in order.lines if line.id is None]
        if new:
            await self.connection.execute(statements.INSERT_LINES, new)

    async def add_events(self, events: Sequence[Event], inbox_id: int | None, *, order_id: int | None = None) -> None:
        """`order_id` where the events were decided before their order was kept."""
        rows = [event_values(event, inbox_id) for event in events]
        for row in rows if order_id is not None else ():
            row["order_id"] = order_id
        await self.connection.execute(statements.INSERT_EVENTS, rows)

    async def events(self, order_id: int) -> tuple[Event, ...]:
        """The timeline, oldest first."""
        rows = (await self.connection.execute(statements.EVENTS, {"wanted": order_id})).all()
        return tuple(event_of(row) for row in rows)

    async def last_decision(self, order_id: int) -> tuple[Event, ...]:
        """The events of the newest decision."""
        events = await self.events(order_id)
        return tuple(event for event in events if event.version == events[-1].version)

    async def _one(self, query: Select[Any], wanted: int) -> Order | None:
        row = (await self.connection.execute(query, {"wanted": wanted})).first()
        if row is None:
            return None
        reserved = () if row.state == OrderState.DRAFT else await self._reservations(row.id)
        return order_of(row, await self._lines(row.id), reserved)

    async def _lines(self, order_id: int) -> tuple[Line, ...]:
        return tuple(
            line_of(row) for row in (await self.connection.execute(statements.LINES, {"wanted": order_id})).all()
        )

    async def _reservations(self, order_id: int) -> tuple[Reservation, ...]:
        rows = (await self.connection.execute(statements.RESERVED, {"wanted": order_id})).all()
        return tuple(
            Reservation(self.articles.sku_of(row.article_id), row.quantity, ReservationState(row.state), row.id)
            for row in rows
        )

    async def _detail(self, order: Order, kind: str, value: str) -> int | None:
        """The row of an address or phone number that handlers kept for this customer."""
        if not value and not (order.spot and kind == "address"):
            return None
        found = select(details.c.id).where(
            details.c.customer_id == order.customer_id, details.c.kind == kind, details.c.value == value
        )
        row_id: int = (await self.connection.execute(found.order_by(details.c.id.desc()).limit(1))).scalar_one()
        return row_id

    async def _last_actor(self, order_id: int) -> str:
        row = (await self.connection.execute(statements.LAST_ACTOR, {"wanted": order_id})).first()
        if row is None:
            return ""
        return row.name or ("" if row.actor == ActorKind.STAFF else row.actor)


def was_edited(order: Order) -> bool:
    """Whether the draft may have had lines before: its first edit has nothing to delete."""
    return order.seq > 1
