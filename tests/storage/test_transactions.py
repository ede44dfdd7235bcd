"""Transactions that something comes between: a commit that fails, another process that writes for long."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from storage import engine
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


async def names(store: Store) -> set[str]:
    async with store.reading() as tx:
        return set((await tx.connection.execute(_NAMES)).scalars())


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

    assert await names(store) == {"a", "b", "c", "d"}


async def test_while_another_process_writes_a_transaction_waits_and_nothing_else_does(store: Store) -> None:
    another = sqlite3.connect(store._file or "", isolation_level=None)
    another.execute("BEGIN IMMEDIATE")

    async def write() -> None:
        async with store.transaction() as tx:
            await add(tx, "a")

    writing = asyncio.create_task(write())
    assert await names(store) == set()
    assert not writing.done()
    another.execute("COMMIT")
    another.close()
    await writing

    assert await names(store) == {"a"}


async def test_a_file_that_another_process_never_gives_back_is_told_of(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_MS", 0)
    another = sqlite3.connect(store._file or "", isolation_level=None)
    another.execute("BEGIN IMMEDIATE")

    with pytest.raises(sqlite3.OperationalError, match="locked"):
        async with store.transaction() as tx:
            await add(tx, "a")

    another.close()
    assert await names(store) == set()
