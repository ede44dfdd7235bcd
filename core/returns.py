"""Goods that go back: asked for, decided, received."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from core import states
from core.change import Change
from core.documents import Bucket, Event, Move, Order, ReturnCase, ReturnItem
from core.errors import NothingToReturn, TooLate
from core.menu import Texts
from core.notices import ReturnApproved, ReturnDeclined, ReturnReceived, To
from core.people import Actor
from core.shop import ReturnPolicy
from core.states import Act, ReturnState

DECLINE_REASONS: tuple[Texts, ...] = (
    {"en": "The time for returns is over", "de": "Die Frist für Rücksendungen ist vorbei"},
    {"en": "Fresh food cannot be taken back", "de": "Frische Lebensmittel können wir nicht zurücknehmen"},
    {"en": "The goods have been used", "de": "Die Ware wurde schon benutzt"},
)

OUR_FAULT = frozenset({"damaged", "wrong_item", "missing", "quality"})
"""Reasons for which the shop pays the way back, whatever its policy says."""


def choose_items(
    order: Order, wished: Sequence[tuple[str, int | None]], under_way: Mapping[int, int]
) -> tuple[ReturnItem, ...]:
    """The lines that are meant by skus and quantities; what was not counted is the whole line.

    Raises NothingToReturn where nothing of it was handed over, or all of it is on its way back already.
    """
    taken = dict(under_way)
    for sku, quantity in wished:
        still = sum(line.quantity for line in order.lines) if quantity is None else quantity
        for line in order.lines:
            if line.sku == sku and line.id is not None:
                part = max(0, min(still, line.returnable - taken.get(line.id, 0)))
                taken[line.id] = taken.get(line.id, 0) + part
                still -= part
    items = tuple(
        ReturnItem(line.id, line.sku, line.name, part)
        for line in order.lines
        if line.id is not None and (part := taken.get(line.id, 0) - under_way.get(line.id, 0)) > 0
    )
    if not items:
        raise NothingToReturn(number=order.number)
    return items


def check_window(order: Order, reason: str, policy: ReturnPolicy, now: datetime) -> None:
    """A change of mind has its time; what came broken or wrong is our fault whenever it is noticed."""
    if reason in OUR_FAULT or order.done is None:
        return
    if now > order.done + timedelta(days=policy.window_days):
        raise TooLate(minutes=policy.window_days * 24 * 60)


def approve(case: ReturnCase, order: Order, policy: ReturnPolicy, *, by: Actor, now: datetime) -> Change:
    """Yes: the instructions go out, with a day until when the goods must be on their way."""
    deadline = now + timedelta(days=policy.deadline_days)
    case = _step(case, Act.APPROVE, deadline=deadline)
    payer = "shop" if case.reason in OUR_FAULT else policy.who_pays
    told = ReturnApproved(to=To(case.contact_id), case=case, address=policy.address, who_pays=payer)
    return replace(_noted(order, case, Act.APPROVE, by, now), notices=(told,))


def decline(case: ReturnCase, order: Order, reason: Texts, *, by: Actor, now: datetime) -> Change:
    """No, and why."""
    case = _step(case, Act.DECLINE, decline_reason=next(iter(reason.values()), ""))
    told = ReturnDeclined(to=To(case.contact_id), case=case, reason=reason)
    return replace(_noted(order, case, Act.DECLINE, by, now), notices=(told,))


def receive(case: ReturnCase, order: Order, bucket: str, *, by: Actor, now: datetime) -> Change:
    """The goods are here: back on the shelf, or written off as damaged."""
    case = _step(case, Act.RECEIVE, outcome=bucket)
    back = {item.line_id: item.quantity for item in case.items}
    lines = tuple(replace(line, returned=line.returned + back.get(line.id or 0, 0)) for line in order.lines)
    noted = _noted(replace(order, lines=lines), case, Act.RECEIVE, by, now)
    counted = {line.id for line in order.lines if line.counted}
    moves = [
        Move(item.sku, item.quantity, Bucket.CUSTOMER, bucket, "return")
        for item in sorted(case.items, key=lambda item: item.sku)
        if item.line_id in counted
    ]
    told = ReturnReceived(to=To(case.contact_id), case=case)
    return replace(noted, moves=tuple(moves), moved_lines=True, notices=(told,))


def _step(case: ReturnCase, act: Act, **changes: object) -> ReturnCase:
    state: ReturnState = states.after(states.RETURN, case.state, act)
    return replace(case, state=state, version=case.version + 1, **changes)  # type: ignore[arg-type]


def _noted(order: Order, case: ReturnCase, act: Act, by: Actor, now: datetime) -> Change:
    """The decision, with its step on the order's own timeline: the order goes one version further."""
    before = next(state for state, acts in states.RETURN.items() if acts.get(act) == case.state)
    order = replace(order, version=order.version + 1, seq=order.seq + 1)
    facts = {"return": case.id, "items": {str(item.line_id): item.quantity for item in case.items}}
    step = Event(order.id, order.seq, order.version, "return", act, before, case.state, by, now, facts)
    return Change(order=order, events=(step,), return_case=case)


def asked(case: ReturnCase, order: Order, *, by: Actor, now: datetime) -> Change:
    """The request stands on the timeline."""
    order = replace(order, version=order.version + 1, seq=order.seq + 1)
    step = Event(order.id, order.seq, order.version, "return", Act.ASK, "", case.state, by, now, {"return": case.id})
    return Change(order=order, events=(step,))
