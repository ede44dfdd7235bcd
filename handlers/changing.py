"""A placed order is to be another: read from words, shown to the customer, answered by the staff.

What the customer sees before it is sent is what will stand on the order, at the price that is shown.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core import order_changes
from core.change import Change
from core.documents import Bucket, Details, Line, Order, OrderChange
from core.errors import NotThere, OutOfStock, SoldOut
from core.frozen import frozen
from core.inventory import need
from core.notices import ChangeAsked, Notice, Refused, To
from core.people import Actor, Contact
from core.states import ChangeState
from handlers import bare_numbers, cards, change_details, checkout, draft_news, orders, when
from handlers.availability import serving_time
from handlers.change_edits import after_edits, in_place_of_one, read_for
from handlers.desk import Desk
from handlers.reading.signing import without_name
from handlers.reading.understood import Understood
from storage.conversations import Asked

LONGEST = 500
"""Of the customer's words on a change's card."""


@frozen
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


async def propose(
    desk: Desk, contact: Contact, order: Order, written: str, understood: Understood | None = None
) -> tuple[Notice, ...] | None:
    """Show the customer what the words make of the order; None where they make nothing of it.

    Raises what is in the way of such an order.
    """
    order = await desk.tx.orders.to_change(order.id)
    live = await desk.tx.changes.live(order.id)
    if not order_changes.may_change(order):
        return None
    so_far = await _open_wish(desk, contact, live)
    base, details = _wanted_so_far(order, so_far)
    understood = understood or read_for(desk, contact.language, written, base, details.wished)
    proposed = await work_out(desk, contact, order, base, details, understood, written)
    if proposed is None:
        return None
    told = tuple(Refused(to=To(contact.id), error="SoldOut", facts=vars(error)) for error in proposed.refused)
    if proposed.change.details == details and order_changes.have_same_goods(proposed.change.lines, base):
        # The words say nothing new: what was wished before is no answer to them.
        return told or None
    if proposed.is_empty:
        # As it was before: what was wished meanwhile is over.
        is_over = so_far and order_changes.live_lines(proposed.change.lines)
        return (*told, *await withdraw(desk, contact, so_far[-1].id, so_far[-1].version)) if is_over else told or None
    await check(desk, order, proposed.change)
    earlier = await forget(desk, order, live, contact.actor, by_shop=False)
    said_before = so_far[-1].words if so_far else ""
    words = "\n".join(filter(None, (said_before, proposed.change.words)))[-LONGEST:]
    change = await desk.tx.changes.propose(replace(proposed.change, words=words), desk.now)
    await _ask_customer(desk, contact, change)
    return (*told, *earlier, cards.changing(desk, order, change, anew=True, said_before=said_before))


async def propose_instead(
    desk: Desk, contact: Contact, order: Order, written: str, understood: Understood
) -> tuple[Notice, ...]:
    """ "Then two tagliatelle", when the shop has said what there is none of; nothing where that may be several."""
    base, _ = await so_far(desk, contact, order)
    edits = in_place_of_one(desk, base, understood)
    if not edits:
        return ()
    return await propose(desk, contact, order, written, replace(understood, edits=edits)) or ()


async def so_far(desk: Desk, contact: Contact, order: Order) -> tuple[tuple[Line, ...], datetime | None]:
    """The goods and the time that an order is to have, as far as its customer has said and nobody declined."""
    live = await desk.tx.changes.live(order.id)
    lines, details = _wanted_so_far(order, await _open_wish(desk, contact, live))
    return lines, details.wished


async def _open_wish(desk: Desk, contact: Contact, live: Sequence[OrderChange]) -> tuple[OrderChange, ...]:
    """What the customer wished of the order and is still open: sent and not answered, or just now being asked about."""
    asked = await desk.tx.conversations.open(contact.id)
    shown = asked.facts["change"] if asked is not None and asked.what == "change" else None
    own = [one for one in live if not one.by_shop and (one.is_waiting or one.id == shown)]
    return tuple(own[-1:])


async def _ask_customer(desk: Desk, contact: Contact, change: OrderChange) -> None:
    """The next words may be the answer, as long as nothing is asked anew about an open draft."""
    draft = await desk.tx.orders.draft_of(contact.id)
    facts = {"change": change.id, "version": change.version, "draft": draft.version if draft else None}
    await desk.tx.conversations.ask(contact.id, Asked("change", change.order_id, facts), desk.now)


async def by_mail(desk: Desk, contact: Contact, order: Order, written: str) -> tuple[Notice, ...] | None:
    """A mail takes hours: what is clear goes to the shop at once; None for what is not, which a person reads."""
    order = await desk.tx.orders.to_change(order.id)
    if not order_changes.may_change(order):
        return None
    base, details = _wanted_so_far(order, await desk.tx.changes.live(order.id))
    understood = read_for(desk, contact.language, written, base, details.wished)
    understood = replace(understood, reading=without_name(understood.reading, contact.name))
    if bare_numbers.hour_of(desk, contact, order, details.wished, understood.edits, written) is not None:
        return None
    proposed = await work_out(desk, contact, order, base, details, understood, written)
    if proposed is None or proposed.is_empty or proposed.refused or proposed.change.unread:
        return None
    await check(desk, order, proposed.change)
    change = await desk.tx.changes.propose(proposed.change, desk.now)
    return (*await _ask(desk, order, change, contact), ChangeAsked(to=To(contact.id), order=order, change=change))


async def work_out(  # all that a change is made of
    desk: Desk,
    contact: Contact,
    order: Order,
    base: Sequence[Line],
    details: Details,
    understood: Understood,
    written: str,
    *,
    by_shop: bool = False,
) -> Proposed | None:
    """What these words, read for the lines of `base`, make of the order; None for what no words can decide."""
    wished = await change_details.wished(desk, contact, order, details, understood.wishes)
    if wished is None:
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
        details=wished,
        words=written.strip()[:LONGEST],
        currency=order.currency,
        by_shop=by_shop,
        unread=(*understood.reading.unread, *questions)[:5],
    )
    return Proposed(change, refused)


def _wanted_so_far(order: Order, live: Sequence[OrderChange]) -> tuple[tuple[Line, ...], Details]:
    """Words build on a wish that waits: "and a beer" after "add a coke" means both."""
    own = [one for one in live if not one.by_shop]
    if not own:
        return order_changes.live_lines(order.lines), order_changes.details_of(order)
    return order_changes.live_lines(own[-1].lines), own[-1].details


async def check(desk: Desk, order: Order, change: OrderChange) -> None:
    """Raises what is in the way, as it would be of a new order; the shelf decides again when it is agreed to."""
    order_changes.check(order, change, desk.shop)
    if change.details != change.was:
        wanted = replace(order, wished=change.details.wished)
        if order_changes.moved(order, change.details) is not order:
            wanted = order_changes.moved(wanted, change.details)
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


async def forget(
    desk: Desk, order: Order, live: Sequence[OrderChange], by: Actor, *, by_shop: bool
) -> tuple[Notice, ...]:
    """What this side proposed, and never sent: the new one takes its place."""
    told: list[Notice] = []
    for change in live:
        if change.state is ChangeState.PROPOSED and change.by_shop is by_shop:
            gone = order_changes.withdraw(order, change, by=by, shop=desk.shop, now=desk.now)
            told += await save(desk, order, gone)
    return tuple(told)


async def send(desk: Desk, contact: Contact, change_id: int, version: int) -> tuple[Notice, ...]:
    """The customer has seen it and wants it. Raises NotThere for another's."""
    change, order = await own(desk, contact, change_id, version, by_shop=False)
    await desk.tx.conversations.settle(contact.id, order.id, "change")
    if not order_changes.fits(order, change):
        return await save(desk, order, order_changes.outdated(change))
    return await _ask(desk, order, change, contact)


