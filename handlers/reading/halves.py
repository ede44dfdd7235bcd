"""Dishes of two halves: "half diavola, half margherita", "half and half: diavola and margherita", "duetto with …"."""

from collections.abc import Sequence

from handlers.reading.language import Role, Words
from handlers.reading.menu_match import CompiledMenu, Target
from handlers.reading.numbers import HALF
from handlers.reading.phrases import Kind, Phrase
from handlers.reading.tokens import Token

_SAYS_NOTHING: frozenset[Kind | Role] = frozenset({Role.GLUE, Role.FILLER, Role.LINK, Role.OF_THE})
_LEADS_UP: frozenset[Kind | Role] = frozenset({*_SAYS_NOTHING, Kind.COMMA, Role.WITH, Kind.CATEGORY, Role.SUMS})
_JOINS: frozenset[Kind | Role] = frozenset({*_SAYS_NOTHING, Role.AND, Kind.COMMA})
_OPENS: frozenset[Kind | Role] = frozenset({Kind.NUMBER, Role.ARTICLE, Role.REST})


def may_have_halves(phrases: Sequence[Phrase], menu: CompiledMenu) -> bool:
    """Whether a half is said at all, or a dish that has some."""
    dishes = menu.halves
    if not dishes:
        return False
    return any(
        phrase.value is None if phrase.kind is Kind.NUMBER else not dishes.keys().isdisjoint(phrase.products)
        for phrase in phrases
    )


def with_halves(phrases: list[Phrase], menu: CompiledMenu, tokens: Sequence[Token], words: Words) -> list[Phrase]:
    """The phrases, those that say two halves as the dish and a choice for each half.

    Of several pizzas that are "half this, half that" nobody knows whether each is: those stay as they are.
    """
    halves = _Halves(phrases, menu, tokens, words)
    at = 0
    while at < len(phrases):
        at = halves.read(at) or at + 1
    return halves.phrases


