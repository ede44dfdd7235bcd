"""What came in: a number that fits, of a product that is counted."""

import pytest

from tests.desk import DeskForTests
from tests.people import PEOPLE

ANNA = PEOPLE["staff"]


async def shelf(desk: DeskForTests) -> dict[str, int]:
    async with desk.store.reading() as tx:
        return {balance.sku: balance.shelf for balance in await tx.stock.balances()}


@pytest.mark.parametrize("count", ["0", "-0", "--3", "1000001", "000000001000000000000000000000", "many", ""])
async def test_a_number_that_nobody_means_is_refused(desk: DeskForTests, count: str):
    before = await shelf(desk)

    await desk.say(ANNA, f"/restock coke {count}")

    assert desk.faults() == []
    assert await shelf(desk) == before
    assert "/restock coke 24" in desk.take_heard()[-1].words


async def test_nothing_is_taken_off_that_is_not_there(desk: DeskForTests):
    before = await shelf(desk)

    await desk.say(ANNA, "/restock coke -49")

    assert await shelf(desk) == before
    assert "only 48 × Coke left" in desk.take_heard()[-1].words


async def test_what_is_not_counted_has_no_shelf_to_fill(desk: DeskForTests):
    before = await shelf(desk)
    uncounted = next(product for product in desk.shared.house.shop.menu.products if product.stock is None)

    await desk.say(ANNA, f"/restock {uncounted.sku} 24")

    assert await shelf(desk) == before
    assert "do not count" in desk.take_heard()[-1].words
