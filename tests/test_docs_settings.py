"""docs/settings.md names every setting, and none that is not there."""

import re
from pathlib import Path

from bot.environment import Environment, name_of

ROOT = Path(__file__).parents[1]


def test_every_setting_has_its_row_and_every_row_its_setting():
    rows = re.findall(r"^\| `(ORDERBOT_\w+)` \|", (ROOT / "docs/settings.md").read_text(), re.MULTILINE)

    assert sorted(rows) == sorted(name_of(field) for field in Environment.model_fields)


def test_the_defaults_in_the_table_are_the_real_ones():
    table = (ROOT / "docs/settings.md").read_text()
    for field, told in re.findall(r"^\| `ORDERBOT_(\w+)` \| `([^`]+)` \|", table, re.MULTILINE):
        assert str(Environment.model_fields[field.lower()].default) == told
