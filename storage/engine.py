"""How the database is opened: SQLite inline and durable, PostgreSQL by asyncpg.

SQLite's own calls take microseconds; a hop to a helper thread and a turn of the
loop takes a hundred times as long, and starves while the loop renders letters.
So an aiosqlite connection here executes in the loop's own thread (docs/database.md
has the figures). SQLAlchemy and everything above it stay as they are.
"""

import asyncio
import os
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import aiosqlite
from sqlalchemy import event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

BUSY_MS = 10_000
"""How long another process (a backup, an audit) may hold the file before we give up, milliseconds."""


class InlineConnection(aiosqlite.Connection):
    """An aiosqlite connection without its thread: what would be queued is executed at once."""

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if self._connection is None:
            message = "Connection closed"
            raise ValueError(message)
        return fn(*args, **kwargs)

    async def _connect(self) -> "InlineConnection":
        if self._connection is None:
            self._connection = self._connector()
        return self

    def __await__(self) -> Any:
        return self._connect().__await__()

    async def close(self) -> None:
        self.stop()

    def stop(self) -> asyncio.Future[Any] | None:
        self._running = False
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        return None


def _open_file(path: str) -> sqlite3.Connection:
    # isolation_level=None: we say BEGIN IMMEDIATE ourselves. Deferred transactions that
    # read first and write later fail at once when another process wrote in between.
    connection = sqlite3.connect(path, isolation_level=None, cached_statements=512, check_same_thread=False)
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        f"busy_timeout = {BUSY_MS}",
        "foreign_keys = ON",
        "wal_autocheckpoint = 4000",
        "cache_size = -32768",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _sqlite(url: URL, *, inline: bool) -> AsyncEngine:
    path = url.database or ":memory:"
    if path != ":memory:" and not Path(path).exists():
        # Orders are private: the file is the owner's alone from its first byte.
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))

    async def connect(*_: Any, **__: Any) -> aiosqlite.Connection:
        kind = InlineConnection if inline else aiosqlite.Connection
        connection = kind(partial(_open_file, path), iter_chunk_size=64)
        connection._thread.daemon = True  # noqa: SLF001  # aiosqlite has no public way to say it
        return await connection

    engine = create_async_engine(
        "sqlite+aiosqlite://", async_creator=connect, poolclass=AsyncAdaptedQueuePool, pool_size=1, max_overflow=4
    )

    @event.listens_for(engine.sync_engine, "begin")
    def begin_immediate(connection: Any) -> None:
        # A reader does not take the one place of the writer.
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def open_engine(database: str, *, inline: bool = True) -> AsyncEngine:
    """An engine for "sqlite:///file.db" or "postgresql://user:password@host/db"."""
    url = make_url(database)
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, inline=inline)
    return create_async_engine(url.set(drivername="postgresql+asyncpg"), pool_size=8, max_overflow=4, pool_pre_ping=True)
