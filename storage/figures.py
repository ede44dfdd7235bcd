"""A handful of numbers about the shop's work, for health and metrics: none costs more with more finished orders."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, func, or_, select

from core.frozen import frozen
from core.states import OPEN_STATES, OrderState
from storage.columns import is_one_of
from storage.store import Transaction
from storage.tables import inbox, order_events, orders

_OPEN = (
    select(orders.c.state, func.count().label("many"))
    .where(is_one_of(orders.c.state, "pending", "accepted"))
    .group_by(orders.c.state)
)
# A message that failed waits for its next try, and that is nobody's delay.
_OVERDUE = select(func.min(func.coalesce(inbox.c.next_try, inbox.c.received))).where(
    is_one_of(inbox.c.state, "received"), or_(inbox.c.next_try.is_(None), inbox.c.next_try <= bindparam("now"))
)
_LAST_EVENT = select(func.coalesce(func.max(order_events.c.id), 0))
_STEPS = (
    select(order_events.c.state_to, func.count().label("many"))
    .where(
        order_events.c.id > bindparam("after"),
        order_events.c.id <= bindparam("until"),
        order_events.c.machine == "order",
    )
    .group_by(order_events.c.state_to)
)


@frozen(slots=False, kw_only=True)
class Figures:
    """How things stand; times are since when the oldest waits, None where nothing does."""

    open_orders: Mapping[OrderState, int]
    inbox_waiting: int
    inbox_oldest: datetime | None
    inbox_overdue: datetime | None
    """Since when the message whose turn it is waits."""
    inbox_dead: int
    outbox_waiting: int
    outbox_oldest: datetime | None


async def look(tx: Transaction, now: datetime) -> Figures:
    """How things stand now."""
    rows = (await tx.connection.execute(_OPEN)).all()
    counted = {row.state: row.many for row in rows}
    inbox_waiting, inbox_oldest, inbox_dead = await tx.inbox.depth()
    outbox_waiting, outbox_oldest = await tx.outbox.depth()
    return Figures(
        open_orders={state: counted.get(state, 0) for state in OPEN_STATES},
        inbox_waiting=inbox_waiting,
        inbox_oldest=inbox_oldest,
        inbox_overdue=(await tx.connection.execute(_OVERDUE, {"now": now})).scalar_one(),
        inbox_dead=inbox_dead,
        outbox_waiting=outbox_waiting,
        outbox_oldest=outbox_oldest,
    )


async def last_event(tx: Transaction) -> int:
    """The number of the newest event of all orders; 0 where there is none yet."""
    number: int = (await tx.connection.execute(_LAST_EVENT)).scalar_one()
    return number


async def orders_since(tx: Transaction, after: int, until: int) -> dict[str, int]:
    """How many orders came into each state by the events after number `after`, up to `until`."""
    rows = (await tx.connection.execute(_STEPS, {"after": after, "until": until})).all()
    return {row.state_to: row.many for row in rows}
