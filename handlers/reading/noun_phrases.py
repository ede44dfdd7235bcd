"""What lies ahead: a number or article, sizes and options, and the product they belong to."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.menu import Choose
from handlers.reading.language import Role
from handlers.reading.menu_match import CompiledMenu
from handlers.reading.phrases import Kind, Phrase

FARTHEST = 14
"""So many phrases may stand between a number and its product."""

OPENERS = frozenset({Kind.NUMBER, Role.ARTICLE})
AMOUNTS = frozenset({Role.EXTRA, Role.LIGHT})
_PASSED = frozenset({Role.GLUE, Role.SIDE_OF, Role.TIMES, Kind.CATEGORY})
_JOINTS = frozenset({Role.AND, Kind.COMMA})


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """Phrases `start` to `end` (exclusive), all indexes into the list of phrases.

    `modifiers` stand before the head; without a head, `end` is where the modifiers end.
    """

    start: int
    end: int
    modifiers: tuple[int, ...] = ()
    head: int | None = None
    skus: tuple[str, ...] = ()
    """The products meant by the head that take all modifiers."""
    unread: tuple[int, ...] = ()
    category: int | None = None


class Ahead:
    """Looks ahead in the phrases of one message."""

    def __init__(self, phrases: Sequence[Phrase], menu: CompiledMenu) -> None:
        self._phrases = phrases
        self._menu = menu

    def noun_phrase(self, start: int) -> NounPhrase:
        """The noun phrase that begins at phrase `start`, with or without an opener."""
        phrases = self._phrases
        has_opener = phrases[start].kind in OPENERS
        # "Half a margherita": the number leads.
        at = start + (2 if has_opener and self._kind(start + 1) is Role.ARTICLE else has_opener)
        run: list[int] = []
        unknown: list[int] = []
        category = None
        while at < len(phrases) and at < start + FARTHEST:
            kind = phrases[at].kind
            if kind is Kind.GOODS:
                run.append(at)
                if phrases[at].products and not phrases[at].options:
                    break
            elif kind in AMOUNTS:
                pass
            elif kind is Kind.UNKNOWN and has_opener and len(unknown) < 2:
                unknown.append(at)
            elif kind is Kind.CATEGORY:
                category = at
            elif kind in _JOINTS:
                if not run or not self._goes_on(at):
                    break
            elif kind is Kind.NUMBER and self._kind(at + 1) is Role.DESCRIBES:
                at += 1
            elif kind is Kind.NUMBER and run and phrases[start].kind is Role.ARTICLE and phrases[at].value == 1:
                # "A large one": the one stands for the product.
                return NounPhrase(start, at + 1, tuple(run))
            elif kind not in _PASSED:
                break
            at += 1
        return self._with_head(start, run, unknown) or self._headless(start, run, unknown, category)

    def _kind(self, at: int) -> Kind | Role | None:
        return self._phrases[at].kind if at < len(self._phrases) else None

    def _goes_on(self, joint: int) -> bool:
        after = joint + 1
        while self._kind(after) in (Role.GLUE, *AMOUNTS):
            after += 1
        return self._kind(after) is Kind.GOODS

    def _with_head(self, start: int, run: list[int], unknown: list[int]) -> NounPhrase | None:
        """The first product that nothing but a product can be, else the first that may be one."""
        sure = [at for at in run if self._phrases[at].products and not self._phrases[at].options]
        may_be = [at for at in run if self._phrases[at].products and self._phrases[at].options]
        for head in sure + may_be[:1]:
            modifiers = [at for at in run if at < head]
            skus, left = self._takers(self._phrases[head].products, modifiers)
            if left and (self._phrases[start].kind not in OPENERS or self._listed(left[-1], head)):
                continue
            taken = tuple(at for at in modifiers if at not in left)
            return NounPhrase(start, head + 1, taken, head, skus, (*unknown, *left))
        return None

    def _takers(self, skus: Sequence[str], modifiers: Sequence[int]) -> tuple[tuple[str, ...], list[int]]:
        """The products that take the most modifiers, and the modifiers that they do not take."""
        refused = {sku: [at for at in modifiers if not self.takes(sku, self._phrases[at])] for sku in skus}
        fewest = min(len(left) for left in refused.values())
        best = tuple(sku for sku in skus if len(refused[sku]) == fewest)
        return best, refused[best[0]]

    def _listed(self, at: int, head: int) -> bool:
        return any(self._phrases[between].kind in _JOINTS for between in range(at, head))

    def _headless(self, start: int, run: list[int], unknown: list[int], category: int | None) -> NounPhrase:
        last = max([start, *run, *unknown, *([category] if category is not None else [])])
        return NounPhrase(start, last + 1, tuple(run), unread=tuple(unknown), category=category)

    def takes(self, sku: str, phrase: Phrase) -> bool:
        """Can the product have this as an option?"""
        return any(self._menu.group_of(sku, target) for target in phrase.options)

    def is_size(self, sku: str, phrase: Phrase) -> bool:
        """One of several, no more and no less: such a word stands before its product."""
        return any(
            group.choose is Choose.ONE and not group.amounts
            for target in phrase.options
            if (group := self._menu.group_of(sku, target)) is not None
        )
