"""The SQL of orders, written once: built when the program starts, and with names for what changes."""

from typing import Any

from sqlalchemy import Column, ScalarSelect, and_, bindparam, case, delete, func, insert, select, update

from storage.columns import is_one_of
from storage.order_rows import ORDER_COLUMNS
from storage.tables import counters, details, order_events, order_lines, orders, reservations, staff

_address = details.alias("address_detail")
_phone = details.alias("phone_detail")
JOINED = (
    select(orders, _address.c.value.label("address"), _address.c.spot, _phone.c.value.label("phone"))
    .outerjoin(_address, _address.c.id == orders.c.address_id)
    .outerjoin(_phone, _phone.c.id == orders.c.phone_id)
)
BY_ID = JOINED.where(orders.c.id == bindparam("wanted"))
BY_NUMBER = JOINED.where(orders.c.number == bindparam("wanted"))
DRAFT = (
    JOINED.where(orders.c.contact_id == bindparam("wanted"), is_one_of(orders.c.state, "draft"))
    .order_by(orders.c.id.desc())
    .limit(1)
)
OPEN = JOINED.where(is_one_of(orders.c.state, "pending", "accepted")).order_by(orders.c.id)
OF_CONTACT = (
    JOINED.where(orders.c.contact_id == bindparam("wanted"), orders.c.state != "draft", orders.c.number.is_not(None))
    .order_by(orders.c.id.desc())
    .limit(bindparam("most"))
)
_ALIKE = and_(orders.c.total == bindparam("total"), orders.c.placed >= bindparam("since"))
PENDING = select(func.count().label("waiting"), func.max(case((_ALIKE, orders.c.id))).label("alike")).where(
    orders.c.customer_id == bindparam("customer"), is_one_of(orders.c.state, "pending")
)
LINES = select(order_lines).where(order_lines.c.order_id == bindparam("wanted")).order_by(order_lines.c.position)
RESERVED = select(reservations).where(reservations.c.order_id == bindparam("wanted")).order_by(reservations.c.id)
EVENTS = select(order_events).where(order_events.c.order_id == bindparam("wanted")).order_by(order_events.c.seq)
LAST_ACTOR = (
    select(order_events.c.actor, staff.c.name)
    .outerjoin(staff, and_(order_events.c.actor == "staff", staff.c.id == order_events.c.actor_id))
    .where(order_events.c.order_id == bindparam("wanted"))
    .order_by(order_events.c.seq.desc())
    .limit(1)
)
INSERT = insert(orders).returning(orders.c.id, orders.c.kind)


def _of_last(column: Column[Any]) -> ScalarSelect[Any]:
    """This of the last order of the same contact that the shop took."""
    last = orders.alias("last_order")
    return (
        select(last.c[column.name])
        .where(last.c.contact_id == bindparam("b_contact"), last.c.state.in_(("accepted", "completed")))
        .order_by(last.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )


LATELY = 5
"""So many of a contact's newest orders are looked at for one that is open."""


def _open_of() -> ScalarSelect[Any]:
    """The newest of their last orders that is open."""
    lately = (
        select(orders.c.id, orders.c.state)
        .where(orders.c.contact_id == bindparam("b_contact"))
        .order_by(orders.c.id.desc())
        .limit(LATELY)
        .subquery()
    )
    return select(func.max(lately.c.id)).where(lately.c.state.in_(("pending", "accepted"))).scalar_subquery()


# Within the INSERT, so that whoever is new costs no query more.
INSERT_AS_LAST = (
    insert(orders)
    .values({column: _of_last(column) for column in (orders.c.kind, orders.c.address_id, orders.c.phone_id)})
    .returning(orders.c.id, orders.c.kind, _open_of().label("beside"))
)
_SAVED_COLUMNS = (*ORDER_COLUMNS, "address_id", "phone_id", "slot_id")
SAVED_VALUES = tuple(f"v_{name}" for name in ORDER_COLUMNS)
SAVE = (
    update(orders)
    .where(orders.c.id == bindparam("b_id"), orders.c.version == bindparam("b_version"))
    .values({name: bindparam(f"v_{name}") for name in _SAVED_COLUMNS})
)
ADD = insert(orders).returning(orders.c.id)
INSERT_LINES = insert(order_lines)
DROP_LINES = delete(order_lines).where(order_lines.c.order_id == bindparam("b_id"))
UPDATE_LINE = (
    update(order_lines)
    .where(order_lines.c.id == bindparam("b_id"))
    .values(fulfilled=bindparam("v_fulfilled"), returned=bindparam("v_returned"), cancelled=bindparam("v_cancelled"))
)
CHANGE_LINE = (
    update(order_lines)
    .where(order_lines.c.id == bindparam("b_id"))
    .values(quantity=bindparam("v_quantity"), cancelled=bindparam("v_cancelled"), words=bindparam("v_words"))
)
DATE_LINE = (
    update(order_lines)
    .where(order_lines.c.order_id == bindparam("b_order"), order_lines.c.position == bindparam("b_position"))
    .values(day=bindparam("v_day"))
)
INSERT_EVENTS = insert(order_events)
COUNT = (
    update(counters).where(counters.c.name == "order").values(value=counters.c.value + 1).returning(counters.c.value)
)
