"""The use cases of an order: read it, decide, save, tell. The same for a tap, a word, a mail and the clock."""

import secrets
from dataclasses import replace
from datetime import timedelta

from core import daily, left_open, order_changes, orders, placing, undo
from core.change import Change
from core.documents import Order, Timer
from core.errors import NotOffered, Stale, TooMany
from core.menu import Texts
from core.notices import STAFF, LowStock, Notice, OrderPlaced
from core.people import Actor, Channel
from core.shipping import Tracking
from core.states import Act, ChangeState, FulfilmentState, Kind, OrderState
from handlers import availability, cancel_wishes, cards, draft_news, when
from handlers.desk import Desk
from storage.store import RanOut

MOST_OPEN = 5
"""So many orders of one customer may wait for the staff at once."""

SHORTLY = timedelta(minutes=30)
"""So long after an order the same once more may be a mistake."""

TOKEN_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # noqa: S105  # no password
"""Thirty-two, so that each byte at random means each letter as often."""


async def place(desk: Desk, order: Order, by: Actor) -> tuple[Notice, ...]:
    """The draft goes to the staff; raises what is in the way."""
    check_open(desk, order)
    _check_on_offer(desk, order)
    alike = await _alike(desk, order)
    placing.check_placeable(order, desk.shop)
    lines = daily.dated(order.lines, desk.shop, availability.serving_time(desk, order.wished))
    order = order.changed(lines=lines, slot=await when.take_slot(desk, order), note=_noted(desk, order, alike))
    number = await desk.tx.orders.next_number()
    token = "".join(TOKEN_LETTERS[byte % len(TOKEN_LETTERS)] for byte in secrets.token_bytes(4))
    change = orders.place(order, number=number, token=token, by=by, shop=desk.shop, now=desk.now)
    told = await _done(desk, change, by)
    return told if alike is None else tuple(_said(notice, alike) for notice in told)


def _noted(desk: Desk, order: Order, alike: Order | None) -> str:
    """The order's note, in which the staff reads that it may be there twice."""
    if alike is None or alike.placed is None:
        return order.note
    minutes = (desk.now - alike.placed) // timedelta(minutes=1)
    said = desk.house.renderer.label("words", "same_as").format(number=alike.number, minutes=minutes)
    return "; ".join(filter(None, (order.note, said)))


def _said(notice: Notice, alike: Order) -> Notice:
    """Its customer reads so, too."""
    return replace(notice, alike=alike) if isinstance(notice, OrderPlaced) else notice


def check_open(desk: Desk, order: Order) -> None:
    """Raises what speaks against the order's time: the hours, what was closed by hand, slots that are full."""
    why = when.objection(desk, order)
    if why is not None:
        raise when.refusal(desk, order, why)


def _check_on_offer(desk: Desk, order: Order) -> None:
    """Raises SoldOut for the first line that cannot be had, whatever the reason."""
    for reason in availability.off_lines(desk, order).values():
        raise availability.as_error(reason)


async def _alike(desk: Desk, order: Order) -> Order | None:
    """The same by mail a moment ago, which still waits; in a chat it was asked about. Raises TooMany."""
    waiting, alike = await desk.tx.orders.pending(order.customer_id, order.total, desk.now - SHORTLY)
    if waiting >= MOST_OPEN:
        raise TooMany(what="orders", most=MOST_OPEN)
    if alike is None or order.channel is not Channel.MAIL:
        return None
    other = await desk.tx.orders.get(alike)
    same_way = (other.kind, other.address, other.wished) == (order.kind, order.address, order.wished)
    return other if same_way and order_changes.have_same_goods(other.lines, order.lines) else None


async def accept(desk: Desk, order_id: int, version: int, by: Actor, minutes: int | None) -> tuple[Notice, ...]:
    """The staff says yes: in so many minutes, or None for the time that the customer wished.

    Raises Stale where that time has passed: nothing is promised for an hour ago.
    """
    order = await desk.tx.orders.to_change(order_id, version)
    promised = placing.due(order, desk.now) if minutes is None else desk.now + timedelta(minutes=minutes)
    if promised is None:
        raise Stale(number=order.number, state=order.state)
    told = await _done(desk, orders.accept(order, by=by, promised=promised, now=desk.now), by)
    return (*told, *await _never_sent(desk, order.id))


async def _never_sent(desk: Desk, order_id: int) -> tuple[Notice, ...]:
    """What the customer wished otherwise, was shown and has not sent: the shop accepted without it, so it is asked."""
    live = [one for one in await desk.tx.changes.live(order_id) if one.state is ChangeState.PROPOSED]
    own = [one for one in live if not one.by_shop]
    if not own:
        return ()
    return (cards.changing(desk, await desk.tx.orders.get(order_id), own[-1], anew=True, is_left=True),)


