"""In which languages is this text? Counted by small words; None rather than a guess."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from handlers.reading.texts import Text
from handlers.reading.word_lists import word_list

ENOUGH_CHARACTERS = 4_000
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


MOST_LANGUAGES = 3
"""In so many languages one text is read: more of them only take each other's small words for their own."""
CLEARLY = 2
"""So many times the points of any language that is expected has one that is not."""
ENOUGH_POINTS = 3
"""Of small words, for a language that nobody expected."""
ENOUGH_ALONE = 2
"""Of them, where hardly a word of another language stands beside them:"""
FAR_AHEAD = 4
"""of "an", which is of several, each has a part."""


def guess_language(text: str) -> str | None:
    """The code of the language whose small words stand out, None when no language is clearly ahead."""
    return _ahead(_points(text))


def says_clearly(text: str, language: str) -> bool:
    """Whether so many words are of this language, and so few of any other, that whoever wrote them speaks it."""
    points = _points(text)
    own = points.get(language, 0)
    others = max((points[other] for other in points if other != language), default=0)
    enough = ENOUGH_ALONE if own >= FAR_AHEAD * others else ENOUGH_POINTS
    return own >= CLEARLY * others and own >= enough


def is_small_word(word: str) -> bool:
    """Whether it is one of those that tell languages apart."""
    return bool(_points(word))


def languages_of(text: str, expected: tuple[str, ...]) -> tuple[str, ...]:
    """The languages to read this text in: its own, where that is clear, then the first of those that are expected."""
    return language_and_all(text, expected)[1]


def language_and_all(text: str, expected: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    """Its language, as guess_language tells it, and the languages to read it in; its words are counted once."""
    points = _points(text)
    guessed = said = _ahead(points)
    if said is None and len(expected) > MOST_LANGUAGES:
        said = guess_among(text, expected)
    if said is None or not (said in expected or _is_clearly(said, points, expected)):
        return guessed, expected[:MOST_LANGUAGES]
    return guessed, tuple(dict.fromkeys((said, *expected)))[:MOST_LANGUAGES]


def _ahead(points: Mapping[str, float]) -> str | None:
    ranked = sorted(points.items(), key=lambda item: -item[1])[:2]
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 1.3 * ranked[1][1]):
        return None
    return ranked[0][0] if ranked[0][1] >= 1 else None


def _is_clearly(language: str, points: Mapping[str, float], expected: tuple[str, ...]) -> bool:
    own = points.get(language, 0)
    is_ahead = all(own >= CLEARLY * points.get(code[:2].lower(), 0) for code in expected)
    return is_ahead and bool(word_list(language))


@lru_cache(maxsize=8)
def _points(text: str) -> Mapping[str, float]:
    """How much the small words of a text speak for each language; "l'ordine" has two of them, "l'" and "l'ordine".

    Whoever answers a mail asks for its language, too: the last few are kept.
    """
    said: defaultdict[tuple[str, ...], int] = defaultdict(int)
    speak_for = _small_words()
    for word in _words_of(text):
        if word in speak_for:
            said[speak_for[word]] += 1
        elif "'" in word and (elided := speak_for.get(word.partition("'")[0] + "'")):
            said[elided] += 1
    points: defaultdict[str, float] = defaultdict(float)
    for languages, times in said.items():
        for language in languages:
            points[language] += times / len(languages)
    return points


def _words_of(text: str) -> list[str]:
    if text.isascii() and "'" not in text and len(text) <= ENOUGH_CHARACTERS:
        return Text.of(text).in_order
    return _WORD.findall(text[:ENOUGH_CHARACTERS].casefold().replace("’", "'"))


@cache
def _small_words() -> dict[str, tuple[str, ...]]:
    """Word to the languages that have it, which share its point."""
    languages: defaultdict[str, list[str]] = defaultdict(list)
    for language, words in word_list("languages").items():
        for word in dict.fromkeys(words):
            languages[word.casefold()].append(language)
    return {word: tuple(have) for word, have in languages.items()}


def guess_among(text: str, languages: tuple[str, ...]) -> str | None:
    """For a few words without small ones, "2 Gläser Honig": the one language whose word list has any of them."""
    said = set(re.findall(r"[^\W\d_]+", text[:ENOUGH_CHARACTERS].casefold()))
    hits = {language: len(said & _vocabulary(language)) for language in languages}
    ranked = sorted(languages, key=lambda language: -hits[language])
    if not ranked or not hits[ranked[0]] or (len(ranked) > 1 and hits[ranked[0]] == hits[ranked[1]]):
        return None
    return ranked[0]


@cache
def _vocabulary(language: str) -> frozenset[str]:
    """Every word of the language's own list of words about goods."""
    return frozenset(word.casefold() for word in _words_in(word_list(language)))


def _words_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from re.findall(r"[^\W\d_]+", value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _words_in(key)
            yield from _words_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _words_in(inner)
