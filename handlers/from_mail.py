"""A mail: who wrote it, how far that is believed, which thread it belongs to, and what it wants."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from core.documents import Photo
from core.notices import STAFF, Alarm, ConfirmAsked, Notice, To
from core.people import Channel, Contact, Trust
from handlers import customers, mail_orders, questions
from handlers.chat_words import act, read
from handlers.desk import Desk
from handlers.incoming import Answer, MailIn
from handlers.reading.mail_kind import MailKind
from handlers.reading.mail_message import MailMessage
from handlers.reading.mail_words import understand_mail
from handlers.reading.understood import Intent, Understood
from handlers.reading.which_language import guess_language
from storage.conversations import Asked
from storage.letters import SentLetter

LOOKED_AT = 32
"""So many References are followed, from the end."""

PER_HOUR, PER_DAY = 3, 5
"""Answers to one sender that move nothing forward: more are not sent, the mail is kept."""

NEEDS_PROOF = frozenset({Intent.STATUS, Intent.CANCEL})
"""What reads or changes an order: by a mail of unknown sender only after a reply to our own mail."""

FORWARD = frozenset(
    {"order_placed", "order_cancelled", "return_requested", "cancel_asked", "order_questions"}
)
"""Notices of real orders and returns: never braked."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What is known of a mail before its words are read."""

    contact: Contact
    trust: Trust
    thread: SentLetter | None


async def mail(desk: Desk, incoming: MailIn) -> tuple[Answer, Contact | None]:
    """What the mail is taken for; the contact is None where nobody is to be answered."""
    received = incoming.mail
    if received.kind is MailKind.BROKEN:
        facts = {"number": desk.tx.inbox_id, "reason": received.error or ""}
        return Answer("mail_broken", (Alarm(to=STAFF, what="mail_unreadable", facts=facts),)), None
    if received.kind is not MailKind.CUSTOMER:
        return Answer(f"mail_{received.rule}"), None
    head = await _letterhead(desk, received)
    if head.contact.blocked:
        return Answer("blocked"), None
    answer = await _customer_mail(desk, head, received)
    return await braked(desk, head.contact, answer), head.contact


async def _letterhead(desk: Desk, received: MailMessage) -> Letterhead:
    contact, is_new = await met(desk, received)
    thread = await _thread(desk, received, contact)
    return Letterhead(contact, _trust(received, is_new=is_new, thread=thread), thread)


async def met(desk: Desk, received: MailMessage) -> tuple[Contact, bool]:
    """Whoever gets the answer to this mail, and whether they are new to us."""
    contact, is_new = await desk.tx.customers.meet(
        Channel.MAIL,
        desk.house.mail_address,
        received.answer_to.strip().casefold(),
        name=received.sender_name,
        language=guess_language(received.text) or "",
        now=desk.now,
    )
    if not contact.language:
        await desk.tx.customers.set_language(contact.id, desk.shop.languages[0])
        contact = replace(contact, language=desk.shop.languages[0])
    return contact, is_new


async def _thread(desk: Desk, received: MailMessage, contact: Contact) -> SentLetter | None:
    """The letter of ours that this mail answers, if it went to this very sender."""
    cited = (received.in_reply_to, *reversed(received.references[-LOOKED_AT:]))
    for message_id in cited:
        letter_id = desk.house.letter_of(message_id) if message_id else None
        letter = await desk.tx.outbox.by_id(letter_id) if letter_id is not None else None
        if letter is not None and letter.contact_id == contact.id:
            return letter
    return None


def _trust(received: MailMessage, *, is_new: bool, thread: SentLetter | None) -> Trust:
    is_from_sender = received.answer_to.casefold() == received.sender.casefold()
    if received.authenticated and is_from_sender and not is_new:
        return Trust.FULL
    if thread is not None:
        return Trust.TOKEN
    return Trust.LOW if received.authenticated and is_from_sender else Trust.NONE


async def _customer_mail(desk: Desk, head: Letterhead, received: MailMessage) -> Answer:
    contact = head.contact
    text = received.text.strip() or received.subject
    photos = await _keep_photos(desk, contact, received)
    asked = await desk.tx.conversations.open(contact.id)
    if asked is not None:
        answer = await _answers(desk, head, asked, text)
        if answer is not None:
            return answer
    if not text and not photos:
        return Answer("mail_empty", await questions.pass_on(desk, contact, _names(received)))
    return await _words(desk, head, received, text, photos)


