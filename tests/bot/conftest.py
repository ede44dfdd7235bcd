"""The sandbox's Telegram, with the people of the tests in it, and a client of ours that talks to it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.sandbox.bot_api import BotApi
from bot.sandbox.clock import SandboxClock
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
