"""The live messages of an order: the staff's card and the customer's, edited after every step."""

from datetime import timedelta

from core.documents import Order, ReturnCase
from core.notices import (
    STAFF,
    Notice,
    OrderLive,
    OrderLiveAnew,
    ReturnCard,
    StaffCard,
    StaffCardAnew,
    To,
)
from core.people import Actor, Trust
from core.states import OrderState
from core.undo import decided
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
    if by is None and order.state is not OrderState.PENDING:
        by, undo = await _last_step(desk, order)
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


async def _last_step(desk: Desk, order: Order) -> tuple[Actor | None, bool]:
    """Who decided last, and whether that can still be taken back: for a card that is drawn without a step."""
    last = await desk.tx.orders.last_decision(order.id)
    person = last[-1].actor if last else None
    staff_member = await desk.tx.staff.by_id(person.id) if person and person.id and person.kind == "staff" else None
    in_time = bool(last) and desk.now - last[0].at < timedelta(minutes=desk.shop.approval.undo_minutes)
    return (staff_member.actor if staff_member else None), in_time and decided(last) is not None


def live(order: Order) -> OrderLive:
    """The customer's live message."""
    return OrderLive(to=To(order.contact_id), order=order, buttons=buttons.live(order))


def anew(notice: Notice) -> Notice:
    """The customer's live message at the end of the chat; any other notice as it is."""
    if not isinstance(notice, OrderLive):
        return notice
    return OrderLiveAnew(to=notice.to, order=notice.order, buttons=notice.buttons)


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


