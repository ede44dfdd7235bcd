"""A mail: who wrote it, how far that is believed, which thread it belongs to, and what it wants."""

import re
from dataclasses import replace

from core.documents import Order, Photo
from core.errors import ShopError
from core.notices import STAFF, Alarm, ConfirmAsked, Notice, To
from core.people import Contact
from core.states import OrderState
from handlers import (
    allergy_words,
    asking_which,
    chat_questions,
    customers,
    mail_asking,
    mail_gone,
    mail_matters,
    mail_orders,
    mail_placed,
    mail_returns,
    matters,
    offers,
    one_card,
    questions,
    reordering,
    return_words,
)
from handlers.desk import Desk
from handlers.incoming import Answer, MailIn
from handlers.intent_acts import act
from handlers.mail_brake import braked
from handlers.mail_heads import PROVED, Letterhead, letterhead
from handlers.reading.agreement import agrees, refuses
from handlers.reading.cancelling import surely_cancels
from handlers.reading.mail_kind import MailKind
from handlers.reading.mail_message import MailMessage
from handlers.reading.mail_text import is_reply_subject
from handlers.reading.mail_words import understand_mail
from handlers.reading.texts import Text
from handlers.reading.understood import Intent, Reading, Understood, Wishes
from handlers.refusing import refused
from handlers.said import Said, read
from storage.conversations import WHICH
from storage.letters import SentLetter

NEEDS_PROOF = frozenset({Intent.STATUS, Intent.CANCEL})
"""What reads or changes an order: by a mail of unknown sender only after a reply to our own mail."""


async def mail(desk: Desk, incoming: MailIn) -> tuple[Answer, Contact | None]:
    """What the mail is taken for; the contact is None where nobody is to be answered."""
    # All who look at its words look at one text, which remembers what it was asked.
    received = replace(incoming.mail, text=Text(incoming.mail.text.strip()))
    if received.kind is MailKind.BROKEN:
        facts = {"number": desk.tx.inbox_id, "reason": received.error or ""}
        return Answer("mail_broken", (Alarm(to=STAFF, what="mail_unreadable", facts=facts),)), None
    if received.kind is not MailKind.CUSTOMER:
        return Answer(f"mail_{received.rule}"), None
    head = await letterhead(desk, received)
    if head.contact.blocked:
        return Answer("blocked"), None
    answer = await _customer_mail(desk, head, received)
    answer = one_card.of_mail(answer, received.text)
    return await braked(desk, head.contact, answer, received.text), head.contact


async def _customer_mail(desk: Desk, head: Letterhead, received: MailMessage) -> Answer:
    contact = head.contact
    photos = await _keep_photos(desk, contact, received)
    answer = await _answers(desk, head, received, photos)
    if answer is not None:
        return answer
    text = received.text or received.subject
    if not text and not photos:
        return Answer("mail_empty", await questions.pass_on(desk, contact, _names(received)))
    return await _words(desk, head, received, text, photos)


async def _answers(desk: Desk, head: Letterhead, received: MailMessage, photos: tuple[Photo, ...]) -> Answer | None:
    """The reply to what we asked by mail, each question in its own thread; None for a matter of its own."""
    contact, thread = head.contact, head.thread
    text = received.text
    if thread is not None and thread.notice == "confirm_asked":
        return await _confirmation(desk, head, received, thread)
    case = await return_words.case_of(desk, contact, thread) or await mail_returns.case_asked(desk, head)
    case = case or await mail_returns.case_named(desk, head, text)
    if case is not None:
        said = await mail_returns.about_return(desk, head, received, case, photos)
        if said is not None:
            return said
    if head.order_id is not None and text:
        asked = await desk.tx.conversations.about(contact.id, head.order_id)
        if asked is not None and asked.what == "staff" and "return" not in asked.facts:
            await desk.tx.conversations.settle(contact.id, head.order_id)
            order = await desk.tx.orders.get(head.order_id)
            return Answer("answers_staff", await questions.pass_on(desk, contact, text, order=order, photos=photos))
        offered = await offers.by_words(desk, contact, asked, text) if asked and asked.what == "offer" else None
        if offered is not None:
            return Answer("offer_answered", offered)
    if text and (settled := await _settles(desk, head, received, text, photos)):
        return settled
    draft = await _draft_meant(desk, head, received) if text else None
    if draft is None:
        return None
    text = mail_asking.without_addendum(desk, contact, text)
    notices = await mail_orders.answered(desk, contact, draft, text, head.trust)
    if notices is None:
        return await mail_asking.asks_back(desk, head, draft, text)
    shown = (questions.says(contact, text, photos=photos),) if photos else ()
    return Answer("answers_questions", (*notices, *shown))


