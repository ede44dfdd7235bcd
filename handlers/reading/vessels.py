"""A glass of what is sold by the bottle: the goods are meant, the glass is said to be none that there is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from core.menu import Product
from handlers.reading.language import SIDE_OF, Words
from handlers.reading.menu_match import CompiledMenu, split
from handlers.reading.order_lines import Line
from handlers.reading.phrases import Phrase
from handlers.reading.tokens import Token, stem

NEAR = 3
"""So many words before or behind goods a glass is still said of them: "red wine, a glass"."""

_MEASURE = re.compile(r"\d\s?(?:[cmd]?l|k?g)\b", re.IGNORECASE)


def unlike_vessels(
    phrases: Sequence[Phrase], lines: Sequence[Line], tokens: Sequence[Token], menu: CompiledMenu, words: Words
) -> Iterator[Phrase]:
    """The glasses of goods that come by another measure."""
    for phrase in phrases:
        if phrase.kind is not SIDE_OF or not _is_serving(tokens[phrase.start], words):
            continue
        line = _line_of(phrase, lines)
        if line is not None and any(_comes_otherwise(menu.menu.by_sku[sku], words) for sku in line.skus):
            # Of "glass of" the noun.
            yield replace(phrase, end=phrase.start + 1)


def _line_of(phrase: Phrase, lines: Sequence[Line]) -> Line | None:
    """What the glass is said of: the goods around it, those right behind it, or those before."""
    return (
        next((line for line in lines if line.start <= phrase.start < line.end), None)
        or next((line for line in lines if 0 <= line.start - phrase.end < NEAR), None)
        or next((line for line in reversed(lines) if 0 <= phrase.start - line.end < NEAR), None)
    )


def _is_serving(token: Token, words: Words) -> bool:
    return stem(token.text) in words.servings


def _comes_otherwise(product: Product, words: Words) -> bool:
    """Whether its names tell of a bottle or a measure, and of no glass."""
    names = [*product.name.values(), *product.aliases]
    spoken = {word for name in names for word in split(name)}
    if any(stem(word) in words.servings for word in spoken):
        return False
    return any(map(_MEASURE.search, names)) or any(_is_vessel(word, words) for word in spoken)


def _is_vessel(word: str, words: Words) -> bool:
    return any(words.roles.get(each) is SIDE_OF for each in (word, f"{word} of"))
