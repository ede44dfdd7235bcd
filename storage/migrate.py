"""Brings the database to the tables of this version; runs by itself at every start.

Whether there is anything to do is seen without Alembic, which takes its time and memory to load.
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.tables import metadata

HERE = Path(__file__).parent / "migrations"

NONE = "none"
"""The version of a database without tables."""


class UnusableDatabase(Exception):
    """It cannot be opened, or a newer orderbot made its tables; the message says which."""


async def migrate(engine: AsyncEngine) -> bool:
    """Run what is missing, all of it or nothing; returns whether there was anything to do. Raises UnusableDatabase."""
    async with _opened(engine) as connection:
        return await connection.run_sync(_upgrade)


async def version(engine: AsyncEngine) -> tuple[str, str]:
    """Which migration the database has, and which this version wants. Raises UnusableDatabase."""
    async with _opened(engine) as connection:
        return await connection.run_sync(_has), _newest()


@asynccontextmanager
async def _opened(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A transaction; what keeps it from beginning is told in the driver's own words."""
    async with AsyncExitStack() as stack:
        try:
            connection = await stack.enter_async_context(engine.begin())
        except Exception as error:
            said = getattr(error, "orig", None) or error
            raise UnusableDatabase(f"the database cannot be opened: {said}") from error
        yield connection


def _has(connection: Connection) -> str:
    if not inspect(connection).has_table("alembic_version"):
        return NONE
    has = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none() or NONE
    if has != NONE and has > _newest():
        raise UnusableDatabase(f"a newer orderbot made the database: its version is {has}, and we know {_newest()}")
    return has


def _newest() -> str:
    """Migrations are numbered, in the names of their files as inside."""
    return max(path.stem.partition("_")[0] for path in (HERE / "versions").glob("[0-9]*.py"))


def _upgrade(connection: Connection) -> bool:
    if connection.dialect.name == "postgresql":
        # Two processes that start at once: the second waits and finds it done.
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7003)")
    if _has(connection) == _newest():
        return False
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    with EnvironmentContext(config, script, fn=lambda rev, _: script._upgrade_revs("heads", rev)) as environment:  # noqa: SLF001
        environment.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
        environment.run_migrations()
    return True
