"""The command line as a person would use it, in this process."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from bot.cli import app
from core.frozen import frozen

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "examples/trattoria.yaml"
BY_MAIL = {
    "ORDERBOT_IMAP_HOST": "localhost",
    "ORDERBOT_IMAP_USER": "bea",
    "ORDERBOT_IMAP_PASSWORD": "open-sesame",
    "ORDERBOT_SMTP_HOST": "localhost",
    "ORDERBOT_MAIL_FROM": "bea@shop.example",
}
"""What `run` wants, and nothing listens there."""


@frozen(slots=False)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str
    raw: bytes

    @property
    def objects(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


def orderbot(*arguments: str, given: str | bytes = "", env: Mapping[str, str] | None = None) -> Said:
    """Runs `orderbot` with these arguments, `given` on its standard input; a traceback fails the test."""
    result = CliRunner().invoke(app, arguments, input=given, env=env, prog_name="orderbot")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Said(result.exit_code, result.stdout, result.stderr, result.stdout_bytes)


def execute(database: Path, statement: str, *values: Any) -> list[Any]:
    """One statement in an SQLite file, past the program."""
    with closing(sqlite3.connect(database)) as connection, connection:
        return connection.execute(statement, values).fetchall()
