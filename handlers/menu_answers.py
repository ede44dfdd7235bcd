"""Questions that the menu answers: prices, diets, allergens, what there is. What it does not know, a person does."""

import re
from collections.abc import Sequence
from dataclasses import replace

from core import food
from core.menu import Product
from core.notices import (
    Altered,
    Button,
    Contents,
    ContentsTold,
    Notice,
    Priced,
    PricesTold,
    ProductsTold,
    To,
)
from core.people import Channel, Contact
from handlers import diet_answers, menu_pages, questions
from handlers.desk import Desk
from handlers.diet_answers import MOST_TOLD, of_headings, to_open
from handlers.reading.understood import MenuQuestion, Wanted
from storage.conversations import Asked

MOST_EXTRAS = 15
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
    found = await _answered(desk, contact, asked, written)
    if found is None:
        return await questions.pass_on(desk, contact, written)
    if isinstance(found, (ContentsTold, ProductsTold)) and contact.channel is Channel.TELEGRAM:
        # Where it matters a person says so: one tap, with the words as they were written.
        await desk.tx.conversations.ask(
            contact.id, Asked("words", facts={"text": written[: questions.LONGEST]}), desk.now
        )
        return (replace(found, buttons=(*found.buttons, (Button("ask_shop", "askshop"),))),)
    return (found,)


async def _answered(desk: Desk, contact: Contact, asked: MenuQuestion, written: str) -> Notice | None:
    named = tuple(desk.shop.menu.by_sku[sku] for sku in asked.skus if sku in desk.shop.menu.by_sku)
    if asked.diets or asked.wanted is Wanted.PRODUCTS or (asked.allergens and not named):
        return await diet_answers.listed(desk, contact, asked, written)
    if asked.wanted is Wanted.CONTENTS and named:
        return _contents(desk, contact, named, asked)
    if asked.wanted is Wanted.PRICE:
        if not (named or asked.categories):
            return _option_prices(desk, contact, asked.options)
        return await _prices(desk, contact, named or of_headings(desk.shop.menu, asked.categories))
    return await _shown(desk, contact, named, asked.categories)


async def _shown(desk: Desk, contact: Contact, named: Sequence[Product], categories: Sequence[str]) -> Notice | None:
    """Do you have …: the page of it, and by mail its price."""
    if contact.channel is not Channel.TELEGRAM or len(named) > 1:
        return await _prices(desk, contact, named or of_headings(desk.shop.menu, categories))
    if named:
        return await menu_pages.begin(desk, contact, named[0], anew=True)
    heading = next((each for each in menu_pages.headings(desk) if each.key in categories), None)
    return None if heading is None else await menu_pages.category(desk, contact, heading, 1, anew=True)


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
        buttons=to_open(desk, shown, off),
    )


def _option_prices(desk: Desk, contact: Contact, options: Sequence[tuple[str, str]]) -> Notice | None:
    """What choices cost, each price once: "olives +0.80"."""
    groups = (group for product in desk.shop.menu.products for group in product.options)
    values = [value for group in groups for value in group.values if (group.group, value.value) in options]
    priced = {(tuple(value.name.values()), value.price): Altered(value.name, value.price) for value in values}
    if not priced:
        return None
    told = tuple(priced.values())[:MOST_EXTRAS]
    return PricesTold(to=To(contact.id), products=(), currency=desk.shop.currency, options=told)


def _extras(product: Product) -> tuple[Altered, ...]:
    """The options that cost something."""
    values = (value for group in product.options for value in group.values if value.price)
    return tuple(Altered(value.name, value.price) for value in values)[:MOST_EXTRAS]


def _contents(desk: Desk, contact: Contact, named: Sequence[Product], asked: MenuQuestion) -> Notice | None:
    """What is in it; None where the shop has said nothing that would answer."""
    known = [each for each in named if each.allergens is not None or (each.description and not asked.allergens)]
    if not known:
        return None
    return ContentsTold(
        to=To(contact.id),
        contents=tuple(_content(each, asked.allergens) for each in known),
        currency=desk.shop.currency,
        asked=asked.allergens,
        is_without=asked.is_without,
    )


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
    found = tuple(code for code in has if code in asked)
    without = diet_answers.altered([product], asked) if found else ()
    return Contents(product, declared, found, told[:MOST_EXTRAS], without)
