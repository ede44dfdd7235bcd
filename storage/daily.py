"""How many of a limited product were ordered for a day of business.

A count goes up only by an UPDATE that checks the limit, and by its row count:
whoever races, the last portion is sold once.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.documents import Take
from core.errors import SoldOutToday
from storage.articles import Articles
from storage.tables import daily_counts

_counts = daily_counts.c
_by = bindparam("b_by", type_=BigInteger)
_limit = bindparam("b_limit", type_=BigInteger)
_SINCE = select(daily_counts).where(_counts.day >= bindparam("since"))
_ONE = select(_counts.taken).where(_counts.article_id == bindparam("article"), _counts.day == bindparam("on"))
_TAKE = (
    update(daily_counts)
    .where(
        _counts.article_id == bindparam("b_article"), _counts.day == bindparam("b_day"), _counts.taken + _by <= _limit
    )
    .values(taken=_counts.taken + _by)
    .returning(_counts.taken)
)
NO_LIMIT = 2**62


def _insert_if_new(dialect: str) -> Any:
    made = sqlite.insert(daily_counts) if dialect == "sqlite" else postgresql.insert(daily_counts)
    return made.on_conflict_do_nothing(index_elements=["article_id", "day"])


_OPEN = {dialect: _insert_if_new(dialect) for dialect in ("sqlite", "postgresql")}


class Daily:
    """Products without a daily limit have no rows."""

    def __init__(self, connection: AsyncConnection, articles: Articles) -> None:
        self.connection = connection
        self.articles = articles
        self.has_changed = False

    async def taken(self, since: date) -> dict[tuple[str, date], int]:
        """By sku and day, from this day on."""
        rows = (await self.connection.execute(_SINCE, {"since": since.isoformat()})).all()
        return {(self.articles.sku_of(row.article_id), date.fromisoformat(row.day)): row.taken for row in rows}

    async def take(self, takes: Sequence[Take]) -> tuple[str, ...]:
        """Count these; returns the skus of which this was the last of the day.

        Raises SoldOutToday where fewer are left; others may have been counted by then, so whoever
        catches it undoes the part.
        """
        last = []
        self.has_changed = self.has_changed or bool(takes)
        for one in takes:
            given = {"b_article": self.articles.id_of(one.sku), "b_day": one.day.isoformat(), "b_by": one.quantity}
            given["b_limit"] = NO_LIMIT if one.limit is None else one.limit
            row = (await self.connection.execute(_TAKE, given)).one_or_none()
            if row is None:
                await self._open(one)
                row = (await self.connection.execute(_TAKE, given)).one_or_none()
            if row is None:
                raise SoldOutToday(sku=one.sku, product={}, asked=one.quantity, left=await self._left(one))
            if one.limit is not None and one.quantity > 0 and row.taken == one.limit:
                last.append(one.sku)
        return tuple(last)

    async def _open(self, take: Take) -> None:
        """The first order of the day makes the row; on PostgreSQL two may try at once."""
        row = {"article_id": self.articles.id_of(take.sku), "day": take.day.isoformat(), "taken": 0}
        await self.connection.execute(_OPEN[self.connection.dialect.name], row)

    async def _left(self, take: Take) -> int:
        given = {"article": self.articles.id_of(take.sku), "on": take.day.isoformat()}
        taken: int = (await self.connection.execute(_ONE, given)).scalar_one_or_none() or 0
        return max(0, (take.limit or 0) - taken)
