"""What is read in `orderbot bench read`: orders made from a menu by a small grammar, and a catalogue of any size."""

import random
from collections.abc import Iterator
from itertools import product as combinations

from core.menu import Category, Choose, Menu, OptionGroup, OptionValue, Product, in_language

SEED = 1
"""The same texts on every machine."""
MISSPELLED = 0.1
"""So many orders have a mistake in them."""
PARTIAL = 0.4
"""So many names of four words or more are not said whole."""

# ---- a catalogue

_MAKERS = (
    "Alpina", "Bergmann", "Borgo", "Caldera", "Dolomia", "Eisack", "Fattoria", "Ferrari", "Gasser", "Hofer",
    "Innerhofer", "Kofler", "Lago", "Mayr", "Moser", "Oberhofer", "Pichler", "Rienz", "Rossi", "Sarner", "Tauber",
    "Unterberger", "Valsugana", "Villnöss", "Weger", "Zingerle",
)  # fmt: skip
_QUALITIES = (
    "organic", "smoked", "aged", "wild", "traditional", "mild", "spicy", "stone-ground", "hand-picked", "roasted",
    "young", "mature",
)  # fmt: skip
_GOODS = {
    "honey": (("chestnut", "acacia", "lime blossom", "forest", "rhododendron"), ("jar", ""), ("250 g", "500 g")),
    "cheese": (("goat", "mountain", "hay milk", "blue", "pepper", "buffalo"), ("", "wheel"), ("200 g", "400 g")),
    "sausage": (("venison", "boar", "fennel", "garlic", "truffle", "paprika"), ("", "ring"), ("150 g", "300 g")),
    "jam": (("apricot", "sour cherry", "blueberry", "quince", "fig", "plum"), ("", "jar"), ("210 g", "340 g")),
    "juice": (("apple", "pear", "grape", "carrot", "beetroot", "redcurrant"), ("bottle", ""), ("0.5 l", "1 l")),
    "pasta": (("spelt", "buckwheat", "lentil", "chickpea", "egg", "spinach"), ("", "nests"), ("250 g", "500 g")),
    "oil": (("olive", "walnut", "pumpkin seed", "linseed", "chilli"), ("bottle", "tin"), ("0.25 l", "0.5 l")),
    "vinegar": (("balsamic", "apple", "raspberry", "white wine", "tarragon"), ("bottle", ""), ("0.25 l", "0.5 l")),
    "bread": (("rye", "walnut", "sourdough", "caraway", "potato"), ("loaf", "rolls"), ("500 g", "750 g")),
    "biscuits": (("almond", "lemon", "ginger", "oat", "cocoa", "aniseed"), ("", "tin"), ("180 g", "360 g")),
    "tea": (("mint", "verbena", "fennel", "rose hip", "camomile", "hay flower"), ("", "bags"), ("40 g", "80 g")),
    "liqueur": (("walnut", "gentian", "pine", "raspberry", "herb", "coffee"), ("bottle", ""), ("0.2 l", "0.7 l")),
}
"""A kind of goods to its sorts, forms and sizes."""


def catalogue(count: int) -> Menu:
    """A delicatessen's menu with so many articles (40,000 at most); one in four comes in two kinds of wrapping."""
    names = list(_names())
    random.Random(SEED).shuffle(names)  # noqa: S311 - nothing secret
    wrapping = OptionGroup(
        "wrapping",
        {"en": "Wrapping"},
        Choose.ONE,
        (OptionValue("plain", {"en": "plain paper"}), OptionValue("gift", {"en": "gift box"}, ("as a gift",))),
    )
    articles = tuple(
        Product(f"a{at}", {"en": name}, 500, kind, options=(wrapping,) if at % 4 == 0 else ())
        for at, (kind, name) in enumerate(names[:count])
    )
    return Menu("EUR", ("en",), articles, tuple(Category(kind, {"en": kind.capitalize()}) for kind in _GOODS))


def _names() -> Iterator[tuple[str, str]]:
    """(kind, name): "Hofer Organic Chestnut Honey Jar 250 g"."""
    for kind, (sorts, forms, sizes) in _GOODS.items():
        for parts in combinations(_MAKERS, _QUALITIES, sorts, (kind,), forms, sizes):
            words = " ".join(filter(None, parts[:-1])).title()
            yield kind, f"{words} {parts[-1]}"


# ---- orders

_SENTENCES = {
    "en": {
        "opening": ("", "", "I'd like ", "can I get ", "hello, I want to order ", "good evening! we would like "),
        "number": ("a", "one", "two", "three", "2", "4", "6x", "half a dozen"),
        "joint": (" and ", ", ", ", and ", "\n"),
        "with": (" with {0}", " with {0} and {1}", " with extra {0}", " without {0}", ", no {0}"),
        "closing": ("", "", " please", ", thanks", ". I'll pick it up at 7", ". Deliver it to 5 Mill Lane please"),
    },
    "de": {
        "opening": ("", "", "ich hätte gern ", "ich nehme ", "guten Abend, wir möchten ", "hallo! bitte "),
        "number": ("ein", "eine", "zwei", "drei", "2", "4", "6x", "ein halbes Dutzend"),
        "joint": (" und ", ", ", "\n"),
        "with": (" mit {0}", " mit {0} und {1}", " mit extra {0}", " ohne {0}"),
        "closing": ("", "", " bitte", ", danke", ". Ich hole es um 19 Uhr ab", ". Bitte an die Hauptstraße 7 liefern"),
    },
}


def orders(menu: Menu, count: int) -> list[str]:
    """So many orders of goods of this menu, in those of its languages that have sentences here, else in English."""
    dice = random.Random(SEED)  # noqa: S311 - nothing secret
    languages = [language for language in menu.languages if language in _SENTENCES] or ["en"]
    return [_order(menu, dice.choice(languages), dice) for _ in range(count)]


def _order(menu: Menu, language: str, dice: random.Random) -> str:
    said = _SENTENCES[language]
    lines = [_line(dice.choice(menu.products), language, dice) for _ in range(dice.choice((1, 1, 2, 2, 3, 4)))]
    goods = lines[0] + "".join(dice.choice(said["joint"]) + line for line in lines[1:])
    text = dice.choice(said["opening"]) + goods + dice.choice(said["closing"])
    return _misspelled(text, dice) if dice.random() < MISSPELLED else text


def _line(product: Product, language: str, dice: random.Random) -> str:
    said = _SENTENCES[language]
    words = in_language(product.name, language).lower().split()
    if len(words) > 3 and dice.random() < PARTIAL:
        words = words[dice.randint(0, 1) : -dice.randint(1, 2)]
    groups = [[in_language(value.name, language) for value in group.values] for group in product.options]
    wishes = ""
    if groups and dice.random() < 0.5:
        values = dice.choice(groups)
        wishes = dice.choice(said["with"]).format(dice.choice(values), dice.choice(values))
    return f"{dice.choice(said['number'])} {' '.join(words)}{wishes}"


def _misspelled(text: str, dice: random.Random) -> str:
    """Two letters of one of its longer words change places."""
    words = text.split(" ")
    long = [at for at, word in enumerate(words) if len(word) > 5]
    if long:
        at = dice.choice(long)
        letter = dice.randrange(1, len(words[at]) - 2)
        word = words[at]
        words[at] = word[:letter] + word[letter + 1] + word[letter] + word[letter + 2 :]
    return " ".join(words)
