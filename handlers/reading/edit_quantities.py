"""Edits of quantities: "make it 3", "two more", "one coke less"."""

import re
from collections.abc import Callable
from dataclasses import replace

from core.menu import Choose
from handlers.reading.clauses import joints
from handlers.reading.draft_changes import DraftChanges
from handlers.reading.draft_lines import Finder
from handlers.reading.language import Role, words_for
from handlers.reading.tokens import fold
from handlers.reading.understood import Question, ReadLine
from handlers.reading.wordings import named, wordings

_MINUS = re.compile(r"\s*[-−](?P<number>\d{1,3})\s*[x×]?\s+(?P<goods>\S.*?)[\s,.!]*")


class QuantityRules(DraftChanges):
    """Rules for one clause each, in the order of asking; a rule returns whether it was one."""

    def __init__(self, draft: tuple[ReadLine, ...], finder: Finder, languages: tuple[str, ...]) -> None:
        super().__init__(draft)
        self.finder = finder
        self.languages = languages
        self.unread: list[str] = []
        self.questions: list[Question] = []
        self.is_list = False
        """Whether the message has several lines: there a "-" is a bullet."""

    def takes_one(self, line: ReadLine, group: str) -> bool:
        product = self.finder.product(line)
        return product is not None and group in product.by_group and product.by_group[group].choose is Choose.ONE

    def matches(self, key: str, words: str) -> list[re.Match[str]]:
        return wordings("edits", key, self.finder.languages).all_full(words)

    def take_less(self, words: str) -> bool:
        if self.matches("one_less", words) and self.last >= 0:
            self.set(self.last, self.lines[self.last].quantity - 1, words)
            return True
        for found in self.matches("less_of", words):
            count = self._count(found)
            if count and self._less_of_each(count, found["goods"], words):
                return True
        return self._less_of_none(words)

    def _less_of_each(self, count: int, goods: str, words: str) -> bool:
        """So many of these goods less; behind "and" of others as many as is said: "one tagliatelle and one water"."""
        first, *others = joints(self.finder.languages).split(goods)
        if not all(self.has_number(other) for other in others):
            first, others = goods, []
        lines = self.finder.lines(first, self.lines)
        if not lines:
            return False
        if len({self.lines[index].options for index in lines}) > len({self.lines[index].sku for index in lines}) == 1:
            # One of the plain ones, or one without parmesan: it is asked which.
            self.questions.append(Question(f"{words[: len(words) - len(goods)]}{first}" if others else words))
        else:
            self.set(lines[-1], self.lines[lines[-1]].quantity - count, words)
        for other in others:
            number, _, rest = other.partition(" ")
            if not self._less_of_each(self.finder.number(number) or 1, rest, other):
                self.unread.append(other)
        return True

    def minus(self, clause: str) -> bool:
        """ "-1 coke", of cokes that are there; what is not there is no less of anything."""
        found = _MINUS.fullmatch(clause) if not self.is_list else None
        reading = self.finder.reading(found["goods"]) if found else None
        if found is None or reading is None or not reading.lines:
            return False
        lines = self.finder.lines(found["goods"], self.lines)
        if lines:
            self.set(lines[-1], self.lines[lines[-1]].quantity - int(found["number"]), clause.strip())
        else:
            self.unread.append(clause.strip())
        return True

    def _less_of_none(self, words: str) -> bool:
        """ "One water less", and there is none: that is said, and never is one added."""
        said = [found for found in self.matches("says_less", words) if self.finder.number(found["number"]) is not None]
        goods = [self.finder.reading(found["goods"]) for found in said]
        is_none = any(reading.lines or reading.questions for reading in goods) and bool(self.lines)
        if is_none:
            self.unread.append(words)
        return is_none

    def one_more(self, words: str) -> bool:
        for found in self.matches("one_more", words):
            count = self._count(found)
            if count and self.last >= 0:
                self.set(self.last, self.lines[self.last].quantity + count, words)
                return True
        return False

    def more_of(self, words: str) -> bool:
        """More of a line that is there; with other options, or not there, it is a new line."""
        for found in self.matches("more_of", words):
            reading = self.finder.reading(found["goods"])
            count = self._count(found)
            if not count or reading.unread or len(reading.lines) > 1 or self._is_vague(found["goods"]):
                continue
            wanted = reading.lines[0].options if reading.lines else ()
            lines = [
                index
                for index in self.finder.lines(found["goods"], self.lines)
                if not wanted or set(wanted) <= set(self.lines[index].options)
            ]
            if lines:
                self.set(lines[-1], self.lines[lines[-1]].quantity + count, words)
                return True
            if reading.lines:
                self.add(replace(reading.lines[0], quantity=count * reading.lines[0].quantity, words=words))
                return True
        return False

    def _is_vague(self, goods: str) -> bool:
        """ "A few cokes": how many nobody knows."""
        questions = self.finder.reading(goods).questions
        return any(len(question.likely) == 1 for question in questions)

    def set_quantity(self, words: str) -> bool:
        for found in self.matches("set_quantity", words):
            number = self.finder.number(found["number"])
            if number is not None and self.last >= 0:
                self.set(self.last, number, words)
                return True
        return False

    def set_quantity_of(self, words: str) -> bool:
        return self._set_of(words) or self._double(words)

    def makes_none(self, words: str) -> bool:
        """Whether so many of what is not there are to be made: "make it 3 margheritas", and none was ordered.

        They may be more, or stand for what there is.
        """
        if not self.lines or self.matches("instead_alone", words):
            return False
        for found in self.matches("makes_it", words):
            reading = self.finder.reading(found["goods"])
            there = {line.sku for line in self.lines if line.quantity}
            is_whole = bool(reading.lines) and not reading.unread and not reading.questions
            if is_whole and self.is_count(found["number"]) and not any(line.sku in there for line in reading.lines):
                return True
        return False

    def _double(self, words: str) -> bool:
        """ "Double that" of several lines, and nothing was said just before, may be all of them: it is asked."""
        is_last = bool(self.matches("double_last", words))
        if is_last and not self.edits and len(self.from_last()) > 1:
            self.questions.append(Question(words))
            return True
        lines = [self.last] if is_last and self.last >= 0 else []
        for found in self.matches("double", words):
            lines = lines or self.finder.lines(found["goods"], self.lines)
        for index in lines[-1:]:
            self.set(index, self._factor(words) * self.lines[index].quantity, words)
        return bool(lines)

    def _factor(self, words: str) -> int:
        """Two, unless it is "triple" or the like."""
        factors = named("edits", "factors", self.finder.languages)
        said = [factors[word] for word in words.casefold().split() if word in factors]
        return said[0] if said and isinstance(said[0], int) else 2

    def _set_of(self, words: str) -> bool:
        for found in self.matches("set_quantity_of", words):
            if found.groupdict().get("other") and self.finder.number(found["other"]) is None:
                # "3 pizzas instead of a coke" is about both.
                continue
            number = self.finder.often(found["number"])
            if len(self.finder.reading(found["goods"]).lines) > 1 or self._is_vague(found["goods"]):
                # "Only one beer, a tiramisu": the number is the beer's alone; "two of the cokes zero" are none.
                continue
            lines = self.finder.lines(found["goods"], self.lines) if number is not None else []
            if number is not None and not lines and found.groupdict().get("other"):
                lines = self._counting(self.finder.number(found["other"]), found["goods"])
            if number is not None and lines:
                self.set(lines[-1], number, words)
                options = self.finder.reading(found["goods"]).lines[:1]
                if options and not set(options[0].options) <= set(self.lines[lines[-1]].options):
                    # "Only two large margheritas".
                    self.choose(lines[-1], options[0].options, words)
                return True
        return False

    def _counting(self, count: int | None, goods: str) -> list[int]:
        """ "4 jars instead of 2": the only line of so many, where the word itself says too little."""
        if self.finder.reading(goods).lines:
            return []
        so_many = [index for index, line in enumerate(self.lines) if line.quantity == count]
        return so_many if len(so_many) == 1 else []

    def number_alone(self, words: str) -> bool:
        """ "5", and there is one line that it can be said of; "twice" only where there is one of it."""
        there = self.from_last()
        number = self.finder.often(words) if len(there) == 1 else None
        is_one = number is not None and self.lines[there[0]].quantity == 1
        if number is None or not (is_one or (self.is_count(words) and not self.finder.says_times(words))):
            return False
        self.set(there[0], number, words)
        return True

    def of_each(self, words: str) -> bool:
        """ "Two of each", "one of each less"."""
        steps: tuple[tuple[str, Callable[[int, int], int]], ...] = (
            ("each_less", lambda old, count: old - count),
            ("each_more", lambda old, count: old + count),
            ("each", lambda _, count: count),
        )
        for key, step in steps:
            for found in self.matches(key, words):
                count = self._count(found)
                for index in self.from_last() if count else ():
                    self.set(index, step(self.lines[index].quantity, count), words)
                if count and self.lines:
                    return True
        return False

    def is_count(self, words: str) -> bool:
        """A number, and more than an article."""
        is_article = words_for(self.finder.languages).roles.get(fold(words.strip())) is Role.ARTICLE
        return not is_article and self.finder.number(words) is not None

    def _count(self, found: re.Match[str]) -> int:
        said = found.groupdict().get("number")
        return (self.finder.number(said) or 0) if said else 1

    def has_number(self, words: str) -> bool:
        return any(self.finder.number(word) is not None for word in re.findall(r"\w+", words))
