"""The acts on an order: each takes the order and facts, and returns what follows.

Nothing here fetches, sends, or looks at the clock. An act that does not fit
raises a ShopError; the order stays as it was.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from core import daily, earlier, inventory, placing, states
from core.change import Change
from core.documents import Bucket, Event, Line, Order, Payment, SlotStep, Timer
from core.errors import WrongState
from core.menu import Texts
from core.notices import (
    Notice,
    OrderAccepted,
    OrderCancelled,
    OrderDone,
    OrderExpired,
    OrderOut,
    OrderPlaced,
    OrderReady,
    OrderRejected,
    OrderShipped,
    To,
)
from core.people import CLOCK, Actor
from core.reminders import reminders
from core.shipping import Tracking
from core.shop import Shop
from core.states import Act, FulfilmentState, Kind, OrderState, PaymentState, ReservationState

GIVES_GOODS = frozenset({Act.HAND_OVER, Act.DELIVER})
"""The acts that end with the goods at the customer's; until then they are ours."""


def edit(
    order: Order, lines: Sequence[Line], by: Actor, now: datetime, *, message: int | None = None, **changes: Any
) -> Change:
    """The draft gets these lines, and other fields by name; what it was before this message can come back.

    Raises WrongState once the order is placed.
    """
    if order.state is not OrderState.DRAFT:
        raise WrongState(state=order.state, act=Act.EDIT, number=order.number)
    numbered = tuple(_at_place(line, place) for place, line in enumerate(lines, 1))
    edited = _next(order, **{"lines": numbered, "earlier": earlier.remembered(order, message), **changes})
    step = _event(edited, "draft", Act.EDIT, order.state, order.state, by, now, lines=len(lines), total=edited.total)
    return Change(order=_counted(edited, (step,)), events=(step,), new_lines=True)


def _at_place(line: Line, place: int) -> Line:
    return line if line.position == place and line.id is None else replace(line, position=place, id=None)


def place(order: Order, *, number: int, token: str, by: Actor, shop: Shop, now: datetime) -> Change:
    """The customer says yes: stock is set aside, the shop has to answer."""
    placing.check_placeable(order, shop)
    zone = placing.zone_of(order, shop)
    reservations, moves = inventory.set_aside(order.lines, Bucket.SHELF, ReservationState.HELD, Act.PLACE)
    placed = _next(
        order,
        state=states.after(states.ORDER, order.state, Act.PLACE),
        number=number,
        token=token,
        placed=now,
        fee=zone.fee,
        zone=zone.name,
        reservations=reservations,
        earlier=(),
    )
    step = _event(placed, "order", Act.PLACE, order.state, placed.state, by, now, total=placed.total)
    placed = _counted(placed, (step,))
    takes = daily.takes((), order.lines, shop)
    return Change(
        order=placed,
        events=(step,),
        reservations=reservations,
        moves=moves,
        takes=takes,
        dated_lines=bool(takes),
        timers=(first_reminder(placed, shop, now),),
        notices=(OrderPlaced(to=To(order.contact_id), order=placed),),
    )


def first_reminder(order: Order, shop: Shop, now: datetime) -> Timer:
    """When the staff is reminded of an order that begins to wait now."""
    return Timer("remind", waiting(order), reminders(order, shop, now)[0])


def waiting(order: Order) -> str:
    """The subject of the ticks while an order waits for its answer.

    With its version: one that was answered waits no longer, and where that is undone it waits anew.
    """
    return f"{order.id}:{order.version}"


def accept(order: Order, *, by: Actor, promised: datetime, now: datetime) -> Change:
    """The staff says yes: what was held is committed, the customer hears when.

    Raises WrongState if the order was already answered.
    """
    accepted = _next(order, state=states.after(states.ORDER, order.state, Act.ACCEPT), promised=promised)
    reservations, moves = inventory.turn(order.reservations, ReservationState.COMMITTED, Bucket.COMMITTED, Act.ACCEPT)
    accepted = replace(accepted, reservations=reservations)
    step = _event(accepted, "order", Act.ACCEPT, order.state, accepted.state, by, now)
    accepted = _counted(accepted, (step,))
    return Change(
        order=accepted,
        events=(step,),
        reservations=reservations,
        moves=moves,
        notices=(OrderAccepted(to=To(order.contact_id), order=accepted),),
    )


