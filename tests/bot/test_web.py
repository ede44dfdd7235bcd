"""Health, metrics and the webhook, asked over a real connection."""

import asyncio
import re
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.metrics import Metrics
from bot.sandbox.clock import SandboxClock
from bot.settings import Listen
from bot.web import MOST_BYTES, Health, make_app, serving
from core import orders
from core.documents import Line
from core.people import CLOCK, Channel
from core.states import Kind
from handlers.catalogue import apply_shop
from storage.inbox import RawMessage
from storage.letters import NewLetter
from storage.shop_file import parse_shop
from storage.store import Store

OPERATIONS = Path(__file__).parents[2] / "docs/operations.md"
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SHOP_FILE = b"""
shop: {name: Trattoria Bea, currency: EUR, timezone: Europe/Rome}
catalogue:
  - {sku: coke, name: Coke, price: "2.50", stock: 40}
"""
SHOP = parse_shop(SHOP_FILE)
BEA = RawMessage(Channel.TELEGRAM, "1", "bea", b'{"text": "two cokes"}', NOON)


@pytest.fixture
async def store(migrated_url):
    store = Store(migrated_url)
    yield store
    await store.close()


@pytest.fixture
def clock():
    return SandboxClock(NOON, flows=False)


@asynccontextmanager
async def asked(store, clock, *, metrics=None, health=None, webhook=None):
    """A browser in front of the bot's pages."""
    app = make_app(store, clock, metrics or Metrics(), health or Health(), webhook)
    async with (
        serving(app, Listen(host="127.0.0.1", port=0)) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as browser,
    ):
        yield browser


