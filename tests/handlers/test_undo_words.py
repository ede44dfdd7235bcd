"""Words that found no place go to the kitchen with an order, but for what was undone."""

import pytest

from tests.desk import DeskForTests
from tests.people import PEOPLE

BEA = PEOPLE["bea"]


@pytest.mark.parametrize(("said", "note"), [("undo", ""), ("a coke", "not understood: a beer frobnicated")])
async def test_what_was_undone_is_not_read_by_the_kitchen_either(desk: DeskForTests, said: str, note: str):
    for words in ("2 diavola, pickup", "a beer frobnicated", said):
        await desk.say(BEA, words)
        await desk.settle()
    await desk.press(BEA, "Place order")

    async with desk.store.reading() as tx:
        order = await tx.orders.by_number(1001)

    assert order.note == note
