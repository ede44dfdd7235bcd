"""A change of a placed order: proposed, answered by the other side, settled on the order in one step.

What the order costs afterwards was shown when the change was proposed: known lines keep
their prices, what is added costs what it cost then.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from core import daily, inventory, orders, placing, states
from core.change import Change
from core.documents import UNKNOWN_ZONE, Details, Event, Line, Order, OrderChange, Timer
from core.errors import NotOffered, Stale, WrongState
from core.menu import Chosen
from core.notices import ChangeApplied, ChangeDeclined, ChangeOffered, ChangeOutdated, OfferOver, To
from core.people import Actor
from core.shop import Shop
from core.states import Act, ChangeState, FulfilmentState, OrderState

IN_THE_KITCHEN = frozenset({FulfilmentState.PLANNED, FulfilmentState.PREPARING, FulfilmentState.PICKING})
"""Until the goods are ready they can still be others."""

UNANSWERED = "offer_over"
"""The job of the clock when a customer has not answered what the shop proposed."""


def may_change(order: Order) -> bool:
    """Whether the order waits, or is at work on."""
    return order.is_open and order.fulfilment in IN_THE_KITCHEN


def live_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    """What is left of these lines, without what was cancelled."""
    left = (replace(line, quantity=line.quantity - line.cancelled, cancelled=0) for line in lines)
    return tuple(line for line in left if line.quantity > 0)


def have_same_goods(lines: Sequence[Line], others: Sequence[Line]) -> bool:
    """Whether as many of each dish are left, however they were said."""
    return _left(lines) == _left(others)


def _left(lines: Sequence[Line]) -> Counter[tuple[str, frozenset[Chosen]]]:
    left: Counter[tuple[str, frozenset[Chosen]]] = Counter()
    for line in live_lines(lines):
        left[_same(line)] += line.quantity
    return left


def details_of(order: Order) -> Details:
    """What of the order besides its goods a change may touch."""
    return Details(order.wished, order.address, order.note, order.fee, order.kind)


def moved(order: Order, details: Details) -> Order:
    """The order as it goes by these details; another address is no place on the map yet."""
    kind = details.kind or order.kind
    if kind is order.kind and details.address == order.address:
        return order
    return replace(order, kind=kind, address=details.address, spot=None, zone=UNKNOWN_ZONE)


def lines_after(order: Order, wanted: Sequence[Line]) -> tuple[Line, ...]:
    """All lines of the order as they are to be, so that what is left of them is what is wanted.

    Fewer are cancelled on the lines that there are, the last first; more join a line of the same price, or get one of
    their own.
    """
    missing: Counter[tuple[str, frozenset[Chosen]]] = Counter()
    for line in wanted:
        missing[_same(line)] += line.quantity
    lines = []
    for line in order.lines:
        left = line.quantity - line.cancelled
        stays = min(left, missing[_same(line)])
        missing[_same(line)] -= stays
        lines.append(replace(line, cancelled=line.quantity - stays))
    for line in wanted:
        more = missing.pop(_same(line), 0)
        if more:
            _add(lines, replace(line, quantity=more))
    return tuple(lines)


def _same(line: Line) -> tuple[str, frozenset[Chosen]]:
    return line.sku, frozenset(option.chosen for option in line.options)


def _add(lines: list[Line], more: Line) -> None:
    for place, line in enumerate(lines):
        is_live = line.quantity > line.cancelled
        if is_live and _same(line) == _same(more) and line.unit_price == more.unit_price:
            lines[place] = replace(line, quantity=line.quantity + more.quantity, words=more.words)
            return
    last = max((line.position for line in lines), default=0)
    lines.append(replace(more, position=last + 1, cancelled=0, fulfilled=0, returned=0, id=None))


def check(order: Order, change: OrderChange, shop: Shop) -> None:
    """Whether the shop would take the order like this; raises what is in the way.

    Less than the minimum is no matter where the shop itself proposes it.
    """
    left = live_lines(change.lines)
    placing.check_size(left, shop.limits)
    wanted = replace(moved(order, change.details), lines=left)
    way = shop.fulfilment.way(wanted.kind) if wanted.kind else None
    leaving = [line.sku for line in change.lines if line.id is None or wanted.kind is not order.kind]
    if way is None or wanted.kind not in shop.kinds_for(leaving):
        raise NotOffered(what=wanted.kind or "kind")
    is_moved = (change.details.address, wanted.kind) != (change.was.address, order.kind)
    below = placing.below_minimum(wanted, shop)
    if below is not None and not change.by_shop and (is_moved or wanted.goods < order.goods):
        raise below


def ask(
    order: Order, change: OrderChange, replaced: Sequence[OrderChange], *, by: Actor, shop: Shop, now: datetime
) -> Change:
    """The customer wants it: the staff has to answer. `replaced` are those that wait, and it takes the place of.

    Raises Stale where the order is no longer as it was when the change was proposed.
    """
    sent = _send(order, change, Act.ASK_CHANGE, replaced, by, now)
    return replace(sent, timers=_waits_again(sent.order or order, shop, now))


def offer(
    order: Order, change: OrderChange, replaced: Sequence[OrderChange], *, by: Actor, shop: Shop, now: datetime
) -> Change:
    """The shop proposes it: the customer has to answer, and until then the staff is not reminded of the order.

    Raises Stale where the order is no longer as it was when the change was proposed.
    """
    sent = _send(order, change, Act.OFFER_CHANGE, replaced, by, now)
    offered, until = sent.order_changes[-1], now + timedelta(minutes=shop.approval.answer_change_within_minutes)
    told = ChangeOffered(to=To(order.contact_id), order=sent.order or order, change=offered, until=until)
    return replace(sent, timers=(Timer(UNANSWERED, f"{offered.id}:{offered.version}", until),), notices=(told,))


def _send(
    order: Order, change: OrderChange, act: Act, replaced: Sequence[OrderChange], by: Actor, now: datetime
) -> Change:
    """To the other side. An earlier one of the same side is taken back by it, one of the other side declined."""
    _check_fits(order, change)
    sent = _step(change, act)
    order = replace(order, version=order.version + 1, changes=order.changes + 1)
    steps = []
    for one in replaced:
        ends = Act.WITHDRAW_CHANGE if one.by_shop is change.by_shop else Act.DECLINE_CHANGE
        steps.append((one, _step(one, ends), ends))
    order, events = _noted(order, [*steps, (change, sent, act)], by, now)
    return Change(order=order, events=events, order_changes=(*(new for _, new, _ in steps), sent))


def apply(order: Order, change: OrderChange, *, by: Actor, shop: Shop, now: datetime) -> Change:
    """The other side agrees: lines, total, reservations and stock go over in one step.

    Raises Stale where the order is no longer as it was when the change was proposed.
    """
    _check_fits(order, change)
    applied = _step(change, Act.APPLY_CHANGE)
    reservations, moves = inventory.adjust(order.reservations, order.lines, change.lines, _state(order))
    new = replace(order, version=order.version + 1, **_details(order, change, shop))
    new = replace(new, lines=daily.changed(order.lines, change.lines, shop, new.wished or now))
    new, steps = _noted(new, [(change, applied, Act.APPLY_CHANGE)], by, now)
    ended = {one.id for one in reservations}
    new = replace(new, reservations=(*(one for one in order.reservations if one.id not in ended), *reservations))
    return Change(
        order=new,
        events=steps,
        changed_lines=True,
        reservations=reservations,
        moves=moves,
        takes=daily.takes(order.lines, new.lines, shop),
        order_changes=(applied,),
        timers=_waits_again(new, shop, now),
        notices=(ChangeApplied(to=To(order.contact_id), order=new, change=applied),),
    )


def decline(order: Order, change: OrderChange, *, by: Actor, shop: Shop, now: datetime) -> Change:
    """The other side does not agree: the order stays as it was."""
    return _answer(
        order, change, Act.DECLINE_CHANGE, by, shop, now, told=OfferOver if change.by_shop else ChangeDeclined
    )


def lapse(order: Order, change: OrderChange, *, by: Actor, shop: Shop, now: datetime) -> Change:
    """The answer did not come in time, or came when it could not be had any more: the order stays as it was."""
    return _answer(order, change, Act.OUTDATE_CHANGE, by, shop, now, told=OfferOver)


def withdraw(order: Order, change: OrderChange, *, by: Actor, shop: Shop, now: datetime) -> Change:
    """Whoever proposed it thinks better of it. What nobody was asked yet leaves no trace on the order."""
    if change.state is ChangeState.PROPOSED:
        return Change(order_changes=(_step(change, Act.WITHDRAW_CHANGE),))
    return _answer(order, change, Act.WITHDRAW_CHANGE, by, shop, now, told=OfferOver if change.by_shop else None)


ENDED = frozenset({OrderState.CANCELLED, OrderState.REJECTED, OrderState.EXPIRED})
"""Nothing is left that could be another."""


def outdate(change: Change, waiting: Sequence[OrderChange], *, by: Actor, now: datetime) -> Change:
    """An act on the order by which its changes come too late, and what becomes of those."""
    order = change.order
    assert order is not None  # noqa: S101  # every act on an order has one
    late = tuple(_step(one, Act.OUTDATE_CHANGE) for one in waiting)
    asked = [(one, new, Act.OUTDATE_CHANGE) for one, new in zip(waiting, late, strict=True) if one.is_waiting]
    order, steps = _noted(order, asked, by, now)
    told: tuple[ChangeOutdated, ...] = ()
    if order.state not in ENDED:  # who hears that it is off knows what becomes of its changes
        told = tuple(ChangeOutdated(to=To(order.contact_id), order=order, change=new) for _, new, _ in asked)
    return change.then(Change(order=order, events=steps, order_changes=late, notices=told))


def outdated(change: OrderChange) -> Change:
    """Proposed, and never sent to the shop: the order went on in between."""
    return Change(order_changes=(_step(change, Act.OUTDATE_CHANGE),))


def fits(order: Order, change: OrderChange) -> bool:
    """Whether the order can still be changed, and is as it was when the change was proposed."""
    return may_change(order) and _quantities(order.lines) == _quantities(change.before)


def _check_fits(order: Order, change: OrderChange) -> None:
    if not may_change(order):
        raise WrongState(state=order.state, act=Act.APPLY_CHANGE, number=order.number)
    if not fits(order, change):
        raise Stale(number=order.number, state=ChangeState.STALE, what="change")


def _quantities(lines: Sequence[Line]) -> list[tuple[int | None, int, int]]:
    return [(line.id, line.quantity, line.cancelled) for line in lines]


def _state(order: Order) -> states.ReservationState:
    held = order.state is OrderState.PENDING
    return states.ReservationState.HELD if held else states.ReservationState.COMMITTED


def _details(order: Order, change: OrderChange, shop: Shop) -> dict[str, Any]:
    """Only what the change is about: the note may have been added to since."""
    names = ("wished", "address", "note", "kind")
    pairs = [(name, getattr(change.was, name), getattr(change.details, name)) for name in names]
    new = {name: after for name, before, after in pairs if before != after}
    if new.get("wished") and order.state is OrderState.ACCEPTED:
        new["promised"] = new["wished"]
    if not new.keys().isdisjoint({"address", "kind"}):
        zone = placing.zone_of(moved(order, change.details), shop).name
        new |= {"fee": change.details.fee, "spot": None, "zone": zone}
    return new


def _answer(
    order: Order,
    change: OrderChange,
    act: Act,
    by: Actor,
    shop: Shop,
    now: datetime,
    told: type[ChangeDeclined | OfferOver] | None = None,
) -> Change:
    answered = _step(change, act)
    order, steps = _noted(replace(order, version=order.version + 1), [(change, answered, act)], by, now)
    notices = (told(to=To(order.contact_id), order=order, change=answered),) if told else ()
    timers = _waits_again(order, shop, now)
    return Change(order=order, events=steps, order_changes=(answered,), timers=timers, notices=notices)


def _waits_again(order: Order, shop: Shop, now: datetime) -> tuple[Timer, ...]:
    """A pending order's clock goes by its version: there is something new to answer."""
    return (orders.first_reminder(order, shop, now),) if order.state is OrderState.PENDING else ()


def _step(change: OrderChange, act: Act) -> OrderChange:
    return replace(change, state=states.after(states.CHANGE, change.state, act), version=change.version + 1)


def _noted(
    order: Order, steps: Sequence[tuple[OrderChange, OrderChange, Act]], by: Actor, now: datetime
) -> tuple[Order, tuple[Event, ...]]:
    """The steps of changes on the order's timeline, as parts of one decision."""
    events = []
    for before, after, act in steps:
        order = replace(order, seq=order.seq + 1)
        facts = {"change": after.id, "difference": after.difference}
        machine = f"change:{after.seq}"
        events.append(
            Event(order.id, order.seq, order.version, machine, act, before.state, after.state, by, now, facts)
        )
    return order, tuple(events)
