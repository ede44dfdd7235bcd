"""Edits of a part of a line, or of a line that is told by what it has: "one of them large", "the small one"."""

import re
from dataclasses import replace

from core.menu import Chosen
from handlers.reading.draft_lines import Finder
from handlers.reading.edit_quantities import QuantityRules
from handlers.reading.order_text import read_order
from handlers.reading.texts import Text
from handlers.reading.understood import ReadLine
from handlers.reading.wordings import wordings


class PartRules(QuantityRules):
    """Rules for one clause each; a rule returns whether it was one."""

    def __init__(self, draft: tuple[ReadLine, ...], finder: Finder, languages: tuple[str, ...]) -> None:
        super().__init__(draft, finder, languages)
        self.unread: list[str] = []

    def part(self, words: str) -> bool:
        """ "One of them large": a line of its own, if only one line can be meant; else nobody knows whose part."""
        if self._part_named(words):
            return True
        if not self.matches("part", words) and not self.matches("part_behind", words):
            return False
        parts = [*self.matches("part_of", words), *self.matches("part_behind", words)]
        if not any(self._split(found) or self._split_off(found) for found in parts):
            self.unread.append(words)
        return True

    def _part_named(self, words: str) -> bool:
        """ "One of the margheritas large"; "two of the large ones" says how many there are to be."""
        for found in self.matches("part_named", words):
            count, reading = (
                self.finder.number(found["number"]),
                read_order(found["goods"], self.finder.menu, self.languages),
            )
            lines = self.finder.lines(found["goods"], self.lines)
            if not count or len(lines) != 1 or len(reading.lines) != 1 or reading.unread:
                continue
            line, options = self.lines[lines[0]], reading.lines[0].options
            if not options or set(options) <= set(line.options):
                self.set(lines[0], count, words)
                return True
            if line.quantity >= count:
                self._take_part(lines[0], count, options, words)
                return True
        return False

    def _split_off(self, found: re.Match[str]) -> bool:
        """ "Make one of them a diavola"."""
        count, other = self.finder.number(found["number"]), read_order(found["rest"], self.finder.menu, self.languages)
        several = [index for index, line in enumerate(self.lines) if count and line.quantity > count]
        if not count or len(several) != 1 or len(other.lines) != 1 or other.unread or other.questions:
            return False
        self.set(several[0], self.lines[several[0]].quantity - count, found[0])
        self.add(replace(other.lines[0], quantity=count))
        return True

    def _split(self, found: re.Match[str]) -> bool:
        count, words = self.finder.number(found["number"]), found[0]
        fitting = [
            index
            for index, line in enumerate(self.lines)
            if count and line.quantity >= max(2, count) and self.finder.options(found["rest"], line)
        ]
        if not count or len(fitting) != 1:
            return False
        (index,) = fitting
        self._take_part(index, count, self.finder.options(found["rest"], self.lines[index]), words)
        return True

    def _take_part(self, index: int, count: int, options: tuple[Chosen, ...], words: str) -> None:
        """So many of the line get these options, all of them or a part."""
        line = self.lines[index]
        if line.quantity == count:
            self.choose(index, options, words)
            return
        self.set(index, line.quantity - count, words)
        groups = {(chosen.group, chosen.value) for chosen in options}
        kept = tuple(chosen for chosen in line.options if (chosen.group, chosen.value) not in groups)
        self.add(replace(line, quantity=count, options=kept + options, words=words))

    def one_more_with(self, words: str) -> bool:
        """ "Another one, but large"."""
        for found in self.matches("one_more_with", words):
            options = self.finder.options(found["rest"], self.lines[self.last]) if self.last >= 0 else ()
            if options:
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
            if len(lines) == 1 and self.choose_if(lines[0], found["rest"], words):
                return True
        return False

    def named_again(self, words: str) -> bool:
        """ "The margherita large": a line that is known gets these options, not a second one beside it."""
        reading = read_order(words, self.finder.menu, self.languages)
        if len(reading.lines) != 1 or reading.unread or reading.questions or not reading.lines[0].options:
            return False
        if self.has_number(words) or not wordings("edits", "definite", self.finder.languages).match(Text(words)):
            return False
        there = [index for index in self.of_sku(reading.lines[0].sku) if index < self.drafted]
        if len(there) == 1:
            self.choose(there[0], self._with_swapped(words, reading.lines[0]), words)
        return len(there) == 1

    def _with_swapped(self, words: str, line: ReadLine) -> tuple[Chosen, ...]:
        """What is said, and of "speck instead of salami" also what is given up."""
        for found in self.matches("swap", words):
            if self.swaps_within(found["goods"], (line,)):
                taken = {(chosen.group, chosen.value) for chosen in line.options}
                away = [c for c in self.finder.refused(found["goods"], line) if (c.group, c.value) not in taken]
                return (*line.options, *(c for c in away if not self.takes_one(line, c.group)))
        return line.options

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

    def tells_line(self, goods: str) -> bool:
        """ "The small margherita": options that only tell which line is meant."""
        lines = read_order(goods, self.finder.menu, self.languages).lines
        return bool(lines) and all(self.of_sku(line.sku) for line in lines)
