"""Rules of the audit: payments and their postings."""

from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select

from core.documents import REFUND
from core.states import OrderState, PaymentState, ReturnState
from storage.audit_rule import order_rows, rule
from storage.tables import journal, order_lines, orders, payments, return_items, returns


@rule("payment {payment_id}", "its postings in {currency} sum to {left}")
def postings_sum_to_zero() -> Select[Any]:
    left = func.sum(journal.c.amount)
    return (
        select(journal.c.payment_id, journal.c.currency, left.label("left"))
        .group_by(journal.c.payment_id, journal.c.currency)
        .having(left != 0)
        .order_by(journal.c.payment_id)
    )


@rule("payment {id}", "{amount} were taken, {posted} are in the till's account")
def payments_are_posted() -> Select[Any]:
    posted = func.coalesce(func.sum(case((journal.c.account == "till", journal.c.amount))), 0)
    return (
        select(payments.c.id, payments.c.amount, posted.label("posted"))
        .outerjoin(journal)
        .where(payments.c.state == PaymentState.CAPTURED)
        .group_by(payments.c.id, payments.c.amount)
        .having(posted != payments.c.amount)
        .order_by(payments.c.id)
    )


@rule("{name}", "its total is {total}, {taken} were taken")
def complete_orders_are_paid() -> Select[Any]:
    taken = (
        select(func.coalesce(func.sum(payments.c.amount), 0))
        .where(
            payments.c.order_id == orders.c.id,
            payments.c.state == PaymentState.CAPTURED,
            payments.c.method != REFUND,
        )
        .scalar_subquery()
    )
    return order_rows(orders.c.total, taken.label("taken")).where(
        orders.c.state == OrderState.COMPLETED, orders.c.total != taken
    )


@rule("{name}", "{given} were given back, the returns that are settled are worth {worth}")
def refunds_are_of_settled_returns() -> Select[Any]:
    worth = (
        select(func.coalesce(func.sum(order_lines.c.unit_price * return_items.c.quantity), 0))
        .join_from(return_items, returns)
        .join(order_lines, order_lines.c.id == return_items.c.line_id)
        .where(returns.c.order_id == orders.c.id, returns.c.state == ReturnState.RESOLVED)
        .scalar_subquery()
    )
    given = (
        select(func.coalesce(-func.sum(payments.c.amount), 0))
        .where(payments.c.order_id == orders.c.id, payments.c.method == REFUND)
        .scalar_subquery()
    )
    return order_rows(given.label("given"), worth.label("worth")).where(given != worth)


@rule("payment {first}", "its provider's charge was booked {times} times")
def charges_come_once() -> Select[Any]:
    charge = payments.c.provider_charge
    first: ColumnElement[Any] = func.min(payments.c.id)
    times: ColumnElement[Any] = func.count(payments.c.id)
    return (
        select(first.label("first"), times.label("times"))
        .where(charge.is_not(None))
        .group_by(charge)
        .having(times > 1)
        .order_by(first)
    )
