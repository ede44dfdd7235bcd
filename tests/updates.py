"""Updates as the Bot API sends them."""

from typing import Any

from tests.people import BOT, BOT_NAME, Person

Json = dict[str, Any]


def user(person: Person) -> Json:
    return {
        "id": person.id,
        "is_bot": person.is_anonymous,
        "first_name": person.name,
        "language_code": person.language,
    }


def chat(chat_id: int) -> Json:
    return {"id": chat_id, "type": "private"} if chat_id > 0 else {"id": chat_id, "type": "group", "title": "Desk"}


def message(person: Person, chat_id: int, message_id: int, **content: Any) -> Json:
    said = {"message_id": message_id, "date": 1795176000, "from": user(person), "chat": chat(chat_id), **content}
    if person.is_anonymous:
        said["sender_chat"] = chat(chat_id)
    return said


def reply(message_id: int) -> Json:
    return {"message_id": message_id, "from": {"id": BOT, "is_bot": True, "first_name": BOT_NAME}}


def photo(file_id: str) -> Json:
    small, large = (
        {"file_id": name, "width": side, "height": side} for name, side in ((f"{file_id}s", 90), (file_id, 900))
    )
    return {"photo": [small, large]}


def tap(person: Person, chat_id: int, message_id: int, tap_id: str, data: str) -> Json:
    shown = {"message_id": message_id, "date": 1795176000, "chat": chat(chat_id)}
    return {"id": tap_id, "from": user(person), "message": shown, "chat_instance": "1", "data": data}


def membership(person: Person, chat_id: int, *, present: bool) -> Json:
    states = ("left", "member") if present else ("member", "left")
    old, new = ({"user": user(person), "status": status} for status in states)
    return {
        "chat": chat(chat_id),
        "from": user(person),
        "date": 1795176000,
        "old_chat_member": old,
        "new_chat_member": new,
    }
