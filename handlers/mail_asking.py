"""Mails that come while we wait for an answer about a draft, and are none: what they ask is answered, and we ask on."""

from core.documents import Order
from core.notices import Notice, OrdersShown
from core.people import Contact
from handlers import allergy_words
from handlers.desk import Desk
from handlers.incoming import Answer
from handlers.intent_acts import act
from handlers.mail_heads import Letterhead
from handlers.mail_questions import asked_again
from handlers.reading.mail_message import MailMessage
from handlers.reading.understood import Intent, Understood
from handlers.reading.wordings import wordings
from handlers.said import read

ASKING_BACK = frozenset({Intent.PRODUCT, Intent.QUESTION, Intent.HOURS, Intent.MENU, Intent.STATUS})
"""What a reply may ask without an answer to what we asked."""

UNREAD = frozenset({Intent.ORDER, Intent.OTHER, Intent.PLACE})
"""What a mail may be taken for whose order is no part of its words."""
BESIDE = " \t,:–-"
"""Signs around the words for what was forgotten."""


async def asks_back(desk: Desk, head: Letterhead, draft: Order, text: str) -> Answer | None:
    """ "What is on the tirolese?", asked which pizza: it is answered, and what was asked stays asked."""
    contact = head.contact
    understood = read(desk, contact, text, None)
    if understood.intent not in ASKING_BACK or allergy_words.heard(desk, contact, text) is not None:
        return None
    spoken = understood.asked.skus if understood.asked is not None else ()
    again = await asked_again(desk, contact, draft, spoken[0] if len(spoken) == 1 else "")
    if not again:
        return None
    if understood.intent is Intent.STATUS:
        return Answer("asked_again", again)
    return Answer("asks_back", (*await act(desk, contact, None, understood, text, trust=head.trust), *again))


async def with_draft(desk: Desk, contact: Contact, told: tuple[Notice, ...]) -> tuple[Notice, ...]:
    """ "Did you get my order?": what we wait for, where it is not placed yet; before that the orders that are."""
    draft = await desk.tx.orders.draft_of(contact.id)
    again = await asked_again(desk, contact, draft) if draft is not None else ()
    there = tuple(one for one in told if not (isinstance(one, OrdersShown) and not one.orders))
    return (*there, *again) if again else told


def addendum(desk: Desk, contact: Contact, received: MailMessage) -> bool:
    """ "Oops, forgot: …", in the words or as the subject."""
    said = wordings("edits", "addendum", desk.house.reading_languages(contact.language))
    return said.search(received.subject) is not None or said.search(received.text) is not None


def without_addendum(desk: Desk, contact: Contact, text: str) -> str:
    """What was forgotten, without the words for it: they give nothing up."""
    said = wordings("edits", "addendum", desk.house.reading_languages(contact.language))
    found = said.search(text)
    return (
        text
        if found is None
        else f"{text[: found.start()].rstrip(BESIDE)}\n{text[found.end() :].lstrip(BESIDE)}".strip()
    )


def is_attached(desk: Desk, contact: Contact, understood: Understood, text: str) -> bool:
    """ "Please find our order attached": what nobody here can read, and a person shall."""
    if understood.reading.lines or understood.reading.questions or understood.intent not in UNREAD:
        return False
    return wordings("edits", "attached", desk.house.reading_languages(contact.language)).search(text) is not None
