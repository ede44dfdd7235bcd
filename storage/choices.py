"""What customers are putting together on the menu's pages: kept, so that a restart forgets nothing."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.frozen import frozen
from core.menu import Amount, Chosen
from storage.tables import choices

_GET = select(choices).where(choices.c.contact_id == bindparam("contact"))


@frozen
class Choice:
    """A dish in the making. `number` tells it from the ones before it, whose buttons may still be tapped."""

    number: int
    sku: str
    quantity: int = 1
    options: tuple[Chosen, ...] = ()


class Choices:
    """At most one for each contact; its row stays when it is done, so that its number never comes again."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def open(self, contact_id: int) -> Choice | None:
        """What is being put together; None if nothing is."""
        found = await self._last(contact_id)
        return found if found is not None and found.sku else None

    async def begin(self, contact_id: int, sku: str, options: Sequence[Chosen], now: datetime) -> Choice:
        """Another dish; what was begun before is forgotten."""
        last = await self._last(contact_id)
        choice = Choice((last.number if last else 0) + 1, sku, 1, tuple(options))
        if last is None:
            await self.connection.execute(insert(choices).values(contact_id=contact_id, **_values(choice, now)))
        else:
            await self.keep(contact_id, choice, now)
        return choice

    async def keep(self, contact_id: int, choice: Choice, now: datetime) -> None:
        """As it is now."""
        changed = update(choices).where(choices.c.contact_id == contact_id)
        await self.connection.execute(changed.values(**_values(choice, now)))

    async def end(self, contact_id: int, now: datetime) -> None:
        """It was ordered: its buttons say nothing any more."""
        last = await self._last(contact_id)
        if last is not None:
            await self.keep(contact_id, Choice(last.number + 1, ""), now)

    async def _last(self, contact_id: int) -> Choice | None:
        row = (await self.connection.execute(_GET, {"contact": contact_id})).one_or_none()
        if row is None:
            return None
        options = tuple(Chosen(group, value, Amount(amount), count) for group, value, amount, count in row.options)
        return Choice(row.number, row.sku, row.quantity, options)


def _values(choice: Choice, now: datetime) -> dict[str, object]:
    options = [[each.group, each.value, each.amount, each.count] for each in choice.options]
    return {
        "number": choice.number,
        "sku": choice.sku,
        "quantity": choice.quantity,
        "options": options,
        "at": now,
    }
