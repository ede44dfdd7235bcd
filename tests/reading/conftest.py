"""A small trattoria that the tests of the reader share, and what its customers' messages mean there."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from core.menu import Category, Choose, Menu, OptionGroup, OptionValue, Product
from handlers.reading.menu_compiling import compile_menu
from handlers.reading.menu_match import CompiledMenu
from handlers.reading.message import read_message
from handlers.reading.understood import ReadLine, Understood

ROME = ZoneInfo("Europe/Rome")
NOON = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)
"""A Saturday, noon in Rome."""

Read = Callable[..., Understood]


def value(key: str, german: str) -> OptionValue:
    return OptionValue(key, {"en": key, "de": german})


SIZE = OptionGroup("size", {"en": "Size", "de": "Größe"}, Choose.ONE, (value("small", "klein"), value("large", "groß")))
EXTRAS = OptionGroup(
    "extras",
    {"en": "Extras"},
    Choose.MANY,
    (value("capers", "Kapern"), value("olives", "Oliven"), value("parmesan", "Parmesan")),
    amounts=True,
)


@pytest.fixture(scope="session")
def trattoria() -> CompiledMenu:
    products = (
        Product("lasagne", {"en": "Lasagne"}, 1150, "pasta", (), (SIZE, EXTRAS)),
        Product("gnocchi", {"en": "Gnocchi"}, 1050, "pasta", (), (SIZE, EXTRAS)),
        Product("lemonade", {"en": "Lemonade", "de": "Limonade"}, 350, "drinks", (), (SIZE,)),
        Product("wine", {"en": "Wine", "de": "Wein"}, 600, "drinks"),
        Product("oil", {"en": "Olive oil", "de": "Olivenöl"}, 1400, "shelf"),
        Product("cup", {"en": "Espresso cup", "de": "Espressotasse"}, 900, "shelf"),
    )
    categories = (
        Category("pasta", {"en": "Pasta", "de": "Nudeln"}),
        Category("drinks", {"en": "Drinks", "de": "Getränke"}),
        Category("shelf", {"en": "Shelf", "de": "Regal"}),
    )
    return compile_menu(Menu("EUR", ("en", "de"), products, categories))


@pytest.fixture
def read(trattoria: CompiledMenu) -> Read:
    def reading(text: str, *draft: tuple[str, int]) -> Understood:
        lines = tuple(ReadLine(sku, quantity) for sku, quantity in draft)
        return read_message(text, trattoria, languages=("en", "de"), draft=lines, now=NOON, zone=ROME)

    return reading
