"""Changes from before the shop could propose any are their customers', with the fee of their order."""

from datetime import UTC, datetime

from sqlalchemy import text

from core.states import ChangeState
from storage.engine import open_engine
from storage.migrate import migrate
from storage.store import Store
from tests.storage.test_old_sold_out import upgrade_to

MADE = datetime(2026, 11, 20, tzinfo=UTC)
DETAILS = '{"wished":null,"address":"Lane 5","note":""}'

ROWS = (
    """
    INSERT INTO contacts (id, customer_id, channel, account, address, name, language)
    VALUES (1, 1, 'telegram', '7', '51', 'Bea', 'en')
    """,
    """
    INSERT INTO orders (id, number, contact_id, customer_id, channel, language, currency, state, version, fulfilment,
    created, fee) VALUES (5, 1001, 1, 1, 'telegram', 'en', 'EUR', 'pending', 2, 'planned', :at, 250)
    """,
    """
    INSERT INTO order_changes (id, order_id, seq, contact_id, state, version, lines_before, lines_after,
    details_before, details_after, total_before, total_after, words, unread, created)
    VALUES (3, 5, 1, 1, 'awaiting_staff', 1, '[]', '[]', :details, :details, 250, 250, 'a coke', '[]', :at)
    """,
)


async def test_an_older_databases_change_is_its_customers_and_still_waits(database_url):
    engine = open_engine(database_url)
    async with engine.begin() as connection:
        await connection.run_sync(upgrade_to, "0006")
        at = {"at": int(MADE.timestamp() * 1_000_000), "details": DETAILS}
        await connection.execute(text("INSERT INTO customers (id, created) VALUES (1, :at)"), at)
        for statement in ROWS:
            await connection.execute(text(statement), at)
    await migrate(engine)
    await engine.dispose()

    store = Store(database_url)
    async with store.reading() as tx:
        change = await tx.changes.get(3)
        waits = await tx.changes.waits(5)
    await store.close()

    assert (change.by_shop, change.was.fee, change.details.fee, change.total) == (False, 250, 250, 250)
    assert waits is ChangeState.AWAITING_STAFF
