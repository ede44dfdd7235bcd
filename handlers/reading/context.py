"""Phrases in the light of their neighbours, where the words alone could be several things."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from handlers.reading.language import ALL, FILLER, GLUE, LINK, SUCH, UNIT, Role, Words
from handlers.reading.menu_match import CompiledMenu
from handlers.reading.phrases import CATEGORY, COMMA, GOODS, LINE, NUMBER, UNKNOWN, Phrase
from handlers.reading.tokens import Token, key_of, stem

NEAR = 3
"""So many phrases away goods still are beside a word."""

FAR = 8
"""So many for a word that is a size or the like, wherever goods have it: "a latte with vanilla, regular"."""

_SMALL = frozenset({FILLER, GLUE})
_SAYS_LITTLE = frozenset({*_SMALL, COMMA, Role.BOTH, ALL})
_BREAKS = frozenset({COMMA, LINE})
_STANDS_ALONE = frozenset({*_BREAKS, SUCH})
"""Behind a size of goods that were named before: "…, and a regular one too"."""
_ON_THE_WAY = frozenset({*_SMALL, GOODS})
"""To the goods that a choice may be of: "a regular vanilla latte"."""
_PLACED = frozenset({Role.SOME, Role.BOTH, NUMBER})
"""Kinds of phrases that may be told apart by their neighbours, as may those with an `amount`."""


def in_context(phrases: Sequence[Phrase], menu: CompiledMenu, tokens: Sequence[Token], words: Words) -> list[Phrase]:
    """The phrases, those told apart that only their neighbours tell apart."""
    found = list(phrases)
    unsure = [at for at, phrase in enumerate(phrases) if phrase.amount or phrase.kind in _PLACED]
    for at in unsure:
        phrase = phrases[at]
        if phrase.kind is GOODS and phrase.amount in _SMALL:
            if not _is_choice(phrase, at, phrases, menu):
                found[at] = Phrase(phrase.amount, phrase.start, phrase.end)
        elif phrase.kind is GOODS and phrase.amount is UNIT:
            if _is_of_others(phrase, phrases[at + 1 : at + 1 + FAR], menu, tokens, words):
                found[at] = Phrase(UNKNOWN, phrase.start, phrase.end)
        elif phrase.amount is Role.OR:
            _either_number(found, at)
        elif phrase.kind is Role.BOTH:
            found[at] = _both(phrase, at, phrases)
        elif phrase.kind is Role.SOME:
            found[at] = _some(phrase, phrases[at + 1 : at + 2], menu, tokens)
        elif phrase.kind is NUMBER and phrase.products and _is_measure(phrase, at, phrases):
            found[at : at + 2] = [Phrase(GLUE, each.start, each.end) for each in phrases[at : at + 2]]
    return _repeated(found, tokens)


def _is_choice(phrase: Phrase, at: int, phrases: Sequence[Phrase], menu: CompiledMenu) -> bool:
    """ "Still water" is a choice, "you still have cake" is none: goods beside it must have it."""
    telling = (p for p in reversed(phrases[:at]) if p.kind not in _SAYS_LITTLE)
    behind = next((p for p in phrases[at + 1 : at + 1 + NEAR] if p.kind is not FILLER), None)
    is_size_behind = phrase.amount is GLUE and (behind is None or behind.kind in _STANDS_ALONE)
    if is_size_behind:
        telling = (p for p in telling if p.products or not p.options)
    before = next((p for p in islice(telling, FAR if is_size_behind else NEAR) if p.products), None)
    after = next((p for p in phrases[at + 1 : at + 1 + NEAR] if p.products or p.kind not in _ON_THE_WAY), None)
    if after is not None and after.kind is Role.AND and phrase.amount is GLUE:
        # "One small, one regular and one large latte".
        after = next((p for p in phrases[at + 1 : at + FAR] if p.products), None)
    if after is not None and after.kind is CATEGORY:
        return True
    near = [p for p in (before, after) if p is not None and p.kind is GOODS]
    is_alone = all(p.kind in (LINE, COMMA) or p.kind in _SMALL for p in (*phrases[:at], *phrases[at + 1 :]))
    if phrase.amount is GLUE and _goes_with_option(phrase, phrases[at + 1 : at + 2], menu):
        return True
    return is_alone or any(menu.has_any(sku, phrase.options) for p in near for sku in p.products)


def _goes_with_option(phrase: Phrase, after: Sequence[Phrase], menu: CompiledMenu) -> bool:
    """ "A regular dark roast": goods that are told by their options alone."""
    if not after or after[0].kind is not GOODS or not after[0].category or after[0].products:
        return False
    offered = [set(menu.offers.get((t.group, t.value), ())) for t in after[0].options[:1]]
    return any(not skus.isdisjoint(menu.offers.get((t.group, t.value), ())) for skus in offered for t in phrase.options)


def _is_of_others(
    measure: Phrase, behind: Sequence[Phrase], menu: CompiledMenu, tokens: Sequence[Token], words: Words
) -> bool:
    """ "A litre of tiramisu", where only the oil comes by the litre: no oil, and nobody knows how much of it."""
    after = next((place for place, phrase in enumerate(behind) if phrase.kind is not LINK), len(behind))
    for phrase in behind[after:]:
        if phrase.products:
            return not any(menu.group_of(sku, target) for sku in phrase.products for target in measure.options)
        if phrase.kind not in (*_SMALL, GOODS, UNKNOWN):
            return False
        if phrase.kind is UNKNOWN and (after or stem(tokens[phrase.start].text) in words.foods):
            return True
    return False


def _either_number(found: list[Phrase], at: int) -> None:
    """ "Two or three colas", "a cola or two": how many nobody knows."""
    if at + 1 == len(found) or found[at + 1].kind is not NUMBER:
        return
    first, last = found[at - 1] if at else None, found[at + 1]
    is_last = at + 2 == len(found) or found[at + 2].kind in (LINE, COMMA, *_SMALL)
    if first is not None and first.kind is NUMBER:
        found[at - 1] = Phrase(NUMBER, first.start, last.end)
        found[at] = found[at + 1] = Phrase(GLUE, last.end, last.end)
    elif first is not None and first.products and is_last:
        found[at : at + 2] = [Phrase(NUMBER, found[at].start, last.end), Phrase(GLUE, last.end, last.end)]


_SINGULARS = {"i": "oea", "e": "a"}
"""Last letters of goods that keep their Italian plural in other languages, and of one of them: cannoli, cannolo."""


def _is_italian_plural(words: Sequence[str], goods: Phrase, menu: CompiledMenu) -> bool:
    """Whether the same goods have a name in the singular, too."""
    for ending in _SINGULARS.get(words[-1][-1:], ""):
        singular = [*words[:-1], words[-1][:-1] + ending]
        named = menu.names.get(key_of(singular, {}), ())
        if any(spelling == " ".join(singular) and target.sku in goods.products for spelling, target in named):
            return True
    return False


def _both(phrase: Phrase, at: int, phrases: Sequence[Phrase]) -> Phrase:
    """ "Both margheritas", before any goods: two of them; "both margherita and diavola" are one of each."""
    named = phrases[at + 1] if at + 1 < len(phrases) else phrase
    after, behind = [*(p.kind for p in phrases[at + 2 :] if p.kind is not FILLER), None, None][:2]
    is_first = not any(p.kind in (GOODS, CATEGORY) for p in phrases[:at])
    are_two = after is not Role.AND or behind in (NUMBER, Role.ARTICLE)
    if is_first and named.products and not named.options and are_two:
        return replace(phrase, kind=NUMBER, value=2)
    return phrase


def _some(phrase: Phrase, after: Sequence[Phrase], menu: CompiledMenu, tokens: Sequence[Token]) -> Phrase:
    """ "Some cokes": nobody knows how many; "some water", "some fries" is one, and of an option it says nothing."""
    goods = after[0] if after and after[0].kind is GOODS else None
    if goods is not None and goods.products and not goods.options:
        words = [token.text for token in tokens[goods.start : goods.end]]
        is_name = any(" ".join(words) == spelling for spelling, _ in menu.names.get(key_of(words, {}), ()))
        is_plural = words[-1].endswith("s") and not words[-1].endswith("ss") and not is_name
        if is_plural or _is_italian_plural(words, goods, menu):
            return Phrase(NUMBER, phrase.start, phrase.end)
    return Phrase(GLUE, phrase.start, phrase.end)


def _is_measure(phrase: Phrase, at: int, phrases: Sequence[Phrase]) -> bool:
    """The "180 g" of "pesto 180 g", where that is the goods' name."""
    near = phrases[max(0, at - NEAR) : at + 2 + NEAR]
    return any(p.kind is GOODS and set(p.products) & set(phrase.products) for p in near)


def _repeated(phrases: list[Phrase], tokens: Sequence[Token]) -> list[Phrase]:
    """ "Coke coke coke" are three: each is on a line of its own."""
    named = [phrase.products for phrase in phrases if phrase.products]
    if len(set(named)) == len(named):
        return phrases
    found: list[Phrase] = []
    for phrase in phrases:
        before = found[-1] if found else None
        if before is not None and phrase.kind is before.kind is GOODS and phrase.products == before.products:
            first, second = ([token.text for token in tokens[each.start : each.end]] for each in (before, phrase))
            if phrase.products and first == second:
                found.append(Phrase(COMMA, phrase.start, phrase.start))
        found.append(phrase)
    return found
