"""A rule of the audit: a query that names what breaks it."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, case, literal, select

from core.frozen import frozen
from storage.tables import orders

Query = Callable[[], Select[Any]]


@frozen
class Finding:
    """What breaks a rule; `document` reads as people name it: "#1042", "article coke", "letter 7"."""

    rule: str
    document: str
    what: str


@frozen
class Rule:
    """`query` finds what breaks the rule; `document` and `what` are filled with its columns."""

    name: str
    document: str
    what: str
    query: Query


def rule(document: str, what: str) -> Callable[[Query], Rule]:
    """Makes a query a rule of its own name."""

    def made(query: Query) -> Rule:
        return Rule(query.__name__.replace("_", " "), document, what, query)

    return made


def order_rows(*columns: ColumnElement[Any]) -> Select[Any]:
    """A row an order: its `name` (a draft has no number yet) and these columns."""
    name = case(
        (orders.c.number.is_(None), literal("draft ").concat(orders.c.id)), else_=literal("#").concat(orders.c.number)
    )
    return select(name.label("name"), *columns).select_from(orders).order_by(orders.c.id)
