"""Brings the database to the tables of this version; runs by itself at every start."""

from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.tables import metadata

HERE = Path(__file__).parent / "migrations"


def _script() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)


async def migrate(engine: AsyncEngine) -> bool:
    """Run what is missing, all of it or nothing; returns whether there was anything to do."""
    async with engine.begin() as connection:
        return await connection.run_sync(_upgrade)


def _upgrade(connection: Connection) -> bool:
    script = _script()
    if connection.dialect.name == "postgresql":
        # Two processes that start at once: the second waits and finds it done.
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7003)")
    now = MigrationContext.configure(connection).get_current_heads()
    if set(now) == set(script.get_heads()):
        return False
    config = Config()
    with EnvironmentContext(config, script, fn=lambda rev, _: script._upgrade_revs("heads", rev)) as environment:  # noqa: SLF001
        environment.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
        environment.run_migrations()
    return True


async def version(engine: AsyncEngine) -> tuple[str, str]:
    """Which migration the database has, and which this version wants."""
    async with engine.connect() as connection:
        has = await connection.run_sync(lambda c: MigrationContext.configure(c).get_current_heads())
    return ",".join(has) or "none", ",".join(_script().get_heads())
