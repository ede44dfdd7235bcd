"""A person's data taken out of every table, when they ask for it; orders, stock and money stay, and are nobody's.

Append-only ledgers hold ids and amounts alone. Whatever says who somebody is, where they live or what they wrote stands
in the tables below; a new column of that kind belongs here, and the test of erasing finds it.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import String, and_, cast, delete, exists, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.frozen import frozen
from core.people import Channel
from core.states import OPEN_STATES, OrderState, ReturnState
from storage.erasing_messages import Traces, erase_letters, erase_messages
from storage.tables import (
    allergies,
    cards,
    choices,
    contacts,
    conversations,
    customers,
    details,
    files,
    learned_words,
    order_changes,
    order_lines,
    orders,
    returns,
    timers,
    word_confirmations,
)

ON_THEIR_WAY = (ReturnState.REQUESTED, ReturnState.APPROVED)
"""Returns that still need their customer."""


@frozen
class Person:
    """One customer with all that leads to them."""

    customer_id: int
    names: tuple[str, ...]
    """The contacts by their names and addresses, for whoever is about to erase them."""
    open_orders: tuple[str, ...]
    """Orders and returns under way: they must come to their end first."""
    drafts: tuple[int, ...]


class Erasing:
    """Finds a person, and makes their rows anonymous."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def find(self, who: str) -> Person | None:
        """By mail address, by the id of a chat, or by the number of an order of theirs: "#1001"."""
        if who.startswith("#"):
            number = who[1:]
            if not (number.isascii() and number.isdecimal()) or len(number) > 15:  # fits the column
                return None
            wanted = select(orders.c.customer_id).where(orders.c.number == int(number))
        else:
            wanted = select(contacts.c.customer_id).where(contacts.c.address == who.casefold())
        found = (await self.connection.execute(wanted.limit(1))).scalar_one_or_none()
        return None if found is None else await self._person(found)

    async def _person(self, customer: int) -> Person:
        known = select(contacts.c.name, contacts.c.address).where(contacts.c.customer_id == customer)
        theirs = orders.c.customer_id == customer
        is_open = select(orders.c.number).where(theirs, orders.c.state.in_(OPEN_STATES)).order_by(orders.c.number)
        back = (
            select(orders.c.number, returns.c.seq)
            .join(returns)
            .where(theirs, returns.c.state.in_(ON_THEIR_WAY))
            .order_by(returns.c.id)
        )
        drafts = select(orders.c.id).where(theirs, orders.c.state == OrderState.DRAFT)
        run = self.connection.execute
        return Person(
            customer,
            tuple(f"{name} {address}".strip() for name, address in await run(known)),
            (
                *(f"#{number}" for (number,) in await run(is_open)),
                *(f"R-{number}-{seq}" for number, seq in await run(back)),
            ),
            tuple((await run(drafts)).scalars()),
        )

    async def erase(self, person: Person) -> dict[str, int]:
        """What was made anonymous or deleted, by kind; running it again finds nothing."""
        traces = await self._traces(person.customer_id)
        counts = {
            "messages": await erase_messages(self.connection, traces),
            "letters": await erase_letters(self.connection, traces),
            **await self._of_orders(traces),
            **await self._of_person(traces),
        }
        return {kind: count for kind, count in counts.items() if count}

    async def _traces(self, customer: int) -> Traces:
        run = self.connection.execute
        own = (await run(select(contacts).where(contacts.c.customer_id == customer))).all()
        said = (await run(select(details.c.value).where(details.c.customer_id == customer))).scalars().all()
        theirs = (await run(select(orders.c.id).where(orders.c.customer_id == customer))).scalars().all()
        back = (await run(select(returns.c.id).where(returns.c.order_id.in_(theirs)))).scalars().all()
        return Traces(
            customer,
            frozenset(row.id for row in own),
            frozenset(theirs),
            frozenset(back),
            frozenset(row.address for row in own if row.channel == Channel.TELEGRAM),
            frozenset(row.address for row in own if row.channel == Channel.MAIL),
            frozenset(filter(None, (*(row.name for row in own), *said))),
        )

    async def _of_orders(self, traces: Traces) -> dict[str, int]:
        """The words of orders, of their changes and of returns; goods, prices and times stay."""
        theirs = orders.c.customer_id == traces.customer_id
        said = or_(*(orders.c[name] != "" for name in _OF_AN_ORDER), func.length(orders.c.earlier) > len("[]"))
        of_theirs = exists().where(orders.c.id == order_lines.c.order_id, theirs)
        return {
            "orders": await self._blank(
                update(orders).where(theirs, said), {**dict.fromkeys(_OF_AN_ORDER, ""), "earlier": []}
            ),
            "order lines": await self._blank(
                update(order_lines).where(of_theirs, order_lines.c.words != ""), {"words": ""}
            ),
            "changes": await self._changes(traces),
            "returns": await self._blank(
                update(returns).where(
                    returns.c.contact_id.in_(traces.contacts),
                    or_(returns.c.words != "", returns.c.decline_reason != ""),
                ),
                {"words": "", "decline_reason": ""},
            ),
        }

    async def _changes(self, traces: Traces) -> int:
        """Lines and details of a change are JSON: what was said in them is taken out, the rest is kept."""
        change = order_changes.c
        rows = (await self.connection.execute(select(order_changes).where(change.order_id.in_(traces.orders)))).all()
        count = 0
        for row in rows:
            values: dict[str, Any] = {"words": "", "unread": []}
            for side in ("before", "after"):
                values[f"lines_{side}"] = [{**line, "words": ""} for line in getattr(row, f"lines_{side}")]
                values[f"details_{side}"] = {**getattr(row, f"details_{side}"), "address": "", "note": ""}
            if any(getattr(row, name) != value for name, value in values.items()):
                count += await self._blank(update(order_changes).where(change.id == row.id), values)
        return count

    async def _of_person(self, traces: Traces) -> dict[str, int]:
        """Where they are reached and what they said of themselves."""
        own = details.c.customer_id == traces.customer_id
        return {
            "addresses and phones": await self._blank(
                update(details).where(own, details.c.value != ""), {"value": "", "spot": None, "forgotten": True}
            ),
            "photos": await self._blank(
                update(files).where(files.c.contact_id.in_(traces.contacts), _HAS_PHOTO), _NO_PHOTO
            ),
            "allergies": await self._drop(delete(allergies).where(allergies.c.customer_id == traces.customer_id)),
            "learned words": await self._words(traces.customer_id),
            "open questions": await self._drop(
                delete(conversations).where(conversations.c.contact_id.in_(traces.contacts))
            ),
            "dishes in the making": await self._drop(delete(choices).where(choices.c.contact_id.in_(traces.contacts))),
            "timers": await self._timers(traces),
            "chats": await self._contacts(traces),
        }

    async def _words(self, customer: int) -> int:
        """Their voices; a word that nobody else meant, and that the staff did not decide on, goes with them."""
        gone = await self._drop(delete(word_confirmations).where(word_confirmations.c.customer_id == customer))
        alone = ~exists().where(word_confirmations.c.word_id == learned_words.c.id)
        if gone:
            await self._drop(delete(learned_words).where(alone, learned_words.c.staff_id.is_(None)))
        return gone

    async def _timers(self, traces: Traces) -> int:
        """Ticks that would speak to them, or of what they sent."""
        of_contact = [str(contact) for contact in traces.contacts]
        waits = [and_(timers.c.job == "unreachable", timers.c.subject.in_(of_contact))]
        waits += [and_(timers.c.job == "album", timers.c.subject.like(f"{contact}:%")) for contact in of_contact]
        return await self._drop(delete(timers).where(or_(*waits)))

    async def _contacts(self, traces: Traces) -> int:
        """The rows stay, for orders point to them; a new message of the same person meets a stranger."""
        addresses = traces.chats | traces.mails
        await self._drop(delete(cards).where(cards.c.address.in_(addresses)))
        erased = literal("erased-").concat(cast(contacts.c.id, String))
        count = await self._blank(
            update(contacts).where(contacts.c.id.in_(traces.contacts), ~contacts.c.address.like("erased-%")),
            {"address": erased, "name": "", "unreachable": True},
        )
        await self._blank(update(customers).where(customers.c.id == traces.customer_id), {"no_reminders": True})
        return count

    async def _blank(self, statement: Any, values: Mapping[str, Any]) -> int:
        return int((await self.connection.execute(statement.values(**values))).rowcount)

    async def _drop(self, statement: Any) -> int:
        return int((await self.connection.execute(statement)).rowcount)


_OF_AN_ORDER = ("note", "called", "reason", "carrier", "tracking", "tracking_link", "code")
"""What the customer or the staff wrote, and what leads to where the parcel went."""

_HAS_PHOTO = or_(files.c.telegram_file != "", files.c.content.is_not(None), files.c.caption != "")
_NO_PHOTO = {"telegram_file": "", "name": "", "mime": "", "content": None, "album": None, "caption": ""}
