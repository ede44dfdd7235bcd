"""A pizzeria and delicatessen in two languages, and what a reader makes of messages to it."""

from core.menu import Amount, Category, Choose, Chosen, Menu, OptionGroup, OptionValue, Product
from handlers.reading.menu_compiling import compile_menu
from handlers.reading.order_text import read_order
from handlers.reading.understood import Reading

SIGNS = {Amount.NONE: "no ", Amount.LIGHT: "light ", Amount.EXTRA: "extra ", Amount.REGULAR: ""}


def value(code: str, german: str, *aliases: str) -> OptionValue:
    return OptionValue(code, {"en": code.replace("_", " "), "de": german}, aliases)


def product(sku: str, english: str, german: str, category: str, aliases=(), options=()) -> Product:
    return Product(sku, {"en": english, "de": german}, 500, category, aliases, options)


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
        value("mushrooms", "Champignons"),
        value("onions", "Zwiebeln"),
        value("red_onions", "rote Zwiebeln"),
        value("cheese", "Käse"),
        value("black_olives", "schwarze Oliven"),
        value("green_olives", "grüne Oliven"),
        value("ham", "Schinken"),
        value("salami", "Salami"),
        value("anchovies", "Sardellen"),
        value("jalapeños", "Jalapeños"),
        value("garlic", "Knoblauch"),
        value("chili_sauce", "Chilisoße"),
        value("truffle_cream", "Trüffelcreme"),
    ),
    amounts=True,
)
VOLUME = OptionGroup("volume", {"en": "Volume"}, Choose.ONE, (value("330_ml", "330 ml"), value("1_liter", "1 Liter")))
DIP = OptionGroup("dip", {"en": "Dip"}, Choose.ONE, (value("pesto", "Pesto"), value("aioli", "Aioli")))

PIZZA = (SIZE, TOPPING)
MENU = Menu(
    "EUR",
    ("en", "de"),
    (
        product("margherita", "Margherita", "Margherita", "pizza", ("marg",), PIZZA),
        product("salami", "Salami", "Salami", "pizza", (), PIZZA),
        product("quattro_stagioni", "Quattro Stagioni", "Vier Jahreszeiten", "pizza", ("four seasons",), PIZZA),
        product("tonno", "Tuna and Onion", "Thunfisch mit Zwiebeln", "pizza", ("tonno",), PIZZA),
        product("breadsticks", "Breadsticks", "Brotstangen", "sides", ("sticks",), (DIP,)),
        product("pesto", "Pesto", "Pesto", "deli"),
        product("rocket_salad", "Rocket Salad", "Rucolasalat", "sides"),
        product("cola", "Coca-Cola", "Coca-Cola", "drinks", ("cola", "coke"), (VOLUME,)),
        product("lemonade", "Lemonade", "Zitronenlimonade", "drinks"),
        product("still_water", "Still Water", "Stilles Wasser", "drinks"),
        product("sparkling_water", "Sparkling Water", "Sprudelwasser", "drinks"),
        product("honey", "Jar of Forest Honey", "Glas Waldhonig", "deli", ("honey", "Honig")),
        product("olive_oil", "Olive Oil", "Olivenöl", "deli"),
        product("tiramisu", "Tiramisù", "Tiramisu", "dessert"),
        product("panna_cotta", "Panna Cotta", "Panna Cotta", "dessert"),
    ),
    (
        Category("pizza", {"en": "Pizza", "de": "Pizzen"}),
        Category("sides", {"en": "Sides", "de": "Beilagen"}),
        Category("drinks", {"en": "Drinks", "de": "Getränke"}),
        Category("deli", {"en": "Delicatessen", "de": "Feinkost"}),
        Category("dessert", {"en": "Dessert", "de": "Nachtisch"}),
    ),
)
DELI = compile_menu(MENU)


def read(text: str, *languages: str) -> Reading:
    return read_order(text, DELI, languages or ("en",))


def lines(text: str, *languages: str) -> list[str]:
    """The order as a person would check it: "2 margherita: large, extra cheese"."""
    return [line_in_words(line.quantity, line.sku, line.options) for line in read(text, *languages).lines]


def line_in_words(quantity: int, sku: str, options: tuple[Chosen, ...]) -> str:
    chosen = ", ".join(in_words(option) for option in options)
    return f"{quantity} {sku}" + (f": {chosen}" if chosen else "")


def in_words(option: Chosen) -> str:
    return SIGNS[option.amount] + option.value + (f" x{option.count}" if option.count != 1 else "")
