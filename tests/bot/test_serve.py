"""The whole bot as `orderbot run` runs it: real Telegram server, real mailbox, both databases; and how it stops."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from sqlalchemy import select

from bot import telegram_side
from bot.sandbox.clock import SandboxClock
from bot.sandbox.faults import Fault
from bot.sandbox.mail_servers import SmtpServer
from bot.sandbox.people import ANNA, BEA, SAM
from bot.sandbox.telegram_values import Message, User
from bot.sandbox.world import World
from bot.serve import serve
from bot.settings import SettingsError, load_settings
from storage.audit import audit
from storage.store import Store
from storage.tables import inbox, orders

FRIDAY_EVENING = datetime(2026, 11, 20, 17, 5, tzinfo=UTC)
SHOP = Path(__file__).parents[2] / "examples" / "trattoria.yaml"

MAIL = b"""From: Carl Weber <carl@example.net>
To: {to}
Subject: Honey
Message-ID: <honey-1@example.net>
Date: Fri, 20 Nov 2026 18:05:00 +0100

Good evening,

two jars of honey, please, shipped to Lindenweg 4, 50667 Koeln.

Carl
"""


@pytest.fixture
async def world() -> AsyncIterator[World]:
    made = World(SandboxClock(FRIDAY_EVENING), shop="Trattoria Bea", zone="Europe/Rome")
    await made.open()
    yield made
    await made.close()


@contextlib.asynccontextmanager
async def running(env: dict[str, str], clock: SandboxClock) -> AsyncIterator[asyncio.Task[None]]:
    """The bot at work; it must stop in order within five seconds."""
    stop = asyncio.Event()
    bot = asyncio.create_task(serve(load_settings(env), clock, stop, web=False))
    try:
        yield bot
    finally:
        stop.set()
        async with asyncio.timeout(5):
            await bot


def settings(world: World, database: str, **others: str) -> dict[str, str]:
    return {
        **world.settings(),
        "ORDERBOT_SHOP": str(SHOP),
        "ORDERBOT_DATABASE": database,
        "ORDERBOT_TELEGRAM_PER_CHAT_SECOND": "100",
        "ORDERBOT_TELEGRAM_PER_GROUP_MINUTE": "1000",
        **others,
    }


async def until(found: Callable[[], object]) -> None:
    async with asyncio.timeout(30):
        while not found():
            await asyncio.sleep(0.01)


def says(world: World, chat: int, words: str) -> Callable[[], Message | None]:
    return lambda: next(
        (m for m in reversed(list(world.telegram.state.messages(chat))) if words in (m.text or "")), None
    )


async def tap(world: World, chat: int, who: User, words: str, label: str) -> None:
    """Tap a button of the message that holds these words, as soon as it has one of this name."""

    def button() -> tuple[int, str] | None:
        message = says(world, chat, words)()
        rows = (message.markup or {}).get("inline_keyboard", []) if message else []
        full = next((one["text"] for row in rows for one in row if one["text"].startswith(label)), None)
        return (message.id, full) if message and full else None

    await until(button)
    found = button()
    assert found is not None
    world.telegram.people.tap(who, *found, chat=chat)


async def books(database: str) -> tuple[list[str], set[str], tuple[object, ...]]:
    """States of the orders, states of the inbox, findings of the audit."""
    store = Store(database)
    async with store.transaction() as tx:
        await tx.articles.learn(tx.connection, ())
        placed = (await tx.connection.execute(select(orders.c.state).where(orders.c.number.is_not(None)))).scalars()
        states = (await tx.connection.execute(select(inbox.c.state))).scalars()
        result = list(placed), set(states), await audit(tx)
    await store.close()
    return result


async def test_an_order_by_chat_goes_from_the_first_word_to_handed_over(world, database_url):
    bea, staff = BEA.user, world.staff_chat
    async with running(settings(world, database_url), world.clock):
        world.telegram.people.say(bea, "2 margherita and a coke, for pickup")
        await tap(world, bea.id, bea, "Total", "Place order")
        await tap(world, staff, ANNA.user, "#1001", "Accept")
        await until(says(world, bea.id, "#1001 is accepted"))
        await tap(world, staff, SAM.user, "#1001", "Ready")
        await tap(world, staff, SAM.user, "#1001", "Handed over")
        await until(says(world, staff, "Paid in cash"))
        await until(says(world, bea.id, "Handed over"))

    assert await books(database_url) == (["completed"], {"handled"}, ())


async def test_a_bot_that_is_killed_and_started_again_goes_on_where_it_was(world, database_url):
    bea = BEA.user
    env = settings(world, database_url)
    first = asyncio.create_task(serve(load_settings(env), world.clock, asyncio.Event(), web=False))
    world.telegram.people.say(bea, "2 margherita and a coke, for pickup")
    await until(says(world, bea.id, "Total"))
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)

    async with running(env, world.clock):
        await tap(world, bea.id, bea, "Total", "Place order")
        await until(says(world, bea.id, "#1001"))

    assert await books(database_url) == (["pending"], {"handled"}, ())


async def test_an_order_by_mail_comes_in_through_a_real_mailbox_and_is_answered_in_its_thread(
    world, database_url, dovecot
):
    sent: list[bytes] = []
    smtp = SmtpServer("shop", "secret", lambda _sender, _to, raw: sent.append(raw))
    await smtp.start()
    env = settings(
        world,
        database_url,
        ORDERBOT_IMAP_PORT=str(dovecot.imap_port),
        ORDERBOT_IMAP_USER=dovecot.user,
        ORDERBOT_IMAP_PASSWORD=dovecot.password,
        ORDERBOT_SMTP_PORT=str(smtp.port),
        ORDERBOT_SMTP_USER="shop",
        ORDERBOT_SMTP_PASSWORD="secret",
        ORDERBOT_MAIL_FROM=dovecot.user,
    )
    async with running(env, world.clock):
        dovecot.deliver(MAIL.replace(b"{to}", dovecot.user.encode()))
        await until(says(world, world.staff_chat, "by mail"))
        await until(lambda: sent)
        await tap(world, world.staff_chat, ANNA.user, "#1001", "Accept")
        await until(lambda: len(sent) == 2)
    await smtp.stop()

    placed, accepted = (message_from_bytes(raw, policy=policy.default) for raw in sent)
    assert placed["In-Reply-To"] == "<honey-1@example.net>"
    assert placed["Subject"].startswith("Re: Honey [#1001-")
    assert accepted["References"].split()[0] == "<honey-1@example.net>"
    assert "#1001 is accepted" in accepted.get_body(("plain",)).get_content()
    assert await books(database_url) == (["accepted"], {"handled"}, ())


async def test_a_token_that_telegram_refuses_is_a_setting_to_mend(world, tmp_path):
    env = settings(world, f"sqlite:///{tmp_path}/orderbot.db", ORDERBOT_TELEGRAM_TOKEN="1:wrong")

    with pytest.raises(SettingsError, match="ask @BotFather"):
        await serve(load_settings(env), world.clock, asyncio.Event(), web=False)


async def test_a_token_that_is_taken_back_while_the_bot_runs_is_a_setting_to_mend(world, tmp_path):
    env = settings(world, f"sqlite:///{tmp_path}/orderbot.db")
    bot = asyncio.create_task(serve(load_settings(env), world.clock, asyncio.Event(), web=False))
    world.telegram.people.say(BEA.user, "/start")
    await until(says(world, BEA.user.id, "Welcome"))

    world.telegram.token = "1:another"
    world.telegram.people.say(BEA.user, "hello")

    with pytest.raises(SettingsError, match="ask @BotFather"):
        await bot


async def test_the_webhook_is_set_as_soon_as_telegram_can_be_reached(world, tmp_path, monkeypatch):
    monkeypatch.setattr(telegram_side, "AGAIN_SECONDS", 0)
    world.telegram.faults.plan(Fault.ERROR, method="setWebhook")
    env = settings(world, f"sqlite:///{tmp_path}/orderbot.db", ORDERBOT_WEBHOOK="http://127.0.0.1:9")

    async with running(env, world.clock):
        await until(lambda: world.telegram.state.webhook == "http://127.0.0.1:9/telegram/webhook")


async def test_a_webhook_that_telegram_refuses_is_a_setting_to_mend(world, tmp_path):
    env = settings(world, f"sqlite:///{tmp_path}/orderbot.db", ORDERBOT_WEBHOOK="http://[::1]:9")

    with pytest.raises(SettingsError, match=r"ORDERBOT_WEBHOOK is refused by Telegram .*: it must be an https address"):
        await serve(load_settings(env), world.clock, asyncio.Event(), web=False)


async def test_the_list_behind_the_slash_is_in_each_persons_language(world, database_url):
    state = world.telegram.state
    german = state.add_user(User(77, "Dora", language_code="de"))
    french = state.add_user(User(78, "Fleur", language_code="fr"))

    async with running(settings(world, database_url), world.clock):
        await until(lambda: state.commands_in(state.chat(world.staff_chat)))

    said = {
        user: {one["command"]: one["description"] for one in state.commands_in(state.chats[user.id])}
        for user in (BEA.user, german, french)
    }
    assert said[BEA.user]["help"] == "this list"
    assert said[german]["help"] == "diese Liste"
    assert said[french] == said[BEA.user]
    assert "stock" in {one["command"] for one in state.commands_in(state.chat(world.staff_chat))}


async def test_after_a_long_absence_the_staff_hears_from_when_to_when(world, tmp_path):
    env = settings(world, f"sqlite:///{tmp_path}/orderbot.db")
    async with running(env, world.clock):
        world.telegram.people.say(BEA.user, "/start")
        await until(says(world, BEA.user.id, "Welcome"))

    world.jump(3600)

    async with running(env, world.clock):
        await until(says(world, world.staff_chat, "I was away from 18:05 to 19:05"))
