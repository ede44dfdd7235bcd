"""What stands around a phrase, and what lies ahead: a number, sizes and options, the product they belong to."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from core.frozen import frozen
from handlers.reading.language import (
    AND,
    ANOTHER,
    ARTICLE,
    EXTRA,
    FILLER,
    GLUE,
    LIGHT,
    LINK,
    OF_THE,
    OF_THEM,
    OR,
    SIDE_OF,
    WITH,
    Role,
)
from handlers.reading.menu_match import CompiledMenu
from handlers.reading.phrases import CATEGORY, COMMA, GOODS, LINE, NUMBER, UNKNOWN, Kind, Phrase

FARTHEST = 14
"""So many phrases may stand between a number and its product."""
_NOTHING: tuple[Kind | Role | None, ...] = (None,) * 20
"""So far beyond either end of a message its phrases are asked for."""
MOST_UNKNOWN = 2
"""So many unknown words may stand there: "two fresh-baked foccacia rolls"."""

OPENERS = frozenset({NUMBER, ARTICLE})
AMOUNTS = frozenset({EXTRA, LIGHT})
JOINTS = frozenset({AND, COMMA})
LINKS = frozenset({LINK, OF_THE})
_PASSED = frozenset({*LINKS, OF_THEM, GLUE, SIDE_OF, Role.TIMES, *AMOUNTS})
_SAID_OF_HEAD = frozenset({NUMBER, UNKNOWN})
_UNHEARD = frozenset({*LINKS, FILLER, OF_THEM, GLUE, Role.TIMES})
"""Phrases that do not change what the ones around them mean."""


@frozen
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
    is_pronoun: bool = False
    """"A large one": its last word stands for the product."""


@dataclass(slots=True)
class _Run:
    """What was passed on the way from `start` to the head."""

    start: int
    goods: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    category: int | None = None


class Sentence:
    """The phrases of one message and the view from each of them."""

    def __init__(self, phrases: Sequence[Phrase], menu: CompiledMenu) -> None:
        self._phrases = phrases
        # Nothing stands beyond the last phrase, nor (at -1, -2 …) before the first one.
        self._kinds = [*[phrase.kind for phrase in phrases], *_NOTHING]
        self._last_product = max([at for at, phrase in enumerate(phrases) if phrase.products], default=-1)
        self._menu = menu
        self._found: dict[int, NounPhrase] = {}

    def kind(self, at: int) -> Kind | Role | None:
        return self._kinds[at]

    def before(self, at: int) -> int:
        """The last phrase before `at` that says something; -1 if there is none."""
        at -= 1
        while self._kinds[at] in _UNHEARD:
            at -= 1
        return at

    def kind_before(self, at: int) -> Kind | Role | None:
        return self._kinds[self.before(at)]

    def is_joined(self, at: int) -> bool:
        """Does a refusal of what stands before cover phrase `at`, too? "No ham, olives or capers" refuses all three."""
        before = self.before(at)
        if self._kinds[before] is not COMMA:
            return self._kinds[before] is AND
        joint = at + 1
        while self._kinds[joint] is COMMA and self._is_option(joint - 1):
            joint += 2
        return self._is_or(joint) and self._is_option(joint - 1)

    def is_below_heading(self, at: int) -> bool:
        """Does a colon stand before phrase `at`, be it at the end of the line before?"""
        before = self.before(at)
        if self.kind(before) is LINE:
            before -= 1
        return self.kind(before) is COMMA and self._phrases[before].amount is Role.SUMS

    def is_said_of(self, at: int) -> bool:
        """ "Die Zwiebeln bei der Diavola weg": goods with an article, behind what is said of them."""
        if self._kinds[at] is not GOODS or self._phrases[at].options or self._kinds[at - 1] not in LINKS:
            return False
        before = self.before(at)
        if self._kinds[before] in (WITH, Role.OFF):
            before = self.before(before)
        return self._kinds[before] is GOODS and self._kinds[before - 1] in LINKS

    def is_either(self, at: int) -> bool:
        """Is phrase `at` one of two things of which one is meant?"""
        return self._is_or(self.before(at))

    def _is_or(self, at: int) -> bool:
        return self._kinds[at] is AND and self._phrases[at].amount is OR

    def _is_option(self, at: int) -> bool:
        return self._kinds[at] is GOODS and bool(self._phrases[at].options)

    def after(self, at: int) -> int:
        """The next phrase that says something, beyond the last one if there is none."""
        at += 1
        while self._kinds[at] in _UNHEARD:
            at += 1
        return at

    def has_product_from(self, at: int) -> bool:
        """Without one there is no need to look ahead for a head."""
        return at <= self._last_product

    def noun_phrase(self, start: int) -> NounPhrase:
        """The noun phrase that begins at phrase `start`, with or without an opener."""
        found = self._found.get(start)
        if found is None:
            found = self._found[start] = self._look_ahead(_Run(start))
        return found

    def _look_ahead(self, run: _Run) -> NounPhrase:
        at = run.start
        if self._kinds[at] in OPENERS:
            # "Half a margherita": the number leads, the article says nothing more.
            at += 2 if self._kinds[at + 1] is ARTICLE else 1
        while at < run.start + FARTHEST:
            kind = self._kinds[at]
            if kind is NUMBER and self._is_one(at, run):
                return NounPhrase(run.start, at + 1, tuple(run.goods), is_pronoun=True)
            steps = self._pass(at, kind, run)
            if not steps or self._is_sure(at):
                break
            at += steps
        return self._with_head(run) or self._headless(run)

    def _pass(self, at: int, kind: Kind | Role | None, run: _Run) -> int:
        """Takes phrase `at`, which is of this kind, into the run: how many phrases that was, 0 where the run ends."""
        if kind is GOODS:
            run.goods.append(at)
        elif kind is CATEGORY:
            run.category = at
        elif kind is NUMBER and self._kinds[at + 1] is Role.DESCRIBES:
            return 2
        elif kind in _SAID_OF_HEAD and self._is_said_of_head(at, run):
            run.unread.append(at)
        elif kind in JOINTS:
            # "Two large pizzas, margherita and diavola": what they are is said behind them.
            return int(bool(run.goods) and run.category is None and self._goes_on(at))
        else:
            # "2 of your best": after a number even fillers are on the way to its goods.
            is_on_way = kind is FILLER and self._kinds[run.start] is NUMBER and not run.goods
            return int(kind in _PASSED or is_on_way)
        return 1

    def _is_one(self, at: int, run: _Run) -> bool:
        if self._kinds[run.start] is not ARTICLE:
            return False
        before = self._phrases[at - 1].amount if at > run.start else None
        return self._phrases[at].value == 1 and (bool(run.goods) or before in (ANOTHER, Role.PLAIN))

    def _is_said_of_head(self, at: int, run: _Run) -> bool:
        """ "Two unknown colas" are two; "a three cheese pizza" is one."""
        opener = self._kinds[run.start]
        if self._kinds[at] is NUMBER:
            return at == run.start + 1 and (opener is ARTICLE or self._tells_of_goods(at))
        if run.goods and self._kinds[at - 1] in AMOUNTS:
            # "One large ham extra crispy": said of the ham, or of all.
            return False
        return opener in OPENERS and len(run.unread) < MOST_UNKNOWN

    def _tells_of_goods(self, at: int) -> bool:
        """ "One three cheese sandwich": the second number is of what is in it."""
        inner, head = self._phrases[at + 1 : at + 3] if self._kinds[at + 2] is GOODS else (None, None)
        if inner is None or head is None or not head.products or self._phrases[at].value is None:
            return False
        return inner.kind is UNKNOWN or (inner.kind is GOODS and not inner.products and not self._are_sizes(inner))

    def _are_sizes(self, phrase: Phrase) -> bool:
        groups = {target.group for target in phrase.options}
        return groups.isdisjoint(self._menu.several)

    def _is_sure(self, at: int) -> bool:
        """Goods that are a product and can be nothing else."""
        return bool(self._phrases[at].products) and not self._phrases[at].options

    def _goes_on(self, joint: int) -> bool:
        after = joint + 1
        if self._kinds[after] in LINKS and (self._kinds[joint] is AND or self._kinds[after] is LINK):
            # "… and the coffee": other goods, with an article of their own.
            return False
        while self._kinds[after] in (*LINKS, GLUE, *AMOUNTS):
            after += 1
        return self._kinds[after] is GOODS

    def _with_head(self, run: _Run) -> NounPhrase | None:
        """The product that ends the run, else the first goods that may be a product."""
        may_be = [at for at in run.goods if self._phrases[at].products]
        sure = [at for at in may_be if self._is_sure(at)]
        for head in (*sure, *may_be[:1]):
            modifiers = [at for at in run.goods if at < head]
            skus, left = self._takers(self._phrases[head].products, modifiers)
            if left and (self._kinds[run.start] not in OPENERS or self.is_listed(left[-1], head)):
                continue
            taken = tuple(at for at in modifiers if at not in left)
            return NounPhrase(run.start, head + 1, taken, head, skus, (*run.unread, *left))
        return None

    def _takers(self, skus: Sequence[str], modifiers: Sequence[int]) -> tuple[tuple[str, ...], list[int]]:
        """The products that take the most modifiers, and the modifiers that they do not take."""
        if not modifiers:
            return tuple(skus), []
        left = {sku: [at for at in modifiers if not self._takes(sku, self._phrases[at])] for sku in skus}
        fewest = min(len(others) for others in left.values())
        best = tuple(sku for sku in skus if len(left[sku]) == fewest)
        return best, left[best[0]]

    def _takes(self, sku: str, phrase: Phrase) -> bool:
        return self._menu.has_any(sku, phrase.options)

    def is_listed(self, at: int, head: int) -> bool:
        """Does "and" or a comma stand between the two?"""
        return any(self._kinds[between] in JOINTS for between in range(at, head))

    def _headless(self, run: _Run) -> NounPhrase:
        last = max(run.start, run.category or 0, *run.goods, *run.unread)
        return NounPhrase(run.start, last + 1, tuple(run.goods), unread=tuple(run.unread), category=run.category)
