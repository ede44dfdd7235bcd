"""The inbox: raw messages as they came, kept before anybody is told that they arrived."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.documents import Timer
from core.frozen import frozen
from core.people import Channel
from storage.columns import is_one_of, storable
from storage.tables import inbox, mail_places, order_events

LONGEST_ERROR = 2000
"""Characters of what went wrong that are kept."""


@frozen
class MailPlace:
    """Where a raw copy was found; the same mail may be found in several places."""

    account: str
    folder: str
    uidvalidity: int
    uid: int


@frozen
class RawMessage:
    """A message as it came; `key` tells doubles (unique per channel), `lane` whose turn it keeps."""

    channel: Channel
    key: str
    lane: str
    raw: bytes
    received: datetime
    place: MailPlace | None = None


@frozen
class Waiting:
    """A row that is to be handled."""

    id: int
    channel: Channel
    key: str
    lane: str
    raw: bytes
    received: datetime
    attempts: int


def _insert_if_new(dialect: str) -> Any:
    made = sqlite.insert(inbox) if dialect == "sqlite" else postgresql.insert(inbox)
    return made.on_conflict_do_nothing(index_elements=["channel", "key"]).returning(inbox.c.id)


def _note_place(dialect: str) -> Any:
    made = sqlite.insert(mail_places) if dialect == "sqlite" else postgresql.insert(mail_places)
    return made.on_conflict_do_nothing(index_elements=["account", "folder", "uidvalidity", "uid"])


_NOTE_PLACE = {dialect: _note_place(dialect) for dialect in ("sqlite", "postgresql")}
_INSERT = {dialect: _insert_if_new(dialect) for dialect in ("sqlite", "postgresql")}
_KNOWN = select(inbox.c.id, inbox.c.digest).where(
    inbox.c.channel == bindparam("way"), inbox.c.key == bindparam("known_key")
)
_SHAPE = (inbox.c.id, inbox.c.channel, inbox.c.key, inbox.c.lane, inbox.c.raw, inbox.c.received, inbox.c.attempts)
_DUE = (
    select(*_SHAPE)
    .where(is_one_of(inbox.c.state, "received"), or_(inbox.c.next_try.is_(None), inbox.c.next_try <= bindparam("now")))
    .order_by(inbox.c.id)
    .limit(bindparam("most"))
)
_earlier = inbox.alias("earlier")
# Several processes: whoever works on a lane has its first row locked, and while that row
# is not done, later ones of the lane are nobody's turn. One that failed lets others pass.
_DUE_OF_MANY = _DUE.where(
    ~exists().where(
        _earlier.c.lane == inbox.c.lane,
        is_one_of(_earlier.c.state, "received"),
        _earlier.c.attempts == 0,
        _earlier.c.id < inbox.c.id,
    )
).with_for_update(skip_locked=True)
_MARK = (
    update(inbox)
    .where(inbox.c.id == bindparam("b_id"))
    .values(state=bindparam("v_state"), rule=bindparam("v_rule"), handled=bindparam("v_at"), error="")
)


class Inbox:
    """What came in, and what became of it."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def receive(self, messages: Sequence[RawMessage]) -> int:
        """Keep raw messages; doubles are told by their key. Returns how many are new.

        The same key with other content is kept as a row of its own, and a tick raises the alarm.
        """
        return sum([await self._keep(message) for message in messages])

    async def _keep(self, message: RawMessage) -> bool:
        digest = hashlib.sha256(message.raw).hexdigest()
        row_id = await self._add(message, message.key, digest)
        fresh = row_id is not None
        if row_id is None:
            known = await self._known(message)
            row_id = known[0]
            # A mail is told by its words, not by its bytes: a copy may have other trace headers.
            if known[1] != digest and message.channel is not Channel.MAIL:
                fresh = await self._keep_changed(message, digest)
        if message.place is not None:
            await self._note_place(message.place, row_id)
        return fresh

    async def _keep_changed(self, message: RawMessage, digest: str) -> bool:
        changed = await self._add(message, f"{message.key}#{digest[:16]}", digest)
        if changed is None:
            return False
        alarm = Timer("alarm", f"changed_message:{changed}", message.received)
        await self.add_ticks((alarm,), message.received)
        return True

    async def _add(self, message: RawMessage, key: str, digest: str) -> int | None:
        row = {
            "channel": message.channel,
            "key": key,
            "digest": digest,
            "lane": message.lane,
            "raw": message.raw,
            "received": message.received,
            "state": "received",
        }
        made = await self.connection.execute(_INSERT[self.connection.dialect.name], row)
        return made.scalar_one_or_none()

    async def _known(self, message: RawMessage) -> tuple[int, str]:
        row = (await self.connection.execute(_KNOWN, {"way": message.channel, "known_key": message.key})).one()
        return row.id, row.digest

    async def _note_place(self, place: MailPlace, inbox_id: int) -> None:
        row = {
            "account": place.account,
            "folder": place.folder,
            "uidvalidity": place.uidvalidity,
            "uid": place.uid,
            "inbox_id": inbox_id,
        }
        await self.connection.execute(_NOTE_PLACE[self.connection.dialect.name], row)

    async def known_uids(self, account: str, folder: str, uidvalidity: int) -> set[int]:
        """UIDs of a folder that are kept already."""
        wanted = select(mail_places.c.uid).where(
            mail_places.c.account == account,
            mail_places.c.folder == folder,
            mail_places.c.uidvalidity == uidvalidity,
        )
        return set((await self.connection.execute(wanted)).scalars())

    async def add_ticks(self, timers: Sequence[Timer], now: datetime) -> None:
        """Ticks of the clock come in like everything else, keyed by job, subject and due time."""
        for timer in timers:
            due = timer.due.isoformat()
            raw = json.dumps({"job": timer.job, "subject": timer.subject, "due": due}).encode()
            key = f"{timer.job}:{timer.subject}:{due}"
            message = RawMessage(Channel.CLOCK, key, f"clock:{timer.job}:{timer.subject}", raw, now)
            await self._add(message, key, hashlib.sha256(raw).hexdigest())

    async def waiting(self, now: datetime, most: int) -> tuple[Waiting, ...]:
        """The next rows whose turn it is, oldest first; on PostgreSQL they are locked."""
        query = _DUE if self.connection.dialect.name == "sqlite" else _DUE_OF_MANY
        rows = (await self.connection.execute(query, {"now": now, "most": most})).all()
        return tuple(
            Waiting(row.id, Channel(row.channel), row.key, row.lane, row.raw, row.received, row.attempts)
            for row in rows
        )

    async def of_order(self, order_id: int, most: int = 30) -> tuple[tuple[Channel, bytes], ...]:
        """The messages that changed an order, newest first."""
        wanted = (
            select(inbox.c.channel, inbox.c.raw)
            .where(inbox.c.id.in_(select(order_events.c.inbox_id).where(order_events.c.order_id == order_id)))
            .order_by(inbox.c.id.desc())
            .limit(most)
        )
        return tuple((Channel(row.channel), row.raw) for row in (await self.connection.execute(wanted)).all())

    async def next_retry(self) -> datetime | None:
        """When the next failed row is due again."""
        wanted = select(func.min(inbox.c.next_try)).where(is_one_of(inbox.c.state, "received"))
        due: datetime | None = (await self.connection.execute(wanted)).scalar_one_or_none()
        return due

    async def mark(self, inbox_id: int, state: str, rule: str, now: datetime) -> None:
        """Handled or ignored, and which rule decided."""
        await self.connection.execute(_MARK, {"b_id": inbox_id, "v_state": state, "v_rule": rule, "v_at": now})

    async def fail(self, inbox_id: int, error: str, next_try: datetime | None) -> None:
        """It failed: again at `next_try`; None: it rests as dead."""
        await self.connection.execute(
            update(inbox)
            .where(inbox.c.id == inbox_id)
            .values(
                attempts=inbox.c.attempts + 1,
                error=storable(error, LONGEST_ERROR),
                next_try=next_try,
                state="dead" if next_try is None else "received",
            )
        )

    async def replay(self, inbox_id: int) -> bool:
        """A dead or quarantined row waits again; False if there is none."""
        resting = inbox.c.state.in_(["dead", "quarantined"])
        changed = await self.connection.execute(
            update(inbox).where(inbox.c.id == inbox_id, resting).values(state="received", attempts=0, next_try=None)
        )
        return changed.rowcount > 0

    async def dead(self) -> tuple[tuple[int, str, str], ...]:
        """Rows that rest: id, channel, error."""
        wanted = select(inbox.c.id, inbox.c.channel, inbox.c.error).where(is_one_of(inbox.c.state, "dead"))
        return tuple((row.id, row.channel, row.error) for row in (await self.connection.execute(wanted)).all())

    async def depth(self) -> tuple[int, datetime | None, int]:
        """How many wait, since when the oldest does, how many are dead."""
        waits = select(func.count(), func.min(inbox.c.received)).where(is_one_of(inbox.c.state, "received"))
        count, oldest = (await self.connection.execute(waits)).one()
        dead = select(func.count()).where(is_one_of(inbox.c.state, "dead"))
        return count, oldest, (await self.connection.execute(dead)).scalar_one()
