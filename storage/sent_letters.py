"""What was said already: found by what a reply names, for threads, brakes and timelines."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.people import Channel
from storage.letters import SentLetter
from storage.tables import letters

_SENT_AS = (
    select(letters)
    .where(
        letters.c.channel == bindparam("way"),
        letters.c.address == bindparam("to"),
        letters.c.sent_as == bindparam("message"),
    )
    .order_by(letters.c.id.desc())
    .limit(1)
)


class SentLetters:
    """The letters of the outbox, looked at."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def find(self, channel: Channel, address: str, message: str) -> SentLetter | None:
        """The letter that went to this address as this message."""
        given = {"way": channel, "to": address, "message": message}
        row = (await self.connection.execute(_SENT_AS, given)).first()
        return None if row is None else _sent(row)

    async def last_mail(self, order_id: int, contact_id: int, about: str | None = None) -> SentLetter | None:
        """Our last mail to this contact about the order, or about this return of it: the next one goes under it."""
        wanted = select(letters).where(
            letters.c.order_id == order_id, letters.c.channel == Channel.MAIL, letters.c.contact_id == contact_id
        )
        if about is not None:
            wanted = wanted.where(letters.c.about == about)
        row = (await self.connection.execute(wanted.order_by(letters.c.id.desc()).limit(1))).first()
        return None if row is None else _sent(row)

    async def count_answers(self, contact_id: int, since: datetime, but: Iterable[str]) -> int:
        """How many answers to mails this contact had, apart from notices of these names."""
        wanted = select(func.count()).where(
            letters.c.is_answer,
            letters.c.contact_id == contact_id,
            letters.c.created > since,
            letters.c.notice.not_in(tuple(but)),
        )
        return (await self.connection.execute(wanted)).scalar_one()

    async def by_id(self, letter_id: int) -> SentLetter | None:
        row = (await self.connection.execute(select(letters).where(letters.c.id == letter_id))).first()
        return None if row is None else _sent(row)

    async def of_order(self, order_id: int) -> tuple[Any, ...]:
        """The letters about an order, oldest first: rows for its timeline."""
        wanted = select(letters).where(letters.c.order_id == order_id).order_by(letters.c.id)
        return tuple((await self.connection.execute(wanted)).all())


def _sent(row: Row[Any]) -> SentLetter:
    return SentLetter(
        row.id, row.about, row.contact_id, row.order_id, row.notice, row.subject, row.message_id, tuple(row.refs)
    )
