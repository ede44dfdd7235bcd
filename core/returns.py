"""Goods that go back: asked for, decided, received."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from core import states
from core.change import Change
from core.documents import REFUND, Bucket, Event, Move, Order, Payment, ReturnCase, ReturnItem
from core.errors import NothingToReturn, TooLate, WrongState
from core.menu import Texts
from core.notices import ReturnApproved, ReturnCorrected, ReturnDeclined, ReturnReceived, ReturnSettled, To
from core.people import Actor
from core.shop import Approval, ReturnPolicy
from core.states import UNDOABLE_OF_RETURNS, Act, PaymentState, ReturnState

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
        ReturnItem(line.id, line.sku, line.name, part, line.unit_price * part)
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
    return replace(_noted(order, case, Act.APPROVE, ReturnState.REQUESTED, by, now), notices=(told,))


def decline(case: ReturnCase, order: Order, reason: Texts, *, by: Actor, now: datetime) -> Change:
    """No, and why."""
    case = _step(case, Act.DECLINE, decline_reason=next(iter(reason.values()), ""))
    told = ReturnDeclined(to=To(case.contact_id), case=case, reason=reason)
    return replace(_noted(order, case, Act.DECLINE, ReturnState.REQUESTED, by, now), notices=(told,))


def receive(case: ReturnCase, order: Order, bucket: str, *, by: Actor, now: datetime) -> Change:
    """The goods are here: back on the shelf, or written off as damaged."""
    case = _step(case, Act.RECEIVE, outcome=bucket)
    noted = _noted(_came_back(order, case, 1), case, Act.RECEIVE, ReturnState.APPROVED, by, now)
    moves = _moves(order, case, Bucket.CUSTOMER, bucket, "return")
    told = ReturnReceived(to=To(case.contact_id), case=case)
    return replace(noted, moves=moves, moved_lines=True, notices=(told,))


def settle(case: ReturnCase, order: Order, *, by: Actor, now: datetime) -> Change:
    """The price of the goods was given back, out of the till."""
    before = case.state
    case = _step(case, Act.RESOLVE)
    money = Payment(order.id, REFUND, -case.paid, order.currency, PaymentState.CAPTURED)
    told = ReturnSettled(to=To(case.contact_id), case=case)
    return replace(_noted(order, case, Act.RESOLVE, before, by, now), payments=(money,), notices=(told,))


def last_step(events: Sequence[Event], case: ReturnCase) -> Event | None:
    """The newest event of this return on its order's timeline."""
    own = (one for one in reversed(events) if one.machine == "return" and one.facts.get("return") == case.id)
    return next(own, None)


def may_undo(last: Event | None, approval: Approval, now: datetime) -> bool:
    """Whether it is a decision, and still fresh."""
    in_time = last is not None and now - last.at < timedelta(minutes=approval.undo_minutes)
    return in_time and last is not None and last.act in UNDOABLE_OF_RETURNS


def undo(
    case: ReturnCase,
    order: Order,
    last: Event | None,
    payments: Sequence[Payment],
    *,
    by: Actor,
    approval: Approval,
    now: datetime,
) -> Change:
    """The last decision was a mis-tap; `payments` are those of the order that count.

    Raises WrongState where there is none, TooLate when the time for it is over.
    """
    if last is None or last.act not in UNDOABLE_OF_RETURNS:
        raise WrongState(state=case.state, act=Act.UNDO, number=order.number)
    if not may_undo(last, approval, now):
        raise TooLate(minutes=approval.undo_minutes)
    before, was_received = case, last.act is Act.RECEIVE
    case = replace(case, state=ReturnState(last.state_from), version=case.version + 1, decline_reason="")
    case = replace(case, outcome="") if was_received else case
    case = replace(case, deadline=None) if last.act is Act.APPROVE else case
    noted = _noted(_came_back(order, case, -1) if was_received else order, case, Act.UNDO, before.state, by, now)
    return replace(
        noted,
        moves=_moves(order, case, before.outcome, Bucket.CUSTOMER, Act.UNDO) if was_received else (),
        moved_lines=was_received,
        payments=_counter(case, payments) if last.act is Act.RESOLVE else (),
        notices=(ReturnCorrected(to=To(case.contact_id), case=case, act=last.act),),
    )


def _counter(case: ReturnCase, payments: Sequence[Payment]) -> tuple[Payment, ...]:
    """The refund taken back: refunds of the same sum are as good as each other."""
    found = [one for one in payments if one.method == REFUND and one.amount == -case.paid]
    return tuple(replace(one, id=None, amount=-one.amount, reverses=one.id) for one in found[-1:])


def _came_back(order: Order, case: ReturnCase, sign: int) -> Order:
    back = {item.line_id: sign * item.quantity for item in case.items}
    lines = tuple(replace(line, returned=line.returned + back.get(line.id or 0, 0)) for line in order.lines)
    return replace(order, lines=lines)


def _moves(order: Order, case: ReturnCase, giver: str, taker: str, reason: str) -> tuple[Move, ...]:
    counted = {line.id for line in order.lines if line.counted}
    return tuple(
        Move(item.sku, item.quantity, giver, taker, reason)
        for item in sorted(case.items, key=lambda item: item.sku)
        if item.line_id in counted
    )


def _step(case: ReturnCase, act: Act, **changes: object) -> ReturnCase:
    state: ReturnState = states.after(states.RETURN, case.state, act)
    return replace(case, state=state, version=case.version + 1, **changes)  # type: ignore[arg-type]


def _noted(order: Order, case: ReturnCase, act: Act, before: ReturnState, by: Actor, now: datetime) -> Change:
    """The decision, with its step on the order's own timeline: the order goes one version further."""
    order = replace(order, version=order.version + 1, seq=order.seq + 1)
    facts = {
        "return": case.id,
        "label": case.label,
        "paid": case.paid,
        "items": {str(item.line_id): item.quantity for item in case.items},
    }
    step = Event(order.id, order.seq, order.version, "return", act, before, case.state, by, now, facts)
    return Change(order=order, events=(step,), return_case=case)


def asked(case: ReturnCase, order: Order, *, by: Actor, now: datetime) -> Change:
    """The request stands on the timeline."""
    facts = {"return": case.id, "label": case.label, "paid": case.paid}
    order = replace(order, version=order.version + 1, seq=order.seq + 1)
    step = Event(order.id, order.seq, order.version, "return", Act.ASK, "", case.state, by, now, facts)
    return Change(order=order, events=(step,))
