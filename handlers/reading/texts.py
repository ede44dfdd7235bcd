"""Texts that know their words, and an index by words: most wordings need not be looked for in most texts.

A run is a sequence of letters between anything else, in one spelling for all that patterns take for the same:
small letters without accents, ä as ae. What a pattern finds has its runs among those of the text, so a pattern whose
runs are not all there need not be tried.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from string import digits
from typing import Any, Generic, TypeVar

from handlers.reading.word_lists import word_list

_RUN = re.compile(r"[^\W\d_]+")
_PLAIN = re.compile(r"[a-z]+")
"""Most words of our lists: a run of their own."""
_NUMBER = re.compile(r"\d+")
# Patterns that ignore case take a dotless i and a dotted capital I for an i.
_LATIN = map(chr, range(0xC0, 0x250))
_ONE_SPELLING = str.maketrans(
    {letter: plain for letter in _LATIN if (plain := unicodedata.normalize("NFKD", letter)[0]) != letter}
    | {"ä": "ae", "Ä": "ae", "ö": "oe", "Ö": "oe", "ü": "ue", "Ü": "ue", "œ": "oe", "Œ": "oe", "ı": "i", "İ": "i"},
)

Runs = frozenset[str]
COMMON = 100_000
"""More than any word is in our lists."""


class Text(str):
    """A text that is searched for many things; its runs are worked out when they are first asked for."""

    __slots__ = ("_in_order", "_most_digits", "_runs", "heard", "may_say", "whole")
    _most_digits: int | None
    _in_order: list[str] | None
    _runs: Runs | None
    whole: "Text"
    """What it is a part of, else itself: what may be in the whole is worked out once, and for no part of it."""
    may_say: dict[tuple[str, ...], frozenset[str]]
    """Of a whole, by languages: the lists of which a wording may be in it (see wordings.py)."""
    heard: dict[Hashable, Sequence[Any]]
    """Of a whole, by list: the wordings that may be in it."""

    def __init__(self, _: str) -> None:
        self.whole = self
        self._in_order = self._runs = self._most_digits = None
        self.may_say = {}
        self.heard = {}

    @classmethod
    def of(cls, text: str) -> "Text":
        return text if isinstance(text, Text) else cls(text)

    def less(self, rest: str) -> "Text":
        """What is left when something was taken out between words."""
        part = Text(rest)
        part.whole = self.whole
        return part

    @property
    def in_order(self) -> list[str]:
        """Its runs as they follow each other."""
        if self._in_order is None:
            self._in_order = runs_of(self)
        return self._in_order

    @property
    def runs(self) -> Runs:
        if self._runs is None:
            self._runs = frozenset(self.in_order)
        return self._runs

    @property
    def most_digits(self) -> int:
        """The digits of its longest number: without four of them no order is named, and no postcode."""
        if self._most_digits is None:
            # What is left of a text has none that the whole has not; a search of letters takes longer than ten looks.
            may_have = self.whole.most_digits if self.whole is not self else may_have_digits(self)
            self._most_digits = max(map(len, _NUMBER.findall(self)), default=0) if may_have else 0
        return self._most_digits

    @property
    def has_digit(self) -> bool:
        return self.most_digits > 0


def may_have_digits(text: str) -> bool:
    return not text.isascii() or any(map(text.__contains__, digits))


def runs_of(text: str) -> list[str]:
    """The runs of a text, in their order."""
    if text.isascii():
        return _RUN.findall(text.lower())
    # Letters first: what case folding makes of other signs may be letters.
    return " ".join(_RUN.findall(text)).translate(_ONE_SPELLING).casefold().split()


def all_runs(text: str, *, joints: str = "") -> Runs:
    """All runs that may stand where `text` does, joints left out or not."""
    chains = [
        [run for piece in re.split(f"[{re.escape(joints)}]", chain) for run in runs_of(piece)]
        for chain in _chains(text, joints)
    ]
    return frozenset(
        "".join(chain[first:last])
        for chain in chains
        for first in range(len(chain))
        for last in range(first + 1, len(chain) + 1)
    )


def longest_run(text: str, *, joints: str = "") -> Runs:
    """One of these runs stands where `text` does: its longest one, also joined to its neighbours.

    `joints` are signs that a pattern lets be left out. Empty if the text has no letters.
    """
    if _PLAIN.fullmatch(text):
        return frozenset([text])
    chains = [
        [run for piece in re.split(f"[{re.escape(joints)}]", chain) for run in runs_of(piece)] if joints else [chain]
        for chain in _chains(text, joints)
    ]
    places = [(len(run), chain, at) for chain in chains for at, run in enumerate(chain)]
    if not places:
        return frozenset()
    # Of two as long the last: "I" is in many texts, the d of "I'd" in few.
    _, chain, at = max(places, key=lambda place: (place[0], place[2]))
    return frozenset("".join(chain[first:last]) for first in range(at + 1) for last in range(at + 1, len(chain) + 1))


def spellings_in_runs(text: str, *, joints: str = "") -> tuple[tuple[str, ...], ...]:
    """The runs that stand where `text` does, in their order; for each sign that may be left out, also joined there."""
    if _PLAIN.fullmatch(text):
        return ((text,),)
    chains = [
        [run for piece in re.split(f"[{re.escape(joints)}]", chain) for run in runs_of(piece)]
        for chain in _chains(text, joints)
    ]
    spelled: list[tuple[str, ...]] = [()]
    for chain in chains:
        spelled = [(*before, *said) for before in spelled for said in _joined(chain)]
    return tuple(spelled)


def _joined(chain: Sequence[str]) -> list[tuple[str, ...]]:
    """A chain of runs, each joint left out or not."""
    if len(chain) < 2:
        return [tuple(chain)]
    first, *rest = chain
    apart = _joined(rest)
    return [*((first, *said) for said in apart), *((first + said[0], *said[1:]) for said in apart)]


def _chains(text: str, joints: str) -> Iterator[str]:
    """Runs with nothing but joints between them."""
    if not joints:
        yield from runs_of(text)
        return
    yield from re.findall(rf"(?:[^\W\d_]|[{re.escape(joints)}])+", text)


@cache
def _common() -> Mapping[str, int]:
    """The small words of each language: any text has some of them."""
    return Counter(
        {run: COMMON for words in word_list("languages").values() for word in words for run in runs_of(word)}
    )


Label = TypeVar("Label", bound=Hashable)


class RunIndex(Generic[Label]):
    """Which of many wordings have all their words among the runs of a text: each run is looked up once.

    A wording is given as a label, which several may share, and what it needs: of each of the sets one run. With no
    needs it may stand anywhere.
    """

    def __init__(self, wordings: Iterable[tuple[Label, Sequence[Runs]]]) -> None:
        self._anywhere: set[Label] = set()
        sure: defaultdict[str, set[Label]] = defaultdict(set)
        others: defaultdict[str, defaultdict[str, list[tuple[Label, list[Runs]]]]] = defaultdict(
            lambda: defaultdict(list)
        )
        given = list(wordings)
        frequency = Counter(run for _, needs in given for need in needs for run in need)
        common = _common()
        for label, needs in given:
            # By the need whose runs are the rarest: those of "I", "the" and "order" are in every text.
            first, *more = sorted(needs, key=lambda need: max(common[run] + frequency[run] for run in need)) or [
                frozenset()
            ]
            if not first:
                self._anywhere.add(label)
            for run in first:
                if not more:
                    sure[run].add(label)
                for second in more[0] if more else ():
                    others[run][second].append((label, more[1:]))
        self._runs = frozenset((*sure, *others))
        self._by_run: dict[str, tuple[set[Label], Runs, Mapping[str, list[tuple[Label, list[Runs]]]]]] = {
            run: (sure.get(run, set()), frozenset(others.get(run, ())), others.get(run, {})) for run in self._runs
        }
        """To the labels of what needs nothing else, and by a second run to those of what needs that and more."""

    def heard(self, runs: Runs) -> set[Label]:
        """The labels of what may be in a text with these runs."""
        heard = set(self._anywhere)
        for run in self._runs & runs:
            sure, seconds, others = self._by_run[run]
            heard.update(sure)
            if seconds.isdisjoint(runs):
                continue
            for second in seconds & runs:
                for label, more in others[second]:
                    if label not in heard and not any(map(runs.isdisjoint, more)):
                        heard.add(label)
        return heard
