"""The doctor tells what is wrong and what to do about it, whatever the network does."""

import asyncio
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from bot import doctor_away
from bot.doctor import check_all
from bot.doctor_away import compared
from bot.doctor_findings import Level
from bot.doctor_here import clock, look_at_database, private_files
from bot.sandbox.clock import SandboxClock
from bot.sandbox.http_server import HttpServer
from bot.sandbox.mailbox import Mailbox
from bot.settings import load_settings
from core.people import Role
from handlers.catalogue import apply_shop
from storage.shop_file import parse_shop
from storage.store import Store
from tests.bot.conftest import ANNA, NOON
from tests.servers import migrated

EXAMPLE = Path(__file__).parents[2] / "examples/trattoria.yaml"


@pytest.fixture
def env(tmp_path, monkeypatch):
    """A shop that is ready to start, without channels."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(EXAMPLE, tmp_path / "shop.yaml")
    migrated.sqlite_copy(tmp_path / "orderbot.db")
    (tmp_path / "orderbot.db").chmod(0o600)
    return {}


@pytest.fixture
def by_telegram(env, telegram, group):
    api, files = (base.removesuffix("/bot") for base in (telegram.base, telegram.files_base))
    return env | {
        "ORDERBOT_TELEGRAM_TOKEN": telegram.token,
        "ORDERBOT_TELEGRAM_API": api,
        "ORDERBOT_TELEGRAM_FILES": files,
        "ORDERBOT_OWNERS": str(ANNA.id),
        "ORDERBOT_STAFF_CHAT": str(group.id),
    }


@pytest.fixture
async def post():
    mailbox = Mailbox(SandboxClock(NOON, flows=False))
    await mailbox.start()
    yield mailbox
    await mailbox.stop()


@pytest.fixture
def by_mail(env, post):
    return env | {
        "ORDERBOT_IMAP_HOST": "127.0.0.1",
        "ORDERBOT_IMAP_PORT": str(post.imap.port),
        "ORDERBOT_IMAP_TLS": "none",
        "ORDERBOT_IMAP_USER": post.user,
        "ORDERBOT_IMAP_PASSWORD": post.password,
        "ORDERBOT_SMTP_HOST": "127.0.0.1",
        "ORDERBOT_SMTP_PORT": str(post.smtp.port),
        "ORDERBOT_SMTP_TLS": "none",
        "ORDERBOT_SMTP_USER": post.user,
        "ORDERBOT_SMTP_PASSWORD": post.password,
        "ORDERBOT_MAIL_FROM": post.address,
        "ORDERBOT_MAIL_AUTHSERV": "mail.example",
    }


async def told(env):
    """What is not well, with its cures."""
    findings = [finding for finding in await check_all(env) if finding.level is not Level.OK]
    return [f"{finding.level}: {finding.what} → {finding.cure}" for finding in findings]


async def only(env):
    (line,) = await told(env)
    return line


async def keep(tmp_path, content):
    store = Store(f"sqlite:///{tmp_path}/orderbot.db")
    async with store.transaction() as tx:
        await apply_shop(tx, content, parse_shop(content), NOON)
    await store.close()


async def test_a_shop_by_telegram_that_is_ready_has_nothing_to_mend(by_telegram):
    assert await told(by_telegram) == []


async def test_a_shop_by_mail_that_is_ready_has_nothing_to_mend(by_mail):
    assert await told(by_mail) == []


# --- settings and files


async def test_all_faults_of_the_settings_are_told_and_no_more_is_tried(env):
    wrong = {
        "ORDERBOT_TELEGRAM_TOKEN": "secret",
        "ORDERBOT_LISTEN": "here",
        "ORDERBOT_TELEGRAM_API": "http://127.0.0.1:9",
    }

    lines = await told(wrong)

    assert len(lines) == 2
    assert "ORDERBOT_TELEGRAM_TOKEN must be" in lines[0]
    assert "ORDERBOT_LISTEN must be HOST:PORT" in lines[1]


async def test_what_is_missing_is_told_and_the_rest_is_tried(env, tmp_path):
    (tmp_path / "shop.yaml").write_text("shop: {name: Bea}\n")

    lines = await told(env)

    assert "ORDERBOT_TELEGRAM_TOKEN is missing" in lines[0]
    assert lines[1].startswith("bad: shop.yaml: ")


async def test_each_fault_of_the_shop_file_is_told_with_its_line(by_telegram, tmp_path):
    text = (
        EXAMPLE.read_text()
        .replace("currency: EUR", "currency: EURO")
        .replace("who_pays: customer ", "who_pays: nobody ")
    )
    (tmp_path / "shop.yaml").write_text(text)

    lines = await told(by_telegram)

    assert len(lines) == 2
    assert "bad: shop.yaml: " in lines[0]
    assert "(line 6)" in lines[0]


async def test_a_shop_file_that_was_not_applied_is_told(by_telegram, tmp_path):
    await keep(tmp_path, EXAMPLE.read_bytes() + b"\n# a new year\n")

    assert await only(by_telegram) == "warn: shop.yaml is not the shop file that counts → `orderbot menu apply`"


async def test_once_applied_the_shop_file_may_be_gone(by_telegram, tmp_path):
    await keep(tmp_path, EXAMPLE.read_bytes())
    (tmp_path / "shop.yaml").unlink()

    assert await told(by_telegram) == []


async def test_before_the_first_start_there_is_no_database_and_that_is_well(by_telegram, tmp_path):
    (tmp_path / "orderbot.db").unlink()

    assert await told(by_telegram) == []
    assert not (tmp_path / "orderbot.db").exists()


async def test_a_missing_shop_file_is_told_once(by_telegram, tmp_path):
    (tmp_path / "orderbot.db").unlink()
    (tmp_path / "shop.yaml").unlink()

    assert "ORDERBOT_SHOP" in await only(by_telegram)


async def test_a_file_that_is_no_database_is_told(by_telegram, tmp_path):
    (tmp_path / "orderbot.db").write_bytes(b"a letter to Carl " * 100)

    assert "bad: the database cannot be opened: file is not a database" in await only(by_telegram)


async def test_a_database_without_tables_is_told(by_telegram, tmp_path):
    (tmp_path / "orderbot.db").write_bytes(b"")

    assert "the tables of version none" in await only(by_telegram)


async def test_a_text_of_the_owners_that_cannot_be_said_is_told(by_telegram, tmp_path):
    (tmp_path / "texts/en").mkdir(parents=True)
    (tmp_path / "texts/en/order_ready.txt").write_text("{{ ordr.number }} is ready")

    lines = await told(by_telegram)

    assert lines[0].startswith("bad: a text cannot be said: en, order_ready by mail: 'ordr' is undefined")


async def test_a_database_of_either_kind_is_looked_at(env, migrated_url):
    settings = load_settings({"ORDERBOT_DATABASE": migrated_url}, to_run=False)

    (finding,), books = await look_at_database(settings)

    assert (finding.level, finding.what) == (Level.OK, "the database opens and has its tables")
    assert books.facts["binding_code"]


async def test_a_database_server_out_of_reach_is_a_finding_without_its_password(by_telegram):
    address = "postgresql://shop:open-sesame@127.0.0.1:9/shop"

    line = await only(by_telegram | {"ORDERBOT_DATABASE": address})

    assert line.startswith("bad: the database cannot be opened: ")
    assert "open-sesame" not in line


async def test_files_that_others_can_read_are_told(env, tmp_path):
    (tmp_path / ".env").write_text("")
    (tmp_path / ".env").chmod(0o644)
    (tmp_path / "orderbot.db").chmod(0o640)

    cures = [finding.cure for finding in private_files(load_settings(env, to_run=False))]

    assert cures == ["chmod 600 orderbot.db", "chmod 600 .env"]


def test_a_clock_that_was_never_set_is_told():
    assert clock(NOON) == []
    assert clock(datetime(1970, 1, 1, tzinfo=UTC))[0].level is Level.BAD


@pytest.mark.parametrize(("seconds", "words"), [(61, "61 s fast"), (-3600, "3600 s slow")])
def test_a_clock_that_goes_otherwise_than_telegrams_is_told(seconds, words):
    assert words in compared(NOON + timedelta(seconds=seconds), NOON).what


async def test_telegrams_clock_is_read_from_its_answer():
    async def answer(_):
        return Response(headers={"Date": "Sat, 21 Nov 2020 12:00:00 GMT"})

    server = HttpServer(Starlette(routes=[Route("/", answer)]))
    await server.start()
    (finding,) = await doctor_away.clock(f"http://127.0.0.1:{server.port}")
    await server.stop()

    assert (finding.level, finding.cure) == (Level.WARN, "timedatectl set-ntp true")


def test_a_second_of_difference_is_no_difference():
    assert compared(NOON + timedelta(seconds=1), NOON).level is Level.OK


# --- Telegram


async def test_a_wrong_token_is_told_and_not_shown(by_telegram):
    wrong = "7204518339:AAF-of-another-bot-000000000000000"

    line = await only(by_telegram | {"ORDERBOT_TELEGRAM_TOKEN": wrong})

    assert line.startswith("bad: Telegram refuses the bot's token → ask @BotFather")
    assert wrong not in line


async def test_telegram_out_of_reach_is_a_finding(by_telegram, telegram):
    await telegram.stop()

    assert (await only(by_telegram)).startswith("bad: Telegram cannot be asked: ")


async def test_without_a_group_the_code_that_binds_one_is_shown(by_telegram, tmp_path):
    del by_telegram["ORDERBOT_STAFF_CHAT"]

    line = await only(by_telegram)

    store = Store(f"sqlite:///{tmp_path}/orderbot.db")
    async with store.reading() as tx:
        code = await tx.facts.get("binding_code")
    await store.close()
    assert line.startswith("warn: no group is the staff's yet → add @trattoria_order_bot")
    assert line.endswith(f"write /here {code}")


async def test_the_group_that_was_bound_comes_before_that_of_the_settings(by_telegram, tmp_path):
    store = Store(f"sqlite:///{tmp_path}/orderbot.db")
    async with store.transaction() as tx:
        await tx.facts.put("staff_chat", "-100777")
    await store.close()

    assert "bad: the bot is not in the staff group -100777" in await only(by_telegram)


async def test_a_bot_that_was_put_out_of_the_group_is_told(by_telegram, telegram, group):
    group.members[telegram.state.bot.id] = "left"

    assert (await only(by_telegram)).startswith("bad: the bot is ")


async def test_privacy_mode_is_told_while_the_bot_is_no_admin(by_telegram, telegram, group):
    group.members[telegram.state.bot.id] = "member"

    assert (await only(by_telegram)).endswith("→ make it an admin of the group")


async def test_a_webhook_that_is_set_while_the_bot_polls_is_told(by_telegram, telegram):
    telegram.state.webhook = "https://elsewhere.example/bot"

    assert "a webhook takes the bot's updates" in await only(by_telegram)


async def test_a_shop_without_an_owner_is_told_until_somebody_is(by_telegram, tmp_path):
    del by_telegram["ORDERBOT_OWNERS"]
    assert "the shop has no owner yet" in await only(by_telegram)

    store = Store(f"sqlite:///{tmp_path}/orderbot.db")
    async with store.transaction() as tx:
        await tx.staff.put(ANNA.id, "Anna", Role.OWNER, NOON)
    await store.close()

    assert await told(by_telegram) == []


async def test_whoever_has_no_owner_is_told_the_code_that_makes_one(by_telegram, tmp_path):
    del by_telegram["ORDERBOT_OWNERS"]
    await told(by_telegram)
    store = Store(f"sqlite:///{tmp_path}/orderbot.db")
    async with store.reading() as tx:
        code = await tx.facts.get("binding_code")
    await store.close()

    assert f"→ write /here {code} in the staff's group" in await only(by_telegram)


# --- mail


async def test_a_mailbox_with_another_password_is_told_and_the_password_is_not(by_mail):
    lines = await told(by_mail | {"ORDERBOT_IMAP_PASSWORD": "sesame-open"})

    assert lines[0].startswith("bad: the mailbox at 127.0.0.1 does not open")
    assert "sesame-open" not in str(lines)


async def test_mail_servers_out_of_reach_are_findings(by_mail, post):
    await post.stop()

    lines = await told(by_mail)

    assert [line.partition(" 127")[0] for line in lines] == ["bad: the mailbox at", "bad: no mail can leave by"]


async def test_a_server_that_never_answers_is_not_waited_for(by_mail, monkeypatch):
    monkeypatch.setattr(doctor_away, "SECONDS", 0.1)
    silence = asyncio.Event()

    async def say_nothing(_, writer):
        await silence.wait()
        writer.close()

    server = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]

    lines = await told(by_mail | {"ORDERBOT_IMAP_PORT": str(port)})

    silence.set()
    server.close()
    assert "bad: the mailbox did not answer within 0.1 s → look at the network and the firewall" in lines


async def test_a_folder_that_is_not_there_is_told(by_mail):
    assert "_FOLDER" in await only(by_mail | {"ORDERBOT_IMAP_FOLDER": "Orders"})


async def test_a_wrong_password_for_sending_is_told(by_mail):
    line = await only(by_mail | {"ORDERBOT_SMTP_PASSWORD": "sesame-open"})

    assert line.startswith("bad: no mail can leave by 127.0.0.1")
    assert "sesame-open" not in line


async def test_without_a_name_to_believe_it_is_told_that_nobody_is_believed(by_mail):
    del by_mail["ORDERBOT_MAIL_AUTHSERV"]

    assert "no sender of a mail is believed" in await only(by_mail)
