"""Drafts from before there were reminders are looked after, too."""

from datetime import UTC, datetime

from sqlalchemy import text

from storage.engine import open_engine
from storage.migrate import migrate
from storage.store import Store
from tests.storage.test_old_sold_out import upgrade_to

MADE = datetime(2026, 11, 20, tzinfo=UTC)


async def test_an_older_databases_drafts_get_their_timer(database_url):
    engine = open_engine(database_url)
    async with engine.begin() as connection:
        await connection.run_sync(upgrade_to, "0004")
        at = {"at": int(MADE.timestamp() * 1_000_000)}
        await connection.execute(text("INSERT INTO customers (id, created) VALUES (1, :at)"), at)
        await connection.execute(
            text(
                "INSERT INTO contacts (id, customer_id, channel, account, address, name, language)"
                " VALUES (1, 1, 'telegram', '7', '51', 'Bea', 'en')"
            )
        )
        draft = (
            "INSERT INTO orders (id, contact_id, customer_id, channel, language, currency, state, version, fulfilment,"
            " created) VALUES ({0}, 1, 1, 'telegram', 'en', 'EUR', '{1}', 0, 'planned', :at)"
        )
        await connection.execute(text(draft.format(5, "draft")), at)
        await connection.execute(text(draft.format(6, "cancelled")), at)
    await migrate(engine)
    await engine.dispose()

    store = Store(database_url)
    async with store.transaction() as tx:
        (timer,) = await tx.timers.take_due(MADE)
        assert await tx.customers.wants_reminders(1)
    await store.close()

    assert (timer.job, timer.subject, timer.due) == ("draft_over", "5", MADE)
