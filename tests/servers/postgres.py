"""A private PostgreSQL for the tests: started once a run, one empty database for each test that asks."""

import itertools
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.servers.shared import free_port, shared, unprivileged

MISSING = "PostgreSQL's server is not installed (Debian: apt-get install postgresql)"

# Nothing in here must survive a power cut.
_FAST = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0"
    " -c autovacuum=off -c max_connections=200"
)
_numbers = itertools.count(1)


def binaries() -> Path | None:
    """Where initdb and pg_ctl are: on the PATH, or Debian's newest; None where there is no server."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def create(name: str, template: str = "template1") -> str:
    """Creates a database, empty or a copy of another; returns its address."""
    _, ports = shared("postgres", _start)
    _say(ports["port"], f"CREATE DATABASE {name} TEMPLATE {template}")
    return f"postgresql://shop@127.0.0.1:{ports['port']}/{name}"


@contextmanager
def database(template: str = "template1") -> Iterator[str]:
    """The address of a database of its own, dropped at the end."""
    name = f"shop_{os.getpid()}_{next(_numbers)}"
    address = create(name, template)
    try:
        yield address
    finally:
        _, ports = shared("postgres", _start)
        _say(ports["port"], f"DROP DATABASE {name} WITH (FORCE)")


def stop(directory: Path) -> None:
    """Stops the run's server at once: what it holds is thrown away."""
    _as_server("pg_ctl", "-D", directory / "data", "-m", "immediate", "stop")


def _start(directory: Path) -> dict[str, int]:
    server = unprivileged("postgres")
    os.chown(directory, server.pw_uid, server.pw_gid)
    data, port = directory / "data", free_port()
    _as_server("initdb", "-D", data, "-U", "shop", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
    options = f"-p {port} -k {directory} -c listen_addresses=127.0.0.1 {_FAST}"
    _as_server("pg_ctl", "-D", data, "-w", "-l", directory / "log", "-o", options, "start")
    return {"port": port}


def _say(port: int, statement: str) -> None:
    _run("psql", "-X", "-q", "-h", "127.0.0.1", "-p", port, "-U", "shop", "-d", "postgres", "-c", statement)


def _as_server(program: str, *arguments: object) -> None:
    # PostgreSQL refuses to run as root.
    server = unprivileged("postgres")
    as_user: dict[str, Any] = (
        {"user": server.pw_uid, "group": server.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    )
    _run(program, *arguments, **as_user)


def _run(program: str, *arguments: object, **as_user: Any) -> None:
    folder = binaries()
    assert folder, MISSING
    done = subprocess.run(
        [folder / program, *map(str, arguments)],
        cwd="/",
        stdin=subprocess.DEVNULL,
        # A pipe would stay open as long as the server that pg_ctl leaves behind.
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL if program == "pg_ctl" else subprocess.PIPE,
        check=False,
        **as_user,
    )
    assert done.returncode == 0, f"{program} failed: {done.stderr!r}"
