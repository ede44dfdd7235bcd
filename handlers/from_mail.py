"""A mail: who wrote it, how far that is believed, which thread it belongs to, and what it wants."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from core.documents import Order, Photo, ReturnCase, Timer
from core.frozen import frozen
from core.notices import STAFF, Alarm, ConfirmAsked, Notice, To
from core.people import Channel, Contact, Trust
from core.states import OrderState
from handlers import allergy_words, changing, customers, languages, mail_orders, offers, questions, return_words
from handlers.change_edits import concerns, read_for
from handlers.chat_words import act
from handlers.desk import Desk
from handlers.incoming import Answer, MailIn
from handlers.reading.agreement import agrees, forbids_cancelling, refuses
from handlers.reading.mail_kind import MailKind
from handlers.reading.mail_message import MailMessage
from handlers.reading.mail_text import is_reply_subject
from handlers.reading.mail_words import understand_mail
from handlers.reading.understood import Intent, Reading, Understood, Wishes
from handlers.reading.which_language import guess_among, guess_language
from handlers.said import read
from storage.letters import SentLetter

LOOKED_AT = 32
"""So many References are followed, from the end."""

PER_HOUR, PER_DAY = 3, 5
"""Answers to one sender that move nothing forward: more are not sent, the mail is kept."""

NEEDS_PROOF = frozenset({Intent.STATUS, Intent.CANCEL})
"""What reads or changes an order: by a mail of unknown sender only after a reply to our own mail."""

ASKING = frozenset({Intent.PRODUCT, Intent.QUESTION, Intent.HOURS})
"""Questions, beside which a change of an order may stand."""

SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")

OWN_MATTERS = frozenset({*NEEDS_PROOF, Intent.RETURN, Intent.MENU, Intent.HOURS, Intent.HELP})
"""What answers no question of ours."""

ABOUT_A_RETURN = frozenset({Intent.RETURN, Intent.STATUS, Intent.CANCEL})
"""What in the thread of a return is about this return: how it stands, or that it is wanted no more."""

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


@frozen
class Letterhead:
    """What is known of a mail before its words are read."""

    contact: Contact
    trust: Trust
    thread: SentLetter | None
    """The letter of ours that it answers."""
    order_id: int | None
    """The order that the thread is about: a refusal in between, or a word from the shop, has none."""


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
    letters = await _thread(desk, received, contact)
    thread = letters[0] if letters else None
    about = next((letter.order_id for letter in letters if letter.order_id is not None), None)
    return Letterhead(contact, _trust(received, is_new=is_new, thread=thread), thread, about)


async def met(desk: Desk, received: MailMessage) -> tuple[Contact, bool]:
    """Whoever gets the answer to this mail, and whether they are new to us."""
    contact, is_new = await desk.tx.customers.meet(
        Channel.MAIL,
        desk.house.mail_address,
        received.answer_to.strip().casefold(),
        name=received.sender_name,
        language=guess_language(received.text) or guess_language(_own_words(received)) or "",
        now=desk.now,
    )
    if not is_new:
        contact = await languages.followed(desk, contact, None, received.text, guess_language(received.text))
    if not contact.language:
        language = guess_among(_own_words(received), desk.shop.languages) or desk.shop.languages[0]
        await desk.tx.customers.set_language(contact.id, language)
        contact = replace(contact, language=language)
    return contact, is_new


def _own_words(received: MailMessage) -> str:
    """Subject and text; the subject of a reply may be ours."""
    return received.text if is_reply_subject(received.subject) else f"{received.subject}\n{received.text}"


async def _thread(desk: Desk, received: MailMessage, contact: Contact) -> list[SentLetter]:
    """The letters of ours above this mail, the nearest first, as far as they went to this very sender."""
    letters = []
    cited = (received.in_reply_to, *reversed(received.references[-LOOKED_AT:]))
    for message_id in cited:
        letter_id = desk.house.letter_of(message_id) if message_id else None
        letter = await desk.tx.sent.by_id(letter_id) if letter_id is not None else None
        if letter is not None and letter.contact_id == contact.id:
            letters.append(letter)
    return letters


def _trust(received: MailMessage, *, is_new: bool, thread: SentLetter | None) -> Trust:
    is_from_sender = received.answer_to.casefold() == received.sender.casefold()
    if received.authenticated and is_from_sender and not is_new:
        return Trust.FULL
    if thread is not None:
        return Trust.TOKEN
    return Trust.LOW if received.authenticated and is_from_sender else Trust.NONE


async def _customer_mail(desk: Desk, head: Letterhead, received: MailMessage) -> Answer:
    contact = head.contact
    photos = await _keep_photos(desk, contact, received)
    answer = await _answers(desk, head, received, photos)
    if answer is not None:
        return answer
    text = received.text.strip() or received.subject
    if not text and not photos:
        return Answer("mail_empty", await questions.pass_on(desk, contact, _names(received)))
    return await _words(desk, head, received, text, photos)


async def _answers(desk: Desk, head: Letterhead, received: MailMessage, photos: tuple[Photo, ...]) -> Answer | None:
    """The reply to what we asked by mail, each question in its own thread; None for a matter of its own."""
    contact, thread = head.contact, head.thread
    text = received.text.strip()
    if thread is not None and thread.notice == "confirm_asked":
        return await _confirmation(desk, head, received, thread)
    case = await return_words.case_of(desk, contact, thread) or await _case_asked(desk, head)
    if case is not None:
        said = await _about_return(desk, head, received, case, photos)
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
    draft = await _draft_meant(desk, head, received) if text else None
    if draft is None:
        return None
    notices = await mail_orders.answered(desk, contact, draft, text, head.trust)
    if notices is None:
        return None
    shown = (questions.says(contact, text, photos=photos),) if photos else ()
    return Answer("answers_questions", (*notices, *shown))


async def _case_asked(desk: Desk, head: Letterhead) -> ReturnCase | None:
    """The return that the staff wrote about, where the mail is in the thread of its order."""
    asked = None if head.order_id is None else await desk.tx.conversations.about(head.contact.id, head.order_id)
    if asked is None or "return" not in asked.facts:
        return None
    return await desk.tx.returns.to_change(asked.facts["return"])


async def _about_return(
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


async def _confirmation(desk: Desk, head: Letterhead, received: MailMessage, thread: SentLetter) -> Answer | None:
    """The reply to "was it you?": a yes does it, a clear other wish is read anew, a no is for a person."""
    contact, text = head.contact, received.text.strip()
    languages = desk.house.reading_languages(contact.language)
    _, what, number = (thread.about or "::").split(":")
    understood = read(desk, contact, text, None)
    about = int(number) if number else None
    said_again = understood.intent == what and understood.order_number in {None, about}
    is_yes = agrees(text) and not refuses(text, languages)
    if not is_yes and (understood.reading.lines or (understood.intent in OWN_MATTERS and not said_again)):
        return None
    if refuses(text, languages) or understood.reading.lines or not (is_yes or said_again):
        return Answer("not_confirmed", await questions.pass_on(desk, contact, text))
    if what == Intent.CANCEL:
        return Answer("confirmed", await _cancel(desk, head, about))
    return Answer("confirmed", await customers.status(desk, contact, about))


async def _draft_meant(desk: Desk, head: Letterhead, received: MailMessage) -> Order | None:
    """The open draft that this mail is about: by its thread, by its subject, or as the answer that it can only be."""
    contact = head.contact
    if head.order_id is not None:
        order = await desk.tx.orders.get(head.order_id)
        return order if order.state is OrderState.DRAFT else None
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
    names_goods = understood.edits or understood.reading != Reading()
    return draft if understood.wishes != Wishes() and understood.intent is Intent.ORDER and not names_goods else None


async def _words(desk: Desk, head: Letterhead, received: MailMessage, text: str, photos: tuple[Photo, ...]) -> Answer:
    contact = head.contact
    languages = desk.house.reading_languages(contact.language)

    async def go_on(rest: str, note: str) -> Answer:
        read_so = received if allergy is None else replace(received, text=rest)
        understood = understand_mail(read_so, desk.house.menu, languages=languages, now=desk.now, zone=desk.shop.zone)
        kept, understood = await allergy_words.with_note(desk, contact, understood, note)
        answer = await _wanted(desk, head, understood, text, photos)
        return replace(answer, notices=(*kept, *answer.notices))

    allergy = allergy_words.heard(desk, contact, received.text)
    if allergy is None:
        return await go_on(received.text, "")
    return await allergy_words.answered(desk, contact, text, allergy, go_on)


async def _wanted(desk: Desk, head: Letterhead, understood: Understood, text: str, photos: tuple[Photo, ...]) -> Answer:
    """What the words want, by their intent."""
    contact, languages = head.contact, desk.house.reading_languages(head.contact.language)
    if understood.intent is Intent.CANCEL and forbids_cancelling(text, languages):
        return Answer("keeps", await questions.pass_on(desk, contact, text, photos=photos))
    if understood.intent in ASKING:
        both = await _changes_and_asks(desk, head, text)
        if both is not None:
            return both
    is_proved = head.trust in {Trust.FULL, Trust.TOKEN}
    if understood.intent in NEEDS_PROOF and not is_proved and await _may_be_about(desk, contact, understood):
        ask = ConfirmAsked(to=To(contact.id), what=understood.intent, number=understood.order_number)
        return Answer(f"confirm_{understood.intent}", (ask,))
    if understood.intent is Intent.ORDER:
        return await _order(desk, head, understood, text)
    if understood.intent is Intent.REORDER:
        return Answer("again", await mail_orders.again(desk, contact, understood, text, head.trust))
    if understood.intent is Intent.CHANGE:
        order = await changing.order_meant(desk, contact, understood.order_number)
        if order is not None:
            return await _change(desk, head, order, text)
    if understood.intent is Intent.CANCEL:
        return Answer("cancel", await _cancel(desk, head, understood.order_number))
    return Answer(understood.intent, await act(desk, contact, None, understood, text, photos))


async def _may_be_about(desk: Desk, contact: Contact, understood: Understood) -> bool:
    """Whether it can be meant at all; else nothing is promised, and what is not theirs reads as what does not exist."""
    mine = await desk.tx.orders.of_contact(contact.id)
    return any(understood.order_number in {None, order.number} for order in mine)


async def _changes_and_asks(desk: Desk, head: Letterhead, text: str) -> Answer | None:
    """ "Could we make it three? And is there cream in it?", in the thread of an order: both, each for itself."""
    order = await desk.tx.orders.get(head.order_id) if head.order_id is not None else None
    sentences = [sentence.strip() for sentence in SENTENCE_END.split(text) if sentence.strip()]
    if order is None or not order.is_open or len(sentences) < 2:  # one sentence is one matter
        return None
    wishes = [said for said in sentences if concerns(read_for(desk, head.contact.language, said, order.lines))]
    rest = "\n".join(said for said in sentences if said not in wishes)
    if not wishes or not rest:
        return None
    changed = await _change(desk, head, order, "\n".join(wishes))
    understood = read(desk, head.contact, rest, None)
    asked = await act(desk, head.contact, None, understood, rest) if understood.intent in ASKING else ()
    return replace(changed, notices=(*changed.notices, *asked))


async def _cancel(desk: Desk, head: Letterhead, number: int | None) -> tuple[Notice, ...]:
    """The order of that number, of this thread, or whatever was begun last: a draft is not older than an order."""
    contact = head.contact
    if number is None:
        mine = [order for order in await desk.tx.orders.of_contact(contact.id) if order.is_open]
        draft = await desk.tx.orders.draft_of(contact.id)
        fitting = [order for order in mine if order.id == head.order_id or (draft is not None and order.id > draft.id)]
        number = fitting[0].number if fitting else None
    return await customers.cancel(desk, contact, number)


async def _order(desk: Desk, head: Letterhead, understood: Understood, text: str) -> Answer:
    """A new order, unless the mail is about an open order of theirs: then a change is asked for, a person decides.

    People take up old mails for new matters: goods in the thread of a finished order are a new order.
    """
    contact = head.contact
    names_one = understood.order_number is not None or head.order_id is not None
    for order in await desk.tx.orders.of_contact(contact.id) if names_one else ():
        if order.is_open and (order.number == understood.order_number or order.id == head.order_id):
            return await _change(desk, head, order, text)
    return Answer("order", await mail_orders.order(desk, contact, understood, text, head.trust))


async def _change(desk: Desk, head: Letterhead, order: Order, text: str) -> Answer:
    """What is clear, and proved, goes to the staff as a change of the order; anything else as the words they are."""
    if head.trust in {Trust.FULL, Trust.TOKEN}:
        asked = await changing.by_mail(desk, head.contact, order, text)
        if asked is not None:
            return Answer("change", asked)
    return Answer("change_asked", await questions.pass_on(desk, head.contact, text, order=order))


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
