"""A placed order is to be another: read from words, shown to the customer, answered by the staff.

What the customer sees before it is sent is what will stand on the order, at the price that is shown.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core import order_changes
from core.change import Change
from core.documents import Bucket, Details, Line, Order, OrderChange
from core.errors import NotThere, OutOfStock, SoldOut
from core.inventory import need
from core.notices import ChangeAsked, Notice, Refused, To
from core.people import Actor, Contact
from core.states import ChangeState
from handlers import cards, checkout, draft_news, drafts, orders, when
from handlers.availability import serving_time
from handlers.change_edits import after_edits, concerns, read_for
from handlers.desk import Desk
from handlers.reading.signing import without_name
from handlers.reading.understood import Understood, Wishes

__all__ = ["accept", "by_mail", "concerns", "decline", "order_meant", "propose", "read_for", "send", "withdraw"]

LONGEST = 500
"""Of the customer's words on a change's card."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A change that is not kept yet; what of the words cannot be had."""

    change: OrderChange
    refused: tuple[SoldOut, ...]

    @property
    def is_empty(self) -> bool:
        """Nothing would be another, or nothing would be left of the order."""
        change = self.change
        left = order_changes.live_lines(change.lines)
        return not left or (not change.rows and change.was == change.details)


async def order_meant(desk: Desk, contact: Contact, number: int | None) -> Order | None:
    """The order of that number, else the newest open one; None where it is not theirs or not open any more."""
    mine = await desk.tx.orders.of_contact(contact.id, most=10)
    return next((order for order in mine if order.is_open and number in {None, order.number}), None)


async def propose(
    desk: Desk, contact: Contact, order: Order, written: str, understood: Understood | None = None
) -> tuple[Notice, ...] | None:
    """Show the customer what the words make of the order; None where they make nothing of it.

    Raises what is in the way of such an order.
    """
    order = await desk.tx.orders.to_change(order.id)
    live = await desk.tx.changes.live(order.id)
    proposed = await _proposed(desk, contact, order, live, written, understood)
    if proposed is None or (proposed.is_empty and not proposed.refused):
        return None
    told = tuple(Refused(to=To(contact.id), error="SoldOut", facts=vars(error)) for error in proposed.refused)
    if proposed.is_empty:
        return told
    await _check(desk, order, proposed.change)
    earlier = await _forget(desk, order, live, contact.actor)
    change = await desk.tx.changes.propose(proposed.change, desk.now)
    return (*told, *earlier, cards.changing(order, change, anew=True))


async def by_mail(desk: Desk, contact: Contact, order: Order, written: str) -> tuple[Notice, ...] | None:
    """A mail takes hours: what is clear goes to the shop at once; None for what is not, which a person reads."""
    order = await desk.tx.orders.to_change(order.id)
    live = await desk.tx.changes.live(order.id)
    understood = read_for(desk, contact, written, _base(order, live))
    understood = replace(understood, reading=without_name(understood.reading, contact.name))
    proposed = await _proposed(desk, contact, order, live, written, understood)
    if proposed is None or proposed.is_empty or proposed.refused or proposed.change.unread:
        return None
    await _check(desk, order, proposed.change)
    change = await desk.tx.changes.propose(proposed.change, desk.now)
    return (*await _ask(desk, order, change, contact), ChangeAsked(to=To(contact.id), order=order, change=change))


async def _proposed(
    desk: Desk,
    contact: Contact,
    order: Order,
    live: Sequence[OrderChange],
    written: str,
    understood: Understood | None,
) -> Proposed | None:
    """Words build on a change that waits: "and a beer" after "add a coke" means both."""
    if not order_changes.may_change(order):
        return None
    base = _base(order, live)
    understood = understood or read_for(desk, contact, written, base)
    if understood.wishes.kind not in {None, order.kind}:
        # Another way is not for words to decide.
        return None
    lines, refused = after_edits(desk, base, understood.edits, serving_time(desk, order.wished))
    was = order_changes.details_of(order)
    questions = tuple(question.about for question in understood.reading.questions)
    change = OrderChange(
        id=0,
        order_id=order.id,
        order_number=order.number or 0,
        seq=0,
        contact_id=contact.id,
        state=ChangeState.PROPOSED,
        version=0,
        before=order.lines,
        lines=order_changes.lines_after(order, lines),
        was=was,
        details=await _wished(desk, contact, live[-1].details if live else was, understood.wishes),
        words=written.strip()[:LONGEST],
        currency=order.currency,
        fee=order.fee,
        unread=(*understood.reading.unread, *questions)[:5],
    )
    return Proposed(change, refused)


def _base(order: Order, live: Sequence[OrderChange]) -> tuple[Line, ...]:
    """What the words are about: the order as it would be with what waits."""
    return order_changes.live_lines(live[-1].lines if live else order.lines)


