"""What was asked last in a chat or by mail, so that the next words can be its answer."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import conversations

_GET = select(conversations).where(conversations.c.contact_id == bindparam("contact"))
_DROP = delete(conversations).where(conversations.c.contact_id == bindparam("contact"))

_ASK = insert(conversations)


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
        self._silent: set[int] = set()
        """Contacts who were not asked anything, as this transaction knows already."""

    def forget(self) -> None:
        """What was read may no longer stand there: look again."""
        self._silent.clear()

    async def open(self, contact_id: int) -> Asked | None:
        row = (await self.connection.execute(_GET, {"contact": contact_id})).one_or_none()
        if row is None:
            self._silent.add(contact_id)
            return None
        return Asked(row.asked, row.order_id, row.facts)

    async def ask(self, contact_id: int, asked: Asked, now: datetime) -> None:
        """This is the open question now; an older one is forgotten."""
        self._silent.discard(contact_id)
        await self.connection.execute(_DROP, {"contact": contact_id})
        row = {
            "contact_id": contact_id,
            "asked": asked.what,
            "order_id": asked.order_id,
            "facts": asked.facts,
            "at": now,
        }
        await self.connection.execute(_ASK, row)

    async def settle(self, contact_id: int) -> None:
        """The question is answered or no longer matters."""
        if contact_id not in self._silent:
            await self.connection.execute(_DROP, {"contact": contact_id})
            self._silent.add(contact_id)
