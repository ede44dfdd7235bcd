"""The outbox: letters waiting to be delivered, and the cards that stand in chats.

A letter is born in the transaction of the act that caused it. The sender claims,
delivers, marks; after a crash what was claimed may have arrived (`recover`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.documents import Photo
from core.people import Channel
from storage.columns import is_one_of, storable
from storage.letters import Letter, LetterPhoto, NewLetter, SentLetter
from storage.pictures import Pictures
from storage.tables import cards, files, letters

__all__ = ["Letter", "LetterPhoto", "NewLetter", "Outbox", "SentLetter"]

LEASE = timedelta(minutes=15)
"""Longer than any delivery takes: a mail server may think about a mail for ten minutes."""
LONGEST_WHY = 500
"""Characters of a server's answer that are kept."""

_INSERT = insert(letters)
# The first of each address only: a chat for which thousands wait must not stand before the others.
_FIRST = (
    select(func.min(letters.c.id))
    .where(letters.c.channel == bindparam("way"), is_one_of(letters.c.state, "pending", "claimed"))
    .group_by(letters.c.address)
)
_FIRST_OF_EACH = (
    select(letters)
    .where(
        letters.c.id.in_(_FIRST),
        letters.c.state == "pending",
        or_(letters.c.next_try.is_(None), letters.c.next_try <= bindparam("now")),
    )
    .order_by(letters.c.id)
)
_SAME_CARD = (
    select(letters.c.id, letters.c.fresh)
    .where(
        letters.c.channel == bindparam("way"),
        letters.c.address == bindparam("to"),
        letters.c.card == bindparam("subject"),
        is_one_of(letters.c.state, "pending", "claimed"),
        letters.c.state == "pending",
    )
    .order_by(letters.c.id)
)
_CLAIM = update(letters).where(letters.c.id == bindparam("b_id")).values(state="claimed", next_try=bindparam("v_until"))
_CLAIM_MAIL = _CLAIM.values(message_id=bindparam("v_message_id"))
_CARD = select(cards.c.message).where(
    cards.c.channel == bindparam("way"), cards.c.address == bindparam("to"), cards.c.card == bindparam("subject")
)
_MARK_SENT = (
    update(letters)
    .where(letters.c.id == bindparam("b_id"))
    .values(
        state="sent",
        sent=bindparam("v_at"),
        sent_as=bindparam("v_as"),
        attempts=letters.c.attempts + 1,
        why=bindparam("v_why"),
    )
)


