"""How the database is opened: SQLite inline and durable, PostgreSQL by asyncpg.

SQLite's own calls take microseconds; a hop to a helper thread and a turn of the
loop takes a hundred times as long, and starves while the loop renders letters.
So what is handled is executed in the loop's own thread, at once
(docs/performance.md has the figures). Who only looks, at the health page or for
a report, does so through aiosqlite, in a thread of its own: a long look keeps
no message waiting. What stands above is the same for all.
"""

import asyncio
import os
import sqlite3
import time
from collections.abc import Awaitable, Callable
from functools import partial
from operator import length_hint
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, event, make_url
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, NullPool

from core.people import ActorKind, Channel, Trust
from core.states import Act, FulfilmentState, Kind, OrderState, ReservationState
from storage.prepared import NO_ROWS, Prepared, Preparer, Rows

BUSY_MS = 10_000
"""How long another process (a backup, an audit) may hold the file before we give up, milliseconds."""
LOOK_AGAIN_SECONDS = 0.02
CONNECT_SECONDS = 10
ANSWER_SECONDS = 120
"""Of PostgreSQL to one statement: an audit of large books or a migration may take its time."""
BEGIN = "BEGIN IMMEDIATE"
"""Deferred transactions that read first and write later fail at once when another process wrote in between."""


class InlineDialect(SQLiteDialect_pysqlite):
    """Python's own sqlite3 behind SQLAlchemy's async engine."""

    driver = "inline"
    is_async = True
    supports_statement_cache = True


registry.register("sqlite.inline", __name__, InlineDialect.__name__)

PREPARER = Preparer(InlineDialect(dbapi=sqlite3))
"""One for all files that this process opens: a statement's SQL is the same for each."""
NOTHING: dict[Any, Any] = {}

# sqlite3 looks for an adapter of all that is no plain number, text or bytes. Not to find one took longer than to keep
# the value.
sqlite3.register_adapter(type(None), NOTHING.get)
for words in (Act, ActorKind, Channel, FulfilmentState, Kind, OrderState, ReservationState, Trust):
    sqlite3.register_adapter(words, str.__str__)


class InlineConnection(AsyncConnection):
    """Awaiting a statement executes it: nothing is handed to another thread or greenlet."""

    _file: sqlite3.Connection | None = None

    async def execute(self, statement: Any, parameters: Any = None, *, execution_options: Any = None) -> Any:
        # One piece: every statement of every message comes through here.
        many = parameters and type(parameters) is list
        row = parameters[0] if many else parameters or NOTHING
        prepared = PREPARER.get(statement, row)
        file = self._file or self._driver()
        if not file.in_transaction:
            await _begin_when_free(file)
        if prepared is None or execution_options is not None:
            return self._proxied.execute(statement, parameters, execution_options=execution_options)
        if many and len(parameters) > 1:
            return self._execute_all(prepared, file, statement, parameters)
        try:
            return prepared.run(file, row)
        except sqlite3.Error:
            # It changed nothing. Once more, for an error as everybody else's.
            return self._proxied.execute(statement, row)

    def _execute_all(
        self, prepared: Prepared, file: sqlite3.Connection, statement: Any, rows: list[dict[str, Any]]
    ) -> Any:
        """One after the other, in one call of the driver."""
        left = iter([prepared.given(row) for row in rows])
        try:
            return Rows(NO_ROWS, file.executemany(prepared.sql, left).rowcount)
        except sqlite3.Error:
            # As above, from the one that failed.
            return self._proxied.execute(statement, rows[-1 - length_hint(left) :])

    def _driver(self) -> sqlite3.Connection:
        if self._file is None:
            self._file = cast("sqlite3.Connection", self._proxied.connection.dbapi_connection)
        return self._file

    async def exec_driver_sql(self, statement: str, parameters: Any = None, execution_options: Any = None) -> Any:
        return self._proxied.exec_driver_sql(statement, parameters, execution_options)

    async def say(self, statement: str) -> None:
        """SQL without values and rows, straight to the driver."""
        file = self._file or self._driver()
        if not file.in_transaction:
            await _begin_when_free(file)
        file.execute(statement)

    @property
    def rows_changed(self) -> int:
        """Since it was opened, those included that were undone since."""
        return self._driver().total_changes

    async def commit(self) -> None:
        # SQLAlchemy takes part only where it executed something itself.
        if self._proxied.in_transaction():
            self._proxied.commit()
        elif self._driver().in_transaction:
            # The driver's own way prepares the statement anew each time.
            self._driver().execute("COMMIT")

    async def rollback(self) -> None:
        # Also where SQLAlchemy's part has failed and is no transaction any more: it stands in the way until it is told.
        self._proxied.rollback()
        self._driver().rollback()


