"""The audit names each document that was broken, and nothing while the books are in order."""

import sqlite3
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from core import order_changes, orders
from core.documents import Bucket, Line, OrderChange, ReturnCase
from core.people import CLOCK, Channel
from core.returns import approve, choose_items, receive
from core.states import Act, ChangeState, Kind, ReturnState
from handlers.catalogue import apply_shop
from storage.audit import audit
from storage.inbox import RawMessage
from storage.letters import NewLetter
from storage.shop_file import parse_shop
from storage.store import Store

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SHOP_FILE = b"""
shop: {name: Trattoria Bea, currency: EUR, timezone: Europe/Rome}
catalogue:
  - {sku: coke, name: Coke, price: "2.50", stock: 40}
  - {sku: honey, name: Honey, price: "7.90", stock: 6}
"""
SHOP = parse_shop(SHOP_FILE)

UNGUARDED = """
DO $$ DECLARE found record; BEGIN
  FOR found IN SELECT conrelid::regclass AS its, conname FROM pg_constraint
               WHERE contype IN ('c', 'u') AND connamespace = 'public'::regnamespace
  LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', found.its, found.conname); END LOOP;
END $$
"""
"""What PostgreSQL would refuse is refused no more, so that broken rows can be told apart from refused ones."""


@pytest.fixture
async def store(migrated_url):
    """#1001 is complete with two cokes, #1002 is accepted with a coke and honey, a third order is a draft."""
    store = Store(migrated_url)
    async with store.transaction() as tx:
        await apply_shop(tx, SHOP_FILE, SHOP, NOON)
        await tx.inbox.receive([RawMessage(Channel.TELEGRAM, "1", "bea", b"{}", NOON)])
        tx.inbox_id = 1
        await tx.inbox.mark(1, "handled", "order", NOON)
        bea, _ = await tx.customers.meet(Channel.TELEGRAM, "7", "51", name="Bea", language="en", now=NOON)
        done = await placed(tx, bea, line(1, "coke", 2, 250))
        await decided(tx, orders.accept(done, by=CLOCK, promised=NOON, now=NOON))
        await decided(tx, orders.advance(await tx.orders.get(done.id), Act.HAND_OVER, by=CLOCK, now=NOON))
        waits = await placed(tx, bea, line(1, "coke", 1, 250), line(2, "honey", 1, 790))
        await decided(tx, orders.accept(waits, by=CLOCK, promised=NOON, now=NOON))
        await tx.orders.new_draft(bea, "EUR", NOON)
        letter = NewLetter(Channel.TELEGRAM, "51", "order_accepted", "Accepted", "Accepted", order_id=done.id)
        await tx.outbox.add([letter], inbox_id=tx.inbox_id, now=NOON)
    yield store
    await store.close()


def line(position, sku, quantity, price):
    return Line(position, sku, {"en": sku}, quantity, price, counted=True)


async def placed(tx, contact, *lines):
    draft = await tx.orders.new_draft(contact, "EUR", NOON)
    await decided(tx, orders.edit(draft, lines, CLOCK, NOON, kind=Kind.PICKUP))
    draft = await tx.orders.get(draft.id)
    number = await tx.orders.next_number()
    return await decided(tx, orders.place(draft, number=number, token="K7QM", by=CLOCK, shop=SHOP, now=NOON))


async def decided(tx, change):
    await tx.save(change)
    return await tx.orders.get(change.order.id)


async def break_rows(store, migrated_url, *statements):
    """Past every guard that the database has."""
    if not store.is_sqlite:
        async with store.engine.begin() as connection:
            for statement in ("SET LOCAL session_replication_role = replica", UNGUARDED, *statements):
                await connection.execute(text(statement))
        return
    with sqlite3.connect(migrated_url.removeprefix("sqlite:///")) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            connection.execute(statement)
    connection.close()


async def found(store):
    async with store.reading() as tx:
        return [f"{finding.document}: {finding.what}" for finding in await audit(tx)]


async def test_books_in_order_give_no_finding(store):
    assert await found(store) == []


