"""The sandbox's page and what it can do: each POST is one deed of a person, or of fate."""

import asyncio
import base64
import binascii
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.sandbox import view
from bot.sandbox.faults import Fault
from bot.sandbox.mail_values import Attachment
from bot.sandbox.people import PLAYERS
from bot.sandbox.telegram_people import NoSuchButton
from bot.sandbox.telegram_values import ApiError, User
from bot.sandbox.world import World

FILES = Path(__file__).parent / "page"
KINDS = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
HEADERS = {
    # Mails bring their own style attributes; scripts come from here alone, pictures from nowhere else.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
HEARTBEAT_SECONDS = 15

Deed = Callable[[World, dict[str, Any]], Awaitable[dict[str, Any]]]


def page_app(world: World) -> Starlette:
    """The page as an application; only this machine's own names are answered, against rebinding of names."""
    routes = [
        Route("/", partial(_file, FILES / "index.html")),
        *(Route(f"/{path.name}", partial(_file, path)) for path in FILES.iterdir()),
        Route("/state", partial(_state, world)),
        Route("/events", partial(_events, world)),
        Route("/desk", partial(_desk, world)),
        Route("/talk", partial(_talk, world)),
        Route("/photo/{file_id}", partial(_photo, world)),
        *(Route(f"/{name}", partial(_do, world, deed), methods=["POST"]) for name, deed in DEEDS.items()),
    ]
    hosts = Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])
    return Starlette(routes=routes, middleware=[hosts])


def _file(path: Path, _: Request) -> Response:
    return Response(path.read_bytes(), media_type=KINDS[path.suffix], headers=HEADERS)


async def _state(world: World, _: Request) -> Response:
    return JSONResponse(view.everything(world), headers=HEADERS)


async def _desk(world: World, request: Request) -> Response:
    asked = request.query_params.get("order", "")
    known = await world.look(int(asked) if asked.isdigit() else None) if world.look else {}
    return JSONResponse(known, headers=HEADERS)


async def _talk(world: World, _: Request) -> Response:
    save = {"Content-Disposition": 'attachment; filename="session.talk"'}
    return PlainTextResponse(world.talk(), headers=HEADERS | save)


async def _photo(world: World, request: Request) -> Response:
    stored = world.telegram.state.files.get(request.path_params["file_id"])
    if stored is None:
        return PlainTextResponse("no such photo", status_code=404)
    return Response(stored.content, media_type="image/jpeg", headers=HEADERS)


async def _events(world: World, _: Request) -> Response:
    return StreamingResponse(_counts(world), media_type="text/event-stream", headers=HEADERS)


async def _counts(world: World) -> AsyncIterator[str]:
    """The diary's count at each change, and a comment now and then so that a lost page is noticed."""
    count = world.diary.count
    yield f"data: {count}\n\n"
    while True:
        try:
            async with asyncio.timeout(HEARTBEAT_SECONDS):
                count = await world.diary.after(count)
            yield f"data: {count}\n\n"
        except TimeoutError:
            yield ": still here\n\n"


async def _do(world: World, deed: Deed, request: Request) -> Response:
    # A foreign page can send a form here but not JSON: that needs our consent first.
    if not request.headers.get("content-type", "").startswith("application/json"):
        return JSONResponse({"error": "JSON is needed"}, status_code=415)
    try:
        done = await deed(world, await request.json())
    except (KeyError, ValueError, NoSuchButton, ApiError) as problem:
        return JSONResponse({"error": f"{type(problem).__name__}: {problem}"}, status_code=400)
    return JSONResponse(done, headers=HEADERS)


def _user(world: World, asked: dict[str, Any]) -> User:
    return world.telegram.state.users[int(asked["user"])]


def _chat(world: World, asked: dict[str, Any]) -> int:
    """The person's private chat, or the staff group when the page says so."""
    return world.staff_chat if asked.get("chat") == "staff" else int(asked["user"])


def _bytes(data_url: str) -> bytes:
    try:
        return base64.b64decode(data_url.partition(",")[2], validate=True)
    except binascii.Error as problem:
        raise ValueError("not a picture") from problem


async def _say(world: World, asked: dict[str, Any]) -> dict[str, Any]:
    user, chat, reply_to = _user(world, asked), _chat(world, asked), asked.get("reply_to")
    photos: list[str] = asked.get("photos") or []
    album = secrets.token_hex(8) if len(photos) > 1 else None
    for number, photo in enumerate(photos):
        caption = asked["text"] if number == 0 else ""
        world.telegram.people.send_photo(user, _bytes(photo), caption, album, chat, reply_to)
    if asked["text"] and not photos:
        world.telegram.people.say(user, asked["text"], chat, reply_to)
    return {}


async def _edit(world: World, asked: dict[str, Any]) -> dict[str, Any]:
    world.telegram.people.edit(_user(world, asked), int(asked["message"]), asked["text"], _chat(world, asked))
    return {}


async def _tap(world: World, asked: dict[str, Any]) -> dict[str, Any]:
    people = world.telegram.people
    tapped = people.tap(_user(world, asked), int(asked["message"]), asked["button"], _chat(world, asked))
    return {"url": tapped} if isinstance(tapped, str) else {"tap": tapped.id}


async def _start(world: World, asked: dict[str, Any]) -> dict[str, Any]:
    world.telegram.people.start(_user(world, asked), asked.get("payload", ""))
    return {}


async def _contact(world: World, asked: dict[str, Any]) -> dict[str, Any]:
    world.telegram.people.share_contact(_user(world, asked))
    return {}


async def _mail(world: World, asked: dict[str, Any]) -> dict[str, Any]:
    photos: list[str] = asked.get("photos") or []
    pictures = tuple(Attachment(f"photo-{n}.jpg", _bytes(photo)) for n, photo in enumerate(photos, 1))
    if asked.get("answers"):
        answered = world.mailbox.mail(int(asked["answers"]))
        sender = next((player.mail_name for player in PLAYERS if player.address == answered.customer), None)
        mail = await world.mailbox.reply(answered, asked["body"], sender=sender, attachments=pictures)
    else:
        mail = await world.mailbox.write_mail(asked["sender"], asked["subject"], asked["body"], attachments=pictures)
    return {"number": mail.number}


async def _jump(world: World, asked: dict[str, Any]) -> dict[str, Any]:
    world.jump(int(asked["seconds"]))
    return {}


async def _fault(world: World, asked: dict[str, Any]) -> dict[str, Any]:
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


async def _restart(world: World, _: dict[str, Any]) -> dict[str, Any]:
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
    "mail": _mail,
    "jump": _jump,
    "fault": _fault,
    "restart": _restart,
}
