"""What every test may ask for: a database of each kind, a mailbox on a real server, a free port."""

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from tests.servers import dovecot as dovecot_server
from tests.servers import postgres as postgres_server
from tests.servers import shared

# No test is timed, and a run in CI tries the same examples each time.
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shared.open_room()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shared.close_room({"postgres": postgres_server.stop, "dovecot": dovecot_server.stop})


DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, as ORDERBOT_DATABASE has it; the test runs once with each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/orderbot.db"
        return
    _need(postgres_server.binaries() is not None, postgres_server.MISSING)
    with postgres_server.database() as address:
        yield address


@pytest.fixture(params=DATABASES)
def migrated_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """As database_url, with the tables in it: a copy, much faster than to migrate for each test."""
    # Only who asks for a database waits for its libraries.
    from tests.servers import migrated  # noqa: PLC0415

    if request.param == "sqlite":
        yield migrated.sqlite_copy(tmp_path / "orderbot.db")
        return
    _need(postgres_server.binaries() is not None, postgres_server.MISSING)
    with migrated.postgres_copy() as address:
        yield address


@pytest.fixture
async def desk(migrated_url: str):
    """The whole desk on each database, at noon, with couriers that write down what they bring."""
    # Only who asks for the desk waits for the program.
    from tests.desk import DeskForTests  # noqa: PLC0415

    running = DeskForTests(url=migrated_url)
    await running.open()
    yield running
    await running.close()


@pytest.fixture
def dovecot() -> dovecot_server.DovecotMailbox:
    """An empty mailbox on a real IMAP server; tests that use it are marked dovecot."""
    _need(dovecot_server.installed(), dovecot_server.MISSING)
    return dovecot_server.mailbox()


@pytest.fixture
async def browser():
    """Playwright's Browser, a headless Chromium; tests that use it are marked browser."""
    # Only who asks for a browser waits for its library.
    from tests.servers import chromium  # noqa: PLC0415

    _need(chromium.path() is not None, chromium.MISSING)
    async with chromium.started() as running:
        yield running


@pytest.fixture
def free_port() -> int:
    return shared.free_port()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for name in {"dovecot", "browser"}.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(name)


def _need(is_there: bool, missing: str) -> None:
    """Leaves the test out where a server is missing, but not in CI: there everything must run."""
    if is_there:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)