BROKEN = {
    "a balance was changed by hand": (
        ["UPDATE stock_accounts SET quantity = quantity + 3 WHERE article_id = 1 AND bucket = 'shelf'"],
        ["article coke: its accounts sum to 3", "article coke: the account shelf is +3 off the sum of its moves"],
    ),
    "a move is lost": (
        ["DELETE FROM stock_moves WHERE article_id = 2 AND reason = 'accept'"],
        [
            "article honey: the account committed is +1 off the sum of its moves",
            "article honey: the account held is -1 off the sum of its moves",
        ],
    ),
    "a shelf holds less than nothing": (
        [
            "UPDATE stock_accounts SET quantity = quantity - 50 WHERE article_id = 1 AND bucket = 'shelf'",
            "UPDATE stock_accounts SET quantity = quantity + 50 WHERE article_id = 1 AND bucket = 'loss'",
            (
                "INSERT INTO stock_moves (article_id, giver, taker, quantity, reason, at)"
                " VALUES (1, 'shelf', 'loss', 50, 'broken', 0)"
            ),
        ],
        ["article coke: the account shelf holds -13"],
    ),
    "a reservation ended without its goods": (
        ["UPDATE reservations SET state = 'released' WHERE order_id = 2 AND article_id = 2"],
        [
            "article honey: the account committed is +1 off what live reservations need",
            "#1002: its goods reserved are -1 off what its lines need of article honey",
        ],
    ),
    "a finished order still holds goods": (
        [
            "UPDATE orders SET state = 'cancelled', fulfilment = 'cancelled' WHERE id = 2",
            "UPDATE order_events SET state_to = 'cancelled' WHERE order_id = 2 AND act = 'accept'",
            (
                "INSERT INTO order_events"
                " (order_id, seq, version, machine, act, state_from, state_to, actor, at, facts)"
                " VALUES (2, 4, 4, 'fulfilment', 'cancel', 'planned', 'cancelled', 'clock', 0, '{}')"
            ),
            "UPDATE orders SET seq = 4, version = 4 WHERE id = 2",
        ],
        ["#1002: is cancelled and still reserves goods"],
    ),
    "more went out than was ordered": (
        ["UPDATE order_lines SET fulfilled = 3 WHERE order_id = 1"],
        ["#1001: line 1: 2 ordered, 0 cancelled, 3 fulfilled, 0 returned"],
    ),
    "more came back than went out": (
        ["UPDATE order_lines SET returned = 1 WHERE order_id = 2 AND position = 2"],
        [
            "#1002: line 2: 1 ordered, 0 cancelled, 0 fulfilled, 1 returned",
            "#1002: line 2: 1 returned, 0 received with its returns",
        ],
    ),
    "a line is larger than what was reserved": (
        [
            "UPDATE order_lines SET quantity = 3 WHERE order_id = 2 AND position = 1",
            "UPDATE orders SET total = 1540 WHERE id = 2",
        ],
        ["#1002: its goods reserved are -2 off what its lines need of article coke"],
    ),
    "goods came back that nobody counted": (
        ["UPDATE order_lines SET returned = 1 WHERE order_id = 1"],
        ["#1001: line 1: 1 returned, 0 received with its returns"],
    ),
    "a total is not what its lines are": (
        ["UPDATE orders SET total = total + 1 WHERE id = 2"],
        ["#1002: its total is 1041, lines and fee make 1040"],
    ),
    "a draft has a total without lines": (
        ["UPDATE orders SET total = 5 WHERE id = 3"],
        ["draft 3: its total is 5, lines and fee make 0"],
    ),
    "an event is lost": (
        ["DELETE FROM order_events WHERE order_id = 2 AND seq = 2"],
        [
            "#1002: its timeline should have the events 1 to 3, and has 2 of them",
            "#1002: its events should have the versions 1 to 3, and have 2 of them",
        ],
    ),
    "all events are lost": (
        ["DELETE FROM order_events WHERE order_id = 2"],
        [
            "#1002: its timeline should have the events 1 to 3, and has 0 of them",
            "#1002: its events should have the versions 1 to 3, and have 0 of them",
            "#1002: is accepted and planned, its last events say draft and planned",
        ],
    ),
    "a decision was made without an event": (
        ["UPDATE orders SET version = version + 1 WHERE id = 2"],
        ["#1002: its events should have the versions 1 to 4, and have 3 of them"],
    ),
    "an order is elsewhere than its timeline says": (
        ["UPDATE orders SET fulfilment = 'ready' WHERE id = 2"],
        ["#1002: is accepted and ready, its last events say accepted and planned"],
    ),
    "a posting is lost": (
        ["DELETE FROM journal WHERE account = 'sales'"],
        ["payment 1: its postings in EUR sum to 500"],
    ),
    "a payment was never posted": (
        ["DELETE FROM journal"],
        ["payment 1: 500 were taken, 0 are in the till's account"],
    ),
    "a complete order is not paid": (
        ["DELETE FROM journal", "DELETE FROM payments"],
        ["#1001: its total is 500, 0 were taken"],
    ),
    "a letter came from nowhere": (
        ["UPDATE letters SET inbox_id = NULL"],
        ["letter 1: is about an order, and message 0, from which it should have come, was never handled"],
    ),
    "a letter was born from a message that is not handled": (
        ["UPDATE inbox SET state = 'received', handled = NULL"],
        ["letter 1: is about an order, and message 1, from which it should have come, was never handled"],
    ),
}


