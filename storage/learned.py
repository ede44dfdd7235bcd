"""Learned words: what a correction proposed, who meant it so, and what the owner said to it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.errors import NotThere, Stale
from core.learning import WORD, LearnedWord, Meant, WordState
from storage.facts import LEARNED, Facts
from storage.tables import learned_words, word_confirmations

_CUSTOMERS = (
    select(func.count(word_confirmations.c.id))
    .where(word_confirmations.c.word_id == learned_words.c.id)
    .scalar_subquery()
    .label("customers")
)
_WORDS = select(learned_words, _CUSTOMERS)
_SAME = _WORDS.where(
    learned_words.c.key == bindparam("b_key"),
    learned_words.c.sku == bindparam("b_sku"),
    learned_words.c.option_group == bindparam("b_group"),
    learned_words.c.option_value == bindparam("b_value"),
)
_LISTED = (
    _WORDS.where(learned_words.c.state.in_((WordState.ACTIVE, WordState.PROPOSED)))
    .order_by(learned_words.c.state, learned_words.c.words, learned_words.c.id)
    .limit(bindparam("most"))
)
"""In the order of the alphabet active ones come first."""


class LearnedWords:
    """One row for each meaning of the same words; at most one of them is active."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def active(self) -> tuple[LearnedWord, ...]:
        """All that are read."""
        of_state = _WORDS.where(learned_words.c.state == WordState.ACTIVE).order_by(learned_words.c.id)
        return _all((await self.connection.execute(of_state)).all())

    async def listed(self, most: int) -> tuple[LearnedWord, ...]:
        """Those that are read, then those that wait for the owner."""
        return _all((await self.connection.execute(_LISTED, {"most": most})).all())

    async def to_change(self, word_id: int, version: int) -> LearnedWord:
        """The word as it was when its button was drawn. Raises NotThere, Stale."""
        row = (await self.connection.execute(_WORDS.where(learned_words.c.id == word_id))).one_or_none()
        if row is None:
            raise NotThere
        word = _word(row)
        if word.version != version:
            raise Stale(number=None, state=word.state)
        return word

    async def put(self, key: str, words: str, meaning: Meant, now: datetime) -> LearnedWord:
        """These words with this meaning, as known or as a new proposal."""
        given = {"b_key": key, "b_sku": meaning.sku, "b_group": meaning.group, "b_value": meaning.value}
        row = (await self.connection.execute(_SAME, given)).one_or_none()
        if row is None:
            made = insert(learned_words).values(
                key=key,
                words=words,
                sku=meaning.sku,
                option_group=meaning.group,
                option_value=meaning.value,
                state=WordState.PROPOSED,
                version=1,
                created=now,
            )
            await self.connection.execute(made)
            row = (await self.connection.execute(_SAME, given)).one()
        return _word(row)

    async def confirm(self, word: LearnedWord, customer_id: int, now: datetime) -> LearnedWord | None:
        """One more customer meant it so; None for one who said so before."""
        mine = (word_confirmations.c.word_id == word.id, word_confirmations.c.customer_id == customer_id)
        if (await self.connection.execute(select(word_confirmations.c.id).where(*mine))).first() is not None:
            return None
        made = insert(word_confirmations).values(word_id=word.id, customer_id=customer_id, at=now)
        await self.connection.execute(made)
        return _word((await self.connection.execute(_WORDS.where(learned_words.c.id == word.id))).one())

    async def confirmed_since(self, customer_id: int, since: datetime) -> int:
        """How many words this customer has meant since."""
        mine = select(func.count(word_confirmations.c.id)).where(
            word_confirmations.c.customer_id == customer_id, word_confirmations.c.at >= since
        )
        return (await self.connection.execute(mine)).scalar_one()

    async def turn(self, word: LearnedWord, state: WordState, now: datetime, staff_id: int | None) -> LearnedWord:
        """The word in another state. Raises Stale if that does not follow, or somebody decided first."""
        if state not in WORD[word.state]:
            raise Stale(number=None, state=word.state)
        changed = (
            update(learned_words)
            .where(learned_words.c.id == word.id, learned_words.c.version == word.version)
            .values(state=state, version=word.version + 1, decided=now, staff_id=staff_id)
        )
        if (await self.connection.execute(changed)).rowcount == 0:
            raise Stale(number=None, state=word.state)
        if WordState.ACTIVE in {word.state, state}:
            await self._count_edition()
        return _word((await self.connection.execute(_WORDS.where(learned_words.c.id == word.id))).one())

    async def rivals(self, word: LearnedWord) -> tuple[LearnedWord, ...]:
        """The same words with other meanings that wait, or are active."""
        others = _WORDS.where(
            learned_words.c.key == word.key,
            learned_words.c.id != word.id,
            learned_words.c.state.in_((WordState.ACTIVE, WordState.PROPOSED)),
        )
        return _all((await self.connection.execute(others.order_by(learned_words.c.id))).all())

    async def _count_edition(self) -> None:
        facts = Facts(self.connection)
        await facts.put(LEARNED, str(int(await facts.get(LEARNED) or 0) + 1))


def _all(rows: Sequence[object]) -> tuple[LearnedWord, ...]:
    return tuple(map(_word, rows))


def _word(row: object) -> LearnedWord:
    return LearnedWord(
        id=row.id,  # type: ignore[attr-defined]
        words=row.words,  # type: ignore[attr-defined]
        key=row.key,  # type: ignore[attr-defined]
        meaning=Meant(row.sku, row.option_group, row.option_value),  # type: ignore[attr-defined]
        state=WordState(row.state),  # type: ignore[attr-defined]
        version=row.version,  # type: ignore[attr-defined]
        customers=row.customers,  # type: ignore[attr-defined]
    )
