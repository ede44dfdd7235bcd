"""Ids of articles: the ledger knows an article by number, everything else by its sku."""

from collections.abc import Iterable

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import articles


class Articles:
    """The skus that the database knows, in memory: they are never renumbered and never removed."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._skus: dict[int, str] = {}

    def id_of(self, sku: str) -> int:
        """Raises KeyError for a sku that no shop file ever had."""
        return self._ids[sku]

    def sku_of(self, article_id: int) -> str:
        return self._skus[article_id]

    def __contains__(self, article_id: int) -> bool:
        return article_id in self._skus

    async def learn(self, connection: AsyncConnection, skus: Iterable[str]) -> tuple[str, ...]:
        """Read the known ones and number the new ones; returns the new ones."""
        await self._read(connection)
        new = tuple(sku for sku in dict.fromkeys(skus) if sku not in self._ids)
        if new:
            await connection.execute(insert(articles), [{"sku": sku} for sku in new])
            await self._read(connection)
        return new

    async def _read(self, connection: AsyncConnection) -> None:
        rows = (await connection.execute(select(articles.c.id, articles.c.sku))).all()
        self._ids = {row.sku: row.id for row in rows}
        self._skus = {row.id: row.sku for row in rows}
