"""Words that a shop's menu does not have and its customers use: proposed by corrections, decided by the owner."""

from collections.abc import Mapping
from enum import StrEnum

from core.frozen import frozen

ENOUGH = 3
"""So many different customers make a proposal active where nobody has decided."""
MOST_A_DAY = 5
"""To so many words a day one customer's corrections count."""


class WordState(StrEnum):
    """Where a learned word stands; only an active one is read."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    DECLINED = "declined"
    REVOKED = "revoked"


WORD: Mapping[WordState, frozenset[WordState]] = {
    WordState.PROPOSED: frozenset({WordState.ACTIVE, WordState.DECLINED}),
    WordState.ACTIVE: frozenset({WordState.REVOKED}),
    WordState.DECLINED: frozenset({WordState.ACTIVE}),
    WordState.REVOKED: frozenset({WordState.ACTIVE}),
}
"""What may follow; customers propose what was declined or revoked no more, /means may make it active."""


@frozen
class Meant:
    """A product (`sku`), or a value of an option group."""

    sku: str = ""
    group: str = ""
    value: str = ""


@frozen
class LearnedWord:
    """Words as somebody wrote them, and what they mean."""

    id: int
    words: str
    key: str
    """The same for all forms of the words."""
    meaning: Meant
    state: WordState = WordState.PROPOSED
    version: int = 1
    """Grows by one with each decision."""
    customers: int = 0
    """How many different customers meant it so."""