async def said(browser):
    """The samples of the metrics page: {"name{label}": value}."""
    page = await browser.get("/metrics")
    return {
        sample.name + "".join(f" {value}" for value in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(page.text)
        for sample in family.samples
    }


async def receive(store, *messages):
    async with store.transaction() as tx:
        await tx.inbox.receive(messages)


async def order_comes_in(store, number):
    """Placed and left to the staff."""
    async with store.transaction() as tx:
        await apply_shop(tx, SHOP_FILE, SHOP, NOON)
        bea, _ = await tx.customers.meet(Channel.TELEGRAM, "7", "51", name="Bea", language="en", now=NOON)
        draft = await tx.orders.new_draft(bea, "EUR", NOON)
        lines = (Line(1, "coke", {"en": "Coke"}, 2, 250, counted=True),)
        await tx.save(orders.edit(draft, lines, CLOCK, NOON, kind=Kind.PICKUP))
        edited = await tx.orders.get(draft.id)
        placed = orders.place(edited, number=number, token="K7QM", by=CLOCK, shop=SHOP, now=NOON)
        await tx.save(placed)
        return edited.id


async def test_a_bot_that_works_is_well(store, clock):
    await receive(store, BEA)

    async with asked(store, clock) as browser:
        page = await browser.get("/healthz")

    assert page.status_code == 200
    assert page.json() == {"status": "ok", "wrong": [], "inbox": 1, "outbox": 0, "dead": 0}


async def test_a_message_that_nobody_handles_makes_the_bot_unwell(store, clock):
    await receive(store, BEA)
    clock.jump(301)

    async with asked(store, clock) as browser:
        page = await browser.get("/healthz")

    assert page.status_code == 503
    assert page.json()["wrong"] == ["messages are not handled"]


async def test_a_message_that_waits_for_its_next_try_delays_nobody(store, clock):
    await receive(store, BEA)
    async with store.transaction() as tx:
        await tx.inbox.fail(1, "KeyError", NOON + timedelta(minutes=10))
    clock.jump(600)

    async with asked(store, clock) as browser:
        assert (await browser.get("/healthz")).status_code == 200
        clock.jump(301)
        assert (await browser.get("/healthz")).status_code == 503


async def test_a_loop_that_ended_makes_the_bot_unwell(store, clock):
    health, ended, works = Health(), asyncio.create_task(asyncio.sleep(0)), asyncio.create_task(asyncio.Event().wait())
    health.watch("sender", ended)
    health.watch("worker", works)
    await ended

    async with asked(store, clock, health=health) as browser:
        page = await browser.get("/healthz")

    works.cancel()
    assert page.status_code == 503
    assert page.json()["wrong"] == ["sender has stopped"]


async def test_a_database_without_tables_makes_the_bot_unwell(clock, store, tmp_path):
    async with asked(store, clock) as browser:
        await store.close()
        store._readers = Store(f"sqlite:///{tmp_path}/empty.db")._readers
        page = await browser.get("/healthz")

    assert page.status_code == 503
    assert page.json()["wrong"] == ["the database cannot be read"]


async def test_what_the_loops_tell_is_counted_by_kind(store, clock):
    metrics = Metrics()
    metrics.sent("telegram", "sent")
    metrics.sent("telegram", "sent")
    metrics.sent("mail", "uncertain")
    metrics.handled("telegram", "handled", 0.007)

    async with asked(store, clock, metrics=metrics) as browser:
        seen = await said(browser)

    assert seen["orderbot_sends_total telegram sent"] == 2
    assert seen["orderbot_sends_total mail uncertain"] == 1
    assert seen["orderbot_messages_total telegram handled"] == 1
    assert (seen["orderbot_handle_seconds_bucket 0.005"], seen["orderbot_handle_seconds_bucket 0.01"]) == (0, 1)


async def test_what_waits_is_shown_with_the_age_of_the_oldest(store, clock):
    letter = NewLetter(Channel.TELEGRAM, "51", "thanked", "Bitte", "Bitte")
    async with store.transaction() as tx:
        await tx.inbox.receive([BEA, RawMessage(Channel.MAIL, "2", "carl", b"", NOON)])
        await tx.inbox.fail(2, "KeyError", None)
        await tx.outbox.add([letter], inbox_id=1, now=NOON + timedelta(seconds=30))
    clock.jump(90)

    async with asked(store, clock) as browser:
        seen = await said(browser)

    assert (seen["orderbot_waiting inbox"], seen["orderbot_oldest_seconds inbox"]) == (1, 90)
    assert (seen["orderbot_waiting outbox"], seen["orderbot_oldest_seconds outbox"]) == (1, 60)
    assert seen["orderbot_dead_messages"] == 1


async def test_open_orders_are_shown_and_finished_ones_counted_once(store, clock):
    await order_comes_in(store, 1001)

    async with asked(store, clock) as browser:
        before = await said(browser)
        second = await order_comes_in(store, 1002)
        async with store.transaction() as tx:
            await tx.save(orders.expire(await tx.orders.get(second), now=NOON))
        await said(browser)
        after = await said(browser)

    assert (before["orderbot_open_orders pending"], before["orderbot_orders_total pending"]) == (1, 0)
    assert (after["orderbot_open_orders pending"], after["orderbot_orders_total pending"]) == (1, 1)
    assert after["orderbot_orders_total expired"] == 1


async def test_every_metric_is_documented_and_no_other(store, clock):
    rows = re.findall(r"^\| `(orderbot_\w+)` \|", OPERATIONS.read_text(), re.MULTILINE)

    async with asked(store, clock) as browser:
        page = (await browser.get("/metrics")).text

    told = {line.split()[2] for line in page.splitlines() if line.startswith("# TYPE")}
    assert sorted(rows) == sorted(told)


async def test_neither_page_tells_of_people_or_their_words(store, clock):
    await receive(store, BEA)
    await order_comes_in(store, 1001)

    async with asked(store, clock) as browser:
        pages = [(await browser.get(path)).text for path in ("/healthz", "/metrics")]

    assert not any(word in page for page in pages for word in ("Bea", "two cokes", "51", "coke"))


class Door:
    """Keeps what it is given and answers as told."""

    def __init__(self, status):
        self.status = status
        self.came = []

    async def handle(self, body, secret):
        self.came.append((body, secret))
        return self.status


@pytest.mark.parametrize("status", [200, 403, 500])
async def test_an_update_reaches_the_webhook_and_its_answer_telegram(store, clock, status):
    door = Door(status)

    async with asked(store, clock, webhook=door) as browser:
        page = await browser.post(
            "/telegram/webhook", content=b'{"update_id": 1}', headers={"X-Telegram-Bot-Api-Secret-Token": "s3cret"}
        )

    assert page.status_code == status
    assert door.came == [(b'{"update_id": 1}', "s3cret")]


async def test_of_a_body_without_end_no_more_is_read_than_is_needed_to_refuse_it(store, clock):
    door, given = Door(413), 0

    async def endless():
        nonlocal given
        while given < 50 * MOST_BYTES:
            given += 65536
            yield b"x" * 65536

    async with asked(store, clock, webhook=door) as browser:
        try:
            status = (await browser.post("/telegram/webhook", content=endless())).status_code
        except httpx.WriteError:
            status = 413

    assert status == 413
    assert len(door.came[0][0]) < MOST_BYTES + 1024 * 1024


async def test_without_a_webhook_nobody_can_post_updates(store, clock):
    async with asked(store, clock) as browser:
        assert (await browser.post("/telegram/webhook", content=b"{}")).status_code == 404


async def test_a_port_that_is_taken_is_told_and_does_not_end_the_process(store, clock):
    app = make_app(store, clock, Metrics(), Health())
    async with serving(app, Listen(host="127.0.0.1", port=0)) as port:
        with pytest.raises(OSError, match="in use"):
            async with serving(app, Listen(host="127.0.0.1", port=port)):
                pass
