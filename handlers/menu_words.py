"""Words that only name something of the menu: it is shown, nothing is ordered."""

from core.menu import Category
from core.notices import Notice
from core.people import Channel, Contact
from handlers import menu_pages, menu_search
from handlers.desk import Desk
from handlers.reading.menu_match import split
from handlers.reading.understood import Intent, Understood, Wishes

FEW_WORDS = 3
"""So many may name a heading alone: "drinks, please"."""


async def shown(desk: Desk, contact: Contact, understood: Understood, written: str) -> tuple[Notice, ...]:
    """The page of what was named: "pizzas", "show me desserts", "tiramisu?"; nothing for any other words."""
    if contact.channel is not Channel.TELEGRAM:
        return ()
    if understood.intent is Intent.MENU:
        heading = menu_search.heading_in(desk.house.menu, written)
    elif understood.intent is Intent.ORDER and understood.wishes == Wishes():
        if written.rstrip().endswith("?") and understood.reading.lines:
            product = menu_search.product_named(desk.house.menu, written)
            return () if product is None else (await menu_pages.begin(desk, contact, product, anew=True),)
        heading = _heading_alone(desk, understood, written)
    elif understood.intent is Intent.OTHER and understood.wishes == Wishes() and len(split(written)) <= FEW_WORDS:
        heading = menu_search.heading_in(desk.house.menu, written)
    else:
        return ()
    return () if heading is None else (await menu_pages.category(desk, contact, heading, 1, anew=True),)


def _heading_alone(desk: Desk, understood: Understood, written: str) -> Category | None:
    """One word alone that names many goods, all of them under one heading."""
    reading = understood.reading
    if reading.lines or len(reading.questions) != 1 or len(split(written)) != 1:
        return None
    menu = desk.shop.menu
    found = {menu.by_sku[sku].category for sku in reading.questions[0].likely}
    if len(found) != 1 or len(reading.questions[0].likely) < 2:
        return None
    return next((each for each in menu.categories if each.key in found), None)
