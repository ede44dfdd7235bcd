"""A mis-tap taken back: an act of its own, with its event, for a short while after.

The timeline tells what the last decision did; here it is done the other way
round. Reservations that ended stay ended: new ones take their place.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from core import daily, inventory, orders
from core.change import Change
from core.documents import Bucket, Event, Move, Order, Payment, Reservation, SlotStep, Timer
from core.errors import TooLate, WrongState
from core.notices import OrderCorrected, To
from core.people import Actor, Channel
from core.shop import Approval
from core.states import UNDOABLE, Act, FulfilmentState, Kind, OrderState, PaymentState, ReservationState

STATES = ("fulfilment", "order")
"""The machines whose steps go back. A change of the order that came too late stays so."""


def undo(
    order: Order, last: Sequence[Event], payments: Sequence[Payment], *, by: Actor, approval: Approval, now: datetime
) -> Change:
    """Take the last decision back; `last` are its events, `payments` those of the order that count.

    Raises WrongState if it cannot be undone, TooLate when the time for it is over.
    """
    act = decided(last)
    if act is None:
        raise WrongState(state=order.state, act=Act.UNDO, number=order.number)
    if now - last[0].at > timedelta(minutes=approval.undo_minutes):
        raise TooLate(minutes=approval.undo_minutes)
    last = [event for event in last if event.machine in STATES]
    back = _states_before(order, last)
    reservations, moves = _goods_back(act, order)
    steps = tuple(_reversed(back, event, at, by, now) for at, event in enumerate(_per_machine(last), 1))
    back = replace(back, seq=order.seq + len(steps), reservations=reservations or order.reservations)
    was_complete = order.state is OrderState.COMPLETED
    return Change(
        order=back,
        events=steps,
        reservations=reservations,
        moves=moves,
        moved_lines=was_complete,
        takes=daily.takes((), order.lines) if act is Act.REJECT else (),
        slots=(SlotStep(order.slot, 1),) if act is Act.REJECT and order.slot else (),
        payments=tuple(_counter(payment) for payment in payments) if was_complete else (),
        timers=_waits_again(back, approval, now),
        notices=(OrderCorrected(to=To(order.contact_id), order=back, act=act),) if _was_told(act, order) else (),
    )


def _was_told(act: Act, order: Order) -> bool:
    """Whether the customer had a message of this act; what nobody heard of needs no correction."""
    if act in {Act.HAND_OVER, Act.DELIVER} and order.channel is not Channel.MAIL:
        return False
    return act is not Act.PREPARE and not (act is Act.MAKE_READY and order.kind is not Kind.PICKUP)


def _waits_again(order: Order, approval: Approval, now: datetime) -> tuple[Timer, ...]:
    if order.state is not OrderState.PENDING:
        return ()
    return (Timer("remind", orders.waiting(order), now + timedelta(minutes=approval.remind_after_minutes)),)


def decided(last: Sequence[Event]) -> Act | None:
    """The act that the last decision was, if it is one that may be undone.

    A decision that passed several states is named by the last step of the goods.
    """
    for machine in STATES:
        acts = [event.act for event in last if event.machine == machine and event.act in UNDOABLE]
        if acts and not any(event.act is Act.REJECT for event in last):
            return acts[-1]
    return Act.REJECT if any(event.act is Act.REJECT for event in last) else None


def _states_before(order: Order, last: Sequence[Event]) -> Order:
    back = replace(order, version=order.version + 1, reason="")
    for event in reversed(last):
        if event.machine == "order":
            back = replace(back, state=OrderState(event.state_from))
        else:
            back = replace(back, fulfilment=FulfilmentState(event.state_from))
    if order.state is OrderState.COMPLETED:
        lines = tuple(replace(line, fulfilled=0) for line in order.lines)
        back = replace(back, done=None, lines=lines)
    if back.state is OrderState.PENDING:
        back = replace(back, promised=None)
    if order.fulfilment is FulfilmentState.SHIPPED:
        back = replace(back, carrier="", tracking="", tracking_link="")
    return back


def _per_machine(last: Sequence[Event]) -> tuple[Event, ...]:
    """One step back per machine: from where it stands now to where it stood before."""
    first = {event.machine: event for event in reversed(last)}
    end = {event.machine: event for event in last}
    return tuple(replace(event, state_to=end[machine].state_to) for machine, event in first.items())


def _reversed(order: Order, event: Event, place: int, by: Actor, now: datetime) -> Event:
    return Event(
        order.id,
        order.seq + place,
        order.version,
        event.machine,
        Act.UNDO,
        event.state_to,
        event.state_from,
        by,
        now,
        {"undone": event.act},
    )


def _goods_back(act: Act, order: Order) -> tuple[tuple[Reservation, ...], tuple[Move, ...]]:
    if act is Act.ACCEPT:
        return inventory.turn(order.reservations, ReservationState.HELD, Bucket.HELD, Act.UNDO)
    if act is Act.REJECT:
        return inventory.set_aside(order.lines, Bucket.SHELF, ReservationState.HELD, Act.UNDO)
    if order.state is OrderState.COMPLETED:
        return inventory.set_aside(order.lines, Bucket.CUSTOMER, ReservationState.COMMITTED, Act.UNDO)
    return (), ()


def _counter(payment: Payment) -> Payment:
    return Payment(
        payment.order_id, payment.method, -payment.amount, payment.currency, PaymentState.CAPTURED, reverses=payment.id
    )
