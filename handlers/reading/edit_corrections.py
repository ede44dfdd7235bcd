"""What second thoughts say of the goods before them: another number, other options, other goods."""

import re
from collections import Counter
from dataclasses import replace

from core.menu import Amount
from handlers.reading.clauses import bare
from handlers.reading.edit_known import KnownRules
from handlers.reading.texts import Text
from handlers.reading.understood import ReadLine, SetOptions
from handlers.reading.wordings import wordings


class CorrectionRules(KnownRules):
    """Rules for the words behind "no wait" or "I mean"; a rule returns whether it was one."""

    said_before = ""
    """What is to be given up, as somebody says: "I said mushrooms, …"."""

    def says_what_was_said(self, clause: str) -> bool:
        """ "I said mushrooms": what follows stands in their place."""
        for found in self.matches("said_so", Text(bare(clause, self.finder.languages))):
            self.said_before = found["goods"]
            return True
        return False

    def said_so(self, words: str) -> bool:
        """ "I said two margheritas", and there are some: so many they are to be, and none comes to them."""
        return any(self._count_anew(found["goods"], words) for found in self.matches("said_so", words))

    def concludes(self, clause: str) -> bool:
        """ "There are three of us, so three tagliatelle", and there are two: three they are to be.

        Of the reason a mere comma may be left.
        """
        found = self.conclusion(clause) if self.drafted else None
        before = clause[: found.start()].strip() if found else ""
        if found is None or not before or self.finder.reading(before).lines:
            return False
        return self._count_anew(bare(clause[found.end() :], self.finder.languages), clause.strip())

    def conclusion(self, clause: str) -> re.Match[str] | None:
        """The "so" of the text's own language: what another one begins with that word may be more."""
        said, codes = Text.of(clause), self.finder.languages
        if not wordings("edits", "concludes", codes).may_be_in(said):
            return None
        return wordings("edits", "concludes", codes[:1]).search(said)

    def _count_anew(self, goods: str, words: str) -> bool:
        """So many there are to be of goods that are all in the draft."""
        reading = self.finder.reading(goods)
        there = [self.of_sku(line.sku) for line in reading.lines]
        is_whole = not reading.unread and not reading.questions and all(len(places) == 1 for places in there)
        if not there or not is_whole or not all(self.has_number(line.words) for line in reading.lines):
            return False
        for line, places in zip(reading.lines, there, strict=True):
            self.set(places[0], line.quantity, words)
        return True

    def put_for_said(self, words: str) -> bool:
        """ "… I meant artichokes"."""
        old, self.said_before = self.said_before, ""
        for index in self.holders(old) if old else ():
            line = self.lines[index]
            wanted = self.finder.options(words, line)
            named = {(one.group, one.value) for one in self.finder.options(old, line)}
            given_up = tuple(one for one in line.options if (one.group, one.value) in named)
            if wanted and given_up:
                self.drop(index, given_up, words)
                self.choose(index, wanted, words)
                return True
        lines, reading = self.finder.lines(old, self.lines) if old else [], self.finder.reading(words)
        if not lines or not reading.lines or reading.unread or reading.questions:
            return False
        self.replace(lines[-1], reading.lines, words, words)
        return True

    def correct_without(self, words: str) -> bool:
        """ "With olives, or no, without": the only one that was said of the line; of several it is asked."""
        if self.last < 0 or not self.matches("bare_without", words):
            return False
        chosen = [edit for edit in self.edits if isinstance(edit, SetOptions) and edit.index == self.last]
        said = chosen[-1].options if chosen else self.lines[self.last].options if self.last >= self.drafted else ()
        given = tuple(one for one in said if one.amount is not Amount.NONE)
        if len(given) == 1:
            self.drop(self.last, given, words)
        else:
            self.unread.append(words)
        return True

    def correct_number(self, words: str) -> bool:
        number = self.finder.number(words)
        if number is not None and self.last >= 0:
            self.set(self.last, number, words)
        return number is not None

    def correct_goods(self, words: str) -> bool:
        """ "No, three cokes", "I mean a small one": of goods that were named another number or other options.

        Other goods stand for the line before them if the same message named that.
        """
        reading = self.finder.reading(words)
        if not reading.lines or reading.unread or reading.questions:
            return False
        if self.matches("part", words) or self.matches("more_of", words):
            return False
        if self.matches("refuse", words) and self.has_number(words):
            # "No, not 7 margheritas" is no number of them, and nothing else in their place.
            return False
        is_counted = self.has_number(words)
        places = [self._last_of(line.sku) for line in reading.lines]
        if all(place is None for place in places) and self.last >= self.drafted:
            self.replace(self.last, reading.lines, words, words)
            return True
        if any(place is None for place in places):
            return False
        if not is_counted and not any(line.options for line in reading.lines):
            return False
        for line, place in zip(reading.lines, places, strict=True):
            if place is not None and is_counted:
                self.set(place, line.quantity, words)
            if place is not None and line.options:
                self.choose(place, line.options, words)
        return True

    def correct_options(self, words: str, clause: str) -> bool:
        """ "With ham, no wait, with bacon": in the place of as many that were said last of the same group."""
        adds = [wordings("edits", key, self.finder.languages) for key in ("joins", "adds", "edits_after")]
        if self.last < self.drafted or any(key.match(words) for key in adds) or adds[1].search(clause):
            return False
        if self.has_number(words) or self.finder.lines_named(words, self.lines):
            return False
        line = self.lines[self.last]
        wanted = self.finder.options(words, line)
        if not wanted or any(option.amount is not Amount.REGULAR or option in line.options for option in wanted):
            return False
        given_up = [
            [old for old in line.options if old.group == group and old.amount is Amount.REGULAR][-count:]
            for group, count in Counter(option.group for option in wanted).items()
            if not self.takes_one(line, group)
        ]
        self.drop(self.last, tuple(old for group in given_up for old in group), words)
        self.choose(self.last, wanted, words)
        return True

    def takes_other(self, words: str) -> bool:
        """ "No, caramel": of what there is one only, another; nobody refuses what was not chosen."""
        for index in self.from_last():
            line = self.lines[index]
            options = self.finder.options(words, line)
            is_other = all(self.takes_one(line, option.group) and option not in line.options for option in options)
            if options and is_other and not self.finder.lines_named(words, self.lines):
                self.choose(index, options, words)
                return True
        return False

    def add_another(self, words: str) -> bool:
        """ "Make it decaf, and a small one with cream": one more of the goods that were spoken of last."""
        product = self.finder.product(self.lines[self.last]) if self.last >= 0 else None
        if product is None or self.finder.reading(words).lines:
            return False
        name = next(iter(product.name.values()))
        reading = self.finder.reading(f"{name}, {words}")
        if len(reading.lines) < 2 or reading.unread or reading.questions:
            return False
        for line in reading.lines[1:]:
            self.add(line)
        return True

    def restates(self, words: str) -> bool:
        """ "I mean two margheritas and one diavola", and both are in the draft: all of it corrects."""
        reading = self.finder.reading(words)
        places = [self._last_of(line.sku) for line in reading.lines]
        in_draft = all(place is not None and place < self.drafted for place in places)
        return len(places) > 1 and in_draft and not reading.unread and not reading.questions

    def _last_of(self, sku: str) -> int | None:
        there = [index for index, line in enumerate(self.lines) if line.sku == sku and line.quantity]
        return there[-1] if there else None

    def replace(self, index: int, lines: tuple[ReadLine, ...], said: str, words: str) -> None:
        """As many of the new as there were of the old, unless a number was said."""
        old = self.lines[index].quantity
        self.set(index, 0, words)
        for line in lines:
            self.add(line if self.has_number(said) or len(lines) > 1 else replace(line, quantity=old))
