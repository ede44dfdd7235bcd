"""Tokens to phrases: the longest fit at each place, the menu's words before the language's."""

from collections.abc import Iterator, Sequence

from handlers.reading.context import in_context
from handlers.reading.emoji import place_emoji
from handlers.reading.halves import with_halves
from handlers.reading.language import Role, Words
from handlers.reading.menu_match import CompiledMenu
from handlers.reading.naming import Naming
from handlers.reading.neighbours import MANY_MEANINGS, Neighbours
from handlers.reading.numbers import read_number
from handlers.reading.phrases import Kind, Phrase
from handlers.reading.said_together import together
from handlers.reading.spelling import SHORTEST
from handlers.reading.tokens import Token, TokenKind, key_of, piece_of, stem

SHORTEST_FORM = 3
"""Letters of another form of a word: "eaux" are eau."""

_MAY_BE_GOODS = frozenset({Role.GLUE, Role.GENERIC})
_BY_NEIGHBOURS = frozenset({Role.OR, Role.BUT})
_BREAKS = {TokenKind.LINE: Kind.LINE, TokenKind.COMMA: Kind.COMMA}


def phrases_of(tokens: Sequence[Token], menu: CompiledMenu, words: Words) -> list[Phrase]:
    """All phrases of a message, in the order of its tokens."""
    spelled = [_spelled(token, menu, words) for token in tokens]
    found = _Splitter(spelled, menu, words).split()
    neighbours = Neighbours(spelled, menu, words)
    places = zip(found, [None, *found], [*found[1:], None], strict=False)
    told_apart = [
        neighbours.between(phrase, before, after) if phrase.kind in MANY_MEANINGS else phrase
        for phrase, before, after in places
    ]
    joined = together(told_apart, menu, spelled, words)
    placed = place_emoji(in_context(joined, menu, spelled), menu)
    return with_halves(placed, menu, spelled, words) if menu.halves else placed


def _spelled(token: Token, menu: CompiledMenu, words: Words) -> Token:
    """A misspelled word as the menu has it, else as the language has it."""
    word = token.text
    if token.kind is not TokenKind.WORD or len(word) < SHORTEST or _is_known(word, menu, words):
        return token
    near = _inflected(word, menu, words)
    if near is None and stem(word) not in words.known:
        near = _nearest(word, menu) or words.spelling.nearest(word)
    return token if near is None else token._replace(text=near)


def _nearest(word: str, menu: CompiledMenu) -> str | None:
    """The one word of the menu that is meant, be it in the plural; of two for the same goods either."""
    if word[-1] == word[-2] and piece_of(word[:-1], {}) in menu.names:
        return word[:-1]
    for form in dict.fromkeys((word, word.removesuffix("s"))):
        near = menu.spelling.all_nearest(form)
        if near and len({_meaning(other, menu) for other in near}) == 1:
            return near[0]
    return None


def _meaning(word: str, menu: CompiledMenu) -> frozenset[tuple[str, str, str]] | str:
    key = piece_of(word, {})
    return frozenset(target[:3] for target in menu.named(key, "")) or key


def _is_known(word: str, menu: CompiledMenu, words: Words) -> bool:
    if word in words.roles or word in words.begin_numbers:
        return True
    key = piece_of(word, words.numbers)
    return key in menu.vocabulary or key in menu.names or key in menu.kinds


def _inflected(word: str, menu: CompiledMenu, words: Words) -> str | None:
    """Another form of the word that the menu has: "margherite" are several margherita."""
    meant = words.synonyms.get(piece_of(word, words.numbers), ()) if words.inflections else ()
    if any(key_of(other.split(), words.numbers) in menu.names for other in meant):
        return None
    forms = {form: piece_of(form, words.numbers) for form in _forms(word, words)}
    known = [form for form, key in forms.items() if key in menu.vocabulary]
    return next(iter([*known, *(form for form, key in forms.items() if key in words.synonyms)]), None)


def _forms(word: str, words: Words) -> Iterator[str]:
    for pair in words.inflections:
        for ending, other in (pair, pair[::-1]):
            form = word.removesuffix(ending) + other
            if word.endswith(ending) and len(form) >= SHORTEST_FORM:
                yield form


