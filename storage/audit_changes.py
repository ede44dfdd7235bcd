"""Rules of the audit: changes of placed orders."""

from typing import Any

from sqlalchemy import Select, String, and_, cast, func, literal, select

from core.states import OPEN_STATES, ChangeState
from storage.audit_rule import order_rows, rule
from storage.tables import order_changes, order_events, orders


@rule("{name}", "change {seq} is {state}, its last event says {said}")
def changes_are_their_last_events() -> Select[Any]:
    change = order_changes.c
    machine = literal("change:").concat(cast(change.seq, String))
    last = (
        select(order_events.c.state_to)
        .where(order_events.c.order_id == change.order_id, order_events.c.machine == machine)
        .order_by(order_events.c.seq.desc())
        .limit(1)
        .scalar_subquery()
    )
    # What was never sent to the shop has no event.
    said = func.coalesce(last, change.state)
    unsent = (ChangeState.PROPOSED, ChangeState.WITHDRAWN, ChangeState.STALE)
    differs = (said != change.state) | and_(last.is_(None), change.state.not_in(unsent))
    return order_rows(change.seq, change.state, said.label("said")).join(order_changes).where(differs)


@rule("{name}", "is {state}, and its change {seq} still waits")
def only_open_orders_wait_for_changes() -> Select[Any]:
    change = order_changes.c
    waiting = (ChangeState.AWAITING_STAFF, ChangeState.AWAITING_CUSTOMER)
    return (
        order_rows(orders.c.state, change.seq)
        .join(order_changes)
        .where(change.state.in_(waiting), orders.c.state.not_in(OPEN_STATES))
    )


@rule("{name}", "its total is {total}, its last change made it {after}")
def totals_are_those_of_the_last_change() -> Select[Any]:
    change = order_changes.c
    # By the timeline: of two changes the one that was applied later counts.
    newest = (
        select(change.total_after)
        .join(
            order_events,
            and_(
                order_events.c.order_id == change.order_id,
                order_events.c.machine == literal("change:").concat(cast(change.seq, String)),
                order_events.c.state_to == ChangeState.APPLIED,
            ),
        )
        .where(change.order_id == orders.c.id, change.state == ChangeState.APPLIED)
        .order_by(order_events.c.seq.desc())
        .limit(1)
        .correlate(orders)
        .scalar_subquery()
    )
    return order_rows(orders.c.total, newest.label("after")).where(newest.is_not(None), orders.c.total != newest)
