"""What customers can do by command, by button or in plain words, apart from ordering."""

import re
from datetime import timedelta

from core.documents import Order
from core.errors import NotThere
from core.left_open import is_current, is_overdue
from core.menu import Category
from core.notices import (
    DraftCancelled,
    HelpShown,
    HoursShown,
    MenuShown,
    Notice,
    OrdersShown,
    RemindersSet,
    To,
    UnknownCommand,
)
from core.people import Channel, Contact
from core.states import OrderState
from handlers import (
    asking_which,
    availability,
    buttons,
    cancel_wishes,
    menu_pages,
    menu_search,
    open_doubts,
    orders,
    questions,
    reordering,
    waiting_drafts,
    which_order,
)
from handlers.commands import CUSTOMER, customer_command, customer_help, nearest
from handlers.desk import Desk
from handlers.diet_answers import asked_in, listed
from handlers.opened import open_now, opened
from handlers.reading.order_numbers import as_number
from handlers.reading.understood import Intent
from handlers.said import read

TOLD_AHEAD_DAYS = 14
"""Exceptions from the weekly hours are told so many days before."""

REFUSED = re.compile(r"off|no|aus|nein|keine", re.IGNORECASE)
WANTED = re.compile(r"on|yes|an|ein|ja", re.IGNORECASE)

BY_INTENT = {
    Intent.STATUS: "orders",
    Intent.CANCEL: "cancel",
    Intent.MENU: "menu",
    Intent.HOURS: "hours",
    Intent.HELP: "help",
    Intent.REORDER: "again",
}
"""The command that does what such words ask for."""

RECENT = timedelta(days=2)
"""An order that ended this recently still answers "where is my order"."""


@customer_command("start")
async def start(desk: Desk, contact: Contact, words: str) -> tuple[Notice, ...]:
    """/start: hello, and how to order."""
    return await opened(desk, contact, words.strip())


@customer_command("menu")
async def menu(desk: Desk, contact: Contact, words: str) -> tuple[Notice, ...]:
    """/menu: what we have today; /menu tiramisu looks for it."""
    asked = asked_in(desk, contact, words)
    found = await listed(desk, contact, asked, words) if asked is not None and not asked.skus else None
    return (found or await menu_shown(desk, contact, words),)


async def menu_shown(desk: Desk, contact: Contact, words: str = "", heading: Category | None = None) -> Notice:
    """In a chat its pages, or what fits these words; by mail the whole menu, or what stands under this heading."""
    if contact.channel is not Channel.TELEGRAM:
        return await _whole_menu(desk, To(contact.id), heading)
    hits = menu_search.search(desk.house.menu, words) if words.strip() else None
    if hits is None:
        return await menu_pages.home(desk, contact, anew=True)
    if hits.only_product is not None:
        return await menu_pages.begin(desk, contact, hits.only_product, anew=True)
    if hits.only_category is not None:
        return await menu_pages.category(desk, contact, hits.only_category, 1, anew=True)
    return await menu_pages.found(desk, contact, words, hits)


async def _whole_menu(desk: Desk, to: To, heading: Category | None) -> MenuShown:
    """The whole menu by category, or one of them; what is sold out is marked."""
    menu = desk.shop.menu
    shown = menu.categories if heading is None else (heading,)
    by_category = [
        (category, tuple(product for product in menu.products if product.category == category.key))
        for category in shown
    ]
    known = {category.key for category in menu.categories}
    rest = () if heading is not None else tuple(product for product in menu.products if product.category not in known)
    now = await availability.with_shelf(desk)
    at = availability.serving_time(desk, None)
    reasons = ((product.sku, now.why_not(product, (), at)) for product in menu.products)
    return MenuShown(
        to=to,
        categories=(*by_category, *(((None, rest),) if rest else ())),
        currency=desk.shop.currency,
        off={sku: reason for sku, reason in reasons if reason is not None},
    )


