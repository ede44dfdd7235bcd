"""The demo shop with names in one more language, the messages written to it, and what the reader makes of them."""

import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from core.frozen import frozen
from core.menu import Menu, OptionGroup, OptionValue, Product
from handlers.reading.menu_compiling import compile_menu
from handlers.reading.menu_match import CompiledMenu
from handlers.reading.message import read_message
from handlers.reading.understood import ReadLine, Understood, Wishes
from storage.shop_file import load_shop
from tests.reading.deli import line_in_words

HERE = Path(__file__).parent
ROME = ZoneInfo("Europe/Rome")
NOON = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)
"""A Saturday, noon in Rome."""
DRAFT = (ReadLine("margherita", 1),)

Names = dict[str, list[str]]


@frozen(slots=False)
class Written:
    """One message of a set: the lines it comes to, and a word that must be reported as unread."""

    text: str
    lines: list[str]
    unread: str = ""


def orders(language: str) -> list[Written]:
    """The set of a language: messages between empty lines, "=" before a line of the order, "?" before what it lacks."""
    blocks = (HERE / f"orders_{language}.txt").read_text(encoding="utf-8").strip().split("\n\n")
    return [_written(block.splitlines()) for block in blocks]


def _written(block: list[str]) -> Written:
    text = "\n".join(line for line in block if line[0] not in "=?")
    lines = sorted(in_order(line[2:]) for line in block if line[0] == "=")
    return Written(text, lines, next((line[2:] for line in block if line[0] == "?"), ""))


def phrases(language: str) -> dict[str, Any]:
    with (HERE / f"phrases_{language}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def shop_in(language: str) -> CompiledMenu:
    """examples/trattoria.yaml as a shopkeeper would name its goods in this language."""
    with (HERE / "names.toml").open("rb") as file:
        names = tomllib.load(file)[language]
    menu: Menu = load_shop(HERE.parents[2] / "examples" / "trattoria.yaml").menu
    products = tuple(_product(product, names, language) for product in menu.products)
    return compile_menu(replace(menu, products=products))


def _product(product: Product, names: dict[str, Names], language: str) -> Product:
    groups = tuple(_group(group, names["values"], language) for group in product.options)
    named, *others = names["products"].get(product.sku) or [""]
    if not named:
        return replace(product, options=groups)
    name = {**product.name, language: named}
    return replace(product, name=name, aliases=(*product.aliases, *others), options=groups)


def _group(group: OptionGroup, names: Names, language: str) -> OptionGroup:
    return replace(group, values=tuple(_value(value, names.get(value.value), language) for value in group.values))


def _value(value: OptionValue, names: list[str] | None, language: str) -> OptionValue:
    if not names:
        return value
    return replace(value, name={**value.name, language: names[0]}, aliases=(*value.aliases, *names[1:]))


def read(text: str, language: str, *draft: ReadLine, told: str = "") -> Understood:
    """What the shop with names in `language` makes of a text by someone of whom it was `told` another language."""
    languages = tuple(dict.fromkeys((told or language, "en", "de")))
    return read_message(text, shop_in(language), languages=languages, draft=draft, now=NOON, zone=ROME)


def lines_of(understood: Understood) -> list[str]:
    return sorted(in_order(line_in_words(line.quantity, line.sku, line.options)) for line in understood.reading.lines)


def in_order(line: str) -> str:
    """A line in words with its options in the order of the alphabet: which came first does not count."""
    head, _, options = line.partition(": ")
    return head + (": " + ", ".join(sorted(options.split(", "))) if options else "")


def wishes_in_words(wishes: Wishes) -> str:
    """ "pickup 21.11. 20:00"."""
    day = wishes.wished_day and wishes.wished_day.strftime("%d.%m.")
    time = wishes.wished and wishes.wished.strftime("%d.%m. %H:%M")
    return " ".join(part for part in (wishes.kind, time or day, "asap" if wishes.asap else None) if part)
