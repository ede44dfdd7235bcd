"""The machines: which act leads from which state to which.

One table per machine; `after` is the only way through them. An act may pass
several states of a fulfilment (`path`), writing an event for each.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from core.errors import WrongState


class Act(StrEnum):
    """A verb of the shop."""

    PLACE = "place"
    ACCEPT = "accept"
    REJECT = "reject"
    CANCEL = "cancel"
    EXPIRE = "expire"
    COMPLETE = "complete"
    PREPARE = "prepare"
    MAKE_READY = "make_ready"
    HAND_OVER = "hand_over"
    SEND_OUT = "send_out"
    DELIVER = "deliver"
    FAIL_ATTEMPT = "fail_attempt"
    BRING_BACK = "bring_back"
    NOTE_NO_SHOW = "note_no_show"
    PICK = "pick"
    PACK = "pack"
    SHIP = "ship"
    LOSE = "lose"
    UNDO = "undo"
    EDIT = "edit"
    ASK = "ask"
    APPROVE = "approve"
    DECLINE = "decline"
    RECEIVE = "receive"
    INSPECT = "inspect"
    RESOLVE = "resolve"
    CLOSE = "close"
    ASK_CHANGE = "ask_change"
    OFFER_CHANGE = "offer_change"
    APPLY_CHANGE = "apply_change"
    DECLINE_CHANGE = "decline_change"
    WITHDRAW_CHANGE = "withdraw_change"
    OUTDATE_CHANGE = "outdate_change"


class OrderState(StrEnum):
    """Where an order stands between the customer's word and the end."""

    DRAFT = "draft"
    PENDING = "pending"
    ACCEPTED = "accepted"
    COMPLETED = "completed"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class Kind(StrEnum):
    """How goods reach the customer."""

    PICKUP = "pickup"
    DELIVERY = "delivery"
    SHIPPING = "shipping"


NEEDS_ADDRESS = frozenset({Kind.DELIVERY, Kind.SHIPPING})


class FulfilmentState(StrEnum):
    """Where the goods are."""

    PLANNED = "planned"
    PREPARING = "preparing"
    READY = "ready"
    HANDED_OVER = "handed_over"
    NO_SHOW = "no_show"
    OUT = "out"
    ATTEMPT_FAILED = "attempt_failed"
    BROUGHT_BACK = "brought_back"
    DELIVERED = "delivered"
    PICKING = "picking"
    PACKED = "packed"
    SHIPPED = "shipped"
    LOST = "lost"
    CANCELLED = "cancelled"


class ReservationState(StrEnum):
    """What became of goods that were set aside."""

    HELD = "held"
    COMMITTED = "committed"
    CONSUMED = "consumed"
    RELEASED = "released"
    EXPIRED = "expired"


class ReturnState(StrEnum):
    """Where a return stands."""

    REQUESTED = "requested"
    APPROVED = "approved"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    RECEIVED = "received"
    INSPECTED = "inspected"
    RESOLVED = "resolved"
    CLOSED = "closed"


class ChangeState(StrEnum):
    """Where a change of a placed order stands."""

    PROPOSED = "proposed"
    AWAITING_STAFF = "awaiting_staff"
    AWAITING_CUSTOMER = "awaiting_customer"
    APPLIED = "applied"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    STALE = "stale"


class PaymentState(StrEnum):
    """Where money stands; for now all of it is cash, taken at the handover."""

    CREATED = "created"
    CAPTURED = "captured"
    FAILED = "failed"


ORDER: Mapping[OrderState, Mapping[Act, OrderState]] = {
    OrderState.DRAFT: {
        Act.PLACE: OrderState.PENDING,
        Act.CANCEL: OrderState.CANCELLED,
        Act.EXPIRE: OrderState.EXPIRED,
    },
    OrderState.PENDING: {
        Act.ACCEPT: OrderState.ACCEPTED,
        Act.REJECT: OrderState.REJECTED,
        Act.CANCEL: OrderState.CANCELLED,
        Act.EXPIRE: OrderState.EXPIRED,
    },
    OrderState.ACCEPTED: {Act.COMPLETE: OrderState.COMPLETED, Act.CANCEL: OrderState.CANCELLED},
    OrderState.COMPLETED: {},
    OrderState.REJECTED: {},
    OrderState.CANCELLED: {},
    OrderState.EXPIRED: {},
}