@customer_command("hours")
async def hours_(desk: Desk, contact: Contact, words: str) -> tuple[Notice, ...]:  # noqa: ARG001
    """/hours: when we are open."""
    return (hours_shown(desk, contact),)


@customer_command("orders")
async def show_orders(desk: Desk, contact: Contact, words: str) -> tuple[Notice, ...]:  # noqa: ARG001
    """/orders: your open orders and how far they are."""
    return await status(desk, contact, None)


@customer_command("cancel")
async def cancel_command(desk: Desk, contact: Contact, words: str) -> tuple[Notice, ...]:
    """/cancel: cancel your draft or your last order."""
    number = words.strip().lstrip("#")
    return await cancel(desk, contact, as_number(number) if number.isdecimal() and len(number) < 15 else None)


@customer_command("again")
async def again(desk: Desk, contact: Contact, words: str) -> tuple[Notice, ...]:
    """/again: the same as last time, or as an order: /again 1001."""
    number = words.strip().lstrip("#")
    return await reordering.again(desk, contact, as_number(number) if number.isdecimal() and len(number) < 15 else None)


@customer_command("reminders")
async def reminders(desk: Desk, contact: Contact, words: str) -> tuple[Notice, ...]:
    """/reminders: remind me of drafts that I left, or not: /reminders off."""
    said = words.strip()
    if REFUSED.fullmatch(said) or WANTED.fullmatch(said):
        return await waiting_drafts.set_reminders(desk, contact, wanted=not REFUSED.fullmatch(said))
    wanted = await desk.tx.customers.wants_reminders(contact.customer_id)
    return (RemindersSet(to=To(contact.id), wanted=wanted, is_asked=True),)


@customer_command("help")
async def help_(desk: Desk, contact: Contact, words: str) -> tuple[Notice, ...]:  # noqa: ARG001
    """/help: this list."""
    # A slash means nothing in a mail.
    commands = customer_help() if contact.channel is Channel.TELEGRAM else ()
    return (HelpShown(to=To(contact.id), commands=commands),)


async def unknown(desk: Desk, contact: Contact, name: str, words: str) -> tuple[Notice, ...]:
    """No command of ours: what was meant, as far as it can be told from its sense ("/usual") or its letters."""
    if not name:
        return await help_(desk, contact, words)
    meant = BY_INTENT.get(read(desk, contact, name, None).intent, "")
    return (UnknownCommand(to=To(contact.id), written=name, likely=meant or nearest(name, CUSTOMER)),)


def hours_shown(desk: Desk, contact: Contact) -> HoursShown:
    """When we are open, and what is other than every week in the days to come."""
    hours = desk.shop.hours
    is_open, opens = open_now(desk)
    return HoursShown(
        to=To(contact.id),
        week=hours.as_texts(),
        is_open=is_open,
        always=hours.is_always_open and is_open,
        opens=opens,
        closes=hours.closes(desk.now),
        others=hours.other_hours(desk.now, TOLD_AHEAD_DAYS),
    )


async def status(
    desk: Desk, contact: Contact, number: int | None, written: str = "", about: Order | None = None
) -> tuple[Notice, ...]:
    """Where is my order? Of several those that the words may mean, or the one whose message they answer.

    Raises NotThere for another person's, as for one that does not exist.
    """
    mine = await desk.tx.orders.of_contact(contact.id, most=10)
    if number is not None:
        mine = tuple(order for order in mine if order.number == number)
        if not mine:
            raise NotThere(number=number)
        return _shown(desk, contact, mine, written)
    still = tuple(order for order in mine if is_current(order, desk.now))
    last = tuple(order for order in mine[:1] if order.is_open or (order.placed and desk.now - order.placed < RECENT))
    if about is not None and (about in still or not still):
        still = (about,)
    told = which_order.fitting(desk, contact, still, written, by_goods=True) or last
    return _shown(desk, contact, told, written)


