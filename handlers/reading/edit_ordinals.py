"""Edits of a line that is told by its place: "the second one large", "the last without cheese", "the other one too"."""

import re

from handlers.reading.edit_spread import SpreadRules


class OrdinalRules(SpreadRules):
    """Rules for one clause each; a rule returns whether it was one."""

    def ordinal(self, words: str) -> bool:
        if self.matches("ordinal_only", words):
            # A line is named, and nothing is said of it: it may answer a question, but whose?
            self.unread.append(words)
            return True
        if any(self._nth_of_all(found, words) for found in self.matches("ordinal", words)):
            return True
        beyond = False
        for found in self.matches("ordinal", words):
            index = self._nth(found["nth"], words)
            if index is None and self._other(found, words):
                return True
            if index is None:
                beyond = beyond or self.finder.is_nth(found["nth"])
            elif self._is_so(index, found["rest"], words):
                return True
        if beyond:
            # "The third one large", of two.
            self.unread.append(words)
        return beyond

    def _is_so(self, index: int, said: str, words: str) -> bool:
        """The line is to be so many, so, or something else."""
        number = self.finder.number(said)
        if number is not None:
            self.set(index, number, words)
            return True
        if self.may_be_of_one(index):
            self.unread.append(words)
            return True
        if self.choose_if(index, said, words):
            return True
        other = self.finder.reading(said)
        is_other = bool(other.lines) and not other.unread and not other.questions
        if is_other:
            self.replace(index, other.lines, said, words)
        return is_other

    def _nth_of_all(self, found: re.Match[str], words: str) -> bool:
        """ "The second one large", of two that are all there is."""
        index = self.from_last()[0] if self.are_all_alike() else None
        if index is None or self.finder.nth(found["nth"], self.lines[index].quantity) is None:
            return False
        options = self.finder.options(found["rest"], self.lines[index])
        if options:
            self.take_part(index, 1, options, words)
        return bool(options)

    def _nth(self, said: str, words: str) -> int | None:
        index = self.finder.nth(said, len(self.lines))
        return self.only_one_that_is(said) if index is None and self.is_definite(words) else index

    def _other(self, found: re.Match[str], words: str) -> bool:
        """ "The margherita small, the other one large": the only other one of its kind that can be so."""
        if not self._words_of("last_words").fullmatch(found["nth"]):
            return False
        if not self.edits:
            lacking = self.only_lacking(found["rest"])
            return lacking is not None and self.choose_if(lacking, found["rest"], words)
        kind = self.category(self.lines[self.last])
        others = [
            index
            for index in self.from_last()
            if index != self.last
            and self.category(self.lines[index]) == kind
            and self.finder.options(found["rest"], self.lines[index])
        ]
        return len(others) == 1 and self.choose_if(others[0], found["rest"], words)
