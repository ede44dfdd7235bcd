"""What a commit that fails leaves behind: nothing, and a database that works on."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from storage.store import Store, Transaction
from storage.tables import counters, stock_accounts
from tests.servers import migrated

_ADD = insert(counters)
_NAMES = select(counters.c.name).where(counters.c.value == 1)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = Store(migrated.sqlite_copy(tmp_path / "orderbot.db"))
    yield store
    await store.close()


async def add(tx: Transaction, name: str) -> None:
    await tx.connection.execute(_ADD, {"name": name, "value": 1})


async def fail(store: Store) -> None:
    """As a disk does that is full: everything seems fine until the commit."""
    async with store.transaction() as tx:
        await tx.connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        await add(tx, "lost")
        await tx.connection.execute(insert(stock_accounts).values(article_id=999, bucket="shelf", quantity=1))


async def test_after_a_commit_that_failed_the_next_transaction_keeps_its_own_rows_alone(store: Store) -> None:
    for name in ("a", "b"):
        async with store.transaction() as tx:
            await add(tx, name)
    with pytest.raises(Exception, match="FOREIGN KEY constraint failed"):
        await fail(store)

    async with store.transaction() as tx:
        await add(tx, "c")
        # A statement that was never seen before takes the long way, through SQLAlchemy.
        await tx.connection.execute(text("INSERT INTO counters (name, value) VALUES ('d', 1)"))

    async with store.reading() as tx:
        assert set((await tx.connection.execute(_NAMES)).scalars()) == {"a", "b", "c", "d"}
