"""What an update of the Bot API means to the desk, read from its JSON.

Read directly, not through the library's types: a field that is new or odd must not hide an order. What is not needed
is not looked at.
"""

import json
import re
from collections.abc import Callable
from typing import TypeGuard

from bot.telegram_json import Json, Unreadable, at, clean, is_id, number_in, object_in, words_in
from core.frozen import frozen
from handlers.incoming import (
    BotMoved,
    ButtonTap,
    Chat,
    ChatContact,
    ChatLocation,
    ChatOther,
    ChatPerson,
    ChatPhoto,
    ChatText,
    GroupMigrated,
    Incoming,
    MemberChanged,
    NothingToDo,
)

ANONYMOUS_ADMIN = 1087968824
"""GroupAnonymousBot: admins who hide their name write as this account."""

CONTENTS = (
    "animation", "voice", "sticker", "video", "video_note", "audio", "document", "venue", "location", "poll", "dice",
    "game", "story", "paid_media", "checklist", "live_photo",
)  # fmt: skip
"""What people send besides texts, photos, contacts; venues and animations carry a second kind and so come first."""

SERVICE = (
    "boost_", "channel_chat_", "chat_", "checklist_tasks_", "connected_", "delete_chat_", "direct_message_",
    "forum_topic_", "general_forum_", "gift", "giveaway", "group_chat_", "invoice", "managed_bot_", "message_auto_",
    "new_chat_", "paid_message_", "passport_", "pinned_", "poll_option_", "proximity_", "refunded_", "successful_",
    "suggested_", "supergroup_", "unique_gift", "users_shared", "video_chat_", "web_app_", "write_access_",
)  # fmt: skip
"""How the names begin of what Telegram itself tells about a chat; nobody waits for an answer."""

PRESENT = frozenset({"creator", "administrator", "member"})

_ADDRESSED = re.compile(r"(/\w+)@(\w+)(?!\S)")


@frozen
class _Us:
    id: int
    username: str


def decode_telegram(raw: bytes, bot_id: int, bot_username: str) -> Incoming:
    """What an update means to the desk. Raises Unreadable."""
    try:
        update = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Unreadable("the update is not JSON") from error
    if not isinstance(update, dict):
        raise Unreadable("the update is not an object")
    us = _Us(bot_id, bot_username.lower())
    for kind, decode in _KINDS.items():
        if kind in update:
            return decode(object_in(update, kind), us)
    return NothingToDo(next((clean(name)[:64] for name in update if name != "update_id"), "nothing"))


def _message(said: Json, us: _Us) -> Incoming:
    chat = _chat(said)
    if moved := _moved(said, chat):
        return moved
    if object_in(said, "chat").get("type") == "channel":
        return NothingToDo("channel")
    if "new_chat_members" in said or "left_chat_member" in said:
        return _came_or_left(said, chat, us)
    sender = object_in(said, "from")
    if "is_automatic_forward" in said or (sender.get("is_bot") and "sender_chat" not in said and not _hides(said)):
        return NothingToDo("bot")
    return _content(said, _author(said), chat, us)


def _content(said: Json, person: ChatPerson, chat: Chat, us: _Us) -> Incoming:
    message_id = number_in(said, "message_id")
    if "text" in said:
        text = _for_us(words_in(said, "text"), us)
        return NothingToDo("other_bot") if text is None else ChatText(person, chat, message_id, text, _reply_to(said))
    if file_id := _photo_file(said):
        album = words_in(said, "media_group_id") or None
        return ChatPhoto(person, chat, message_id, file_id, words_in(said, "caption"), album, _reply_to(said))
    if "contact" in said:
        contact = object_in(said, "contact")
        # A contact that was passed on proves nothing, whosever it is.
        own = contact.get("user_id") == person.user_id and "forward_origin" not in said
        return ChatContact(person, chat, message_id, words_in(contact, "phone_number"), own)
    if (place := _place(said)) is not None:
        lat, lon, address = place
        return ChatLocation(person, chat, message_id, lat, lon, address)
    if kind := next((kind for kind in CONTENTS if kind in said), None):
        return ChatOther(person, chat, message_id, kind)
    if service := next((kind for kind in said if kind.startswith(SERVICE)), None):
        return NothingToDo(service)
    # Telegram leaves the content out where the Bot API has no words for it yet: a person waits all the same.
    return ChatOther(person, chat, message_id, "unknown")


def _edited(said: Json, us: _Us) -> Incoming:
    new = _message(said, us)
    match new:
        case ChatText():
            return ChatText(new.person, new.chat, new.message_id, new.text, new.reply_to, edited=True)
        case ChatPhoto() if new.caption:
            return ChatText(new.person, new.chat, new.message_id, new.caption, new.reply_to, edited=True)
    return NothingToDo("edited_message")


def _tap(tap: Json, _: _Us) -> Incoming:
    if "message" not in tap:
        return NothingToDo("inline_tap")
    if "data" not in tap:
        return NothingToDo("game_tap")
    message = object_in(tap, "message")
    if object_in(message, "chat").get("type") == "channel":
        return NothingToDo("channel")
    person, message_id = _person(object_in(tap, "from")), number_in(message, "message_id")
    return ButtonTap(person, _chat(message), message_id, words_in(tap, "id"), words_in(tap, "data"))


