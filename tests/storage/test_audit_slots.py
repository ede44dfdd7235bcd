"""The audit names times that count other orders than there are."""

from sqlalchemy import text

from storage.audit import audit
from tests.people import PEOPLE

BEA = PEOPLE["bea"]


async def found(desk):
    async with desk.store.reading() as tx:
        return [f"{finding.document}: {finding.what}" for finding in await audit(tx)]


async def test_a_slot_that_counts_an_order_too_many_is_named(desk):
    await desk.change_shop("slots: {every: 15, capacity: 3, lead: 20}")
    await desk.say(BEA, "2 margherita, pickup")
    await desk.press(BEA, "Place order")
    assert await found(desk) == []

    async with desk.store.transaction() as tx:
        await tx.connection.execute(text("UPDATE slots SET taken = 2"))

    assert await found(desk) == ["slot 1: counts 2 orders, and 1 of them are there"]


async def test_an_order_that_ends_gives_its_place_back_once(desk):
    await desk.change_shop("slots: {every: 15, capacity: 1, lead: 20}")
    await desk.say(BEA, "2 margherita, pickup")
    await desk.press(BEA, "Place order")
    await desk.press(BEA, "Cancel")
    number, data = desk.screen(BEA.id).button("Yes, cancel it")

    await desk.tap(BEA, number, data)
    await desk.tap(BEA, number, data)

    assert await found(desk) == []
    async with desk.store.reading() as tx:
        assert await tx.slots.taken(desk.clock.now()) == {}
