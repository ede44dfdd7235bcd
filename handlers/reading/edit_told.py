"""Edits of lines that are told by what they have: "the one with mushrooms large", "die ohne Käse zweimal"."""

from core.menu import Chosen
from handlers.reading.clauses import bare
from handlers.reading.draft_lines import Told
from handlers.reading.edit_minds import MindRules
from handlers.reading.texts import Text
from handlers.reading.told_lines import with_signs
from handlers.reading.understood import Question


class ToldRules(MindRules):
    """Rules for one clause each; a rule returns whether it was one."""

    def signed(self, clause: str) -> str:
        """The clause with signs for the lines that it tells; nothing of one of which nobody knows what it tells."""
        if not self.drafted:
            return clause
        signed, is_unclear = with_signs(clause, self.lines[: self.drafted], self.finder)
        words = Text(bare(clause, self.finder.languages))
        if is_unclear and not self.finder.reading(clause).lines and not self.matches("on_last", words):
            self.questions.append(Question(words))
            self.edited = True
            return ""
        if signed != clause and signed.rstrip(" .,!")[-1] in self.finder.told and self.matches("on_last", words):
            # "Mach die mit Pilzen": so they are to be.
            return clause
        return signed

    edited: bool
    """Whether the message did more than name new goods."""

    def tells(self, words: str) -> bool:
        """Whether a sign stands in the words."""
        return any(sign in words for sign in self.finder.told)

    def says_of_told(self, words: str) -> bool:
        """Whether a line that is told is to be something."""
        return self.tells(words) and any(self.finder.told_by(one["goods"]) for one in self.matches("of_told", words))

    def of_told(self, words: str) -> bool:
        """So many of it, with these options, or something else in its place."""
        if not self.tells(words):
            return False
        for found in self.matches("of_told", words):
            told = self.finder.told_by(found["goods"])
            if told is not None and (
                self._as_said(told, found["rest"], words) or self._anew(told, found["rest"], words)
            ):
                return True
        return False

    def _as_said(self, told: Told, said: str, words: str) -> bool:
        number = self.finder.often(said)
        if number is not None and len(told.lines) == 1:
            self.set(told.lines[0], number, words)
            return True
        if self.matches("bare_without", said):
            for index in told.lines:
                self.drop(index, self._own(told, index), words)
            return True
        able = [(index, options) for index in told.lines if (options := self.finder.options(said, self.lines[index]))]
        for index, options in able:
            if self._words_of("says_instead").search(words):
                # "The one with salami rather with ham".
                self.drop(index, self._own(told, index), words)
            self.choose(index, options, words)
        return bool(able)

    def _own(self, told: Told, index: int) -> tuple[Chosen, ...]:
        named = {(option.group, option.value) for option in told.options}
        return tuple(option for option in self.lines[index].options if (option.group, option.value) in named)

    def _anew(self, told: Told, said: str, words: str) -> bool:
        other = self.finder.reading(said)
        if len(told.lines) != 1 or not other.lines or other.unread or other.questions:
            return False
        self.replace(told.lines[0], other.lines, said, words)
        return True
