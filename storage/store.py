"""The store and its transactions: the one door to the database.

    async with store.transaction() as tx:
        order = await tx.orders.get(12)
        await tx.save(change)

All or nothing; `tx.savepoint()` undoes a part. There is never network inside.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date, datetime
from typing import Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from core.change import Change
from core.documents import Order
from core.frozen import frozen
from storage.articles import Articles
from storage.changes import Changes
from storage.choices import Choices
from storage.conversations import Conversations
from storage.customers import Customers
from storage.daily import Daily
from storage.engine import compact, file_of, open_engine, open_readers, plain_sql, rows_changed
from storage.erasing import Erasing
from storage.facts import Facts
from storage.files import Files
from storage.inbox import Inbox
from storage.learned import LearnedWords
from storage.orders import Orders
from storage.outbox import Outbox
from storage.payments import Payments
from storage.pictures import Pictures
from storage.returns import Returns
from storage.sent_letters import SentLetters
from storage.slots import SlotCounts
from storage.sold_out import SoldOut
from storage.staff import StaffList
from storage.standing import Standing, standing
from storage.stock import Stock
from storage.timers import Timers

T = TypeVar("T")


class Noun(Generic[T]):
    """Made when a transaction first asks for it. A cached_property would take a lock; a transaction has one task."""

    def __init__(self, make: "Callable[[Transaction], T]") -> None:
        self._make = make
        self._name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, tx: "Transaction", owner: type) -> T:
        made = tx.__dict__[self._name] = self._make(tx)
        return made


@frozen
class RanOut:
    """The skus that an act brought to their end."""

    emptied: tuple[str, ...] = ()
    """Nothing is left on the shelf."""
    reached: tuple[str, ...] = ()
    """The day's number is reached."""

    @property
    def skus(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.emptied, *self.reached)))


NOTHING_RAN_OUT = RanOut()


class Transaction:
    """One transaction, and each noun of it."""

    connection: AsyncConnection
    articles: Articles

    orders = Noun(lambda tx: Orders(tx.connection, tx.articles))
    stock = Noun(lambda tx: Stock(tx.connection, tx.articles))
    payments = Noun(lambda tx: Payments(tx.connection))
    customers = Noun(lambda tx: Customers(tx.connection))
    conversations = Noun(lambda tx: Conversations(tx.connection))
    choices = Noun(lambda tx: Choices(tx.connection))
    pictures = Noun(lambda tx: Pictures(tx.connection))
    staff = Noun(lambda tx: StaffList(tx.connection))
    returns = Noun(lambda tx: Returns(tx.connection))
    changes = Noun(lambda tx: Changes(tx.connection))
    sold_out = Noun(lambda tx: SoldOut(tx.connection))
    daily = Noun(lambda tx: Daily(tx.connection, tx.articles))
    slots = Noun(lambda tx: SlotCounts(tx.connection))
    learned = Noun(lambda tx: LearnedWords(tx.connection))
    erasing = Noun(lambda tx: Erasing(tx.connection))
    files = Noun(lambda tx: Files(tx.connection))
    facts = Noun(lambda tx: Facts(tx.connection))
    inbox = Noun(lambda tx: Inbox(tx.connection))
    outbox = Noun(lambda tx: Outbox(tx.connection))
    sent = Noun(lambda tx: SentLetters(tx.connection))
    timers = Noun(lambda tx: Timers(tx.connection))

    def __init__(self, connection: AsyncConnection, articles: Articles) -> None:
        self.connection = connection
        self.articles = articles
        self.parts: list[int | None] = []
        """For each savepoint that is open, innermost last, how many rows this connection had changed by then."""
        self.inbox_id: int | None = None
        """The message that is being handled: events and letters are born from it."""

    def savepoint(self) -> "Savepoint":
        """A block: what happens inside is undone alone if it raises."""
        return Savepoint(self)

    def forget(self) -> None:
        """What was remembered since the savepoint may be what was undone."""
        for noun in (self.customers, self.conversations, self.stock):
            noun.forget()

    async def standing(self, *, slots_since: datetime | None, days_since: date | None) -> Standing:
        """Facts, what is off, what is taken: of slots and days from these on, None for a shop that counts none."""
        return await standing(self.connection, self.articles, slots_since=slots_since, days_since=days_since)

    def has_counted(self) -> bool:
        """Whether places in slots, or numbers of days, have changed since this was asked last."""
        counted = self.slots.has_changed or self.daily.has_changed
        self.slots.has_changed = self.daily.has_changed = False
        return counted

    async def begin(self, change: Change) -> Order:
        """The first step of an order that is not kept yet: row, lines and events at once. Returns it with its id."""
        assert change.order is not None  # noqa: S101  # it is what begins
        order = await self.orders.add(change.order, _when(change))
        await self.orders.write_lines(order)
        await self.orders.add_events(change.events, self.inbox_id, order_id=order.id)
        return order

    async def save(self, change: Change) -> RanOut:
        """Keep everything that an act decided. Raises Stale if somebody decided on the order first."""
        if change.order is not None:
            await self._save_order(change.order, change)
        ran_out = await self._set_aside(change)
        if change.events:
            await self.orders.add_events(change.events, self.inbox_id)
        if change.payments:
            await self.payments.add(change.payments, at=_when(change))
        if change.return_case is not None:
            await self.returns.save(change.return_case)
        for order_change in change.order_changes:
            await self.changes.save(order_change)
        if change.timers:
            await self.timers.add(change.timers)
        return ran_out

    async def _save_order(self, order: Order, change: Change) -> None:
        first = change.events[0].version if change.events else order.version
        await self.orders.save(order, was_version=first - 1)
        if change.new_lines:
            await self.orders.write_lines(order)
        if change.moved_lines:
            await self.orders.update_lines(order)
        if change.changed_lines:
            await self.orders.change_lines(order)
        if change.dated_lines:
            await self.orders.date_lines(order)

    async def _set_aside(self, change: Change) -> RanOut:
        """Places, goods and the day's numbers."""
        order_id = change.order.id if change.order else None
        case_id = change.return_case.id if change.return_case else None
        for step in change.slots:
            await self.slots.post(step)
        emptied: tuple[str, ...] = ()
        if change.moves:
            emptied = await self.stock.post(change.moves, order_id=order_id, return_id=case_id, at=_when(change))
        reached = await self.daily.take(change.takes) if change.takes else ()
        if change.reservations and order_id is not None:
            await self.stock.save_reservations(order_id, change.reservations)
        return RanOut(emptied, reached) if emptied or reached else NOTHING_RAN_OUT


