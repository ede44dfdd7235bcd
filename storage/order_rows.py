"""Rows into orders and back: the shapes of lines, options and events on disk."""

from collections.abc import Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from sqlalchemy import Row

from core.documents import Event, Line, LineOption, Order, Reservation
from core.menu import Amount, Chosen
from core.people import Actor, ActorKind, Channel, Trust
from core.states import Act, FulfilmentState, Kind, OrderState
from core.zones import read_spot


def order_of(row: Row[Any], lines: Sequence[Line] = (), reservations: Sequence[Reservation] = ()) -> Order:
    """An order from its joined row."""
    return Order(
        id=row.id,
        contact_id=row.contact_id,
        customer_id=row.customer_id,
        channel=Channel(row.channel),
        language=row.language,
        currency=row.currency,
        state=OrderState(row.state),
        version=row.version,
        seq=row.seq,
        number=row.number,
        kind=Kind(row.kind) if row.kind else None,
        fulfilment=FulfilmentState(row.fulfilment),
        lines=tuple(lines),
        reservations=tuple(reservations),
        fee=row.fee,
        wished=row.wished,
        promised=row.promised,
        done=row.done,
        placed=row.placed,
        address=row.address or "",
        phone=row.phone or "",
        spot=read_spot(row.spot),
        zone=row.zone,
        slot=row.slot_id,
        payment=row.payment,
        code=row.code,
        called=row.called,
        note=row.note,
        carrier=row.carrier,
        tracking=row.tracking,
        tracking_link=row.tracking_link,
        token=row.token,
        reason=row.reason,
        trust=Trust(row.trust),
        at_table=row.at_table,
        campaign=row.campaign,
        changes=row.changes,
        earlier=tuple(row.earlier or ()),
    )


ORDER_COLUMNS = (
    "number", "state", "version", "seq", "kind", "fulfilment", "fee", "total", "wished", "promised", "done",
    "placed", "note", "carrier", "tracking", "tracking_link", "token", "reason", "trust", "at_table",
    "campaign", "zone", "payment", "code", "called", "changes", "earlier",
)  # fmt: skip
"""The columns of `orders` that an act may change."""
_of_order = attrgetter(*ORDER_COLUMNS)


def order_values(order: Order) -> dict[str, Any]:
    """What stands in them: each is an attribute of the same name."""
    return dict(zip(ORDER_COLUMNS, _of_order(order), strict=True))


def line_of(row: Row[Any]) -> Line:
    return Line(
        position=row.position,
        sku=row.sku,
        name=row.name,
        quantity=row.quantity,
        unit_price=row.unit_price,
        options=tuple(_option(one) for one in row.options),
        words=row.words,
        cancelled=row.cancelled,
        fulfilled=row.fulfilled,
        returned=row.returned,
        id=row.id,
        counted=row.counted,
        day=date.fromisoformat(row.day) if row.day else None,
    )


def line_from(kept: Mapping[str, Any]) -> Line:
    """A line as a change of its order keeps it: the values of its row, and the id if it has one."""
    own = {name: value for name, value in kept.items() if name not in {"order_id", "options", "day"}}
    day = date.fromisoformat(kept["day"]) if kept["day"] else None
    return Line(**own, options=tuple(_option(one) for one in kept["options"]), day=day)


def line_values(order_id: int, line: Line) -> dict[str, Any]:
    return {
        "order_id": order_id,
        "position": line.position,
        "sku": line.sku,
        "name": dict(line.name),
        "quantity": line.quantity,
        "unit_price": line.unit_price,
        "options": [_option_values(option) for option in line.options],
        "words": line.words,
        "counted": line.counted,
        "day": line.day.isoformat() if line.day else None,
        "cancelled": line.cancelled,
        "fulfilled": line.fulfilled,
        "returned": line.returned,
    }


def _option(kept: dict[str, Any]) -> LineOption:
    chosen = Chosen(kept["group"], kept["value"], Amount(kept["amount"]), kept["count"])
    return LineOption(chosen, kept["name"], kept["price"])


def _option_values(option: LineOption) -> dict[str, Any]:
    chosen = option.chosen
    return {
        "group": chosen.group,
        "value": chosen.value,
        "amount": chosen.amount,
        "count": chosen.count,
        "name": dict(option.name),
        "price": option.price,
    }


def event_of(row: Row[Any]) -> Event:
    return Event(
        order_id=row.order_id,
        seq=row.seq,
        version=row.version,
        machine=row.machine,
        act=Act(row.act),
        state_from=row.state_from,
        state_to=row.state_to,
        actor=Actor(ActorKind(row.actor), row.actor_id),
        at=row.at,
        facts=row.facts,
    )


def event_values(event: Event, inbox_id: int | None) -> dict[str, Any]:
    return {
        "order_id": event.order_id,
        "seq": event.seq,
        "version": event.version,
        "machine": event.machine,
        "act": event.act,
        "state_from": event.state_from,
        "state_to": event.state_to,
        "actor": event.actor.kind,
        "actor_id": event.actor.id,
        "at": event.at,
        "facts": event.facts,
        "inbox_id": inbox_id,
    }
