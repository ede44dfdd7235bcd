"""The catalogue of the shop file: categories, option sets, products."""

import re
from collections.abc import Iterable, Mapping, Sequence

from core.frozen import frozen
from core.hours import Hours
from core.menu import Category, Choose, Menu, OptionGroup, OptionValue, Product, Texts
from core.states import Kind
from storage.shop_food import read_allergens, read_diets, read_picture, with_halves
from storage.shop_hours import read_available
from storage.shop_nodes import Place, Scalar, did_you_mean, listed

CATEGORY = ("category", "name", "fulfilment", "available")
PRODUCT = (
    "sku",
    "name",
    "category",
    "aliases",
    "price",
    "stock",
    "low_stock",
    "description",
    "fulfilment",
    "options",
    "photo",
    "allergens",
    "diets",
    "halves",
    "available",
    "daily",
)
GROUP = ("group", "name", "choose", "values", "default", "amounts", "at_least", "at_most", "free")
USE = ("use",)
VALUE = ("value", "name", "aliases", "price", "allergens")

SKU = re.compile(r"[\w.-]{1,40}")
"""Short and without blanks: it is typed in commands and stands behind buttons."""

MOST_VALUES = 500

Groups = tuple[OptionGroup, ...]


@frozen(slots=False)
class _Known:
    """What products may refer to."""

    kinds: tuple[Kind, ...]
    option_sets: Mapping[str, Groups]
    category_kinds: Mapping[str, tuple[Kind, ...]]
    """By category, in the order of the menu; empty if the file has no categories of its own."""
    category_hours: Mapping[str, Hours | None]
    hours: Hours
    """Those of the shop."""


def read_menu(top: Place, kinds: tuple[Kind, ...], shop: Hours) -> Menu:
    """The menu; `kinds` are those that the shop offers."""
    categories, category_kinds = _categories(top["categories"], kinds, shop)
    option_sets = {name: _groups(place, {}) for name, place in top["option_sets"].entries()}
    hours = {category.key: category.hours for category in categories}
    products = _products(top["catalogue"], _Known(kinds, option_sets, category_kinds, hours, shop))
    return Menu(
        currency=top.notes.currency,
        languages=top.notes.languages,
        products=products,
        categories=categories or _as_mentioned(products, top.notes.languages[0]),
    )


def _as_mentioned(products: Iterable[Product], language: str) -> tuple[Category, ...]:
    """Categories in the order in which the products name them, for a file that does not list them."""
    keys = dict.fromkeys(product.category for product in products if product.category)
    return tuple(Category(key, {language: _spoken(key)}) for key in keys)


def _spoken(code: str) -> str:
    return code.replace("_", " ")


def _categories(
    place: Place, kinds: tuple[Kind, ...], shop: Hours
) -> tuple[tuple[Category, ...], dict[str, tuple[Kind, ...]]]:
    categories: list[Category] = []
    category_kinds: dict[str, tuple[Kind, ...]] = {}
    for entry in place.items():
        if not entry.is_section(*CATEGORY):
            continue
        key = entry["category"].text()
        if key in category_kinds:
            entry["category"].fault(f"{key!r} is listed already", "list each category once")
        categories.append(Category(key, _name(entry, key), read_available(entry["available"], shop)))
        category_kinds[key] = _kinds(entry["fulfilment"], kinds)
    return tuple(categories), category_kinds


def _name(place: Place, code: str) -> Texts:
    """The name, else the code as one would say it."""
    return place["name"].texts() or {place.notes.languages[0]: _spoken(code)}


def _kinds(place: Place, offered: tuple[Kind, ...]) -> tuple[Kind, ...]:
    words = place.words()
    for word in words:
        if word not in tuple(Kind):
            place.fault(f"{word!r} is not known", did_you_mean(word, Kind, f"write {listed(Kind)}"))
        elif word not in offered:
            place.fault(f"{word} is not offered by the shop", f"add {word}: to the section fulfilment")
    return tuple(kind for kind in offered if kind in words)


# Products


def _products(place: Place, known: _Known) -> tuple[Product, ...]:
    products: list[Product] = []
    places: dict[str, Place] = {}
    lines: dict[str, int] = {}
    for entry in place.items(needed="add products, each with sku, name and price"):
        if not entry.is_section(*PRODUCT):
            continue
        product = _product(entry, known)
        # Case does not tell two skus apart: people type them.
        typed = product.sku.casefold()
        if typed in lines:
            entry["sku"].fault(f"{product.sku!r} is the sku of line {lines[typed]}, too", "give each product its own")
        elif typed:
            lines[typed] = entry["sku"].line
        products.append(product)
        places[product.sku] = entry
    _note_borrowed_names(products, places)
    return with_halves(tuple(products), places)