def _when(change: Change) -> datetime:
    return change.events[0].at


class Savepoint:
    """What undoes a part of a transaction. In plain SQL: one of SQLAlchemy's own is compiled anew each time.

    Where no row has changed since the savepoint around it, that one undoes the same, and stands for both.
    """

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._say = plain_sql(tx.connection)
        self._is_own = True

    async def __aenter__(self) -> None:
        parts, changed = self._tx.parts, rows_changed(self._tx.connection)
        self._is_own = changed is None or not parts or parts[-1] != changed
        if self._is_own:
            parts.append(changed)
            await self._say(f"SAVEPOINT part_{len(parts)}")

    async def __aexit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        name = f"part_{len(self._tx.parts)}"
        if self._is_own:
            self._tx.parts.pop()
        if error is not None:
            await self._say(f"ROLLBACK TO SAVEPOINT {name}")
            self._tx.forget()
        if self._is_own:
            await self._say(f"RELEASE SAVEPOINT {name}")


class Store:
    """The database of one shop."""

    def __init__(self, database: str) -> None:
        self.engine: AsyncEngine = open_engine(database)
        self._file = file_of(database)
        self.articles = Articles()
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._readers = open_readers(database) if self.is_sqlite else self.engine
        # SQLite has one writer. Inline, a second one in this process would wait for a
        # lock that only the waiting loop itself could give back.
        self._one_writer = asyncio.Lock() if self.is_sqlite else None
        self._writer: AsyncConnection | None = None

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """All or nothing: committed at the end of the block, undone if it raises."""
        if self._one_writer is None:
            async with self.engine.begin() as connection:
                yield Transaction(connection, self.articles)
            return
        async with self._one_writer:
            connection = self._writer = self._writer or await self.engine.connect()
            try:
                yield Transaction(connection, self.articles)
                await connection.commit()
            except BaseException:
                # The writer outlives its transactions: one that a full disk cut short must not reach into the next.
                await connection.rollback()
                raise

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Transaction]:
        """Looks without writing and without keeping a writer waiting; for reports and the health page."""
        async with self._readers.begin() as connection:
            yield Transaction(connection, self.articles)

    async def compact(self) -> bool:
        """What was deleted leaves SQLite's file and its log, too; False where another process was at work in it.

        PostgreSQL's own housekeeping does that.
        """
        return compact(self._file) if self._file else True

    async def close(self) -> None:
        """Give the connections back."""
        if self._writer is not None:
            await self._writer.close()
            self._writer = None
        await self._readers.dispose()
        await self.engine.dispose()
