"""The buttons of the menu's pages: each turns the one message into another page, and some put something into the draft.

Data come back as untrusted bytes. Turning pages works from any page, however old; what changes a dish in the
making names that dish, and one that is no more is out of date.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace

from core import choosing
from core.documents import Line, Order
from core.errors import ShopError, Stale, TooFewOptions, TooManyOptions
from core.menu import OptionGroup, OptionValue, Product
from core.notices import MENU_CARD, DraftAsked, DraftEdited, MenuPage, Notice, To
from core.people import Contact
from handlers import beside_order, cards, checkout, checkout_taps, drafts, menu_pages, open_doubts, teaching
from handlers.availability import as_error
from handlers.buttons import Tap
from handlers.desk import Desk
from handlers.incoming import Answer
from handlers.menu_buttons import AMOUNTS, mark
from handlers.own_orders import own_draft
from handlers.reading.understood import AddLine, Intent, ReadLine, Understood
from handlers.refusing import refused
from storage.choices import Choice

GROUP = re.compile(r"([0-9a-f]{1,8})\.([0-9]{1,3})")
VALUE = re.compile(r"([0-9a-f]{1,8})([-rxln])([0-9]{1,3})")

MenuTap = Callable[[Desk, Contact, Tap], Awaitable[tuple[Notice, ...]]]

AT_A_GLANCE = (TooManyOptions, TooFewOptions)
"""Refusals that are said over the tapped button: the page itself stays as it is."""


async def tap(desk: Desk, contact: Contact, tapped: Tap, message_id: int) -> Answer:
    """One tap on a page of the menu, or on a button elsewhere that opens one: that opens where it was tapped."""
    try:
        notices = await TAPS[tapped.verb](desk, contact, tapped)
    except AT_A_GLANCE as error:
        return Answer(f"refused_{type(error).__name__}", toast=refused(desk, error, To(contact.id)))
    stands = await desk.tx.outbox.card_message(contact.channel, contact.address, MENU_CARD)
    if stands != str(message_id):
        notices = tuple(replace(each, anew=True) if isinstance(each, MenuPage) else each for each in notices)
    return Answer(f"tap_{tapped.verb}", await beside_order.repeated(desk, contact, notices))


async def _home(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:  # noqa: ARG001
    return (await menu_pages.home(desk, contact),)


async def _category(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    page = tapped.number()
    for heading in menu_pages.headings(desk):
        if mark(heading.key) == tapped.subject:
            return (await menu_pages.category(desk, contact, heading, page),)
    raise _out_of_date()


async def _product(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    """A product's page begins a new dish; what was half chosen of the same one stays chosen."""
    return (await menu_pages.begin(desk, contact, _of_article(desk, tapped)),)


