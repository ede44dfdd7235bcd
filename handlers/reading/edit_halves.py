"""Edits of a dish of two halves: "half tirolese instead of the diavola", "the second half marinara"."""

from core.menu import Chosen
from handlers.reading.clauses import bare
from handlers.reading.edit_swaps import SwapRules
from handlers.reading.understood import ReadLine
from handlers.reading.wordings import wordings


class HalfRules(SwapRules):
    """Rules for one clause each; a rule returns whether it was one."""

    def halves(self, words: str) -> bool:
        """One half in the place of another, the first or second half anew, or one that is given up for nothing."""
        if not any(map(self._has_halves, self.lines)):
            return False
        return self._swap_half(words) or self._nth_half(words) or self._no_half(words)

    def names_halves(self, words: str) -> bool:
        """Whether the words are a dish of two halves that is in the draft."""
        lines = self.finder.reading(words).lines if self.finder.menu.halves else ()
        return len(lines) == 1 and lines[0].sku in self.finder.menu.halves and bool(self.of_sku(lines[0].sku))

    def _swap_half(self, words: str) -> bool:
        for found in self.swaps(words):
            old, new = self._half(found["goods"]), self._half(found["other"])
            if not old or not new or (self.finder.lines(found["goods"], self.lines) and not self._says_half(words)):
                continue
            for index in self.from_last():
                for chosen in self.lines[index].options:
                    if chosen.value in old and self._choose_half(index, chosen.group, new, words):
                        return True
        return False

    def _nth_half(self, words: str) -> bool:
        for found in self.matches("half_nth", words):
            nth, new = self.finder.nth(found["nth"], 2), self._half(found["goods"])
            for index in self.from_last() if nth is not None and new else ():
                dish = self.finder.menu.halves.get(self.lines[index].sku)
                if dish and self._choose_half(index, dish.groups[nth or 0].group, new, words):
                    return True
        return False

    def _no_half(self, words: str) -> bool:
        """ "No diavola", of a dish that is half of it: what is to be there instead must be said."""
        halves = {chosen.value for line in self.lines if self._has_halves(line) for chosen in line.options}
        for found in self.matches("refuse", words):
            if self._half(found["goods"]) & halves and not self.finder.lines(found["goods"], self.lines):
                self.unread.append(words)
                return True
        return False

    def _has_halves(self, line: ReadLine) -> bool:
        return bool(line.quantity) and line.sku in self.finder.menu.halves

    def _choose_half(self, index: int, group: str, new: set[str], words: str) -> bool:
        dish = self.finder.menu.halves.get(self.lines[index].sku)
        values = [
            value
            for half in (dish.groups if dish else ())
            if half.group == group
            for value in half.by_value
            if value in new
        ]
        if len(values) != 1:
            return False
        self.choose(index, (Chosen(group, values[0]),), words)
        return True

    def _half(self, words: str) -> set[str]:
        """The goods that a half is told by: "half tirolese", "the diavola half"."""
        no = wordings("edits", "denies", self.finder.languages).match(words)
        words = words[no.end() :] if no else words
        for key in ("half", "definite"):
            words = wordings("edits", key, self.finder.languages).sub(" ", words)
        return self.finder.named(bare(words, self.finder.languages))

    def _says_half(self, words: str) -> bool:
        return wordings("edits", "half", self.finder.languages).search(words) is not None
