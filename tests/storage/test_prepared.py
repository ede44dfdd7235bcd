"""Statements that are known already: what they bring, and what becomes of those that fail."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from storage.store import Store, Transaction
from storage.tables import counters

_ADD = insert(counters)
_ALL = select(counters.c.name, counters.c.value).where(counters.c.value >= 10).order_by(counters.c.name)


@pytest.fixture
async def store(migrated_url: str) -> AsyncIterator[Store]:
    store = Store(migrated_url)
    yield store
    await store.close()


async def add(tx: Transaction, **values: int) -> None:
    await tx.connection.execute(_ADD, [{"name": name, "value": value} for name, value in values.items()])


async def kept(tx: Transaction) -> list[tuple[str, int]]:
    return [(row.name, row.value) for row in (await tx.connection.execute(_ALL)).all()]


async def test_several_rows_are_written_in_one_call_as_one_by_one(store: Store) -> None:
    async with store.transaction() as tx:
        await add(tx, a=10)
        await add(tx, b=11, c=12, d=13)
        await add(tx, e=14)

        assert await kept(tx) == [("a", 10), ("b", 11), ("c", 12), ("d", 13), ("e", 14)]
        assert await kept(tx) == [("a", 10), ("b", 11), ("c", 12), ("d", 13), ("e", 14)]


@pytest.mark.parametrize("name", ["a", "d"])
async def test_one_of_several_rows_that_cannot_be_written_undoes_all_of_them(store: Store, name: str) -> None:
    async with store.transaction() as tx:
        await add(tx, a=10)
        await add(tx, d=13)
        rows = [{"name": one, "value": 20} for one in ("b", name, "c")]
        with pytest.raises(IntegrityError):
            async with tx.savepoint():
                await tx.connection.execute(_ADD, rows)

        assert await kept(tx) == [("a", 10), ("d", 13)]
        await add(tx, b=11, c=12)
        assert len(await kept(tx)) == 4
