"""The live messages of an order: the staff's card and the customer's, edited after every step."""

from datetime import timedelta

from core import returns
from core.documents import Order, OrderChange, ReturnCase
from core.notices import (
    STAFF,
    ChangeCard,
    ChangeCardAnew,
    ChangeShown,
    ChangeShownAnew,
    Notice,
    OrderLive,
    OrderLiveAnew,
    ReturnCard,
    ReturnCardAnew,
    StaffCard,
    StaffCardAnew,
    To,
)
from core.people import Actor, ActorKind, Contact
from core.states import Act, ChangeState, OrderState, ReturnState
from core.undo import decided
from handlers import allergens, buttons
from handlers.desk import Desk

ANSWERS = frozenset({Act.ACCEPT, Act.REJECT, Act.CANCEL, Act.EXPIRE})
"""What ends the waiting of an order; the card says who did it."""


async def both(desk: Desk, order: Order, by: Actor | None = None, *, undo: bool = False) -> tuple[Notice, ...]:
    """The card in the staff group and the customer's live message, as the order stands now."""
    return (await staff(desk, order, by, undo=undo), live(order))


async def staff(
    desk: Desk, order: Order, by: Actor | None = None, *, mode: str = "show", undo: bool = False, anew: bool = False
) -> StaffCard:
    """The staff's card; `undo` offers to take the step of `by` back, `anew` posts it at the end of the group."""
    contact = await desk.tx.customers.get(order.contact_id)
    if by is None:
        undo = undo or await _can_undo(desk, order)
    kind = StaffCardAnew if anew else StaffCard
    return kind(
        to=STAFF,
        order=order,
        customer=contact.name or contact.address,
        trust=order.trust,
        channel=order.channel,
        mode=mode,
        by=await _who_answered(desk, order, contact),
        unreachable=contact.unreachable,
        cautions=allergens.cautions(desk, contact, order),
        allergies=contact.allergies,
        change_waits=await desk.tx.changes.waits(order.id) if order.changes else None,
        buttons=buttons.staff_card(order, desk.shop, mode=mode, undo=undo, now=desk.now),
    )


async def _who_answered(desk: Desk, order: Order, contact: Contact) -> str:
    """Whose yes or no it was, whoever took the later steps; "" for the clock's."""
    if order.state in {OrderState.DRAFT, OrderState.PENDING}:
        return ""
    answers = [event for event in await desk.tx.orders.events(order.id) if event.act in ANSWERS]
    if not answers or answers[-1].actor.kind is ActorKind.CLOCK:
        return ""
    if answers[-1].actor.kind is ActorKind.CUSTOMER:
        return contact.name or contact.address
    return (await desk.tx.staff.names()).get(answers[-1].actor.id or 0, "")


async def _can_undo(desk: Desk, order: Order) -> bool:
    """For a card that is drawn without a step: whether the last one can still be taken back."""
    if order.state in {OrderState.DRAFT, OrderState.PENDING}:
        return False
    last = await desk.tx.orders.last_decision(order.id)
    in_time = desk.now - last[0].at < timedelta(minutes=desk.shop.approval.undo_minutes)
    return in_time and decided(last) is not None


def live(order: Order) -> OrderLive:
    """The customer's live message."""
    return OrderLive(to=To(order.contact_id), order=order, buttons=buttons.live(order))


def anew(notice: Notice) -> Notice:
    """The customer's live message at the end of the chat; any other notice as it is."""
    if not isinstance(notice, OrderLive):
        return notice
    return OrderLiveAnew(to=notice.to, order=notice.order, buttons=notice.buttons)


async def returning(
    desk: Desk, case: ReturnCase, by: Actor | None = None, *, mode: str = "show", anew: bool = False
) -> ReturnCard:
    """A return's card in the staff group."""
    contact = await desk.tx.customers.get(case.contact_id)
    kind = ReturnCardAnew if anew else ReturnCard
    # Read for whoever decided as well as for the time in which it can be taken back.
    last = returns.last_step(await desk.tx.orders.events(case.order_id), case) if case.version else None
    decided_by = last.actor.id if last and case.state is not ReturnState.REQUESTED else None
    answered_by = by.name if by else (await desk.tx.staff.names()).get(decided_by or 0, "")
    undo = returns.may_undo(last, desk.shop.approval, desk.now)
    return kind(
        to=STAFF,
        case=case,
        customer=contact.name or contact.address,
        channel=contact.channel,
        trust=case.trust,
        mode=mode,
        by=answered_by,
        buttons=buttons.return_card(case, mode=mode, undo=undo),
    )


async def changed(desk: Desk, order: Order, change: OrderChange, by: Actor | None = None) -> tuple[Notice, ...]:
    """The live messages of a change as it is now: what was never sent only its own side has seen."""
    told: list[Notice] = []
    if change.was_sent or not change.by_shop:
        told.append(changing(desk, order, change, anew=change.state is ChangeState.AWAITING_CUSTOMER))
    if change.was_sent or change.by_shop:
        told.append(await change_for_staff(desk, order, change, by))
    return tuple(told)


def changing(
    desk: Desk, order: Order, change: OrderChange, *, anew: bool = False, said_before: str = "", is_left: bool = False
) -> ChangeShown:
    """The customer's live message of a change; `anew` below the words that it was read from.

    `said_before` are the words of an earlier wish that is in it, too; `is_left` where the shop accepted without it.
    """
    kind = ChangeShownAnew if anew else ChangeShown
    until = None
    if change.state is ChangeState.AWAITING_CUSTOMER:
        until = desk.now + timedelta(minutes=desk.shop.approval.answer_change_within_minutes)
    shown = buttons.change(change)
    to = To(change.contact_id)
    return kind(to=to, order=order, change=change, until=until, said_before=said_before, is_left=is_left, buttons=shown)


async def change_for_staff(
    desk: Desk, order: Order, change: OrderChange, by: Actor | None = None, *, anew: bool = False
) -> ChangeCard:
    """A change's card in the staff group."""
    contact = await desk.tx.customers.get(change.contact_id)
    kind = ChangeCardAnew if anew else ChangeCard
    answered_by = by.name if by and by.kind is ActorKind.STAFF else ""
    if by is None and change.state in {ChangeState.APPLIED, ChangeState.DECLINED}:
        answered_by = await desk.tx.changes.last_word(order.id, change.seq)
    sent: list[OrderChange] = []
    if change.by_shop and change.state is ChangeState.PROPOSED:
        sent = [one for one in await desk.tx.changes.live(order.id) if one.state is ChangeState.AWAITING_CUSTOMER]
    return kind(
        to=STAFF,
        order=order,
        change=change,
        customer=contact.name or contact.address,
        channel=contact.channel,
        by=answered_by,
        allergies=contact.allergies,
        replaces=sent[-1].words if sent else None,
        buttons=buttons.change_card(change),
    )
