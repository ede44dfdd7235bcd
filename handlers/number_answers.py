""" "Make it 8", of an order that was placed: the hour, or how many? Who is late means the hour, else it is asked."""

from collections.abc import Sequence
from datetime import datetime

from core.documents import Line, Order
from core.errors import Stale
from core.notices import Button, Keyboard, Notice, NumberAsked
from core.order_changes import may_change
from core.people import Contact
from handlers import bare_numbers, buttons, changing
from handlers.buttons import Tap
from handlers.change_edits import read_for
from handlers.desk import Desk
from handlers.own_orders import own_order
from handlers.reading.understood import Intent, SetQuantity, Understood, Wishes
from handlers.said import Said
from handlers.which_order import order_meant
from storage.conversations import NUMBER, Asked

MOST_LINES = 4
AT = "t"
"""In the data of a button: the hour, and not so many of a line."""
MAY_BE = frozenset({Intent.ORDER, Intent.QUESTION, Intent.OTHER, Intent.CHANGE, Intent.THANKS})


async def told(said: Said) -> tuple[Notice, ...] | None:
    """The change of the time, or the question; None for words that say it, or name what they count."""
    desk, contact, understood = said.desk, said.contact, said.understood
    is_bare = not (understood.reading.lines or understood.edits or understood.wishes.wished or said.photos)
    is_drafting = said.draft is not None and bool(said.draft.lines)
    number = bare_numbers.said(desk, contact, said.written) if is_bare and not is_drafting else None
    if number is None or understood.intent not in MAY_BE:
        return None
    order = await order_meant(desk, contact, understood.order_number, said.written)
    hour = await _hour(desk, contact, order, said.written) if order is not None else None
    if order is None or hour is None:
        return None
    if bare_numbers.is_late(desk, contact, said.written):
        return await _move(desk, contact, order, said.written, hour)
    facts = {"text": said.written[: changing.LONGEST]}
    await desk.tx.conversations.ask(contact.id, Asked(NUMBER, order.id, facts), desk.now)
    lines, _ = await changing.so_far(desk, contact, order)
    return (NumberAsked(to=said.to, order=order, number=number, buttons=_meant(order, lines, number, hour)),)


async def _hour(desk: Desk, contact: Contact, order: Order, written: str) -> datetime | None:
    if not may_change(order):
        return None
    lines, wished = await changing.so_far(desk, contact, order)
    edits = read_for(desk, contact.language, written, lines, wished).edits
    return bare_numbers.hour_of(desk, contact, order, wished, edits, written)


def _meant(order: Order, lines: Sequence[Line], number: int, hour: datetime) -> Keyboard:
    at = Button("at_time", buttons.data("num", order, AT), {"time": hour})
    counts = [
        Button("line", buttons.data("num", order, place), {"quantity": number, "name": line.name})
        for place, line in enumerate(lines[:MOST_LINES])
    ]
    return ((at,), *((button,) for button in counts))


async def tap(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    """What the number was. Raises Stale where it is not asked any more."""
    order = await own_order(desk, contact, tapped)
    asked = await desk.tx.conversations.waiting(contact.id, NUMBER, order.id)
    written = asked.facts["text"] if asked is not None else ""
    number, hour = bare_numbers.said(desk, contact, written), await _hour(desk, contact, order, written)
    if number is None or hour is None:
        raise Stale(number=order.number, state=order.state)
    await desk.tx.conversations.settle(contact.id, order.id, NUMBER)
    if tapped.rest == AT:
        return await _move(desk, contact, order, written, hour) or ()
    wanted = Understood(Intent.ORDER, edits=(SetQuantity(tapped.number(), number, ""),))
    return await changing.propose(desk, contact, order, written, wanted) or ()


async def _move(desk: Desk, contact: Contact, order: Order, written: str, hour: datetime) -> tuple[Notice, ...] | None:
    wanted = Understood(Intent.ORDER, wishes=Wishes(wished=hour))
    return await changing.propose(desk, contact, order, written, wanted)
