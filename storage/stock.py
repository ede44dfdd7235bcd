"""The stock ledger: moves between accounts, balances as their projection, reservations.

A balance goes down only by an UPDATE that checks that enough is there, and by
its row count: whoever races, the last unit is sold once. Accounts are touched
in one fixed order, so that two orders never wait for each other.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Row, and_, bindparam, case, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.documents import Bucket, Move, Reservation
from core.errors import OutOfStock
from core.frozen import frozen
from storage.articles import Articles
from storage.tables import reservations, stock_accounts, stock_moves

MAIN = "main"
GIVER_AND_TAKER = 2

_accounts = stock_accounts.c
_need = bindparam("b_need", type_=BigInteger)
_MOVE = (
    update(stock_accounts)
    .where(
        _accounts.article_id == bindparam("b_article"),
        _accounts.place == MAIN,
        or_(
            and_(
                _accounts.bucket == bindparam("b_giver"),
                or_(_accounts.quantity >= _need, _accounts.bucket == Bucket.SUPPLIER),
            ),
            _accounts.bucket == bindparam("b_taker"),
        ),
    )
    .values(quantity=_accounts.quantity + case((_accounts.bucket == bindparam("b_taker"), _need), else_=-_need))
    .returning(_accounts.bucket, _accounts.quantity, _accounts.low_told)
)
_BALANCE = select(stock_accounts.c.quantity).where(
    stock_accounts.c.article_id == bindparam("article"),
    stock_accounts.c.place == MAIN,
    stock_accounts.c.bucket == bindparam("bucket"),
)
_CROSS = (
    update(stock_accounts)
    .where(
        _accounts.article_id == bindparam("b_article"),
        _accounts.place == MAIN,
        _accounts.bucket == Bucket.SHELF,
        _accounts.low_told != (_accounts.quantity <= bindparam("b_mark", type_=BigInteger)),
    )
    .values(low_told=_accounts.quantity <= bindparam("b_mark", type_=BigInteger))
    .returning(_accounts.quantity, _accounts.low_told)
)
_MOVES = insert(stock_moves)
_RESERVE = insert(reservations)
_TURN = update(reservations).where(reservations.c.id == bindparam("b_id")).values(state=bindparam("v_state"))


@frozen
class Balance:
    """What the accounts of one article hold in our hands."""

    sku: str
    shelf: int
    held: int
    committed: int


class Stock:
    """Counted articles only: one that was never counted has no accounts."""

    def __init__(self, connection: AsyncConnection, articles: Articles) -> None:
        self.connection = connection
        self.articles = articles
        self._shelves: dict[str, Row[Any]] = {}
        """As this transaction left them, by sku."""

    def forget(self) -> None:
        """What was booked since a savepoint may be undone."""
        self._shelves.clear()

    async def open_accounts(self, sku: str) -> bool:
        """The accounts of an article that is counted from now on; False if it has them already."""
        article = self.articles.id_of(sku)
        known = select(stock_accounts.c.id).where(stock_accounts.c.article_id == article).limit(1)
        if (await self.connection.execute(known)).first() is not None:
            return False
        rows = [{"article_id": article, "place": MAIN, "bucket": bucket, "quantity": 0} for bucket in Bucket.ALL]
        await self.connection.execute(insert(stock_accounts), rows)
        return True

    async def post(
        self, moves: Sequence[Move], *, order_id: int | None = None, return_id: int | None = None, at: datetime
    ) -> tuple[str, ...]:
        """Book moves, in the order given; returns the skus whose shelf they emptied.

        Raises OutOfStock where an account holds too little; the taker may have been given
        to by then, so whoever catches it undoes the part.
        """
        rows, emptied = [], []
        for move in moves:
            article = self.articles.id_of(move.sku)
            given = {"b_article": article, "b_giver": move.giver, "b_taker": move.taker, "b_need": move.quantity}
            after = (await self.connection.execute(_MOVE, given)).all()
            if len(after) != GIVER_AND_TAKER:
                left = await self.balance(move.sku, move.giver)
                raise OutOfStock(sku=move.sku, product={}, asked=move.quantity, left=left)
            shelf = next((account for account in after if account.bucket == Bucket.SHELF), None)
            if shelf is not None:
                self._shelves[move.sku] = shelf
                if move.giver == Bucket.SHELF and shelf.quantity == 0:
                    emptied.append(move.sku)
            rows.append(
                {
                    "article_id": article,
                    "place": MAIN,
                    "giver": move.giver,
                    "taker": move.taker,
                    "quantity": move.quantity,
                    "reason": move.reason,
                    "order_id": order_id,
                    "return_id": return_id,
                    "at": at,
                }
            )
        await self.connection.execute(_MOVES, rows)
        return tuple(emptied)

    async def save_reservations(self, order_id: int, changed: Sequence[Reservation]) -> None:
        """New ones are written, known ones get their new state."""
        new = [
            {
                "order_id": order_id,
                "article_id": self.articles.id_of(one.sku),
                "quantity": one.quantity,
                "state": one.state,
            }
            for one in changed
            if one.id is None
        ]
        turned = [{"b_id": one.id, "v_state": one.state} for one in changed if one.id is not None]
        if new:
            await self.connection.execute(_RESERVE, new)
        if turned:
            await self.connection.execute(_TURN, turned)

    async def balance(self, sku: str, bucket: str) -> int:
        """What one account holds; 0 for an article that is not counted."""
        given = {"article": self.articles.id_of(sku), "bucket": bucket}
        return (await self.connection.execute(_BALANCE, given)).scalar_one_or_none() or 0

    async def balances(self) -> tuple[Balance, ...]:
        """Every counted article."""
        rows = (await self.connection.execute(select(stock_accounts).where(stock_accounts.c.place == MAIN))).all()
        held: dict[int, dict[str, int]] = {}
        for row in rows:
            held.setdefault(row.article_id, {})[row.bucket] = row.quantity
        return tuple(
            Balance(self.articles.sku_of(article), by[Bucket.SHELF], by[Bucket.HELD], by[Bucket.COMMITTED])
            for article, by in held.items()
        )

    async def note_low(self, sku: str, mark: int) -> int | None:
        """Remember on which side of its low mark the shelf stands; what is left if it just came down to it."""
        shelf = self._shelves.get(sku)
        if shelf is not None and shelf.low_told == (shelf.quantity <= mark):
            return None
        given = {"b_article": self.articles.id_of(sku), "b_mark": mark}
        crossed = (await self.connection.execute(_CROSS, given)).one_or_none()
        return crossed.quantity if crossed is not None and crossed.low_told else None
