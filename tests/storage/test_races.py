"""Who is first, when many act at the same moment: in one program, and in two on the same database."""

import asyncio
import threading
from collections import Counter
from collections.abc import AsyncIterator, Coroutine
from typing import Any

import pytest

from core.documents import Bucket
from handlers.dispatch import Handled, handle_next
from tests.desk import DeskForTests
from tests.people import PEOPLE, Person

ANNA, SAM, BEA, MAX = PEOPLE["staff"], PEOPLE["sam"], PEOPLE["bea"], PEOPLE["max"]
ROUNDS = 50


class Program:
    """A second program on the database of a desk: a loop, a store and a house of its own, in a thread of its own."""

    def __init__(self, desk: DeskForTests) -> None:
        self.desk = DeskForTests(url=desk.url, clock=desk.clock)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()

    async def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))

    async def work(self) -> list[Handled]:
        return await self.do(work_off(self.desk))

    async def stop(self) -> None:
        await self.do(self.desk.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        await asyncio.to_thread(self._thread.join)
        self._loop.close()


@pytest.fixture
async def programs(desk) -> AsyncIterator[list[Program]]:
    started = [Program(desk) for _ in range(2)]
    for program in started:
        await program.do(program.desk.open())
    yield started
    for program in started:
        await program.stop()


async def work_off(desk: DeskForTests) -> list[Handled]:
    """Message by message until none is left for us."""
    handled: list[Handled] = []
    while done := await handle_next(desk.store, desk.shared.house, desk.clock.now()):
        handled += done
    return handled


async def place(desk: DeskForTests, person: Person, words: str) -> None:
    await desk.say(person, f"a new order: {words}")
    await desk.press(person, "Place order")


async def both_tap_accept(desk: DeskForTests) -> None:
    """Anna and Sam look at the same card and tap before either is answered."""
    card, data = desk.screen(desk.group).button("Accept · 15 min")
    await desk.keep_tap(ANNA, card, data)
    await desk.keep_tap(SAM, card, data)


def check_one_won(handled: list[Handled]) -> None:
    assert [one.error for one in handled if one.error] == []
    anna, sam = sorted(handled, key=lambda one: one.inbox_id)
    first, second = (anna, sam) if anna.rule == "staff_acc" else (sam, anna)
    assert (first.rule, second.rule) == ("staff_acc", "refused_Stale")
    assert second.tap.text.endswith("is already accepted by " + ("Anna." if first is anna else "Sam."))


@pytest.mark.slow
async def test_of_two_who_accept_at_once_one_wins_and_the_other_hears_who(desk):
    for _ in range(ROUNDS):
        await place(desk, BEA, "a beer, pickup")
        await both_tap_accept(desk)

        done = await asyncio.gather(work_off(desk), work_off(desk))

        check_one_won([one for some in done for one in some])
        await desk.settle()
    await desk.check_books()


@pytest.mark.slow
async def test_of_two_programs_that_accept_at_once_one_wins(desk, programs):
    for _ in range(ROUNDS):
        await place(desk, BEA, "a beer, pickup")
        await both_tap_accept(desk)

        done = await asyncio.gather(*[program.work() for program in programs])
        late = await work_off(desk)

        check_one_won([*(one for some in done for one in some), *late])
        await desk.settle()
    await desk.check_books()


async def twenty_want_the_last_five(desk: DeskForTests) -> None:
    await place(desk, MAX, "7 salmon, pickup")
    buyers = [Person(2000 + number, f"Buyer {number}") for number in range(20)]
    for buyer in buyers:
        await desk.say(buyer, "a salmon, pickup")
    for buyer in buyers:
        await desk.keep_tap(buyer, *desk.screen(buyer.id).button("Place order"))


async def check_five_were_sold(desk: DeskForTests, handled: list[Handled]) -> None:
    assert [one.error for one in handled if one.error] == []
    assert Counter(one.rule for one in handled) == {"tap_place": 5, "refused_OutOfStock": 15}
    async with desk.store.reading() as tx:
        await tx.articles.learn(tx.connection, ())
        assert await tx.stock.balance("salmon", Bucket.SHELF) == 0
        assert await tx.stock.balance("salmon", Bucket.HELD) == 12
    await desk.check_books()


async def test_the_last_five_are_sold_to_five_of_twenty(desk):
    await twenty_want_the_last_five(desk)

    done = await asyncio.gather(*[work_off(desk) for _ in range(4)])

    await check_five_were_sold(desk, [one for some in done for one in some])


async def test_the_last_five_are_sold_once_by_two_programs(desk, programs):
    await twenty_want_the_last_five(desk)

    done = await asyncio.gather(*[program.work() for program in programs])
    late = await work_off(desk)

    await check_five_were_sold(desk, [*(one for some in done for one in some), *late])
