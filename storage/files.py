"""Photos: those from chat by Telegram's file id, those from mail with their bytes."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.documents import Photo
from storage.tables import files

_SHAPE = (files.c.id, files.c.telegram_file, files.c.name, files.c.mime, files.c.caption)


def photo_of(row: object) -> Photo:
    """A row without its bytes."""
    return Photo(row.id, row.telegram_file, row.name, row.mime)  # type: ignore[attr-defined]


class Files:
    """One table for photos from every channel."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def keep(  # a file is all of this
        self,
        contact_id: int,
        now: datetime,
        *,
        telegram_file: str = "",
        name: str = "",
        mime: str = "",
        content: bytes | None = None,
        album: str | None = None,
        caption: str = "",
    ) -> Photo:
        made = insert(files).values(
            contact_id=contact_id,
            telegram_file=telegram_file,
            name=name,
            mime=mime,
            content=content,
            album=album,
            caption=caption,
            at=now,
        )
        file_id = (await self.connection.execute(made.returning(files.c.id))).scalar_one()
        return Photo(file_id, telegram_file, name, mime)

    async def take_album(self, contact_id: int, album: str) -> tuple[tuple[Photo, ...], str]:
        """The photos of an album that nobody took yet, and the caption that one of them carries.

        Each photo sets a tick of its own: one that comes late is taken by a later tick.
        """
        wanted = select(*_SHAPE).where(files.c.contact_id == contact_id, files.c.album == album).order_by(files.c.id)
        rows = (await self.connection.execute(wanted)).all()
        if rows:
            taken = files.c.id.in_([row.id for row in rows])
            await self.connection.execute(update(files).where(taken).values(album=None))
        return tuple(photo_of(row) for row in rows), next((row.caption for row in rows if row.caption), "")

    async def kept(self, ids: Sequence[int]) -> tuple[Photo, ...]:
        """Photos that were kept before, without their bytes."""
        rows = await self.connection.execute(select(*_SHAPE).where(files.c.id.in_(ids)).order_by(files.c.id))
        return tuple(map(photo_of, rows))

    async def give_to_return(self, photos: Sequence[Photo], return_id: int) -> None:
        """The photos belong to this return from now on."""
        if photos:
            mine = files.c.id.in_([photo.id for photo in photos])
            await self.connection.execute(update(files).where(mine).values(return_id=return_id))

    async def content(self, file_id: int) -> bytes:
        """The bytes of a photo that came by mail; empty for one that Telegram keeps."""
        found = await self.connection.execute(select(files.c.content).where(files.c.id == file_id))
        return found.scalar_one_or_none() or b""
