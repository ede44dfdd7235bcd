"""A Bot API server without a page, python-telegram-bot talking to it, and the usual people."""

from datetime import UTC, datetime

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.sandbox.bot_api import BotApi
from bot.sandbox.clock import SandboxClock
from bot.sandbox.people import ANNA, BEA, SAM

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _timedelta(monkeypatch):
    """python-telegram-bot gives retry_after as seconds, and warns of it, unless told otherwise."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
def clock():
    return SandboxClock(NOON, flows=False)


@pytest.fixture
async def api(clock):
    server = BotApi(clock)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def new_bot(api):
    """Makes clients; without TLS, whose certificates take longer to load than a test takes."""

    def one():
        lines = (HTTPXRequest(httpx_kwargs={"verify": False}) for _ in range(2))
        return Bot(
            api.token,
            base_url=api.base,
            base_file_url=api.files_base,
            get_updates_request=next(lines),
            request=next(lines),
        )

    return one


@pytest.fixture
async def bot(new_bot):
    async with new_bot() as one:
        yield one


@pytest.fixture
def bea(api):
    """Bea has opened the bot; her /start is read already."""
    bea = api.state.add_user(BEA.user)
    api.people.start(bea)
    api.state.updates.forget_all()
    return bea


@pytest.fixture
def group(api):
    """Anna's and Sam's group, in which the bot is a plain member."""
    people = {api.state.add_user(ANNA.user): "creator", api.state.add_user(SAM.user): "member"}
    return api.state.add_group("Staff", people | {api.state.bot: "member"})
