"""Servers that the whole run shares: the first test that asks starts one, the end of the run stops it.

With pytest-xdist several processes ask; a lock file lets one start the server and the others read where it is.
"""

import fcntl
import json
import os
import pwd
import shutil
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path

_ROOM = "TEST_SERVERS_ROOM"


def open_room() -> None:
    """Makes the directory that holds the run's servers; workers find it through the environment."""
    room = Path(tempfile.mkdtemp(prefix="servers-"))
    # Servers that run as another user than root must be able to pass.
    room.chmod(0o711)
    os.environ[_ROOM] = str(room)


def close_room(stop: dict[str, Callable[[Path], None]]) -> None:
    """Stops every server that was started, by its name, and removes the directory."""
    room = Path(os.environ.pop(_ROOM))
    for name, stop_server in stop.items():
        if (room / f"{name}.json").exists():
            stop_server(room / name)
    shutil.rmtree(room, ignore_errors=True)


def shared(name: str, start: Callable[[Path], dict[str, int]]) -> tuple[Path, dict[str, int]]:
    """The server's directory and ports; `start` is called with the directory if nobody has started it yet."""
    room = Path(os.environ[_ROOM])
    state, directory = room / f"{name}.json", room / name
    with (room / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not state.exists():
            directory.mkdir()
            state.write_text(json.dumps(start(directory)))
    return directory, json.loads(state.read_text())


def free_port() -> int:
    """A port on loopback that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def unprivileged(*names: str) -> pwd.struct_passwd:
    """Who a server runs as: ourselves, or, for root, the first of these users that exists."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return next(known[name] for name in (*names, "nobody") if name in known)
