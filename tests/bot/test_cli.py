"""The commands: what they print, and with what they end."""

import os
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from bot.cli import app
from tests.bot.commands import orderbot
from tests.servers import migrated

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples/trattoria.yaml"
BY_MAIL = {
    "ORDERBOT_IMAP_HOST": "localhost",
    "ORDERBOT_IMAP_USER": "bea",
    "ORDERBOT_IMAP_PASSWORD": "open-sesame",
    "ORDERBOT_SMTP_HOST": "localhost",
    "ORDERBOT_MAIL_FROM": "bea@shop.example",
}


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    """A directory with a shop file, and nothing set."""
    for name in [name for name in os.environ if name.startswith("ORDERBOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    shutil.copy(EXAMPLE, tmp_path / "shop.yaml")
    return tmp_path


@pytest.fixture
def database(place):
    """The file of a database with its tables."""
    migrated.sqlite_copy(place / "orderbot.db")
    return place / "orderbot.db"


def execute(database, statement, *values):
    with closing(sqlite3.connect(database)) as connection, connection:
        return connection.execute(statement, values).fetchall()


def dead_message(database, number):
    columns = "id, channel, key, digest, lane, raw, received, state, attempts, error"
    values = (number, "telegram", str(number), "", "bea", b"{}", 0, "dead", 5, "KeyError: coke")
    execute(database, f"INSERT INTO inbox ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", *values)  # noqa: S608


def state_of(database, number):
    return execute(database, "SELECT state, attempts FROM inbox WHERE id = ?", number)[0]


# --- all of them


def commands(group=None, before=()):
    """The name of every command, those of groups with the group's."""
    for name, command in (group or get_command(app)).commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*before, name))
        else:
            yield " ".join((*before, name))


def test_every_command_is_documented_and_no_other():
    headings = re.findall(r"^## `orderbot ([a-z ]+)`", (ROOT / "docs/commands.md").read_text(), re.MULTILINE)

    assert sorted(headings) == sorted(commands())


def test_every_option_is_documented():
    text = (ROOT / "docs/commands.md").read_text()
    sections = dict(re.findall(r"^## `orderbot ([a-z ]+)`\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))

    for name in commands():
        command: Any = get_command(app)
        for word in name.split():
            command = command.commands[word]
        options = {option for parameter in command.params for option in parameter.opts if option.startswith("--")}
        assert set(re.findall(r"`(--[a-z]+)", sections[name])) == options - {"--help"}, name


def test_every_command_has_a_test():
    tests = "".join(path.read_text() for path in Path(__file__).parent.glob("test_cli*.py"))

    def call_of(name):
        return 'orderbot("' + '", "'.join(name.split()) + '"'

    assert [name for name in commands() if call_of(name) not in tests] == []


@pytest.mark.parametrize("name", list(commands()))
def test_every_command_says_what_it_is_for(name):
    said = orderbot(*name.split(), "--help")

    assert said.code == 0
    assert f"orderbot {name}" in said.out


def test_an_unknown_command_is_wrong_use():
    assert orderbot("brew").code == 2


@pytest.mark.parametrize("name", ["audit", "check", "migrate"])
def test_settings_with_faults_are_told_all_at_once(name):
    said = orderbot(name, env={"ORDERBOT_LISTEN": "here", "ORDERBOT_DATABASE": "mysql://there"})

    assert said.code == (1 if name == "check" else 2)
    assert "ORDERBOT_LISTEN" in said.out + said.err
    assert "ORDERBOT_DATABASE" in said.out + said.err


def modules_after(*arguments):
    """What is loaded when a command has run."""
    code = f"import sys; sys.argv[1:] = {list(arguments)}\ntry:\n from bot.cli import main; main()\n"
    code += "finally:\n print(*sys.modules, file=sys.stderr)"
    program = [sys.executable, "-c", code]
    done = subprocess.run(program, cwd=ROOT, input="a coke\n", capture_output=True, text=True, check=False)
    return set(done.stderr.split())


def test_the_reader_loads_neither_the_channels_nor_the_database():
    loaded = modules_after("read", "--shop", str(EXAMPLE))

    assert "handlers.reading.order_text" in loaded
    assert not loaded & {"telegram", "sqlalchemy", "jinja2", "aioimaplib", "uvicorn", "structlog"}


def test_whoever_starts_a_command_loads_no_other():
    loaded = modules_after("run")

    assert "bot.settings" in loaded
    assert not loaded & {"bot.doctor", "bot.sandbox", "bot.cli_menu", "rich"}


def test_ctrl_c_is_quiet():
    program = [sys.executable, "-c", "from bot.cli import main; main()", "read", "--shop", str(EXAMPLE)]
    with subprocess.Popen(program, cwd=ROOT, stdin=-1, stdout=-1, stderr=-1) as reader:
        reader.stdin.write(b"a coke\n")
        reader.stdin.flush()
        answer = reader.stdout.readline()
        reader.send_signal(2)
        _, errors = reader.communicate(timeout=60)

    assert b'"coke"' in answer
    assert (errors, reader.returncode) == (b"", 130)


def test_what_is_written_is_its_owners_alone(place):
    program = [sys.executable, "-c", "from bot.cli import main; main()", "migrate"]
    subprocess.run(program, cwd=place, check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)})

    assert stat.S_IMODE((place / "orderbot.db").stat().st_mode) == 0o600


# --- run, demo, bench