def reject(order: Order, *, by: Actor, reason: Texts, now: datetime) -> Change:
    """The staff says no, with a reason; what was held goes back to the shelf."""
    text = next(iter(reason.values()), "")
    change = _end(order, Act.REJECT, by, now, reason=text)
    assert change.order is not None  # noqa: S101  # _end always has one
    told = OrderRejected(to=To(order.contact_id), order=change.order, reason=reason)
    return replace(change, notices=(told,))


def cancel(order: Order, *, by: Actor, by_shop: bool, now: datetime, reason: str = "") -> Change:
    """Cancelled before anything was handed over, and why; a draft just goes."""
    change = _end(order, Act.CANCEL, by, now, reason=reason)
    assert change.order is not None  # noqa: S101  # _end always has one
    if order.state is OrderState.DRAFT:
        return change
    return replace(change, notices=(OrderCancelled(to=To(order.contact_id), order=change.order, by_shop=by_shop),))


def expire(order: Order, *, now: datetime) -> Change:
    """Nobody answered in time: the stock goes back, the customer gets an apology."""
    change = _end(order, Act.EXPIRE, CLOCK, now)
    assert change.order is not None  # noqa: S101  # _end always has one
    return replace(change, notices=(OrderExpired(to=To(order.contact_id), order=change.order),))


def expire_draft(order: Order, *, now: datetime) -> Change:
    """Nobody came back to the draft: it goes without a word."""
    if order.state is not OrderState.DRAFT:
        raise WrongState(state=order.state, act=Act.EXPIRE, number=order.number)
    return _end(order, Act.EXPIRE, CLOCK, now)


def advance(order: Order, act: Act, *, by: Actor, now: datetime) -> Change:
    """The goods take a step: preparing, ready, out, handed over. Steps in between are taken along."""
    if order.state is not OrderState.ACCEPTED or order.kind is None:
        # Of what is done one says how: "handed over", "delivered".
        state = order.fulfilment if order.state is OrderState.COMPLETED else order.state
        raise WrongState(state=state, act=act, number=order.number)
    moved = _next(order)
    moved, steps = _walk(moved, states.path(order.kind, order.fulfilment, act), by, now)
    change = Change(order=moved, events=steps)
    if act in GIVES_GOODS:
        change = _give_goods(change, order, by, now)
    assert change.order is not None  # noqa: S101  # set above
    return replace(change, notices=_milestone(act, change.order))


def ship(order: Order, parcel: Tracking, *, by: Actor, now: datetime) -> Change:
    """Given to a carrier; the customer gets the link."""
    tracked = replace(order, carrier=parcel.carrier, tracking=parcel.number, tracking_link=parcel.link)
    return advance(tracked, Act.SHIP, by=by, now=now)


def retrack(order: Order, parcel: Tracking, *, by: Actor, now: datetime) -> Change:
    """The number was mistyped: another counts, and the customer gets it."""
    if order.fulfilment is not FulfilmentState.SHIPPED or order.state is not OrderState.ACCEPTED:
        raise WrongState(state=order.fulfilment, act=Act.SHIP, number=order.number)
    tracked = _next(order, carrier=parcel.carrier, tracking=parcel.number, tracking_link=parcel.link)
    step = _event(tracked, "fulfilment", Act.EDIT, order.fulfilment, order.fulfilment, by, now)
    tracked = _counted(tracked, (step,))
    told = OrderShipped(to=To(order.contact_id), order=tracked, is_corrected=True)
    return Change(order=tracked, events=(step,), notices=(told,))


