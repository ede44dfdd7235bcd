"""Emoji in an order: beside the words for goods they say nothing, in their place they are goods."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import chain

from handlers.reading.language import Role, normal
from handlers.reading.menu_match import CompiledMenu
from handlers.reading.numbers import whole
from handlers.reading.phrases import Kind, Phrase
from handlers.reading.word_lists import word_list

_COUNTS = frozenset({Kind.NUMBER, Role.ARTICLE, Role.TIMES})
_WORDS = frozenset({Kind.GOODS, Kind.CATEGORY, Kind.UNKNOWN})
_UNHEARD = frozenset({Role.FILLER, Role.GLUE, Role.LINK})
_ENDS = frozenset({Kind.LINE, Kind.COMMA, None})


@cache
def words_of(sign: str) -> tuple[str, ...]:
    """The words for what this emoji shows, none for one that shows no goods or too many kinds of them."""
    return tuple(normal(word) for word in word_list("emoji").get(sign, ()))


def shows_goods(sign: str) -> bool:
    """Food and drink, and whatever else has words."""
    return bool(words_of(sign)) or "🌭" <= sign <= "🍿" or "🥐" <= sign <= "🥯" or "🧀" <= sign <= "🧋"


def place_emoji(phrases: Sequence[Phrase], menu: CompiledMenu) -> list[Phrase]:
    """The phrases with each emoji as goods, unknown goods or nothing."""
    named = {sku for phrase in phrases if phrase.kind is Kind.GOODS for sku in phrase.products}
    found: list[Phrase] = []
    for at, phrase in enumerate(phrases):
        if phrase.kind is not Kind.EMOJI:
            found.append(phrase)
        elif _is_goods(phrases, at, found, _skus(phrase, menu) & named):
            found += _goods(phrase, found[-1].kind if found else None)
        else:
            found.append(_count_of(phrase, phrases, at, menu) or replace(phrase, kind=Role.GLUE))
    return found


def _is_goods(phrases: Sequence[Phrase], at: int, found: Sequence[Phrase], named: set[str]) -> bool:
    """Where words for goods would stand: counted, or with no goods beside it that it may illustrate."""
    after = _kind_at(phrases, at + 1)
    if at and phrases[at - 1].kind in _COUNTS:
        return after not in (Kind.GOODS, Kind.CATEGORY)
    if not phrases[at].is_goods:
        return False
    if at and phrases[at - 1].kind is Kind.EMOJI:
        return found[-1].kind is not Role.GLUE
    before = next((p.kind for p in reversed(phrases[max(0, at - 5) : at]) if p.kind not in _UNHEARD), None)
    if before in _WORDS or (named and before is not Role.AND):
        return False
    ahead = next((n for n in range(at + 1, min(at + 6, len(phrases))) if phrases[n].kind not in _UNHEARD), len(phrases))
    if _kind_at(phrases, ahead) in (Kind.NUMBER, Role.ARTICLE):
        return _kind_at(phrases, ahead + 1) in _ENDS
    return _kind_at(phrases, ahead) not in _WORDS


def _count_of(phrase: Phrase, phrases: Sequence[Phrase], at: int, menu: CompiledMenu) -> Phrase | None:
    """Several right before the goods that they show, which nothing else counts: "🍕🍕 margherita" are two."""
    after = phrases[at + 1] if at + 1 < len(phrases) else None
    if not phrase.value or phrase.value < 2 or after is None or not set(after.products) & _skus(phrase, menu):
        return None
    if at and phrases[at - 1].kind not in _ENDS:
        return None
    return Phrase(Kind.NUMBER, phrase.start, phrase.end, value=whole(phrase.value))


def _kind_at(phrases: Sequence[Phrase], at: int) -> Kind | Role | None:
    return phrases[at].kind if at < len(phrases) else None


def _goods(phrase: Phrase, before: Kind | Role | None) -> list[Phrase]:
    """As many as there are emoji, unless a number stands before them."""
    kind = Kind.CATEGORY if phrase.category else Kind.GOODS if phrase.products or phrase.options else Kind.UNKNOWN
    goods = replace(phrase, kind=kind, value=None)
    if phrase.value == 1 or before in _COUNTS or not (phrase.products or phrase.category):
        return [goods]
    return [Phrase(Kind.NUMBER, phrase.start, phrase.end, value=whole(phrase.value or 0)), goods]


def _skus(phrase: Phrase, menu: CompiledMenu) -> set[str]:
    kind = menu.kinds.get(phrase.category)
    return set(chain(phrase.products, kind.skus if kind else ()))