class _Splitter:
    def __init__(self, tokens: list[Token], menu: CompiledMenu, words: Words) -> None:
        self._tokens = tokens
        self._words = words
        self._naming = Naming(tokens, menu, words)

    def split(self) -> list[Phrase]:
        found: list[Phrase] = []
        at = 0
        while at < len(self._tokens):
            found += self._at(at)
            at = found[-1].end
        return found

    def _at(self, at: int) -> list[Phrase]:
        """The phrase at a place; two if a word slipped into a name, the name last."""
        if kind := _BREAKS.get(self._tokens[at].kind):
            return [Phrase(kind, at, at + 1)]
        if self._tokens[at].kind is TokenKind.EMOJI:
            return [self._naming.emoji(at)]
        goods, role, number = self._naming.goods(at), self._role(at), self._number(at)
        if goods and (longer := self._naming.longer_part(at, goods) or self._shared_head(at, goods)):
            return [longer]
        if goods and _is_longest(goods, role, number):
            return [_maybe_amount(goods, role)]
        if number and (role is None or number.end >= role.end):
            return [self._size_in_numbers(number) or self._measure(number)]
        if role and role.kind is Role.ARTICLE and (named := self._naming.one_unit(at)):
            return [named]
        can_have_gap = role is None or role.kind is Role.EXTRA
        if can_have_gap and (with_gap := self._naming.with_gap(at, products_only=role is not None)):
            return with_gap
        return [self._word_of_language(at, role) if role else self._rest(at)]

    def _shared_head(self, at: int, goods: Phrase) -> Phrase | None:
        """ "The green and the red salsa", where the menu has greens, too."""
        if goods.end > at + 1 or not self._naming.is_joined(at + 1) or not self._naming.is_written_otherwise(at):
            return None
        shared = self._naming.shared_head(at)
        return shared if shared and shared.kind is Kind.GOODS else None

    def _size_in_numbers(self, number: Phrase) -> Phrase | None:
        """ "12 inch", where the menu says footlong."""
        if number.end >= len(self._tokens) or self._words.roles.get(self._tokens[number.end].text) is not Role.UNIT:
            return None
        named = self._naming.synonym(number.start)
        return named if named and named.end > number.end else None

    def _measure(self, number: Phrase) -> Phrase:
        """A number before a unit that a name has: "400 g"."""
        if number.end >= len(self._tokens) or self._words.roles.get(self._tokens[number.end].text) is not Role.UNIT:
            return number
        return number._replace(products=self._naming.measured(number.start, number.end + 1))

    def _word_of_language(self, at: int, role: Phrase) -> Phrase:
        """A role, unless "fresh" or the like begins several words of one name, or "a drink" is ordered."""
        if role.kind not in _MAY_BE_GOODS:
            return role
        if role.kind is Role.GENERIC and at and self._opens(at - 1) and (kind := self._naming.kind(role)):
            return kind
        part = self._naming.part(at) if role.kind is Role.GLUE else None
        return part if part and part.end > max(role.end, at + 1) else role

    def _opens(self, at: int) -> bool:
        text = self._tokens[at].text
        return self._words.roles.get(text) is Role.ARTICLE or text in self._words.numbers or text.isdecimal()

    def _rest(self, at: int) -> Phrase:
        naming = self._naming
        found = naming.shared_head(at) or naming.part_or_category(at) or naming.synonym(at) or naming.compound(at)
        return found or Phrase(Kind.UNKNOWN, at, at + 1)

    def _role(self, at: int) -> Phrase | None:
        text, roles = self._tokens[at].text, self._words.roles
        most = self._words.most_after.get(text, 0)
        if most > 1:
            texts = [token.text for token in self._tokens[at : at + most]]
            for length in range(len(texts), 1, -1):
                if role := roles.get(" ".join(texts[:length])):
                    return self._spoken(role, at, at + length)
        role = roles.get(text)
        if role is None:
            return None
        return self._spoken(role, at, at + 1) if role in _BY_NEIGHBOURS else Phrase(role, at, at + 1)

    def _spoken(self, role: Role, start: int, end: int) -> Phrase:
        """Words of the language, as the grammar knows them."""
        if role is Role.OR:
            # It joins as "and" does, and remembers that one of the two is meant.
            return Phrase(Role.AND, start, end, amount=role)
        if role is Role.BUT:
            is_whole = start > 0 and self._tokens[start - 1].text in self._words.wholes
            return Phrase(Role.REFUSE if is_whole else Role.FILLER, start, end)
        return Phrase(role, start, end)

    def _number(self, at: int) -> Phrase | None:
        number = read_number(self._tokens, at, self._words)
        if number is None:
            return None
        return Phrase(Kind.NUMBER, at, at + number.length, value=number.value, shares=number.shares)


def _is_longest(goods: Phrase, role: Phrase | None, number: Phrase | None) -> bool:
    if number and (number.end > goods.end or goods.end == goods.start + 1):
        return False
    # "Can of": where the menu has cans, they are a choice, else a measure.
    return role is None or goods.end >= role.end or role.kind is Role.SIDE_OF


def _maybe_amount(goods: Phrase, role: Phrase | None) -> Phrase:
    if role is None or role.end != goods.end:
        return goods
    if role.kind is Role.GENERIC:
        return goods._replace(amount=Role.GENERIC)
    if role.kind in (Role.FILLER, Role.GLUE):
        # "Still" and "plain" are choices beside goods that have them, else small words.
        return goods if goods.products else goods._replace(amount=Role(role.kind))
    if role.kind not in (Role.EXTRA, Role.LIGHT):
        return goods
    return goods._replace(amount=Role(role.kind))
