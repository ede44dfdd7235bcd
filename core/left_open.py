"""Accepted orders that nobody closed: when the staff is asked about them, and how long they are "my order"."""

from datetime import datetime, timedelta

from core.documents import Order, Timer
from core.hours import Hours
from core.states import Kind

JOB = "left_open"
ASKED_AFTER = {Kind.PICKUP: timedelta(hours=3), Kind.DELIVERY: timedelta(hours=3), Kind.SHIPPING: timedelta(days=7)}
"""So long after the promised time the staff is asked whether the goods are over."""
SPOKEN_OF = {Kind.PICKUP: timedelta(days=1), Kind.DELIVERY: timedelta(days=1), Kind.SHIPPING: timedelta(days=30)}
"""So long after the promised time a customer's words may be about it."""
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
