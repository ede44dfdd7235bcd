"""The invariants of the books, each a query that names the documents which break it.

Each query looks at one moment, so an audit may run while the bot works. That mail
below the needed trust never caused an act is not among them: the inbox does not
keep how far a mail was trusted.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    Select,
    and_,
    case,
    distinct,
    func,
    literal,
    or_,
    select,
    union_all,
)

from core.documents import Bucket
from core.states import OPEN_STATES, FulfilmentState, OrderState, PaymentState, ReservationState
from storage.store import Transaction
from storage.tables import (
    articles,
    inbox,
    journal,
    letters,
    order_events,
    order_lines,
    orders,
    payments,
    reservations,
    stock_accounts,
    stock_moves,
)

LIVE = (ReservationState.HELD, ReservationState.COMMITTED)


@dataclass(frozen=True, slots=True)
class Finding:
    """What breaks a rule; `document` reads as people name it: "#1042", "article coke", "letter 7"."""

    rule: str
    document: str
    what: str


Query = Callable[[], Select[Any]]


@dataclass(frozen=True, slots=True)
class _Rule:
    """`query` finds what breaks the rule; `document` and `what` are filled with its columns."""

    name: str
    document: str
    what: str
    query: Query


_RULES: list[_Rule] = []


async def audit(tx: Transaction) -> tuple[Finding, ...]:
    """Everything in the books that contradicts itself; nothing if all is well."""
    return tuple([finding for rule in _RULES for finding in await _broken(tx, rule)])


async def _broken(tx: Transaction, rule: _Rule) -> Iterable[Finding]:
    rows = (await tx.connection.execute(rule.query())).mappings()
    return [Finding(rule.name, rule.document.format_map(row), rule.what.format_map(row)) for row in rows]


def _rule(document: str, what: str) -> Callable[[Query], Query]:
    """Makes a query one of the rules, under the function's own name."""

    def kept(query: Query) -> Query:
        _RULES.append(_Rule(query.__name__.strip("_").replace("_", " "), document, what, query))
        return query

    return kept


# --- stock ---------------------------------------------------------------------------------


@_rule("article {sku}", "its accounts sum to {left}")
def _accounts_sum_to_zero() -> Select[Any]:
    left = func.sum(stock_accounts.c.quantity)
    return (
        select(articles.c.sku, left.label("left"))
        .join_from(stock_accounts, articles)
        .group_by(articles.c.sku)
        .having(left != 0)
        .order_by(articles.c.sku)
    )


@_rule("article {sku}", "the account {bucket} is {left:+} off the sum of its moves")
def _balances_are_their_moves() -> Select[Any]:
    accounts, moves = stock_accounts.c, stock_moves.c
    booked = union_all(
        select(accounts.article_id, accounts.place, accounts.bucket, accounts.quantity),
        select(moves.article_id, moves.place, moves.giver, moves.quantity),
        select(moves.article_id, moves.place, moves.taker, -moves.quantity),
    ).cte("booked")
    return _what_is_left(booked)


@_rule("article {sku}", "the account {bucket} holds {left}")
def _nothing_below_zero() -> Select[Any]:
    return (
        select(articles.c.sku, stock_accounts.c.bucket, stock_accounts.c.quantity.label("left"))
        .join_from(stock_accounts, articles)
        .where(stock_accounts.c.bucket.not_in(Bucket.MAY_BE_NEGATIVE), stock_accounts.c.quantity < 0)
        .order_by(stock_accounts.c.id)
    )


@_rule("article {sku}", "the account {bucket} is {left:+} off what live reservations need")
def _reserved_is_set_aside() -> Select[Any]:
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


@_rule("{name}", "is {state} and still reserves goods")
def _only_open_orders_reserve() -> Select[Any]:
    held = select(reservations.c.order_id).where(reservations.c.state.in_(LIVE))
    return _orders(orders.c.state).where(orders.c.id.in_(held), orders.c.state.not_in(OPEN_STATES))


# --- orders --------------------------------------------------------------------------------


@_rule(
    "{name}",
    "line {position}: {quantity} ordered, {cancelled} cancelled, {fulfilled} fulfilled, {returned} returned",
)
def _quantities_fit() -> Select[Any]:
    line = order_lines.c
    fits = and_(
        line.fulfilled >= 0,
        line.fulfilled <= line.quantity - line.cancelled,
        line.returned >= 0,
        line.returned <= line.fulfilled,
    )
    columns = (line.position, line.quantity, line.cancelled, line.fulfilled, line.returned)
    return _orders(*columns).join(order_lines).where(~fits)


