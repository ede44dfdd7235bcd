"""In which language is this text? Counted by small words; None rather than a guess."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from handlers.reading.word_lists import word_list

ENOUGH_CHARACTERS = 4_000
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


def guess_language(text: str) -> str | None:
    """The code of the language whose small words stand out, None when no language is clearly ahead."""
    points: defaultdict[str, float] = defaultdict(float)
    languages_of = _languages_of()
    for word in _WORD.findall(text[:ENOUGH_CHARACTERS].casefold().replace("’", "'")):
        languages = languages_of.get(word, ())
        for language in languages:
            points[language] += 1 / len(languages)
    ranked = sorted(points.items(), key=lambda item: -item[1])[:2]
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 1.3 * ranked[1][1]):
        return None
    return ranked[0][0] if ranked[0][1] >= 1 else None


@cache
def _languages_of() -> dict[str, tuple[str, ...]]:
    """Word to the languages that have it."""
    found: dict[str, tuple[str, ...]] = {}
    for language, words in word_list("languages").items():
        for word in dict.fromkeys(words):
            key = word.casefold()
            found[key] = (*found.get(key, ()), language)
    return found


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
