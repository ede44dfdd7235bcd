"""Tokens to phrases: the longest fit at each place, the menu's words before the language's."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.reading.context import in_context
from handlers.reading.emoji import place_emoji
from handlers.reading.free_of import free_of
from handlers.reading.halves import may_have_halves, with_halves
from handlers.reading.headed_lists import headings, without_headings
from handlers.reading.language import (
    AND,
    ANOTHER,
    ARTICLE,
    BUT,
    EXTRA,
    FILLER,
    GENERIC,
    GLUE,
    LIGHT,
    LINK,
    ONE_OF,
    OR,
    REFUSE,
    SIDE_OF,
    SUMS,
    UNIT,
    Role,
    Words,
)
from handlers.reading.lexicon import Known
from handlers.reading.lone_links import LINKS, for_several, lone_links
from handlers.reading.menu_match import CompiledMenu
from handlers.reading.naming import Naming
from handlers.reading.neighbours import MANY_MEANINGS, Neighbours
from handlers.reading.numbers import read_number
from handlers.reading.phrases import COMMA, GOODS, LINE, NUMBER, UNKNOWN, Kind, Phrase
from handlers.reading.said_together import JOINING, may_be_one_of_two, together
from handlers.reading.tokens import Token, TokenKind
from handlers.reading.turned_names import turned_round

_MAY_BE_GOODS = frozenset({GLUE, GENERIC})
_MAY_BE_MORE = frozenset({*_MAY_BE_GOODS, ARTICLE})
_MARKED = {
    ANOTHER: ARTICLE,
    Role.PLAIN: GLUE,
    Role.ALIKE: FILLER,
    Role.ARE: FILLER,
    Role.THAT: FILLER,
    Role.ONES: FILLER,
    Role.DISLIKE: REFUSE,
    Role.NEITHER: REFUSE,
    Role.EXCEPT: REFUSE,
}
"""Words that stand in a sentence as others do, and say a little more."""
_KNOWN_BY = frozenset({LINK, Role.REST, ONE_OF})
"""Words with which goods begin that were ordered before: "the marinara", "the second one"."""
FARTHEST_WHOLE = 8
"""Words before "but" in which "all" may stand."""
_BY_NEIGHBOURS = frozenset({OR, BUT, *_MARKED})
_SIGNS = {":": SUMS, "(": ONE_OF}
"""Which goods, and which parts of them, stands behind these."""
_BREAKS = {TokenKind.LINE: LINE, TokenKind.COMMA: COMMA}


def phrases_of(tokens: Sequence[Token], menu: CompiledMenu, words: Words) -> list[Phrase]:
    """All phrases of a message, in the order of its tokens."""
    naming = Naming(tokens, menu, words)
    spelled = naming.tokens
    found = _Splitter(naming, words).split()
    neighbours = Neighbours(spelled, menu, words)
    places = zip(found, [None, *found], [*found[1:], None], strict=False)
    told_apart = [
        neighbours.between(phrase, before, after) if phrase.kind in MANY_MEANINGS else phrase
        for phrase, before, after in places
    ]
    if several := headings(told_apart, naming.known):
        told_apart = without_headings(told_apart, several, menu, spelled, words)
    # Most messages have nothing that these are about.
    kinds = {phrase.kind for phrase in told_apart}
    may_join = not kinds.isdisjoint(JOINING) or (AND in kinds and may_be_one_of_two(told_apart))
    joined = together(told_apart, menu, spelled, words) if may_join else told_apart
    if menu.lacking and (REFUSE in kinds or NUMBER in kinds):
        joined = free_of(joined, menu, spelled, words)
    if menu.joined:
        joined = turned_round(joined, menu, spelled, words)
    placed = in_context(joined, menu, spelled, words)
    if not kinds.isdisjoint(LINKS):
        placed = lone_links(placed, menu, spelled, words)
    if NUMBER in kinds and FILLER in kinds:
        placed = for_several(placed, spelled, words)
    if Kind.EMOJI in kinds:
        placed = place_emoji(placed, menu)
    return with_halves(placed, menu, spelled, words) if may_have_halves(placed, menu) else placed


class _Splitter:
    def __init__(self, naming: Naming, words: Words) -> None:
        self._tokens = naming.tokens
        self._known = naming.known
        self._words = words
        self._naming = naming

    def split(self) -> list[Phrase]:
        found: list[Phrase] = []
        at = 0
        while at < len(self._tokens):
            found += self._at(at)
            at = found[-1].end
        return found

    def _at(self, at: int) -> list[Phrase]:
        """The phrase at a place; two if a word slipped into a name, the name last."""
        word = self._known[at]
        if not word.key:
            return [self._sign(at)]
        role = self._role(at, word) if word.role or word.second_words else None
        can_be_more = word.most_named or word.begins_number
        if role and role.kind not in _MAY_BE_MORE and not (can_be_more and not self._multiplies(role)):
            return [role]
        goods = self._naming.goods(at) if word.most_named or word.most_as_word else None
        number = self._number(at) if word.begins_number else None
        if goods and (longer := self._naming.longer_part(at, goods) or self._shared_head(at, goods)):
            return [longer]
        if goods and _is_longest(goods, role, number):
            return [self._as_measure(_maybe_amount(goods, role))]
        if number and (role is None or number.end >= role.end):
            return [self._size_in_numbers(number) or self._measure(number)]
        if role and role.kind is ARTICLE and (named := self._naming.one_unit(at)):
            return [self._as_measure(named)]
        can_have_gap = role is None or role.kind is EXTRA
        if can_have_gap and word.most_named and (with_gap := self._naming.with_gap(at, products_only=role is not None)):
            return with_gap
        return [self._word_of_language(at, role) if role else self._rest(at)]

    def _multiplies(self, role: Phrase) -> bool:
        """ "2 x large fries" are no extra large ones."""
        return role.kind is Role.TIMES and role.start > 0 and self._tokens[role.start - 1].kind is TokenKind.NUMBER

    def _sign(self, at: int) -> Phrase:
        token = self._tokens[at]
        if token.kind is TokenKind.EMOJI:
            return self._naming.emoji(at)
        # A letter of which nothing is left without its accents is a word, and unknown.
        kind = _BREAKS.get(token.kind, UNKNOWN)
        return Phrase(kind, at, at + 1, amount=_SIGNS.get(token.text))

    def _shared_head(self, at: int, goods: Phrase) -> Phrase | None:
        """ "The green and the red salsa", where the menu has greens, too."""
        if goods.end > at + 1 or not self._naming.is_joined(at + 1) or not self._naming.is_written_otherwise(at):
            return None
        shared = self._naming.shared_head(at)
        return shared if shared and shared.kind is GOODS else None

    def _size_in_numbers(self, number: Phrase) -> Phrase | None:
        """ "12 inch", where the menu says footlong."""
        if not self._naming.is_unit(number.end):
            return None
        named = self._naming.synonym(number.start)
        return self._as_measure(named) if named and named.end > number.end else None

    def _as_measure(self, goods: Phrase) -> Phrase:
        """ "Half a litre", as the menu has it: an option that may say how much of what follows."""
        is_measure = goods.end > goods.start + 1 and not goods.products and self._naming.is_unit(goods.end - 1)
        return replace(goods, amount=UNIT) if is_measure else goods

    def _measure(self, number: Phrase) -> Phrase:
        """A number before a unit that a name has: "400 g"."""
        if not self._naming.is_unit(number.end):
            return number
        return replace(number, products=self._naming.measured(number.start, number.end + 1))

    def _word_of_language(self, at: int, role: Phrase) -> Phrase:
        """A role, unless "fresh" or the like begins several words of one name, or "a drink" is ordered."""
        if role.kind not in _MAY_BE_GOODS:
            return role
        if role.kind is GENERIC and at and self._opens(at - 1) and (kind := self._naming.kind(role)):
            return kind
        part = self._naming.part(at) if role.kind is GLUE else None
        return part if part and part.end > max(role.end, at + 1) else role

    def _opens(self, at: int) -> bool:
        text = self._tokens[at].text
        return self._known[at].role is ARTICLE or text in self._words.numbers or text.isdecimal()

    def _rest(self, at: int) -> Phrase:
        naming = self._naming
        found = naming.shared_head(at) or naming.part_or_category(at) or naming.synonym(at) or naming.compound(at)
        if found is None:
            return Phrase(UNKNOWN, at, at + 1)
        return (naming.told_behind(at, found.end) if found.products else None) or found

    def _role(self, at: int, word: Known) -> Phrase | None:
        if self._text(at + 1) in word.second_words:
            texts = [token.text for token in self._tokens[at : at + word.most_spoken]]
            for length in range(len(texts), 1, -1):
                if role := self._words.roles.get(" ".join(texts[:length])):
                    return self._spoken(role, at, at + length)
        role = word.role
        if role is None:
            return None
        return self._spoken(role, at, at + 1) if role in _BY_NEIGHBOURS else Phrase(role, at, at + 1)

    def _text(self, at: int) -> str:
        return self._tokens[at].text if at < len(self._tokens) else ""

    def _spoken(self, role: Role, start: int, end: int) -> Phrase:
        """Words of the language, as the grammar knows them."""
        if role is OR:
            # It joins as "and" does, and remembers that one of the two is meant.
            return Phrase(AND, start, end, amount=role)
        if role in _MARKED:
            return Phrase(_MARKED[role], start, end, amount=role)
        if role is BUT:
            return self._but(start, end)
        return Phrase(role, start, end)

    def _but(self, start: int, end: int) -> Phrase:
        """Behind "all" it leaves something out, "all but one"; farther off what is known, "all large but the …"."""
        before = [token.text for token in self._tokens[max(0, start - FARTHEST_WHOLE) : start]]
        if before and before[-1] in self._words.wholes:
            return Phrase(REFUSE, start, end, amount=Role.EXCEPT)
        is_known = end < len(self._tokens) and self._words.roles.get(self._text(end)) in _KNOWN_BY
        is_far = is_known and not self._words.wholes.isdisjoint(before)
        return Phrase(REFUSE, start, end, amount=BUT) if is_far else Phrase(FILLER, start, end)

    def _number(self, at: int) -> Phrase | None:
        number = read_number(self._tokens, at, self._words)
        if number is None:
            return None
        return Phrase(NUMBER, at, at + number.length, value=number.value, shares=number.shares)


def _is_longest(goods: Phrase, role: Phrase | None, number: Phrase | None) -> bool:
    if number and (number.end > goods.end or goods.end == goods.start + 1):
        return False
    # "Can of": where the menu has cans, they are a choice, else a measure.
    return role is None or goods.end >= role.end or role.kind is SIDE_OF


def _maybe_amount(goods: Phrase, role: Phrase | None) -> Phrase:
    if role is None or role.end != goods.end:
        return goods
    if role.kind is GENERIC:
        return replace(goods, amount=GENERIC)
    if role.kind in (FILLER, GLUE):
        # "Still" and "plain" are choices beside goods that have them, else small words.
        return goods if goods.products else replace(goods, amount=Role(role.kind))
    if role.kind not in (EXTRA, LIGHT):
        return goods
    return replace(goods, amount=Role(role.kind))