@pytest.mark.parametrize("what", BROKEN)
async def test_what_is_broken_is_named(store, migrated_url, what):
    statements, named = BROKEN[what]
    await break_rows(store, migrated_url, *statements)

    assert await found(store) == named


async def test_goods_that_came_back_with_a_return_are_in_order(store):
    async with store.transaction() as tx:
        order = await tx.orders.get(1)
        wished = choose_items(order, [("coke", 1)], {})
        case = ReturnCase(0, 1, 1001, 1, order.contact_id, ReturnState.REQUESTED, 1, wished, "damaged", "")
        case = await tx.returns.open_case(case, NOON)
        order = await decided(tx, approve(case, order, SHOP.returns, by=CLOCK, now=NOON))
        await tx.save(receive(await tx.returns.to_change(case.id), order, Bucket.DAMAGED, by=CLOCK, now=NOON))

    assert await found(store) == []


async def changed(store):
    """The coke of #1002 becomes two, as its customer asked and the staff agreed."""
    async with store.transaction() as tx:
        order = await tx.orders.get(2)
        was = order_changes.details_of(order)
        lines = order_changes.lines_after(order, [line(1, "coke", 2, 250), line(2, "honey", 1, 790)])
        change = OrderChange(
            id=0,
            order_id=2,
            order_number=1002,
            seq=0,
            contact_id=order.contact_id,
            state=ChangeState.PROPOSED,
            version=0,
            before=order.lines,
            lines=lines,
            was=was,
            details=was,
            words="two cokes",
            currency="EUR",
        )
        change = await tx.changes.propose(change, NOON)
        order = await decided(tx, order_changes.ask(order, change, (), by=CLOCK, shop=SHOP, now=NOON))
        change = await tx.changes.to_change(change.id)
        await decided(tx, order_changes.apply(order, change, by=CLOCK, shop=SHOP, now=NOON))


BROKEN_CHANGES = {
    "a change is elsewhere than its event says": (
        "UPDATE order_changes SET state = 'declined'",
        ["#1002: change 1 is declined, its last event says applied"],
    ),
    "a change made another total": (
        "UPDATE order_changes SET total_after = 99",
        ["#1002: its total is 1290, its last change made it 99"],
    ),
    "a change waits that nobody was asked": (
        (
            "INSERT INTO order_changes SELECT 7, order_id, 7, contact_id, 'awaiting_staff', version, lines_before,"
            " lines_after, details_before, details_after, total_before, total_after, words, unread, created, by_shop"
            " FROM order_changes"
        ),
        ["#1002: change 7 is awaiting_staff, its last event says awaiting_staff"],
    ),
    "a change of a finished order waits": (
        (
            "INSERT INTO order_changes SELECT 7, 1, 7, contact_id, 'awaiting_staff', version, lines_before,"
            " lines_after, details_before, details_after, total_before, total_after, words, unread, created, by_shop"
            " FROM order_changes"
        ),
        [
            "#1001: change 7 is awaiting_staff, its last event says awaiting_staff",
            "#1001: is completed, and its change 7 still waits",
        ],
    ),
}


async def test_a_change_that_was_applied_is_in_order(store):
    await changed(store)

    assert await found(store) == []


@pytest.mark.parametrize("what", BROKEN_CHANGES)
async def test_a_broken_change_is_named(store, migrated_url, what):
    await changed(store)
    statement, named = BROKEN_CHANGES[what]
    await break_rows(store, migrated_url, statement)

    assert await found(store) == named


async def test_a_charge_that_was_booked_twice_is_named(store, migrated_url):
    again = (
        "INSERT INTO payments (id, order_id, method, amount, currency, state, at, provider_charge)"
        " VALUES ({0}, 2, 'card', 0, 'EUR', 'created', 0, 'ch_7')"
    )
    # SQLite gives up a unique constraint only with its table.
    unguarded = [
        "CREATE TABLE plain AS SELECT * FROM payments",
        "DROP TABLE payments",
        "ALTER TABLE plain RENAME TO payments",
    ]
    statements = [again.format(8), again.format(9)]
    await break_rows(store, migrated_url, *(unguarded if store.is_sqlite else []), *statements)

    assert await found(store) == ["payment 8: its provider's charge was booked 2 times"]
