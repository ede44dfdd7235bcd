"""The live messages of an order: the staff's card and the customer's, edited after every step."""

from core.documents import Order, ReturnCase
from core.notices import (
    STAFF,
    Notice,
    OrderLive,
    ReturnCard,
    StaffCard,
    StaffCardAnew,
    To,
)
from core.people import Actor, Trust
from handlers import buttons
from handlers.desk import Desk


async def both(desk: Desk, order: Order, by: Actor | None = None, *, undo: bool = False) -> tuple[Notice, ...]:
    """The card in the staff group and the customer's live message, as the order stands now."""
    return (await staff(desk, order, by, undo=undo), live(order))


async def staff(
    desk: Desk, order: Order, by: Actor | None = None, *, mode: str = "show", undo: bool = False, anew: bool = False
) -> StaffCard:
    """The staff's card; `undo` offers to take the last step back, `anew` posts it at the end of the group."""
    contact = await desk.tx.customers.get(order.contact_id)
    kind = StaffCardAnew if anew else StaffCard
    return kind(
        to=STAFF,
        order=order,
        customer=contact.name or contact.address,
        trust=order.trust,
        channel=order.channel,
        mode=mode,
        by=by.name if by else "",
        unreachable=contact.unreachable,
        buttons=buttons.staff_card(order, desk.shop, mode=mode, undo=undo, now=desk.now),
    )


def live(order: Order) -> OrderLive:
    """The customer's live message."""
    return OrderLive(to=To(order.contact_id), order=order, buttons=buttons.live(order))


async def returning(
    desk: Desk, case: ReturnCase, by: Actor | None = None, *, mode: str = "show"
) -> ReturnCard:
    """A return's card in the staff group."""
    contact = await desk.tx.customers.get(case.contact_id)
    return ReturnCard(
        to=STAFF,
        case=case,
        customer=contact.name or contact.address,
        channel=contact.channel,
        trust=Trust.FULL,
        mode=mode,
        by=by.name if by else "",
        buttons=buttons.return_card(case, mode=mode),
    )


