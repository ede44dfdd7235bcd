"""Letters as values: what the outbox keeps, what a courier gets, what a reply finds."""

from core.documents import Photo
from core.frozen import frozen
from core.people import Channel

Buttons = tuple[tuple[tuple[str, str], ...], ...]
"""Rows of (label, data)."""


@frozen
class LetterPhoto:
    """A picture of a letter: a Telegram file id, or bytes with a name and a MIME type."""

    telegram_file: str = ""
    name: str = ""
    mime: str = ""
    data: bytes = b""
    picture: int | None = None
    """The shop's own picture that this is."""


@frozen
class Letter:
    """A notice in words, addressed to one chat or one mail address.

    For Telegram `html` is in its HTML subset and `text` the plain form; for mail
    both alternatives of the body. `edits` is the message that is edited in
    place; a `fresh` card is sent anew and the message in `replaces` loses its
    buttons. `message_id` is the Message-ID of a mail, made once and stored.
    """

    id: int
    channel: Channel
    address: str
    notice: str
    text: str
    html: str
    subject: str = ""
    buttons: Buttons = ()
    photos: tuple[LetterPhoto, ...] = ()
    card: str | None = None
    edits: str | None = None
    replaces: str | None = None
    topic: int | None = None
    reply_to: str | None = None
    references: tuple[str, ...] = ()
    message_id: str | None = None
    asks_contact: bool = False
    asks_location: bool = False
    reminder: bool = False
    is_answer: bool = False
    """An answer to a mail (Auto-Submitted: auto-replied), else a notice (auto-generated)."""
    attempts: int = 0
    uncertain: bool = False
    """An earlier send may have arrived; a repeat says that it is one."""


@frozen
class NewLetter:
    """A letter to be put into the outbox."""

    channel: Channel
    address: str
    notice: str
    text: str
    html: str
    subject: str = ""
    buttons: Buttons = ()
    photos: tuple[Photo, ...] = ()
    contact_id: int | None = None
    order_id: int | None = None
    about: str | None = None
    card: str | None = None
    fresh: bool = False
    topic: int | None = None
    reply_to: str | None = None
    references: tuple[str, ...] = ()
    asks_contact: bool = False
    asks_location: bool = False
    reminder: bool = False
    is_answer: bool = False


@frozen
class SentLetter:
    """What a reply to one of our messages finds: what that was about, and who had it."""

    id: int
    about: str | None
    contact_id: int | None
    order_id: int | None
    notice: str
    subject: str
    message_id: str | None
    references: tuple[str, ...]
