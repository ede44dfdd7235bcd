"""The menu as one message: headings, products, a product with its options, and what was ordered so far."""

from collections.abc import Sequence
from datetime import datetime

from core import choosing, food
from core.availability import Reason, Why
from core.documents import Line, Order, Photo
from core.menu import Amount, Category, OptionGroup, Product
from core.notices import (
    Keyboard,
    MenuCategory,
    MenuFound,
    MenuHome,
    MenuOptions,
    MenuOrder,
    MenuPage,
    MenuProduct,
    To,
)
from core.people import Contact
from core.pricing import price_line
from handlers import checkout_buttons
from handlers import menu_buttons as buttons
from handlers.availability import serving_time, with_shelf
from handlers.desk import Desk
from handlers.menu_buttons import ON_A_PAGE, VALUES_ON_A_PAGE, Making, pages_of
from handlers.menu_search import Found
from storage.choices import Choice

UNDER_NO_HEADING = Category("", {"en": "More", "de": "Weiteres", "es": "Más", "fr": "Autres", "it": "Altro"})


def headings(desk: Desk) -> tuple[Category, ...]:
    """Those that have products, in the order of the shop file; then what stands under none."""
    menu = desk.shop.menu
    return tuple(each for each in (*menu.categories, UNDER_NO_HEADING) if menu.of_category(each.key))


def heading_of(desk: Desk, product: Product) -> Category:
    return next((each for each in desk.shop.menu.categories if each.key == product.category), UNDER_NO_HEADING)


async def home(desk: Desk, contact: Contact, *, anew: bool = False) -> MenuPage:
    """The headings; a menu with one alone begins with its products."""
    known = headings(desk)
    if len(known) == 1:
        return await category(desk, contact, known[0], 1, anew=anew)
    draft = await desk.tx.orders.draft_of(contact.id)
    return MenuHome(
        to=To(contact.id),
        currency=desk.shop.currency,
        anew=anew,
        photo=await _photo(desk),
        order=draft if draft and draft.lines else None,
        table=draft.table if draft else "",
        buttons=buttons.home(known, draft),
    )


