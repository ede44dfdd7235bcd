"""Who works here: rows by Telegram user id, and the one-time links that make new ones."""

import hashlib
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.people import Role, Staff
from storage.tables import invites, staff

_BY_USER = select(staff).where(staff.c.user_id == bindparam("user"), staff.c.active)
_ANY = select(staff).where(staff.c.user_id == bindparam("user"))


def _person(row: object) -> Staff:
    return Staff(row.id, row.user_id, row.name, Role(row.role))  # type: ignore[attr-defined]


class StaffList:
    """Rights are rows, looked at within the transaction of each tap."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def by_user(self, user_id: int) -> Staff | None:
        """The active member with this Telegram user id."""
        row = (await self.connection.execute(_BY_USER, {"user": user_id})).one_or_none()
        return None if row is None else _person(row)

    async def knows(self, user_id: int) -> bool:
        """Whether this person ever had a row, active or not."""
        return (await self.connection.execute(_ANY, {"user": user_id})).first() is not None

    async def by_id(self, staff_id: int) -> Staff | None:
        """Whoever had this row, active or not: for timelines."""
        row = (await self.connection.execute(select(staff).where(staff.c.id == staff_id))).one_or_none()
        return None if row is None else _person(row)

    async def everybody(self) -> tuple[Staff, ...]:
        """The active ones, in the order in which they came."""
        rows = (await self.connection.execute(select(staff).where(staff.c.active).order_by(staff.c.id))).all()
        return tuple(_person(row) for row in rows)

    async def names(self) -> dict[int, str]:
        """Names by row id, of everybody who ever worked here."""
        rows = (await self.connection.execute(select(staff.c.id, staff.c.name))).all()
        return {row.id: row.name for row in rows}

    async def put(self, user_id: int, name: str, role: Role, now: datetime) -> Staff:
        """Make somebody staff, or give another role; a row once made keeps its id."""
        known = (await self.connection.execute(_ANY, {"user": user_id})).one_or_none()
        if known is None:
            await self.connection.execute(
                insert(staff).values(user_id=user_id, name=name, role=role, active=True, since=now)
            )
        else:
            await self.connection.execute(
                update(staff).where(staff.c.id == known.id).values(name=name or known.name, role=role, active=True)
            )
        return _person((await self.connection.execute(_ANY, {"user": user_id})).one())

    async def rename(self, staff_id: int, name: str) -> None:
        await self.connection.execute(update(staff).where(staff.c.id == staff_id).values(name=name))

    async def remove(self, staff_id: int) -> None:
        """No rights from now on; the row stays for the timelines."""
        await self.connection.execute(update(staff).where(staff.c.id == staff_id).values(active=False))

    async def invite(self, token: str, role: Role, by: int, expires: datetime) -> None:
        """A link with `token` may be used once until it expires; only its hash is kept."""
        await self.connection.execute(
            insert(invites).values(token_hash=_hash(token), role=role, staff_id=by, expires=expires)
        )

    async def use_invite(self, token: str, now: datetime) -> Role | None:
        """The role behind the token, which is used up now; None if it is unknown, used or too old."""
        mine = invites.c.token_hash == _hash(token)
        used = await self.connection.execute(
            update(invites).where(mine, invites.c.used.is_(None), invites.c.expires > now).values(used=now)
        )
        if used.rowcount == 0:
            return None
        return Role((await self.connection.execute(select(invites.c.role).where(mine))).scalar_one())


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
