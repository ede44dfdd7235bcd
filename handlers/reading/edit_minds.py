"""Edits of somebody who has thought again: "Tom wants the prosciutto instead", "she doesn't want the caprese"."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.reading.clauses import bare
from handlers.reading.draft_lines import Finder
from handlers.reading.edit_people import PeopleRules
from handlers.reading.understood import Question, ReadLine, SetQuantity
from handlers.reading.wordings import Wordings, wordings

_WAS_CHANGED = " … "
"""What stands in the words of a line between those it was ordered with and those that changed it."""


class MindRules(PeopleRules):
    """Rules for one clause each; a rule returns whether it was one."""

    def __init__(self, draft: tuple[ReadLine, ...], finder: Finder, languages: tuple[str, ...]) -> None:
        super().__init__(draft, finder, languages)
        self.has_changed_mind = False
        """Whether the message says so, of whomever: what it names is not merely more."""

    def stays(self, words: str) -> bool:
        """ "Leave the olives on", "keep the coke": it is to be as it is."""
        for found in self.matches("stays", words):
            goods = found.groupdict().get("goods")
            lines = self.finder.lines(goods, self.lines) if goods else self.from_last()[:1]
            if goods and not lines:
                lines = [index for index in self.holders(goods) if self.has_chosen(goods, self.lines[index])]
            if found.groupdict().get("rest"):
                # "The diavolas stay large": as they are, if they are so.
                lines = [index for index in lines if self.finder.has_said(found["rest"], self.lines[index])]
            for index in lines:
                self.set(index, self.lines[index].quantity, "")
            if lines:
                return True
        return False

    def no_longer(self, words: str) -> bool:
        """ "She doesn't want the caprese anymore": goods that somebody ordered, and one of them if there are more."""
        for found in self.matches("no_longer", words):
            goods = bare(found["goods"], self.finder.languages)
            there = self.finder.lines(goods, self.lines) if self.finder.names_product(goods, self.lines) else []
            theirs = self._people().get(found["other"].casefold(), [])
            lines = [index for index in there if index in theirs] or there
            if len(lines) == 1 and (self.lines[lines[0]].quantity == 1 or theirs):
                self.set(lines[0], self.lines[lines[0]].quantity - 1, words)
                return True
            if lines:
                self.questions.append(Question(words))
                return True
        return False

    def rather(self, words: str) -> bool:
        """ "Tom wants the prosciutto instead": new goods that stand for what he, or the draft, has of their kind.

        Where that could be several, or nothing of the kind, it is asked: they are not simply more.
        """
        strong = self._words_of("says_instead")
        if self.drafted and self.makes_none(words):
            self.questions.append(Question(words))
            return True
        if not self.drafted or not (self.has_changed_mind or strong.search(words)):
            return False
        said = bare(strong.sub(" ", self._of_mind(words)), self.finder.languages)
        reading = self._of_people(said)
        if not reading.lines or reading.unread or reading.questions or self._is_settled(reading.lines[0], words):
            return False
        if any(self.of_sku(new.sku) for new in reading.lines):
            return self._restate(reading.lines, said, words)
        index = self._given_up_for(reading.lines)
        if index is None and self.counted() and not strong.search(words):
            # "Rather two margheritas and a coke": the coke comes to them.
            return False
        if index is None:
            self.questions.append(Question(words))
        else:
            self._put_for(index, reading.lines, said, words)
        return True

    def rather_unknown(self, words: str) -> bool:
        """ "Rather a coke with ice", and there are three: whether one, all, or one more nobody can tell."""
        strong = self._words_of("says_instead")
        if not self.drafted or not (self.has_changed_mind or strong.search(words)):
            return False
        reading = self._of_people(bare(strong.sub(" ", self._of_mind(words)), self.finder.languages))
        is_known = bool(reading.lines) and all(self.of_sku(line.sku) for line in reading.lines)
        if is_known and reading.unread:
            self.questions.append(Question(words))
        return is_known and bool(reading.unread)

    def _of_mind(self, words: str) -> str:
        """ "Jess changed her mind, she wants the carbonara": Jess does."""
        mind = self._words_of("changes_mind").search(words)
        if mind is None:
            return words
        who, behind = words[: mind.start()].strip(" ,"), words[mind.end() :].lstrip(" ,.:")
        pronoun = self._words_of("pronoun").match(behind) if who else None
        return f"{who} {behind[pronoun.end() :] if pronoun else behind}"

    def _is_settled(self, new: ReadLine, words: str) -> bool:
        """Whether what they stand for is named, was taken out by this message, or is told anew: "2 beers, a coke"."""
        for edit in self.edits:
            if isinstance(edit, SetQuantity):
                is_alike = self.category(self.lines[edit.index]) == self.category(new)
                if not edit.quantity or (is_alike and self.lines[edit.index].sku != new.sku):
                    return True
        return any(self.finder.reading(swap["goods"]).lines for swap in self.swaps(words))

    def _restate(self, lines: Sequence[ReadLine], said: str, words: str) -> bool:
        """ "I'd rather have 2 beers and a coke", with three beers: so many of what there is, and the rest is new."""
        if not self.has_number(said) or self.matches("more_of", said):
            return False
        places = [self.of_sku(line.sku) for line in lines]
        told = self.counted()
        if any(not told.isdisjoint(there) for there in places):
            # "Make it two, one with the side salad" is one of the two.
            return False
        is_otherwise = any(there and line.options for line, there in zip(lines, places, strict=True))
        is_unclear = len({line.sku for line in lines}) < len(lines) or any(len(there) > 1 for there in places)
        if is_unclear or (is_otherwise and len(lines) > 1):
            self.questions.append(Question(words))
            return True
        for line, there in zip(lines, places, strict=True):
            if not there:
                self.add(line)
            elif self.has_number(line.words):
                self.set(there[0], line.quantity, words)
            if there and line.options:
                self.choose(there[0], line.options, words)
        return True

    def _given_up_for(self, lines: Sequence[ReadLine]) -> int | None:
        """The line of the person, or of the draft, that is of the same kind; else the only one there is."""
        theirs = self._people().get(lines[0].for_whom.casefold(), []) if lines[0].for_whom else []
        told = self.counted()
        there = [index for index in theirs or self.from_last() if index < self.drafted and index not in told]
        same = [index for index in there if self.category(self.lines[index]) == self.category(lines[0])]
        meant = same or there
        return meant[0] if len(meant) == 1 else None

    def _put_for(self, index: int, lines: tuple[ReadLine, ...], said: str, words: str) -> None:
        """Of several of them one person gives up one."""
        count = self.lines[index].quantity
        if count > 1 and lines[0].quantity == 1 and self._words_of("takes", "talk").search(said):
            self.set(index, count - 1, words)
            for line in lines:
                self.add(line)
        else:
            self.replace(index, lines, said, words)

    def takes_now(self, words: str) -> bool:
        """ "Tom takes the carbonara", and Tom had a pasta: that one goes. "A carbonara" may be one more."""
        if self.joins or not self._words_of("takes", "talk").search(words):
            return False
        people = self._people()
        reading = self._of_people(words) if people else None
        if reading is None or len(reading.lines) != 1 or reading.unread or reading.questions:
            return False
        line = reading.lines[0]
        theirs = people.get(line.for_whom.casefold(), []) if line.for_whom else []
        same = [index for index in theirs if self.category(self.lines[index]) == self.category(line)]
        if len(same) != 1 or self.lines[same[0]].sku == line.sku or not self._is_known_of(words):
            return False
        self._put_for(same[0], reading.lines, words, words)
        return True

    def _is_known_of(self, words: str) -> bool:
        """Whether "the" stands behind the verb."""
        takes = self._words_of("takes", "talk").search(words)
        return takes is not None and self.is_definite(words[takes.end() :].lstrip())

    def another_one(self, words: str) -> bool:
        """ "And a medium one too": one more of what there is, in another size."""
        if not self.joins or self.finder.reading(words).lines:
            return False
        for found in self.matches("one_like", words):
            able = [index for index in self.from_last() if self._sizes(found["rest"], self.lines[index])]
            if self.edits and self.last in able:
                able = [self.last]
            if len({self.lines[index].sku for index in able}) > 1:
                self.questions.append(Question(words))
            elif able:
                line, options = self.lines[able[0]], self.finder.options(found["rest"], self.lines[able[0]])
                groups = {option.group for option in options}
                kept = tuple(
                    one for one in line.options if one.group not in groups or not self.takes_one(line, one.group)
                )
                self.add(replace(line, quantity=1, options=kept + options, words=words))
            if able:
                return True
        return False

    def _sizes(self, said: str, line: ReadLine) -> bool:
        """Whether the words name options of the line, and one of those of which it has only one."""
        return any(self.takes_one(line, option.group) for option in self.finder.options(said, line))

    def same_again(self, words: str) -> bool:
        """ "The same again": one more of the only thing there is, or of what was just spoken of; else it is asked."""
        if not self.matches("same_again", words):
            return False
        there = [self.last] if self.edits and self.last >= 0 else self.from_last()
        if len(there) == 1 and self.lines[there[0]].quantity == 1:
            self.add(self.lines[there[0]])
        elif there:
            self.questions.append(Question(words))
        return bool(there)

    def of_somebody(self, words: str) -> bool:
        """ "Mum wants hers without olives": the only one there is that can be so; else nobody knows which is hers."""
        for found in self.matches("owns", words):
            said = bare(found["rest"], self.finder.languages)
            able = [
                (index, options)
                for index in self.from_last()
                if (options := self.finder.options(said, self.lines[index]))
            ]
            if len(able) == 1 and self.lines[able[0][0]].quantity == 1:
                self.choose(*able[0], words)
            elif self.drafted:
                self.unread.append(words)
            if self.drafted:
                return True
        return False

    def otherwise_unknown(self, words: str) -> bool:
        """ "Carbonara without egg", and there is one: how that is to be nobody can tell, and no other is ordered."""
        if self.joins or (self.has_number(words) and not self.is_definite(words)):
            return False
        reading = self._of_people(words)
        is_known = bool(reading.lines) and all(self.of_sku(line.sku) for line in reading.lines)
        if not (is_known and reading.unread) or any(self.of_sku(line.sku)[0] >= self.drafted for line in reading.lines):
            return False
        self.unread.append(words)
        return True

    def correct_number(self, words: str) -> bool:
        """ "No wait, 2" alone is of the line that was changed last; where that may not be the last one, it is asked."""
        is_alone = self.finder.number(words) is not None and not self.edits
        if is_alone and any(_WAS_CHANGED in line.words for line in self.lines[: self.last]):
            self.questions.append(Question(words))
            return True
        return super().correct_number(words)

    def _words_of(self, key: str, section: str = "edits") -> Wordings:
        return wordings(section, key, self.finder.languages)
