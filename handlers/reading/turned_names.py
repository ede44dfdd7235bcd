"""Names of two things that "and" joins, the second one said first: "cheese and steak" is a steak and cheese."""

from collections.abc import Sequence

from handlers.reading.language import AND, ARTICLE, FILLER, GLUE, LIGHT, LINK, Role, Words
from handlers.reading.menu_match import CompiledMenu, Rank
from handlers.reading.phrases import COMMA, GOODS, LINE, NUMBER, UNKNOWN, Kind, Phrase
from handlers.reading.tokens import Token, key_of

_OPENERS: frozenset[Kind | Role | None] = frozenset({NUMBER, ARTICLE})
_ALONE: frozenset[Kind | Role | None] = frozenset({*_OPENERS, LINE})
_BEFORE_NAMES: frozenset[Kind | Role | None] = frozenset({*_OPENERS, LINE, COMMA, Role.WISH, FILLER, None})
"""Behind "with" or "and" the two may be options, or goods, each for itself."""
_PASSED: frozenset[Kind | Role | None] = frozenset({GOODS, LINK, GLUE, LIGHT})
_WHOLE = (Rank.NAME, Rank.ALIAS)


def turned_round(phrases: list[Phrase], menu: CompiledMenu, tokens: Sequence[Token], words: Words) -> list[Phrase]:
    """The phrases, those that are such a name turned round as one."""
    found: list[Phrase] = []
    for phrase in phrases:
        found.append(phrase)
        named = _turned(found, menu, tokens, words) if phrase.products and len(found) > 1 else None
        if named is not None:
            del found[-(3 if found[-2].kind is AND else 2) :]
            found.append(named)
    return found


def _turned(found: Sequence[Phrase], menu: CompiledMenu, tokens: Sequence[Token], words: Words) -> Phrase | None:
    second, joint = found[-1], found[-2]
    at = len(found) - (3 if joint.kind is AND else 2)
    first = found[at] if at >= 0 else joint
    if first.kind not in (GOODS, UNKNOWN) or not _begins_goods(found, at, is_joined=joint.kind is AND):
        return None
    told, head = ([token.text for token in tokens[each.start : each.end]] for each in (first, second))
    for place in range(1, len(head) + 1):
        skus = menu.joined.get(key_of([*head[:place], *told, *head[place:]], words.numbers), ())
        if skus and (second.rank not in _WHOLE or set(second.products) <= set(skus)):
            return Phrase(GOODS, first.start, second.end, tuple(skus))
    return None


def _begins_goods(found: Sequence[Phrase], at: int, *, is_joined: bool) -> bool:
    if not is_joined:
        # "A cheese steak"; further on in a list it may be cheese, and then a steak.
        return at == 0 or found[at - 1].kind in _ALONE
    while at > 0 and found[at - 1].kind in _PASSED:
        at -= 1
    return (found[at - 1].kind if at > 0 else None) in _BEFORE_NAMES