def _walk(order: Order, acts: Sequence[Act], by: Actor, now: datetime) -> tuple[Order, tuple[Event, ...]]:
    assert order.kind is not None  # noqa: S101  # a placed order has one
    steps: list[Event] = []
    for act in acts:
        before = order.fulfilment
        order = replace(order, fulfilment=states.after(states.FULFILMENT[order.kind], before, act))
        steps.append(_event(order, "fulfilment", act, before, order.fulfilment, by, now))
        order = _counted(order, steps[-1:])
    return order, tuple(steps)


def _give_goods(change: Change, before: Order, by: Actor, now: datetime) -> Change:
    """The last step: goods leave our books, money comes in, the order is complete."""
    order = change.order
    assert order is not None  # noqa: S101  # the caller's own
    reservations, moves = inventory.turn(before.reservations, ReservationState.CONSUMED, Bucket.CUSTOMER, Act.HAND_OVER)
    lines = tuple(replace(line, fulfilled=line.quantity - line.cancelled) for line in order.lines)
    complete = states.after(states.ORDER, order.state, Act.COMPLETE)
    done = replace(order, state=complete, lines=lines, reservations=reservations, done=now)
    step = _event(done, "order", Act.COMPLETE, order.state, complete, by, now)
    payments = (_cash(done),) if done.total else ()
    return Change(
        order=_counted(done, (step,)),
        events=(*change.events, step),
        reservations=reservations,
        moves=moves,
        moved_lines=True,
        payments=payments,
    )


def _cash(order: Order) -> Payment:
    return Payment(order.id, "cash", order.total, order.currency, PaymentState.CAPTURED)


def _milestone(act: Act, order: Order) -> tuple[Notice, ...]:
    to = To(order.contact_id)
    if act is Act.MAKE_READY and order.kind is Kind.PICKUP:
        return (OrderReady(to=to, order=order),)
    if act is Act.SEND_OUT:
        return (OrderOut(to=to, order=order),)
    if act is Act.SHIP:
        return (OrderShipped(to=to, order=order),)
    return (OrderDone(to=to, order=order),) if act in GIVES_GOODS else ()


def _end(order: Order, act: Act, by: Actor, now: datetime, **changes: Any) -> Change:
    """The order ends without goods: reservations are released, the fulfilment is off."""
    ended = _next(order, state=states.after(states.ORDER, order.state, act), earlier=(), **changes)
    how = ReservationState.EXPIRED if act is Act.EXPIRE else ReservationState.RELEASED
    if order.state is OrderState.ACCEPTED:
        how = ReservationState.RELEASED
    reservations, moves = inventory.turn(order.reservations, how, Bucket.SHELF, act)
    ended = replace(ended, reservations=reservations)
    takes = daily.takes(order.lines, ()) if order.state is not OrderState.DRAFT else ()
    freed = (SlotStep(order.slot, -1),) if order.slot and order.state is not OrderState.DRAFT else ()
    steps = [_event(ended, "order", act, order.state, ended.state, by, now)]
    if order.kind is not None and order.state is not OrderState.DRAFT:
        off = states.after(states.FULFILMENT[order.kind], order.fulfilment, Act.CANCEL)
        ended = replace(_counted(ended, steps), fulfilment=off)
        steps.append(_event(ended, "fulfilment", Act.CANCEL, order.fulfilment, off, by, now))
        ended = _counted(ended, steps[-1:])
    else:
        ended = _counted(ended, steps)
    return Change(order=ended, events=tuple(steps), reservations=reservations, moves=moves, slots=freed, takes=takes)


def _next(order: Order, **changes: Any) -> Order:
    """The order one decision further."""
    return order.changed(version=order.version + 1, **changes)


def _counted(order: Order, steps: Sequence[Event]) -> Order:
    return order.changed(seq=order.seq + len(steps))


def _event(
    order: Order, machine: str, act: Act, state_from: str, state_to: str, by: Actor, now: datetime, **facts: Any
) -> Event:
    return Event(order.id, order.seq + 1, order.version, machine, act, state_from, state_to, by, now, facts)
