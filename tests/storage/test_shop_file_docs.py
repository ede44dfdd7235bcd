"""docs/shop-file.md tells every key, and its examples are true."""

import re
from pathlib import Path

import pytest

from core.shop import Approval, Drafts, Limits, ReturnPolicy
from storage import shop_catalogue, shop_food, shop_hours, shop_schema, shop_ways
from storage.shop_file import parse_shop

DOCS = (Path(__file__).parents[2] / "docs" / "shop-file.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", DOCS, re.DOTALL)
KEYS = {
    "## Sections": shop_schema.TOP,
    "### shop": shop_schema.SHOP,
    "### catalogue": (*shop_catalogue.PRODUCT, *shop_food.HALVES),
    "### options": (*shop_catalogue.GROUP, *shop_catalogue.USE, *shop_catalogue.VALUE),
    "### categories": shop_catalogue.CATEGORY,
    "### hours": (shop_hours.EXCEPTIONS, shop_hours.CLOSED),
    "### fulfilment": (*shop_ways.PICKUP, *shop_ways.DELIVERY, *shop_ways.SHIPPING),
    "### zones": shop_ways.ZONE,
    "### slots": shop_ways.SLOTS,
    "### approval": shop_schema.APPROVAL,
    "### returns": shop_schema.RETURNS,
    "### limits": shop_schema.LIMITS,
    "### drafts": shop_schema.DRAFTS,
}


def section(heading: str) -> str:
    return DOCS.split(f"\n{heading}\n")[1].split("\n#")[0]


def words(text: str) -> set[str]:
    return set(re.findall(r"`([a-z_]+)`", text))


@pytest.mark.parametrize(("heading", "keys"), KEYS.items())
def test_each_section_of_the_docs_tells_all_its_keys_and_no_others(heading, keys):
    first_column = " ".join(re.findall(r"^\|([^|]*)\|", section(heading), re.MULTILINE))

    assert set(keys) <= words(section(heading))
    assert words(first_column) <= set(keys)


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_example_of_the_docs_is_read_without_a_fault(example):
    rest = "" if "shop:" in example else "shop: {name: A, currency: EUR, timezone: Europe/Rome}\n"
    if "catalogue:" not in example:
        rest += "catalogue: [{sku: a, name: A, price: 1}]\n"

    assert parse_shop((rest + example).encode()).warnings == ()


@pytest.mark.parametrize(
    ("heading", "rules"),
    [
        ("### approval", Approval()),
        ("### returns", ReturnPolicy()),
        ("### limits", Limits()),
        ("### drafts", Drafts()),
    ],
)
def test_the_defaults_in_the_docs_are_the_programs(heading, rules):
    told = dict(re.findall(r"^\| `(\w+)` \|.*\| `?([\w\[\], ]+?)`? \|$", section(heading), re.MULTILINE))

    numbers = {key: value for key, value in told.items() if re.search("[0-9]", value)}
    assert numbers
    for key, value in numbers.items():
        default = getattr(rules, key)
        assert value == (str(list(default)) if isinstance(default, tuple) else str(default))