async def withdraw(desk: Desk, contact: Contact, change_id: int, version: int) -> tuple[Notice, ...]:
    """The customer keeps the order as it was. Raises NotThere for another's."""
    change, order = await own(desk, contact, change_id, version, by_shop=False)
    await desk.tx.conversations.settle(contact.id, order.id, "change")
    gone = order_changes.withdraw(order, change, by=contact.actor, shop=desk.shop, now=desk.now)
    return await save(desk, order, gone)


async def accept(desk: Desk, change_id: int, version: int, by: Actor) -> tuple[Notice, ...]:
    """The shop agrees. Raises OutOfStock where what is added ran short, SlotFull where the new time is."""
    change, order = await both(desk, change_id, version, by_shop=False)
    return await apply(desk, order, change, by)


async def apply(desk: Desk, order: Order, change: OrderChange, by: Actor) -> tuple[Notice, ...]:
    """Both sides agree."""
    applied = order_changes.apply(order, change, by=by, shop=desk.shop, now=desk.now)
    return await save(desk, order, await when.moved(desk, order, applied), by)


async def decline(desk: Desk, change_id: int, version: int, by: Actor) -> tuple[Notice, ...]:
    """The shop does not agree."""
    change, order = await both(desk, change_id, version, by_shop=False)
    return await save(desk, order, order_changes.decline(order, change, by=by, shop=desk.shop, now=desk.now), by)


async def _ask(desk: Desk, order: Order, change: OrderChange, contact: Contact) -> tuple[Notice, ...]:
    replaced = await waiting(desk, order)
    asked = order_changes.ask(order, change, replaced, by=contact.actor, shop=desk.shop, now=desk.now)
    return await save(desk, order, asked)


async def waiting(desk: Desk, order: Order) -> list[OrderChange]:
    """What waits for the answer of either side."""
    return [one for one in await desk.tx.changes.live(order.id) if one.is_waiting]


async def own(
    desk: Desk, contact: Contact, change_id: int, version: int, *, by_shop: bool
) -> tuple[OrderChange, Order]:
    """A change of this customer's order. Raises NotThere for another's, and as `both`."""
    # Whose it is comes first: "has changed meanwhile" would tell a stranger that it exists.
    found = await desk.tx.changes.get(change_id)
    if found.contact_id != contact.id:
        raise NotThere
    return await both(desk, change_id, version, by_shop=by_shop)


async def both(desk: Desk, change_id: int, version: int, *, by_shop: bool) -> tuple[OrderChange, Order]:
    """The order is locked first, as by every act on it: two who act at once wait in one order.

    Raises Stale, and NotThere for a change that the other side proposed.
    """
    found = await desk.tx.changes.get(change_id)
    if found.by_shop is not by_shop:
        raise NotThere
    order = await desk.tx.orders.to_change(found.order_id)
    return await desk.tx.changes.to_change(change_id, version), order


async def save(desk: Desk, order: Order, decided: Change, by: Actor | None = None) -> tuple[Notice, ...]:
    """Keep it; tell it, with the live messages of each change and of the order as they are now."""
    ran_out = await desk.tx.save(decided)
    now = decided.order or order
    told: list[Notice] = list(decided.notices)
    for change in decided.order_changes:
        told += await cards.changed(desk, now, change, by)
    shown = await cards.both(desk, now) if decided.order else ()
    news = await draft_news.ran_out(desk, ran_out) if ran_out.skus else ()
    return (*told, *shown, *await orders.ran_low(desk, decided, ran_out), *news)
