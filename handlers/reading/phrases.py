"""Tokens to phrases: names on the menu, numbers, and the words that hold an order together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from handlers.reading.language import Role, Words
from handlers.reading.menu_match import CompiledMenu, Target
from handlers.reading.numbers import read_number
from handlers.reading.tokens import Token, TokenKind, key_of, stem


class Kind(Enum):
    """The kinds of phrases besides the roles of words (see language.Role)."""

    GOODS = auto()
    CATEGORY = auto()
    NUMBER = auto()
    COMMA = auto()
    LINE = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens `start` to `end` (exclusive) and what they are.

    Goods carry what they may name: `products` (skus, equally good) and `options`.
    """

    kind: Kind | Role
    start: int
    end: int
    products: tuple[str, ...] = ()
    options: tuple[Target, ...] = ()
    value: int | None = None
    rank: int = 0
    """How the products were named, see Target."""
    category: str = ""
    """Key of a word for many goods (CompiledMenu.kinds)."""
    amount: Kind | Role | None = None
    """EXTRA or LIGHT: the word may also be an amount of what follows."""


def phrases_of(tokens: Sequence[Token], menu: CompiledMenu, words: Words) -> list[Phrase]:
    """The longest phrase at each place, the menu's before the language's."""
    spelled = _spelled(tokens, menu, words)
    found = _Splitter(spelled, menu, words).split()
    places = zip(found, [None, *found], [*found[1:], None], strict=False)
    return [
        replace(phrase, kind=Role.GLUE) if _is_tail(phrase, before, menu, spelled) else _in_place(phrase, after)
        for phrase, before, after in places
    ]


def _is_tail(phrase: Phrase, before: Phrase | None, menu: CompiledMenu, tokens: Sequence[Token]) -> bool:
    """The "sauce" of "mustard sauce", where the menu says mustard: a word on which names of options end."""
    if before is None or before.kind is not Kind.GOODS or not before.options or phrase.end != phrase.start + 1:
        return False
    is_unclear = phrase.kind is Kind.UNKNOWN or (
        phrase.kind is Kind.GOODS and not phrase.products and len(phrase.options) > 1 and phrase.options[0].rank == 2
    )
    return is_unclear and stem(tokens[phrase.start].text) in menu.tails


def _is_adjective(phrase: Phrase) -> bool:
    """Only the first words of names of options."""
    return not phrase.products and all(target.rank == 3 for target in phrase.options)


def _in_place(phrase: Phrase, after: Phrase | None) -> Phrase:
    """A word that could be several things, in the light of the phrase behind it."""
    if after is None or phrase.kind is not Kind.GOODS:
        return phrase
    if after.kind is Kind.UNKNOWN and _is_adjective(phrase):
        return Phrase(Kind.UNKNOWN, phrase.start, phrase.end)
    if after.kind is not Kind.GOODS:
        return phrase
    if phrase.amount and after.options:
        return Phrase(phrase.amount, phrase.start, phrase.end)
    # In "sweet tea" the sweet is no sweet potato: it says what kind of tea.
    if phrase.rank == 3 and phrase.products and not phrase.options and after.products and not after.options:
        return Phrase(Kind.UNKNOWN, phrase.start, phrase.end)
    return phrase


def _spelled(tokens: Sequence[Token], menu: CompiledMenu, words: Words) -> list[Token]:
    """Misspelled words of the menu as the menu has them."""
    return [
        replace(token, text=near)
        if token.kind is TokenKind.WORD and (near := _correction(token.text, menu, words)) is not None
        else token
        for token in tokens
    ]


def _correction(word: str, menu: CompiledMenu, words: Words) -> str | None:
    if len(word) < 4 or word in words.known or word in words.numbers:
        return None
    key = key_of((word,), words.numbers)
    if key in menu.vocabulary or key in menu.names or key in menu.kinds:
        return None
    return menu.spelling.nearest(word)


