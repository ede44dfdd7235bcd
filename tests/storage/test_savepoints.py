"""A part of a transaction is undone alone, however many savepoints are around it."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import insert, select

from storage.store import Store, Transaction
from storage.tables import counters

_ADD = insert(counters)
_NAMES = select(counters.c.name).where(counters.c.value == 1).order_by(counters.c.name)


class Fault(Exception):
    """What undoes a part."""


@pytest.fixture
async def store(migrated_url: str) -> AsyncIterator[Store]:
    store = Store(migrated_url)
    yield store
    await store.close()


async def add(tx: Transaction, name: str) -> None:
    await tx.connection.execute(_ADD, {"name": name, "value": 1})


async def names(tx: Transaction) -> list[str]:
    return list((await tx.connection.execute(_NAMES)).scalars())


async def fails(tx: Transaction, name: str) -> None:
    with pytest.raises(Fault):
        await _fault(tx, name)


async def _fault(tx: Transaction, name: str) -> None:
    async with tx.savepoint():
        await add(tx, name)
        raise Fault


async def test_the_inner_part_is_undone_and_the_outer_goes_on(store: Store) -> None:
    async with store.transaction() as tx:
        await add(tx, "a")
        async with tx.savepoint():
            # Nothing has changed since the outer one began.
            await fails(tx, "b")
            await fails(tx, "c")
            await add(tx, "d")
            await fails(tx, "e")
            async with tx.savepoint():
                await add(tx, "f")
            await fails(tx, "g")

        assert await names(tx) == ["a", "d", "f"]


async def test_the_outer_part_takes_the_inner_ones_with_it(store: Store) -> None:
    async with store.transaction() as tx:
        await add(tx, "a")
        with pytest.raises(Fault):
            await _fault_around_others(tx)

        await add(tx, "e")
        await fails(tx, "f")
        assert await names(tx) == ["a", "e"]

    async with store.transaction() as tx:
        assert await names(tx) == ["a", "e"]


async def _fault_around_others(tx: Transaction) -> None:
    async with tx.savepoint():
        async with tx.savepoint():
            async with tx.savepoint():
                await add(tx, "b")
            await add(tx, "c")
        async with tx.savepoint():
            await add(tx, "d")
        raise Fault


async def test_what_fails_in_all_parts_at_once_leaves_what_was_before(store: Store) -> None:
    async with store.transaction() as tx:
        await add(tx, "a")
        with pytest.raises(Fault):
            async with tx.savepoint(), tx.savepoint():
                await _fault(tx, "b")
        await add(tx, "b")

        assert await names(tx) == ["a", "b"]
