"""Samples of the menu's pages and of answers about it."""

from collections.abc import Iterable
from datetime import datetime

from core import notices as n
from core.availability import Reason, Why
from core.documents import Line, Order
from core.food import ALLERGENS, Caution
from core.menu import Category, Choose, OptionGroup, OptionValue, Product, Texts
from core.notices import Notice, To

PIZZA = Category("pizza", {"en": "Pizza", "de": "Pizza"})
BASIL: Texts = {"en": "Tomato, mozzarella, basil", "de": "Tomate, Mozzarella, Basilikum"}
SIZE = OptionGroup(
    "size",
    {"en": "Size", "de": "Größe"},
    Choose.ONE,
    (
        OptionValue("medium", {"en": "medium", "de": "normal"}),
        OptionValue("large", {"en": "large", "de": "groß"}, price=250),
    ),
    default="medium",
)
TOPPING = OptionGroup(
    "topping",
    {"en": "Toppings", "de": "Belag"},
    Choose.MANY,
    (OptionValue("mushrooms", {"en": "mushrooms", "de": "Champignons"}, price=100),),
    amounts=True,
    at_least=1,
    at_most=3,
    free=1,
)
MARGHERITA = Product(
    "margherita",
    {"en": "Margherita", "de": "Margherita"},
    850,
    "pizza",
    description=BASIL,
    options=(SIZE, TOPPING),
    allergens=("gluten", "milk"),
    diets=("vegetarian",),
)
HONEY = Product("honey", {"en": "Chestnut honey", "de": "Kastanienhonig"}, 790)
CAUTIONS = (Caution(MARGHERITA.name, ("milk",)), Caution(HONEY.name))


def of_menu(to: To, order: Order, now: datetime) -> Iterable[Notice]:
    """Every page, and every answer."""
    line = order.lines[0]
    yield n.MenuHome(to=to, currency="EUR", order=order, table="7")
    yield n.MenuCategory(
        to=to,
        currency="EUR",
        category=PIZZA,
        products=(MARGHERITA, HONEY),
        page=1,
        pages=2,
        off=frozenset({"honey"}),
        met={"margherita": ("milk",)},
    )
    sold_out = Reason(Why.SOLD_OUT, "margherita", MARGHERITA.name, back=now)
    yield n.MenuProduct(
        to=to,
        currency="EUR",
        product=MARGHERITA,
        line=line,
        allergens=("gluten", "milk"),
        cautions=CAUTIONS,
        off=sold_out,
    )
    yield n.MenuOptions(
        to=to,
        currency="EUR",
        product=MARGHERITA,
        group=TOPPING,
        line=line,
        place=2,
        places=2,
        taken=1,
        cautions=CAUTIONS,
    )
    yield n.MenuOrder(to=to, currency="EUR", order=order, added=line, cautions=CAUTIONS)
    yield n.MenuFound(to=to, currency="EUR", words="piza", products=(MARGHERITA,), categories=(PIZZA,), more=3)
    yield from _answers(to, line)


def _answers(to: To, line: Line) -> Iterable[Notice]:
    extras = tuple(n.Altered(option.name, option.price) for option in line.options if option.price)
    yield n.PricesTold(
        to=to, currency="EUR", products=(n.Priced(MARGHERITA, extras), n.Priced(HONEY, off=True)), more=2
    )
    olives = n.Altered({"en": "olives", "de": "Oliven"}, 80)
    for_free = n.Altered({"en": "chilli", "de": "Chili"}, 0)
    yield n.PricesTold(to=to, currency="EUR", products=(), options=(olives, for_free))
    yield n.NotOnMenu(to=to, currency="EUR", words="tonno", products=(n.Priced(MARGHERITA), n.Priced(HONEY, off=True)))
    yield n.ProductsTold(
        to=to,
        currency="EUR",
        products=(MARGHERITA,),
        diets=("vegetarian",),
        without=("nuts",),
        undeclared=4,
        more=1,
        altered=(n.Altered({"en": "gluten-free base", "de": "glutenfreier Boden"}, 200, (HONEY.name,)),),
    )
    yield n.ProductsTold(
        to=to,
        currency="EUR",
        products=(),
        diets=("vegan",),
        at_most=1000,
        headings=(MARGHERITA.name,),
        verdicts=(n.Suited(MARGHERITA, suits=False), n.Suited(HONEY, suits=True)),
    )
    contents = n.Contents(MARGHERITA, ("gluten", "milk"), ("milk",), (({"en": "speck", "de": "Speck"}, ("celery",)),))
    yield n.ContentsTold(to=to, contents=(contents, n.Contents(HONEY)), currency="EUR", asked=("milk",))
    soy_cheese = n.Altered({"en": "soy cheese", "de": "Sojakäse"}, 150)
    gone = n.Contents(MARGHERITA, ("gluten", "milk"), ("milk",), without=(soy_cheese,))
    yield n.ContentsTold(to=to, contents=(gone,), currency="EUR", asked=("milk",), is_without=True)
    yield n.AllergiesKept(to=to, codes=("nuts", "milk"), unknown=("unicorns",), known=ALLERGENS)
