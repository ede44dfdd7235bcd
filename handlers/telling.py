"""Notices into letters: to whom, on which channel, in which language, in which thread; put into the outbox."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from core.documents import Order, Photo, ReturnCase
from core.frozen import frozen
from core.notices import (
    ChangeCard,
    CustomerSays,
    DraftEdited,
    DraftShown,
    MenuPage,
    Notice,
    OrderNotice,
    OrderPlaced,
    OrderQuestions,
    PhotosShown,
    Refused,
    ReplyAwaited,
)
from core.people import Channel, Contact
from handlers import allergens
from handlers.desk import Desk
from handlers.reading.mail_message import MailMessage
from storage.letters import NewLetter, SentLetter

UNBOUND = "unbound"
"""Where letters to the staff wait until a group is theirs."""


@frozen
class Cause:
    """What a letter answers: the mail or the chat message that is being handled, if it is one."""

    mail: MailMessage | None = None
    contact_id: int | None = None


UNPROMPTED = Cause()


@frozen
class Thread:
    """Where a mail belongs: subject, In-Reply-To and References."""

    subject: str = ""
    reply_to: str | None = None
    references: tuple[str, ...] = ()
    is_answer: bool = False


@frozen
class Told:
    """A notice, and what else the same mail says before and after it."""

    notice: Notice
    before: tuple[Notice, ...] = ()
    after: tuple[Notice, ...] = ()


async def tell(desk: Desk, notices: Iterable[Notice], cause: Cause = UNPROMPTED) -> None:
    """Word each notice and put it into the outbox, within the transaction of what it tells of."""
    letters = []
    for told in _in_one_mail(tuple(notices), cause):
        letter = await _letter(desk, told, cause)
        if letter is not None:
            letters.append(letter)
    if letters:
        await desk.tx.outbox.add(letters, inbox_id=desk.tx.inbox_id, now=desk.now)


def _in_one_mail(notices: tuple[Notice, ...], cause: Cause) -> Iterator[Told]:
    """A mail gets one answer: what is about an order keeps its subject, the rest stands around it.

    Two that a reply must tell apart are two mails.
    """
    answers = [one for one in notices if _answers(one, cause)]
    bearing = [one for one in answers if _bears(one)]
    if len(answers) < 2 or len(bearing) > 1:
        yield from map(Told, notices)
        return
    main = (bearing or [one for one in answers if isinstance(one, Refused)] or answers)[0]
    place = answers.index(main)
    for notice in notices:
        if notice is main:
            yield Told(notice, tuple(answers[:place]), tuple(answers[place + 1 :]))
        elif notice not in answers:
            yield Told(notice)


def _answers(notice: Notice, cause: Cause) -> bool:
    is_to_sender = cause.contact_id is not None and notice.to.contact_id == cause.contact_id
    return cause.mail is not None and is_to_sender and Channel.MAIL in notice.channels


def _bears(notice: Notice) -> bool:
    """Whether a reply to it means more than the next mail."""
    return notice.about is not None or _order_id(notice) is not None


async def _letter(desk: Desk, told: Told, cause: Cause) -> NewLetter | None:
    notice = told.notice
    if notice.to.contact_id is None:
        return await _to_staff(desk, notice)
    contact = await desk.tx.customers.get(notice.to.contact_id)
    if contact.channel not in notice.channels:
        return None
    if isinstance(notice, (DraftShown, DraftEdited, OrderPlaced, OrderQuestions)):
        cautions = allergens.cautions(desk, contact, notice.order)
        notice = replace(notice, cautions=cautions) if cautions else notice
    if contact.channel is Channel.MAIL:
        return await _by_mail(desk, Told(notice, told.before, told.after), contact, cause)
    return await _by_chat(desk, notice, contact)


async def _to_staff(desk: Desk, notice: Notice) -> NewLetter:
    words = desk.house.renderer.words(notice, channel=Channel.TELEGRAM, language=desk.shop.languages[0], now=desk.now)
    address = notice.to.chat or desk.staff_chat or UNBOUND
    topic = desk.facts.get("staff_topic") if address == desk.staff_chat else None
    return NewLetter(
        channel=Channel.TELEGRAM,
        address=address,
        notice=notice.name,
        text=words.text,
        html=words.html,
        buttons=words.buttons,
        photos=_photos(notice),
        order_id=_order_id(notice),
        about=notice.about,
        card=notice.card,
        fresh=notice.is_fresh,
        topic=int(topic) if topic else None,
        reply_to=await _card_answered(desk, notice, address),
        reminder=notice.reminder,
    )


async def _card_answered(desk: Desk, notice: Notice, address: str) -> str | None:
    """A customer's words about an order or a return, or wish for a change, stand as a reply under its card."""
    subject = None
    if isinstance(notice, CustomerSays) and (notice.order or notice.case):
        subject = notice.about
    elif isinstance(notice, ChangeCard | ReplyAwaited):
        subject = f"order:{notice.order.id}"
    return await desk.tx.outbox.card_message(Channel.TELEGRAM, address, subject) if subject else None


