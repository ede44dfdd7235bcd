"""Rules of the audit: the times that orders have taken."""

from typing import Any

from sqlalchemy import Select, func, select

from core.states import OPEN_STATES, OrderState
from storage.audit_rule import rule
from storage.tables import orders, slots

HOLD_A_PLACE = (*OPEN_STATES, OrderState.COMPLETED)
"""What was handed over early had its place all the same."""


@rule("slot {id}", "has {taken} orders where {capacity} fit")
def slots_never_exceed_their_capacity() -> Select[Any]:
    row = slots.c
    return select(row.id, row.taken, row.capacity).where((row.taken > row.capacity) | (row.taken < 0)).order_by(row.id)


@rule("slot {id}", "counts {taken} orders, and {orders} of them are there")
def slots_count_their_orders() -> Select[Any]:
    live = (
        select(orders.c.slot_id, func.count().label("counted"))
        .where(orders.c.slot_id.is_not(None), orders.c.state.in_(HOLD_A_PLACE))
        .group_by(orders.c.slot_id)
        .subquery()
    )
    counted = func.coalesce(live.c.counted, 0)
    return (
        select(slots.c.id, slots.c.taken, counted.label("orders"))
        .outerjoin(live, live.c.slot_id == slots.c.id)
        .where(slots.c.taken != counted)
        .order_by(slots.c.id)
    )
