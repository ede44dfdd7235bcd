"""What a reader knows about language itself: the files words/*.toml, loaded once per set of languages."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from handlers.reading.spelling import SHORTEST, SpellingIndex
from handlers.reading.tokens import TokenKind, fold, key_of, spellings, stem, tokenize
from handlers.reading.word_lists import FALLBACK, word_list

_NORMAL = re.compile("[a-z]+(?: [a-z]+)*")
"""Most phrases of our lists: there are thousands, all read at the start."""


HUNDRED = 100


class Role(StrEnum):
    """What a phrase does in an order; words/en.toml shows each with its words."""

    ARTICLE = "article"
    ANOTHER = "another"
    AND = "and"
    OR = "or"
    WITH = "with"
    REFUSE = "refuse"
    NEITHER = "neither"
    DISLIKE = "dislike"
    BUT = "but"
    EXCEPT = "except"
    EXTRA = "extra"
    MORE = "more"
    SAME = "same"
    SUCH = "such"
    ALIKE = "alike"
    ARE = "are"
    THAT = "that"
    ONES = "ones"
    SOME = "some"
    ROOM = "room"
    OFF = "off"
    KEEP = "keep"
    HANDLE = "handle"
    PLACE = "place"
    LIGHT = "light"
    SIDE = "side"
    SIDE_OF = "side_of"
    LINK = "link"
    OF_THE = "of_the"
    OF_THEM = "of_them"
    GLUE = "glue"
    PLAIN = "plain"
    WISH = "wish"
    ALL = "all"
    BOTH = "both"
    REST = "rest"
    ONE_OF = "one_of"
    GENERIC = "generic"
    DESCRIBES = "describes"
    UNIT = "unit"
    EACH = "each"
    TIMES = "times"
    TOTAL = "total"
    SUMS = "sums"
    FILLER = "filler"


# An enum looks its members up anew each time they are named: these are named in every message.
AND, OR, BUT, WITH, REFUSE, LINK = Role.AND, Role.OR, Role.BUT, Role.WITH, Role.REFUSE, Role.LINK
ARTICLE, ANOTHER, SAME, SUCH, SUMS = Role.ARTICLE, Role.ANOTHER, Role.SAME, Role.SUCH, Role.SUMS
MORE, EXTRA, LIGHT, ALL, ROOM = Role.MORE, Role.EXTRA, Role.LIGHT, Role.ALL, Role.ROOM
ONE_OF, OF_THE, OF_THEM, SIDE_OF, UNIT = Role.ONE_OF, Role.OF_THE, Role.OF_THEM, Role.SIDE_OF, Role.UNIT
FILLER, GLUE, GENERIC = Role.FILLER, Role.GLUE, Role.GENERIC


@dataclass(frozen=True, eq=False)
class Words:
    """The words of some languages together; where they differ, the first language is right."""

    roles: Mapping[str, Role]
    numbers: Mapping[str, int]
    scales: Mapping[str, int]
    fractions: Mapping[str, int]
    """Words for parts of one, and how many go into one: half is 2."""
    begin_numbers: frozenset[str]
    """First words of what read_number understands, for all the others are asked at every place."""
    counts: Mapping[str, int]
    """Phrases that stand for a number: "half a dozen" is 6."""
    synonyms: Mapping[str, tuple[str, ...]]
    """By key (see tokens.key_of): other words for the same thing."""
    units_between: Mapping[str, int]
    """Units that may stand behind a ten and a word between them: the "one" of "treinta y uno"."""
    between: frozenset[str]
    """The words between a ten and its unit."""
    long_tens: frozenset[int]
    """Tens that count on to nineteen: 60 in "soixante-douze"."""
    inflections: tuple[tuple[str, str], ...]
    """Endings of forms of one word, each of which may stand for the other."""
    vessels: frozenset[str]
    """What goods come in, where a compound may name it: the bottle of "Colaflasche"."""
    servings: frozenset[str]
    """Stems of words for what is filled at the table, and in which no goods are handed over: a glass."""
    foods: frozenset[str]
    """Stems of food and drink that a menu may not have."""
    heads: frozenset[str]
    """Stems of nouns for many goods, which the noun before them tells apart: the salad of "taco salad"."""
    wholes: frozenset[str]
    """Words for all there is, behind which "but" leaves something out."""
    lacking: frozenset[str]
    """Words that say of the one before them that it is not in it: the "free" of "sugar free"."""
    metonyms: Mapping[str, str]
    """Stems of words for how goods come to a word for the goods: a dark roast is a coffee."""
    prepared: frozenset[str]
    """Stems of words for how food is: alone they name none."""
    sharing: frozenset[str]
    """Words that lead up to how many people goods are for: "tiramisu for two"."""
    alone: Mapping[str, tuple[str, ...]]
    """Words like "with" to the options that they may stand for where nothing follows: "a water without"."""
    multiples: Mapping[str, int]
    """Words for twice, three times … as much."""
    known: frozenset[str]
    """Stems of words that are never a misspelling of something else."""
    spelling: SpellingIndex
    """Of the words of phrases and numbers."""
    most_meant: Mapping[str, int]
    """The key of a word to the words of the longest phrase with synonyms that begins with it."""
    most_after: Mapping[str, int]
    """A word to the words of the longest role or count that begins with it."""
    second_words: Mapping[str, frozenset[str]]
    """A word to the second words of roles and counts that begin with it."""


@lru_cache(maxsize=32)
def words_for(languages: tuple[str, ...]) -> Words:
    """The words of these languages; those without a list are left out, English stands in for none."""
    tables = [table for language in dict.fromkeys(languages) if (table := _table(language))] or [_table(FALLBACK)]
    tables.reverse()
    roles = {phrase: Role(role) for t in tables for role, phrases in t["phrases"].items() for phrase in _each(phrases)}
    counts, numbers = _numbers(tables, "counts"), _number_words(tables)
    meant = {
        phrase: tuple(map(normal, others))
        for table in tables
        for word, others in table["synonyms"].items()
        for phrase in _each([word])
    }
    phrases = [*roles, *counts, *meant]
    spoken = {word for phrase in phrases for word in phrase.split()}
    foods, heads, prepared = (_listed(tables, key) for key in ("foods", "heads", "prepared"))
    scales, fractions = _numbers(tables, "scales"), _numbers(tables, "fractions")
    return Words(
        roles=roles,
        numbers=numbers,
        scales=scales,
        fractions=fractions,
        begin_numbers=frozenset([*numbers, *scales, *(phrase.split()[0] for phrase in (*fractions, *counts))]),
        counts=counts,
        synonyms={key_of(phrase.split(), numbers): others for phrase, others in meant.items()},
        units_between=_units_between(tables, numbers),
        between=frozenset(_compounds(tables, "between")),
        long_tens=frozenset(ten for t in tables for ten in t.get("compounds", {}).get("long_tens", [])),
        inflections=tuple((one, other) for t in tables for one, other in t.get("inflections", [])),
        vessels=frozenset(_compounds(tables, "vessels")),
        servings=frozenset(map(stem, _listed(tables, "servings"))),
        foods=frozenset(map(stem, foods)),
        heads=frozenset(map(stem, heads)),
        wholes=frozenset(_listed(tables, "wholes")),
        lacking=frozenset(_listed(tables, "lacking")),
        metonyms={stem(word): other for t in tables for word, other in t.get("metonyms", {}).items()},
        prepared=frozenset(map(stem, prepared)),
        sharing=frozenset(_listed(tables, "sharing")),
        alone={normal(word): tuple(map(normal, t["alone"][word])) for t in tables for word in t.get("alone", {})},
        multiples=_numbers(tables, "multiples"),
        known=frozenset(stem(word) for word in foods | heads | prepared | spoken | numbers.keys()),
        spelling=SpellingIndex((word for word in spoken | numbers.keys() if len(word) > SHORTEST), free=6),
        most_meant=_most_words(meant, lambda word: key_of((word,), numbers)),
        most_after=_most_words((*roles, *counts), str),
        second_words=_second_words((*roles, *counts)),
    )


def _listed(tables: list[dict[str, Any]], key: str) -> set[str]:
    return {word for t in tables for phrase in _each(t.get(key, [])) for word in phrase.split()}


def _most_words(phrases: Iterable[str], key: Callable[[str], str]) -> dict[str, int]:
    most: dict[str, int] = {}
    for phrase in phrases:
        first, *more = phrase.split()
        most[key(first)] = max(most.get(key(first), 0), 1 + len(more))
    return most


def _second_words(phrases: Iterable[str]) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for phrase in phrases:
        first, *more = phrase.split()
        if more:
            found[first].add(more[0])
    return {first: frozenset(seconds) for first, seconds in found.items()}


def _table(language: str) -> dict[str, Any]:
    """The list of a language; "de-AT" reads German."""
    code = language[:2].lower()
    return word_list(code) if code.isalpha() else {}


def _numbers(tables: list[dict[str, Any]], section: str) -> dict[str, int]:
    return {key: value for t in tables for word, value in t.get(section, {}).items() for key in _each([word])}


def _number_words(tables: list[dict[str, Any]]) -> dict[str, int]:
    """Number words, those that a language writes as one word made from their parts: zweiunddreißig, zwölfmal."""
    found: dict[str, int] = {}
    for table in tables:
        numbers = _numbers([table], "numbers")
        rules = table.get("compounds", {})
        units = {word: value for word, value in (numbers | rules.get("units", {})).items() if 0 < value < 10}
        tens = {word: value for word, value in numbers.items() if value >= 20}
        if joint := rules.get("joint"):
            numbers |= {f"{unit}{joint}{ten}": low + high for unit, low in units.items() for ten, high in tens.items()}
        if rules.get("ten_first"):
            numbers |= _tens_first(tens, units)
        if times := rules.get("times"):
            numbers |= {word + times: value for word, value in numbers.items() if value}
        found |= numbers
    return found


def _tens_first(tens: Mapping[str, int], units: Mapping[str, int]) -> dict[str, int]:
    """Like "trentadue"; before a vowel the ten loses its own: "trentuno"."""
    return {
        (ten[:-1] if unit[0] in "aeiou" else ten) + unit: high + low
        for ten, high in tens.items()
        for unit, low in units.items()
        if high < HUNDRED
    }


def _compounds(tables: list[dict[str, Any]], key: str) -> Iterator[str]:
    return (word for t in tables for word in _each(t.get("compounds", {}).get(key, [])))


def _units_between(tables: list[dict[str, Any]], numbers: Mapping[str, int]) -> dict[str, int]:
    units = [t["compounds"].get("units", {}) for t in tables if "between" in t.get("compounds", {})]
    return {word: value for more in (numbers, *units) for word, value in more.items() if 0 < value < HUNDRED}


def _each(phrases: list[str]) -> Iterator[str]:
    for phrase in phrases:
        for spelling in spellings(phrase):
            yield normal(spelling)


def normal(phrase: str) -> str:
    """Folded words with one space between them, as the tables of words are keyed."""
    if _NORMAL.fullmatch(phrase):
        return phrase
    return " ".join(t.text for t in tokenize(phrase) if t.kind in (TokenKind.WORD, TokenKind.NUMBER)) or fold(phrase)