async def _by_chat(desk: Desk, notice: Notice, contact: Contact) -> NewLetter:
    words = desk.house.renderer.words(notice, channel=Channel.TELEGRAM, language=contact.language, now=desk.now)
    return NewLetter(
        channel=Channel.TELEGRAM,
        address=contact.address,
        notice=notice.name,
        text=words.text,
        html=words.html,
        buttons=words.buttons,
        photos=_photos(notice),
        contact_id=contact.id,
        order_id=_order_id(notice),
        about=notice.about,
        card=notice.card,
        fresh=notice.is_fresh,
        asks_contact=notice.asks_contact,
        asks_location=notice.asks_location,
        reminder=notice.reminder,
    )


async def _by_mail(desk: Desk, told: Told, contact: Contact, cause: Cause) -> NewLetter:
    notice = told.notice
    words = desk.house.renderer.words(
        notice,
        channel=Channel.MAIL,
        language=contact.language,
        now=desk.now,
        before=told.before,
        after=told.after,
    )
    thread = await _thread(desk, notice, contact, cause)
    return NewLetter(
        channel=Channel.MAIL,
        address=contact.address,
        notice=notice.name,
        text=words.text,
        html=words.html,
        subject=_subject(words.subject, thread.subject, notice),
        contact_id=contact.id,
        order_id=_order_spoken_of(told),
        about=notice.about,
        reply_to=thread.reply_to,
        references=thread.references,
        reminder=notice.reminder,
        is_answer=thread.is_answer,
    )


async def _thread(desk: Desk, notice: Notice, contact: Contact, cause: Cause) -> Thread:
    """An answer goes under the mail it answers; other news under our last mail about the order."""
    if cause.mail is not None and cause.contact_id == contact.id:
        return _under(cause.mail)
    if isinstance(notice, OrderNotice):
        last = await desk.tx.sent.last_mail(notice.order.id, contact.id)
        if last is not None:
            return _below(desk, last)
    elif (case := _case(notice)) is not None:
        last = await desk.tx.sent.last_mail(case.order_id, contact.id, f"return:{case.id}")
        if last is not None:
            return _below(desk, last)
    return Thread()


def _below(desk: Desk, last: SentLetter) -> Thread:
    """A mail that still waits gets its Message-ID when it leaves: this one."""
    message_id = last.message_id or desk.house.message_id(last.id)
    return Thread(last.subject, message_id, _chain(last.references, message_id))


def _under(mail: MailMessage) -> Thread:
    subject = mail.subject if mail.subject[:3].casefold() in {"re:", "aw:"} else f"Re: {mail.subject}".strip()
    if not mail.message_id:
        return Thread(subject, is_answer=True)
    known = mail.references or ((mail.in_reply_to,) if mail.in_reply_to else ())
    return Thread(subject, mail.message_id, _chain(known, mail.message_id), is_answer=True)


def _chain(references: tuple[str, ...], newest: str) -> tuple[str, ...]:
    """The root and the last ten: a thread must not grow its headers for ever."""
    known = (*(one for one in references if one != newest), newest)
    return known if len(known) <= 11 else (known[0], *known[-10:])  # root and ten


def _subject(own: str, thread: str, notice: Notice) -> str:
    """The thread's subject stays as it is; the order's token is added once."""
    if not thread or thread == "Re:":
        return own
    if not isinstance(notice, OrderNotice) or notice.order.number is None:
        return thread
    token = f"[#{notice.order.number}-{notice.order.token}]"
    return thread if token in thread else f"{thread} {token}"


def _order_spoken_of(told: Told) -> int | None:
    """Which order an answer to this mail is about."""
    parts = (told.notice, *told.before, *told.after)
    ids = (_order_id(told.notice), *(part.speaks_of for part in parts))
    return next((order_id for order_id in ids if order_id is not None), None)


def _order_id(notice: Notice) -> int | None:
    order: Order | None = getattr(notice, "order", None)
    if order is not None:
        return order.id
    case = _case(notice)
    return case.order_id if case is not None else None


def _case(notice: Notice) -> ReturnCase | None:
    case: ReturnCase | None = getattr(notice, "case", None)
    return case


def _photos(notice: Notice) -> tuple[Photo, ...]:
    if isinstance(notice, MenuPage):
        return (notice.photo,) if notice.photo is not None else ()
    return notice.photos if isinstance(notice, (PhotosShown, CustomerSays)) else ()
