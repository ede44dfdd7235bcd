"""The menu as an index over words, built once per menu: what do these words of a message name?

A phrase is looked up by its key, the joined stems of its words. So plurals, hyphens and words that
run together or apart ("bread sticks", "breadsticks") share one key, and a look-up costs the
same on a menu of ten products and of ten thousand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, NamedTuple

from core.frozen import frozen
from core.menu import Choose, Halves, Menu, OptionGroup
from handlers.reading.language import Words
from handlers.reading.remembered import Remembered
from handlers.reading.spelling import SpellingIndex
from handlers.reading.tokens import TokenKind, tokenize

FIRST_LETTERS = 3
"""By so many letters of its key it is known how many words a phrase may have."""
MOST_TARGETS = 12
"""So many things behind one part of a name are kept: more are no answer, and no question either."""
MOST_ASKED = 20_000
"""So many answers about products and options are remembered."""


class Rank(IntEnum):
    """How well words name a thing, the best first."""

    NAME = 0  # the name itself, or the code
    ALIAS = 1
    PART = 2  # some words of the name, its last one among them
    BEGINNING = 3  # some words of the name without its last one
    SYNONYM = 4
    ABSENT = 5  # what the thing is without by its name: the gluten of a gluten-free base


class Target(NamedTuple):
    """What a phrase names: a product (`sku`), or a value of an option group."""

    sku: str = ""
    group: str = ""
    value: str = ""
    rank: Rank = Rank.NAME


@frozen
class GoodsKind:
    """Products that share a category or the last word of their names; `first` in the order of the menu."""

    skus: frozenset[str]
    first: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class CompiledMenu:
    """A menu and the indexes that reading needs, as menu_compiling.py makes them."""

    menu: Menu
    names: Mapping[str, tuple[tuple[str, Target], ...]]
    """Key of a whole name or alias to its spelling and what it names."""
    parts: Mapping[str, tuple[Target, ...]]
    """Key of a part of a name to all that it could stand for."""
    kinds: Mapping[str, GoodsKind]
    """Key of a word for many goods: a category, "sandwich"."""
    tails: Mapping[str, frozenset[str]]
    """Stems of words on which several names of options of one group end (sauce, cheese), to those groups."""
    own_tails: frozenset[tuple[str, str, str]]
    """(group, value, stem of a word on which one of its longer names ends): the cheese of "old cheddar cheese"."""
    plurals: Mapping[str, tuple[Target, ...]]
    """Last words of longer names as they are written, where they end on s: the peppers of "green peppers"."""
    group_nouns: Mapping[str, frozenset[str]]
    """Stems of the last words of groups' names to those groups: cheese, bread."""
    several: Mapping[str, tuple[Target, ...]]
    """Groups of which one may choose many values, to those of their values that are no refusal."""
    head_nouns: frozenset[str]
    """Stems of words on which the names of several products end: salad, juice."""
    vocabulary: frozenset[str]
    """Stems of all words of names and aliases."""
    spelling: SpellingIndex
    longest: Mapping[str, int]
    """The first letters of a key to the most words that a phrase with such a key may have."""
    joined: Mapping[str, tuple[str, ...]]
    """Key of a product's name with "and" in it, that word left out, to the products that are called so."""
    lacking: Mapping[tuple[str, str], tuple[str, ...]]
    """Key of goods and of what some of them are without by their name, to those: lemonade and sugar."""
    offers: Mapping[tuple[str, str], tuple[str, ...]]
    """(group, value) to the products that have it, MOST_TARGETS at most."""
    halves: Mapping[str, Halves] = field(default_factory=dict)
    """Dishes that are put together from two halves."""
    learned: frozenset[str] = frozenset()
    """Keys of `names` that stand in no shop file (see learned.py)."""
    lexicons: dict[Words, Any] = field(default_factory=dict, init=False, repr=False)
    """What is known of words that were said, by the languages that they were read in (see lexicon.py)."""

    _groups: Remembered[tuple[str, Target], OptionGroup | None] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_groups", Remembered(self._group, MOST_ASKED))

    def group_of(self, sku: str, target: Target) -> OptionGroup | None:
        """The option group of the product that has this value."""
        return self._groups[sku, target]

    def has_any(self, sku: str, options: Sequence[Target]) -> bool:
        """Whether the product has one of these; asked for each option and each product that may be meant."""
        for target in options:  # noqa: SIM110  # a generator would cost more than all of it
            if self._groups[sku, target] is not None:
                return True
        return False

    def _group(self, asked: tuple[str, Target]) -> OptionGroup | None:
        sku, target = asked
        group = self.menu.by_sku[sku].by_group.get(target.group) if target.group else None
        return group if group is not None and target.value in group.by_value else None

    def without(self, key: str, sku: str) -> Target | None:
        """What the product has in place of what is refused: the gluten-free base, of gluten."""
        for target in self.parts.get(key, ()):
            group = self.group_of(sku, target) if target.rank is Rank.ABSENT else None
            if group is not None and group.choose is Choose.ONE:
                return target
        return None

    def named(self, key: str, words: str) -> tuple[Target, ...]:
        """What is called exactly so; the very spelling wins over one with the same stems."""
        entries = self.names.get(key, ())
        if len(entries) == 1:
            return (entries[0][1],)
        exact = tuple(target for spelling, target in entries if spelling == words)
        return exact or tuple(target for _, target in entries)


def split(text: str) -> list[str]:
    """The folded words of a name; codes have underscores for spaces."""
    return [t.text for t in tokenize(text.replace("_", " ")) if t.kind in (TokenKind.WORD, TokenKind.NUMBER)]
