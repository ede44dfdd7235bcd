"""Edits of a part of a line, or of a line that is told by what it has: "one of them large", "the small one"."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from core.menu import Amount, Chosen
from handlers.reading.clauses import joints
from handlers.reading.draft_lines import Finder
from handlers.reading.edit_quantities import QuantityRules
from handlers.reading.language import Role, words_for
from handlers.reading.texts import Text
from handlers.reading.tokens import fold
from handlers.reading.understood import ReadLine
from handlers.reading.wordings import wordings

_Said = Callable[[ReadLine], tuple[Chosen, ...]]


class PartRules(QuantityRules):
    """Rules for one clause each; a rule returns whether it was one."""

    def __init__(self, draft: tuple[ReadLine, ...], finder: Finder, languages: tuple[str, ...]) -> None:
        super().__init__(draft, finder, languages)
        self.joins = False
        """Whether the clause begins with "and" or "also": what it names is more, not the same again."""

    def part(self, words: str) -> bool:
        """ "One of them large": a line of its own, if only one line can be meant; else nobody knows whose part."""
        if self._part_named(words):
            return True
        if not self.matches("part", words) and not self.matches("part_behind", words):
            return False
        parts = [*self.matches("part_of", words), *self.matches("part_behind", words)]
        if any(self._split(found) or self._split_off(found) for found in parts):
            return True
        if self._is_new(words) or self.swaps(words):
            return False
        self.unread.append(words)
        return True

    def _is_new(self, words: str) -> bool:
        """ "One of the pesto", and there is none yet: goods like any other."""
        reading = self.finder.reading(words)
        return bool(reading.lines) and not reading.unread and not any(self.of_sku(line.sku) for line in reading.lines)

    def parts_with(self, words: str) -> bool:
        """ "One with ham, one with mushrooms": parts of the only line of several that can have it."""
        pieces = joints(self.finder.languages).split(words)
        key = "part_with" if len(pieces) == 1 else "part_any"
        counted = list[tuple[int, _Said]]()
        for piece in pieces:
            part = next(iter(self.matches(key, Text.of(words).less(piece))), None)
            count = self.finder.number(part["number"]) if part else None
            if part is None or not count:
                return False
            counted.append((count, self._said_of(part)))
        fitting = [
            index
            for index, line in enumerate(self.lines[: self.drafted or None])
            if line.quantity >= max(2, sum(count for count, _ in counted)) and all(said(line) for _, said in counted)
        ]
        others = self.finder.reading(words).lines
        if len(fitting) != 1 or any(line.sku != self.lines[fitting[0]].sku for line in others):
            return False
        for count, said in counted:
            self.take_part(fitting[0], count, said(self.lines[fitting[0]]), words)
        return True

    def _said_of(self, part: re.Match[str]) -> _Said:
        """What a line would have: "with the side salad", "without parmesan"."""
        known = wordings("edits", "definite", self.finder.languages).match(part["rest"])
        rest = part["rest"][known.end() :].lstrip() if known else part["rest"]
        before = part.string[: part.start("rest")].split()[-1]
        refuses = words_for(self.finder.languages).roles.get(fold(before)) is Role.REFUSE
        find = self.finder.refused if refuses else self.finder.options
        return lambda line: find(rest, line)

    def _part_named(self, words: str) -> bool:
        """ "One of the margheritas large"; "two of the large ones" says how many there are to be."""
        for found in self.matches("part_named", words):
            if self._part_of_kind(found["number"], found["goods"], words):
                return True
            reading, lines = self.finder.reading(found["goods"]), self.finder.lines(found["goods"], self.lines)
            count = self.part_of(found["number"], self.lines[lines[0]]) if lines else None
            if not count or len(lines) != 1 or len(reading.lines) != 1 or reading.unread:
                continue
            line, options = self.lines[lines[0]], reading.lines[0].options
            if not options or set(options) <= set(line.options):
                self.set(lines[0], count, words)
                return True
            if line.quantity >= count:
                self.take_part(lines[0], count, options, words)
                return True
        return False

    def _part_of_kind(self, said: str, goods: str, words: str) -> bool:
        """ "One of the pizzas gluten-free": the only line of its kind that can be so."""
        parts = goods.split()
        for at in range(1, len(parts)):
            kind, rest = " ".join(parts[:at]), " ".join(parts[at:])
            if self.finder.named(kind):
                # Goods, and all that stands behind them is said of them: "without ham but with olives".
                return False
            lines = self.finder.lines(kind, self.lines)
            able = [(index, options) for index in lines if (options := self.finder.options(rest, self.lines[index]))]
            count = self.part_of(said, self.lines[able[0][0]]) if len(able) == 1 else None
            if count and self.lines[able[0][0]].quantity >= max(2, count):
                self.take_part(able[0][0], count, able[0][1], words)
                return True
        return False

    def _split_off(self, found: re.Match[str]) -> bool:
        """ "Make one of them a diavola"."""
        count, other = self.finder.number(found["number"]), self.finder.reading(found["rest"])
        several = [index for index, line in enumerate(self.lines) if count and line.quantity > count]
        if len(several) > 1 and other.lines:
            # "One of them a coke" is one of the beers, not of the pizzas.
            kind = self.category(other.lines[0])
            several = [index for index in several if self.category(self.lines[index]) == kind]
        if not count or len(several) != 1 or len(other.lines) != 1 or other.unread or other.questions:
            return False
        self.set(several[0], self.lines[several[0]].quantity - count, found[0])
        self.add(replace(other.lines[0], quantity=count))
        return True

    def category(self, line: ReadLine) -> str:
        product = self.finder.product(line)
        return product.category if product else ""

    def _split(self, found: re.Match[str]) -> bool:
        fitting = [
            (index, count, options)
            for index, line in enumerate(self.lines)
            if (count := self.part_of(found["number"], line))
            and line.quantity >= max(2, count)
            and (options := self.finder.options(found["rest"], line))
        ]
        if len(fitting) != 1:
            return False
        self.take_part(*fitting[0], found[0])
        return True

    def part_of(self, said: str, line: ReadLine) -> int | None:
        """So many of the line as a number or a share of it says."""
        return self.finder.number(said) or self.finder.share(said, line.quantity)

    def take_part(self, index: int, count: int, options: tuple[Chosen, ...], words: str) -> None:
        """So many of the line get these options, all of them or a part."""
        line = self.lines[index]
        if line.quantity == count:
            self.choose(index, options, words)
            return
        self.set(index, line.quantity - count, words)
        said = {(chosen.group, chosen.value) for chosen in options}
        one_only = {chosen.group for chosen in options if self.takes_one(line, chosen.group)}
        kept = tuple(c for c in line.options if (c.group, c.value) not in said and c.group not in one_only)
        self.add(replace(line, quantity=count, options=kept + options, words=words))

    def one_more_with(self, words: str) -> bool:
        """ "Another one, but large"."""
        for found in self.matches("one_more_with", words):
            options = self.finder.options(found["rest"], self.lines[self.last]) if self.last >= 0 else ()
            if options and not self.finder.lines_named(found["rest"], self.lines):
                line = self.lines[self.last]
                said = {chosen.group for chosen in options}
                kept = tuple(c for c in line.options if c.group not in said or not self.takes_one(line, c.group))
                self.add(replace(line, quantity=1, options=kept + options, words=words))
                return True
        return False

    def of_one(self, words: str) -> bool:
        """ "Make the small one large": the line is told by what it has."""
        for found in self.matches("of_one", words):
            lines = self.finder.lines(found["goods"], self.lines)
            may_be_part = bool(lines) and (self.may_be_of_one(lines[0]) or self.are_all_alike())
            if may_be_part and self.matches("ordinal_only", found["goods"]):
                continue
            if len(lines) == 1 and self.choose_if(lines[0], found["rest"], words):
                return True
        return False

    def of_all_so(self, words: str) -> bool:
        """ "Large for the olive ones": all lines that have what tells them."""
        for found in self.matches("of_all_so", words):
            so = [index for index in self.from_last() if self.finder.has_said(found["goods"], self.lines[index])]
            chosen = [self.choose_if(index, found["rest"], words) for index in so]
            if any(chosen):
                return True
        return False

    def not_so(self, words: str) -> bool:
        """ "The diavola shouldn't be large either": what was chosen of it is not wanted any more."""
        for found in self.matches("not_so", words):
            for index in self.finder.lines(found["goods"], self.lines):
                named = {(one.group, one.value) for one in self.finder.options(found["rest"], self.lines[index])}
                own = tuple(one for one in self.lines[index].options if (one.group, one.value) in named)
                if own and all(one.amount is not Amount.NONE for one in own):
                    self.drop(index, own, words)
                    return True
        return False

    def may_be_of_one(self, index: int) -> bool:
        """ "The first without cheese", of two of these and two of those: the first of which, and one or both?"""
        kind = self.category(self.lines[index])
        alike = [line for line in self.lines if line.quantity and self.category(line) == kind]
        return len(alike) > 1 and any(line.quantity > 1 for line in alike)

    def are_all_alike(self) -> bool:
        """Whether several of one line are all there is: the last one is one of them."""
        there = self.from_last()
        return len(there) == 1 and self.lines[there[0]].quantity > 1

    def is_definite(self, words: str) -> bool:
        """ "The", "my": what follows is there already."""
        return wordings("edits", "definite", self.finder.languages).match(Text.of(words)) is not None

    def swaps(self, words: str) -> list[re.Match[str]]:
        return [*self.matches("swap", words), *self.matches("instead", words)]

    def swaps_within(self, old: str, lines: tuple[ReadLine, ...]) -> bool:
        """ "A salmon with spinach instead of potatoes": what is given up is an option of the new goods."""
        return len(lines) == 1 and bool(self.finder.refused(old, lines[0]))

    def of_sku(self, sku: str) -> list[int]:
        return [index for index, line in enumerate(self.lines) if line.sku == sku and line.quantity]

    def choose_if(self, index: int, text: str, words: str) -> bool:
        options = self.finder.options(text, self.lines[index])
        if options:
            self.choose(index, options, words)
        return bool(options)

    def can_have(self, index: int, options: Iterable[Chosen]) -> bool:
        product = self.finder.product(self.lines[index])
        return product is not None and all(
            one.group in product.by_group and one.value in product.by_group[one.group].by_value for one in options
        )

    def takers(self, text: str) -> list[int]:
        """The lines from the last that can have these options; what cannot be is found out once for a product."""
        lines = {line.sku: line for line in self.lines if line.quantity}
        can = {sku for sku, line in lines.items() if self.finder.options(text, line)}
        return [index for index in self.from_last() if self.lines[index].sku in can]

    def holders(self, goods: str) -> list[int]:
        """The lines from the last, those first that have what the words name as an option."""
        return sorted(self.from_last(), key=lambda index: not self.has_chosen(goods, self.lines[index]))

    def has_chosen(self, goods: str, line: ReadLine) -> bool:
        """Whether the words name an option that the line has."""
        named = {(option.group, option.value) for option in self.finder.options(goods, line)}
        return any((option.group, option.value) in named for option in line.options)
