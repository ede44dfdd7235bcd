"""Who is who: contacts are met, staff joins by its link, the bot comes into chats and goes."""

from core.documents import Timer
from core.errors import NotAllowed, NotUnderstoodCommand
from core.notices import STAFF, StaffJoined, To
from core.people import Channel, Contact
from handlers import from_staff, mail_heads
from handlers.desk import Desk
from handlers.from_clock import ALBUM_WAITS
from handlers.incoming import (
    Answer,
    BotMoved,
    ButtonTap,
    ChatContact,
    ChatLocation,
    ChatOther,
    ChatPerson,
    ChatPhoto,
    ChatText,
    Incoming,
    MailIn,
)

STAFF_LINK = "staff_"


FromChat = ChatText | ChatPhoto | ChatContact | ChatLocation | ChatOther | ButtonTap


async def chat_contact(desk: Desk, incoming: FromChat) -> Contact:
    """The customer of a private chat, met now if it is the first message."""
    person = incoming.person
    contact, _ = await desk.tx.customers.meet(
        Channel.TELEGRAM,
        str(desk.house.bot_id),
        str(incoming.chat.id),
        name=person.name,
        language=person.language.partition("-")[0],
        now=desk.now,
    )
    return contact


async def sender(desk: Desk, incoming: Incoming) -> Contact | None:
    """Who hears sorry; None in a group and for the clock."""
    if isinstance(incoming, MailIn):
        return (await mail_heads.met(desk, incoming.mail))[0] if incoming.mail.kind == "customer" else None
    if isinstance(incoming, FromChat) and incoming.chat.private:
        return await chat_contact(desk, incoming)
    return None


def staff_token(text: str) -> str | None:
    """The token of a staff link, if this is one."""
    command, _, payload = text.partition(" ")
    return payload[len(STAFF_LINK) :] if command == "/start" and payload.startswith(STAFF_LINK) else None


async def join(desk: Desk, contact: Contact, person: ChatPerson, token: str) -> Answer:
    """A one-time link makes whoever opens it first a member of the staff."""
    role = await desk.tx.staff.use_invite(token, desk.now)
    if role is None:
        raise NotUnderstoodCommand(usage="", what="invitation")
    known = await desk.tx.staff.by_user(person.user_id)
    if known is not None and known.role == "owner":
        raise NotAllowed(act="join")
    await desk.tx.staff.put(person.user_id, person.name, role, desk.now)
    joined = [StaffJoined(to=to, person=person.name, role=role) for to in (STAFF, To(contact.id))]
    return Answer("staff_joined", tuple(joined))


async def gather(desk: Desk, contact: Contact, sent: ChatPhoto) -> Answer | None:
    """A photo of an album waits for the others, by a timer that survives a restart; None for a single one."""
    if sent.album is None:
        return None
    await desk.tx.files.keep(contact.id, desk.now, telegram_file=sent.file_id, album=sent.album, caption=sent.caption)
    await desk.tx.timers.add((Timer("album", f"{contact.id}:{sent.album}", desk.now + ALBUM_WAITS),))
    return Answer("album_gathered")


async def bot_moved(desk: Desk, moved: BotMoved) -> Answer:
    """Added to a group: say which one it is. Blocked by a customer: unreachable until the next word."""
    if moved.chat.private:
        contact = await desk.tx.customers.at(Channel.TELEGRAM, str(desk.house.bot_id), str(moved.chat.id))
        if contact is not None and not moved.present:
            await desk.tx.timers.add((Timer("unreachable", str(contact.id), desk.now),))
        return Answer("blocked_by_customer" if not moved.present else "unblocked_by_customer")
    if not moved.present or str(moved.chat.id) == desk.staff_chat:
        return Answer("bot_moved")
    return Answer("bot_added", (from_staff.here(moved.chat, bound=False),))
