"""When the staff is reminded of an order that waits for its answer."""

from datetime import datetime, timedelta

from core.documents import Order
from core.shop import Shop

LONGEST_WAIT = timedelta(days=1)
"""So long an order for another day may wait before its last chance begins: its customer counts on it."""


def reminders(order: Order, shop: Shop, since: datetime) -> tuple[datetime, ...]:
    """All of them, for a waiting that began at `since`; behind the last one the customer is told, then it expires.

    While the shop is closed nobody can answer: the waiting begins when it opens. An order for later is in no hurry:
    its last chance begins twice the time of an answer before it is due.
    """
    hours, approval = shop.hours, shop.approval
    after, expires = timedelta(minutes=approval.remind_after_minutes), timedelta(minutes=approval.expire_after_minutes)
    opens = hours.next_opening(since) or since
    if order.wished is None:
        return (opens + after,)
    begins = max(opens, min(order.wished - 2 * expires, since + LONGEST_WAIT))
    last = (hours.next_opening(begins) or begins) + after
    early = {opens + after, order.wished - expires}
    return (*sorted(at for at in early if since < at <= last - after), last)
