"""What the docs show `orderbot read` to say is what it says."""

import json
import re
from pathlib import Path

import pytest

from tests.bot.cli.commands import EXAMPLE, orderbot

DOCS = Path(__file__).parents[1] / "docs"
EXAMPLE_OF_READING = re.compile(
    r'\$ echo "(?P<said>.+)" \| orderbot read --shop \S+\n *(?P<read>\{[^$]*?"questions": \[.*\]\})'
)
SHOWN = [
    pytest.param(*found.groups(), id=path.stem)
    for path in sorted(DOCS.glob("*.md"))
    for found in EXAMPLE_OF_READING.finditer(path.read_text())
]


def test_the_docs_show_examples():
    assert len(SHOWN) == 2


@pytest.mark.parametrize(("said", "read"), SHOWN)
def test_an_example_in_the_docs_is_what_the_reader_says(said, read):
    (is_read,) = orderbot("read", "--shop", str(EXAMPLE), given=said + "\n").objects

    # Where it says "…" there are more lines.
    shown = json.loads(read.replace(", …]", "]"))
    if "…" in read:
        is_read["lines"] = is_read["lines"][: len(shown["lines"])]
    assert is_read == shown
