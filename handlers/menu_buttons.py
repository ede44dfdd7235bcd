"""The buttons of the menu's pages, and the data that they carry.

A product stands there by its article number, a heading or an option by a digest of their codes: their
places in the shop file may be others tomorrow, while the page of today still stands in a chat.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from zlib import crc32

from core import choosing
from core.documents import Line, Order
from core.frozen import frozen
from core.menu import Amount, Category, OptionGroup, OptionValue, Product, Texts
from core.money import Money, Surcharge
from core.notices import Button, Keyboard
from core.pricing import costs_at_least, least_price
from handlers.buttons import MOST_BYTES
from storage.choices import Choice

ON_A_PAGE = 8
VALUES_ON_A_PAGE = 20
SHORT_NAME = 14
"""Names up to so many letters stand two in a row."""
AMOUNTS = {"-": None, "r": Amount.REGULAR, "x": Amount.EXTRA, "l": Amount.LIGHT, "n": Amount.NONE}
LETTERS = {amount: letter for letter, amount in AMOUNTS.items()}

Row = tuple[Button, ...]


@frozen(slots=False)
class Making:
    """A product as it is being put together: what was chosen, and the line that it would be."""

    article: int
    product: Product
    choice: Choice
    line: Line
    currency: str
    off: frozenset[str] = frozenset()
    """Values of its options that cannot be had."""


def mark(*codes: str) -> int:
    """A heading or an option in 32 bits."""
    return crc32("\0".join(codes).encode())


def home_data() -> str:
    return _data("mhome")


def category_data(key: str, page: int = 1) -> str:
    return _data("mcat", mark(key), rest=page)


def _data(verb: str, subject: int = 0, version: int = 0, rest: str | int = "") -> str:
    made = f"{verb}:{subject}:{version}" + (f":{rest}" if rest != "" else "")
    assert len(made.encode()) <= MOST_BYTES  # noqa: S101  # numbers and single letters only
    return made


def _group_data(making: Making, group: OptionGroup, page: int = 1) -> str:
    return _data("mgrp", making.article, making.choice.number, f"{mark(group.group):x}.{page}")


# Pages


def home(categories: Iterable[Category], draft: Order | None) -> Keyboard:
    """A button for each heading, short ones two in a row."""
    return (*_headings(categories), *_to_order(draft))


def category(heading: Category, rows: Keyboard, page: int, pages: int, draft: Order | None) -> Keyboard:
    """The products of a page, the other pages, and up."""
    turning = _turning(lambda number: category_data(heading.key, number), page, pages)
    return (*rows, *turning, (Button("menu_home", home_data()),), *_to_order(draft))


def products(found: Sequence[tuple[int, Product]], off: frozenset[str], currency: str) -> Keyboard:
    """By name and price; what cannot be had says so, and opens all the same."""
    return tuple((_product_button(article, product, off, currency),) for article, product in found)


def _product_button(article: int, product: Product, off: frozenset[str], currency: str) -> Button:
    data = _data("mprod", article)
    if product.sku in off:
        return Button("menu_off", data, {"name": product.name})
    label = "menu_product_from" if costs_at_least(product) else "menu_product"
    return Button(label, data, {"name": product.name, "price": Money(least_price(product), currency)})


def product(making: Making, heading: Category, *, off: bool) -> Keyboard:
    """The groups with what is chosen of them, the number, and Add: or what has to be chosen before."""
    up = (Button("menu_up", category_data(heading.key), {"name": heading.name}), Button("menu_home", home_data()))
    if off:
        return (up,)
    article, choice = making.article, making.choice
    count = (
        Button("less", _data("mqty", article, choice.number, max(choice.quantity - 1, 1))),
        Button("menu_quantity", _data("mqty", article, choice.number, choice.quantity), {"quantity": choice.quantity}),
        Button("more", _data("mqty", article, choice.number, choice.quantity + 1)),
    )
    groups = ((_group_button(making, group),) for group in making.product.groups)
    return (*groups, count, (_add(making),), up)


def _group_button(making: Making, group: OptionGroup) -> Button:
    options, data = making.choice.options, _group_data(making, group)
    chosen = tuple(value.name for value in group.values if choosing.is_chosen(options, group, value.value))
    label = "menu_group" if chosen else "menu_group_bare"
    return Button(label, data, {"group": group.name, "chosen": chosen})


def _add(making: Making) -> Button:
    lacks = choosing.lacks(making.product, making.choice.options)
    if lacks:
        return Button("menu_choose", _group_data(making, lacks[0]), {"group": lacks[0].name})
    price = Money(making.line.total, making.currency)
    return Button("menu_add", _data("madd", making.article, making.choice.number), {"price": price})


def options(making: Making, group: OptionGroup, page: int) -> Keyboard:
    """A button for each value of a group, the neighbouring groups, and Add."""
    pages = pages_of(len(group.values), VALUES_ON_A_PAGE)
    shown = group.values[(page - 1) * VALUES_ON_A_PAGE : page * VALUES_ON_A_PAGE]
    values = tuple((_value_button(making, group, value, page),) for value in shown)
    turning = _turning(lambda number: _group_data(making, group, number), page, pages)
    whole = Button("menu_up", _data("mshow", making.article, making.choice.number), {"name": making.product.name})
    add = _add(making)
    # What must be chosen is asked for once: not on its own page, and not beside another button that leads there.
    on = () if add.data == _group_data(making, group) else ((add,),)
    return (*values, *turning, *_steps(making, group, add.data), *on, (whole,))


def _steps(making: Making, group: OptionGroup, beside: str) -> Keyboard:
    """The groups before and after this one, but for what a button `beside` leads to."""
    groups = making.product.groups
    place = groups.index(group)
    before = [Button("menu_before", _group_data(making, each), {"group": each.name}) for each in groups[:place][-1:]]
    after = [Button("menu_next", _group_data(making, each), {"group": each.name}) for each in groups[place + 1 :][:1]]
    row = tuple(each for each in (*before, *after) if each.data != beside)
    return (row,) if row else ()


def _value_button(making: Making, group: OptionGroup, value: OptionValue, page: int) -> Button:
    if value.value in making.off:
        return Button("menu_off", _group_data(making, group, page), {"name": value.name})
    chosen = making.choice.options
    amount = choosing.amount_of(chosen, group, value.value)
    if amount is None and choosing.is_chosen(chosen, group, value.value):
        amount = Amount.REGULAR
    after = LETTERS[choosing.next_amount(chosen, group, value.value)]
    data = _data("mset", making.article, making.choice.number, f"{mark(group.group, value.value):x}{after}{page}")
    price = Surcharge(_price(making, group, value), making.currency)
    return Button(f"option_{amount}" if amount else "option_off", data, {"name": value.name, "price": price})


def _price(making: Making, group: OptionGroup, value: OptionValue) -> int:
    """A half costs what the whole does, shared: its own price alone would say something else."""
    halves = making.product.halves
    return 0 if halves is not None and group in halves.groups else value.price


def order(draft: Order, back: Category | None, known: Keyboard) -> Keyboard:
    """Under what is in the draft: place it, change what it goes by (`known`), or go on."""
    again = [Button("menu_up", category_data(back.key), {"name": back.name})] if back is not None else []
    place = Button("place", _data("mplace", draft.id, draft.version))
    change = Button("change", _data("mchg", draft.id, draft.version))
    goes_by = tuple(tuple(replace(button, data=f"m{button.data}") for button in row) for row in known)
    return ((place,), *goes_by, (change, *again, Button("menu_home", home_data())))


def found(rows: Keyboard, categories: Iterable[Category]) -> Keyboard:
    """What a search found."""
    return (*_headings(categories), *rows, (Button("menu_home", home_data()),))


# Parts


def pages_of(count: int, on_one: int) -> int:
    return max(1, -(-count // on_one))


def _headings(categories: Iterable[Category]) -> Keyboard:
    rows: list[Row] = []
    for each in categories:
        button = Button("menu_category", category_data(each.key), {"name": each.name})
        if rows and len(rows[-1]) == 1 and _is_short(each.name) and _is_short(rows[-1][0].facts["name"]):
            rows[-1] = (*rows[-1], button)
        else:
            rows.append((button,))
    return tuple(rows)


def _is_short(name: Texts) -> bool:
    return all(len(text) <= SHORT_NAME for text in name.values())


def _turning(to: Callable[[int], str], page: int, pages: int) -> Keyboard:
    """The page before and the one after; in a ring, so that both are always there."""
    if pages == 1:
        return ()
    before, after = (page - 2) % pages + 1, page % pages + 1
    here = Button("menu_page", to(page), {"page": page, "pages": pages})
    return ((Button("page_before", to(before)), here, Button("page_after", to(after))),)


def _to_order(draft: Order | None) -> Keyboard:
    if draft is None or not draft.lines:
        return ()
    return ((Button("menu_order", _data("morder"), {"price": Money(draft.total, draft.currency)}),),)
