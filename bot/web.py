"""The bot's own small web server: is it well, what does it do, and the door for Telegram's updates.

Nothing here tells of people or their words: whoever reaches the address may read it.
"""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import timedelta
from http import HTTPStatus
from typing import Any, Protocol

import structlog
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.clock import Clock
from bot.metrics import CONTENT_TYPE, Metrics
from bot.settings import Listen
from storage.figures import last_event, look, orders_since
from storage.store import Store

WEBHOOK_PATH = "/telegram/webhook"
LONGEST_WAIT = timedelta(minutes=5)
"""A message whose turn it is and that waits longer means that nobody handles messages."""
MOST_BYTES = 2 * 1024 * 1024
"""Of a body no more than this is read; the webhook itself refuses half of it."""
STOP_SECONDS = 2

log = structlog.get_logger(__name__)


class Webhook(Protocol):
    """Takes in what Telegram posts."""

    async def handle(self, body: bytes, secret: str | None) -> int:
        """The HTTP status of the answer."""
        ...


class Health:
    """The loops that must be alive for the bot to be well."""

    def __init__(self) -> None:
        self._loops: dict[str, asyncio.Task[Any]] = {}

    def watch(self, name: str, loop: asyncio.Task[Any]) -> None:
        """From now on the bot is well only while this loop runs."""
        self._loops[name] = loop

    def dead(self) -> tuple[str, ...]:
        """Names of loops that ended."""
        return tuple(name for name, loop in self._loops.items() if loop.done())


def make_app(store: Store, clock: Clock, metrics: Metrics, health: Health, webhook: Webhook | None = None) -> Starlette:
    """GET /healthz and /metrics, and POST /telegram/webhook where updates are posted to us."""
    pages = _Pages(store, clock, metrics, health)
    routes = [Route("/healthz", pages.healthz), Route("/metrics", pages.metrics)]
    if webhook is not None:
        routes.append(Route(WEBHOOK_PATH, _receiver(webhook), methods=["POST"]))
    return Starlette(routes=routes, lifespan=pages.lifespan)


@contextlib.asynccontextmanager
async def serving(app: ASGIApp, listen: Listen) -> AsyncIterator[int]:
    """Serves `app` inside the block; yields the port. OSError where the address is taken."""
    config = uvicorn.Config(
        app, log_config=None, access_log=False, ws="none", server_header=False, timeout_graceful_shutdown=STOP_SECONDS
    )
    server = _Server(config)
    # Bound here and not by uvicorn, which ends the whole process when the port is taken.
    listening = _bound(listen)
    task = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started and not task.done():  # noqa: ASYNC110  uvicorn has no event for it
        await asyncio.sleep(0)
    if not server.started:
        await task
        raise RuntimeError("the web server did not start; the log says why")
    try:
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        await task


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals belong to whoever runs this process."""
        yield


def _bound(listen: Listen) -> socket.socket:
    family = socket.AF_INET6 if ":" in listen.host else socket.AF_INET
    return socket.create_server((listen.host, listen.port), family=family)


class _Pages:
    def __init__(self, store: Store, clock: Clock, metrics: Metrics, health: Health) -> None:
        self._store = store
        self._clock = clock
        self._metrics = metrics
        self._health = health
        self._counted = 0
        """Up to this event orders are counted."""
        self._counting = asyncio.Lock()

    @contextlib.asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        async with self._store.reading() as tx:
            self._counted = await last_event(tx)
        yield

    async def healthz(self, _: Request) -> Response:
        """200 while messages are handled; 503 with what is wrong."""
        now = self._clock.now()
        wrong = [f"{name} has stopped" for name in self._health.dead()]
        waiting: dict[str, int] = {}
        try:
            async with self._store.reading() as tx:
                figures = await look(tx, now)
        except Exception:
            log.exception("health_not_readable")
            wrong.append("the database cannot be read")
        else:
            waiting = {"inbox": figures.inbox_waiting, "outbox": figures.outbox_waiting, "dead": figures.inbox_dead}
            if figures.inbox_overdue and now - figures.inbox_overdue > LONGEST_WAIT:
                wrong.append("messages are not handled")
        status = HTTPStatus.SERVICE_UNAVAILABLE if wrong else HTTPStatus.OK
        return JSONResponse({"status": "failing" if wrong else "ok", "wrong": wrong, **waiting}, status)

    async def metrics(self, _: Request) -> Response:
        now = self._clock.now()
        async with self._counting, self._store.reading() as tx:
            figures = await look(tx, now)
            newest = await last_event(tx)
            self._metrics.stepped(await orders_since(tx, self._counted, newest))
            self._counted = newest
        return Response(self._metrics.text(figures, now), media_type=CONTENT_TYPE)


def _receiver(webhook: Webhook) -> Callable[[Request], Awaitable[Response]]:
    async def receive(request: Request) -> Response:
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > MOST_BYTES:
                break
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        return Response(status_code=await webhook.handle(bytes(body), secret))

    return receive
