"""A mail in the thread of a return, or of the order that the staff asked about for one."""

import re

from core.documents import Photo, ReturnCase
from handlers import return_words
from handlers.desk import Desk
from handlers.incoming import Answer
from handlers.mail_heads import Letterhead
from handlers.reading.mail_message import MailMessage
from handlers.reading.understood import Intent
from handlers.reading.wordings import wordings
from handlers.said import Said, read

LABEL = re.compile(r"(?<![\w-])R-(\d{3,9})-(\d{1,3})(?!\w)")
OWN_MATTERS = frozenset({Intent.STATUS, Intent.CANCEL, Intent.RETURN, Intent.MENU, Intent.HOURS, Intent.HELP})
"""What answers no question of ours."""

ABOUT_A_RETURN = frozenset({Intent.RETURN, Intent.STATUS, Intent.CANCEL})
"""What in the thread of a return is about this return: how it stands, or that it is wanted no more."""


ASKS_AFTER = frozenset({Intent.RETURN, Intent.STATUS, Intent.QUESTION, Intent.COMPLAINT, Intent.OTHER})
"""What a question how a return stands may be taken for."""


async def case_asked(desk: Desk, head: Letterhead) -> ReturnCase | None:
    """The return that the staff wrote about, where the mail is in the thread of its order."""
    asked = None if head.order_id is None else await desk.tx.conversations.about(head.contact.id, head.order_id)
    if asked is None or "return" not in asked.facts:
        return None
    return await desk.tx.returns.to_change(asked.facts["return"])


async def case_named(desk: Desk, head: Letterhead, text: str) -> ReturnCase | None:
    """Their return that the mail names: "R-1001-1"."""
    found = LABEL.search(text) if "R-" in text else None
    if found is None:
        return None
    return await desk.tx.returns.newest_of(head.contact.id, int(found[1]), int(found[2]))


async def asked_after(said: Said) -> Answer | None:
    """ "When do I get my money back?", of the return that they asked for last: without its number, and of no goods."""
    if said.understood.intent not in ASKS_AFTER or (said.understood.returns and said.understood.returns.items):
        return None
    if not wordings("intents", "of_return", said.codes).search(said.written):
        return None
    case = await said.desk.tx.returns.newest_of(said.contact.id)
    if case is None or said.understood.order_number not in {None, case.order_number}:
        return None
    told = await return_words.pass_on(said.desk, said.contact, case, said.written, said.photos)
    return Answer("about_return", told)


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
