"""What was asked last in a chat or by mail, so that the next words can be its answer."""

from collections.abc import Sequence
from dataclasses import field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.frozen import frozen
from storage.tables import conversations

_GET = select(conversations).where(conversations.c.contact_id == bindparam("contact"))
_DROP = delete(conversations).where(conversations.c.contact_id == bindparam("contact"))

_ASK = insert(conversations)

DOUBTS = "doubts"
"""Asked about goods of a draft; waits beside what else is asked about the same one."""
AGAIN = "again"
"""Asked where a draft is open: what becomes of it. The answer is a tap."""
LEFT = "left"
"""Nothing asked: words of a draft that were not read, until it is placed."""
COMPLAINT = "complaint"
"""Nothing asked: what was wrong with an order that was had, should it be sent back."""
EATER = "eater"
"""Nothing asked: what somebody must not eat, told before anything was ordered."""
BESIDE_ORDER = "beside"
"""Asked of a draft that began while an order was under way: shall it join that one?"""
LAPSED = "lapsed"
"""Nothing asked any more: the staff's proposal of another order, whose answer came too late."""
WHICH = "which"
"""Which of their orders words were meant for; the words wait with it."""
WHERE = "where"
"""Nothing asked: the place that a customer asked about, should they order to it."""
NUMBER = "number"
"""Asked of an order that was placed: whether a number is the hour, or how many."""
BESIDE = frozenset({DOUBTS, AGAIN, LEFT, COMPLAINT, EATER, BESIDE_ORDER, WHERE})
"""What waits beside what else is asked, and is no question that the next words answer by themselves."""
OUTLASTS = frozenset({"address", "phone", "questions", "staff", "offer", *BESIDE})
"""What a checkout or the staff asked waits while something else is asked, about another order."""
MOST_WAITING = 4
BELOW = "below"
"""Among the facts of a question: those that wait for it to be settled."""


@frozen
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
        if contact_id in self._silent:
            return None
        row = (await self.connection.execute(_GET, {"contact": contact_id})).one_or_none()
        if row is None:
            self._silent.add(contact_id)
            return None
        return Asked(row.asked, row.order_id, row.facts)

    async def ask(self, contact_id: int, asked: Asked, now: datetime) -> None:
        """This is the open question now; one that outlasts it waits below, any other is forgotten."""
        others = [one for one in await self._all(contact_id) if _stays(one, asked)]
        waiting = [one for one in others if one.what in OUTLASTS or asked.what in BESIDE]
        # The answer to any other question is told from the words alone; one to a doubt may be anything.
        kept = sorted([asked, *waiting[:MOST_WAITING]], key=lambda one: one.what in BESIDE)
        await self._keep(contact_id, kept, now)

    async def about(self, contact_id: int, order_id: int) -> Asked | None:
        """What was asked about this order, open or waiting."""
        return next((one for one in await self._all(contact_id) if one.order_id == order_id), None)

    async def waiting(self, contact_id: int, what: str, order_id: int | None) -> Asked | None:
        """This question about this order, or about none, open or waiting."""
        asked = await self._all(contact_id)
        return next((one for one in asked if (one.what, one.order_id) == (what, order_id)), None)

    async def take(self, contact_id: int, what: str) -> Asked | None:
        """What waits of no order yet; it waits no longer."""
        if contact_id in self._silent:
            return None
        asked = await self._all(contact_id)
        found = next((one for one in asked if (one.what, one.order_id) == (what, None)), None)
        if found is not None:
            row = (await self.connection.execute(_GET, {"contact": contact_id})).one()
            await self._keep(contact_id, [one for one in asked if one is not found], row.at)
        return found

    async def settle(self, contact_id: int, order_id: int | None = None, what: str | None = None) -> None:
        """The question is answered or no longer matters; with an order, whatever was asked about that one, or `what`.

        What is in doubt about goods is settled only with its order, or by name.
        """
        if contact_id in self._silent:
            return
        row = (await self.connection.execute(_GET, {"contact": contact_id})).one_or_none()
        if row is None:
            self._silent.add(contact_id)
            return
        asked = await self._all(contact_id)
        if order_id is None:
            newest = next((one for one in asked if one.what not in BESIDE), None)
            left = [one for one in asked if one is not newest]
        else:
            left = [one for one in asked if one.order_id != order_id or what not in {None, one.what}]
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


def _stays(one: Asked, asked: Asked) -> bool:
    """What is asked about an order takes the place of what was, but for doubts about its goods."""
    return one.order_id != asked.order_id or (one.what != asked.what and not BESIDE.isdisjoint({one.what, asked.what}))
