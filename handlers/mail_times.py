"""A time by mail that cannot be: asked about with the nearest that can, and the reply that names one of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from core.documents import Order
from core.notices import MailQuestion
from core.people import Contact
from handlers import checkout, when
from handlers.desk import Desk
from handlers.reading.understood import Understood


def question(desk: Desk, order: Order) -> MailQuestion | None:
    """None for a time that can be, or where none was said: then it is the first that can (`first_time`)."""
    if order.wished is None or order.kind is None or when.objection(desk, order) is None:
        return None
    return MailQuestion("time", times=when.offered(desk, order), wished=order.wished)


async def first_time(desk: Desk, contact: Contact, order: Order) -> Order:
    """A mail that comes at night is for the next opening, one that comes to a full shop for the next free time."""
    if order.wished is not None or when.objection(desk, order) is None:
        return order
    first = when.earliest(desk, order)
    return await checkout.fill(desk, contact, order, wished=first) if first else order


def chosen(understood: Understood, offered: Sequence[str], zone: ZoneInfo) -> Understood:
    """The time that was offered, where the reply says its hour: "17:30" is the Monday's that was asked about."""
    said = understood.wishes.wished
    for one in map(datetime.fromisoformat, offered):
        if said is not None and one.astimezone(zone).time() == said.astimezone(zone).time():
            return replace(understood, wishes=replace(understood.wishes, wished=one))
    return understood
