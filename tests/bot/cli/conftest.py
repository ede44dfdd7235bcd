"""Where the commands run: a directory with a shop file, and nothing set."""

import os
import shutil

import pytest

from tests.bot.cli.commands import EXAMPLE
from tests.servers import migrated


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
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
