"""A dish of two halves that words named without them: its page asks which."""

from dataclasses import replace

from core import choosing
from core.menu import Product
from core.notices import MenuPage
from core.people import Contact
from handlers import menu_pages
from handlers.desk import Desk
from handlers.reading.understood import AddLine, Edit, Reading, Understood, Wishes


async def asked(desk: Desk, contact: Contact, understood: Understood) -> tuple[MenuPage | None, Understood]:
    """The page of the first such dish, and what else was said; None where there is none."""
    lacking = [edit for edit in understood.edits if _lacks_halves(desk, edit)]
    if not lacking:
        return None, understood
    product = _product(desk, lacking[0])
    assert product is not None  # noqa: S101  # _lacks_halves found it
    page = await menu_pages.begin(desk, contact, product, anew=True)
    return page, replace(understood, edits=tuple(edit for edit in understood.edits if edit not in lacking))


def says_no_more(understood: Understood) -> bool:
    """Whether nothing but the dish was said."""
    reading = replace(understood.reading, lines=())
    return not understood.edits and understood.wishes == Wishes() and reading == Reading()


def _lacks_halves(desk: Desk, edit: Edit) -> bool:
    product = _product(desk, edit)
    if product is None or product.halves is None or not isinstance(edit, AddLine):
        return False
    return any(group in product.halves.groups for group in choosing.lacks(product, edit.line.options))


def _product(desk: Desk, edit: Edit) -> Product | None:
    return desk.shop.menu.by_sku.get(edit.line.sku) if isinstance(edit, AddLine) else None
