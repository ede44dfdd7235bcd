"""Rules of the audit: stock accounts, their moves, and what is reserved."""

from typing import Any

from sqlalchemy import CTE, Select, func, select, union_all

from core.documents import Bucket
from core.inventory import LIVE
from core.states import OPEN_STATES, OrderState
from storage.audit_rule import order_rows, rule
from storage.tables import articles, daily_counts, order_lines, orders, reservations, stock_accounts, stock_moves


@rule("article {sku}", "its accounts sum to {left}")
def accounts_sum_to_zero() -> Select[Any]:
    left = func.sum(stock_accounts.c.quantity)
    return (
        select(articles.c.sku, left.label("left"))
        .join_from(stock_accounts, articles)
        .group_by(articles.c.sku)
        .having(left != 0)
        .order_by(articles.c.sku)
    )


@rule("article {sku}", "the account {bucket} is {left:+} off the sum of its moves")
def balances_are_their_moves() -> Select[Any]:
    accounts, moves = stock_accounts.c, stock_moves.c
    booked = union_all(
        select(accounts.article_id, accounts.place, accounts.bucket, accounts.quantity),
        select(moves.article_id, moves.place, moves.giver, moves.quantity),
        select(moves.article_id, moves.place, moves.taker, -moves.quantity),
    ).cte("booked")
    return _what_is_left(booked)


@rule("article {sku}", "the account {bucket} holds {left}")
def nothing_below_zero() -> Select[Any]:
    return (
        select(articles.c.sku, stock_accounts.c.bucket, stock_accounts.c.quantity.label("left"))
        .join_from(stock_accounts, articles)
        .where(stock_accounts.c.bucket.not_in(Bucket.MAY_BE_NEGATIVE), stock_accounts.c.quantity < 0)
        .order_by(stock_accounts.c.id)
    )


@rule("article {sku}", "the account {bucket} is {left:+} off what live reservations need")
def reserved_is_set_aside() -> Select[Any]:
    accounts = stock_accounts.c
    # A live reservation is named like the account that its goods lie in.
    set_aside = union_all(
        select(accounts.article_id, accounts.bucket, accounts.quantity).where(accounts.bucket.in_(LIVE)),
        select(reservations.c.article_id, reservations.c.state, -reservations.c.quantity).where(
            reservations.c.state.in_(LIVE)
        ),
    ).cte("set_aside")
    return _what_is_left(set_aside)


def _what_is_left(booked: CTE) -> Select[Any]:
    """The accounts in which what stands for and against each other is not the same."""
    left = func.sum(booked.c.quantity)
    return (
        select(articles.c.sku, booked.c.bucket, left.label("left"))
        .join(articles, articles.c.id == booked.c.article_id)
        .group_by(articles.c.sku, booked.c.bucket)
        .having(left != 0)
        .order_by(articles.c.sku, booked.c.bucket)
    )


@rule("article {sku}", "the day {day} counts {left:+} beside what was ordered for it")
def days_count_what_was_ordered() -> Select[Any]:
    line, counted = order_lines.c, daily_counts.c
    ordered = (
        select(articles.c.id, line.day, line.cancelled - line.quantity)
        .join_from(order_lines, orders)
        .join(articles, articles.c.sku == line.sku)
        .where(line.day.is_not(None), orders.c.state.in_((*OPEN_STATES, OrderState.COMPLETED)))
    )
    matched = union_all(select(counted.article_id, counted.day, counted.taken), ordered).cte("matched_days")
    left = func.sum(matched.c.taken)
    return (
        select(articles.c.sku, matched.c.day, left.label("left"))
        .join(articles, articles.c.id == matched.c.article_id)
        .group_by(articles.c.sku, matched.c.day)
        .having(left != 0)
        .order_by(articles.c.sku, matched.c.day)
    )


@rule("{name}", "is {state} and still reserves goods")
def only_open_orders_reserve() -> Select[Any]:
    held = select(reservations.c.order_id).where(reservations.c.state.in_(LIVE))
    return order_rows(orders.c.state).where(orders.c.id.in_(held), orders.c.state.not_in(OPEN_STATES))


@rule("{name}", "its goods reserved are {left:+} off what its lines need of article {sku}")
def open_orders_reserve_what_they_need() -> Select[Any]:
    line, held = order_lines.c, reservations.c
    matched = union_all(
        select(held.order_id, held.article_id, held.quantity).where(held.state.in_(LIVE)),
        select(line.order_id, articles.c.id, line.cancelled - line.quantity)
        .join_from(order_lines, articles, articles.c.sku == line.sku)
        .where(line.counted),
    ).cte("matched")
    left = func.sum(matched.c.quantity)
    return (
        order_rows(articles.c.sku, left.label("left"))
        .join(matched, matched.c.order_id == orders.c.id)
        .join(articles, articles.c.id == matched.c.article_id)
        .where(orders.c.state.in_(OPEN_STATES))
        .group_by(orders.c.id, orders.c.number, articles.c.sku)
        .having(left != 0)
    )