async def category(desk: Desk, contact: Contact, heading: Category, page: int, *, anew: bool = False) -> MenuPage:
    """The products under a heading; a page that there is not is the last one."""
    products = desk.shop.menu.of_category(heading.key)
    pages = pages_of(len(products), ON_A_PAGE)
    page = min(max(page, 1), pages)
    shown = products[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    draft = await desk.tx.orders.draft_of(contact.id)
    off = await _off(desk, shown, draft)
    rows = buttons.products(_numbered(desk, shown), off, desk.shop.currency)
    return MenuCategory(
        to=To(contact.id),
        currency=desk.shop.currency,
        anew=anew,
        photo=await _photo(desk),
        category=heading,
        products=shown,
        page=page,
        pages=pages,
        off=off,
        met={product.sku: _met(contact, product) for product in shown},
        buttons=buttons.category(heading, rows, page, pages, draft),
    )


async def begin(desk: Desk, contact: Contact, dish: Product, *, anew: bool = False) -> MenuPage:
    """The page of a product, with a dish of it in the making."""
    choice = await desk.tx.choices.open(contact.id)
    if choice is None or choice.sku != dish.sku:
        choice = await desk.tx.choices.begin(contact.id, dish.sku, (), desk.now)
    return await product(desk, contact, as_the_menu_is(dish, choice), anew=anew)


async def product(desk: Desk, contact: Contact, choice: Choice, *, anew: bool = False) -> MenuPage:
    """One product, as far as it was put together."""
    making = await _making(desk, contact, choice)
    dish = making.product
    reason = await why_off(desk, contact, dish)
    return MenuProduct(
        to=To(contact.id),
        currency=desk.shop.currency,
        anew=anew,
        photo=await _photo(desk, dish),
        product=dish,
        line=making.line,
        allergens=food.allergens_of(dish, choice.options),
        cautions=food.cautions(desk.shop.menu, (making.line,), contact.allergies),
        off=reason,
        declares=desk.shop.menu.declares_allergens,
        is_open=bool(choosing.lacks(dish, choice.options)),
        buttons=buttons.product(making, heading_of(desk, dish), off=reason is not None),
    )


async def options(desk: Desk, contact: Contact, choice: Choice, group: OptionGroup, page: int) -> MenuPage:
    """One group of a product's options."""
    making = await _making(desk, contact, choice)
    page = min(max(page, 1), pages_of(len(group.values), VALUES_ON_A_PAGE))
    groups = making.product.groups
    return MenuOptions(
        to=To(contact.id),
        currency=desk.shop.currency,
        photo=await _photo(desk, making.product),
        product=making.product,
        group=group,
        line=making.line,
        place=groups.index(group) + 1,
        places=len(groups),
        taken=sum(each.group == group.group and each.amount is not Amount.NONE for each in choice.options),
        cautions=food.cautions(desk.shop.menu, (making.line,), contact.allergies),
        buttons=buttons.options(making, group, page),
    )


async def ordered(desk: Desk, contact: Contact, draft: Order, added: Line | None = None) -> MenuPage:
    """What is in the draft, and what has just been put there."""
    dish = desk.shop.menu.by_sku.get(added.sku) if added else None
    return MenuOrder(
        to=To(contact.id),
        currency=desk.shop.currency,
        photo=await _photo(desk, dish),
        order=draft,
        added=added,
        cautions=food.cautions(desk.shop.menu, draft.lines, contact.allergies),
        buttons=buttons.order(draft, heading_of(desk, dish) if dish else None, _known(desk, draft)),
    )


def _known(desk: Desk, draft: Order) -> Keyboard:
    """How, where to and when, as under a draft made by words."""
    return checkout_buttons.known(draft, desk.shop.kinds_for(line.sku for line in draft.lines))


async def found(desk: Desk, contact: Contact, words: str, hits: Found) -> MenuPage:
    """What a search found, at the end of the chat: it was asked for in words."""
    shown = hits.products[:ON_A_PAGE]
    draft = await desk.tx.orders.draft_of(contact.id)
    off = await _off(desk, shown, draft)
    rows = buttons.products(_numbered(desk, shown), off, desk.shop.currency)
    return MenuFound(
        to=To(contact.id),
        currency=desk.shop.currency,
        anew=True,
        photo=await _photo(desk),
        words=words,
        products=shown,
        categories=hits.categories,
        more=len(hits.products) - len(shown),
        off=off,
        buttons=buttons.found(rows, hits.categories if shown or hits.categories else headings(desk)),
    )


# Parts


async def _making(desk: Desk, contact: Contact, choice: Choice) -> Making:
    dish = desk.shop.menu.by_sku[choice.sku]
    line = price_line(dish, choice.quantity, choice.options, "", 1)
    off = off_values(desk, dish, await serving(desk, contact))
    return Making(desk.tx.articles.id_of(dish.sku), dish, choice, line, desk.shop.currency, off)


def as_the_menu_is(dish: Product, choice: Choice) -> Choice:
    """Without options that have left the menu since they were chosen."""
    return Choice(choice.number, choice.sku, choice.quantity, choosing.known(dish, choice.options))


async def serving(desk: Desk, contact: Contact) -> datetime:
    """When what is chosen now would be eaten."""
    draft = await desk.tx.orders.draft_of(contact.id)
    return serving_time(desk, draft.wished if draft else None)


def off_values(desk: Desk, dish: Product, at: datetime) -> frozenset[str]:
    """The options that cannot be had, halves among them."""
    menu = desk.shop.menu.by_sku
    options = {one.value for one in desk.sold_out if one.value and one.until > at and one.is_about(dish)}
    halves = {value.value for group in (dish.halves.groups if dish.halves else ()) for value in group.values}
    gone = {sku for sku in halves if sku not in menu or _reason(desk.availability.why_not(menu[sku], (), at))}
    return frozenset(options | gone)


async def _off(desk: Desk, shown: Sequence[Product], draft: Order | None) -> frozenset[str]:
    """Which of these products cannot be had."""
    at = serving_time(desk, draft.wished if draft else None)
    counted = any(dish.stock is not None for dish in shown)
    here = await with_shelf(desk) if counted else desk.availability
    return frozenset(dish.sku for dish in shown if _reason(here.why_not(dish, (), at)))


async def off_products(desk: Desk, contact: Contact, shown: Sequence[Product]) -> frozenset[str]:
    """Which of these products this customer cannot have now."""
    return await _off(desk, shown, await desk.tx.orders.draft_of(contact.id))


async def why_off(desk: Desk, contact: Contact, dish: Product) -> Reason | None:
    """Why it cannot be had, whatever is chosen of its options."""
    here = await with_shelf(desk) if dish.stock is not None else desk.availability
    return _reason(here.why_not(dish, (), await serving(desk, contact)))


def _reason(reason: Reason | None) -> Reason | None:
    """One that stands for the whole product: a default that has run out leaves the other values."""
    return None if reason is None or reason.why is Why.OPTION_SOLD_OUT else reason


def _met(contact: Contact, dish: Product) -> tuple[str, ...]:
    """What of their allergies is in it."""
    return tuple(code for code in food.allergens_of(dish) or () if code in contact.allergies)


def _numbered(desk: Desk, shown: Sequence[Product]) -> tuple[tuple[int, Product], ...]:
    return tuple((desk.tx.articles.id_of(dish.sku), dish) for dish in shown)


async def _photo(desk: Desk, dish: Product | None = None) -> Photo | None:
    """The product's picture, else the shop's cover: a message that has a picture can only change it, never lose it."""
    name = (dish.photo if dish else "") or desk.shop.photo
    number = await desk.tx.pictures.number(name) if name else None
    return None if number is None else Photo(0, picture=number)
