"""A person asks to be forgotten: open drafts end, then nothing is left by which they could be known."""

from datetime import datetime

from core import orders
from core.errors import NotThere
from storage.erasing import Person
from storage.store import Transaction


async def erase(tx: Transaction, person: Person, now: datetime) -> dict[str, int]:
    """What was made anonymous, by kind. Raises NotThere where orders or returns are still under way."""
    if person.open_orders:
        raise NotThere
    for draft in person.drafts:
        await tx.save(orders.expire_draft(await tx.orders.to_change(draft), now=now))
    return await tx.erasing.erase(person)
