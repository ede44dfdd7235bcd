"""`orderbot erase`: shown first, done with --yes, and gone from the file, too."""

from pathlib import Path

import pytest

from tests.bot.cli.commands import execute, orderbot

CARL = "quibble@example.org"


@pytest.fixture
def carl(database: Path) -> Path:
    """A database in which somebody has written once."""
    execute(database, "INSERT INTO customers (id, created) VALUES (5, 0)")
    columns = "id, customer_id, channel, account, address, name, language"
    contact = (8, 5, "mail", "shop@example.org", CARL, "Carla Quibble", "en")
    execute(database, f"INSERT INTO contacts ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", *contact)  # noqa: S608
    columns = "id, channel, key, digest, lane, raw, received, state"
    # Long enough to leave pages of the file behind that nothing points to.
    mail = (1, "mail", "abc", "def", f"mail:{CARL}", b"From: Quibble\n" * 2000, 0, "handled")
    execute(database, f"INSERT INTO inbox ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", *mail)  # noqa: S608
    return database


def test_without_yes_it_is_only_shown_what_would_go(carl):
    said = orderbot("erase", CARL)

    assert said.code == 0
    assert f"Carla Quibble {CARL}\n     1 messages\n     1 chats\n" in said.out
    assert "nothing is erased yet" in said.out
    assert execute(carl, "SELECT name FROM contacts") == [("Carla Quibble",)]


def test_with_yes_nothing_of_it_is_in_the_file_any_more(carl):
    said = orderbot("erase", CARL.upper(), "--yes")

    assert said.code == 0
    assert "erased; orders, stock and money stand as they did" in said.out
    files = [path.read_bytes() for path in carl.parent.glob("orderbot.db*")]
    assert not any(b"uibble" in content for content in files)
    # Free pages are empty only where SQLite is built to make them so: here there are none.
    assert execute(carl, "PRAGMA freelist_count") == [(0,)]
    assert orderbot("audit").code == 0


def test_whoever_is_not_known_is_a_no_that_says_how_to_name_somebody(database):
    said = orderbot("erase", "nobody")

    assert said.code == 1
    assert "give a mail address, the number of a Telegram chat, or an order as #1001" in said.err


def test_an_order_under_way_is_named(carl):
    order = "number, contact_id, customer_id, channel, language, currency, state, version, fulfilment, created"
    values = (1001, 8, 5, "mail", "en", "EUR", "pending", 1, "planned", 0)
    execute(carl, f"INSERT INTO orders ({order}) VALUES ({', '.join('?' * len(values))})", *values)  # noqa: S608

    said = orderbot("erase", "#1001", "--yes")

    assert said.code == 1
    assert "still under way: #1001; bring them to an end in the staff's group, then erase" in said.err
