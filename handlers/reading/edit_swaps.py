"""Edits that put one thing in the place of another: "swap the coke for a beer", "3 beers instead of the coke"."""

import re
from dataclasses import replace

from core.menu import Chosen
from handlers.reading.edit_corrections import CorrectionRules
from handlers.reading.people import for_people
from handlers.reading.understood import Reading, ReadLine, SetQuantity
from handlers.reading.wordings import wordings

MOST_OF_A_NAME = 3
"""Words that a name may have behind those by which it was found."""


class SwapRules(CorrectionRules):
    """Rules for one clause each; a rule returns whether it was one."""

    def swap(self, words: str) -> bool:
        for found in self.swaps(words):
            if self._within_known(found, words):
                return True
            if self.finder.number(found["other"]) is not None:
                continue
            goods, coming = self._sides(found)
            if not goods or self._are_several(goods):
                continue
            lines = self.finder.lines(goods, self.lines)
            said = self._behind_refusal(coming, lines)
            other = self._of_people(said)
            if lines and other.lines and not other.unread and not self.swaps_within(goods, other.lines):
                self._put_instead(lines[-1], goods, other, said, words)
                return True
            if self._swap_option(goods, said, words):
                return True
            if lines and self.choose_if(lines[-1], said, words):
                return True
            if self.swaps_within(goods, other.lines):
                return False
            if lines or (self.lines and other.lines and self.finder.reading(goods).lines):
                self._half_there(goods, other, words, is_there=bool(lines))
                return True
        return False

    def _given_up(self, found: re.Match[str]) -> str:
        """What is given up, as many as are said: "one of the beers should be …"; nothing where that is no number."""
        count = found.groupdict().get("number")
        if count is None:
            return found["goods"]
        return f"{count} {found['goods']}" if self.finder.number(count) else ""

    def _within_known(self, found: re.Match[str], words: str) -> bool:
        """ "One margherita small instead of large", of three: so many of them, and none comes to them."""
        named = self.finder.reading(found["other"])
        there = self.of_sku(named.lines[0].sku) if len(named.lines) == 1 else []
        if named.unread or named.questions or len(there) != 1:
            return False
        line, said = self.lines[there[0]], found["goods"].split()
        ways = [(" ".join(said[:at]), self.finder.options(" ".join(said[at:]), line)) for at in range(1, len(said))]
        for old, wanted in [(found["goods"], named.lines[0].options), *ways]:
            if wanted and self._may_be(old, wanted, line) and not set(wanted) <= set(line.options):
                count = named.lines[0].quantity if self.has_number(words) else line.quantity
                self.take_part(there[0], min(count, line.quantity), self._in_place_of(old, wanted, line), words)
                return True
        return False

    def _may_be(self, old: str, wanted: tuple[Chosen, ...], line: ReadLine) -> bool:
        """Whether the line is what it is not to be; of one size or another it may be said of any."""
        groups = {chosen.group for chosen in wanted}
        given_up = self.finder.options(old, line)
        is_other = bool(given_up) and all(one.group in groups and self.takes_one(line, one.group) for one in given_up)
        return is_other or self.has_chosen(old, line)

    def _in_place_of(self, old: str, wanted: tuple[Chosen, ...], line: ReadLine) -> tuple[Chosen, ...]:
        """What is wanted, and what goes for it: of a group with one value each nothing need go."""
        groups = {chosen.group for chosen in wanted if self.takes_one(line, chosen.group)}
        return (*(away for away in self.finder.refused(old, line) if away.group not in groups), *wanted)

    def _sides(self, found: re.Match[str]) -> tuple[str, str]:
        """What is given up, and what comes for it: side by side, as much of both as is one thing in the draft.

        "Instead of the bottle | lagrein two waters" gives up no bottle.
        """
        goods, other = self._given_up(found), found["other"]
        if not goods or found.start("other") - found.end("goods") != 1 or self.finder.named(goods):
            return goods, other
        parts, least = f"{goods} {other}".split(), len(goods.split())
        for at in range(least + 1, min(len(parts), least + 1 + MOST_OF_A_NAME)):
            given_up, rest = " ".join(parts[:at]), " ".join(parts[at:])
            reading = self.finder.reading(given_up)
            is_one = len(reading.lines) == 1 and not reading.unread and bool(self.of_sku(reading.lines[0].sku))
            if is_one and self.finder.reading(rest).lines:
                return given_up, rest
        return goods, other

    def _are_several(self, goods: str) -> bool:
        """ "The coke two beers" is what is given up, and what comes for it."""
        named = {line.sku for line in self.finder.reading(goods).lines}
        return len(named) > 1 and any(not self.of_sku(sku) for sku in named)

    def _behind_refusal(self, words: str, lines: list[int]) -> str:
        """ "No more beer, 2 cokes instead of the beer": what is refused is what the cokes stand for."""
        first, comma, rest = words.partition(",")
        for found in self.matches("refuse", first) if comma and lines else ():
            if self.finder.lines(found["goods"], self.lines) == lines:
                return rest.strip()
        return words

    def _of_people(self, words: str) -> Reading:
        """The goods with whom they are for: "Lisa takes a caprese" instead of what she had."""
        reading = self.finder.reading(words)
        if not reading.lines or not reading.unread:
            return reading
        lines, unread = for_people(words, reading.lines, reading.unread, self.finder.languages)
        return replace(reading, lines=lines, unread=unread)

    def instead_alone(self, words: str) -> bool:
        """ "A carbonara instead", with one line of its kind: that is given up for it."""
        if any(isinstance(edit, SetQuantity) and not edit.quantity for edit in self.edits):
            # What it stands for was taken out by the same message.
            return False
        for found in self.matches("instead_alone", words):
            other = self.finder.reading(found["other"])
            if not other.lines or other.unread or other.questions:
                continue
            kind = self.category(other.lines[0])
            same = [index for index in self.from_last() if self.category(self.lines[index]) == kind]
            if not self.counted().isdisjoint(same):
                # "One margherita and one diavola instead", and the margheritas are counted: it comes to them.
                return False
            if len(same) == 1 and self.lines[same[0]].sku != other.lines[0].sku:
                self.replace(same[0], other.lines, found["other"], words)
                return True
        return False

    def _put_instead(self, index: int, goods: str, other: Reading, said: str, words: str) -> None:
        """All of the line, or as many as were said: "change one diavola to a marinara"."""
        old, count = self.lines[index].quantity, self.how_many(goods)
        is_one = len(other.lines) == 1 and other.lines[0].quantity == 1
        if not count and is_one and wordings("talk", "takes", self.finder.languages).search(said):
            # "One of us wants the salmon instead of gnocchi" gives up one of them.
            count = 1
        if not count or count >= old:
            self.replace(index, other.lines, said, words)
            return
        self.set(index, old - count, words)
        for line in other.lines:
            self.add(line if self.has_number(said) or len(other.lines) > 1 else replace(line, quantity=count))

    def _half_there(self, goods: str, other: Reading, words: str, *, is_there: bool) -> None:
        """One of the two is not in the draft, or not on the menu: both may be meant, so neither is taken.

        "3 beers instead of the coke" wants beers, whatever became of the coke.
        """
        wants_other = not is_there and self.matches("instead", words) and not other.unread and not other.questions
        for line in other.lines if wants_other else ():
            self.add(line)
        self.unread.append(goods if wants_other else words)

    def _swap_option(self, old: str, new: str, words: str) -> bool:
        for index in self.holders(old):
            line = self.lines[index]
            away, wanted = self.finder.refused(old, line), self.finder.options(new, line)
            if away and wanted:
                self.choose(index, self._in_place_of(old, wanted, line), words)
                return True
        return False
