"""What an update is told apart by, and whose turn it keeps."""

import hashlib
import json
from datetime import datetime

from bot.telegram_json import Json, at, clean, is_id
from core.people import Channel
from storage.inbox import RawMessage

_PLACE = ("message_id", "chat", "message_thread_id", "is_topic_message")


def raw_message(update: Json, received: datetime) -> RawMessage:
    """The same bytes whichever way the update came. In ASCII: JSON may hold half characters that UTF-8 cannot."""
    key, lane = key_and_lane(update)
    kept = _tap_alone(update) if key.startswith("tap:") else update
    return RawMessage(Channel.TELEGRAM, key, lane, json.dumps(kept).encode(), received)


def _tap_alone(update: Json) -> Json:
    """A tap without the update's number and the words of its message: when it comes again both may be others."""
    tap = dict(update["callback_query"])
    if isinstance(message := tap.get("message"), dict):
        tap["message"] = {name: message[name] for name in _PLACE if name in message}
    return {"callback_query": tap}


def key_and_lane(update: Json) -> tuple[str, str]:
    """Takes any JSON object. Not by the update's own number alone: the same tap may come again under another."""
    for kind in ("message", "edited_message"):
        if kind in update:
            said = update[kind]
            return _message_key(kind, said) or update_key(update), _lane(said, said)
    if "callback_query" in update:
        tap = update["callback_query"]
        tap_id = at(tap, "id")
        key = f"tap:{clean(tap_id)}" if isinstance(tap_id, str) and tap_id else update_key(update)
        return key, _lane(at(tap, "message"), tap)
    told = next((value for name, value in update.items() if name != "update_id"), None)
    return update_key(update), _lane(told, told)


def update_key(update: object) -> str:
    """By the update's number; by its content where it has none."""
    number = at(update, "update_id")
    if is_id(number):
        return f"update:{number}"
    content = update if isinstance(update, bytes) else json.dumps(update).encode()
    return f"update:{hashlib.sha256(content).hexdigest()}"


def _message_key(kind: str, said: object) -> str | None:
    chat, number = at(said, "chat", "id"), at(said, "message_id")
    if not (is_id(chat) and is_id(number)):
        return None
    if kind == "message":
        return f"message:{chat}:{number}"
    edited = at(said, "edit_date")
    return f"edit:{chat}:{number}:{edited}" if is_id(edited) else None


def _lane(place: object, doing: object) -> str:
    chat, user = at(place, "chat", "id"), at(doing, "from", "id")
    if not is_id(chat):
        chat = 0
    return f"telegram:{chat}:{user}" if is_id(user) else f"telegram:{chat}"
