"""What was asked last in a chat or by mail, so that the next words can be its answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import conversations

_GET = select(conversations).where(conversations.c.contact_id == bindparam("contact"))
_DROP = delete(conversations).where(conversations.c.contact_id == bindparam("contact"))

_ASK = insert(conversations)

OUTLASTS = frozenset({"address", "phone", "questions", "staff", "offer"})
"""What a checkout or the staff asked waits while something else is asked, about another order."""
MOST_WAITING = 3
BELOW = "below"
"""Among the facts of a question: those that wait for it to be settled."""


@dataclass(frozen=True, slots=True)
class Asked:
    """`what` was asked (address, phone, staff, questions …), about which order."""

    what: str
    order_id: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)


class Conversations:
    """At most one open question per contact; others may wait below it."""

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
        """This is the open question now; one that outlasts it waits below, any other is forgotten."""
        others = [one for one in await self._all(contact_id) if one.order_id != asked.order_id]
        waiting = [one for one in others if one.what in OUTLASTS]
        await self._keep(contact_id, [asked, *waiting[:MOST_WAITING]], now)

    async def about(self, contact_id: int, order_id: int) -> Asked | None:
        """What was asked about this order, open or waiting."""
        return next((one for one in await self._all(contact_id) if one.order_id == order_id), None)

    async def settle(self, contact_id: int, order_id: int | None = None) -> None:
        """The question is answered or no longer matters; with an order, whatever was asked about that one."""
        if contact_id in self._silent:
            return
        row = (await self.connection.execute(_GET, {"contact": contact_id})).one_or_none()
        if row is None:
            self._silent.add(contact_id)
            return
        asked = await self._all(contact_id)
        left = asked[1:] if order_id is None else [one for one in asked if one.order_id != order_id]
        if left != asked:
            await self._keep(contact_id, left, row.at)

    async def _all(self, contact_id: int) -> list[Asked]:
        """The open question, and those that wait below it."""
        newest = await self.open(contact_id)
        if newest is None:
            return []
        waiting = [Asked(what, order_id, facts) for what, order_id, facts in newest.facts.get(BELOW, ())]
        own = {name: fact for name, fact in newest.facts.items() if name != BELOW}
        return [replace(newest, facts=own), *waiting]

    async def _keep(self, contact_id: int, asked: Sequence[Asked], at: datetime) -> None:
        await self.connection.execute(_DROP, {"contact": contact_id})
        if not asked:
            self._silent.add(contact_id)
            return
        self._silent.discard(contact_id)
        newest, *waiting = asked
        below = {BELOW: [[one.what, one.order_id, one.facts] for one in waiting]} if waiting else {}
        row = {
            "contact_id": contact_id,
            "asked": newest.what,
            "order_id": newest.order_id,
            "facts": {**newest.facts, **below},
            "at": at,
        }
        await self.connection.execute(_ASK, row)
