"""How many orders each time has: the last place goes once, whoever races, on each database."""

import asyncio
from datetime import timedelta

import pytest

from core.documents import SlotStep
from core.errors import SlotFull
from storage.store import Store
from tests.people import NOON


@pytest.fixture
async def store(migrated_url):
    store = Store(migrated_url)
    yield store
    await store.close()


async def take(store):
    async with store.transaction() as tx:
        return await tx.slots.take("all", NOON, 3)


async def taken(store):
    async with store.transaction() as tx:
        return (await tx.slots.taken(NOON)).get(("all", NOON), 0)


async def test_of_many_who_come_at_once_as_many_as_fit_get_a_place(store):
    answers = await asyncio.gather(*(take(store) for _ in range(9)), return_exceptions=True)

    assert sum(isinstance(answer, SlotFull) for answer in answers) == 6
    assert await taken(store) == 3


async def test_a_place_that_is_given_back_can_be_taken_again(store):
    slot = [await take(store) for _ in range(3)][-1]

    async with store.transaction() as tx:
        await tx.slots.post(SlotStep(slot, -1))
    await take(store)

    with pytest.raises(SlotFull):
        await take(store)


async def test_a_place_is_not_taken_back_into_a_full_time(store):
    slot = [await take(store) for _ in range(3)][-1]

    with pytest.raises(SlotFull) as refused:
        async with store.transaction() as tx:
            await tx.slots.post(SlotStep(slot, 1))
    assert refused.value.at == NOON


async def test_pools_and_times_are_counted_apart(store):
    async with store.transaction() as tx:
        await tx.slots.take("delivery", NOON, 1)
        await tx.slots.take("pickup", NOON, 1)
        await tx.slots.take("pickup", NOON + timedelta(minutes=15), 1)

        assert len(await tx.slots.taken(NOON)) == 3