async def _settles(
    desk: Desk, head: Letterhead, received: MailMessage, text: str, photos: tuple[Photo, ...]
) -> Answer | None:
    """The answer to what the staff asked, or to which order was meant."""
    to_staff = await mail_placed.answers_staff(desk, head, text, photos)
    return to_staff or await _which_chosen(desk, head, received, text)


async def _which_chosen(desk: Desk, head: Letterhead, received: MailMessage, text: str) -> Answer | None:
    """The answer to which of their orders was meant, from whoever is proved: now it is done."""
    is_free = head.thread is None or head.thread.notice == "which_order"
    asked = await desk.tx.conversations.open(head.contact.id) if is_free and head.trust in PROVED else None
    meant = await asking_which.chosen(desk, head.contact, asked, text) if asked and asked.what == WHICH else None
    if asked is None or meant is None:
        return None
    await desk.tx.conversations.settle(head.contact.id)
    told: list[Notice] = [] if meant else [*await customers.status(desk, head.contact, None)]
    for order in meant:
        before = asked.facts["text"]
        if not before:
            told += await customers.cancel_order(desk, head.contact, order)
            continue
        of_order, read_so = replace(head, order_id=order.id), replace(received, text=before, subject="")
        told += (await _words(desk, of_order, read_so, before, ())).notices
    return Answer("which_order", tuple(told))


async def _confirmation(desk: Desk, head: Letterhead, received: MailMessage, thread: SentLetter) -> Answer | None:
    """The reply to "was it you?": a yes does it, a clear other wish is read anew, a no is for a person."""
    contact, text = head.contact, received.text
    languages = desk.house.reading_languages(contact.language)
    _, what, number = (thread.about or "::").split(":")
    understood = read(desk, contact, text, None)
    about = int(number) if number else None
    is_sure = what != Intent.CANCEL or surely_cancels(text, languages)
    said_again = understood.intent == what and understood.order_number in {None, about} and is_sure
    is_yes = agrees(text) and not refuses(text, languages)
    if not is_yes and (understood.reading.lines or (understood.intent in mail_returns.OWN_MATTERS and not said_again)):
        return None
    if refuses(text, languages) or understood.reading.lines or not (is_yes or said_again):
        return Answer("not_confirmed", await questions.pass_on(desk, contact, text))
    if what == Intent.CANCEL:
        return Answer("confirmed", await mail_placed.cancel(desk, head, about))
    return Answer("confirmed", await customers.status(desk, contact, about))


async def _draft_meant(desk: Desk, head: Letterhead, received: MailMessage) -> Order | None:
    """The open draft that this mail is about: by its thread, by its subject, or as the answer that it can only be."""
    contact = head.contact
    if head.order_id is not None:
        order = await desk.tx.orders.get(head.order_id)
        return order if order.state is OrderState.DRAFT else None
    if await desk.tx.conversations.open(contact.id) is None:
        return None
    draft = await desk.tx.orders.draft_of(contact.id)
    if draft is None or await desk.tx.conversations.about(contact.id, draft.id) is None:
        return None
    if head.thread is not None:
        # A refusal names no order: it was the last word about the draft.
        return draft if head.thread.notice.startswith("refused_") else None
    last = await desk.tx.sent.last_mail(draft.id, contact.id)
    if last is not None and is_reply_subject(received.subject) and _bare(received.subject) == _bare(last.subject):
        return draft
    understood = read(desk, contact, received.text, draft)
    if understood.intent is Intent.ORDER and mail_asking.addendum(desk, contact, received):
        return draft
    names_goods = understood.edits or understood.reading != Reading()
    return draft if understood.wishes != Wishes() and understood.intent is Intent.ORDER and not names_goods else None


async def _words(desk: Desk, head: Letterhead, received: MailMessage, text: str, photos: tuple[Photo, ...]) -> Answer:
    contact = head.contact
    languages = desk.house.reading_languages(contact.language)

    async def go_on(rest: str, note: str) -> Answer:
        gone = await mail_gone.answered(desk, head, text, photos)
        if gone is not None:
            return gone
        read_so = received if allergy is None else replace(received, text=rest)
        understood = understand_mail(read_so, desk.house.menu, languages=languages, now=desk.now, zone=desk.shop.zone)
        if mail_asking.is_attached(desk, contact, understood, text):
            said = "\n".join((text, *received.attachments))
            return Answer("attached", await questions.pass_on(desk, contact, said, photos=photos))
        kept, understood = await allergy_words.with_note(desk, contact, understood, note)
        two = mail_matters.order_beside(desk, contact, understood, text)
        if two is None:
            answer = await _wanted(desk, head, understood, text, photos)
        else:
            answer = await _one_by_one(desk, head, read_so, two, photos)
        return replace(answer, notices=(*kept, *answer.notices)) if kept else answer

    allergy = allergy_words.heard(desk, contact, received.text)
    if allergy is None:
        return await go_on(received.text, "")
    return await allergy_words.answered(desk, contact, text, allergy, go_on)


