"""A finished order many times over: books of any length for measuring, as truthful as the one order is.

The rows of order 1 are copied by the database itself with all their ids moved
on, and the balances of the stock follow. For SQLite, where `orderbot bench` measures.
"""

from sqlalchemy import Column, Table, func, select, text

from storage.store import Store, Transaction
from storage.tables import (
    cards,
    contacts,
    counters,
    customers,
    inbox,
    journal,
    letters,
    order_events,
    order_lines,
    orders,
    payments,
    reservations,
    stock_moves,
)

PORTION = 5_000
CUSTOMERS = 500
"""The copies are spread over so many customers."""

PEOPLE = (customers, contacts)
COPIED = (orders, order_lines, order_events, stock_moves, reservations, payments, journal, inbox, letters, cards)

REFERENCES = {
    "customer_id": customers,
    "contact_id": contacts,
    "order_id": orders,
    "payment_id": payments,
    "inbox_id": inbox,
    "line_id": order_lines,
}

WORDS = {
    "contacts.address": "address + copy * 10",
    "orders.number": "number + copy",
    "order_events.actor_id": "CASE actor WHEN 'customer' THEN actor_id + copy % {customers} ELSE actor_id END",
    "inbox.key": "key || '/' || copy",
    "letters.address": "CASE WHEN contact_id IS NULL THEN address ELSE address + copy % {customers} * 10 END",
    "letters.about": "replace(about, ':1', ':' || (1 + copy))",
    "letters.card": "replace(card, ':1', ':' || (1 + copy))",
    "letters.sent_as": "CAST(sent_as + copy * 100 AS TEXT)",
    "cards.address": "CASE WHEN address LIKE '-%' THEN address ELSE address + copy % {customers} * 10 END",
    "cards.card": "replace(card, ':1', ':' || (1 + copy))",
    "cards.message": "CAST(message + copy * 100 AS TEXT)",
}
"""What is told apart by more than its ids; `copy` counts from 1."""

_COPIES = "WITH RECURSIVE copies(copy) AS (SELECT {first} UNION ALL SELECT copy + 1 FROM copies WHERE copy < {last}) "

_BALANCES = text(
    "UPDATE stock_accounts SET quantity = quantity + :times * ("
    "  SELECT coalesce(sum(CASE bucket WHEN taker THEN moved.quantity WHEN giver THEN -moved.quantity END), 0)"
    "  FROM stock_moves AS moved WHERE moved.order_id = 1 AND moved.article_id = stock_accounts.article_id)"
)


async def copy_first_order(store: Store, times: int) -> None:
    """Order 1, the only one, with its customer, messages and letters, so many times more."""
    async with store.transaction() as tx:
        steps = {table: await _last_id(tx, table) for table in (*PEOPLE, *COPIED)}
        for table in PEOPLE:
            await _copy(tx, table, range(1, min(times, CUSTOMERS - 1) + 1), steps)
    # In portions: the database writes each twice, and the first time should be short.
    for first in range(1, times + 1, PORTION):
        copies = range(first, min(first + PORTION, times + 1))
        async with store.transaction() as tx:
            await tx.connection.execute(_BALANCES, {"times": len(copies)})
            for table in COPIED:
                await _copy(tx, table, copies, steps)
            last = select(func.max(orders.c.number)).scalar_subquery()
            await tx.connection.execute(counters.update().where(counters.c.name == "order").values(value=last))


async def _last_id(tx: Transaction, table: Table) -> int:
    return (await tx.connection.execute(select(func.max(table.c.id)))).scalar_one() or 0


def _first(table: Table, steps: dict[Table, int]) -> str:
    """Which rows are copied: those that were there before the first copy, and are not the shop's own."""
    own = " AND order_id = 1" if table is stock_moves else ""
    return f"id <= {steps[table]}{own}"


async def _copy(tx: Transaction, table: Table, copies: range, steps: dict[Table, int]) -> None:
    if not copies:
        return
    names = ", ".join(column.name for column in table.columns)
    values = ", ".join(_moved_on(column, steps) for column in table.columns)
    first_order = f" WHERE {_first(table, steps)}"
    # Nothing here comes from outside: names of tables and columns, and numbers.
    await tx.connection.exec_driver_sql(
        f"INSERT INTO {table.name} ({names}) {_COPIES.format(first=copies[0], last=copies[-1])}"  # noqa: S608
        f"SELECT {values} FROM copies CROSS JOIN (SELECT * FROM {table.name}{first_order})"
    )


def _moved_on(column: Column[object], steps: dict[Table, int]) -> str:
    if (words := WORDS.get(str(column))) is not None:
        return words.format(customers=CUSTOMERS)
    table = column.table if column.primary_key else REFERENCES.get(column.name)
    if table not in steps:
        return column.name
    copy = f"copy % {CUSTOMERS}" if table in PEOPLE and column.table not in PEOPLE else "copy"
    return f"{column.name} + ({copy}) * {steps[table]}"
