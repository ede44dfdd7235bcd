"""Edits of lines that are told by what they have: "the one with mushrooms large", "die ohne Käse zweimal"."""

from core.menu import Chosen
from handlers.reading.clauses import bare
from handlers.reading.draft_lines import Told
from handlers.reading.edit_minds import MindRules
from handlers.reading.language import Role, words_for
from handlers.reading.texts import Text
from handlers.reading.tokens import fold
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
        if is_unclear and not self.matches("on_last", words):
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
        first = words_for(self.finder.languages).roles.get(fold(said.split(maxsplit=1)[0]))
        if first in {Role.WITH, Role.REFUSE}:
            # "With salad" is no salad in its place.
            return False
        other = self.finder.reading(said)
        if len(told.lines) != 1 or not other.lines or other.unread or other.questions:
            return False
        self.replace(told.lines[0], other.lines, said, words)
        return True

    def part_away(self, words: str) -> bool:
        """ "Half of the four with mushrooms can go"."""
        for found in self.matches("refuse", words):
            for part in self.matches("part_named", Text.of(words).less(found["goods"])):
                lines = self.finder.lines(part["goods"], self.lines)
                count = self.part_of(part["number"], self.lines[lines[0]]) if len(lines) == 1 else None
                if count:
                    self.set(lines[0], self.lines[lines[0]].quantity - count, words)
                    return True
        return False

    def only_one_that_is(self, said: str) -> int | None:
        """ "Die kleine normal": the only line that has this of a group with one value each."""
        having = [
            index
            for index in self.from_last()
            if (options := self.finder.options(said, self.lines[index]))
            and all(
                option in self.lines[index].options and self.takes_one(self.lines[index], option.group)
                for option in options
            )
        ]
        return having[0] if len(having) == 1 else None

    def as_it_is(self, words: str) -> bool:
        """ "And the olives too", and there are some: what is to become of them nobody can tell."""
        if not self.is_definite(words) or self.has_number(words) or self.finder.reading(words).lines:
            return False
        takers = [self.lines[index] for index in self.takers(words)]
        if not takers or not all(set(self.finder.options(words, line)) <= set(line.options) for line in takers):
            return False
        self.unread.append(words)
        return True

    def only_lacking(self, said: str) -> int | None:
        """ "The other one large, too": one is large, and only one can be and is not."""
        able = [
            (index, options) for index in self.from_last() if (options := self.finder.options(said, self.lines[index]))
        ]
        lacking = [index for index, options in able if not set(options) <= set(self.lines[index].options)]
        is_one = len(lacking) == 1 and self.lines[lacking[0]].quantity == 1
        return lacking[0] if len(able) > 1 and is_one else None
