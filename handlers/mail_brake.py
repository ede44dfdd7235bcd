"""No storms of mail: how often one sender is answered where nothing moves forward."""

from datetime import timedelta

from core.documents import Timer
from core.notices import CustomerSays, Notice
from core.people import Channel, Contact
from handlers import questions
from handlers.desk import Desk
from handlers.incoming import Answer
from handlers.reading.understood import Intent

PER_HOUR, PER_DAY = 3, 5
"""Answers to one sender that move nothing forward: more are not sent, the mail is kept."""
KNOWN_PER_HOUR, KNOWN_PER_DAY = 10, 20
"""The same for somebody who has ordered: people have questions about what they buy."""
IDLE_TALK = frozenset({Intent.GREETING, Intent.THANKS, Intent.HELP})
"""What nobody need read."""

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


async def braked(desk: Desk, contact: Contact, answer: Answer, text: str) -> Answer:
    """No storms: past a few answers that move nothing forward the sender hears nothing more, and the staff is told.

    What this mail says goes to the staff, who can answer it there.
    """
    idle = [notice for notice in answer.notices if _is_idle(notice, contact)]
    if not idle:
        return answer
    hour = await desk.tx.sent.count_answers(contact.id, desk.now - timedelta(hours=1), FORWARD)
    day = await desk.tx.sent.count_answers(contact.id, desk.now - timedelta(days=1), FORWARD)
    if hour < PER_HOUR and day < PER_DAY:
        return answer
    if hour < KNOWN_PER_HOUR and day < KNOWN_PER_DAY and await desk.tx.orders.of_contact(contact.id, most=1):
        return answer
    # One tick a day and sender, keyed like every other: the shop hears that somebody waits, and not with each mail.
    today = desk.now.replace(hour=0, minute=0, second=0, microsecond=0)
    await desk.tx.inbox.add_ticks((Timer("alarm", f"brake:{contact.id}", today),), desk.now)
    others: list[Notice] = [notice for notice in answer.notices if notice not in idle]
    if text and answer.rule not in IDLE_TALK and not any(isinstance(notice, CustomerSays) for notice in others):
        others.append(questions.says(contact, text))
    return Answer(f"braked_{answer.rule}", tuple(others))


def _is_idle(notice: Notice, contact: Contact) -> bool:
    return notice.to.contact_id == contact.id and Channel.MAIL in notice.channels and notice.name not in FORWARD