def _shown(desk: Desk, contact: Contact, orders: tuple[Order, ...], written: str) -> tuple[Notice, ...]:
    """How they stand. Who asks for one that should be there by now is heard by the staff."""
    late = next((order for order in orders if is_overdue(order, desk.now)), None) if written else None
    shown = OrdersShown(to=To(contact.id), orders=orders, late=late, buttons=buttons.again_of(orders))
    return (shown,) if late is None else (questions.says(contact, written, order=late), shown)


async def cancel(
    desk: Desk,
    contact: Contact,
    number: int | None,
    *,
    names_order: bool = False,
    written: str = "",
    about: Order | None = None,
) -> tuple[Notice, ...]:
    """The draft, or the order that waits; an accepted one is for the staff to decide.

    `names_order`: the words do, so that a mere question about goods is not what is given up where an order stands.

    Raises NotThere where there is nothing of theirs to cancel.
    """
    if number is None and about is None:
        draft = await desk.tx.orders.draft_of(contact.id)
        if draft is not None and draft.lines and not await means_placed(desk, contact, draft, written):
            return await drop_draft(desk, contact, draft)
        if draft is not None and await open_doubts.of(desk, contact, draft):
            dropped = await drop_draft(desk, contact, draft)
            if not names_order or await _standing(desk, contact) is None:
                return dropped
    return await cancel_placed(desk, contact, number, written=written, about=about)


async def means_placed(desk: Desk, contact: Contact, draft: Order, written: str) -> bool:
    """ "Cancel the order for 2 pm", and the draft is for the evening."""
    if not written:
        return False
    mine = (draft, *await which_order.under_way(desk, contact))
    fits = which_order.fitting(desk, contact, mine, written, by_goods=True)
    return draft not in fits and which_order.tells_apart(desk, contact, mine, written)


async def cancel_placed(
    desk: Desk, contact: Contact, number: int | None, *, written: str = "", about: Order | None = None
) -> tuple[Notice, ...]:
    """The order of that number, else that which is spoken of; where several may be meant it is asked, never guessed.

    `about` is the order whose message is answered. Raises NotThere where there is none of theirs.
    """
    mine = await desk.tx.orders.of_contact(contact.id, most=which_order.MOST)
    named = [order for order in mine if order.number == number] if number is not None else []
    if named:
        return await cancel_order(desk, contact, named[0])
    still = [order for order in mine if order.is_open]
    candidates = [order for order in still if is_current(order, desk.now)] or still[:1]
    if not candidates:
        raise NotThere(number=number)
    if number is not None:
        return await asking_which.ask(desk, contact, candidates, "", number=number)
    fits = which_order.fitting(desk, contact, candidates, written, by_goods=True)
    if about is not None:
        fits = (about,) if about in fits or len(candidates) == 1 else tuple(candidates)
    if len(fits) > 1 and not asking_which.means_all(desk, contact, written):
        return await asking_which.ask(desk, contact, fits, "")
    return tuple([notice for order in fits for notice in await cancel_order(desk, contact, order)])


async def drop_draft(desk: Desk, contact: Contact, draft: Order) -> tuple[Notice, ...]:
    """The draft goes away; what was placed before stands."""
    await orders.cancel(desk, draft.id, None, contact.actor, by_shop=False)
    await desk.tx.conversations.settle(contact.id, draft.id)
    return (DraftCancelled(to=To(contact.id), order=draft, standing=await _standing(desk, contact)),)


async def _standing(desk: Desk, contact: Contact) -> Order | None:
    """The newest order of theirs that is under way."""
    mine = await desk.tx.orders.of_contact(contact.id, most=5)
    return next((order for order in mine if is_current(order, desk.now)), None)


async def cancel_order(desk: Desk, contact: Contact, order: Order) -> tuple[Notice, ...]:
    """A pending order is cancelled at once; the staff is asked about an accepted one."""
    if order.state is not OrderState.ACCEPTED:
        return await orders.cancel(desk, order.id, None, contact.actor, by_shop=False)
    return await cancel_wishes.begin(desk, contact, order)
