"""Edits of a line that is told by whose it is: "lisa wants hers with rocket", "Tom's large"."""

import re
from collections.abc import Sequence

from handlers.reading.clauses import bare
from handlers.reading.edit_refusals import RefusalRules

_NAMED = re.compile(r"\(([^()]+)\)(?= …|$)")
"""How the draft keeps for whom its goods are: "a small marinara (Lisa)"."""
_POSSESSIVE = re.compile(r"['’]?s?")


class PeopleRules(RefusalRules):
    """Rules for one clause each; a rule returns whether it was one."""

    def of_person(self, words: str) -> bool:
        """Options of what somebody has; where they have several things, of the one that can be so."""
        if self._of_kin(words):
            return True
        people = self._people()
        if not people:
            return False
        for found in self.matches("whose", words):
            if self._choose_for(people.get(found["other"].casefold(), ()), found["rest"], words):
                return True
        for found in self.matches("whose_without", words):
            if self._choose_for(people.get(found["other"].casefold(), ()), found["goods"], words, refuses=True):
                return True
        first, _, rest = words.partition(" ")
        owned = (
            lines
            for name, lines in people.items()
            if first.casefold().startswith(name) and _POSSESSIVE.fullmatch(first, len(name))
        )
        return bool(rest) and any(self._choose_for(lines, rest, words) for lines in owned)

    def _of_kin(self, words: str) -> bool:
        """ "My brother wants no chilli": of the one thing that can be so; of several nobody knows which is his."""
        for found in self.matches("kin_without", words) if self.drafted else ():
            said = bare(found["goods"], self.finder.languages)
            able = [(at, said_of) for at in self.from_last() if (said_of := self.finder.refused(said, self.lines[at]))]
            if len(able) == 1 and self.lines[able[0][0]].quantity == 1:
                self.choose(*able[0], words)
            elif able:
                self.unread.append(words)
            if able:
                return True
        return False

    def _people(self) -> dict[str, list[int]]:
        """The lines of each person, by the name in small letters."""
        people = dict[str, list[int]]()
        for index in self.from_last():
            line = self.lines[index]
            named = _NAMED.search(line.words)
            name = line.for_whom or (named[1] if named else "")
            if name:
                people.setdefault(name.casefold(), []).append(index)
        return people

    def _choose_for(self, lines: Sequence[int], said: str, words: str, *, refuses: bool = False) -> bool:
        said = bare(said, self.finder.languages)
        found = self.finder.refused if refuses else self.finder.options
        able = [(index, options) for index in lines if (options := found(said, self.lines[index]))]
        if len(able) != 1:
            return False
        self.choose(*able[0], words)
        return True
