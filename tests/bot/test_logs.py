"""No secret reaches a log, whichever way it takes."""

import io
import json
import logging
import subprocess
import sys
import threading
import warnings
from pathlib import Path

import pytest
import structlog

from bot import logs

TOKEN = "123456:AAsecretTOKEN"
PASSWORD = 'pass"wörd\\1'
ROOT = Path(__file__).parents[2]


@pytest.fixture
def stream(monkeypatch):
    """What is logged as JSON; afterwards everything is as it was."""
    root, levels = logging.getLogger(), {}
    for name in (*logs._QUIET, *logs._SILENT):
        levels[name] = logging.getLogger(name).level
    handlers, level = list(root.handlers), root.level
    for owner, hook in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")):
        monkeypatch.setattr(owner, hook, getattr(owner, hook))
    monkeypatch.setattr(logging, "raiseExceptions", True)
    root.handlers.clear()
    written = io.StringIO()
    logs.configure([TOKEN, PASSWORD], stream=written, as_json=True)
    yield written
    logging.captureWarnings(capture=False)
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)
    structlog.reset_defaults()


def lines(stream):
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_has_event_level_time_and_keys(stream):
    structlog.stdlib.get_logger("bot.sender").info("letter_sent", letter=7, channel="telegram")

    (line,) = lines(stream)
    assert line.pop("timestamp").endswith("Z")
    assert line == {"event": "letter_sent", "level": "info", "letter": 7, "channel": "telegram"}


def test_secrets_are_taken_out_of_keys_of_every_kind(stream):
    class Client:
        def __repr__(self):
            return f"<Client of {TOKEN}>"

    structlog.stdlib.get_logger().warning(
        f"call {TOKEN}", url=f"https://host/bot{TOKEN}/getMe", held={"a": [PASSWORD, Client()]}, client=Client()
    )

    (line,) = lines(stream)
    assert line["event"] == "call [hidden]"
    assert line["url"] == "https://host/bot[hidden]/getMe"
    assert line["held"] == {"a": ["[hidden]", "<Client of [hidden]>"]}
    assert line["client"] == "<Client of [hidden]>"


def test_secrets_are_taken_out_of_tracebacks_with_their_causes(stream):
    error = RuntimeError(PASSWORD)
    error.__cause__ = ConnectionError(f"POST /bot{TOKEN}/sendMessage")

    structlog.stdlib.get_logger().error("letter_failed", exc_info=error)

    text = lines(stream)[0]["exception"]
    assert "ConnectionError: POST /bot[hidden]/sendMessage" in text
    assert "RuntimeError: [hidden]" in text


def test_secrets_are_taken_out_of_what_libraries_log(stream):
    logging.getLogger("some.library").warning("login with %s failed", PASSWORD, exc_info=ValueError(TOKEN))
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(f"{TOKEN} is old", UserWarning, stacklevel=1)

    failed, warned = lines(stream)
    assert failed["event"] == "login with [hidden] failed"
    assert "ValueError: [hidden]" in failed["exception"]
    assert "[hidden] is old" in warned["event"]


def test_httpx_stays_silent_about_its_calls(stream):
    logging.getLogger("httpx").info("HTTP Request: POST https://host/bot%s/getUpdates", TOKEN)

    assert stream.getvalue() == ""


def test_what_the_telegram_library_raises_it_does_not_log_as_well(stream):
    logging.getLogger("telegram.request").error("Can not load invalid JSON data")

    assert stream.getvalue() == ""


def test_a_thread_that_dies_is_logged(stream):
    def die():
        raise ValueError(TOKEN)

    thread = threading.Thread(target=die)
    thread.start()
    thread.join()

    (line,) = lines(stream)
    assert line["event"] == "thread_crashed"
    assert "ValueError: [hidden]" in line["exception"]


def test_a_record_that_cannot_be_written_is_not_printed(stream, capsys):
    logging.getLogger("some.library").warning("%d", TOKEN)

    assert TOKEN not in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8"])
def test_what_the_terminals_encoding_lacks_does_not_cost_the_line(stream, encoding):
    written = io.BytesIO()
    logs.configure([], stream=io.TextIOWrapper(written, encoding, write_through=True), as_json=False)

    structlog.stdlib.get_logger("bot.sender").warning("letter_waits", why="漢 Empf\udce4nger")

    assert rb"Empf\udce4nger" in written.getvalue()


@pytest.mark.parametrize("as_json", [True, False])
def test_a_process_that_crashes_hides_its_secrets(as_json):
    program = f"""
import sys
from bot import logs
logs.configure({[TOKEN, PASSWORD]!r}, as_json={as_json})
raise ValueError({TOKEN!r} + " and " + {PASSWORD!r})
"""

    # From standard input: then a traceback does not quote the program's own lines.
    done = subprocess.run([sys.executable, "-"], input=program, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "ValueError: [hidden] and [hidden]" in done.stdout
    assert TOKEN not in done.stdout + done.stderr
    assert PASSWORD not in done.stdout + done.stderr


def test_one_secret_may_begin_another():
    assert logs.Redactor(["abc", "abcdef", ""]).text("abcdef abc x") == "[hidden] [hidden] x"


def test_without_secrets_a_text_stays_as_it_is():
    assert logs.Redactor([]).text("two loaves") == "two loaves"
