"""/ship and /cancel: what the staff does to an order in words; the answer stands at the end of the group."""

from core.documents import Order
from core.errors import NotUnderstoodCommand, WrongState
from core.notices import STAFF, Button, CancelProposed, Notice, ParcelSent
from core.people import Right, Staff
from core.shipping import Tracking, read_tracking
from core.states import FULFILMENT, Act, OrderState
from handlers import buttons, cards, orders
from handlers.buttons import Tap
from handlers.commands import staff_command
from handlers.desk import Desk

SHIP = "/ship 1001 DHL 00340434161094042557"
CANCEL = "/cancel 1001 our oven is broken"
LONGEST_REASON = 200


@staff_command("ship", Right.DELIVER)
async def ship(desk: Desk, person: Staff, words: str) -> tuple[Notice, ...]:
    """/ship 1001 DHL 00340434…: a parcel was given to a carrier; the customer gets the link

    Once more with another number, and the customer gets that one.
    """
    number, _, tracking = words.strip().partition(" ")
    if not tracking.strip():
        raise NotUnderstoodCommand(usage=SHIP)
    found = read_tracking(tracking.strip()[:100], desk.house.carriers)
    return await shipped(desk, person, number_of(number, SHIP), found)


async def shipped(desk: Desk, person: Staff, number: int, tracking: Tracking) -> tuple[Notice, ...]:
    """It goes to the carrier, or another number counts from now on; told where it was written."""
    told = await orders.ship(desk, number, tracking, person.actor)
    order = await desk.tx.orders.by_number(number)
    contact = await desk.tx.customers.get(order.contact_id)
    return (*told, ParcelSent(to=STAFF, order=order, customer=contact.name or contact.address))


@staff_command("cancel", Right.DECIDE)
async def cancel(desk: Desk, person: Staff, words: str) -> tuple[Notice, ...]:  # noqa: ARG001
    """/cancel 1001 (our oven is broken): an order that cannot be, before anything was handed over; the customer is told

    Asked first: one wrong digit would be somebody's dinner. What stands behind the number is told to the customer.
    """
    number, _, reason = words.strip().partition(" ")
    order = await desk.tx.orders.by_number(number_of(number, CANCEL))
    if not order.is_open or order.kind is None or Act.CANCEL not in FULFILMENT[order.kind][order.fulfilment]:
        state = order.fulfilment if order.is_open else order.state
        raise WrongState(state=state, act=Act.CANCEL, number=order.number)
    reason = " ".join(reason.split())[:LONGEST_REASON]
    await desk.tx.facts.put(_fact(order), reason)
    return (await _proposed(desk, order, reason),)


async def tap_cancel(desk: Desk, person: Staff, tapped: Tap) -> tuple[Notice, ...]:
    """Yes, this one. Its card comes to the end of the group, where the question stood."""
    order = await desk.tx.orders.to_change(tapped.subject, tapped.version)
    reason = desk.facts.get(_fact(order), "")
    told = await orders.cancel(desk, order.id, tapped.version, person.actor, by_shop=True, reason=reason)
    await desk.tx.facts.drop(_fact(order))
    ended = await desk.tx.orders.get(order.id)
    return (*told, await _proposed(desk, ended, reason), await cards.staff(desk, ended, person.actor, anew=True))


async def tap_keep(desk: Desk, person: Staff, tapped: Tap) -> tuple[Notice, ...]:  # noqa: ARG001
    """No: the question is over, and the order stands."""
    order = await desk.tx.orders.to_change(tapped.subject)
    await desk.tx.facts.drop(_fact(order))
    return (await _proposed(desk, order, "", is_over=True),)


async def _proposed(desk: Desk, order: Order, reason: str, *, is_over: bool = False) -> CancelProposed:
    contact = await desk.tx.customers.get(order.contact_id)
    asks = not is_over and order.state is not OrderState.CANCELLED
    yes = Button("cancel_order", buttons.data("scany", order), {"number": order.number})
    no = Button("cancel_no", buttons.data("scann", order))
    return CancelProposed(
        to=STAFF,
        order=order,
        customer=contact.name or contact.address,
        reason=reason,
        asks=asks,
        buttons=((yes,), (no,)) if asks else (),
    )


def number_of(words: str, usage: str) -> int:
    """An order's number. Raises NotUnderstoodCommand for what is none."""
    digits = words.strip().lstrip("#")
    if not digits.isascii() or not digits.isdecimal() or len(digits) > 12:  # longer is no order of ours
        raise NotUnderstoodCommand(usage=usage)
    return int(digits)


def _fact(order: Order) -> str:
    return f"cancelling_{order.id}"