def _note_borrowed_names(products: Sequence[Product], places: Mapping[str, Place]) -> None:
    """An alias that is another product's name: perhaps meant, but then each such order is asked about."""
    named = {name.casefold(): product.sku for product in products for name in product.name.values()}
    for product in products:
        for alias in product.aliases:
            if named.get(alias.casefold(), product.sku) != product.sku:
                where = places[product.sku]["aliases"]
                where.warn(f"{alias!r} is the name of another product", "take it out, unless customers mean both by it")


def _product(place: Place, known: _Known) -> Product:
    sku = place["sku"].text()
    if sku and not SKU.fullmatch(sku):
        place["sku"].fault(f"{sku!r} is no sku", "write up to 40 letters, digits, dots, dashes and underscores")
    if not place["name"].given:
        place["name"].fault("is missing", "add name: and what customers call it")
    category = _category(place["category"], known)
    return Product(
        sku=sku,
        name=place["name"].texts(),
        price=place["price"].money(),
        category=category,
        aliases=place["aliases"].words(),
        options=_groups(place["options"], known.option_sets),
        stock=place["stock"].whole(0) if place["stock"].given else None,
        low_stock=place["low_stock"].whole(0) if place["low_stock"].given else None,
        description=place["description"].texts(),
        kinds=_kinds(place["fulfilment"], known.kinds) or known.category_kinds.get(category, ()),
        hours=read_available(place["available"], known.hours) or known.category_hours.get(category),
        daily=place["daily"].whole(1, 1) if place["daily"].given else None,
        photo=read_picture(place["photo"]),
        allergens=read_allergens(place["allergens"]),
        diets=read_diets(place["diets"]),
    )


def _category(place: Place, known: _Known) -> str:
    category = place.text("")
    if category and known.category_kinds and category not in known.category_kinds:
        place.fault(
            f"{category!r} is no category",
            did_you_mean(category, known.category_kinds, "add it to the section categories"),
        )
    return category


# Options


def _groups(place: Place, option_sets: Mapping[str, Groups]) -> Groups:
    """The groups of a list, those of option sets among them where they are used."""
    groups: dict[str, OptionGroup] = {}
    for entry in place.items():
        found = _used(entry, option_sets) if entry["use"].given else _group(entry)
        for group in found:
            if group.group in groups:
                entry.fault(f"the group {group.group!r} is there already", "give each group a name of its own")
            groups[group.group] = group
    return tuple(groups.values())


def _used(place: Place, option_sets: Mapping[str, Groups]) -> Groups:
    place.is_section(*USE)
    name = place["use"].text()
    if name not in option_sets:
        place["use"].fault(f"there is no option set {name!r}", did_you_mean(name, option_sets, "add it to option_sets"))
    return option_sets.get(name, ())


def _group(place: Place) -> Groups:
    if not place.is_section(*GROUP):
        return ()
    key = place["group"].text()
    values = _values(place["values"])
    group = OptionGroup(
        group=key,
        name=_name(place, key),
        choose=Choose(place["choose"].one_of(tuple(Choose), Choose.ONE)),
        values=values,
        default=place["default"].text("") or None,
        amounts=place["amounts"].flag(default=False),
        at_least=place["at_least"].whole(0, 0, MOST_VALUES),
        at_most=place["at_most"].whole(1, 1, MOST_VALUES) if place["at_most"].given else None,
        free=place["free"].whole(0, 0, MOST_VALUES),
    )
    _check_group(place, group)
    return (group,)


def _check_group(place: Place, group: OptionGroup) -> None:
    if group.default is not None and group.default not in group.by_value:
        cure = did_you_mean(group.default, group.by_value, "name one of the values")
        place["default"].fault(f"{group.default!r} is none of the values", cure)
    most = 1 if group.choose is Choose.ONE else group.at_most
    if group.choose is Choose.ONE and (group.at_most or 1) > 1:
        place["at_most"].fault("is more than one, but choose is one", "write choose: many")
    elif most is not None and group.at_least > most:
        place["at_least"].fault(f"is more than the {most} that may be chosen", "make it smaller")


def _values(place: Place) -> tuple[OptionValue, ...]:
    values: dict[str, OptionValue] = {}
    for entry in place.items(needed='write values: [{value: small}, {value: large, price: "2.00"}]'):
        value = _value(entry)
        if value.value in values:
            entry.fault(f"the value {value.value!r} is there already", "name each value once")
        values[value.value] = value
    return tuple(values.values())


def _value(place: Place) -> OptionValue:
    if isinstance(place.node, Scalar):
        word = place.text()
        return OptionValue(word, {place.notes.languages[0]: _spoken(word)})
    if not place.is_section(*VALUE):
        return OptionValue("", {})
    value = place["value"].text()
    return OptionValue(
        value=value,
        name=_name(place, value),
        aliases=place["aliases"].words(),
        price=place["price"].money(0, may_be_negative=True),
        allergens=read_allergens(place["allergens"]) if place["allergens"].given else (),
    )