async def accept_parcel(desk: Desk, order_id: int, version: int, by: Actor, days: int) -> tuple[Notice, ...]:
    """The staff says yes to a parcel: it leaves within so many days. Raises NotOffered for an order that is none."""
    order = await desk.tx.orders.to_change(order_id, version)
    if order.kind is not Kind.SHIPPING:
        raise NotOffered(what="ship")
    evening = desk.now.astimezone(desk.shop.zone).replace(hour=23, minute=59, second=0, microsecond=0)
    promised = evening + timedelta(days=days)
    return await _done(desk, orders.accept(order, by=by, promised=promised, now=desk.now), by)


async def reject(desk: Desk, order_id: int, version: int, by: Actor, reason: Texts) -> tuple[Notice, ...]:
    """The staff says no."""
    order = await desk.tx.orders.to_change(order_id, version)
    return await _done(desk, orders.reject(order, by=by, reason=reason, now=desk.now), by)


async def cancel(
    desk: Desk, order_id: int, version: int | None, by: Actor, *, by_shop: bool, reason: str = ""
) -> tuple[Notice, ...]:
    """Before anything was handed over; stock comes back."""
    order = await desk.tx.orders.to_change(order_id, version)
    change = orders.cancel(order, by=by, by_shop=by_shop, now=desk.now, reason=reason)
    if order.state is OrderState.DRAFT:
        await desk.tx.save(change)
        return ()
    return await _done(desk, change, by)


async def expire(desk: Desk, order: Order, by: Actor) -> tuple[Notice, ...]:
    """Nobody answered."""
    return await _done(desk, orders.expire(order, now=desk.now), by)


async def advance(desk: Desk, order_id: int, version: int, act: Act, by: Actor) -> tuple[Notice, ...]:
    """Preparing, ready, on its way, delivered, handed over."""
    order = await desk.tx.orders.to_change(order_id, version)
    return await _done(desk, orders.advance(order, act, by=by, now=desk.now), by)


async def ship(desk: Desk, number: int, tracking: Tracking, by: Actor) -> tuple[Notice, ...]:
    """A parcel was given to a carrier, or its number was mistyped. Raises NotOffered for an order that is no parcel."""
    order = await desk.tx.orders.to_change((await desk.tx.orders.by_number(number)).id)
    if order.kind is not Kind.SHIPPING:
        raise NotOffered(what="ship")
    act = orders.retrack if order.fulfilment is FulfilmentState.SHIPPED else orders.ship
    return await _done(desk, act(order, tracking, by=by, now=desk.now), by)


async def take_back(desk: Desk, order_id: int, version: int, by: Actor) -> tuple[Notice, ...]:
    """The last tap was a mistake."""
    order = await desk.tx.orders.to_change(order_id, version)
    last = await desk.tx.orders.last_decision(order_id)
    payments = await desk.tx.payments.counting(order_id)
    change = undo.undo(order, last, payments, by=by, approval=desk.shop.approval, now=desk.now)
    await desk.tx.save(change)
    assert change.order is not None  # noqa: S101  # undo always has one
    return (*change.notices, *await cards.both(desk, change.order, by))


async def _done(desk: Desk, change: Change, by: Actor) -> tuple[Notice, ...]:
    """Save what was decided; tell it, with both live messages as they are now, and what ran low."""
    order = change.order
    assert order is not None  # noqa: S101  # every act on an order has one
    decided = change.events[-1].act if change.events else None
    can_undo = undo.decided(change.events) is not None and decided is not None
    if can_undo:
        until = desk.now + timedelta(minutes=desk.shop.approval.undo_minutes)
        change = replace(change, timers=(*change.timers, Timer("undo_over", f"{order.id}:{order.version}", until)))
    if decided is Act.ACCEPT:
        change = replace(change, timers=(*change.timers, left_open.timer(order, desk.shop.hours)))
    if order.changes and not order_changes.may_change(order):
        change = order_changes.outdate(change, await desk.tx.changes.live(order.id), by=by, now=desk.now)
        order = change.order or order
    ran_out = await desk.tx.save(change)
    return (
        *change.notices,
        *[told for late in change.order_changes for told in await cards.changed(desk, order, late)],
        *await cards.both(desk, order, by if order.state is not OrderState.PENDING else None, undo=can_undo),
        *await cancel_wishes.end(desk, order),
        *await ran_low(desk, change, ran_out),
        *(await draft_news.ran_out(desk, ran_out) if ran_out.skus else ()),
    )


async def ran_low(desk: Desk, change: Change, ran_out: RanOut) -> tuple[Notice, ...]:
    """Articles whose shelf this act brought to their low mark, or to nothing: told once per crossing."""
    notices = []
    for sku in dict.fromkeys(move.sku for move in change.moves):
        product = desk.shop.menu.by_sku.get(sku)
        if product is None:
            continue
        low = None if product.low_stock is None else await desk.tx.stock.note_low(sku, product.low_stock)
        left = 0 if sku in ran_out.emptied else low
        if left is not None:
            notices.append(LowStock(to=STAFF, product=product.name, left=left))
    return tuple(notices)