_F = FulfilmentState
PICKUP: Mapping[FulfilmentState, Mapping[Act, FulfilmentState]] = {
    _F.PLANNED: {Act.PREPARE: _F.PREPARING, Act.CANCEL: _F.CANCELLED},
    _F.PREPARING: {Act.MAKE_READY: _F.READY, Act.CANCEL: _F.CANCELLED},
    _F.READY: {Act.HAND_OVER: _F.HANDED_OVER, Act.NOTE_NO_SHOW: _F.NO_SHOW, Act.CANCEL: _F.CANCELLED},
    _F.HANDED_OVER: {},
    _F.NO_SHOW: {Act.CANCEL: _F.CANCELLED, Act.HAND_OVER: _F.HANDED_OVER},
    _F.CANCELLED: {},
}
DELIVERY: Mapping[FulfilmentState, Mapping[Act, FulfilmentState]] = {
    _F.PLANNED: {Act.PREPARE: _F.PREPARING, Act.CANCEL: _F.CANCELLED},
    _F.PREPARING: {Act.MAKE_READY: _F.READY, Act.CANCEL: _F.CANCELLED},
    _F.READY: {Act.SEND_OUT: _F.OUT, Act.CANCEL: _F.CANCELLED},
    _F.OUT: {Act.DELIVER: _F.DELIVERED, Act.FAIL_ATTEMPT: _F.ATTEMPT_FAILED},
    _F.ATTEMPT_FAILED: {Act.SEND_OUT: _F.OUT, Act.BRING_BACK: _F.BROUGHT_BACK},
    _F.BROUGHT_BACK: {Act.CANCEL: _F.CANCELLED},
    _F.DELIVERED: {},
    _F.CANCELLED: {},
}
SHIPPING: Mapping[FulfilmentState, Mapping[Act, FulfilmentState]] = {
    _F.PLANNED: {Act.PICK: _F.PICKING, Act.CANCEL: _F.CANCELLED},
    _F.PICKING: {Act.PACK: _F.PACKED, Act.CANCEL: _F.CANCELLED},
    _F.PACKED: {Act.SHIP: _F.SHIPPED, Act.CANCEL: _F.CANCELLED},
    _F.SHIPPED: {Act.DELIVER: _F.DELIVERED, Act.LOSE: _F.LOST, Act.BRING_BACK: _F.BROUGHT_BACK},
    _F.LOST: {Act.CANCEL: _F.CANCELLED},
    _F.BROUGHT_BACK: {Act.CANCEL: _F.CANCELLED},
    _F.DELIVERED: {},
    _F.CANCELLED: {},
}
FULFILMENT: Mapping[Kind, Mapping[FulfilmentState, Mapping[Act, FulfilmentState]]] = {
    Kind.PICKUP: PICKUP,
    Kind.DELIVERY: DELIVERY,
    Kind.SHIPPING: SHIPPING,
}

MAIN_LINE: Mapping[Kind, tuple[Act, ...]] = {
    Kind.PICKUP: (Act.PREPARE, Act.MAKE_READY, Act.HAND_OVER),
    Kind.DELIVERY: (Act.PREPARE, Act.MAKE_READY, Act.SEND_OUT, Act.DELIVER),
    Kind.SHIPPING: (Act.PICK, Act.PACK, Act.SHIP, Act.DELIVER),
}
"""The acts of a fulfilment that goes well, in order."""

