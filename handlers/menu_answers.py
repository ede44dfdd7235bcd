"""Questions that the menu answers: prices, diets, allergens, what there is. What it does not know, a person does."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from core import food
from core.menu import Choose, Chosen, Menu, OptionValue, Product
from core.notices import (
    Altered,
    Button,
    Contents,
    ContentsTold,
    Keyboard,
    Notice,
    Priced,
    PricesTold,
    ProductsTold,
    To,
)
from core.people import Channel, Contact
from handlers import menu_buttons, menu_pages, questions
from handlers.desk import Desk
from handlers.reading.understood import MenuQuestion, Wanted
from storage.conversations import Asked

MOST_TOLD = 12
MOST_EXTRAS = 15
MOST_BUTTONS = 8
CLAUSES = re.compile(r"[?.!;,\n]+")
FEWEST_WORDS = 3
MOST_PARTS = 6


def parts(written: str) -> tuple[str, ...]:
    """A message's clauses as questions of their own, where there are several."""
    clauses = [clause.strip() for clause in CLAUSES.split(written)]
    long = [f"{clause}?" for clause in clauses if len(clause.split()) >= FEWEST_WORDS]
    return tuple(long[:MOST_PARTS]) if len(long) > 1 else ()


async def answer(desk: Desk, contact: Contact, asked: MenuQuestion, written: str) -> tuple[Notice, ...]:
    """What the menu says; where it says nothing, the question goes to the staff."""
    found = await _answered(desk, contact, asked)
    if found is None:
        return await questions.pass_on(desk, contact, written)
    if isinstance(found, (ContentsTold, ProductsTold)) and contact.channel is Channel.TELEGRAM:
        # Where it matters a person says so: one tap, with the words as they were written.
        await desk.tx.conversations.ask(
            contact.id, Asked("words", facts={"text": written[: questions.LONGEST]}), desk.now
        )
        return (replace(found, buttons=(*found.buttons, (Button("ask_shop", "askshop"),))),)
    return (found,)


async def _answered(desk: Desk, contact: Contact, asked: MenuQuestion) -> Notice | None:
    named = tuple(desk.shop.menu.by_sku[sku] for sku in asked.skus if sku in desk.shop.menu.by_sku)
    if asked.diets or (asked.allergens and not named):
        return await _listed(desk, contact, asked)
    if asked.wanted is Wanted.CONTENTS and named:
        return _contents(contact, named, asked.allergens)
    if asked.wanted is Wanted.PRICE:
        return await _prices(desk, contact, named or _under(desk.shop.menu, asked.categories))
    return await _shown(desk, contact, named, asked.categories)


async def _shown(desk: Desk, contact: Contact, named: Sequence[Product], categories: Sequence[str]) -> Notice | None:
    """Do you have …: the page of it, and by mail its price."""
    if contact.channel is not Channel.TELEGRAM or len(named) > 1:
        return await _prices(desk, contact, named or _under(desk.shop.menu, categories))
    if named:
        return await menu_pages.begin(desk, contact, named[0], anew=True)
    heading = next((each for each in menu_pages.headings(desk) if each.key in categories), None)
    return None if heading is None else await menu_pages.category(desk, contact, heading, 1, anew=True)


def _under(menu: Menu, categories: Sequence[str]) -> tuple[Product, ...]:
    return tuple(product for key in categories for product in menu.of_category(key))


async def _prices(desk: Desk, contact: Contact, products: Sequence[Product]) -> Notice | None:
    if not products:
        return None
    shown = products[:MOST_TOLD]
    off = await menu_pages.off_products(desk, contact, shown)
    alone = len(shown) == 1
    return PricesTold(
        to=To(contact.id),
        products=tuple(Priced(each, _extras(each) if alone else (), each.sku in off) for each in shown),
        currency=desk.shop.currency,
        more=len(products) - len(shown),
        buttons=_to_open(desk, shown, off),
    )


def _extras(product: Product) -> tuple[Altered, ...]:
    """The options that cost something."""
    values = (value for group in product.options for value in group.values if value.price)
    return tuple(Altered(value.name, value.price) for value in values)[:MOST_EXTRAS]


async def _listed(desk: Desk, contact: Contact, asked: MenuQuestion) -> Notice | None:
    """What is vegan, what is without nuts: only what the shop has said so of. None where it says nothing of that."""
    menu = desk.shop.menu
    if not _declares(menu, asked):
        return None
    asked_of = _under(menu, asked.categories) or menu.products
    fitting = [each for each in asked_of if all(food.suits(each, diet) for diet in asked.diets)]
    free = tuple(each for each in fitting if not asked.allergens or food.is_free_of(each, asked.allergens))
    shown = free[:MOST_TOLD]
    off = await menu_pages.off_products(desk, contact, shown)
    return ProductsTold(
        to=To(contact.id),
        products=shown,
        currency=desk.shop.currency,
        diets=asked.diets,
        without=asked.allergens,
        off=off,
        undeclared=sum(each.allergens is None for each in asked_of) if asked.allergens else 0,
        more=len(free) - len(shown),
        altered=_altered([each for each in fitting if each not in free], asked.allergens),
        buttons=_to_open(desk, shown, off),
    )


def _declares(menu: Menu, asked: MenuQuestion) -> bool:
    """Whether the shop says anything of what is asked: an empty list would say that there is nothing."""
    says_diets = any(food.suits(product, diet) for product in menu.products for diet in asked.diets)
    return (not asked.diets or says_diets) and (not asked.allergens or menu.declares_allergens)


def _altered(products: Iterable[Product], allergens: Sequence[str]) -> tuple[Altered, ...]:
    """Options that go in place of what has it, as a gluten-free base does, each with what it helps."""
    found: dict[tuple[str, int], Altered] = {}
    for product in products:
        for value in _instead(product, allergens):
            key = next(iter(value.name.values()), ""), value.price
            known = found.get(key, Altered(value.name, value.price))
            found[key] = Altered(known.name, known.price, (*known.products, product.name))
    return tuple(found.values())


def _instead(product: Product, allergens: Sequence[str]) -> Iterable[OptionValue]:
    for group in product.options:
        if group.choose is Choose.ONE and group.default is not None:
            for value in group.values:
                found = food.allergens_of(product, (Chosen(group.group, value.value),))
                if found is not None and not set(found) & set(allergens):
                    yield value


def _contents(contact: Contact, named: Sequence[Product], asked: tuple[str, ...]) -> Notice | None:
    """What is in it; None where the shop has said nothing that would answer."""
    known = [each for each in named if each.allergens is not None or (each.description and not asked)]
    if not known:
        return None
    contents = tuple(_content(each, asked) for each in known)
    return ContentsTold(to=To(contact.id), contents=contents, asked=asked)


def _content(product: Product, asked: Sequence[str]) -> Contents:
    declared = food.allergens_of(product)
    has = declared or ()
    adds = (
        (value.name, tuple(code for code in value.allergens if code not in has))
        for group in product.options
        for value in group.values
        if value.allergens
    )
    told = tuple((name, codes) for name, codes in adds if codes and (not asked or set(codes) & set(asked)))
    return Contents(product, declared, tuple(code for code in has if code in asked), told[:MOST_EXTRAS])


def _to_open(desk: Desk, shown: Sequence[Product], off: frozenset[str]) -> Keyboard:
    if len(shown) > MOST_BUTTONS:
        return ()
    numbered = [(desk.tx.articles.id_of(each.sku), each) for each in shown]
    return menu_buttons.products(numbered, off, desk.shop.currency)