def test_run_without_a_channel_tells_what_is_missing():
    said = orderbot("run")

    assert said.code == 2
    assert "ORDERBOT_TELEGRAM_TOKEN is missing" in said.err


def test_run_with_a_faulty_shop_file_tells_each_fault_and_wants_a_person(place):
    (place / "shop.yaml").write_text("shop: {name: Bea}\n")

    said = orderbot("run", env=BY_MAIL)

    assert said.code == 2
    assert said.err.count("shop.yaml: line") == 3


def test_demo_wants_a_port_that_exists():
    assert orderbot("demo", "--port", "99999").code == 2


def test_what_cannot_be_measured_is_wrong_use():
    assert orderbot("bench", "tea").code == 2


# --- audit, replay, migrate


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
    assert "the database cannot be opened" in said.err


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


# --- check


def test_check_ends_with_no_where_something_is_bad(database):
    database.chmod(0o644)

    said = orderbot("check", "--json")

    assert said.code == 1
    assert {
        "level": "bad",
        "what": "others on this machine can read orderbot.db",
        "cure": "chmod 600 orderbot.db",
    } in said.objects
    assert "→ chmod 600 orderbot.db" in orderbot("check").out


# --- menu


def new_file(place, old, new):
    text = EXAMPLE.read_text()
    assert old in text
    (place / "new.yaml").write_text(text.replace(old, new))


def test_what_was_applied_comes_back_byte_for_byte(database, place):
    assert orderbot("menu", "apply").code == 0

    assert orderbot("menu", "export").raw == EXAMPLE.read_bytes()


def test_before_anything_was_applied_there_is_nothing_to_export(database):
    said = orderbot("menu", "export")

    assert said.code == 1
    assert "`orderbot menu apply` keeps one" in said.err


def test_opening_stock_is_booked_once_per_product(database, place):
    orderbot("menu", "apply")
    new_file(place, "stock: 48", "stock: 500")
    first = execute(database, "SELECT sum(quantity), count(*) FROM stock_moves")

    orderbot("menu", "apply", "new.yaml")

    assert first[0][1] > 0
    assert execute(database, "SELECT sum(quantity), count(*) FROM stock_moves") == first
    assert orderbot("audit").code == 0


def test_a_file_that_was_applied_already_is_not_kept_twice(database):
    orderbot("menu", "apply")

    assert orderbot("menu", "apply").out == "nothing new\n"
    assert execute(database, "SELECT count(*) FROM shop_files") == [(1,)]


def test_a_new_price_is_shown_before_it_is_applied(database, place):
    orderbot("menu", "apply")
    new_file(
        place, '[cola, coca-cola, coca cola]\n    price: "2.50"', '[cola, coca-cola, coca cola]\n    price: "3.10"'
    )

    assert [line["after"] for line in orderbot("menu", "diff", "new.yaml", "--json").objects] == ["3.10"]
    assert "2.50 → 3.10" in orderbot("menu", "diff", "new.yaml").out
    assert "2.50 → 3.10" in orderbot("menu", "apply", "new.yaml").out
    assert orderbot("menu", "diff", "new.yaml").out == "nothing new\n"


def test_of_a_faulty_file_nothing_is_applied_and_each_fault_told(database, place):
    orderbot("menu", "apply")
    text = EXAMPLE.read_text().replace("currency: EUR", "currency: EURO").replace("hours:", "hrs:")
    (place / "new.yaml").write_text(text)

    said = orderbot("menu", "apply", "new.yaml")

    assert said.code == 1
    assert said.err.count("new.yaml: line") == 2
    assert orderbot("menu", "export").raw == EXAMPLE.read_bytes()


def test_a_file_that_is_not_there_is_told(database):
    said = orderbot("menu", "diff", "gone.yaml")

    assert said.code == 1
    assert "gone.yaml cannot be read" in said.err


# --- preview


def test_a_preview_shows_a_notice_in_the_language_asked_for():
    assert "[#1001-K7QM]" in orderbot("preview", "order_accepted").out
    assert "angenommen" in orderbot("preview", "order_accepted", "--language", "de").out


def test_the_staffs_notices_can_be_previewed_in_any_language_too():
    english, german = (orderbot("preview", "staff_reminder", "--language", code).out for code in ("en", "de"))

    assert english != german


def test_a_preview_can_be_of_one_channel_alone():
    assert [said["channel"] for said in orderbot("preview", "order_ready", "--json").objects] == ["mail", "telegram"]
    (said,) = orderbot("preview", "order_ready", "--channel", "telegram", "--json").objects
    assert (said["channel"], said["subject"]) == ("telegram", "")


def test_the_owners_own_texts_are_previewed(place):
    (place / "texts/en").mkdir(parents=True)
    (place / "texts/en/order_ready.txt").write_text("Come and get it, {{ order.number }}!")

    assert "Come and get it, 1001!" in orderbot("preview", "order_ready", "--channel", "mail").out


def test_without_a_name_all_notices_are_listed():
    names = orderbot("preview").out.splitlines()

    assert {"order_accepted", "staff_card", "refused_out_of_stock"} <= set(names)


def test_a_notice_that_is_not_there_is_wrong_use_with_a_hint():
    said = orderbot("preview", "order_acepted")

    assert said.code == 2
    assert "order_accepted" in said.err


def test_a_channel_that_a_notice_does_not_have_is_wrong_use():
    said = orderbot("preview", "staff_card", "--channel", "mail")

    assert said.code == 2
    assert "by telegram only" in said.err