async def _show(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    _, choice = await _making(desk, contact, tapped)
    return (await menu_pages.product(desk, contact, choice),)


async def _group(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    product, choice = await _making(desk, contact, tapped)
    found = GROUP.fullmatch(tapped.rest)
    group = next((each for each in product.groups if found and mark(each.group) == int(found[1], 16)), None)
    if found is None or group is None:
        raise _out_of_date()
    return (await menu_pages.options(desk, contact, choice, group, int(found[2])),)


async def _set(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    """An option of the dish: so much of it, or none said."""
    product, choice = await _making(desk, contact, tapped)
    found = VALUE.fullmatch(tapped.rest)
    if found is None:
        raise _out_of_date()
    group, value = _option(product, int(found[1], 16))
    if value.value in menu_pages.off_values(desk, product, await menu_pages.serving(desk, contact)):
        raise _out_of_date()
    options = choosing.choose(choice.options, group, value.value, AMOUNTS[found[2]])
    choice = Choice(choice.number, choice.sku, choice.quantity, options)
    await desk.tx.choices.keep(contact.id, choice, desk.now)
    return (await menu_pages.options(desk, contact, choice, group, int(found[3])),)


def _option(product: Product, wanted: int) -> tuple[OptionGroup, OptionValue]:
    for group in product.groups:
        for value in group.values:
            if mark(group.group, value.value) == wanted:
                return group, value
    raise _out_of_date()


async def _quantity(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    _, choice = await _making(desk, contact, tapped)
    most = desk.shop.limits.quantity
    choice = Choice(choice.number, choice.sku, min(max(tapped.number(), 1), most), choice.options)
    await desk.tx.choices.keep(contact.id, choice, desk.now)
    return (await menu_pages.product(desk, contact, choice),)


async def _add(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    """The dish goes into the draft, once: its number is used up."""
    product, choice = await _making(desk, contact, tapped)
    choosing.check_complete(product, choice.options)
    off = menu_pages.off_values(desk, product, await menu_pages.serving(desk, contact))
    if any(option.value in off for option in choosing.goes_in(choice.options)):
        raise _out_of_date()
    reason = await menu_pages.why_off(desk, contact, product)
    if reason is not None:
        raise as_error(reason)
    before = await desk.tx.orders.draft_of(contact.id)
    line = ReadLine(product.sku, choice.quantity, choice.options)
    understood = Understood(Intent.ORDER, edits=(AddLine(line),))
    edited = await drafts.apply(desk, contact, before, understood)
    if edited is None:
        raise _out_of_date()
    await desk.tx.choices.end(contact.id, desk.now)
    if edited.order.beside is not None:
        await beside_order.keep(desk, contact, edited.order)
    taught = await teaching.picked(desk, contact, before, edited.order)
    await open_doubts.after(desk, contact, before, edited.order, understood)
    return (*await _with_draft(desk, contact, edited.order, drafts.price(desk, (line,))[0]), *taught)


async def _order(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:  # noqa: ARG001
    draft = await desk.tx.orders.draft_of(contact.id)
    if draft is None or not draft.lines:
        return (await menu_pages.home(desk, contact),)
    return (await menu_pages.ordered(desk, contact, draft),)


async def _with_draft(desk: Desk, contact: Contact, draft: Order, added: Line) -> tuple[Notice, ...]:
    """The page of what is ordered so far; a draft that stands elsewhere in the chat is kept true."""
    page = await menu_pages.ordered(desk, contact, draft, added)
    stands = await desk.tx.outbox.card_message(contact.channel, contact.address, f"order:{draft.id}")
    return (page, drafts.edited(desk, draft)) if stands is not None else (page,)


async def _place(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    """Place what is in the draft; what is still to be asked is asked at the end of the chat."""
    draft = await own_draft(desk, contact, tapped)
    notices = await checkout.go_on(desk, contact, draft, tapped=False)
    return tuple(cards.anew(notice) for notice in notices)


async def _change(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    return (drafts.edited(desk, await own_draft(desk, contact, tapped), "change"),)


def _at_the_end(handler: MenuTap) -> MenuTap:
    """The draft with these buttons at the end of the chat: where it stood, above the menu, nobody would see it."""

    async def tapped_here(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
        notices = await handler(desk, contact, tapped)
        return tuple(DraftAsked(**vars(each)) if isinstance(each, DraftEdited) else each for each in notices)

    return tapped_here


async def _making(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Product, Choice]:
    """The dish that this button is about. Raises Stale for one that was ordered, left, or never was."""
    choice = await desk.tx.choices.open(contact.id)
    product = _of_article(desk, tapped)
    if choice is None or choice.number != tapped.version or choice.sku != product.sku:
        raise _out_of_date()
    return product, menu_pages.as_the_menu_is(product, choice)


def _of_article(desk: Desk, tapped: Tap) -> Product:
    sku = desk.tx.articles.sku_of(tapped.subject) if tapped.subject in desk.tx.articles else ""
    product = desk.shop.menu.by_sku.get(sku)
    if product is None:
        raise _out_of_date()
    return product


def _out_of_date() -> ShopError:
    return Stale(number=None, state="")


TAPS: dict[str, MenuTap] = {
    "mhome": _home,
    "mcat": _category,
    "mprod": _product,
    "mshow": _show,
    "mgrp": _group,
    "mset": _set,
    "mqty": _quantity,
    "madd": _add,
    "morder": _order,
    "mplace": _place,
    "mchg": _at_the_end(_change),
    **{f"m{verb}": _at_the_end(checkout_taps.TAPS[verb]) for verb in ("how", "where", "when")},
}
