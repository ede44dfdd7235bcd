"""A customer's private chat: what each text, photo, contact and tap is taken for."""

from core.documents import Order, Photo
from core.notices import KindNotRead, LocationKept, LocationOdd, To
from core.people import Channel, Contact
from core.states import Kind
from core.zones import spot_of
from handlers import checkout, customers, drafts, questions, reordering, return_words, returns, teaching
from handlers.chat_asked import ASKED, asked_draft
from handlers.chat_taps import tap
from handlers.chat_words import words
from handlers.commands import CUSTOMER, split
from handlers.desk import Desk
from handlers.incoming import Answer, ChatContact, ChatLocation, ChatOther, ChatPhoto, ChatText
from handlers.reading.clauses import said_again
from handlers.reading.understood import Intent
from handlers.said import read
from storage.letters import SentLetter

__all__ = ["location", "other", "photo", "photos", "shared_contact", "tap", "text"]


async def text(desk: Desk, contact: Contact, said: ChatText) -> Answer:
    """Words: a command, the answer to what was asked, or anything a customer may write."""
    command = split(said.text)
    if command is not None:
        name, words_behind = command
        handler = CUSTOMER.get(name)
        if handler is None:
            # Rules are logged: an unknown command is a customer's own word.
            return Answer("command_unknown", await customers.unknown(desk, contact, name, words_behind))
        return Answer(f"command_{name}", await handler(desk, contact, words_behind))
    letter = await _letter_answered(desk, said)
    case = await return_words.case_of(desk, contact, letter) if letter is not None else None
    if case is not None:
        answer = await return_words.about_return(desk, contact, case, read(desk, contact, said.text, None), said.text)
        if answer is not None:
            return answer
    asked = await desk.tx.conversations.open(contact.id)
    if asked is not None and not said.edited:
        answer = await ASKED[asked.what](desk, contact, asked, said.text)
        if answer is not None:
            return answer
    again = await _ordered_again(desk, contact, letter, said.text)
    if again is not None:
        return again
    about = await _order_answered(desk, contact, letter)
    lesson = teaching.lesson_of(asked, desk.now)
    if lesson is None:
        return await words(desk, contact, said.text, edited=said if said.edited else None, about=about)
    written = said.text if said.edited else await teaching.without_opener(desk, contact, said.text)
    answering = words(desk, contact, written, edited=said if said.edited else None, about=about)
    return await teaching.watched(desk, contact, lesson, written, answering)


async def _letter_answered(desk: Desk, said: ChatText) -> SentLetter | None:
    """The message of ours that these words are a reply to."""
    if said.reply_to is None or said.edited:
        return None
    return await desk.tx.sent.find(Channel.TELEGRAM, str(said.chat.id), str(said.reply_to))


async def _ordered_again(desk: Desk, contact: Contact, letter: SentLetter | None, written: str) -> Answer | None:
    """ "Same again please" in answer to the card of an order, however old: that one, whatever is in the draft."""
    if (
        letter is None
        or letter.order_id is None
        or not said_again(written, desk.house.reading_languages(contact.language))
    ):
        return None
    order = await desk.tx.orders.get(letter.order_id)
    if order.contact_id != contact.id or order.number is None:
        return None
    return Answer(Intent.REORDER, await reordering.again(desk, contact, order.number, written))


async def _order_answered(desk: Desk, contact: Contact, letter: SentLetter | None) -> Order | None:
    """The placed order of theirs that this letter is about."""
    if letter is None or letter.order_id is None:
        return None
    order = await desk.tx.orders.get(letter.order_id)
    return order if order.contact_id == contact.id and order.is_open else None


async def shared_contact(desk: Desk, contact: Contact, shared: ChatContact) -> Answer:
    """A phone number by Telegram's own button; somebody else's card is for a person."""
    asked = await desk.tx.conversations.open(contact.id)
    order = await asked_draft(desk, contact, asked) if asked and asked.what == "phone" else None
    if order is None or asked is None:
        return Answer("contact_passed_on", await questions.pass_on(desk, contact, f"☎ {shared.phone}"))
    return Answer("phone", await checkout.answered_phone(desk, contact, order, shared.phone, asked))


async def location(desk: Desk, contact: Contact, shared: ChatLocation) -> Answer:
    """Where a delivery goes; without one that it could be for, it is passed on to a person."""
    spot = spot_of(shared.lat, shared.lon)
    if spot is None:
        return Answer("location_odd", (LocationOdd(to=To(contact.id)),))
    draft = await desk.tx.orders.draft_of(contact.id)
    kinds = drafts.offered(desk, draft) if draft and draft.lines else ()
    if draft is None or Kind.DELIVERY not in kinds or draft.kind not in {None, Kind.DELIVERY}:
        words = "\n".join(filter(None, (shared.address, spot.link)))
        return Answer("location_passed_on", await questions.pass_on(desk, contact, f"📍 {words}"))
    asked = await desk.tx.conversations.about(contact.id, draft.id)
    is_asked = asked is not None and asked.what == "address"
    goes_on = asked is not None and is_asked and checkout.as_seen(draft, asked).facts.get("then") != checkout.SHOW
    filled = await checkout.fill_location(desk, contact, draft, spot, shared.address)
    kept = LocationKept(to=To(contact.id))
    if not goes_on:
        return Answer("location", (kept, drafts.shown(desk, filled, before=draft)))
    return Answer("location", (kept, *await checkout.go_on(desk, contact, filled, tapped=False, seen=draft)))


async def photo(desk: Desk, contact: Contact, sent: ChatPhoto) -> Answer:
    """A single photo; those of an album are gathered by the clock (from_clock.album)."""
    kept = await desk.tx.files.keep(contact.id, desk.now, telegram_file=sent.file_id, caption=sent.caption)
    return await photos(desk, contact, (kept,), sent.caption)


async def photos(desk: Desk, contact: Contact, sent: tuple[Photo, ...], caption: str) -> Answer:
    """Photos with words are read by the words; without, they join the return that waits, or go to a person."""
    if caption:
        return await words(desk, contact, caption, photos=sent)
    joined = await returns.add_photos(desk, contact, sent)
    if joined is not None:
        return Answer("photos_of_return", joined)
    return Answer("photos_passed_on", await questions.pass_on(desk, contact, "📷", photos=sent))


async def other(desk: Desk, contact: Contact, sent: ChatOther) -> Answer:  # noqa: ARG001  # called like its siblings
    """Voice, stickers, files: kept in the inbox, and said."""
    return Answer(f"not_read_{sent.kind}", (KindNotRead(to=To(contact.id)),))
