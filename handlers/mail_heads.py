"""What is known of a mail before its words are read: who wrote it, how far that is believed, in which thread it is."""

from dataclasses import replace

from core.frozen import frozen
from core.people import Channel, Contact, Trust
from handlers import languages
from handlers.desk import Desk
from handlers.reading.mail_message import MailMessage
from handlers.reading.mail_text import is_reply_subject
from handlers.reading.order_numbers import SIGNED
from handlers.reading.which_language import guess_among, guess_language
from storage.letters import SentLetter

PROVED = frozenset({Trust.FULL, Trust.TOKEN})
"""Senders who are surely who they say."""
LOOKED_AT = 32
"""So many References are followed, from the end."""


@frozen
class Letterhead:
    """What is known of a mail before its words are read."""

    contact: Contact
    trust: Trust
    thread: SentLetter | None
    """The letter of ours that it answers."""
    order_id: int | None
    """The order that the thread is about: a refusal in between, or a word from the shop, has none."""


async def letterhead(desk: Desk, received: MailMessage) -> Letterhead:
    """Whoever wrote is known from here on."""
    contact, is_new = await met(desk, received)
    letters = await _thread(desk, received, contact)
    thread = letters[0] if letters else None
    about = next((letter.order_id for letter in letters if letter.order_id is not None), None)
    if about is None and not letters:
        about = await _quoted(desk, received, contact)
    return Letterhead(contact, _trust(received, is_new=is_new, thread=thread), thread, about)


async def met(desk: Desk, received: MailMessage) -> tuple[Contact, bool]:
    """Whoever gets the answer to this mail, and whether they are new to us."""
    said = guess_language(received.text)
    contact, is_new = await desk.tx.customers.meet(
        Channel.MAIL,
        desk.house.mail_address,
        received.answer_to.strip().casefold(),
        name=received.sender_name,
        language=said or guess_language(_own_words(received)) or "",
        now=desk.now,
    )
    if not is_new:
        contact = await languages.followed(desk, contact, None, received.text, said)
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


async def _quoted(desk: Desk, received: MailMessage, contact: Contact) -> int | None:
    """Their order whose number stands in the subject that was taken over, or in the quote: not each program cites."""
    number = received.order_token[0] if received.order_token else None
    if number is None and "#" in received.full_text and "#" not in received.text:
        found = SIGNED.search(received.full_text)
        number = int(found["number"]) if found and found["number"] else None
    if number is None:
        return None
    mine = await desk.tx.orders.of_contact(contact.id, most=LOOKED_AT)
    return next((order.id for order in mine if order.number == number), None)


def _trust(received: MailMessage, *, is_new: bool, thread: SentLetter | None) -> Trust:
    is_from_sender = received.answer_to.casefold() == received.sender.casefold()
    if received.authenticated and is_from_sender and not is_new:
        return Trust.FULL
    if thread is not None:
        return Trust.TOKEN
    return Trust.LOW if received.authenticated and is_from_sender else Trust.NONE