async def _one_by_one(
    desk: Desk, head: Letterhead, received: MailMessage, two: tuple[str, str], photos: tuple[Photo, ...]
) -> Answer:
    """An order and what stands beside it, each for itself: that the one cannot be is not in the way of the other."""
    languages = desk.house.reading_languages(head.contact.language)
    notices: tuple[Notice, ...] = ()
    for text, shown in zip(reversed(two), (photos, ()), strict=True):
        part = replace(received, text=text)
        understood = understand_mail(part, desk.house.menu, languages=languages, now=desk.now, zone=desk.shop.zone)
        try:
            async with desk.tx.savepoint():
                notices += (await _wanted(desk, head, understood, text, shown)).notices
        except ShopError as error:
            notices += (refused(desk, error, To(head.contact.id)),)
    return Answer("several_matters", notices)


async def _wanted(desk: Desk, head: Letterhead, understood: Understood, text: str, photos: tuple[Photo, ...]) -> Answer:
    """What the words want, by their intent."""
    contact = head.contact
    about = await mail_placed.of_thread(desk, head)
    beside = await _beside_orders(Said(desk, contact, None, understood, text, photos, head.trust, about))
    if beside is not None:
        return beside
    understood = await mail_placed.without_strange_number(desk, contact, understood, text, about)
    of_placed = await mail_placed.answered(desk, head, about, understood, text, photos)
    if of_placed is not None:
        return of_placed
    understood = await reordering.as_reorder(desk, contact, None, understood, text)
    is_proved = head.trust in PROVED
    if understood.intent in NEEDS_PROOF and not is_proved and await _may_be_about(desk, contact, understood):
        ask = ConfirmAsked(to=To(contact.id), what=understood.intent, number=understood.order_number)
        return Answer(f"confirm_{understood.intent}", (ask,))
    if understood.intent is Intent.ORDER:
        return await _order(desk, head, understood, text)
    if understood.intent is Intent.REORDER:
        return Answer("again", await mail_orders.again(desk, contact, understood, text, head.trust))
    if understood.intent is Intent.CANCEL:
        return Answer("cancel", await mail_placed.cancel(desk, head, understood.order_number, text))
    told = await act(desk, contact, None, understood, text, photos, head.trust, about)
    if understood.intent is Intent.STATUS and understood.order_number is None:
        told = await mail_asking.with_draft(desk, contact, told)
    return Answer(understood.intent, told)


async def _beside_orders(said: Said) -> Answer | None:
    """What neither orders nor changes anything, whatever it is read as."""
    kept = await matters.kept(said)
    if kept is not None:
        return Answer("keeps", kept)
    if said.understood.intent is Intent.PLACE and said.about is not None and said.about.state is OrderState.ACCEPTED:
        # "OK" to what the shop has said asks for nothing.
        return Answer("nods", await chat_questions.thanks(said))
    return await mail_returns.asked_after(said)


async def _may_be_about(desk: Desk, contact: Contact, understood: Understood) -> bool:
    """Whether it can be meant at all; else nothing is promised, and what is not theirs reads as what does not exist."""
    mine = await desk.tx.orders.of_contact(contact.id)
    return any(understood.order_number in {None, order.number} for order in mine)


async def _order(desk: Desk, head: Letterhead, understood: Understood, text: str) -> Answer:
    """A new order; in the thread of one that could not be, as that one was to come.

    People take up old mails for new matters: goods in the thread of a finished order are a new order.
    """
    contact = head.contact
    understood = await mail_placed.as_was_refused(desk, head, understood)
    notices = await mail_orders.order(desk, contact, understood, text, head.trust)
    if understood.asides:
        about = await mail_placed.of_thread(desk, head)
        notices += await chat_questions.beside(Said(desk, contact, None, understood, text, (), head.trust, about))
    return Answer("order", notices)


async def _keep_photos(desk: Desk, contact: Contact, received: MailMessage) -> tuple[Photo, ...]:
    kept = [
        await desk.tx.files.keep(contact.id, desk.now, name=name, mime=mime, content=content)
        for name, mime, content in received.photos
    ]
    return tuple(kept)


def _bare(subject: str) -> str:
    """A subject without its "Re:" and the token of an order."""
    return re.sub(r"^(?:\s*\w{1,4}:)+|\[#\S+\]", "", subject).strip().casefold()


def _names(received: MailMessage) -> str:
    return ", ".join(received.attachments) or "—"
