"""A word for several options before those options: "two cheeses, swiss and brie", "veggies: lettuce, onions"."""

from collections.abc import Sequence
from itertools import takewhile

from handlers.reading.language import (
    ALL,
    AND,
    ARTICLE,
    EXTRA,
    FILLER,
    GENERIC,
    GLUE,
    LIGHT,
    LINK,
    REFUSE,
    SUMS,
    WITH,
    Role,
    Words,
)
from handlers.reading.lexicon import Known
from handlers.reading.menu_match import CompiledMenu
from handlers.reading.order_lines import GENERIC as ANY_OF_ITS_KIND
from handlers.reading.phrases import CATEGORY, COMMA, GOODS, NUMBER, UNKNOWN, Kind, Phrase
from handlers.reading.tokens import Token, key_of, stem

_OPENERS = frozenset({NUMBER, ARTICLE})
_MAY_HEAD: frozenset[Kind | Role] = frozenset({GOODS, GENERIC, UNKNOWN, Role.DESCRIBES})
_SAYS_NOTHING: frozenset[Kind | Role | None] = frozenset({FILLER, GLUE, LINK})
_IN_LISTS: frozenset[Kind | Role | None] = frozenset({AND, COMMA, EXTRA, LIGHT, LINK, GLUE})
FEWEST = 2
"""So many options are a list."""


def headings(phrases: Sequence[Phrase], known: Sequence[Known]) -> list[int]:
    """Where a word for several options stands that is counted, in the plural or before a colon."""
    told = [at for at, phrase in enumerate(phrases) if known[phrase.start].is_heading]
    return [at for at in told if phrases[at].kind in _MAY_HEAD and _may_head(phrases, at, known)]


def _may_head(phrases: Sequence[Phrase], at: int, known: Sequence[Known]) -> bool:
    if _is_plural(known[phrases[at].start].text) or (at and phrases[at - 1].kind is NUMBER):
        return True
    return at + 1 < len(phrases) and phrases[at + 1].amount is SUMS


def without_headings(
    phrases: list[Phrase], places: Sequence[int], menu: CompiledMenu, tokens: Sequence[Token], words: Words
) -> list[Phrase]:
    """The phrases; words at `places` that the options behind them explain say nothing more."""
    lists = _Lists(phrases, menu, tokens, words)
    for at in places:
        lists.read(at)
    return lists.phrases