RESERVATION: Mapping[ReservationState, frozenset[ReservationState]] = {
    ReservationState.HELD: frozenset({ReservationState.COMMITTED, ReservationState.RELEASED, ReservationState.EXPIRED}),
    # Back to held: an acceptance that was a mis-tap.
    ReservationState.COMMITTED: frozenset(
        {ReservationState.CONSUMED, ReservationState.RELEASED, ReservationState.HELD}
    ),
    ReservationState.CONSUMED: frozenset(),
    ReservationState.RELEASED: frozenset(),
    ReservationState.EXPIRED: frozenset(),
}

RETURN: Mapping[ReturnState, Mapping[Act, ReturnState]] = {
    ReturnState.REQUESTED: {
        Act.APPROVE: ReturnState.APPROVED,
        Act.DECLINE: ReturnState.DECLINED,
        Act.CANCEL: ReturnState.CANCELLED,
    },
    ReturnState.APPROVED: {Act.RECEIVE: ReturnState.RECEIVED, Act.CLOSE: ReturnState.CLOSED},
    ReturnState.RECEIVED: {Act.INSPECT: ReturnState.INSPECTED, Act.RESOLVE: ReturnState.RESOLVED},
    ReturnState.INSPECTED: {Act.RESOLVE: ReturnState.RESOLVED},
    ReturnState.RESOLVED: {Act.CLOSE: ReturnState.CLOSED},
    ReturnState.DECLINED: {},
    ReturnState.CANCELLED: {},
    ReturnState.CLOSED: {},
}

_ANSWERED = {
    Act.APPLY_CHANGE: ChangeState.APPLIED,
    Act.DECLINE_CHANGE: ChangeState.DECLINED,
    Act.WITHDRAW_CHANGE: ChangeState.WITHDRAWN,
    Act.OUTDATE_CHANGE: ChangeState.STALE,
}
CHANGE: Mapping[ChangeState, Mapping[Act, ChangeState]] = {
    ChangeState.PROPOSED: {
        Act.ASK_CHANGE: ChangeState.AWAITING_STAFF,
        Act.OFFER_CHANGE: ChangeState.AWAITING_CUSTOMER,
        Act.WITHDRAW_CHANGE: ChangeState.WITHDRAWN,
        Act.OUTDATE_CHANGE: ChangeState.STALE,
    },
    ChangeState.AWAITING_STAFF: _ANSWERED,
    ChangeState.AWAITING_CUSTOMER: _ANSWERED,
    ChangeState.APPLIED: {},
    ChangeState.DECLINED: {},
    ChangeState.WITHDRAWN: {},
    ChangeState.STALE: {},
}
"""A change of a placed order: whoever proposes it has seen it, the other side answers."""

UNDOABLE = frozenset(
    {Act.ACCEPT, Act.REJECT, Act.PREPARE, Act.MAKE_READY, Act.SEND_OUT, Act.SHIP, Act.HAND_OVER, Act.DELIVER}
)
"""What a mis-tap may have been; each can be taken back for a short while."""

UNDOABLE_OF_RETURNS = frozenset({Act.APPROVE, Act.DECLINE, Act.RECEIVE, Act.RESOLVE})
"""The same of a return."""

OPEN_STATES = (OrderState.PENDING, OrderState.ACCEPTED)


S = TypeVar("S", bound=StrEnum)


def after(machine: Mapping[S, Mapping[Act, S]], state: S, act: Act) -> S:
    """The state that `act` leads to; raises WrongState if it does not fit."""
    try:
        return machine[state][act]
    except KeyError:
        raise WrongState(state=state, act=act) from None


def path(kind: Kind, state: FulfilmentState, act: Act) -> tuple[Act, ...]:
    """The acts that lead from `state` through `act`: Ready may be tapped without Preparing.

    Raises WrongState where the act cannot follow.
    """
    machine = FULFILMENT[kind]
    if act in machine[state]:
        return (act,)
    line = MAIN_LINE[kind]
    for start, first in enumerate(line):
        if first in machine[state] and act in line[start:]:
            return line[start : line.index(act) + 1]
    raise WrongState(state=state, act=act)
