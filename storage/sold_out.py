"""What is off the menu for a while: products, categories, single options."""

from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.availability import OffMenu
from storage.tables import sold_out

_ALL = select(sold_out).order_by(sold_out.c.id)
_DROP = delete(sold_out).where(
    sold_out.c.sku == bindparam("b_sku"),
    sold_out.c.category == bindparam("b_category"),
    sold_out.c.value == bindparam("b_value"),
)


class SoldOut:
    """One row each, gone when it is on the menu again; what is over is left alone until it is set anew."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def all(self, now: datetime) -> tuple[OffMenu, ...]:
        """What is off at this moment, the first that was taken off first."""
        rows = (await self.connection.execute(_ALL.where(sold_out.c.until > now))).all()
        return tuple(OffMenu(row.until, row.sku, row.category, row.value, row.id) for row in rows)

    async def set(self, off: OffMenu, now: datetime) -> None:
        """Off until `off.until`, whatever was said of it before."""
        await self.connection.execute(delete(sold_out).where(sold_out.c.until <= now))
        await self.end(off)
        made = {"sku": off.sku, "category": off.category, "value": off.value, "until": off.until}
        await self.connection.execute(insert(sold_out), made)

    async def end(self, off: OffMenu) -> bool:
        """On the menu again; False if it was already."""
        given = {"b_sku": off.sku, "b_category": off.category, "b_value": off.value}
        return bool((await self.connection.execute(_DROP, given)).rowcount)
