"""States are compared with the words that they may be, without a table of them for each row that is written."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from storage.engine import open_engine
from storage.migrate import migrate
from tests.storage.test_old_sold_out import upgrade_to

CONTACT = """
    INSERT INTO contacts (id, customer_id, channel, account, address, name, language)
    VALUES (:id, 1, :channel, '7', :address, 'Bea', 'en')
"""
TABLES = "SELECT sql FROM sqlite_master WHERE type = 'table' AND sql LIKE '% IN (%'"


async def test_an_older_databases_rows_stay_and_unknown_words_are_refused_as_before(database_url):
    engine = open_engine(database_url)
    async with engine.begin() as connection:
        await connection.run_sync(upgrade_to, "0007")
        await connection.execute(text("INSERT INTO customers (id, created) VALUES (1, 0)"))
        await connection.execute(text(CONTACT), {"id": 1, "channel": "mail", "address": "bea@x.example"})
    assert await migrate(engine)

    async with engine.connect() as connection:
        rows = (await connection.execute(text("SELECT id, channel FROM contacts"))).all()
    assert [tuple(row) for row in rows] == [(1, "mail")]

    async with engine.begin() as connection:
        await connection.execute(text(CONTACT), {"id": 2, "channel": "telegram", "address": "51"})
    with pytest.raises(IntegrityError, match="channel_known"):
        async with engine.begin() as connection:
            await connection.execute(text(CONTACT), {"id": 3, "channel": "fax", "address": "52"})
    await engine.dispose()


@pytest.mark.parametrize("table", ["orders", "order_events", "stock_moves", "reservations", "letters", "inbox"])
async def test_sqlite_makes_no_table_to_write_a_row(tmp_path, table):
    engine = open_engine(f"sqlite:///{tmp_path / 'orderbot.db'}")
    await migrate(engine)
    async with engine.connect() as connection:
        assert (await connection.exec_driver_sql(TABLES)).all() == []
        assert (await connection.exec_driver_sql("PRAGMA integrity_check")).scalar_one() == "ok"
        steps = (await connection.exec_driver_sql(f"EXPLAIN INSERT INTO {table} (id) VALUES (1)")).all()  # noqa: S608  # of the list above
    await engine.dispose()

    assert not [step for step in steps if step.opcode == "OpenEphemeral"]
