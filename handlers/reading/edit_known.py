"""Edits of a line that is named as one that is there: "the margherita large", "add capers to the lasagne"."""

import re

from core.menu import Chosen
from handlers.reading.clauses import joints
from handlers.reading.edit_parts import PartRules
from handlers.reading.understood import ReadLine
from handlers.reading.wordings import wordings


def cuts(found: re.Match[str]) -> list[tuple[str, str]]:
    """The dish and what goes from it or on it; where both stand side by side, the name may be of several words."""
    cuts = [(found["other"], found["goods"])]
    if found.start("goods") - found.end("other") == 1:
        parts = f"{found['other']} {found['goods']}".split()
        cuts += [(" ".join(parts[:at]), " ".join(parts[at:])) for at in range(1, len(parts))]
    return cuts


class KnownRules(PartRules):
    """Rules for one clause each; a rule returns whether it was one."""

    def named_again(self, words: str) -> bool:
        """ "The margherita large": a line that is known gets these options, not a second one beside it."""
        found = self._known_with_options(words)
        if found is None:
            return False
        index, line = found
        self.choose(index, self._with_swapped(words, line), words)
        return True

    def is_named_again(self, words: str) -> bool:
        """Whether a line of the draft is named as the one that is known: "the margherita large"."""
        return self.is_definite(words) and self._known_with_options(words) is not None

    def tells_of_known(self, words: str) -> bool:
        """ "Make the margherita large", "the margherita large": options of a line that is there."""
        told = (self._known_with_options(found["goods"]) for found in self.matches("of_line", words))
        return any(told) or self.is_named_again(words)

    def known_for(self, words: str) -> bool:
        """ "For my sister only the cannoli", and there are some: whether hers are more of them nobody can tell."""
        for found in self.matches("known_for", words):
            reading = self.finder.reading(found["goods"])
            if reading.lines and all(self.of_sku(line.sku) for line in reading.lines):
                self.unread.append(words)
                return True
        return False

    def both_known(self, first: str, second: str) -> bool:
        """ "The pizzas large and the coke small": each speaks of a line that there is."""
        if not self.is_definite(first) or not self.is_definite(second):
            return False
        lines = self.finder.reading(first).lines
        return not lines or any(line.options for line in lines)

    def _known_with_options(self, words: str) -> tuple[int, ReadLine] | None:
        """The only line of the goods that are named with options; "gnocchi with chilli oil" may leave out the "the"."""
        reading = self.finder.reading(words)
        if len(reading.lines) != 1 or reading.unread or reading.questions or not reading.lines[0].options:
            return None
        there = [index for index in self.of_sku(reading.lines[0].sku) if index < self.drafted]
        if self.has_number(words) or len(there) != 1:
            return None
        if not self.is_definite(words):
            chosen = {option.group for option in self.lines[there[0]].options}
            if self.joins or chosen & {option.group for option in reading.lines[0].options}:
                return None
        return there[0], reading.lines[0]

    def _with_swapped(self, words: str, line: ReadLine) -> tuple[Chosen, ...]:
        """What is said, and of "speck instead of salami" also what is given up."""
        for found in self.swaps(words):
            if self.swaps_within(found["goods"], (line,)):
                taken = {(chosen.group, chosen.value) for chosen in line.options}
                away = [c for c in self.finder.refused(found["goods"], line) if (c.group, c.value) not in taken]
                return (*line.options, *(c for c in away if not self.takes_one(line, c.group)))
        return line.options

    def names_known(self, words: str) -> bool:
        """ "The coke", and there is one: whether more of it, less or something else is meant nobody can tell."""
        of_line = any(self.is_definite(words.partition(" ")[2]) for _ in self.matches("of_line", words))
        if self.has_number(words) or not (of_line or self.is_definite(words)):
            return False
        reading = self.finder.reading(words)
        known = [bool(self.of_sku(line.sku)) for line in reading.lines]
        is_apart = joints(self.finder.languages).search(words) is not None
        if not any(known) or not (all(known) or not is_apart):
            return False
        if wordings("talk", "takes", self.finder.languages).search(words):
            # "My wife wants the margherita".
            return False
        self.unread.append(words)
        return True

    def changes_nothing(self, words: str) -> bool:
        """ "Change the marinara": how, is not said, and none is ordered by it."""
        for found in self.matches("changes_what", words):
            reading = self.finder.reading(found["goods"])
            if reading.lines and not any(line.options for line in reading.lines) and not reading.unread:
                self.unread.append(words)
                return True
        return False

    def tells_line(self, goods: str) -> bool:
        """ "The small margherita": options that only tell which line is meant."""
        reading = self.finder.reading(goods)
        return bool(reading.lines) and not reading.unread and all(self.of_sku(line.sku) for line in reading.lines)

    def add_to(self, words: str) -> bool:
        """An option for a line of the draft: "add capers to the lasagne"."""
        for other, goods in (cut for found in self.matches("add_to", words) for cut in cuts(found)):
            if self._add_to_some(other, goods, words):
                return True
            for index in reversed(self.finder.lines(other, self.lines)):
                if self.choose_on(index, other, self.finder.options(goods, self.lines[index]), words):
                    return True
        return False

    def _add_to_some(self, other: str, goods: str, words: str) -> bool:
        """ "On the margheritas once with salami": on as many of them."""
        times, _, rest = goods.partition(" ")
        count = self.finder.often(times) if rest and self.finder.says_times(times) else None
        lines = self.finder.lines(other, self.lines) if count else []
        able = [index for index in lines if self.finder.options(rest, self.lines[index])]
        if len(able) != 1 or not count or count > self.lines[able[0]].quantity:
            return False
        self.take_part(able[0], count, self.finder.options(rest, self.lines[able[0]]), words)
        return True

    def of_line(self, words: str) -> bool:
        """Like "make the margherita large": a product of the draft and its options in one phrase."""
        if self.named_again(words):
            return True
        for found in self.matches("of_line", words):
            reading = self.finder.reading(found["goods"])
            if len(reading.lines) != 1 or reading.unread or not reading.lines[0].options:
                continue
            lines = [
                index for index, line in enumerate(self.lines) if line.sku == reading.lines[0].sku and line.quantity
            ]
            if lines:
                self.choose(lines[-1], reading.lines[0].options, words)
                return True
        return False

    def choose_on(self, index: int, said: str, options: tuple[Chosen, ...], words: str) -> bool:
        """These options of the line, or of as many of it as were said: "mushrooms on one of the tirolese"."""
        count = self.how_many(said)
        if options and 0 < count < self.lines[index].quantity:
            self.take_part(index, count, options, words)
        elif options:
            self.choose(index, options, words)
        return bool(options)

    def how_many(self, goods: str) -> int:
        """How many of the goods are given up; 0 where that is not said."""
        if wordings("edits", "one_of", self.finder.languages).match(goods):
            return 1
        first, _, rest = goods.partition(" ")
        return (self.finder.number(first) or 0) if rest else 0
