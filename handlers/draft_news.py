"""What happens to a draft while its customer thinks: things sell out, leave the menu, cost something else.

Open drafts are told once, when it happens; nothing is placed that the customer has not seen as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from core import orders
from core.availability import Availability, Reason, Why
from core.documents import Line, Order
from core.menu import Menu
from core.notices import Notice, PriceChange
from core.people import Channel, Contact
from core.pricing import price_line
from handlers import availability, drafts
from handlers.desk import Desk
from handlers.draft_edits import merge
from handlers.reading.understood import ReadLine
from storage.store import RanOut

STILL_OPEN = timedelta(hours=12)
"""Whoever has not touched a draft for so long is not told of it: it shows when they come back."""

MOST_REPAIRS = 10
"""A line may have several options that are sold out; each is left out in turn."""


async def before_placing(desk: Desk, contact: Contact, order: Order, seen: Order, *, tapped: bool) -> Notice | None:
    """The draft as it is now, where it is dearer or less than the customer saw; a mail is asked elsewhere."""
    if contact.channel is not Channel.TELEGRAM:
        return None
    prices, fee = availability.price_changes(desk, order), drafts.fee(desk, order, {})
    is_dearer = order.kind is seen.kind and fee > seen.fee
    if prices or (is_dearer and fee != order.fee):
        order = await _save(desk, contact, order, [_priced_now(desk, line) for line in order.lines], fee=fee)
    elif not is_dearer and not availability.off_lines(desk, order):
        return None
    for what in ("address", "phone"):
        await desk.tx.conversations.settle(contact.id, order.id, what)
    show = drafts.edited if tapped else drafts.shown
    return show(desk, order, prices=prices, before=seen)


async def brought_up_to_date(
    desk: Desk, contact: Contact, order: Order
) -> tuple[Order, tuple[Reason, ...], tuple[PriceChange, ...]]:
    """The draft without what cannot be had, at today's prices, with what that changed; for a mail that asks."""
    off, prices = availability.off_lines(desk, order), availability.price_changes(desk, order)
    if off:
        order = await leave_out(desk, contact, order)
    elif prices:
        order = await _save(desk, contact, order, [_priced_now(desk, line) for line in order.lines])
    return order, tuple(off.values()), prices


def _priced_now(desk: Desk, line: Line) -> Line:
    """At today's price; what has left the menu stays as it was, until it is left out."""
    product = desk.shop.menu.by_sku.get(line.sku)
    options = [option.chosen for option in line.options]
    if product is None or not all(map(product.offers, options)):
        return line
    return price_line(product, line.quantity, options, line.words, line.position)


async def leave_out(desk: Desk, contact: Contact, order: Order, now: Availability | None = None) -> Order:
    """The draft without what cannot be had: without the option where that is all, else without the line."""
    for _ in range(MOST_REPAIRS):
        off = availability.off_lines(desk, order, now)
        if not off:
            break
        lines = merge([line for line in _without(desk, order, off) if line.quantity > 0])
        order = replace(order, lines=drafts.price(desk, lines))
    return await _save(desk, contact, order, order.lines)


def _without(desk: Desk, order: Order, off: Mapping[int, Reason]) -> list[ReadLine]:
    left = {reason.sku: reason.left for reason in off.values()}
    lines = []
    for line, read in zip(order.lines, drafts.as_read(order), strict=True):
        reason = off.get(line.position)
        if reason is None:
            lines.append(read)
            continue
        options = tuple(option for option in read.options if option.value != reason.value)
        if _lacks_half(desk, reason):
            continue
        if reason.value and options != read.options:
            lines.append(replace(read, options=options))
        elif reason.why is Why.DAILY:
            stays = min(left[line.sku], line.quantity)
            left[line.sku] -= stays
            lines.append(replace(read, quantity=stays))
    return lines


def _lacks_half(desk: Desk, reason: Reason) -> bool:
    """Half a pizza is none."""
    product = desk.shop.menu.by_sku.get(reason.sku)
    return product is not None and bool(reason.value) and product.has_half(reason.value)


async def _save(desk: Desk, contact: Contact, order: Order, lines: Sequence[Line], **fields: Any) -> Order:
    change = orders.edit(order, lines, contact.actor, desk.now, message=desk.tx.inbox_id, **fields)
    await desk.tx.save(change)
    return change.order or order


# Told when it happens


async def sold_out(desk: Desk, after: Availability, skus: Sequence[str]) -> tuple[Notice, ...]:
    """For each open draft that holds one of these what can no longer be had; `after` beside what the desk knew."""
    told: list[Notice] = []
    for draft in await desk.tx.orders.chat_drafts(desk.now - STILL_OPEN, skus):
        before, now = availability.off_lines(desk, draft), availability.off_lines(desk, draft, after)
        news = [reason for position, reason in now.items() if not _is_same(reason, before.get(position))]
        if news:
            told.append(drafts.told_anew(desk, draft, now, news))
    return tuple(told)


def _is_same(reason: Reason, known: Reason | None) -> bool:
    """Until another time, or fewer than before, is nothing new: it was off already."""
    return known is not None and (known.why, known.value) == (reason.why, reason.value)


async def ran_out(desk: Desk, last: RanOut) -> tuple[Notice, ...]:
    """The last of these was just ordered; something may have run out both ways."""
    taken = desk.taken
    if last.reached:
        taken = await desk.tx.daily.taken(desk.shop.hours.business_day(desk.now))
    return await sold_out(desk, replace(desk.availability, empty=frozenset(last.emptied), taken=taken), last.skus)


async def left_the_menu(desk: Desk, before: Menu) -> tuple[Notice, ...]:
    """Another shop file counts: what of the open drafts stood in the one before and stands there no more."""
    told: list[Notice] = []
    for draft in await desk.tx.orders.chat_drafts(desk.now - STILL_OPEN):
        off = availability.off_lines(desk, draft)
        news = [reason for reason in off.values() if reason.why in drafts.LEFT_THE_MENU and _stood_in(before, reason)]
        if news:
            told.append(drafts.told_anew(desk, draft, off, news))
    return tuple(told)


def _stood_in(menu: Menu, reason: Reason) -> bool:
    product = menu.by_sku.get(reason.sku)
    if product is None or not reason.value:
        return product is not None
    return any(reason.value in group.by_value for group in product.options)
