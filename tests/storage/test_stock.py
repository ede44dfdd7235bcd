"""The stock ledger under two who move the same goods in opposite directions."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from core.documents import Bucket, Move
from core.errors import OutOfStock
from storage.store import Store

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SKUS = ("coke", "pizza")


@pytest.fixture
async def store(migrated_url: str) -> AsyncIterator[Store]:
    store = Store(migrated_url)
    async with store.transaction() as tx:
        await tx.articles.learn(tx.connection, SKUS)
        for sku in SKUS:
            await tx.stock.open_accounts(sku)
            for bucket in (Bucket.SHELF, Bucket.HELD):
                await tx.stock.post((Move(sku, 100, Bucket.SUPPLIER, bucket, "opening"),), at=NOON)
    yield store
    await store.close()


async def move(store: Store, giver: str, taker: str, *, coke: int = 1, pizza: int = 1) -> None:
    moves = [Move(sku, quantity, giver, taker, "test") for sku, quantity in (("coke", coke), ("pizza", pizza))]
    async with store.transaction() as tx:
        await tx.stock.post(moves, at=NOON)


async def test_placing_and_rejecting_at_the_same_moment_never_wait_for_each_other(store: Store) -> None:
    for _ in range(20):
        await asyncio.gather(move(store, Bucket.SHELF, Bucket.HELD), move(store, Bucket.HELD, Bucket.SHELF))

    async with store.reading() as tx:
        assert [(one.shelf, one.held) for one in await tx.stock.balances()] == [(100, 100)] * 2


async def test_more_than_is_there_moves_nothing_at_all(store: Store) -> None:
    with pytest.raises(OutOfStock) as refused:
        await move(store, Bucket.SHELF, Bucket.HELD, coke=5, pizza=101)

    assert (refused.value.sku, refused.value.left) == ("pizza", 100)
    async with store.reading() as tx:
        assert [(one.shelf, one.held) for one in await tx.stock.balances()] == [(100, 100)] * 2
