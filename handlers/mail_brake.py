"""No storms of mail: how often one sender is answered where nothing moves forward."""

from collections.abc import Sequence
from datetime import timedelta

from core.documents import Timer
from core.notices import Notice
from core.people import Channel, Contact
from handlers.desk import Desk
from handlers.incoming import Answer

PER_HOUR, PER_DAY = 3, 5
"""Answers to one sender that move nothing forward: more are not sent, the mail is kept."""

FORWARD = frozenset(
    {
        "order_placed",
        "order_cancelled",
        "return_requested",
        "cancel_asked",
        "order_questions",
        "draft_cancelled",
        "change_asked",
        "change_applied",
        "offer_over",
        "again_shown",
    }
)
"""Notices of real orders and returns: never braked."""


async def braked(desk: Desk, contact: Contact, answer: Answer) -> Answer:
    """No storms: past a few answers that move nothing forward the sender hears nothing more, and the staff is told."""
    idle = [notice for notice in answer.notices if _is_idle(notice, contact)]
    if not idle:
        return answer
    hour = await desk.tx.sent.count_answers(contact.id, desk.now - timedelta(hours=1), FORWARD)
    day = await desk.tx.sent.count_answers(contact.id, desk.now - timedelta(days=1), FORWARD)
    if hour < PER_HOUR and day < PER_DAY:
        return answer
    # One tick a day and sender, keyed like every other: the shop hears that somebody waits, and not with each mail.
    today = desk.now.replace(hour=0, minute=0, second=0, microsecond=0)
    await desk.tx.inbox.add_ticks((Timer("alarm", f"brake:{contact.id}", today),), desk.now)
    others: Sequence[Notice] = [notice for notice in answer.notices if notice not in idle]
    return Answer(f"braked_{answer.rule}", tuple(others))


def _is_idle(notice: Notice, contact: Contact) -> bool:
    return notice.to.contact_id == contact.id and Channel.MAIL in notice.channels and notice.name not in FORWARD
