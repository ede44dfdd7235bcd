"""Single facts about the shop, and its file: the group that is the staff's, closed by hand, our secret."""

import secrets
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import shop_facts, shop_files

_GET = select(shop_facts.c.value).where(shop_facts.c.name == bindparam("key"))
_ALL = select(shop_facts.c.name, shop_facts.c.value)

LEARNED = "learned_words"
"""The fact that counts how often the words that count have changed."""
_EDITION = select(
    select(func.max(shop_files.c.id)).scalar_subquery().label("file"),
    select(shop_facts.c.value).where(shop_facts.c.name == LEARNED).scalar_subquery().label("words"),
)


class Facts:
    """Names with one text each."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def get(self, name: str) -> str | None:
        return (await self.connection.execute(_GET, {"key": name})).scalar_one_or_none()

    async def all(self) -> dict[str, str]:
        """Every fact by its name: there are a handful."""
        return {row.name: row.value for row in (await self.connection.execute(_ALL)).all()}

    async def put(self, name: str, value: str) -> None:
        changed = await self.connection.execute(update(shop_facts).where(shop_facts.c.name == name).values(value=value))
        if changed.rowcount == 0:
            await self.connection.execute(insert(shop_facts).values(name=name, value=value))

    async def drop(self, name: str) -> None:
        await self.connection.execute(delete(shop_facts).where(shop_facts.c.name == name))

    async def secret(self) -> bytes:
        """The key that signs our Message-IDs: made once, kept for ever."""
        known = await self.get("secret")
        if known is None:
            known = secrets.token_hex(32)
            await self.put("secret", known)
        return bytes.fromhex(known)

    async def binding_code(self) -> str:
        """What /here must be told: one until it is used; `orderbot check` shows it to whoever runs the bot."""
        known = await self.get("binding_code")
        if known is None:
            known = secrets.token_hex(4)
            await self.put("binding_code", known)
        return known

    async def shop_file(self) -> bytes | None:
        """The bytes of the shop file that counts."""
        newest = select(shop_files.c.content).order_by(shop_files.c.id.desc()).limit(1)
        return (await self.connection.execute(newest)).scalar_one_or_none()

    async def shop_file_of(self, file_id: int) -> bytes | None:
        """The bytes of the file that counted under this id."""
        one = select(shop_files.c.content).where(shop_files.c.id == file_id)
        return (await self.connection.execute(one)).scalar_one_or_none()

    async def edition(self) -> tuple[int, str]:
        """Which shop file counts (0 before the first), and a mark that is another when other learned words count."""
        row = (await self.connection.execute(_EDITION)).one()
        return row.file or 0, row.words or ""

    async def keep_shop_file(self, content: bytes, at: datetime) -> None:
        await self.connection.execute(insert(shop_files).values(content=content, at=at))
