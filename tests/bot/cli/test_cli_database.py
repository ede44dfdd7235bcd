"""`orderbot audit`, `replay` and `migrate`, and what they say where there is no database to work with."""

import pytest

from tests.bot.cli.commands import BY_MAIL, execute, orderbot


def dead_message(database, number):
    columns = "id, channel, key, digest, lane, raw, received, state, attempts, error"
    values = (number, "telegram", str(number), "", "bea", b"{}", 0, "dead", 5, "KeyError: coke")
    execute(database, f"INSERT INTO inbox ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", *values)  # noqa: S608


def state_of(database, number):
    return execute(database, "SELECT state, attempts FROM inbox WHERE id = ?", number)[0]


def test_an_audit_of_books_in_order_is_a_yes(migrated_url):
    said = orderbot("audit", env={"ORDERBOT_DATABASE": migrated_url})

    assert (said.code, said.out) == (0, "the books are in order\n")


def test_an_audit_names_what_is_broken_and_is_a_no(database):
    execute(
        database,
        "INSERT INTO payments (order_id, method, amount, currency, state, at) VALUES (1, '', 5, '', 'captured', 0)",
    )

    said = orderbot("audit", "--json")

    assert said.code == 1
    assert said.objects == [
        {"rule": "payments are posted", "document": "payment 1", "what": "5 were taken, 0 are in the till's account"}
    ]
    assert "payment 1: 5 were taken" in orderbot("audit").out


def test_without_a_database_the_answer_is_no_and_none_is_made(place):
    said = orderbot("audit")

    assert said.code == 1
    assert "there is no database orderbot.db yet" in said.err
    assert not (place / "orderbot.db").exists()


def test_a_file_that_is_no_database_is_told(place):
    (place / "orderbot.db").write_bytes(b"a letter to Carl " * 100)

    said = orderbot("audit")

    assert said.code == 1
    assert said.err == "the database cannot be opened: file is not a database\n`orderbot check` looks closer\n"


@pytest.mark.parametrize("command", [["run"], ["migrate"], ["audit"]])
def test_a_database_that_a_newer_version_made_is_left_alone(database, command):
    execute(database, "UPDATE alembic_version SET version_num = '9999'")

    said = orderbot(*command, env=BY_MAIL)

    assert said.code == 1
    assert "a newer orderbot made the database: its version is 9999, and we know " in said.err


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("sqlite:///nowhere/orderbot.db", "No such file"),
        ("postgresql://shop:open-sesame@127.0.0.1:9/shop", "Connect call failed"),
    ],
)
def test_run_says_in_a_line_why_there_is_no_database_and_may_be_tried_again(place, address, why):
    said = orderbot("run", env=BY_MAIL | {"ORDERBOT_DATABASE": address})

    assert said.code == 1
    told, cure = said.err.splitlines()
    assert told.startswith("the database cannot be opened: ")
    assert why in told
    assert "open-sesame" not in told
    assert cure == "`orderbot check` looks closer"


def test_replay_lists_what_rests(database):
    dead_message(database, 7)

    assert orderbot("replay").out == "7  telegram  KeyError: coke\n"
    assert orderbot("replay", "--json").objects == [{"id": 7, "channel": "telegram", "error": "KeyError: coke"}]


def test_a_message_that_is_replayed_waits_again_with_all_its_tries(database):
    dead_message(database, 7)
    dead_message(database, 8)

    said = orderbot("replay", "7")

    assert (said.code, said.out) == (0, "message 7 waits again\n")
    assert state_of(database, 7) == ("received", 0)
    assert state_of(database, 8) == ("dead", 5)


def test_all_that_rest_are_replayed_at_once(database):
    dead_message(database, 7)
    dead_message(database, 8)

    assert orderbot("replay", "--all").out == "2 messages wait again\n"
    assert {state_of(database, 7), state_of(database, 8)} == {("received", 0)}


def test_a_message_that_does_not_rest_is_not_replayed(database):
    said = orderbot("replay", "7")

    assert said.code == 1
    assert "message 7 does not rest" in said.err


def test_one_message_and_all_of_them_is_wrong_use(database):
    assert orderbot("replay", "7", "--all").code == 2


def test_migrate_makes_the_tables_once(place):
    first, second = orderbot("migrate"), orderbot("migrate")

    assert (first.code, second.code) == (0, 0)
    assert first.out.endswith(" now\n")
    assert second.out.endswith(" already\n")
    assert orderbot("audit").code == 0


def test_a_database_of_another_version_is_told_with_its_cure(database):
    execute(database, "UPDATE alembic_version SET version_num = '0000'")

    said = orderbot("audit")

    assert said.code == 1
    assert "`orderbot migrate`" in said.err
