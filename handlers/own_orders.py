"""Whose order a button is about: another person's reads like none, for every button alike."""

from core.documents import Order
from core.errors import NotThere, Stale
from core.people import Contact
from core.states import OrderState
from handlers.buttons import Tap
from handlers.desk import Desk


async def own_order(desk: Desk, contact: Contact, tapped: Tap) -> Order:
    """The order of this tap, locked. Raises NotThere for a stranger's, Stale where it has gone on."""
    # Whose it is comes first: "has changed meanwhile" would tell a stranger that it exists.
    await own_document(desk, contact, tapped)
    return await desk.tx.orders.to_change(tapped.subject, tapped.version)


async def own_draft(desk: Desk, contact: Contact, tapped: Tap) -> Order:
    """The draft of this tap as it was when the button was drawn. Raises as `own_order`, and Stale once it is placed."""
    order = await own_document(desk, contact, tapped)
    if order.state is not OrderState.DRAFT or order.version != tapped.version:
        raise Stale(number=order.number, state=order.state)
    return order


async def own_document(desk: Desk, contact: Contact, tapped: Tap) -> Order:
    """The order of this tap, whatever became of it. Raises NotThere."""
    order = await desk.tx.orders.get(tapped.subject)
    if order.contact_id != contact.id:
        raise NotThere
    return order
