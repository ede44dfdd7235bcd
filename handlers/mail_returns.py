"""A mail in the thread of a return, or of the order that the staff asked about for one."""

from core.documents import Photo, ReturnCase
from handlers import return_words
from handlers.desk import Desk
from handlers.incoming import Answer
from handlers.mail_heads import Letterhead
from handlers.reading.mail_message import MailMessage
from handlers.reading.understood import Intent
from handlers.said import read

OWN_MATTERS = frozenset({Intent.STATUS, Intent.CANCEL, Intent.RETURN, Intent.MENU, Intent.HOURS, Intent.HELP})
"""What answers no question of ours."""

ABOUT_A_RETURN = frozenset({Intent.RETURN, Intent.STATUS, Intent.CANCEL})
"""What in the thread of a return is about this return: how it stands, or that it is wanted no more."""


async def case_asked(desk: Desk, head: Letterhead) -> ReturnCase | None:
    """The return that the staff wrote about, where the mail is in the thread of its order."""
    asked = None if head.order_id is None else await desk.tx.conversations.about(head.contact.id, head.order_id)
    if asked is None or "return" not in asked.facts:
        return None
    return await desk.tx.returns.to_change(asked.facts["return"])


async def about_return(
    desk: Desk, head: Letterhead, received: MailMessage, case: ReturnCase, photos: tuple[Photo, ...]
) -> Answer | None:
    """The reply to a mail about a return goes to its card, unless it is clearly about something else."""
    contact, text = head.contact, received.text.strip()
    if not text and not photos:
        return None
    understood = read(desk, contact, text, None)
    if understood.intent in OWN_MATTERS and understood.intent not in ABOUT_A_RETURN:
        return None
    answer = await return_words.about_return(desk, contact, case, understood, text or "📷", photos)
    if answer is not None:
        await desk.tx.conversations.settle(contact.id, case.order_id)
    return answer
