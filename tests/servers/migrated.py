"""Databases that have their tables already: migrated once a run, copied for each test that asks."""

import asyncio
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from storage.engine import open_engine
from storage.migrate import migrate
from tests.servers import postgres
from tests.servers.shared import shared

_TEMPLATE = "shop_template"


def sqlite_copy(target: Path) -> str:
    """Puts a migrated database at `target`; returns its address."""
    directory, _ = shared("sqlite", _make_sqlite)
    shutil.copyfile(directory / "orderbot.db", target)
    return f"sqlite:///{target}"


@contextmanager
def postgres_copy() -> Iterator[str]:
    """The address of a migrated database of its own, dropped at the end."""
    shared("template", _make_template)
    with postgres.database(template=_TEMPLATE) as address:
        yield address


def _make_sqlite(directory: Path) -> dict[str, int]:
    _migrate(f"sqlite:///{directory}/orderbot.db")
    return {}


def _make_template(_directory: Path) -> dict[str, int]:
    _migrate(postgres.create(_TEMPLATE))
    return {}


def _migrate(address: str) -> None:
    async def run() -> None:
        engine = open_engine(address)
        await migrate(engine)
        await engine.dispose()

    # In a thread of its own: the test's loop may be running, or set, in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, run()).result()
