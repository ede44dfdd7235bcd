"""Accepted orders that nobody closed: when the staff is asked about them, and how long they are "my order"."""

from datetime import datetime, timedelta

from core.documents import Order, Timer
from core.hours import Hours
from core.states import FulfilmentState, Kind, OrderState

JOB = "left_open"
ASKED_AFTER = {Kind.PICKUP: timedelta(hours=3), Kind.DELIVERY: timedelta(hours=3), Kind.SHIPPING: timedelta(days=7)}
"""So long after the promised time the staff is asked whether the goods are over."""
SPOKEN_OF = {Kind.PICKUP: timedelta(days=1), Kind.DELIVERY: timedelta(days=1), Kind.SHIPPING: timedelta(days=30)}
"""So long after the promised time a customer's words may be about it."""
LATE_AFTER = {
    Kind.PICKUP: timedelta(minutes=15),
    Kind.DELIVERY: timedelta(minutes=30),
    Kind.SHIPPING: timedelta(days=1),
}
"""So long after the promised time whoever asks for it has waited too long."""
GONE = frozenset({FulfilmentState.SHIPPED, FulfilmentState.DELIVERED, FulfilmentState.HANDED_OVER})
HOUR = timedelta(hours=1)


def timer(order: Order, hours: Hours) -> Timer:
    """Orders that are asked about at the same time share it."""
    return Timer(JOB, "orders", asked_at(order, hours))


def asked_at(order: Order, hours: Hours) -> datetime:
    """On a full hour while the shop is open: once about all of an evening, and while somebody is there."""
    assert order.promised is not None  # noqa: S101  # an accepted order has a promise
    at = order.promised + ASKED_AFTER[order.kind or Kind.PICKUP]
    hour = at.replace(minute=0, second=0, microsecond=0)
    full = hour if hour == at else hour + HOUR
    return hours.next_opening(full) or full


def is_current(order: Order, now: datetime) -> bool:
    """Whether "my order" may mean it: an open one, and not one that somebody forgot to close days ago."""
    if order.promised is None:
        return order.is_open
    return order.is_open and now < order.promised + SPOKEN_OF[order.kind or Kind.PICKUP]


def is_overdue(order: Order, now: datetime) -> bool:
    """Whether an accepted order should be there by now, by what the shop has said; a parcel that left is on its way."""
    if order.state is not OrderState.ACCEPTED or order.promised is None or order.fulfilment in GONE:
        return False
    kind = order.kind or Kind.PICKUP
    if kind is Kind.PICKUP and order.fulfilment is FulfilmentState.READY:
        return False
    return now > order.promised + LATE_AFTER[kind]
