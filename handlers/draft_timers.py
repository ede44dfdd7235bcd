"""When a draft that waits is looked after: what it waits for first, and how long."""

from datetime import timedelta

from core.documents import Order, Timer
from core.people import Channel
from core.shop import Drafts
from handlers.desk import Desk

REMIND, EXPIRE = "draft_waits", "draft_over"

BY_MAIL = Drafts(remind_after_minutes=24 * 60, expire_after_hours=7 * 24)
"""Answers to a mail take their time."""


def policy(desk: Desk, channel: Channel) -> Drafts:
    """How long a draft waits for a reminder, and for its end."""
    return BY_MAIL if channel is Channel.MAIL else desk.shop.drafts


async def begin(desk: Desk, draft: Order, *, remind: bool = True) -> None:
    """The draft's one timer: for the reminder, or for its end where nobody shall be reminded."""
    rules = policy(desk, draft.channel)
    if remind and rules.remind_after_minutes:
        first = Timer(REMIND, str(draft.id), desk.now + timedelta(minutes=rules.remind_after_minutes))
    else:
        first = Timer(EXPIRE, str(draft.id), desk.now + timedelta(hours=rules.expire_after_hours))
    await desk.tx.timers.add((first,))
