"""The messages and letters of a person made empty: those that they wrote or got, and the staff's that speak of them."""

import json
import re
from collections.abc import Callable
from email import message_from_bytes
from email.policy import compat32
from typing import Any

from sqlalchemy import and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.frozen import frozen
from core.people import Channel
from storage.tables import inbox, letters

AT_ONCE = 500
SHORTEST = 3
"""Letters of a name: a shorter one stands in half of all texts."""
HEADERS = ("from", "reply-to", "sender", "return-path")


@frozen
class Traces:
    """What leads to a person: ids, addresses, and the names and addresses by which texts speak of them."""

    customer_id: int
    contacts: frozenset[int]
    orders: frozenset[int]
    returns: frozenset[int]
    chats: frozenset[str]
    mails: frozenset[str]
    said: frozenset[str]

    @property
    def is_named(self) -> Callable[[str], bool]:
        """Whether a text has one of their names, addresses or numbers, as whole words."""
        words = [re.escape(word) for word in (*self.said, *self.mails) if len(word) >= SHORTEST]
        named = re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE) if words else None
        return lambda text: named is not None and named.search(text) is not None


async def erase_messages(connection: AsyncConnection, traces: Traces) -> int:
    """The raw messages; a mail keeps its digest, so that the mailbox's own copy is not read as a new one."""
    is_about = await _about(connection, traces)
    shape = select(inbox.c.id, inbox.c.channel, inbox.c.lane, inbox.c.raw)
    last, count = 0, 0
    while True:
        rows = (await connection.execute(shape.where(inbox.c.id > last).order_by(inbox.c.id).limit(AT_ONCE))).all()
        if not rows:
            return count
        last = rows[-1].id
        found = [row for row in rows if row.raw and is_about(row)]
        for row in found:
            empty: dict[str, Any] = {"raw": b"", "lane": "erased", "error": "", "rule": "erased", "state": "ignored"}
            if row.channel == Channel.TELEGRAM:
                empty |= {"key": f"erased:{row.id}", "digest": ""}
            await connection.execute(update(inbox).where(inbox.c.id == row.id).values(**empty))
        count += len(found)


async def _about(connection: AsyncConnection, traces: Traces) -> Callable[[Any], bool]:
    """Whether a message is theirs, or the staff's that names them or answers a card of theirs."""
    lanes = {f"mail:{address}" for address in traces.mails}
    private = tuple(f"telegram:{chat}" for chat in traces.chats)
    answered = set((await connection.execute(select(letters.c.sent_as).where(_is_theirs(traces)))).scalars())
    is_named = traces.is_named

    def is_about(row: Any) -> bool:
        if row.channel == Channel.MAIL:
            return row.lane in lanes or not traces.mails.isdisjoint(_senders(row.raw))
        if row.channel != Channel.TELEGRAM:
            return False
        if row.lane in private or row.lane.startswith(tuple(f"{lane}:" for lane in private)):
            return True
        # Customers among themselves are none of ours: only the staff's group speaks of others.
        return row.lane.startswith("telegram:-") and (_answers(row.raw, answered) or is_named(_readable(row.raw)))

    return is_about


def _senders(raw: bytes) -> set[str]:
    """All that may be an address among the headers that tell who wrote."""
    headers = message_from_bytes(raw, policy=compat32)
    said = " ".join(str(headers[name]) for name in HEADERS if headers[name])
    return {word.strip("<>,;\"'").casefold() for word in said.split()}


def _readable(raw: bytes) -> str:
    """An update with its letters as people read them: the inbox keeps it in ASCII."""
    try:
        return json.dumps(json.loads(raw), ensure_ascii=False)
    except ValueError:
        return raw.decode("utf-8", "replace")


def _answers(raw: bytes, sent_as: set[str | None]) -> bool:
    try:
        update_ = json.loads(raw)
        return str(update_["message"]["reply_to_message"]["message_id"]) in sent_as
    except (ValueError, KeyError, TypeError):
        return False


def _is_theirs(traces: Traces) -> Any:
    """Letters to them, about their orders, or about them."""
    about = [f"contact:{one}" for one in traces.contacts] + [f"return:{one}" for one in traces.returns]
    return or_(
        letters.c.contact_id.in_(traces.contacts), letters.c.order_id.in_(traces.orders), letters.c.about.in_(about)
    )


async def erase_letters(connection: AsyncConnection, traces: Traces) -> int:
    """Their words, and those of the group's letters that name them; what still waits to be sent is given up."""
    is_named = traces.is_named
    of_group = and_(letters.c.contact_id.is_(None), letters.c.order_id.is_(None))
    said = or_(letters.c.text != "", letters.c.subject != "", letters.c.html != "")
    shape = select(letters.c.id, letters.c.subject, letters.c.text, letters.c.html)
    own = (await connection.execute(select(letters.c.id).where(_is_theirs(traces), said))).scalars().all()
    spoken = (await connection.execute(shape.where(of_group, said))).all()
    named = [row.id for row in spoken if is_named(f"{row.subject}\n{row.text}\n{row.html}")]
    found = sorted({*own, *named})
    for start in range(0, len(found), AT_ONCE):
        some = letters.c.id.in_(found[start : start + AT_ONCE])
        await connection.execute(update(letters).where(some).values(**_EMPTY))
        waits = letters.c.state.in_(("pending", "claimed", "uncertain"))
        await connection.execute(update(letters).where(some, waits).values(state="abandoned"))
    await connection.execute(
        update(letters).where(letters.c.address.in_(traces.chats | traces.mails)).values(address="erased")
    )
    return len(found)


_EMPTY: dict[str, Any] = {
    "subject": "",
    "text": "",
    "html": "",
    "buttons": [],
    "photos": [],
    "reply_to": None,
    "refs": [],
    "why": "",
}
