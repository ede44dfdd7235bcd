"""When an order can be: what speaks against a time, and which times are offered instead."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice

from core import placing
from core.change import Change
from core.documents import Order, SlotStep
from core.errors import ShopClosed, ShopError, SlotFull, TimeNotOffered
from core.slots import GRACE, Book, Objection, Slots
from core.states import Kind
from handlers.desk import Desk

ANY_TIME = Slots()
"""How a shop without slots offers times."""

MOST_OFFERED = 6
LONGEST_SLOT = timedelta(hours=1)


def objection(desk: Desk, order: Order) -> Objection | None:
    """What speaks against the order's time; None if it can be. A parcel can wait."""
    if order.kind is Kind.SHIPPING:
        return None
    if order.wished is not None and order.wished + GRACE <= desk.now:
        return Objection.PAST
    slots = _slots(desk, order)
    wished = placing.due(order, desk.now)
    if slots is None and not _by_hand(desk) and desk.shop.hours.is_open(wished or desk.now):
        return None
    if slots is not None and order.wished is not None and wished is None:
        return Objection.SOON
    return book(desk, order).objection(wished)


def refusal(desk: Desk, order: Order, why: Objection) -> ShopError:
    """The objection as what an order is refused with."""
    wished = placing.due(order, desk.now)
    if why is Objection.FULL:
        return SlotFull(at=wished or book(desk, order).asap())
    first = earliest(desk, order)
    if why is Objection.CLOSED:
        # After the time that was wished: that it is open before helps nobody who asked for three in the night.
        return ShopClosed(opens=next(book(desk, order).free(wished), first), wished=wished)
    return TimeNotOffered(why=why, wished=order.wished, earliest=first)


def earliest(desk: Desk, order: Order) -> datetime | None:
    """The first time that the order could be for, where as soon as possible is not possible."""
    return next(book(desk, order).free(), None)


def offered(desk: Desk, order: Order) -> tuple[datetime, ...]:
    """The free times nearest to what was wished, else the next ones, and the same hour of the day to come."""
    free = book(desk, order)
    wished = placing.due(order, desk.now)
    if wished is not None:
        return free.near(wished, MOST_OFFERED)
    first = tuple(islice(free.free(), MOST_OFFERED))
    again = _again(desk, order)
    if again is None or again in first or free.objection(again) is not None:
        return first
    return tuple(sorted((*first[: MOST_OFFERED - 1], again)))


def _again(desk: Desk, order: Order) -> datetime | None:
    """The next time that it is the hour that was wished, and is over."""
    if order.wished is None:
        return None
    wished, here = order.wished.astimezone(desk.shop.zone), desk.now.astimezone(desk.shop.zone)
    today = datetime.combine(here.date(), wished.time(), tzinfo=desk.shop.zone)
    return (today if today > here else today + timedelta(days=1)).astimezone(UTC)


def on_day(desk: Desk, order: Order, day: int, start: int, most: int) -> tuple[tuple[datetime, ...], bool]:
    """The free times of one day (0 is today) from the `start`th on, and whether that day has more."""
    local = desk.now.astimezone(desk.shop.zone)
    begins = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=day)
    found: list[datetime] = []
    for slot in book(desk, order).free(begins):
        if slot.astimezone(desk.shop.zone).date() != begins.date() or len(found) > start + most:
            break
        found.append(slot)
    return tuple(found[start : start + most]), len(found) > start + most


def date_of(desk: Desk, day: int) -> date:
    """The date so many days from today, in the shop."""
    return desk.now.astimezone(desk.shop.zone).date() + timedelta(days=day)


def days(desk: Desk, order: Order) -> Sequence[int]:
    """The days, counted from today, that have a free time."""
    slots = _slots(desk, order) or ANY_TIME
    return [day for day in range(min(slots.days, MOST_OFFERED) + 1) if on_day(desk, order, day, 0, 1)[0]]


async def with_busy(desk: Desk) -> Desk:
    """The desk with how full the times are now; a shop that counts none asks nothing."""
    if not desk.shop.fulfilment.counts_slots:
        return desk
    return replace(desk, busy=await desk.tx.slots.taken(desk.now - LONGEST_SLOT))


async def take_slot(desk: Desk, order: Order) -> int | None:
    """A place in the slot of the order's time, where places are counted. Raises SlotFull, with nothing changed."""
    slots = _slots(desk, order)
    if slots is None or slots.capacity is None or order.kind is Kind.SHIPPING:
        return None
    times = book(desk, order)
    begins = times.slot_of(placing.due(order, desk.now) or times.asap())
    return await desk.tx.slots.take(slots.pool, begins, slots.capacity)


async def moved(desk: Desk, before: Order, change: Change) -> Change:
    """The change with its place moved to another time or way, where it says one. Raises SlotFull."""
    after = change.order
    if after is None or (after.wished, after.kind) == (before.wished, before.kind):
        return change
    if not (before.slot or desk.shop.fulfilment.counts_slots):
        return change
    if before.slot:
        await desk.tx.slots.post(SlotStep(before.slot, -1))
    return replace(change, order=replace(after, slot=await take_slot(desk, after)))


def book(desk: Desk, order: Order) -> Book:
    """All that decides about this order's time."""
    slots = _slots(desk, order) or ANY_TIME
    until = desk.facts.get("open_until")
    return Book(
        hours=desk.shop.hours,
        slots=slots,
        now=desk.now,
        since=_since(desk),
        open_until=datetime.fromisoformat(until) if until else None,
        minutes=placing.zone_of(order, desk.shop).minutes,
        taken={begins: count for (pool, begins), count in desk.busy.items() if pool == slots.pool},
    )


def _slots(desk: Desk, order: Order) -> Slots | None:
    ways = desk.shop.fulfilment
    way = ways.way(order.kind) if order.kind else ways.ways[0]
    return way.slots if way else None


def _by_hand(desk: Desk) -> bool:
    return any(name in desk.facts for name in ("paused_until", "closed", "open_until"))


def _since(desk: Desk) -> datetime | None:
    """Nobody is there before: until the pause is over; closed by hand, until the shop opens another time."""
    hours, paused = desk.shop.hours, desk.facts.get("paused_until")
    ends = [datetime.fromisoformat(paused)] if paused else []
    if desk.facts.get("closed") and hours.is_open(desk.now):
        midnight = desk.now.astimezone(desk.shop.zone).replace(hour=0, minute=0)
        ends.append(hours.closes(desk.now) or midnight + timedelta(days=1))
    return max((end for end in ends if end > desk.now), default=None)
