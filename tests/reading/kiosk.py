"""A small pizzeria in two languages, and what a whole message to it comes to."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from core.menu import Category, Choose, Menu, OptionGroup, OptionValue, Product
from handlers.reading.menu_compiling import compile_menu
from handlers.reading.message import read_message
from handlers.reading.understood import AddLine, ReadLine
from tests.reading.deli import line_in_words

BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)


def value(code: str, german: str) -> OptionValue:
    return OptionValue(code, {"en": code, "de": german})


SIZE = OptionGroup(
    "size",
    {"en": "Size", "de": "Größe"},
    Choose.ONE,
    (value("small", "klein"), value("medium", "mittel"), value("large", "groß")),
    default="medium",
)
TOPPING = OptionGroup(
    "topping",
    {"en": "Topping", "de": "Belag"},
    Choose.MANY,
    (
        value("mushrooms", "Pilze"),
        value("onions", "Zwiebeln"),
        value("ham", "Schinken"),
        value("cheese", "Käse"),
        value("olives", "Oliven"),
        value("garlic", "Knoblauch"),
    ),
    amounts=True,
)
GLASS = OptionGroup(
    "glass", {"en": "Glass", "de": "Glas"}, Choose.MANY, (value("lemon", "Zitrone"), value("ice", "Eis")), amounts=True
)
CUP = OptionGroup(
    "cup", {"en": "Cup", "de": "Tasse"}, Choose.MANY, (value("milk", "Milch"), value("sugar", "Zucker")), amounts=True
)

MENU = Menu(
    "EUR",
    ("en", "de"),
    (
        Product("margherita", {"en": "Margherita"}, 850, "pizza", (), (SIZE, TOPPING)),
        Product("salami", {"en": "Salami"}, 950, "pizza", (), (SIZE, TOPPING)),
        Product("tuna", {"en": "Tuna", "de": "Thunfisch"}, 980, "pizza", (), (SIZE, TOPPING)),
        Product("salad", {"en": "Mixed salad", "de": "Gemischter Salat"}, 600, "starters", (), (TOPPING,)),
        Product("coke", {"en": "Coke", "de": "Cola"}, 250, "drinks", (), (GLASS,)),
        Product("lemonade", {"en": "Lemonade", "de": "Zitronenlimonade"}, 280, "drinks", (), (GLASS,)),
        Product("beer", {"en": "Beer", "de": "Bier"}, 320, "drinks"),
        Product("coffee", {"en": "Coffee", "de": "Kaffee"}, 220, "drinks", (), (CUP,)),
        Product("tiramisu", {"en": "Tiramisu"}, 450, "desserts"),
    ),
    (
        Category("pizza", {"en": "Pizza", "de": "Pizzen"}),
        Category("starters", {"en": "Starters", "de": "Vorspeisen"}),
        Category("drinks", {"en": "Drinks", "de": "Getränke"}),
        Category("desserts", {"en": "Desserts", "de": "Nachspeisen"}),
    ),
)
KIOSK = compile_menu(MENU)


def order(text: str, *draft: ReadLine) -> tuple[list[str], list[str]]:
    """The lines that a message adds ("2 margherita: large"), and the words that are reported or asked about."""
    understood = read_message(text, KIOSK, languages=("en", "de"), draft=draft, now=FRIDAY, zone=BERLIN)
    added = [edit.line for edit in understood.edits if isinstance(edit, AddLine)] if draft else understood.reading.lines
    lines = [line_in_words(line.quantity, line.sku, line.options) for line in added]
    return sorted(lines), [*understood.reading.unread, *(question.about for question in understood.reading.questions)]
