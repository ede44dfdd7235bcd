"""Each .talk file in this folder and below is a test, on SQLite and on PostgreSQL."""

from pathlib import Path

import pytest

from tests.talk import Talk

TALKS = sorted(Path(__file__).parent.rglob("*.talk"))


@pytest.mark.parametrize("path", TALKS, ids=lambda path: path.stem)
async def test_the_talk_goes_as_written(desk, path):
    await Talk(desk, path.name).play(path.read_text(encoding="utf-8"))