async def _wished(desk: Desk, contact: Contact, details: Details, wishes: Wishes) -> Details:
    if wishes.wished:
        details = replace(details, wished=wishes.wished)
    if wishes.address:
        details = replace(details, address=await drafts.keep_detail(desk, contact, "address", wishes.address))
    if wishes.note and wishes.note not in details.note:
        details = replace(details, note="; ".join(filter(None, (details.note, wishes.note)))[:500])
    return details


async def _check(desk: Desk, order: Order, change: OrderChange) -> None:
    """Raises what is in the way, as it would be of a new order; the shelf decides again when the shop agrees."""
    order_changes.check(order, change.lines, desk.shop)
    if change.details != change.was:
        wanted = replace(order, wished=change.details.wished, address=change.details.address)
        checkout.check_reached(desk, wanted)
        why = when.objection(desk, wanted) if change.details.wished != change.was.wished else None
        if why is not None:
            raise when.refusal(desk, wanted, why)
    had = Counter(dict(need(order.lines)))
    for sku, quantity in need(change.lines):
        more = quantity - had[sku]
        left = await desk.tx.stock.balance(sku, Bucket.SHELF) if more > 0 else more
        if left < more:
            raise OutOfStock(sku=sku, product={}, asked=more, left=left)


async def _forget(desk: Desk, order: Order, live: Sequence[OrderChange], by: Actor) -> tuple[Notice, ...]:
    """One that was proposed, and never sent: the new one has all of it."""
    told: list[Notice] = []
    for change in live:
        if change.state is ChangeState.PROPOSED:
            gone = order_changes.withdraw(order, change, by=by, shop=desk.shop, now=desk.now)
            told += await _save(desk, order, gone)
    return tuple(told)


async def send(desk: Desk, contact: Contact, change_id: int, version: int) -> tuple[Notice, ...]:
    """The customer has seen it and wants it. Raises NotThere for another's."""
    change, order = await _own(desk, contact, change_id, version)
    if not order_changes.fits(order, change):
        return await _save(desk, order, order_changes.outdated(change))
    return await _ask(desk, order, change, contact)


async def withdraw(desk: Desk, contact: Contact, change_id: int, version: int) -> tuple[Notice, ...]:
    """The customer keeps the order as it was. Raises NotThere for another's."""
    change, order = await _own(desk, contact, change_id, version)
    return await _save(
        desk, order, order_changes.withdraw(order, change, by=contact.actor, shop=desk.shop, now=desk.now)
    )


async def accept(desk: Desk, change_id: int, version: int, by: Actor) -> tuple[Notice, ...]:
    """The shop agrees. Raises OutOfStock where what is added ran short, SlotFull where the new time is."""
    change, order = await _both(desk, change_id, version)
    applied = order_changes.apply(order, change, by=by, shop=desk.shop, now=desk.now)
    return await _save(desk, order, await when.moved(desk, order, applied), by)


async def decline(desk: Desk, change_id: int, version: int, by: Actor) -> tuple[Notice, ...]:
    """The shop does not agree."""
    change, order = await _both(desk, change_id, version)
    return await _save(desk, order, order_changes.decline(order, change, by=by, shop=desk.shop, now=desk.now), by)


async def _ask(desk: Desk, order: Order, change: OrderChange, contact: Contact) -> tuple[Notice, ...]:
    live = await desk.tx.changes.live(order.id)
    replaced = [one for one in live if one.id != change.id]
    asked = order_changes.ask(order, change, replaced, by=contact.actor, shop=desk.shop, now=desk.now)
    return await _save(desk, order, asked)


async def _own(desk: Desk, contact: Contact, change_id: int, version: int) -> tuple[OrderChange, Order]:
    # Whose it is comes first: "has changed meanwhile" would tell a stranger that it exists.
    found = await desk.tx.changes.get(change_id)
    if found.contact_id != contact.id:
        raise NotThere
    return await _both(desk, change_id, version)


async def _both(desk: Desk, change_id: int, version: int) -> tuple[OrderChange, Order]:
    """The order is locked first, as by every act on it: two who act at once wait in one order."""
    found = await desk.tx.changes.get(change_id)
    order = await desk.tx.orders.to_change(found.order_id)
    return await desk.tx.changes.to_change(change_id, version), order


async def _save(desk: Desk, order: Order, decided: Change, by: Actor | None = None) -> tuple[Notice, ...]:
    """Keep it; tell it, with the live messages of each change and of the order as they are now."""
    ran_out = await desk.tx.save(decided)
    now = decided.order or order
    told: list[Notice] = list(decided.notices)
    for change in decided.order_changes:
        told.append(cards.changing(now, change))
        told += [await cards.change_for_staff(desk, now, change, by)] if decided.events else []
    shown = await cards.both(desk, now) if decided.order else ()
    news = await draft_news.ran_out(desk, ran_out) if ran_out.skus else ()
    return (*told, *shown, *await orders.ran_low(desk, decided), *news)
