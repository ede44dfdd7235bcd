"""Edits that say how the goods of the draft are to be shared out: "two large, the rest medium", "one of each small".

They are read as an order is, as if they were said right behind the draft. What comes of that counts where all of it is
read and there are as many of all goods as before.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from core.menu import Chosen
from handlers.reading.edit_forgetting import ForgettingRules, State
from handlers.reading.language import ALL, ARTICLE, OF_THE, OF_THEM, ONE_OF, SUMS, Role, words_for
from handlers.reading.leaving_out import EXCEPTIONS
from handlers.reading.order_text import Roles
from handlers.reading.phrases import NUMBER
from handlers.reading.texts import Text
from handlers.reading.tokens import fold
from handlers.reading.understood import ReadLine
from handlers.reading.wordings import wordings

_SPREADS: Roles = frozenset({NUMBER, ALL, ONE_OF, OF_THE, OF_THEM, Role.BOTH, Role.EACH, Role.REST})
"""Words for some of several things; without one of them nothing is shared out."""
_SAYS_WHICH: Roles = frozenset({SUMS, Role.ARE, *EXCEPTIONS})
_COUNTS: Roles = frozenset({ARTICLE, NUMBER})
_SURELY: Roles = frozenset({Role.REST, Role.EACH, *_SAYS_WHICH})
"""With one of these no other rule sees all that the words say."""
MOST_BEFORE = 3
"""Words of "with the exception of"."""
MOST_TRIED = 6
"""Lines that may be the one of which parts are told."""
FEWEST = 2
"""Of one thing alone nothing is shared out."""


class SpreadRules(ForgettingRules):
    """Each method returns whether the words were read so."""

    def spread_at_once(self, words: str) -> bool:
        """ "All large except the second one", "two large, the rest medium": before any other rule is asked."""
        if not self.drafted or self.goods or not self.finder.says(words, _SURELY):
            return False
        if not self.finder.says(words, _SAYS_WHICH | _COUNTS):
            # "The other one large" alone is a line that other rules find.
            return False
        is_spread = self.spread(self._nth_named(words))
        self.edited |= is_spread
        return is_spread

    def _nth_named(self, words: str) -> str:
        """ "… except the second one": what is left out by its place, by its name; of lines of one thing each."""
        there = [self.lines[index] for index in sorted(self.from_last())]
        alone = {line.sku for line in there if line.quantity == 1}
        for found in reversed(list(wordings("edits", "ordinal_only", self.finder.languages).finditer(Text.of(words)))):
            nth = self.finder.nth(found[0], len(there))
            known = wordings("edits", "definite", self.finder.languages).match(found[0])
            if nth is None or len(alone) < len(there) or not self._is_left_out(words[: found.start()]):
                continue
            article = found[0][: known.end()] if known else ""
            name = next(iter(self.finder.menu.menu.by_sku[there[nth].sku].name.values()))
            words = f"{words[: found.start()]}{article} {name}{words[found.end() :]}"
        return words

    def _is_left_out(self, before: str) -> bool:
        said, roles = fold(before).split()[-MOST_BEFORE:], words_for(self.finder.languages).roles
        return any(roles.get(" ".join(said[at:])) in EXCEPTIONS for at in range(len(said)))

    def spread_what_is_lost(self, words: str, before: State) -> bool:
        """Where nothing came of the words, and something of them is reported or asked about."""
        if not self.drafted:
            return False
        self.add_goods()
        now = self.state()
        is_lost = now.edits == before.edits and (now.unread, now.questions) != (before.unread, before.questions)
        if not is_lost or not self.finder.says(words, _SPREADS):
            return False
        self.go_back(before)
        if self.spread(words):
            self.edited = True
            return True
        self.go_back(now)
        return False

    def spread(self, words: str) -> bool:
        """The lines become what is said of them, or of some of each."""
        there = [index for index, line in enumerate(self.lines) if line.quantity]
        if sum(self.lines[index].quantity for index in there) < FEWEST:
            return False
        several = [index for index in there if self.lines[index].quantity > 1][-MOST_TRIED:]
        may_be_any = bool(several) and self.finder.says(words, _COUNTS) and not self.is_definite(words)
        # Whichever line was spoken of last: where that makes a difference, nobody knows whose part it is.
        lasts = several if may_be_any else there[-1:]
        orders = [[*(other for other in there if other != last), last] for last in lasts]
        found = [(order, lines) for order in orders if (lines := self._behind(order, words)) is not None]
        if not found or any(_kinds(lines) != _kinds(found[0][1]) for _, lines in found):
            return False
        order, lines = found[0]
        for index, new in zip(order, lines, strict=False):
            if _differs(self.lines[index], new):
                self._become(index, new, words)
        for part in lines[len(order) :]:
            whole = next(self.lines[index] for index in order if self.lines[index].sku == part.sku)
            self.add(replace(part, for_whom=whole.for_whom, words=words))
        return True

    def _behind(self, order: Sequence[int], words: str) -> Sequence[ReadLine] | None:
        """The lines in this order when the words are said behind them; None unless they are shared out otherwise."""
        old = [self.lines[index] for index in order]
        reading = self.finder.behind(words, old)
        if reading.unread or reading.questions:
            return None
        if _totals(reading.lines) != _totals(old) or _kinds(reading.lines) == _kinds(old):
            return None
        changed = sum(was.quantity for was, new in zip(old, reading.lines, strict=False) if _differs(was, new))
        return reading.lines if changed >= FEWEST or self.finder.says(words, _SAYS_WHICH) else None

    def _become(self, index: int, new: ReadLine, words: str) -> None:
        old = self.lines[index]
        if new.quantity != old.quantity:
            self.set(index, new.quantity, words)
        wanted = tuple(option for option in new.options if option not in old.options)
        said = {(option.group, option.value) for option in wanted}
        groups = {option.group for option in wanted if self.takes_one(old, option.group)}
        gone = tuple(
            option
            for option in old.options
            if option not in new.options and option.group not in groups and (option.group, option.value) not in said
        )
        if gone:
            self.drop(index, gone, words)
        if wanted:
            self.choose(index, wanted, words)


def _differs(old: ReadLine, new: ReadLine) -> bool:
    return (old.quantity, frozenset(old.options)) != (new.quantity, frozenset(new.options))


def _kinds(lines: Sequence[ReadLine]) -> Counter[tuple[str, frozenset[Chosen]]]:
    """How many there are of each, told apart by their options."""
    kinds: Counter[tuple[str, frozenset[Chosen]]] = Counter()
    for line in lines:
        kinds[line.sku, frozenset(line.options)] += line.quantity
    return kinds


def _totals(lines: Sequence[ReadLine]) -> Counter[str]:
    totals: Counter[str] = Counter()
    for line in lines:
        totals[line.sku] += line.quantity
    return totals
