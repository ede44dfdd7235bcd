"""Words that are for a person: they reach the staff as a card, and a reply to it goes back."""

from core.documents import Order, Photo, ReturnCase
from core.notices import STAFF, CustomerSays, Notice, PassedOn, ShopAsks, ShopReplies, To, WordSent
from core.people import Contact
from handlers.desk import Desk
from storage.conversations import Asked

LONGEST = 3000
"""Of a customer's words on a card; the whole message stays in the inbox."""


async def pass_on(
    desk: Desk,  # noqa: ARG001  # every use case has it first
    contact: Contact,
    text: str,
    *,
    order: Order | None = None,
    case: ReturnCase | None = None,
    photos: tuple[Photo, ...] = (),
) -> tuple[Notice, ...]:
    """The staff gets the words, the customer hears that it has."""
    return (
        says(contact, text, order=order, case=case, photos=photos),
        PassedOn(
            to=To(contact.id),
            number=order.number if order else None,
            order_id=order.id if order else None,
            case=case,
        ),
    )


def says(
    contact: Contact,
    text: str,
    *,
    order: Order | None = None,
    case: ReturnCase | None = None,
    photos: tuple[Photo, ...] = (),
) -> CustomerSays:
    """A customer's words in the staff group."""
    return CustomerSays(
        to=STAFF,
        contact_id=contact.id,
        customer=contact.name or contact.address,
        text=text[:LONGEST],
        order=order,
        case=case,
        channel=contact.channel,
        photos=photos,
    )


async def answer_order(desk: Desk, order: Order, text: str) -> tuple[Notice, ...]:
    """The staff's words about an order go to its customer; what comes back belongs to the card."""
    contact = await desk.tx.customers.get(order.contact_id)
    await desk.tx.conversations.ask(contact.id, Asked("staff", order.id, {"asks": "?" in text}), desk.now)
    return (
        ShopAsks(to=To(contact.id), order=order, text=text[:LONGEST]),
        WordSent(to=STAFF, customer=contact.name or contact.address),
    )


async def answer_return(desk: Desk, case: ReturnCase, text: str) -> tuple[Notice, ...]:
    """The staff's words about a return; what comes back belongs to its card."""
    contact = await desk.tx.customers.get(case.contact_id)
    await desk.tx.conversations.ask(contact.id, Asked("staff", case.order_id, {"return": case.id}), desk.now)
    return (
        ShopReplies(to=To(contact.id), text=text[:LONGEST], case=case),
        WordSent(to=STAFF, customer=contact.name or contact.address),
    )


async def answer_contact(desk: Desk, contact_id: int, text: str) -> tuple[Notice, ...]:
    """The staff's answer to a customer's question."""
    contact = await desk.tx.customers.get(contact_id)
    return (
        ShopReplies(to=To(contact.id), text=text[:LONGEST]),
        WordSent(to=STAFF, customer=contact.name or contact.address),
    )
