"""Goods that are free of something by their name, said by what they are without: "a lemonade without sugar"."""

from collections.abc import Sequence

from handlers.reading.language import GLUE, REFUSE, Role, Words
from handlers.reading.menu_match import CompiledMenu
from handlers.reading.phrases import GOODS, LINE, NUMBER, UNKNOWN, Kind, Phrase
from handlers.reading.tokens import Token, key_of

_MAY_LACK: frozenset[Kind | Role] = frozenset({GOODS, UNKNOWN})
FARTHEST = 5
"""Phrases between goods and what they are without: "a lemonade, large, with no sugar"."""


def free_of(phrases: Sequence[Phrase], menu: CompiledMenu, tokens: Sequence[Token], words: Words) -> list[Phrase]:
    """The phrases; where the menu has the same goods without what is refused, those are meant."""
    found, keys = list(phrases), _Keys(tokens, words)
    for at in range(len(found) - 1):
        phrase, thing = found[at], found[at + 1]
        is_refusal = phrase.kind is REFUSE or (phrase.kind is NUMBER and phrase.value == 0)
        if not is_refusal or thing.kind not in _MAY_LACK:
            continue
        if skus := menu.lacking.get(keys.turned(thing)):
            # "No sugar lemonade", all but the first word of it one phrase.
            found[at : at + 2] = [Phrase(GLUE, phrase.start, phrase.end), Phrase(GOODS, thing.start, thing.end, skus)]
            continue
        absent = keys.of(thing)
        place = next((n for n in _near(found, at) if (keys.of(found[n]), absent) in menu.lacking), None)
        if place is None or any(menu.has_any(sku, thing.options) for sku in found[place].products):
            continue
        goods = found[place]
        found[place] = Phrase(GOODS, goods.start, goods.end, menu.lacking[keys.of(goods), absent], rank=goods.rank)
        found[at : at + 2] = [Phrase(GLUE, each.start, each.end) for each in found[at : at + 2]]
    return found


class _Keys:
    def __init__(self, tokens: Sequence[Token], words: Words) -> None:
        self._tokens = tokens
        self._words = words

    def of(self, phrase: Phrase) -> str:
        return self._key(phrase.start, phrase.end)

    def turned(self, phrase: Phrase) -> tuple[str, str]:
        """The key of all but the first word, and that of the first."""
        return self._key(phrase.start + 1, phrase.end), self._key(phrase.start, phrase.start + 1)

    def _key(self, start: int, end: int) -> str:
        return key_of([token.text for token in self._tokens[start:end]], self._words.numbers)


def _near(phrases: Sequence[Phrase], at: int) -> list[int]:
    """The goods right behind ("no sugar lemonade"), else the last ones before it in its sentence."""
    if at + 2 < len(phrases) and phrases[at + 2].products:
        return [at + 2]
    for place in range(at - 1, max(-1, at - 1 - FARTHEST), -1):
        if phrases[place].kind is LINE:
            return []
        if phrases[place].products and not phrases[place].options:
            return [place]
    return []
