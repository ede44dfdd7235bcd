"""Customers and the ways to reach them: one customer, many contacts, addresses apart."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.people import Channel, Contact
from storage.tables import contacts, customers, details

_COLUMNS = (
    contacts.c.id,
    contacts.c.customer_id,
    contacts.c.channel,
    contacts.c.address,
    contacts.c.name,
    contacts.c.language,
    contacts.c.unreachable,
    customers.c.blocked,
)
_JOINED = select(*_COLUMNS).join(customers, customers.c.id == contacts.c.customer_id)
_BY_ADDRESS = _JOINED.where(
    contacts.c.channel == bindparam("way"),
    contacts.c.account == bindparam("account"),
    contacts.c.address == bindparam("address"),
)
_BY_ID = _JOINED.where(contacts.c.id == bindparam("contact"))
_NEW_CUSTOMER = insert(customers).returning(customers.c.id)
_NEW_CONTACT = insert(contacts).returning(contacts.c.id)
_HEARD = (
    update(contacts)
    .where(contacts.c.id == bindparam("b_id"))
    .values(name=bindparam("v_name"), language=bindparam("v_language"), unreachable=False)
)
_LAST_DETAIL = (
    select(details.c.value)
    .where(details.c.customer_id == bindparam("customer"), details.c.kind == bindparam("kind"))
    .order_by(details.c.id.desc())
    .limit(1)
)
_SAME_DETAIL = select(details.c.id).where(
    details.c.customer_id == bindparam("customer"),
    details.c.kind == bindparam("kind"),
    details.c.value == bindparam("value"),
)


def _contact(row: object) -> Contact:
    return Contact(
        id=row.id,  # type: ignore[attr-defined]
        customer_id=row.customer_id,  # type: ignore[attr-defined]
        channel=Channel(row.channel),  # type: ignore[attr-defined]
        address=row.address,  # type: ignore[attr-defined]
        name=row.name,  # type: ignore[attr-defined]
        language=row.language,  # type: ignore[attr-defined]
        blocked=row.blocked,  # type: ignore[attr-defined]
        unreachable=row.unreachable,  # type: ignore[attr-defined]
    )


class Customers:
    """Found by their address; made at the first message."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection
        self._met: dict[int, Contact] = {}
        """Whom this transaction knows already, by contact id."""

    def forget(self) -> None:
        """What was read may no longer stand there: look again."""
        self._met.clear()

    async def meet(
        self, channel: Channel, account: str, address: str, *, name: str, language: str, now: datetime
    ) -> tuple[Contact, bool]:
        """The contact with this address, and whether it is new. Name and language follow what was heard last."""
        known = await self.at(channel, account, address)
        if known is None:
            return await self._new(channel, account, address, name, language, now), True
        heard = replace(known, name=name or known.name, language=language or known.language, unreachable=False)
        if heard != known:
            await self.connection.execute(
                _HEARD, {"b_id": known.id, "v_name": heard.name, "v_language": heard.language}
            )
        self._met[heard.id] = heard
        return heard, False

    async def _new(
        self, channel: Channel, account: str, address: str, name: str, language: str, now: datetime
    ) -> Contact:
        customer = (await self.connection.execute(_NEW_CUSTOMER, {"created": now})).scalar_one()
        row = {"customer_id": customer, "channel": channel, "account": account, "address": address}
        made = await self.connection.execute(_NEW_CONTACT, {**row, "name": name, "language": language})
        contact = Contact(made.scalar_one(), customer, channel, address, name, language)
        self._met[contact.id] = contact
        return contact

    async def at(self, channel: Channel, account: str, address: str) -> Contact | None:
        given = {"way": channel, "account": account, "address": address}
        row = (await self.connection.execute(_BY_ADDRESS, given)).one_or_none()
        return None if row is None else _contact(row)

    async def get(self, contact_id: int) -> Contact:
        """Raises if there is no such contact: ids come from our own rows."""
        known = self._met.get(contact_id)
        if known is None:
            known = _contact((await self.connection.execute(_BY_ID, {"contact": contact_id})).one())
            self._met[contact_id] = known
        return known

    async def find(self, words: str) -> tuple[Contact, ...]:
        """Contacts whose name or address is, or begins with, these words (for the staff's commands)."""
        wanted = words.strip().lstrip("@").casefold()
        rows = (await self.connection.execute(_JOINED.order_by(contacts.c.id))).all()
        found = [_contact(row) for row in rows if wanted and wanted in {row.name.casefold(), row.address.casefold()}]
        return tuple(found or [_contact(row) for row in rows if wanted and row.name.casefold().startswith(wanted)])

    async def block(self, customer_id: int, *, blocked: bool) -> None:
        self.forget()
        await self.connection.execute(update(customers).where(customers.c.id == customer_id).values(blocked=blocked))

    async def set_unreachable(self, contact_id: int) -> bool:
        """Returns whether this is news."""
        self.forget()
        changed = await self.connection.execute(
            update(contacts).where(contacts.c.id == contact_id, ~contacts.c.unreachable).values(unreachable=True)
        )
        return changed.rowcount > 0

    async def set_language(self, contact_id: int, language: str) -> None:
        self.forget()
        await self.connection.execute(update(contacts).where(contacts.c.id == contact_id).values(language=language))

    async def keep_detail(self, customer_id: int, kind: str, value: str, now: datetime) -> int:
        """An address or a phone number; the same one twice is one row. Returns its id."""
        given = {"customer": customer_id, "kind": kind, "value": value}
        row_id: int | None = (await self.connection.execute(_SAME_DETAIL, given)).scalars().first()
        if row_id is None:
            made = insert(details).values(customer_id=customer_id, kind=kind, value=value, at=now)
            row_id = (await self.connection.execute(made.returning(details.c.id))).scalar_one()
        return row_id

    async def last_detail(self, customer_id: int, kind: str) -> str:
        """The last address or phone number; "" if there is none."""
        given = {"customer": customer_id, "kind": kind}
        return (await self.connection.execute(_LAST_DETAIL, given)).scalar_one_or_none() or ""
