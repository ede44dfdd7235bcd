"""The sandbox's Telegram, with the people of the tests in it, and a client of ours that talks to it."""

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox.bot_api import BotApi
from bot.sandbox.clock import SandboxClock
from bot.sandbox.http_server import HttpServer
from bot.sandbox.telegram_values import User
from bot.telegram import TelegramClient

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
BEA = User(51, "Bea", "Rossi", language_code="it", phone="+390612345678")
ANNA = User(52, "Anna")


@pytest.fixture
async def telegram() -> AsyncIterator[BotApi]:
    """Bea has opened the bot; Anna owns a group with topics where it is admin."""
    server = BotApi(SandboxClock(NOON, flows=False))
    for person in (BEA, ANNA):
        server.state.add_user(person)
    server.people.start(BEA)
    server.state.updates.forget_all()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def group(telegram: BotApi):
    return telegram.state.add_group("Staff", {ANNA: "creator", telegram.state.bot: "administrator"}, forum=True)


@pytest.fixture
async def client(telegram: BotApi) -> AsyncIterator[TelegramClient]:
    async with client_of(telegram) as entered:
        yield entered


def client_of(server: BotApi, token: str = "") -> TelegramClient:
    api, files = (base.removesuffix("/bot") for base in (server.base, server.files_base))
    return TelegramClient(token or server.token, api, files)


@contextlib.asynccontextmanager
async def client_of_server(answer: Callable[[Request], Awaitable[Response]]) -> AsyncIterator[TelegramClient]:
    """A client whose server answers as the sandbox, being strict, does not."""
    server = HttpServer(Starlette(routes=[Route("/bot{token}/{method}", answer, methods=["POST"])]))
    await server.start()
    try:
        async with TelegramClient("7:token", f"http://127.0.0.1:{server.port}") as client:
            yield client
    finally:
        await server.stop()