class Outbox:
    """Everything that was said, or waits to be."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def add(self, new: Sequence[NewLetter], *, inbox_id: int | None, now: datetime) -> None:
        """Put letters in, at least one."""
        await self.connection.execute(_INSERT, [_row(letter, inbox_id, now) for letter in new])

    async def claim(
        self,
        channel: Channel,
        now: datetime,
        most: int,
        may: Callable[[str], bool],
        message_id: Callable[[int], str] | None = None,
    ) -> tuple[Letter, ...]:
        """Take letters to deliver: the oldest of each address for which `may(address)` says yes.

        Of several waiting edits of one card only the newest goes out. A mail gets its Message-ID when it is taken
        first, from its row's id by `message_id`, and keeps it over all tries.
        """
        query = _FIRST_OF_EACH
        if self.connection.dialect.name != "sqlite":
            query = query.with_for_update(skip_locked=True)
        while True:
            rows = (await self.connection.execute(query, {"way": channel, "now": now})).all()
            chosen = list(islice((row for row in rows if may(row.address)), most))
            folded = [await self._fold(row) for row in chosen if row.card]
            if not any(folded):
                break
        claimed = [await self._letter(row) for row in chosen]
        until = now + LEASE
        if claimed and message_id is not None:
            claimed = [replace(one, message_id=one.message_id or message_id(one.id)) for one in claimed]
            taken = [{"b_id": one.id, "v_until": until, "v_message_id": one.message_id} for one in claimed]
            await self.connection.execute(_CLAIM_MAIL, taken)
        elif claimed:
            await self.connection.execute(_CLAIM, [{"b_id": one.id, "v_until": until} for one in claimed])
        return tuple(claimed)

    async def _fold(self, row: Row[Any]) -> bool:
        """Of the waiting letters of this one's card only the newest stays; returns whether any was folded into it."""
        given = {"way": row.channel, "to": row.address, "subject": row.card}
        *older, newest = (await self.connection.execute(_SAME_CARD, given)).all()
        if not older:
            return False
        gone = letters.c.id.in_([one.id for one in older])
        await self.connection.execute(update(letters).where(gone).values(state="folded"))
        # Where one of them was to be posted anew, the one that stays is.
        if any(one.fresh for one in older):
            await self.connection.execute(update(letters).where(letters.c.id == newest.id).values(fresh=True))
        return True

    async def _letter(self, row: Row[Any]) -> Letter:
        stands = None
        if row.card:
            given = {"way": row.channel, "to": row.address, "subject": row.card}
            stands = (await self.connection.execute(_CARD, given)).scalar_one_or_none()
        return Letter(
            id=row.id,
            channel=Channel(row.channel),
            address=row.address,
            notice=row.notice,
            text=row.text,
            html=row.html,
            subject=row.subject,
            buttons=tuple(tuple((label, data) for label, data in line) for line in row.buttons),
            photos=tuple([await self._photo(one) for one in row.photos]),
            card=row.card,
            edits=None if row.fresh else stands,
            replaces=stands if row.fresh else None,
            topic=row.topic,
            reply_to=row.reply_to,
            references=tuple(row.refs),
            message_id=row.message_id,
            asks_contact=row.asks_contact,
            asks_location=row.asks_location,
            reminder=row.reminder,
            is_answer=row.is_answer,
            attempts=row.attempts,
            uncertain=row.uncertain,
        )

    async def _photo(self, kept: dict[str, Any]) -> LetterPhoto:
        if "picture" in kept:
            return await Pictures(self.connection).photo(kept["picture"])
        if kept["telegram"]:
            return LetterPhoto(telegram_file=kept["telegram"])
        found = await self.connection.execute(select(files).where(files.c.id == kept["file"]))
        row = found.one()
        return LetterPhoto(name=row.name, mime=row.mime, data=row.content or b"")

    async def sent(self, letter: Letter, sent_as: str, now: datetime, why: str = "") -> None:
        """It arrived; a card remembers the message that it is now."""
        await self.connection.execute(_MARK_SENT, {"b_id": letter.id, "v_at": now, "v_as": sent_as, "v_why": why})
        if letter.card and sent_as != letter.edits:
            mine = (cards.c.channel == letter.channel, cards.c.address == letter.address, cards.c.card == letter.card)
            moved = await self.connection.execute(update(cards).where(*mine).values(message=sent_as))
            if moved.rowcount == 0:
                row = {"channel": letter.channel, "address": letter.address, "card": letter.card, "message": sent_as}
                await self.connection.execute(insert(cards).values(**row))

    async def again(self, letter: Letter, at: datetime, why: str, *, uncertain: bool = False) -> None:
        """Not now: try again at `at`. Once uncertain, always uncertain."""
        kept = storable(why, LONGEST_WHY)
        values: dict[str, Any] = {"state": "pending", "attempts": letters.c.attempts + 1, "next_try": at, "why": kept}
        if uncertain:
            values["uncertain"] = True
        await self.connection.execute(update(letters).where(letters.c.id == letter.id).values(**values))

    async def end(self, letter_id: int, state: str, why: str) -> None:
        """It will not be delivered: failed, or abandoned where a repeat would be worse than silence."""
        await self.connection.execute(
            update(letters)
            .where(letters.c.id == letter_id)
            .values(state=state, why=storable(why, LONGEST_WHY), attempts=letters.c.attempts + 1)
        )

    async def recover(self, now: datetime, *, alone: bool) -> tuple[int, ...]:
        """After a crash: what was claimed may have arrived. Edits simply go again. Returns the uncertain ones.

        `alone` says that no other process sends: then whatever is claimed is left over; else what is claimed too long.
        """
        left = select(letters).where(is_one_of(letters.c.state, "pending", "claimed"), letters.c.state == "claimed")
        if not alone:
            left = left.where(letters.c.next_try <= now).with_for_update(skip_locked=True)
        rows = (await self.connection.execute(left)).all()
        uncertain = []
        for row in rows:
            letter = await self._letter(row)
            sure = letter.edits is not None
            state = "abandoned" if row.reminder and not sure else "pending"
            await self.connection.execute(
                update(letters)
                .where(letters.c.id == row.id)
                .values(
                    state=state,
                    uncertain=row.uncertain or not sure,
                    next_try=None,
                    why="" if sure else "stopped while sending",
                )
            )
            if not sure:
                uncertain.append(row.id)
        return tuple(uncertain)

    async def card_message(self, channel: Channel, address: str, card: str) -> str | None:
        """The message that is the live one of this subject in a chat."""
        given = {"way": channel, "to": address, "subject": card}
        message: str | None = (await self.connection.execute(_CARD, given)).scalar_one_or_none()
        return message

    async def move_chat(self, old: str, new: str) -> None:
        """A group became a supergroup: waiting letters follow; its cards are posted anew."""
        telegram = letters.c.channel == Channel.TELEGRAM
        waiting = is_one_of(letters.c.state, "pending", "claimed")
        await self.connection.execute(
            update(letters).where(telegram, letters.c.address == old, waiting).values(address=new)
        )
        await self.connection.execute(delete(cards).where(cards.c.channel == Channel.TELEGRAM, cards.c.address == old))

    async def waiting_new_cards(self, address: str, notices: Iterable[str]) -> tuple[tuple[int, int], ...]:
        """Letters to this chat that would post a new card: (letter id, order id)."""
        there = select(cards.c.card).where(cards.c.channel == Channel.TELEGRAM, cards.c.address == address)
        wanted = select(letters.c.id, letters.c.order_id).where(
            is_one_of(letters.c.state, "pending", "claimed"),
            letters.c.state == "pending",
            letters.c.channel == Channel.TELEGRAM,
            letters.c.address == address,
            letters.c.notice.in_(tuple(notices)),
            or_(letters.c.fresh, letters.c.card.not_in(there)),
        )
        rows = (await self.connection.execute(wanted.order_by(letters.c.id))).all()
        return tuple((row.id, row.order_id) for row in rows)

    async def depth(self) -> tuple[int, datetime | None]:
        """How many wait, and since when the oldest does."""
        wanted = select(func.count(), func.min(letters.c.created)).where(
            is_one_of(letters.c.state, "pending", "claimed")
        )
        count, oldest = (await self.connection.execute(wanted)).one()
        return count, oldest


def _row(letter: NewLetter, inbox_id: int | None, now: datetime) -> dict[str, Any]:
    return {
        "channel": letter.channel,
        "address": letter.address,
        "contact_id": letter.contact_id,
        "order_id": letter.order_id,
        "inbox_id": inbox_id,
        "notice": letter.notice,
        "about": letter.about,
        "card": letter.card,
        "subject": letter.subject,
        "text": letter.text,
        "html": letter.html,
        "buttons": letter.buttons,
        "photos": [_kept(photo) for photo in letter.photos],
        "topic": letter.topic,
        "reply_to": letter.reply_to,
        "refs": letter.references,
        "fresh": letter.fresh,
        "asks_contact": letter.asks_contact,
        "asks_location": letter.asks_location,
        "reminder": letter.reminder,
        "is_answer": letter.is_answer,
        "state": "pending",
        "created": now,
    }


def _kept(photo: Photo) -> dict[str, Any]:
    if photo.picture is not None:
        return {"picture": photo.picture}
    return {"file": photo.id, "telegram": photo.telegram_file}
