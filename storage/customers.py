"""Customers and the ways to reach them: one customer, many contacts, addresses apart."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.frozen import frozen
from core.people import Channel, Contact
from core.states import OPEN_STATES
from core.zones import Spot, read_spot
from storage.tables import allergies, contacts, customers, details, orders

_COLUMNS = (
    contacts.c.id,
    contacts.c.customer_id,
    contacts.c.channel,
    contacts.c.address,
    contacts.c.name,
    contacts.c.language,
    contacts.c.unreachable,
    customers.c.blocked,
    allergies.c.codes,
)
_JOINED = (
    select(*_COLUMNS)
    .join(customers, customers.c.id == contacts.c.customer_id)
    .outerjoin(allergies, allergies.c.customer_id == contacts.c.customer_id)
)
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
_REMEMBERED = (
    select(details.c.id, details.c.value, details.c.spot)
    .where(
        details.c.customer_id == bindparam("customer"),
        details.c.kind == bindparam("kind"),
        details.c.value != "",
        ~details.c.forgotten,
    )
    .order_by(details.c.at.desc(), details.c.id.desc())
    .limit(bindparam("most"))
)
_KEEP_DETAIL = (
    update(details)
    .where(
        details.c.customer_id == bindparam("b_customer"),
        details.c.kind == bindparam("b_kind"),
        details.c.value == bindparam("b_value"),
    )
    .values(at=bindparam("v_at"), forgotten=False)
    .returning(details.c.id)
)
_SET_SPOT = update(details).where(details.c.id == bindparam("b_id")).values(spot=bindparam("v_spot"))
_FORGET = (
    update(details)
    .where(details.c.id == bindparam("b_id"), details.c.customer_id == bindparam("b_customer"))
    .values(forgotten=True)
)
_IS_NEEDED = select(orders.c.id).where(
    or_(orders.c.address_id == details.c.id, orders.c.phone_id == details.c.id), orders.c.state.in_(OPEN_STATES)
)
_FORGOTTEN = select(details.c.id).where(
    details.c.customer_id == bindparam("customer"), details.c.forgotten, ~_IS_NEEDED.exists()
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
        allergies=tuple(row.codes or ()),  # type: ignore[attr-defined]
    )


@frozen
class Detail:
    """An address or a phone number that a customer used."""

    id: int
    value: str
    spot: Spot | None = None


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
        """The contact with this address, and whether it is new.

        The name follows what was heard last; the language is the first that is heard, until `set_language`.
        """
        known = await self.at(channel, account, address)
        if known is None:
            return await self._new(channel, account, address, name, language, now), True
        if name in {"", known.name} and (known.language or not language) and not known.unreachable:
            self._met[known.id] = known
            return known, False
        heard = replace(known, name=name or known.name, language=known.language or language, unreachable=False)
        await self.connection.execute(_HEARD, {"b_id": known.id, "v_name": heard.name, "v_language": heard.language})
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

    async def set_reminders(self, customer_id: int, *, wanted: bool) -> None:
        """Whether drafts that wait are brought to mind."""
        changed = update(customers).where(customers.c.id == customer_id)
        await self.connection.execute(changed.values(no_reminders=not wanted))

    async def wants_reminders(self, customer_id: int) -> bool:
        found = select(customers.c.no_reminders).where(customers.c.id == customer_id)
        return not (await self.connection.execute(found)).scalar_one()

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

    async def set_allergies(self, customer_id: int, codes: tuple[str, ...], now: datetime) -> None:
        """What they must not eat from now on; nothing takes the row away."""
        self.forget()
        await self.connection.execute(delete(allergies).where(allergies.c.customer_id == customer_id))
        if codes:
            row = {"customer_id": customer_id, "codes": list(codes), "at": now}
            await self.connection.execute(insert(allergies).values(**row))

    async def keep_detail(
        self, customer_id: int, kind: str, value: str, now: datetime, *, spot: Spot | None = None
    ) -> int:
        """An address or a phone number; the same one twice is one row. Returns its id.

        An address that is not known yet ("") keeps a place on the map until it is.
        """
        given = {"b_customer": customer_id, "b_kind": kind, "b_value": value, "v_at": now}
        row_id: int | None = (await self.connection.execute(_KEEP_DETAIL, given)).scalars().first()
        if row_id is None:
            made = insert(details).values(customer_id=customer_id, kind=kind, value=value, at=now)
            row_id = (await self.connection.execute(made.returning(details.c.id))).scalar_one()
        if spot is not None:
            await self.connection.execute(_SET_SPOT, {"b_id": row_id, "v_spot": str(spot)})
        return row_id

    async def remembered(self, customer_id: int, kind: str, most: int) -> tuple[Detail, ...]:
        """The addresses or phone numbers that were used last, the newest first."""
        given = {"customer": customer_id, "kind": kind, "most": most}
        rows = (await self.connection.execute(_REMEMBERED, given)).all()
        return tuple(Detail(row.id, row.value, read_spot(row.spot)) for row in rows)

    async def last_detail(self, customer_id: int, kind: str) -> str:
        """The last address or phone number; "" if there is none."""
        return next((known.value for known in await self.remembered(customer_id, kind, 1)), "")

    async def forget_detail(self, customer_id: int, detail_id: int) -> None:
        """Offered no more, and erased: at once, or with the first that is forgotten after its open orders ended.

        Orders that are over, and drafts, no longer say where to.
        """
        await self.connection.execute(_FORGET, {"b_id": detail_id, "b_customer": customer_id})
        for row in (await self.connection.execute(_FORGOTTEN, {"customer": customer_id})).all():
            for column in (orders.c.address_id, orders.c.phone_id):
                await self.connection.execute(update(orders).where(column == row.id).values({column: None}))
            await self.connection.execute(delete(details).where(details.c.id == row.id))