async def _begin_when_free(file: sqlite3.Connection) -> None:
    """Waits while another process writes. Not by SQLite's own waiting, in which the whole loop would stand still."""
    give_up = time.monotonic() + BUSY_MS / 1000
    while True:
        try:
            file.execute(BEGIN)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
        else:
            return


def plain_sql(connection: AsyncConnection) -> Callable[[str], Awaitable[object]]:
    """What says SQL without values and rows, in the shortest way that this connection has."""
    return connection.say if isinstance(connection, InlineConnection) else connection.exec_driver_sql


def rows_changed(connection: AsyncConnection) -> int | None:
    """How many rows this connection has changed so far; None where that is not known."""
    return connection.rows_changed if isinstance(connection, InlineConnection) else None


class InlineEngine(AsyncEngine):
    """An async engine of such connections."""

    _connection_cls = InlineConnection


def _open_file(path: str) -> sqlite3.Connection:
    # isolation_level=None: we say BEGIN ourselves.
    connection = sqlite3.connect(path, isolation_level=None, cached_statements=512, check_same_thread=False)
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        f"busy_timeout = {BUSY_MS}",
        "foreign_keys = ON",
        # Each savepoint keeps the pages that change after it: some 150 KB an order, which would go through a file.
        "temp_store = MEMORY",
        "wal_autocheckpoint = 4000",
        "cache_size = -32768",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _open_inline(path: str) -> sqlite3.Connection:
    if path != ":memory:" and not Path(path).exists():
        # Orders are private: the file is the owner's alone from its first byte.
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    connection = _open_file(path)
    connection.execute("PRAGMA busy_timeout = 0")
    return connection


def _sqlite(url: URL) -> AsyncEngine:
    made = create_async_engine(
        "sqlite+inline://",
        creator=partial(_open_inline, url.database or ":memory:"),
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1,
        max_overflow=4,
        # What people wrote must not reach the log by way of an error.
        hide_parameters=True,
    )
    event.listen(made.sync_engine, "begin", _begin)
    return InlineEngine(made.sync_engine)


def _begin(connection: Connection) -> None:
    """What SQLAlchemy itself begins, at the start and in commands: no loop waits then, so SQLite may."""
    file = cast("sqlite3.Connection", connection.connection.dbapi_connection)
    if file.in_transaction:
        return
    file.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    try:
        file.execute(BEGIN)
    finally:
        file.execute("PRAGMA busy_timeout = 0")


def compact(path: str) -> bool:
    """Write the file anew without its free pages, and empty its log; False while somebody else keeps it busy."""
    connection = _open_file(path)
    try:
        connection.execute("VACUUM")
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError:
        return False
    finally:
        connection.close()
    return not busy


def open_readers(database: str) -> AsyncEngine:
    """For SQLite: short-lived connections that can only look, and see one state of things from begin to end."""
    made = create_async_engine(
        make_url(database).set(drivername="sqlite+aiosqlite"),
        connect_args={"isolation_level": None},
        poolclass=NullPool,
        hide_parameters=True,
    )

    def prepare(connection: DBAPIConnection, _: object) -> None:
        cursor = connection.cursor()
        for pragma in ("query_only = ON", f"busy_timeout = {BUSY_MS}"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    event.listen(made.sync_engine, "connect", prepare)
    event.listen(made.sync_engine, "begin", begin)
    return made


def file_of(database: str) -> str | None:
    """The file of an SQLite database; None for any other."""
    url = make_url(database)
    return url.database if url.get_backend_name() == "sqlite" else None


def open_engine(database: str) -> AsyncEngine:
    """An engine for "sqlite:///file.db" or "postgresql://user:password@host/db"."""
    url = make_url(database)
    if url.get_backend_name() == "sqlite":
        return _sqlite(url)
    return create_async_engine(
        url.set(drivername="postgresql+asyncpg"),
        # A server that falls silent instead of hanging up would be waited for for ever.
        connect_args={"timeout": CONNECT_SECONDS, "command_timeout": ANSWER_SECONDS},
        pool_size=8,
        max_overflow=4,
        pool_pre_ping=True,
        hide_parameters=True,
    )
