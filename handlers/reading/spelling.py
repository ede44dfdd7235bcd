"""Misspelled words and what they were meant to be."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from rapidfuzz.distance import OSA

from handlers.reading.tokens import stem

SHORTEST = 4
LONGEST = 24
LONG = 8
"""Words of this length may have two letters wrong."""
MOST_NEAR = 100
"""So many words are compared for one clue."""


class SpellingIndex:
    """Words found by what a misspelling leaves of them: as fast for ten words as for a million.

    A word and its misspelling share a clue: what is left when each loses at most one letter, or of long
    words the beginning or the end. The distance (optimal string alignment: wrong, missing, surplus or
    swapped letters) then decides. From `free` letters on any letter may be wrong.
    """

    def __init__(self, words: Iterable[str], free: int = 5) -> None:
        self._free = free
        self._words = frozenset(words)

    @cached_property
    def _by_clue(self) -> Mapping[str, Sequence[str]]:
        # Made when the first word is misspelled: a start has no use for it.
        found: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(self._words):
            if len(word) >= SHORTEST and word.isalpha():
                for clue in _clues(word):
                    found[clue].append(word)
        return found

    def nearest(self, word: str) -> str | None:
        """The one word that `word` most likely is a misspelling of."""
        found = self.all_nearest(word)
        return found[0] if len({stem(near) for near in found}) == 1 else None

    def all_nearest(self, word: str) -> list[str]:
        """The words that are equally near, and near enough."""
        if not SHORTEST <= len(word) <= LONGEST:
            return []
        found = {near for clue in _clues(word) for near in self._by_clue.get(clue, ())[:MOST_NEAR]}
        distances = {near: OSA.distance(word, near) for near in found}
        allowed = [near for near in sorted(found) if _near_enough(word, near, distances[near], self._free)]
        least = min((distances[near] for near in allowed), default=0)
        return [near for near in allowed if distances[near] == least]


def _clues(word: str) -> set[str]:
    clues = {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}
    if len(word) >= LONG:
        clues |= {word[:4] + "…", "…" + word[-4:]}
    return clues


def _near_enough(word: str, near: str, distance: int, free: int) -> bool:
    """Words under `free` letters are like too many others: there only swapped or doubled letters count."""
    if word[0] != near[0] and min(len(word), len(near)) < 6:
        return False
    if min(len(word), len(near)) < free:
        return distance == 1 and (sorted(word) == sorted(near) or set(word) == set(near))
    return distance <= (2 if min(len(word), len(near)) >= LONG else 1)
