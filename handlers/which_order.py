"""Which of a customer's orders a message speaks of: by its number, by what it answers, by what is said of it.

Of an order one says when it is for ("the lunch", "for 2 pm"), how it comes, as which it was placed, what is in it.
Where several fit, nothing that cannot be undone is guessed: it is asked (asking_which.py).
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from core.documents import Order
from core.left_open import is_current
from core.people import Contact
from core.states import Kind
from handlers.change_edits import concerns, read_for
from handlers.desk import Desk
from handlers.reading.clauses import pieces
from handlers.reading.times import read_time
from handlers.reading.wordings import with_lists, wordings
from handlers.said import read

MOST = 20
"""So many orders are looked back at for one that is named."""
HOURS = {"morning": range(11), "noon": range(11, 16), "evening": range(17, 24)}
"""What an order for these hours may be called: "the lunch"."""
KINDS = {"pickup": Kind.PICKUP, "delivery": Kind.DELIVERY, "shipping": Kind.SHIPPING}
BARE = re.compile(r"(?<![\d.,])\d{4,9}(?![\d]|[.,]\d)")
PLACES = {"first": 0, "second": 1, "last": -1}
"""Among those that are open, the oldest first."""


async def order_meant(desk: Desk, contact: Contact, number: int | None, written: str = "") -> Order | None:
    """The order of that number, else the newest under way of those that the words may mean; None where there is none.

    Of an order that was named, that is: where it is not theirs, or not open any more.
    """
    if number is not None:
        mine = await desk.tx.orders.of_contact(contact.id, most=MOST)
        return next((order for order in mine if order.is_open and order.number == number), None)
    return next(iter(fitting(desk, contact, await under_way(desk, contact), written)), None)


async def under_way(desk: Desk, contact: Contact) -> tuple[Order, ...]:
    """The orders of theirs that "my order" may mean, the newest first."""
    mine = await desk.tx.orders.of_contact(contact.id, most=10)
    return tuple(order for order in mine if is_current(order, desk.now))


def fitting(
    desk: Desk, contact: Contact, orders: Sequence[Order], written: str, *, by_goods: bool = False
) -> tuple[Order, ...]:
    """Those of the orders that the words may mean, in their order: all where nothing tells them apart.

    `by_goods`: goods that are named tell what is in it; else only those that are changed do.
    """
    if len(orders) < 2 or not written:  # nothing to tell apart
        return tuple(orders)
    named = named_barely(orders, written)
    if named is not None:
        return (named,)
    languages = desk.house.reading_languages(contact.language)
    told: list[frozenset[int]] = []
    kept: set[int] = set()
    for piece in pieces(written, languages):
        meant = _told_apart(desk, contact, orders, piece, by_goods=by_goods)
        if wordings("orders", "keeps", with_lists(languages)).search(piece):
            kept.update(frozenset.intersection(*meant) if meant else ())
        else:
            told += meant
    left = [order for order in orders if order.id not in kept] or list(orders)
    fits = [order for order in left if all(order.id in one for one in told)]
    fits = fits or [order for order in left if any(order.id in one for one in told)] or left
    if by_goods or len(fits) == 1:
        return tuple(fits)
    changed = [
        order for order in fits if concerns(read_for(desk, contact.language, written, order.lines, order.wished))
    ]
    return tuple(changed if told or len(changed) == 1 else fits) or tuple(fits)


def named_barely(orders: Sequence[Order], written: str) -> Order | None:
    """ "About 1001: …": the only one of these whose number stands there, though nothing says that it is one."""
    numbers = {int(found[0]) for found in BARE.finditer(written)}
    named = [order for order in orders if order.number in numbers]
    return named[0] if len(named) == 1 else None


def keeps_another(desk: Desk, contact: Contact, orders: Sequence[Order], piece: str) -> bool:
    """ "The one for tonight stays": said of some of the orders, which are not meant."""
    codes = with_lists(desk.house.reading_languages(contact.language))
    return wordings("orders", "keeps", codes).search(piece) is not None and bool(
        _told_apart(desk, contact, orders, piece, by_goods=True)
    )


def tells_apart(desk: Desk, contact: Contact, orders: Sequence[Order], written: str) -> bool:
    """Whether anything in the words is said of some of the orders, and not of all."""
    languages = desk.house.reading_languages(contact.language)
    return any(_told_apart(desk, contact, orders, piece, by_goods=True) for piece in pieces(written, languages))


def named_instead(desk: Desk, contact: Contact, orders: Sequence[Order], order: Order, written: str) -> Order | None:
    """ "Add a coke to the lunch order", in answer to what was said of the dinner: the only other one so called."""
    languages = desk.house.reading_languages(contact.language)
    if len(orders) < 2 or not wordings("orders", "named", with_lists(languages)).search(written):
        return None
    named = [one for piece in pieces(written, languages) for one in _named(desk, contact, orders, piece)]
    fits = [other for other in orders if named and all(other.id in one for one in named)]
    return fits[0] if len(fits) == 1 and fits[0].id != order.id else None


def _told_apart(
    desk: Desk, contact: Contact, orders: Sequence[Order], piece: str, *, by_goods: bool
) -> list[frozenset[int]]:
    """What one clause says of an order: for each thing, whose orders it is true of."""
    by_name = list(_named(desk, contact, orders, piece))
    if by_name:
        # "Can we get the lunch at 2:30": the hour is another one.
        return by_name
    by_time = list(_timed(desk, contact, orders, piece))
    if by_time or not by_goods:
        return by_time
    return list(_of_some(orders, [order for order in orders if _holds(desk, contact, order, piece)]))


def _named(desk: Desk, contact: Contact, orders: Sequence[Order], piece: str) -> Iterable[frozenset[int]]:
    codes = with_lists(desk.house.reading_languages(contact.language))

    def says(key: str) -> bool:
        return wordings("orders", key, codes).search(piece) is not None

    hours = {order.id: _due(order, desk).hour for order in orders}
    for key, span in HOURS.items():
        if says(key):
            yield from _of_some(orders, [order for order in orders if hours[order.id] in span])
    for key, kind in KINDS.items():
        if says(key):
            yield from _of_some(orders, [order for order in orders if order.kind is kind])
    oldest_first = sorted(orders, key=lambda order: order.id)
    for key, place in PLACES.items():
        if says(key):
            yield frozenset({oldest_first[place].id})


def _timed(desk: Desk, contact: Contact, orders: Sequence[Order], piece: str) -> Iterable[frozenset[int]]:
    """ "For 2 pm", "the one for Saturday"."""
    languages, zone = desk.house.reading_languages(contact.language), desk.shop.zone
    told = read_time(piece, desk.now, zone, languages)
    if told.wished is not None:
        at = told.wished.astimezone(zone)
        yield from _of_some(orders, [order for order in orders if _due(order, desk) == at])
        yield from _of_some(orders, [order for order in orders if _due(order, desk).date() == at.date()])
    elif told.day is not None:
        yield from _of_some(orders, [order for order in orders if _due(order, desk).date() == told.day])


def _holds(desk: Desk, contact: Contact, order: Order, piece: str) -> bool:
    """Whether goods that are named may stand in this order."""
    languages = desk.house.reading_languages(contact.language)
    # Beside a word of cancelling no goods are read.
    reading = read(desk, contact, wordings("intents", "cancel", with_lists(languages)).sub(" ", piece), None).reading
    named = {line.sku for line in reading.lines} | {sku for each in reading.questions for sku in each.likely}
    return not named.isdisjoint(line.sku for line in order.lines)


def _due(order: Order, desk: Desk) -> datetime:
    at = order.promised or order.wished or order.placed or desk.now
    return at.astimezone(desk.shop.zone)


def _of_some(orders: Sequence[Order], fits: Sequence[Order]) -> Iterable[frozenset[int]]:
    """What is true of all of them, or of none, tells nothing."""
    if 0 < len(fits) < len(orders):
        yield frozenset(order.id for order in fits)
