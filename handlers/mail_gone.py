"""A mail about an order that has left the shop: what is wrong with it reaches the staff, and none of it is a new order.

"Instead of the salami there was pesto in it" names goods, and orders none.
"""

import re
from dataclasses import replace

from core.documents import Order, Photo
from core.notices import Notice
from core.states import FulfilmentState, OrderState
from handlers import complaints, mail_matters, mail_placed, questions, which_order
from handlers.desk import Desk
from handlers.incoming import Answer
from handlers.intent_acts import act
from handlers.mail_heads import Letterhead
from handlers.reading.intents import is_complaint
from handlers.reading.order_numbers import find_order_number
from handlers.reading.return_text import read_return, return_reason
from handlers.reading.texts import Text
from handlers.reading.understood import Intent, Understood
from handlers.reading.wordings import with_lists, wordings
from handlers.said import Said, read
from storage.conversations import COMPLAINT

GONE = frozenset({FulfilmentState.OUT, FulfilmentState.SHIPPED})
MAY_BE_FAULT = frozenset({Intent.ORDER, Intent.CHANGE, Intent.QUESTION, Intent.PRODUCT, Intent.OTHER, Intent.STATUS})
"""What words of a fault are taken for as long as nobody knows of the goods that are there."""
FAULTS = frozenset({Intent.COMPLAINT, Intent.RETURN})
PARCEL_NUMBER = re.compile(r"(?<![\w+])(?:[A-Z]{2}\d{8,}\w*|\d{11,})(?!\w)")
"""Of a carrier; a phone number is shorter, or begins with a plus."""


async def answered(desk: Desk, head: Letterhead, text: str, photos: tuple[Photo, ...]) -> Answer | None:
    """What becomes of words about goods that the customer has, or waits for; None for any other matter."""
    order = await _meant(desk, head, text)
    if order is None:
        return None
    contact, codes = head.contact, with_lists(desk.house.reading_languages(head.contact.language))
    is_lost = wordings("intents", "not_there", codes).search(text) is not None
    if (is_lost and order.fulfilment in GONE) or _sends_parcel(order, text):
        return Answer("on_its_way", await questions.pass_on(desk, contact, text, order=order, photos=photos))
    understood = read(desk, contact, text, None)
    if mail_matters.orders(desk, contact, text):
        return None
    if understood.intent in FAULTS or (understood.intent in MAY_BE_FAULT and _tells_fault(text, codes)):
        said = Said(desk, contact, None, understood, text, photos, head.trust, order)
        return Answer("fault_of_goods", await _fault(said, order))
    if understood.intent in {Intent.ORDER, Intent.CHANGE} and await _goes_on(desk, head, order, text):
        return Answer("of_goods", await questions.pass_on(desk, contact, text, order=order, photos=photos))
    return None


async def _meant(desk: Desk, head: Letterhead, text: str) -> Order | None:
    """The order that left the shop and that the mail names or answers."""
    found = find_order_number(text, desk.house.reading_languages(head.contact.language))
    if found is not None:
        mine = await desk.tx.orders.of_contact(head.contact.id, most=which_order.MOST)
        order = next((order for order in mine if order.number == found.number), None)
    else:
        order = await mail_placed.of_thread(desk, head)
    return order if order is not None and is_gone(order) else None


def is_gone(order: Order) -> bool:
    """Whether its goods are with the customer, or on their way there."""
    return order.state is OrderState.COMPLETED or (order.state is OrderState.ACCEPTED and order.fulfilment in GONE)


def _sends_parcel(order: Order, text: str) -> bool:
    """ "I posted it today, tracking 0034…": a parcel of theirs."""
    found = PARCEL_NUMBER.search(text)
    return found is not None and found[0] != order.tracking


def _tells_fault(text: str, codes: tuple[str, ...]) -> bool:
    return is_complaint(Text(text), codes) or _received_with_fault(text, codes)


def _received_with_fault(text: str, codes: tuple[str, ...]) -> bool:
    return wordings("returns", "received", codes).search(text) is not None and return_reason(text, codes) is not None


async def _fault(said: Said, order: Order) -> tuple[Notice, ...]:
    """A return where they want to give back, else the shop reads what was wrong."""
    languages = said.desk.house.reading_languages(said.contact.language)
    wish = read_return(said.written, said.desk.house.menu, languages, about_order=True)
    if wish is None or not wish.outright:
        return await complaints.heard(said, order)
    wanted: Understood = replace(said.understood, intent=Intent.RETURN, returns=wish, order_number=order.number)
    return await act(said.desk, said.contact, None, wanted, said.written, said.photos, said.trust, order)


async def _goes_on(desk: Desk, head: Letterhead, order: Order, text: str) -> bool:
    """ "It is about a jar of honey from #1001": of the order that is named, or was complained of just before."""
    if find_order_number(text, desk.house.reading_languages(head.contact.language)) is not None:
        return True
    return await desk.tx.conversations.waiting(head.contact.id, COMPLAINT, order.id) is not None