async def _answers(desk: Desk, head: Letterhead, asked: Asked, text: str) -> Answer | None:
    """The reply to what we asked by mail."""
    contact = head.contact
    # Goods in a mail that answers none of ours are a new order, whatever was asked about the last one.
    if asked.what == "questions" and (head.thread is not None or not read(desk, contact, text, None).reading.lines):
        notices = await mail_orders.answered(desk, contact, asked, text, head.trust)
        return None if notices is None else Answer("answers_questions", notices)
    if asked.what == "staff" and asked.order_id is not None and head.thread is not None:
        await desk.tx.conversations.settle(contact.id)
        order = await desk.tx.orders.get(asked.order_id)
        return Answer("answers_staff", await questions.pass_on(desk, contact, text, order=order))
    if asked.what == "confirm" and head.trust in {Trust.TOKEN, Trust.FULL}:
        await desk.tx.conversations.settle(contact.id)
        number = asked.facts.get("number")
        act_on = customers.cancel if asked.facts.get("what") == Intent.CANCEL else customers.status
        return Answer("confirmed", await act_on(desk, contact, number))
    return None


async def _words(
    desk: Desk, head: Letterhead, received: MailMessage, text: str, photos: tuple[Photo, ...]
) -> Answer:
    contact = head.contact
    understood = understand_mail(
        received,
        desk.house.menu,
        languages=desk.house.reading_languages(contact.language),
        now=desk.now,
        zone=desk.shop.zone,
    )
    if understood.intent in NEEDS_PROOF and head.trust not in {Trust.FULL, Trust.TOKEN}:
        facts = {"what": understood.intent, "number": understood.order_number}
        await desk.tx.conversations.ask(contact.id, Asked("confirm", facts=facts), desk.now)
        return Answer(f"confirm_{understood.intent}", (ConfirmAsked(to=To(contact.id), what=understood.intent),))
    if understood.intent is Intent.ORDER:
        return await _order(desk, head, understood, text)
    return Answer(understood.intent, await act(desk, contact, None, understood, text, photos, head.trust))


async def _order(desk: Desk, head: Letterhead, understood: Understood, text: str) -> Answer:
    """A new order, unless the mail names an open order of theirs: then a change is asked for, and a person decides.

    People take up old mails for new matters: goods in the thread of a finished order are a new order.
    """
    contact = head.contact
    if understood.order_number is not None:
        for order in await desk.tx.orders.of_contact(contact.id):
            if order.number == understood.order_number and order.is_open:
                return Answer("change_asked", await questions.pass_on(desk, contact, text, order=order))
    return Answer("order", await mail_orders.order(desk, contact, understood, head.trust, draft=None))


async def _keep_photos(desk: Desk, contact: Contact, received: MailMessage) -> tuple[Photo, ...]:
    kept = [
        await desk.tx.files.keep(contact.id, desk.now, name=name, mime=mime, content=content)
        for name, mime, content in received.photos
    ]
    return tuple(kept)


def _names(received: MailMessage) -> str:
    return ", ".join(received.attachments) or "—"


async def braked(desk: Desk, contact: Contact, answer: Answer) -> Answer:
    """No storms: past a few answers that move nothing forward the sender hears nothing more for a while."""
    idle = [notice for notice in answer.notices if _is_idle(notice, contact)]
    if not idle:
        return answer
    hour = await desk.tx.outbox.count_answers(contact.id, desk.now - timedelta(hours=1), FORWARD)
    day = await desk.tx.outbox.count_answers(contact.id, desk.now - timedelta(days=1), FORWARD)
    if hour < PER_HOUR and day < PER_DAY:
        return answer
    others: Sequence[Notice] = [notice for notice in answer.notices if notice not in idle]
    return Answer(f"braked_{answer.rule}", tuple(others))


def _is_idle(notice: Notice, contact: Contact) -> bool:
    return notice.to.contact_id == contact.id and Channel.MAIL in notice.channels and notice.name not in FORWARD