class _Halves:
    def __init__(self, phrases: list[Phrase], menu: CompiledMenu, tokens: Sequence[Token], words: Words) -> None:
        self.phrases = phrases
        self._tokens = tokens
        self._words = words
        self._dishes = menu.halves

    def read(self, at: int) -> int | None:
        """The index behind the two halves that begin at `at`, None if none do."""
        if self._is_half(at):
            if self._follows_half(at):
                return None
            first = self._after(at, _SAYS_NOTHING)
            second = self._second_half(first) if self._kind(first) is Kind.GOODS else self._named_behind(first)
            if second is None or self._are_several(at):
                return None
            first = first if self._kind(first) is Kind.GOODS else second[0]
            return self._say(at, tuple(self._dishes), first, second[1])
        dishes = tuple(sku for sku in self._products(at) if sku in self._dishes)
        pair = self._pair(self._after(at, _LEADS_UP)) if dishes else None
        if pair is None or self._is_list(at, pair):
            return None
        return self._say(at, dishes, *pair)

    # ---- looking

    def _kind(self, at: int) -> Kind | Role | None:
        return self.phrases[at].kind if 0 <= at < len(self.phrases) else None

    def _after(self, at: int, passed: frozenset[Kind | Role]) -> int:
        at += 1
        while self._kind(at) in passed:
            at += 1
        return at

    def _before(self, at: int, passed: frozenset[Kind | Role]) -> int:
        at -= 1
        while self._kind(at) in passed and not self._is_half(at):
            at -= 1
        return at

    def _products(self, at: int) -> tuple[str, ...]:
        return self.phrases[at].products if self._kind(at) is Kind.GOODS else ()

    def _is_half(self, at: int) -> bool:
        phrase = self.phrases[at] if self._kind(at) is Kind.NUMBER else None
        if phrase is None or phrase.value is not None or phrase.end != phrase.start + 1:
            return False
        return phrase.shares == 2 or self._tokens[phrase.start].text in HALF

    def _half_from(self, at: int) -> int | None:
        """The half at `at`, or behind an article or "the other"; None if there is none."""
        if self._kind(at) in _OPENS and not self._is_half(at):
            at = self._after(at, _SAYS_NOTHING)
        return at if self._is_half(at) else None

    def _second_half(self, first: int) -> tuple[int, int] | None:
        """ "…, half margherita" behind the first half."""
        half = self._half_from(self._after(first, _JOINS))
        second = self._after(half, _SAYS_NOTHING) if half is not None else first
        is_second = second > first and self._kind(second) is Kind.GOODS
        # A third half is none.
        return (first, second) if is_second and not self._is_half(self._after(second, _JOINS)) else None

    def _follows_half(self, at: int) -> bool:
        """Is there a half before this one? Of three nobody knows which two are one."""
        named = self._before(at, _JOINS | _OPENS)
        return self._kind(named) is Kind.GOODS and self._is_half(self._before(named, _SAYS_NOTHING))

    def _named_behind(self, joint: int) -> tuple[int, int] | None:
        """ "Half and half: diavola and margherita"."""
        half = self._after(joint - 1, _JOINS)
        return self._pair(self._after(half, _LEADS_UP)) if self._is_half(half) else None

    def _pair(self, first: int) -> tuple[int, int] | None:
        """Two names without a number: "diavola and margherita", "half diavola half margherita"."""
        if self._is_half(first):
            first = self._after(first, _SAYS_NOTHING)
            return self._second_half(first) if self._kind(first) is Kind.GOODS else None
        second = self._after(first, _JOINS)
        is_pair = self._kind(first) is Kind.GOODS and self._kind(second) is Kind.GOODS
        return (first, second) if is_pair else None

    def _is_list(self, dish: int, pair: tuple[int, int]) -> bool:
        """ "Duetto, diavola, margherita": three dishes; two of them that "and" or "half" joins are the halves."""
        comma = next((at for at in range(dish, pair[0]) if self._kind(at) is Kind.COMMA), None)
        if comma is None or self._tokens[self.phrases[comma].start].text != ",":
            return False
        return not any(self._kind(at) in (Role.AND, Kind.NUMBER) for at in range(*pair))

    def _are_several(self, half: int) -> bool:
        """ "Two pizzas, half diavola, half margherita" may be one of each."""
        before = range(half - 1, max(-1, half - 5), -1)
        kind = next((at for at in before if self._kind(at) is Kind.CATEGORY), None)
        number = self.phrases[kind - 1] if kind else None
        return number is not None and number.kind is Kind.NUMBER and number.value != 1

    # ---- saying

    def _say(self, at: int, dishes: tuple[str, ...], first: int, second: int) -> int | None:
        """The dish at `at`, and its halves; None where no dish has both."""
        choices = [self._choices(dishes, first, 0), self._choices(dishes, second, 1)]
        fitting = tuple(sku for sku in dishes if all(any(t.sku == sku for t in each) for each in choices))
        if not fitting:
            return None
        for between in range(at + 1, second):
            self.phrases[between] = Phrase(Role.GLUE, self.phrases[between].start, self.phrases[between].end)
        self.phrases[at] = Phrase(Kind.GOODS, self.phrases[at].start, self.phrases[at].end, fitting)
        for place, targets in zip((first, second), choices, strict=True):
            options = tuple(dict.fromkeys(target._replace(sku="") for target in targets if target.sku in fitting))
            self.phrases[place] = Phrase(
                Kind.GOODS, self.phrases[place].start, self.phrases[place].end, options=options
            )
        return second + 1

    def _choices(self, dishes: tuple[str, ...], at: int, half: int) -> list[Target]:
        """What is named at `at`, as the first half (0) or the second (1) of each dish that comes with it."""
        named = self._products(at)
        groups = [(sku, self._dishes[sku].groups[half]) for sku in dishes] if len(named) == 1 else []
        return [Target(sku, group.group, named[0]) for sku, group in groups if named[0] in group.by_value]
