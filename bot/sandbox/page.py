"""The sandbox's page: its files, what it shows, and the deeds that it asks for."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.sandbox import view
from bot.sandbox.page_deeds import DEEDS, Deed
from bot.sandbox.telegram_people import NoSuchButton
from bot.sandbox.telegram_values import ApiError
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
    except NoSuchButton:
        return JSONResponse({"error": "That button is not there any more."}, status_code=400)
    except (KeyError, ValueError, ApiError) as problem:
        return JSONResponse({"error": f"{type(problem).__name__}: {problem}"}, status_code=400)
    return JSONResponse(done, headers=HEADERS)