class _Splitter:
    def __init__(self, tokens: list[Token], menu: CompiledMenu, words: Words) -> None:
        self.tokens = tokens
        self.menu = menu
        self.words = words

    def split(self) -> list[Phrase]:
        found: list[Phrase] = []
        at = 0
        while at < len(self.tokens):
            phrases = self._at(at)
            found += phrases
            at = phrases[-1].end
        return found

    def _at(self, at: int) -> list[Phrase]:
        kind = self.tokens[at].kind
        if kind is TokenKind.LINE or kind is TokenKind.COMMA:
            return [Phrase(Kind.LINE if kind is TokenKind.LINE else Kind.COMMA, at, at + 1)]
        goods, role = self._goods(at), self._role(at)
        if goods and (longer := self._longer_part(at, goods)):
            return [longer]
        number = self._number(at)
        if goods and self._is_longest(goods, role, number):
            amount = role.kind if role and role.end == goods.end else None
            return [replace(goods, amount=amount) if amount in (Role.EXTRA, Role.LIGHT) else goods]
        if number and (role is None or number.end >= role.end):
            return [number]
        if role is None or role.kind is Role.EXTRA:
            with_gap = self._with_gap(at, products_only=role is not None)
            if with_gap:
                return with_gap
        if role and not (role.kind is Role.GLUE and (part := self._part(at)) and part.end > role.end + 0 and part.end > at + 1):
            return [role]
        return [self._shared_head(at) or self._part_or_category(at) or self._synonym(at) or Phrase(Kind.UNKNOWN, at, at + 1)]

    @staticmethod
    def _is_longest(goods: Phrase, role: Phrase | None, number: Phrase | None) -> bool:
        if number and (number.end > goods.end or goods.end == goods.start + 1):
            return False
        # "Can of": where the menu has cans, they are a choice, else a measure.
        return role is None or goods.end >= role.end or role.kind is Role.SIDE_OF

    def _run(self, at: int, most: int) -> list[str]:
        """The texts from `at` on, up to a break."""
        run: list[str] = []
        for token in self.tokens[at : at + most]:
            if token.kind not in (TokenKind.WORD, TokenKind.NUMBER):
                break
            run.append(token.text)
        return run

    def _goods(self, at: int) -> Phrase | None:
        run = self._run(at, self.menu.longest)
        for length in range(len(run), 0, -1):
            targets = self._named(run[:length]) or self._named_otherwise(run[:length])
            if targets:
                return self._as_goods(at, at + length, targets + self._meant(run[:length]))
        return None

    def _named_otherwise(self, run: Sequence[str]) -> tuple[Target, ...]:
        """"Ham sub" where the menu has ham sandwiches."""
        others = self.words.synonyms.get(key_of(run[-1:], self.words.numbers), ()) if len(run) > 1 else ()
        return next((targets for other in others if (targets := self._named([*run[:-1], *other.split()]))), ())

    def _named(self, run: Sequence[str]) -> tuple[Target, ...]:
        return self.menu.named(key_of(run, self.words.numbers), " ".join(run))

    def _meant(self, run: Sequence[str]) -> tuple[Target, ...]:
        """What synonyms of these words name, as a last resort."""
        for other in self.words.synonyms.get(key_of(run, self.words.numbers), ()):
            targets = self._named(other.split())
            if targets:
                return tuple(replace(target, rank=4) for target in targets)
        return ()

    def _as_goods(self, start: int, end: int, targets: Sequence[Target]) -> Phrase:
        products = [target for target in targets if target.sku]
        best = min((target.rank for target in products), default=0)
        skus = tuple(dict.fromkeys(target.sku for target in products if target.rank == best))
        if best == 2 and len(skus) > 1:
            skus = tuple(dict.fromkeys((*skus, *(target.sku for target in products))))
        options = tuple(sorted((target for target in targets if target.group), key=lambda target: target.rank))
        if options and best > options[0].rank + 1:
            skus = ()
        return Phrase(Kind.GOODS, start, end, skus, options, rank=best)

    def _role(self, at: int) -> Phrase | None:
        run = self._run(at, self.words.longest)
        for length in range(len(run), 0, -1):
            role = self.words.roles.get(" ".join(run[:length]))
            if role:
                return Phrase(role, at, at + length)
        return None

    def _number(self, at: int) -> Phrase | None:
        number = read_number(self.tokens, at, self.words)
        return Phrase(Kind.NUMBER, at, at + number.length, value=number.value) if number else None

    def _with_gap(self, at: int, *, products_only: bool) -> list[Phrase] | None:
        """A name with one word slipped in: "red chili sauce" for "red sauce"."""
        run = self._run(at, 4)
        for rest in (run[2:4], run[2:3]):
            if len(run) < 2 + len(rest) or not rest or self._named(run[1 : 2 + len(rest)]):
                continue
            targets = self._named([run[0], *rest])
            if products_only:
                targets = tuple(target for target in targets if target.sku)
            if targets and run[1] not in self.words.roles:
                return self._slipped_in(at + 1) + [self._as_goods(at, at + 2 + len(rest), targets)]
        return None

    def _slipped_in(self, at: int) -> list[Phrase]:
        """The word in the gap: an option stays one, other goods were part of the name, an unknown word is unread."""
        inner = self._named([self.tokens[at].text])
        if not inner:
            return [Phrase(Kind.UNKNOWN, at, at + 1)]
        options = tuple(target for target in inner if target.group)
        return [Phrase(Kind.GOODS, at, at + 1, options=options)] if options else []

    def _shared_head(self, at: int) -> Phrase | None:
        """"black and pinto beans": the first has the head noun of the last."""
        first = self.tokens[at].text
        place = at + 1
        for _ in range(3):
            if place >= len(self.tokens) or not self._joins(place):
                return None
            run = self._run(place + 1, self.menu.longest)
            for length in range(len(run), 1, -1):
                if self._named(run[:length]) or self._is_part(run[:length]):
                    targets = self._named([first, run[length - 1]])
                    return self._as_goods(at, at + 1, targets) if targets else None
            place += 2
        return None

    def _joins(self, at: int) -> bool:
        token = self.tokens[at]
        return token.kind is TokenKind.COMMA or self.words.roles.get(token.text) is Role.AND

    def _is_part(self, run: Sequence[str]) -> bool:
        return key_of(run, self.words.numbers) in self.menu.parts

    def _part(self, at: int) -> Phrase | None:
        run = self._run(at, self.menu.longest)
        for length in range(len(run), 0, -1):
            targets = self.menu.parts.get(key_of(run[:length], self.words.numbers))
            if targets and length == 1 and self._describes_next(at):
                return Phrase(Kind.UNKNOWN, at, at + 1)
            if targets and not any(word in self.words.roles for word in run[1:length]):
                return self._as_goods(at, at + length, targets)
        return None

    def _longer_part(self, at: int, goods: Phrase) -> Phrase | None:
        """Three words or more that only one name has, the last one too, say more than the first of them."""
        part = self._part(at) if goods.options and not goods.products else None
        is_clear = part is not None and part.rank == 2 and len(part.products) == 1 and part.end - at > 2
        return part if part is not None and is_clear and part.end > goods.end else None

    def _describes_next(self, at: int) -> bool:
        """"Black pinto beans": two adjectives and one noun are one thing, and the menu has only the second."""
        run = self._run(at + 1, self.menu.longest)
        lengths = [length for length in range(2, len(run) + 1) if self._named(run[:length])]
        return any(self._named([self.tokens[at].text, run[length - 1]]) for length in lengths)

    def _part_or_category(self, at: int) -> Phrase | None:
        part, category = self._part(at), self._category(at)
        if part and category and (category.end > part.end or not part.options):
            return category
        return part or category

    def _category(self, at: int) -> Phrase | None:
        run = self._run(at, 4)
        for length in range(len(run), 0, -1):
            key = key_of(run[:length], self.words.numbers)
            meant = [key_of(other.split(), self.words.numbers) for other in self.words.synonyms.get(key, ())]
            for kind in (key, *meant):
                if kind in self.menu.kinds:
                    return Phrase(Kind.CATEGORY, at, at + length, category=kind)
        return None

    def _synonym(self, at: int) -> Phrase | None:
        run = self._run(at, self.words.longest)
        for length in range(len(run), 0, -1):
            targets = self._meant(run[:length])
            if targets:
                return self._as_goods(at, at + length, targets)
        return None
