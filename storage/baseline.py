"""The ceiling that `orderbot bench` compares with: an order's 14 rows through sqlite3 alone, a commit each.

No reader, no rules, no letters and no layer above the driver: what SQLite itself
takes to make an order durable on this disk, in this minute.
"""

import random
import sqlite3
import time
from pathlib import Path

PRODUCTS, CUSTOMERS, LINES = 200, 500, 3
PLENTY = 10**12
FINISHED = 10_000
WORDS = "Thank you! We have your order: 2 x Margherita, 1 x Coke 0.33 l, 1 x Tiramisu. Total 27.50. " * 2

TABLES = """
CREATE TABLE product (id INTEGER PRIMARY KEY, sku TEXT NOT NULL UNIQUE, name TEXT NOT NULL, price INTEGER NOT NULL);
CREATE TABLE stock (
  product_id INTEGER PRIMARY KEY REFERENCES product(id), on_hand INTEGER NOT NULL CHECK (on_hand >= 0));
CREATE TABLE customer (id INTEGER PRIMARY KEY, chat TEXT NOT NULL UNIQUE, name TEXT NOT NULL);
CREATE TABLE orders (
  id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer(id), channel TEXT NOT NULL,
  state TEXT NOT NULL, total INTEGER NOT NULL, currency TEXT NOT NULL, created_at INTEGER NOT NULL);
CREATE INDEX orders_customer ON orders (customer_id);
CREATE INDEX orders_open ON orders (state, created_at);
CREATE TABLE order_line (
  id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES orders(id),
  product_id INTEGER NOT NULL REFERENCES product(id), qty INTEGER NOT NULL, unit_price INTEGER NOT NULL,
  total INTEGER NOT NULL);
CREATE INDEX order_line_order ON order_line (order_id);
CREATE TABLE stock_move (
  id INTEGER PRIMARY KEY, product_id INTEGER NOT NULL REFERENCES product(id),
  order_id INTEGER REFERENCES orders(id), delta INTEGER NOT NULL, reason TEXT NOT NULL, created_at INTEGER NOT NULL);
CREATE INDEX stock_move_product ON stock_move (product_id);
CREATE TABLE order_event (
  id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES orders(id), kind TEXT NOT NULL, data TEXT NOT NULL,
  created_at INTEGER NOT NULL);
CREATE INDEX order_event_order ON order_event (order_id);
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES orders(id), target TEXT NOT NULL, kind TEXT NOT NULL,
  body TEXT NOT NULL, sent_at INTEGER);
CREATE INDEX outbox_due ON outbox (id) WHERE sent_at IS NULL;
CREATE TABLE inbox (
  source TEXT NOT NULL, ext_id TEXT NOT NULL, order_id INTEGER, PRIMARY KEY (source, ext_id)) WITHOUT ROWID;
"""

INBOX = "INSERT INTO inbox (source, ext_id) VALUES ('tg', ?) ON CONFLICT DO NOTHING"
ORDER = (
    "INSERT INTO orders (customer_id, channel, state, total, currency, created_at) "
    "VALUES (?, 'telegram', 'placed', ?, 'EUR', ?)"
)
TAKE = "UPDATE stock SET on_hand = on_hand - ? WHERE product_id = ? AND on_hand >= ?"
LINE = "INSERT INTO order_line (order_id, product_id, qty, unit_price, total) VALUES (?, ?, ?, ?, ?)"
MOVE = "INSERT INTO stock_move (product_id, order_id, delta, reason, created_at) VALUES (?, ?, ?, 'sale', ?)"
EVENT = "INSERT INTO order_event (order_id, kind, data, created_at) VALUES (?, 'placed', ?, ?)"
LETTER = "INSERT INTO outbox (order_id, target, kind, body) VALUES (?, ?, ?, ?)"


class Baseline:
    """A database of its own at `path`, with FINISHED orders in its books already."""

    def __init__(self, path: Path) -> None:
        self.rates: list[float] = []
        self._random = random.Random(7)  # noqa: S311  # the same orders in every run
        self._placed = 0
        self._connection = sqlite3.connect(path, isolation_level=None, cached_statements=256)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.executescript(TABLES)
        self._fill(FINISHED)
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute("PRAGMA foreign_keys = ON")

    def _fill(self, finished: int) -> None:
        self._connection.execute("BEGIN")
        products = [(each, f"SKU{each:05}", f"Product {each}", 500 + each) for each in range(1, PRODUCTS + 1)]
        self._connection.executemany("INSERT INTO product VALUES (?, ?, ?, ?)", products)
        self._connection.executemany("INSERT INTO stock VALUES (?, ?)", [(each[0], PLENTY) for each in products])
        customers = [(each, f"chat{each}", f"Customer {each}") for each in range(1, CUSTOMERS + 1)]
        self._connection.executemany("INSERT INTO customer VALUES (?, ?, ?)", customers)
        for _ in range(finished):
            self._place()
        self._connection.execute("UPDATE outbox SET sent_at = 1")
        self._connection.execute("UPDATE orders SET state = 'done'")
        self._connection.execute("COMMIT")

    def orders_a_second(self, count: int) -> float:
        """Place so many orders, each durable before the next begins."""
        began = time.perf_counter()
        for _ in range(count):
            self._connection.execute("BEGIN IMMEDIATE")
            self._place()
            self._connection.execute("COMMIT")
        self.rates.append(count / (time.perf_counter() - began))
        return self.rates[-1]

    def _place(self) -> None:
        """The 14 statements: inbox, order, three times stock, move and line, event, two letters."""
        execute = self._connection.execute
        self._placed += 1
        now = 1_800_000_000 + self._placed
        customer = self._random.randint(1, CUSTOMERS)
        products = self._random.sample(range(1, PRODUCTS + 1), LINES)
        execute(INBOX, (f"upd-{self._placed}",))
        order = execute(ORDER, (customer, 1500, now)).lastrowid
        for product in products:
            taken = execute(TAKE, (2, product, 2)).rowcount
            assert taken == 1, "the stock never runs out"  # noqa: S101  # else it would measure something else
            execute(MOVE, (product, order, -2, now))
            execute(LINE, (order, product, 2, 250, 500))
        execute(EVENT, (order, '{"by":"customer","via":"telegram"}', now))
        execute(LETTER, (order, str(customer), "confirm", WORDS))
        execute(LETTER, (order, "staff", "card", WORDS))

    def close(self) -> None:
        self._connection.close()


def sqlite_version() -> str:
    return sqlite3.sqlite_version
