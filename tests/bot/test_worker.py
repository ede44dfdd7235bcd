"""What comes alone is kept and handled with one commit; whatever happens, it is kept before anybody confirms it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot import taps
from bot.metrics import Metrics
from bot.taps import TapLane
from bot.telegram_keys import raw_message
from bot.worker import MOST_TOGETHER, Worker
from core.people import Channel
from storage.inbox import RawMessage
from storage.tables import inbox
from tests import updates
from tests.desk import DeskForTests
from tests.people import PEOPLE

BEA = PEOPLE["bea"]


@pytest.fixture
def worker(desk: DeskForTests) -> Worker:
    shared = desk.shared
    made = Worker(desk.store, lambda: shared.house, desk.clock, Metrics(), inbox=shared.inbox, outbox=shared.outbox)
    shared.take = made.take
    return made


def words(desk: DeskForTests, *texts: str) -> list[RawMessage]:
    return [
        raw_message({"update_id": number, "message": updates.message(BEA, BEA.id, number, text=text)}, desk.clock.now())
        for number, text in enumerate(texts, 1)
    ]


async def states(desk: DeskForTests) -> list[tuple[str, int]]:
    async with desk.store.reading() as tx:
        rows = await tx.connection.execute(select(inbox.c.state, inbox.c.attempts).order_by(inbox.c.id))
        return [(row.state, row.attempts) for row in rows]


async def letters(desk: DeskForTests) -> Sequence[Any]:
    async with desk.store.transaction() as tx:
        return await tx.outbox.claim(Channel.TELEGRAM, desk.clock.now(), 50, lambda _: True)


async def test_what_a_door_brings_is_handled_at_once_where_no_other_process_works(desk: DeskForTests, worker: Worker):
    await desk.shared.receive(words(desk, "2 margherita"))

    is_alone = desk.store.is_sqlite
    assert await states(desk) == [("handled" if is_alone else "received", 0)]
    assert await worker.round() == (0 if is_alone else 1)
    assert len(await letters(desk)) == 1


async def test_a_message_that_breaks_is_kept_counted_and_tried_again(desk: DeskForTests, worker: Worker):
    def broken(_: bytes) -> Any:
        raise ValueError("cannot be parsed")

    whole = desk.shared.house
    desk.shared.house = replace(whole, decoders={**whole.decoders, Channel.TELEGRAM: broken})
    await desk.shared.receive(words(desk, "2 margherita"))
    await worker.round()
    assert await states(desk) == [("received", 1)]

    desk.shared.house = whole
    desk.clock.at += timedelta(seconds=5)
    assert await worker.round() == 1
    assert await states(desk) == [("handled", 1)]


async def test_what_cannot_be_handled_at_once_is_kept_all_the_same(desk: DeskForTests, worker: Worker):
    whole = desk.shared.house
    desk.shared.house = None  # type: ignore[assignment]  # nothing can be handled without one
    await desk.shared.receive(words(desk, "2 margherita"))
    assert await states(desk) == [("received", 0)]

    desk.shared.house = whole
    assert await worker.round() == 1
    assert len(await letters(desk)) == 1


async def test_messages_that_wait_have_their_turn_first(desk: DeskForTests, worker: Worker):
    desk.shared.take = None
    first, second = words(desk, "2 margherita", "and a coke")
    await desk.shared.receive([first])
    desk.shared.take = worker.take
    await desk.shared.receive([second])
    while await worker.round():
        pass

    async with desk.store.transaction() as tx:
        found = await tx.customers.at(Channel.TELEGRAM, "7000", str(BEA.id))
        assert found is not None
        draft = await tx.orders.draft_of(found.id)
    assert draft is not None
    assert [line.sku for line in draft.lines] == ["margherita", "coke"]


async def test_a_crowd_is_kept_with_one_wait_for_the_disk_and_handled_in_groups(desk: DeskForTests, worker: Worker):
    crowd = words(desk, *(["hello"] * (MOST_TOGETHER + 1)))
    await desk.shared.receive(crowd)
    assert await states(desk) == [("received", 0)] * len(crowd)


async def test_a_double_is_handled_once(desk: DeskForTests, worker: Worker):
    message = words(desk, "2 margherita")
    for _ in range(3):
        await desk.shared.receive(message)
        await worker.round()
    assert await states(desk) == [("handled", 0)]
    assert len(await letters(desk)) == 1


@dataclass
class Spinners:
    """What is said over tapped buttons."""

    said: list[tuple[str, str]] = field(default_factory=list)

    async def answer_tap(self, tap: str, text: str) -> None:
        self.said.append((tap, text))


async def turns() -> None:
    """The loop goes round until what is due now was done."""
    for _ in range(5):
        await asyncio.sleep(0)


async def test_the_spinner_of_a_tap_that_could_not_be_kept_is_watched_when_it_comes_again(
    desk: DeskForTests, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(taps, "PATIENCE_SECONDS", 0)
    spinners = Spinners()
    lane = TapLane(spinners)  # type: ignore[arg-type]  # of the courier only this is asked
    tap = [raw_message({"update_id": 1, "callback_query": updates.tap(BEA, BEA.id, 1, "t1", "x")}, desk.clock.now())]

    lane.came(tap)
    lane.lost(tap)
    await turns()
    assert spinners.said == []

    lane.came(tap)
    await turns()
    assert spinners.said == [("t1", taps.WORKING)]
    lane.close()
