"""What the page's buttons do: each deed is one of a person, or of fate; DEEDS at the end is the table of them."""

import base64
import binascii
import secrets
from collections.abc import Awaitable, Callable

from bot.sandbox.faults import Fault
from bot.sandbox.mail_values import Attachment
from bot.sandbox.people import PLAYERS
from bot.sandbox.telegram_values import Json, User
from bot.sandbox.world import World

Deed = Callable[[World, Json], Awaitable[Json]]
"""Takes what the page sends, gives what the page needs to know of it; KeyError and ValueError: it cannot be done."""


def _user(world: World, asked: Json) -> User:
    return world.telegram.state.users[int(asked["user"])]


def _chat(world: World, asked: Json) -> int:
    """The person's private chat, or the staff group when the page says so."""
    return world.staff_chat if asked.get("chat") == "staff" else int(asked["user"])


def _bytes(data_url: str) -> bytes:
    try:
        return base64.b64decode(data_url.partition(",")[2], validate=True)
    except binascii.Error as problem:
        raise ValueError("not a picture") from problem


async def _say(world: World, asked: Json) -> Json:
    user, chat, reply_to = _user(world, asked), _chat(world, asked), asked.get("reply_to")
    photos: list[str] = asked.get("photos") or []
    album = secrets.token_hex(8) if len(photos) > 1 else None
    for number, photo in enumerate(photos):
        caption = asked["text"] if number == 0 else ""
        world.telegram.people.send_photo(user, _bytes(photo), caption, album, chat, reply_to)
    if asked["text"] and not photos:
        world.telegram.people.say(user, asked["text"], chat, reply_to)
    return {}


async def _edit(world: World, asked: Json) -> Json:
    world.telegram.people.edit(_user(world, asked), int(asked["message"]), asked["text"], _chat(world, asked))
    return {}


async def _tap(world: World, asked: Json) -> Json:
    people = world.telegram.people
    chat = int(asked["of"]) if "of" in asked else _chat(world, asked)
    tapped = people.tap(_user(world, asked), int(asked["message"]), asked["button"], chat)
    return {"url": tapped} if isinstance(tapped, str) else {"tap": tapped.id}


async def _start(world: World, asked: Json) -> Json:
    world.telegram.people.start(_user(world, asked), asked.get("payload", ""))
    return {}


async def _contact(world: World, asked: Json) -> Json:
    world.telegram.people.share_contact(_user(world, asked))
    return {}


async def _location(world: World, asked: Json) -> Json:
    world.telegram.people.share_location(_user(world, asked))
    return {}


async def _mail(world: World, asked: Json) -> Json:
    photos: list[str] = asked.get("photos") or []
    pictures = tuple(Attachment(f"photo-{n}.jpg", _bytes(photo)) for n, photo in enumerate(photos, 1))
    if asked.get("answers"):
        answered = world.mailbox.mail(int(asked["answers"]))
        sender = next((player.mail_name for player in PLAYERS if player.address == answered.customer), None)
        mail = await world.mailbox.reply(answered, asked["body"], sender=sender, attachments=pictures)
    else:
        mail = await world.mailbox.write_mail(asked["sender"], asked["subject"], asked["body"], attachments=pictures)
    return {"number": mail.number}


async def _jump(world: World, asked: Json) -> Json:
    world.jump(int(asked["seconds"]))
    return {}


async def _fault(world: World, asked: Json) -> Json:
    """Telegram or the mail go down or come back, the next answer gets lost, the last tap comes again …"""
    people = world.telegram.people
    match asked["what"]:
        case "telegram":
            await (world.telegram.stop if asked["on"] else world.telegram.start)()
        case "mail":
            await (world.mailbox.stop if asked["on"] else world.mailbox.start)()
        case "answer":
            world.telegram.faults.plan(Fault.LOST_ANSWER)
        case "tap":
            return {"done": people.resend_last_tap()}
        case "supergroup":
            people.migrate(world.staff_chat)
        case "block":
            (people.block if asked["on"] else people.unblock)(_user(world, asked))
    world.diary.note()
    return {"done": True}


async def _restart(world: World, _: Json) -> Json:
    if world.restart is None:
        raise ValueError("no bot runs here")
    await world.restart()
    world.diary.note()
    return {}


DEEDS: dict[str, Deed] = {
    "say": _say,
    "edit": _edit,
    "tap": _tap,
    "start": _start,
    "contact": _contact,
    "location": _location,
    "mail": _mail,
    "jump": _jump,
    "fault": _fault,
    "restart": _restart,
}
