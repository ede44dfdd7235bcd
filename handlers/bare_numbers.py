""" "Make it 8", of an order that was placed: may the number be an hour?"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from core.documents import Order
from core.people import Contact
from handlers.desk import Desk
from handlers.reading.language import words_for
from handlers.reading.numbers import read_number
from handlers.reading.tokens import tokenize
from handlers.reading.understood import Edit, SetQuantity
from handlers.reading.wordings import with_lists, wordings
from handlers.said import read

LONGEST = 15
"""Words: a longer message says more than a number."""
LAST_HOUR = 23
NEAR = timedelta(hours=2)
"""So far from the time that was agreed on an hour may be meant instead of it."""
HALF_A_DAY = 12


def said(desk: Desk, contact: Contact, written: str) -> int | None:
    """The only number of a short message."""
    if len(written.split()) > LONGEST:
        return None
    tokens, words = tokenize(written), words_for(desk.house.reading_languages(contact.language))
    found = [number for at in range(len(tokens)) if (number := read_number(tokens, at, words)) is not None]
    return found[0].value if len(found) == 1 else None


def is_late(desk: Desk, contact: Contact, written: str) -> bool:
    """Whoever is stuck in traffic speaks of the time."""
    codes = with_lists(desk.house.reading_languages(contact.language))
    return wordings("intents", "comes_late", codes).search(written) is not None


def hour_of(
    desk: Desk, contact: Contact, order: Order, wished: datetime | None, edits: Sequence[Edit], written: str
) -> datetime | None:
    """The hour that a number may be which these edits take for so many of a line; `wished` is the order's time.

    What is wanted as soon as possible has no hour to be moved, unless its customer is late.
    """
    number = said(desk, contact, written)
    counted = [edit.quantity for edit in edits if isinstance(edit, SetQuantity)]
    if number is None or number > LAST_HOUR or counted != [number] or len(edits) > 1:
        return None
    if wished is None and not is_late(desk, contact, written):
        return None
    if read(desk, contact, written, None).reading.lines:
        # "Make it three carbonara": the goods are counted.
        return None
    before = (wished or order.promised or desk.now).astimezone(desk.shop.zone)
    hours = (before.replace(hour=hour, minute=0) for hour in {number, (number + HALF_A_DAY) % 24})
    near = [at for at in hours if at > desk.now and abs(at - before) <= NEAR]
    return min(near, key=lambda at: abs(at - before), default=None)