@_rule("{name}", "its total is {total}, lines and fee make {parts}")
def _totals_are_their_parts() -> Select[Any]:
    line = order_lines.c
    goods = (
        select(func.coalesce(func.sum(line.unit_price * (line.quantity - line.cancelled)), 0))
        .where(line.order_id == orders.c.id)
        .scalar_subquery()
    )
    parts = goods + orders.c.fee
    return _orders(orders.c.total, parts.label("parts")).where(orders.c.total != parts)


@_rule("{name}", "its timeline should have the events 1 to {seq}, and has {counted} of them")
def _timelines_have_no_gap() -> Select[Any]:
    numbered = _timeline(order_events.c.seq)
    return (
        _orders(orders.c.seq, _or_none(numbered.c.counted).label("counted"))
        .outerjoin(numbered)
        .where(_does_not_count_to(numbered, orders.c.seq))
    )


@_rule("{name}", "its events should have the versions 1 to {version}, and have {counted} of them")
def _versions_step_by_one() -> Select[Any]:
    numbered = _timeline(order_events.c.version)
    return (
        _orders(orders.c.version, _or_none(numbered.c.counted).label("counted"))
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


@_rule("{name}", "is {state} and {fulfilment}, its last events say {last_state} and {last_fulfilment}")
def _states_are_the_last_events() -> Select[Any]:
    state = _last_state("order", OrderState.DRAFT)
    fulfilment = _last_state("fulfilment", FulfilmentState.PLANNED)
    differs = or_(orders.c.state != state, orders.c.fulfilment != fulfilment)
    columns = (orders.c.state, orders.c.fulfilment, state.label("last_state"), fulfilment.label("last_fulfilment"))
    return _orders(*columns).where(differs)


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


# --- money ---------------------------------------------------------------------------------


@_rule("payment {payment_id}", "its postings in {currency} sum to {left}")
def _postings_sum_to_zero() -> Select[Any]:
    left = func.sum(journal.c.amount)
    return (
        select(journal.c.payment_id, journal.c.currency, left.label("left"))
        .group_by(journal.c.payment_id, journal.c.currency)
        .having(left != 0)
        .order_by(journal.c.payment_id)
    )


@_rule("payment {id}", "{amount} were taken, {posted} are in the till's account")
def _payments_are_posted() -> Select[Any]:
    posted = func.coalesce(func.sum(case((journal.c.account == "till", journal.c.amount))), 0)
    return (
        select(payments.c.id, payments.c.amount, posted.label("posted"))
        .outerjoin(journal)
        .where(payments.c.state == PaymentState.CAPTURED)
        .group_by(payments.c.id, payments.c.amount)
        .having(posted != payments.c.amount)
        .order_by(payments.c.id)
    )


@_rule("{name}", "its total is {total}, {taken} were taken")
def _complete_orders_are_paid() -> Select[Any]:
    taken = (
        select(func.coalesce(func.sum(payments.c.amount), 0))
        .where(payments.c.order_id == orders.c.id, payments.c.state == PaymentState.CAPTURED)
        .scalar_subquery()
    )
    return _orders(orders.c.total, taken.label("taken")).where(
        orders.c.state == OrderState.COMPLETED, orders.c.total != taken
    )


@_rule("payment {first}", "its provider's charge was booked {times} times")
def _charges_come_once() -> Select[Any]:
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


# --- letters -------------------------------------------------------------------------------


@_rule("letter {id}", "is about an order, and message {cause}, from which it should have come, was never handled")
def _letters_have_a_cause() -> Select[Any]:
    # The message is marked in the transaction in which it was handled and its letters were born.
    handled = inbox.c.state != "received"
    return (
        select(letters.c.id, func.coalesce(letters.c.inbox_id, 0).label("cause"))
        .outerjoin(inbox, and_(inbox.c.id == letters.c.inbox_id, handled))
        .where(letters.c.order_id.is_not(None), inbox.c.id.is_(None))
        .order_by(letters.c.id)
    )


def _orders(*columns: ColumnElement[Any]) -> Select[Any]:
    name = case(
        (orders.c.number.is_(None), literal("draft ").concat(orders.c.id)), else_=literal("#").concat(orders.c.number)
    )
    return select(name.label("name"), *columns).select_from(orders).order_by(orders.c.id)
