"""Each threat of docs/security.md names tests that exist, or says that there is none yet."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
ROWS = re.findall(r"^\| (\d+) \|.*\| (.+) \|$", (TESTS.parent / "docs/security.md").read_text(), re.MULTILINE)


def is_there(named: str) -> bool:
    path, _, function = named.partition("::")
    head = rf"^(async )?def {function}\(" if function else ""
    return (TESTS / path).is_file() and re.search(head, (TESTS / path).read_text(), re.MULTILINE) is not None


def test_no_threat_is_left_out():
    assert [int(number) for number, _ in ROWS] == list(range(1, 28))


@pytest.mark.parametrize(("number", "shown_by"), ROWS, ids=[f"row {number}" for number, _ in ROWS])
def test_each_row_names_tests_that_exist(number, shown_by):
    named = re.findall(r"`([\w/.]+(?:\.talk|\.py::\w+))`", shown_by)

    assert [test for test in named if not is_there(test)] == []
    assert named or shown_by.startswith("not yet: ")


def test_a_test_that_is_not_there_is_noticed():
    assert not is_there("talks/of_nobody.talk")
    assert not is_there("bot/test_web.py::test_of_nothing")
