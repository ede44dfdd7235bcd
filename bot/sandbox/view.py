"""What the page shows, as JSON: chats as they stand in people's clients, mails, the clock, what is broken."""

import base64
import re

from bot.sandbox import telegram_html
from bot.sandbox.faults import Fault
from bot.sandbox.mail_values import Mail
from bot.sandbox.people import PLAYERS, Player
from bot.sandbox.telegram_values import Chat, Json, Message, Tap
from bot.sandbox.world import World

MOST_MESSAGES = 200
OTHER_KINDS = ("voice", "audio", "video", "sticker", "venue", "poll", "animation")
"""What people can send and the page names only."""


def everything(world: World) -> Json:
    """All but what the database knows."""
    state = world.telegram.state
    staff = state.chat(world.staff_chat)
    chats = {str(player.user.id): state.chats[player.user.id] for player in PLAYERS} | {"staff": staff}
    return {
        "count": world.diary.count,
        "now": world.clock.now().isoformat(),
        "zone": world.zone,
        "bot": {"id": state.bot.id, "name": state.bot.first_name, "username": state.bot.username},
        "shop": world.mailbox.address,
        "players": [_player(player) for player in PLAYERS],
        "chats": {key: _chat(world, chat) for key, chat in chats.items()},
        "mails": [_mail(mail) for mail in world.mailbox.mails],
        "toasts": [_toast(tap) for tap in list(state.taps.values())[-20:] if tap.answer],
        "broken": {
            "telegram": world.telegram.is_down,
            "mail": world.mailbox.is_down,
            "answer": world.telegram.faults.waiting(Fault.LOST_ANSWER),
        },
        "has_bot": world.restart is not None,
    }


def _player(player: Player) -> Json:
    user = player.user
    named = {"id": user.id, "name": user.first_name, "address": player.address, "mail_name": player.mail_name}
    return {**named, "is_staff": player.is_staff, "first_words": player.first_words}


def _chat(world: World, chat: Chat) -> Json:
    messages = world.telegram.state.messages(chat.id)[-MOST_MESSAGES:]
    opened = chat.kind != "private" or chat.status(world.telegram.state.bot.id) != "left"
    blocked = chat.status(world.telegram.state.bot.id) == "kicked"
    ids = [one for one in (chat.id, chat.migrated_from) if one is not None]
    about = {"id": chat.id, "ids": ids, "kind": chat.kind, "title": chat.title, "opened": opened, "blocked": blocked}
    return {
        **about,
        "keyboard": chat.keyboard,
        "commands": world.telegram.state.commands_in(chat),
        "messages": _with_albums([_message(world, message) for message in messages]),
    }


def _message(world: World, message: Message) -> Json:
    content = message.content
    answered = message.reply_to
    return {
        "key": f"{message.chat.id}:{message.id}",
        "id": message.id,
        "chat": message.chat.id,
        "is_old": message.chat.migrated_to is not None,
        "from": message.sender.first_name,
        "from_id": message.sender.id,
        "by_bot": message.sender == world.telegram.state.bot,
        "html": telegram_html.to_html(message.text, message.entities),
        "text": message.text,
        "at": message.date.isoformat(),
        "edits": message.edits,
        "buttons": message.buttons,
        "forces": [player.user.id for player in PLAYERS if message.forces_reply_of(player.user)],
        "photos": [content["photo"][-1]["file_id"]] if "photo" in content else [],
        "document": content.get("document", {}).get("file_name"),
        "album": content.get("media_group_id"),
        "contact": content.get("contact"),
        "location": content.get("location"),
        "other": next((kind for kind in OTHER_KINDS if kind in content), None),
        "reply": {"from": answered.sender.first_name, "text": answered.text[:80]} if answered else None,
        "service": _service(message) if message.is_service else None,
        "reactions": list(message.reactions.values()),
    }


def _with_albums(messages: list[Json]) -> list[Json]:
    """The messages of one album as one, as clients show them: with all photos, and the caption of whichever has one."""
    shown: list[Json] = []
    for message in messages:
        if shown and message["album"] and message["album"] == shown[-1]["album"]:
            words = message if message["text"] else shown[-1]
            photos = shown[-1]["photos"] + message["photos"]
            shown[-1] |= {"photos": photos, "text": words["text"], "html": words["html"]}
        else:
            shown.append(message)
    return shown


def _service(message: Message) -> str:
    """A service message in words."""
    content, name = message.content, message.sender.first_name
    if joined := content.get("new_chat_members"):
        return f"{', '.join(user['first_name'] for user in joined)} joined"
    if "left_chat_member" in content:
        return f"{content['left_chat_member']['first_name']} left"
    if "migrate_to_chat_id" in content or "migrate_from_chat_id" in content:
        return "The group became a supergroup"
    if "forum_topic_created" in content:
        return f"{name} opened the topic {content['forum_topic_created']['name']}"
    return "The topic was closed" if "forum_topic_closed" in content else "The topic was opened again"


def _mail(mail: Mail) -> Json:
    pictures = [attached for attached in mail.attachments if attached.kind.startswith("image/")]
    return {
        "number": mail.number,
        "by_shop": mail.by_shop,
        "customer": mail.customer,
        "from": mail.header("From"),
        "to": mail.header("To"),
        "subject": mail.header("Subject"),
        "at": mail.at.isoformat(),
        "text": mail.text,
        "html": _with_pictures(mail),
        "thread": _thread(mail),
        "attachments": [attached.name for attached in mail.attachments],
        "pictures": [_data(attached.kind, attached.content) for attached in pictures],
    }


def _thread(mail: Mail) -> str:
    """The id of the first mail of its thread."""
    return (mail.header("References").split() or [mail.header("In-Reply-To").strip() or mail.id])[0]


def _with_pictures(mail: Mail) -> str:
    """The HTML with its own pictures inside, as a mail program shows it; nothing is fetched from elsewhere."""
    inside = {}
    for part in mail.message.walk():
        content = part.get_payload(decode=True)
        if part["Content-ID"] and isinstance(content, bytes):
            inside[part["Content-ID"].strip().strip("<>")] = _data(part.get_content_type(), content)
    return re.sub(r"cid:([^\"'\s)]+)", lambda found: inside.get(found[1], ""), mail.html)


def _data(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def _toast(tap: Tap) -> Json:
    return {"id": tap.id, "user": tap.by.id, "chat": tap.message.chat.id, "text": tap.answer, "alert": tap.is_alert}
