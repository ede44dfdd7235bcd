"""A customer would like to cancel an order that is accepted: the staff is asked, and both hear how it ended."""

from core.documents import Order
from core.notices import STAFF, Button, CancelAsked, CancelRequested, CancelTooLate, Notice, To
from core.people import Contact
from core.states import FULFILMENT, Act, OrderState
from handlers import buttons
from handlers.desk import Desk


async def begin(desk: Desk, contact: Contact, order: Order) -> tuple[Notice, ...]:
    """The staff is asked, and it is remembered that it was."""
    await desk.tx.facts.put(_fact(order), "asked")
    ask = ((Button("cancel_order", buttons.data("scan", order), {"number": order.number}),),)
    return (
        CancelRequested(to=STAFF, order=order, customer=contact.name or contact.address, buttons=ask),
        CancelAsked(to=To(contact.id), order=order),
    )


async def end(desk: Desk, order: Order) -> tuple[Notice, ...]:
    """The order went on: the button of a wish that can be no more goes, and its customer hears so."""
    if _fact(order) not in desk.facts or _may_cancel(order):
        return ()
    await desk.tx.facts.drop(_fact(order))
    contact = await desk.tx.customers.get(order.contact_id)
    over = CancelRequested(to=STAFF, order=order, customer=contact.name or contact.address, is_over=True)
    too_late = (CancelTooLate(to=To(contact.id), order=order),) if order.state is not OrderState.CANCELLED else ()
    return (over, *too_late)


def _may_cancel(order: Order) -> bool:
    return order.is_open and order.kind is not None and Act.CANCEL in FULFILMENT[order.kind][order.fulfilment]


def _fact(order: Order) -> str:
    return f"cancel_wished_{order.id}"
