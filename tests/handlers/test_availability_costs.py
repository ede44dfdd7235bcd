"""What is off the menu is known without asking the database once more for an ordinary order."""

import pytest

from tests.desk import DeskForTests
from tests.people import PEOPLE
from tests.servers import migrated

BEA = PEOPLE["bea"]


@pytest.fixture
async def asked(tmp_path):
    """A desk on SQLite, and every statement that its database is asked from now on."""
    desk = DeskForTests(url=migrated.sqlite_copy(tmp_path / "orderbot.db"))
    await desk.open()
    await desk.say(BEA, "a coke, pickup")
    statements: list[str] = []
    async with desk.store.transaction() as tx:
        raw = await tx.connection.get_raw_connection()
        raw.driver_connection.set_trace_callback(statements.append)
    yield desk, statements
    await desk.close()


def about(statements: list[str], table: str) -> int:
    return sum(f"FROM {table}" in one or f"INTO {table}" in one or f"UPDATE {table}" in one for one in statements)


async def test_an_order_reads_what_is_off_and_taken_with_the_facts_and_counts_no_days(asked):
    desk, statements = asked

    await desk.say(BEA, "and 2 margherita")
    await desk.press(BEA, "Place order")

    assert any("INSERT INTO order_events" in one for one in statements)
    looks = [one for one in statements for table in ("sold_out", "slots", "daily_counts") if f"FROM {table}" in one]
    assert looks
    assert all("FROM shop_facts" in one for one in looks)
    assert about([one for one in statements if one not in looks], "daily_counts") == 0
