"""What comes in, as values: one class per kind of thing a person, a mail server or the clock can send.

The doors in bot/ decode raw messages into these; nothing below them knows
Telegram's or IMAP's own shapes.
"""

from datetime import datetime

from core.frozen import frozen
from core.notices import Notice
from handlers.reading.mail_message import MailMessage


@frozen
class ChatPerson:
    """Who wrote in Telegram: user id, shown name, language code as Telegram knows it ("" if it does not)."""

    user_id: int
    name: str
    language: str = ""
    anonymous_admin: bool = False


@frozen
class Chat:
    """Where: a private chat or a group, perhaps a topic of it."""

    id: int
    private: bool
    topic: int | None = None
    title: str = ""


@frozen
class ChatText:
    """A text; `reply_to` is the message it answers, `edited` says that it replaces an earlier text."""

    person: ChatPerson
    chat: Chat
    message_id: int
    text: str
    reply_to: int | None = None
    edited: bool = False


@frozen
class ChatPhoto:
    """A photo by its Telegram file id (the largest size); photos of one album come as separate messages."""

    person: ChatPerson
    chat: Chat
    message_id: int
    file_id: str
    caption: str = ""
    album: str | None = None
    reply_to: int | None = None


@frozen
class ChatContact:
    """A shared contact; `own` if it is the sender's own number."""

    person: ChatPerson
    chat: Chat
    message_id: int
    phone: str
    own: bool


@frozen
class ChatLocation:
    """A place on the map in degrees, as the client sent it; `address` where it is a venue with one."""

    person: ChatPerson
    chat: Chat
    message_id: int
    lat: float
    lon: float
    address: str = ""


@frozen
class ChatOther:
    """A message of a kind the desk does not read: voice, sticker, video, file …"""

    person: ChatPerson
    chat: Chat
    message_id: int
    kind: str


@frozen
class ButtonTap:
    """A tap; `data` is whatever bytes the client sent, not to be believed."""

    person: ChatPerson
    chat: Chat
    message_id: int
    callback_id: str
    data: str


@frozen
class MemberChanged:
    """Somebody joined or left a group (`present`)."""

    person: ChatPerson
    chat: Chat
    present: bool


@frozen
class BotMoved:
    """The bot itself was added to or removed from a chat; in a private chat: unblocked or blocked."""

    person: ChatPerson
    chat: Chat
    present: bool
    admin: bool = False


@frozen
class GroupMigrated:
    """A group became a supergroup and has another id."""

    old_chat: int
    new_chat: int


@frozen
class NothingToDo:
    """An update that the desk has no use for (a pinned message, a poll); `what` is its kind."""

    what: str


@frozen
class MailIn:
    """A mail, read."""

    mail: MailMessage


@frozen
class Tick:
    """A timer that fell due."""

    job: str
    subject: str
    due: datetime


Incoming = (
    ChatText
    | ChatPhoto
    | ChatContact
    | ChatLocation
    | ChatOther
    | ButtonTap
    | MemberChanged
    | BotMoved
    | GroupMigrated
    | NothingToDo
    | MailIn
    | Tick
)


@frozen
class Answer:
    """What an incoming thing was taken for (`rule`), what is to be told, and what a tap's own little answer says.

    `toast` is a notice, too: its plain text is shown over the tapped button.
    """

    rule: str
    notices: tuple[Notice, ...] = ()
    toast: Notice | None = None
