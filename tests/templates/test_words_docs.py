"""docs/words.md tells an owner of everything a text may use."""

from pathlib import Path

import templates
from templates.samples import SHOP
from templates.tongue import Tongue

GUIDE = (Path(templates.__file__).parents[1] / "docs" / "words.md").read_text(encoding="utf-8")


def test_the_guide_names_every_filter():
    for name in Tongue("en", SHOP, None).filters.by_name:
        assert f"\\| {name}" in GUIDE, name


def test_the_guide_names_every_function():
    for name in ("label", "alarm", "text_of"):
        assert f"`{name}(" in GUIDE, name
