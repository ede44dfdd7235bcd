"""Several orders of a customer's fit what was written: which one is meant, and the answer to that."""

import re
from collections.abc import Sequence

from core.documents import Order
from core.notices import Notice, To, WhichOrder
from core.people import Contact
from handlers import buttons
from handlers.desk import Desk
from handlers.reading.agreement import agrees, joins_placed, refuses
from handlers.reading.clauses import knows
from handlers.reading.order_numbers import find_order_number
from handlers.reading.understood import Intent
from handlers.reading.wordings import with_lists, wordings
from handlers.said import read
from handlers.which_order import fitting, named_barely, tells_apart
from storage.conversations import WHICH, Asked

LONGEST = 2_000
"""Characters of the words that are carried out once it is known for which order."""
LONGEST_ANSWER = 8
"""Words: a no in a longer one may be said of something else."""
OTHER_MATTERS = frozenset(Intent) - {Intent.ORDER, Intent.CANCEL, Intent.PLACE, Intent.THANKS, Intent.OTHER}
"""What no answer is: "when is order 1001 ready?" chooses none."""
CHOSEN = re.compile(r"\W*(?P<place>\d)(?!\d|[.:]\d)\W*(?P<rest>.*)", re.DOTALL)


async def ask(
    desk: Desk, contact: Contact, orders: Sequence[Order], written: str, *, number: int | None = None
) -> tuple[Notice, ...]:
    """Which of these? `number`: one was named that none of theirs has. "" as words: the chosen one is cancelled."""
    orders = sorted(orders, key=lambda order: order.id)
    facts = {"orders": [order.id for order in orders], "text": written[:LONGEST]}
    await desk.tx.conversations.ask(contact.id, Asked(WHICH, facts=facts), desk.now)
    return (WhichOrder(to=To(contact.id), orders=tuple(orders), named=number, buttons=buttons.which(orders)),)


async def chosen(desk: Desk, contact: Contact, asked: Asked, written: str) -> tuple[Order, ...] | None:
    """The orders that the answer means, as far as they are open still; None for words that answer something else."""
    if not _may_answer(desk, contact, written):
        return None
    choices = [await desk.tx.orders.get(order_id) for order_id in asked.facts["orders"]]
    orders = tuple(order for order in choices if order.is_open)
    meant = _by_number(desk, contact, choices, written)
    if meant is None:
        meant = _by_words(desk, contact, orders, written)
    return None if meant is None else tuple(order for order in meant if order.is_open)


def _may_answer(desk: Desk, contact: Contact, written: str) -> bool:
    """Goods tell which order where both know them: "the one with the carbonara"; "a coke" is a new one."""
    understood = read(desk, contact, written, None)
    if understood.intent in OTHER_MATTERS or joins_placed(written):
        return False
    languages = desk.house.reading_languages(contact.language)
    return all(knows(written, line.words, languages) for line in understood.reading.lines)


def means_all(desk: Desk, contact: Contact, written: str) -> bool:
    """ "Both orders", "all of them"."""
    codes = with_lists(desk.house.reading_languages(contact.language))
    return wordings("orders", "all", codes).search(written) is not None


def _by_number(desk: Desk, contact: Contact, orders: Sequence[Order], written: str) -> Sequence[Order] | None:
    """ "2", "#1002", "sorry, 1001"."""
    place = CHOSEN.match(written)
    if place is not None and (not place["rest"] or _is_small_talk(desk, contact, place["rest"])):
        return orders[int(place["place"]) - 1 : int(place["place"])] or None
    found = find_order_number(written, desk.house.reading_languages(contact.language))
    named = named_barely(orders, written) if found is None else None
    number = found.number if found else named and named.number
    return [order for order in orders if order.number == number] or None


def _is_small_talk(desk: Desk, contact: Contact, words: str) -> bool:
    """ "1. please, thanks!", and not "2 diavola"."""
    return len(words.split()) <= LONGEST_ANSWER and not read(desk, contact, words, None).reading.lines


def _by_words(desk: Desk, contact: Contact, orders: Sequence[Order], written: str) -> Sequence[Order] | None:
    """ "The lunch one", "both", "neither"; "yes" where there is one alone."""
    languages = desk.house.reading_languages(contact.language)
    is_long = len(written.split()) > LONGEST_ANSWER
    if len(orders) == 1 and agrees(written):
        return orders
    if wordings("orders", "none", with_lists(languages)).search(written):
        return ()
    if means_all(desk, contact, written):
        return orders
    if tells_apart(desk, contact, orders, written):
        fits = fitting(desk, contact, orders, written, by_goods=True)
        return fits if len(fits) == 1 else None
    return () if not is_long and refuses(written, languages) else None
