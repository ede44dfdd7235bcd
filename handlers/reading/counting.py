"""Numbers that count several lines, or lines that were there before: "2 each", "a coke each", "coke x2"."""

from collections.abc import Sequence
from functools import partial
from itertools import takewhile

from handlers.reading.language import ANOTHER
from handlers.reading.menu_match import CompiledMenu, Rank
from handlers.reading.numbers import whole
from handlers.reading.open_lines import OpenLines
from handlers.reading.order_lines import Line, has_size, takes
from handlers.reading.phrases import NUMBER, UNKNOWN, Phrase

NEAR = 4
"""So many tokens behind the goods a number still counts them, if other goods could be meant."""


class Counting:
    """Changes the quantities of lines that are there, or of those that come next."""

    def __init__(self, menu: CompiledMenu, lines: OpenLines) -> None:
        self._menu = menu
        self._lines = lines
        self._each: int | None = None
        self._for_each: int | None = None
        self._eached: list[Line] = []

    def begin(self, line: Line) -> None:
        """A new line was opened: it may be one of those that are counted together."""
        if self._for_each is not None:
            self._multiply(line, self._for_each)
        if line.opened:
            self._each = None
        elif self._each is not None:
            line.quantity, line.counted = self._each, True
        self._for_each = None

    def end_sentence(self) -> None:
        self._each = self._for_each = None

    def after(self, number: Phrase) -> Line | None:
        """ "Coke 2", "coke x2": the line that a number behind it counts, None if it cannot be meant."""
        line = self._lines.open
        if line is None or line.counted:
            return None
        if line.end < number.start - NEAR and (line.opened or len(self._lines.all) > 1):
            # "You have cake, don't you? Then 4": so far away only where nothing else can be meant.
            return None
        line.quantity, line.counted = number.value, True
        line.reach(number)
        return line

    def each(self, count: int, *, is_ahead: bool) -> None:
        """ "Panna cotta and tiramisu, 2 each", or "2 each of panna cotta and tiramisu"."""
        lines = self._lines.all
        waiting = [] if is_ahead else list(takewhile(lambda line: not line.counted, reversed(lines)))
        if not waiting and not is_ahead and all(line.quantity == 1 for line in lines):
            # "One cake and one tart, two of each": said last, it is what counts.
            waiting = list(lines)
        self._each = None if waiting else count
        for line in waiting:
            line.quantity, line.counted = count, True

    def adds_up(self, total: Phrase) -> bool:
        """ "That's 13 in total"."""
        return sum(line.quantity or 0 for line in self._lines.all) == total.value

    def part_of_full(self, skus: tuple[str, ...], opener: Phrase | None) -> Line | None:
        """ "Four pizzas, two margheritas and two diavolas, one diavola large": it is one of them, and no fifth."""
        line = next((other for other in reversed(self._lines.all) if other.skus == skus and not other.part_of), None)
        if opener is None or opener.amount is ANOTHER or line is None:
            return None
        count = opener.value if opener.kind is NUMBER else 1
        if count is None or (line.quantity or 0) < count:
            return None
        self._lines.open_part(line, count, opener)
        return self._lines.open

    # ---- one for each of the goods before

    def expect_for_each(self) -> bool:
        """ "Two margheritas, and for each a coke": the goods that come next. False if nobody knows for how many."""
        self._for_each = self._total(self._lines.sentence)
        return self._for_each is not None

    def count_for_each(self) -> bool:
        """ "Two margheritas and a coke each": the open line. False if nobody knows for how many."""
        line = self._lines.open
        total = self._total([other for other in self._lines.sentence if other is not line])
        if line is None or total is None:
            return False
        self._multiply(line, total)
        return line.quantity is not None

    def _multiply(self, line: Line, total: int) -> None:
        line.quantity = None if line.quantity is None else whole(line.quantity * total)
        self._eached.append(line)

    def _total(self, lines: Sequence[Line]) -> int | None:
        """How many goods these are, more than one and all of one kind."""
        counted = [line for line in lines if line not in self._eached]
        kinds = {self._menu.menu.by_sku[line.skus[0]].category if line.skus else "" for line in counted}
        total = sum(line.quantity or 0 for line in counted)
        return total if total > 1 and len(kinds) == 1 and "" not in kinds else None

    # ---- announced goods

    def spread_announced(self) -> list[Phrase]:
        """ "3 pizzas: margherita, marinara and a tirolese": where the names make up the number, the first is one, too.

        Of a list that does not add up nobody knows how many of each. Returned are headings that are no goods.
        """
        idle: list[Phrase] = []
        lines = list(self._lines.all)
        for at, line in enumerate(lines):
            if line.skus and line.is_listed and not (line.opened or line.counted or line.said):
                # "Coffees for all: two lattes and a mocha".
                idle += self._drop_heading(line, lines[at + 1 :])
                continue
            if not line.skus or line.quantity is None or line.quantity < 2:
                continue
            if (line.is_generic or line.is_head or line.is_listed) and not line.said:
                self._drop_if_listed(line, lines[at + 1 :])
            if not line.among:
                continue
            others = list(takewhile(partial(self._is_of, line.among), lines[at + 1 :]))
            if 1 + sum(other.quantity or 0 for other in others) == line.quantity:
                line.quantity = 1
                self._say_of_others(line, others)
            elif others and line.is_listed:
                line.quantity = None
        return idle

    def _say_of_others(self, line: Line, others: Sequence[Line]) -> None:
        """ "Two large pizzas: margherita and diavola", both of them."""
        for said in line.said[: line.announced]:
            for other in others:
                if takes(self._menu, other, said.phrase) and not has_size(self._menu, other, said.phrase):
                    other.said.append(said)

    def _drop_heading(self, line: Line, others: Sequence[Line]) -> list[Phrase]:
        """The heading where it says nothing of the goods below it: "mixed: 2 margheritas" is no mixed salad."""
        products = self._menu.menu.by_sku
        if not (others and others[0].skus):
            return []
        is_kind = products[others[0].skus[0]].category == products[line.skus[0]].category
        is_part = line.rank in (Rank.PART, Rank.BEGINNING)
        if is_kind or is_part:
            self._lines.all.remove(line)
        return [] if is_kind or not is_part else [Phrase(UNKNOWN, line.start, line.end)]

    def _drop_if_listed(self, line: Line, others: Sequence[Line]) -> None:
        """ "Three drinks: a coke and two teas", where the menu has drinks of unknown kind, too.

        Or "two cookies, one chocolate chip and one oatmeal", where cookies are also a short name of one of these.
        """
        products = self._menu.menu.by_sku
        category = products[line.skus[0]].category
        left = line.quantity or 0
        is_told = line.is_generic or line.is_listed
        for other in [] if not others or others[0].is_joined else others:
            if left <= 0 or not other.skus or products[other.skus[0]].category != category:
                break
            left -= other.quantity or left + 1
            is_told |= other.skus == line.skus and other.rank != line.rank
        if left == 0 and is_told:
            self._lines.all.remove(line)

    def _is_of(self, kind: str, line: Line) -> bool:
        return bool(line.skus) and line.skus[0] in self._menu.kinds[kind].skus
