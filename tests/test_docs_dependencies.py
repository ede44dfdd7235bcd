"""Every dependency has a reason and a lock, and the three locks agree."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = {name: (ROOT / f"requirements/{name}.txt").read_text() for name in ("run", "sandbox", "test")}


def declared():
    told = tomllib.loads((ROOT / "pyproject.toml").read_text())
    project = told["project"]
    parts = [told["build-system"]["requires"], project["dependencies"], *project["optional-dependencies"].values()]
    return sorted(re.match(r"[\w.-]+", dependency).group() for part in parts for dependency in part)


def pins(lock):
    return dict(re.findall(r"^([\w.-]+)==(\S+)", LOCKS[lock], re.MULTILINE))


def test_every_dependency_has_its_reason_and_every_reason_its_dependency():
    rows = re.findall(r"^\| ([\w.-]+) \| \S", (ROOT / "docs/dependencies.md").read_text(), re.MULTILINE)

    assert sorted(name for name in rows if name != "library") == declared()


def test_every_dependency_is_locked():
    assert {name.lower().replace(".", "-") for name in declared()} <= pins("test").keys()


def test_the_smaller_locks_are_parts_of_the_larger():
    assert pins("run").items() <= pins("sandbox").items() <= pins("test").items()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_hashes_and_no_address(lock):
    entries = re.split(r"^(?=\S+==)", LOCKS[lock], flags=re.MULTILINE)[1:]

    assert all("--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"://|--index|--find-links|(^|\s)/", LOCKS[lock])