class _Lists:
    def __init__(self, phrases: list[Phrase], menu: CompiledMenu, tokens: Sequence[Token], words: Words) -> None:
        self.phrases = list(phrases)
        self._menu = menu
        self._tokens = tokens
        self._words = words

    def read(self, at: int) -> None:
        phrase, text = self.phrases[at], self._tokens[self.phrases[at].start].text
        nouns = self._nouns(text)
        is_any = text in self._words.wholes or phrase.kind in (GENERIC, Role.DESCRIBES)
        if not (is_any or any(noun in self._menu.tails or noun in self._menu.group_nouns for noun in nouns)):
            return
        if self._kind(self._before(at)) in (ALL, REFUSE):
            # "All the veggies, ranch", "no sauces, mayo on the side".
            return
        counted = self._count_before(at)
        if phrase.end > phrase.start + 1:
            if counted and phrase.options and counted == len(self._members(at, nouns, is_any=False)):
                # "Two beans, black and pinto", of which the first ones are black beans.
                self._drop(at - 1)
        elif phrase.products and not phrase.options:
            self._read_goods(at, text, nouns)
        elif counted:
            is_of_head = self._is_of_head(at, nouns, counted, is_any=is_any)
            if is_of_head or counted <= len(self._behind(at, nouns, is_any=is_any)):
                self._drop(at - 1, at)
        elif self._names_several(at, text) and self._is_told(at, text, nouns, is_any=is_any):
            self._drop(at)

    def _read_goods(self, at: int, text: str, nouns: tuple[str, ...]) -> None:
        """ "A tuna, veggies: lettuce, onions": not the veggie sub; "a tuna with veggies" says not which."""
        if text not in self._words.wholes or not _is_plural(text) or self._kind(at - 1) in _OPENERS:
            return
        if not any(phrase.products and not phrase.options for phrase in self.phrases[:at]):
            return
        if self._behind(at, nouns, is_any=True):
            self._drop(at)
        elif self._kind(self._before(at)) is WITH:
            self.phrases[at] = Phrase(UNKNOWN, self.phrases[at].start, self.phrases[at].end)

    # ---- looking

    def _kind(self, at: int) -> Kind | Role | None:
        return self.phrases[at].kind if 0 <= at < len(self.phrases) else None

    def _before(self, at: int) -> int:
        at -= 1
        while self._kind(at) in _SAYS_NOTHING:
            at -= 1
        return at

    def _after(self, at: int) -> int:
        at += 1
        while self._kind(at) in _SAYS_NOTHING:
            at += 1
        return at

    def _nouns(self, text: str) -> tuple[str, ...]:
        others = self._words.synonyms.get(key_of((text,), self._words.numbers), ())
        return (stem(text), *map(stem, others))

    def _count_before(self, at: int) -> int:
        """The two of "two cheeses", 0 if there is none."""
        return (self.phrases[at - 1].value or 0) if self._kind(at - 1) is NUMBER else 0

    def _is_of_head(self, at: int, nouns: tuple[str, ...], count: int, *, is_any: bool) -> bool:
        """ "A two cheese sub with swiss and brie": the number is of the cheeses, and which they are comes later."""
        if self._kind(at - 2) not in _OPENERS or self._kind(at + 1) is not GOODS or not self.phrases[at + 1].products:
            return False
        place = self._after(at + 1)
        found = self._behind(place, nouns, is_any=is_any) if self._kind(place) is WITH else []
        return sum(is_any or self._is_of(phrase, nouns) for phrase in found) == count

    def _is_told(self, at: int, text: str, nouns: tuple[str, ...], *, is_any: bool) -> bool:
        is_colon = self._is_colon(self._after(at))
        found = self._behind(at, nouns, is_any=is_any or (is_colon and self._kind(at) is UNKNOWN))
        if is_colon:
            return bool(found) and any(phrase.products for phrase in self.phrases[:at])
        of_kind = found if is_any else list(takewhile(lambda phrase: self._is_of(phrase, nouns), found))
        return _is_plural(text) and len(of_kind) >= FEWEST and self._kind(self._after(at)) is not COMMA

    def _names_several(self, at: int, text: str) -> bool:
        """No option that is called so: "any cheese", or a word that the menu knows in another number only."""
        phrase = self.phrases[at]
        if not phrase.options or self._is_colon(self._after(at)):
            return True
        is_generic = phrase.options[0].value.startswith(f"{ANY_OF_ITS_KIND}_")
        key = key_of((text,), self._words.numbers)
        return is_generic or all(spelling != text for spelling, _ in self._menu.names.get(key, ()))

    def _is_colon(self, at: int) -> bool:
        return self._kind(at) is COMMA and self.phrases[at].amount is SUMS

    def _behind(self, at: int, nouns: tuple[str, ...], *, is_any: bool) -> list[Phrase]:
        """The options behind a heading, be it behind a mark."""
        place = self._after(at)
        return self._members(self._after(place) if self._kind(place) is COMMA else place, nouns, is_any=is_any)

    def _members(self, at: int, nouns: tuple[str, ...], *, is_any: bool) -> list[Phrase]:
        """The options from `at` on, where one of them is of the kind."""
        found = list[Phrase]()
        while self._kind(at) in _IN_LISTS or (self._kind(at) is GOODS and self.phrases[at].options):
            found += [self.phrases[at]] if self._kind(at) is GOODS else []
            at += 1
        if self._kind(at) in (GOODS, CATEGORY):
            # "Two bean and cheese burritos": what stands before goods tells which.
            return []
        return found if is_any or any(self._is_of(phrase, nouns) for phrase in found) else []

    def _is_of(self, option: Phrase, nouns: tuple[str, ...]) -> bool:
        return any(
            target.group in self._menu.group_nouns.get(noun, ())
            or (target.group, target.value, noun) in self._menu.own_tails
            for noun in nouns
            for target in option.options
        )

    def _drop(self, *places: int) -> None:
        for at in places:
            self.phrases[at] = Phrase(GLUE, self.phrases[at].start, self.phrases[at].end)


def _is_plural(text: str) -> bool:
    return text.endswith("s") and not text.endswith("ss")
