"""The commands together: each documented and tested, quiet, quick to start; and those that start the bot."""

import os
import re
import socket
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from bot.cli import app
from tests.bot.cli.commands import BY_MAIL, EXAMPLE, ROOT, orderbot


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


# --- run, demo, bench, check


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


def test_demo_says_in_a_line_that_its_port_is_in_use_and_how_to_take_another():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        said = orderbot("demo", "--port", str(port))

    assert said.code == 2
    assert said.err.startswith(f"port {port} is in use: ")
    assert f"demo --port {port + 1}` takes another" in said.err
    assert said.err.count("\n") == 1


def test_run_says_in_a_line_that_its_address_is_in_use():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        at = f"127.0.0.1:{taken.getsockname()[1]}"

        said = orderbot("run", env=BY_MAIL | {"ORDERBOT_LISTEN": at})

    assert said.code == 2
    assert said.err.splitlines()[-1] == (
        f"ORDERBOT_LISTEN is {at}, which cannot be opened (Address already in use): name another"
    )


def test_what_cannot_be_measured_is_wrong_use():
    assert orderbot("bench", "tea").code == 2


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


def test_the_bot_does_not_start_with_a_text_that_cannot_be_said(place):
    (place / "texts/en").mkdir(parents=True)
    (place / "texts/en/order_ready.txt").write_text("{% if order %}")

    said = orderbot("run", env=BY_MAIL)

    assert said.code == 2
    assert "a text cannot be said: en, order_ready by mail" in said.err
