"""The invariants of the books, each a query that names the documents which break it.

Each query looks at one moment, so an audit may run while the bot works. That mail
below the needed trust never caused an act is not among them: the inbox does not
keep how far a mail was trusted.
"""

from storage import audit_changes as changes
from storage import audit_money as money
from storage import audit_orders as orders
from storage import audit_slots as slots
from storage import audit_stock as stock
from storage.audit_rule import Finding, Rule
from storage.store import Transaction

__all__ = ["Finding", "audit"]

RULES: tuple[Rule, ...] = (
    stock.accounts_sum_to_zero,
    stock.balances_are_their_moves,
    stock.nothing_below_zero,
    stock.reserved_is_set_aside,
    stock.only_open_orders_reserve,
    stock.open_orders_reserve_what_they_need,
    stock.days_count_what_was_ordered,
    orders.quantities_fit,
    orders.what_came_back_was_received,
    orders.totals_are_their_parts,
    orders.timelines_have_no_gap,
    orders.versions_step_by_one,
    orders.states_are_the_last_events,
    changes.changes_are_their_last_events,
    changes.only_open_orders_wait_for_changes,
    changes.totals_are_those_of_the_last_change,
    money.postings_sum_to_zero,
    money.payments_are_posted,
    money.complete_orders_are_paid,
    money.charges_come_once,
    orders.letters_have_a_cause,
    slots.slots_never_exceed_their_capacity,
    slots.slots_count_their_orders,
)


async def audit(tx: Transaction) -> tuple[Finding, ...]:
    """Everything in the books that contradicts itself; nothing if all is well."""
    return tuple([finding for rule in RULES for finding in await _broken(tx, rule)])


async def _broken(tx: Transaction, rule: Rule) -> list[Finding]:
    rows = (await tx.connection.execute(rule.query())).mappings()
    return [Finding(rule.name, rule.document.format_map(row), rule.what.format_map(row)) for row in rows]
