"""The shop's own pictures: kept with the shop file, so that the bot needs no folder beside it."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.letters import LetterPhoto
from storage.shop_food import mime_of
from storage.tables import pictures

_NEWEST = select(func.max(pictures.c.id)).where(pictures.c.name == bindparam("wanted"))
_GET = select(pictures.c.name, pictures.c.mime, pictures.c.content, pictures.c.telegram_file).where(
    pictures.c.id == bindparam("wanted")
)


class Pictures:
    """By name, as the shop file has it; each version is a row, and Telegram's own id of it is learned once."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def keep(self, found: Mapping[str, bytes], now: datetime) -> None:
        """These are the pictures now; what is kept already stays as it is."""
        for name, content in found.items():
            digest = hashlib.sha256(content).hexdigest()
            number = await self.number(name)
            same = select(pictures.c.id).where(pictures.c.id == number, pictures.c.digest == digest)
            if number is None or (await self.connection.execute(same)).first() is None:
                row = {"name": name, "digest": digest, "mime": mime_of(content), "content": content, "at": now}
                await self.connection.execute(insert(pictures).values(**row))

    async def number(self, name: str) -> int | None:
        """The newest picture of this name; None if none was applied."""
        number: int | None = (await self.connection.execute(_NEWEST, {"wanted": name})).scalar_one()
        return number

    async def photo(self, number: int) -> LetterPhoto:
        """As a courier needs it. Raises if there is none: numbers come from our own rows."""
        row = (await self.connection.execute(_GET, {"wanted": number})).one()
        if row.telegram_file:
            return LetterPhoto(telegram_file=row.telegram_file, picture=number)
        return LetterPhoto(name=row.name.rpartition("/")[2], mime=row.mime, data=row.content, picture=number)

    async def known_as(self, number: int, telegram_file: str) -> None:
        """Telegram has it now under this id."""
        known = update(pictures).where(pictures.c.id == number)
        await self.connection.execute(known.values(telegram_file=telegram_file))

    async def forget_ids(self) -> None:
        """Another bot cannot send what this one's ids stand for."""
        await self.connection.execute(update(pictures).values(telegram_file=""))
