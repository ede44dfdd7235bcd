"""Rules of the audit: an order's quantities, total, timeline and letters."""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, distinct, func, literal, or_, select

from core.states import FulfilmentState, OrderState
from storage.audit_rule import order_rows, rule
from storage.tables import inbox, letters, order_events, order_lines, orders, return_items, returns


@rule(
    "{name}",
    "line {position}: {quantity} ordered, {cancelled} cancelled, {fulfilled} fulfilled, {returned} returned",
)
def quantities_fit() -> Select[Any]:
    line = order_lines.c
    fits = and_(
        line.fulfilled >= 0,
        line.fulfilled <= line.quantity - line.cancelled,
        line.returned >= 0,
        line.returned <= line.fulfilled,
    )
    columns = (line.position, line.quantity, line.cancelled, line.fulfilled, line.returned)
    return order_rows(*columns).join(order_lines).where(~fits)


@rule("{name}", "line {position}: {returned} returned, {received} received with its returns")
def what_came_back_was_received() -> Select[Any]:
    line = order_lines.c
    # A return has an outcome once its goods are here.
    came = (
        select(return_items.c.line_id, func.sum(return_items.c.quantity).label("quantity"))
        .join(returns)
        .where(returns.c.outcome != "")
        .group_by(return_items.c.line_id)
        .subquery()
    )
    received = func.coalesce(came.c.quantity, 0)
    return (
        order_rows(line.position, line.returned, received.label("received"))
        .join(order_lines)
        .outerjoin(came, came.c.line_id == line.id)
        .where(line.returned != received)
    )


@rule("{name}", "its total is {total}, lines and fee make {parts}")
def totals_are_their_parts() -> Select[Any]:
    line = order_lines.c
    goods = (
        select(func.coalesce(func.sum(line.unit_price * (line.quantity - line.cancelled)), 0))
        .where(line.order_id == orders.c.id)
        .scalar_subquery()
    )
    parts = goods + orders.c.fee
    return order_rows(orders.c.total, parts.label("parts")).where(orders.c.total != parts)


@rule("{name}", "its timeline should have the events 1 to {seq}, and has {counted} of them")
def timelines_have_no_gap() -> Select[Any]:
    numbered = _timeline(order_events.c.seq)
    return (
        order_rows(orders.c.seq, _or_none(numbered.c.counted).label("counted"))
        .outerjoin(numbered)
        .where(_does_not_count_to(numbered, orders.c.seq))
    )


@rule("{name}", "its events should have the versions 1 to {version}, and have {counted} of them")
def versions_step_by_one() -> Select[Any]:
    numbered = _timeline(order_events.c.version)
    return (
        order_rows(orders.c.version, _or_none(numbered.c.counted).label("counted"))
        .outerjoin(numbered)
        .where(_does_not_count_to(numbered, orders.c.version))
    )


def _timeline(number: ColumnElement[int]) -> FromClause:
    return (
        select(
            order_events.c.order_id,
            func.count(distinct(number)).label("counted"),
            func.min(number).label("first"),
            func.max(number).label("last"),
        )
        .group_by(order_events.c.order_id)
        .subquery()
    )


def _does_not_count_to(numbered: FromClause, last: ColumnElement[int]) -> ColumnElement[bool]:
    """Not 1, 2, 3 … `last`, each once or more."""
    return or_(
        _or_none(numbered.c.counted) != last,
        _or_none(numbered.c.last) != last,
        func.coalesce(numbered.c.first, 1) != 1,
    )


def _or_none(counted: ColumnElement[int]) -> ColumnElement[int]:
    return func.coalesce(counted, 0)


@rule("{name}", "is {state} and {fulfilment}, its last events say {last_state} and {last_fulfilment}")
def states_are_the_last_events() -> Select[Any]:
    state = _last_state("order", OrderState.DRAFT)
    fulfilment = _last_state("fulfilment", FulfilmentState.PLANNED)
    differs = or_(orders.c.state != state, orders.c.fulfilment != fulfilment)
    columns = (orders.c.state, orders.c.fulfilment, state.label("last_state"), fulfilment.label("last_fulfilment"))
    return order_rows(*columns).where(differs)


def _last_state(machine: str, first: str) -> ColumnElement[str]:
    events = order_events.alias(f"{machine}_events")
    last = (
        select(events.c.state_to)
        .where(events.c.order_id == orders.c.id, events.c.machine == machine)
        .order_by(events.c.seq.desc())
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(last, literal(str(first)))


@rule("letter {id}", "is about an order, and message {cause}, from which it should have come, was never handled")
def letters_have_a_cause() -> Select[Any]:
    # The message is marked in the transaction in which it was handled and its letters were born.
    handled = inbox.c.state != "received"
    return (
        select(letters.c.id, func.coalesce(letters.c.inbox_id, 0).label("cause"))
        .outerjoin(inbox, and_(inbox.c.id == letters.c.inbox_id, handled))
        .where(letters.c.order_id.is_not(None), inbox.c.id.is_(None))
        .order_by(letters.c.id)
    )