def _member(told: Json, us: _Us) -> Incoming:
    now = object_in(told, "new_chat_member")
    person = _person(object_in(now, "user"))
    if person.user_id == us.id or object_in(told, "chat").get("type") == "channel":
        return NothingToDo("chat_member")
    return MemberChanged(person, _chat(told), _is_present(now))


def _bot_member(told: Json, _: _Us) -> Incoming:
    if object_in(told, "chat").get("type") == "channel":
        return NothingToDo("channel")
    now = object_in(told, "new_chat_member")
    is_admin = now.get("status") in ("creator", "administrator")
    return BotMoved(_person(object_in(told, "from")), _chat(told), _is_present(now), is_admin)


_KINDS: dict[str, Callable[[Json, _Us], Incoming]] = {
    "message": _message,
    "edited_message": _edited,
    "callback_query": _tap,
    "chat_member": _member,
    "my_chat_member": _bot_member,
}


def _moved(said: Json, chat: Chat) -> GroupMigrated | None:
    if "migrate_to_chat_id" in said:
        return GroupMigrated(chat.id, number_in(said, "migrate_to_chat_id"))
    if "migrate_from_chat_id" in said:
        return GroupMigrated(number_in(said, "migrate_from_chat_id"), chat.id)
    return None


def _came_or_left(said: Json, chat: Chat, us: _Us) -> Incoming:
    """Of several who came at once the first counts: coming grants nothing. The bot's own moves are told apart."""
    present = "new_chat_members" in said
    who = said["new_chat_members"] if present else [said["left_chat_member"]]
    if not isinstance(who, list):
        raise Unreadable("new_chat_members is not a list")
    people = [_person(one) for one in who if isinstance(one, dict)]
    others = [person for person in people if person.user_id != us.id]
    return MemberChanged(others[0], chat, present) if others else NothingToDo("bot_moved")


def _is_present(member: Json) -> bool:
    status = words_in(member, "status")
    return status in PRESENT or (status == "restricted" and bool(member.get("is_member")))


def _hides(said: Json) -> bool:
    return bool(at(said, "from", "id") == ANONYMOUS_ADMIN)


def _author(said: Json) -> ChatPerson:
    """Who wrote; an admin behind the group, or somebody behind a channel, is nobody we could know."""
    return _person(object_in(said, "from"), anonymous=_hides(said) or "sender_chat" in said)


def _person(user: Json, *, anonymous: bool = False) -> ChatPerson:
    name = f"{words_in(user, 'first_name')} {words_in(user, 'last_name')}".strip()
    return ChatPerson(number_in(user, "id"), name, words_in(user, "language_code"), anonymous)


def _chat(said: Json) -> Chat:
    chat = object_in(said, "chat")
    topic = number_in(said, "message_thread_id") if said.get("is_topic_message") else None
    return Chat(number_in(chat, "id"), chat.get("type") == "private", topic, words_in(chat, "title"))


def _reply_to(said: Json) -> int | None:
    """The message that is answered; in a topic each message seems to answer the one that opened it."""
    if not isinstance(said.get("reply_to_message"), dict) or "forum_topic_created" in said["reply_to_message"]:
        return None
    return number_in(said["reply_to_message"], "message_id")


def _photo_file(said: Json) -> str:
    """The file of a photo in its largest size, or of a picture that was sent as a file; else empty."""
    if "photo" in said:
        sizes = said["photo"]
        if not isinstance(sizes, list) or not all(isinstance(size, dict) for size in sizes) or not sizes:
            raise Unreadable("photo is not a list of sizes")
        return words_in(max(sizes, key=_area), "file_id")
    document = said.get("document")
    if "animation" in said or not isinstance(document, dict):
        return ""
    mime = words_in(document, "mime_type")
    return words_in(document, "file_id") if mime.startswith("image/") and "svg" not in mime else ""


def _place(said: Json) -> tuple[float, float, str] | None:
    """A location, live or not, or a venue with its address; None where no numbers are in it."""
    venue = said.get("venue")
    place = at(venue, "location") if venue is not None else said.get("location")
    lat, lon = at(place, "latitude"), at(place, "longitude")
    if not _is_degree(lat) or not _is_degree(lon):
        return None
    address = words_in(venue, "address") if isinstance(venue, dict) else ""
    return float(lat), float(lon), address


def _is_degree(value: object) -> TypeGuard[float]:
    """A number of JSON; whether it is a place on earth is for others to say."""
    return isinstance(value, float) or is_id(value)


def _area(size: Json) -> int:
    width, height = size.get("width"), size.get("height")
    return width * height if isinstance(width, int) and isinstance(height, int) else 0


def _for_us(text: str, us: _Us) -> str | None:
    """The text without our name behind its command; None if the command is for another bot."""
    addressed = _ADDRESSED.match(text)
    if addressed is None:
        return text
    return addressed[1] + text[addressed.end() :] if addressed[2].lower() == us.username else None
