"""The loop that empties the outbox, with couriers that fail in every way a courier can."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot import sender as sending
from bot.bells import Bell
from bot.edges import PerhapsDelivered, Receipt, TryLater, Undeliverable
from bot.metrics import Metrics
from bot.pacing import Pace, Pacing
from bot.sender import Sender
from core.people import Channel
from storage.letters import Letter, NewLetter
from storage.store import Store
from storage.tables import letters

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
FAST = Pace(1e6, 1e6, 1e6)


class Clock:
    """Each look is an hour later: whatever waits is due."""

    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> datetime:
        self.at += timedelta(hours=1)
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


class Courier:
    """Does as it is told, and keeps what it brought."""

    def __init__(self, does: Callable[[Letter], Awaitable[Receipt]]) -> None:
        self.brought: list[Letter] = []
        self._does = does

    async def deliver(self, letter: Letter) -> Receipt:
        self.brought.append(letter)
        return await self._does(letter)


@pytest.fixture(autouse=True)
def logs():
    """Tracebacks for people take long to draw."""
    with capture_logs() as kept:
        yield kept


@pytest.fixture
async def store(migrated_url: str) -> AsyncIterator[Store]:
    store = Store(migrated_url)
    yield store
    await store.close()


async def post(store: Store, *addresses: str, reminder: bool = False) -> None:
    async with store.transaction() as tx:
        new = [NewLetter(Channel.TELEGRAM, to, "greeted", "Hello", "Hello", reminder=reminder) for to in addresses]
        await tx.outbox.add(new, inbox_id=None, now=NOON)


async def states(store: Store) -> list[str]:
    async with store.reading() as tx:
        rows = await tx.connection.execute(letters.select().order_by(letters.c.id))
        return [row.state for row in rows]


async def run_until(store: Store, courier: Courier, done: Callable[[], Awaitable[bool]]) -> None:
    bell, stop = Bell(), asyncio.Event()
    one = Sender(store, Channel.TELEGRAM, courier, Clock(), Metrics(), pacing=Pacing(FAST), outbox=bell, inbox=Bell())
    running = asyncio.create_task(one.run(stop))
    async with asyncio.timeout(30):
        while not await done():
            bell.ring()
            await asyncio.sleep(0)
    stop.set()
    bell.ring()
    await running


async def test_a_letter_that_arrived_is_not_sent_again_when_the_database_fails_to_note_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "WRITE_AGAIN_SECONDS", 0)
    if not store.is_sqlite:
        pytest.skip("the fault is made by a trigger of SQLite")
    await post(store, "1001")

    async def arrives(letter: Letter) -> Receipt:
        async with store.transaction() as tx:
            await tx.connection.execute(
                text("CREATE TRIGGER disk_full BEFORE UPDATE ON letters BEGIN SELECT RAISE(ABORT, 'disk full'); END")
            )
        return Receipt("1")

    courier, looks = Courier(arrives), 0

    async def noted() -> bool:
        nonlocal looks
        looks += 1
        if looks == 5:
            async with store.transaction() as tx:
                await tx.connection.execute(text("DROP TRIGGER disk_full"))
        return await states(store) == ["sent"]

    await run_until(store, courier, noted)

    assert len(courier.brought) == 1


async def test_a_letter_of_unknown_fate_is_repeated_a_few_times_then_a_person_is_told(store: Store) -> None:
    await post(store, "1001")

    async def gets_lost(letter: Letter) -> Receipt:
        raise PerhapsDelivered("the answer was lost")

    courier = Courier(gets_lost)

    async def ended() -> bool:
        return await states(store) == ["uncertain"]

    await run_until(store, courier, ended)

    assert [letter.uncertain for letter in courier.brought] == [False, *[True] * 7]
    async with store.reading() as tx:
        assert (await tx.inbox.depth())[0] == 1


async def test_our_own_fault_while_sending_is_taken_for_a_letter_of_unknown_fate(store: Store) -> None:
    await post(store, "1001", reminder=True)

    async def breaks(letter: Letter) -> Receipt:
        raise RuntimeError("after the message left")

    courier = Courier(breaks)

    async def ended() -> bool:
        return await states(store) == ["abandoned"]

    await run_until(store, courier, ended)

    assert len(courier.brought) == 1


async def test_a_letter_that_surely_did_not_leave_goes_again_unmarked(store: Store) -> None:
    await post(store, "1001")

    async def busy_twice(letter: Letter) -> Receipt:
        if letter.attempts < 2:
            raise TryLater("busy", seconds=1)
        return Receipt("1")

    courier = Courier(busy_twice)

    async def sent() -> bool:
        return await states(store) == ["sent"]

    await run_until(store, courier, sent)

    assert [letter.uncertain for letter in courier.brought] == [False, False, False]


async def test_the_log_says_why_a_letter_failed_but_not_whose_it_was(store: Store, logs: list[EventDict]) -> None:
    await post(store, "1001")

    async def refuses(letter: Letter) -> Receipt:
        raise Undeliverable(f"550 <{letter.address}> unknown")

    async def ended() -> bool:
        return await states(store) == ["failed"]

    await run_until(store, Courier(refuses), ended)

    assert [line["why"] for line in logs if line["event"] == "letter_undeliverable"] == ["550 <[address]> unknown"]
