"""What was asked last in a chat or by mail, so that the next words can be its answer."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import conversations

_GET = select(conversations).where(conversations.c.contact_id == bindparam("contact"))
_DROP = delete(conversations).where(conversations.c.contact_id == bindparam("contact"))


@dataclass(frozen=True, slots=True)
class Asked:
    """`what` was asked (address, phone, staff, questions …), about which order."""

    what: str
    order_id: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)


class Conversations:
    """At most one open question per contact."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def open(self, contact_id: int) -> Asked | None:
        row = (await self.connection.execute(_GET, {"contact": contact_id})).one_or_none()
        return None if row is None else Asked(row.asked, row.order_id, row.facts)

    async def ask(self, contact_id: int, asked: Asked, now: datetime) -> None:
        """This is the open question now; an older one is forgotten."""
        await self.connection.execute(_DROP, {"contact": contact_id})
        await self.connection.execute(
            insert(conversations).values(
                contact_id=contact_id, asked=asked.what, order_id=asked.order_id, facts=asked.facts, at=now
            )
        )

    async def settle(self, contact_id: int) -> None:
        """The question is answered or no longer matters."""
        await self.connection.execute(_DROP, {"contact": contact_id})
