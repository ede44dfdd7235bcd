"""What was sold out before there were categories and options is so after the upgrade."""

from datetime import UTC, datetime

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from storage.engine import open_engine
from storage.migrate import HERE, migrate
from storage.store import Store
from storage.tables import metadata

UNTIL = datetime(2026, 11, 21, tzinfo=UTC)


def upgrade_to(connection, revision):
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    with EnvironmentContext(config, script, fn=lambda rev, _: script._upgrade_revs(revision, rev)) as environment:
        environment.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
        environment.run_migrations()


async def test_an_older_database_keeps_what_is_sold_out(database_url):
    engine = open_engine(database_url)
    async with engine.begin() as connection:
        await connection.run_sync(upgrade_to, "0003")
        row = {"until": int(UNTIL.timestamp() * 1_000_000)}
        await connection.execute(text("INSERT INTO sold_out (sku, until) VALUES ('salmon', :until)"), row)
    await migrate(engine)
    await engine.dispose()

    store = Store(database_url)
    async with store.reading() as tx:
        (off,) = await tx.sold_out.all(UNTIL.replace(day=20))
        standing = await tx.standing(slots_since=None, days_since=None)
    await store.close()

    assert (off.sku, off.category, off.value, off.until) == ("salmon", "", "", UNTIL)
    assert standing.sold_out == (off,)
