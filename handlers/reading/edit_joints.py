"""A clause that is several things: an edit beside goods, beside talk, or beside another edit."""

from collections.abc import Iterator

from handlers.reading.clauses import bare, parts_behind
from handlers.reading.draft_lines import Finder
from handlers.reading.edit_told import ToldRules
from handlers.reading.texts import Text
from handlers.reading.understood import Reading, ReadLine
from handlers.reading.wordings import wordings

MOST_CUTS = 100
"""Of one message, places where it is tried to cut a clause in two; with more of them it is a list of goods."""


class JointRules(ToldRules):
    """Where a clause is to be cut; each method returns whether it did and both sides are read."""

    def __init__(self, draft: tuple[ReadLine, ...], finder: Finder, languages: tuple[str, ...]) -> None:
        super().__init__(draft, finder, languages)
        self.goods: list[str] = []
        self.edited = False
        self.is_second_thought = False
        """Whether the clause corrects what stands before it."""
        self._cuts_left = MOST_CUTS

    def cuts(self, clause: str) -> Iterator[tuple[str, str]]:
        """The clause cut in two at each comma and each "and", from the last."""
        for cut in parts_behind(clause, self.finder.languages):
            if not self._cuts_left:
                return
            self._cuts_left -= 1
            yield cut

    def correct(self, clause: str) -> bool:
        """A second thought about what was said before."""
        raise NotImplementedError

    def _is_edit(self, words: str) -> bool:
        """Whether one rule took the words as an edit."""
        raise NotImplementedError

    def denies(self, clause: str) -> bool:
        """ "Ah no, …": what follows corrects what there is."""
        words = Text(bare(clause, self.finder.languages))
        return self._words_of("denies").fullmatch(words) is not None

    def corrects(self, words: Text) -> bool:
        """ "No, 3 cokes" says how many, and refuses none; "no, half this and half that" how the dish is to be."""
        rest = self._denied(words)
        if rest and self.takes_other(rest):
            return True
        says_how = bool(rest) and (self.is_count(rest.split()[0]) or self.names_halves(rest))
        return says_how and self.correct_goods(Text(rest))

    def _denied(self, words: Text) -> str:
        """What stands behind "no, …"; without the comma, behind a no that refuses nothing: "nope three cokes"."""
        no = self._words_of("denies").match(words)
        rest = words[no.end() :] if no else ""
        if rest.startswith(","):
            return rest.strip(", ")
        said = rest.strip()
        is_count = bool(said) and self.is_count(said.split()[0]) and not self.matches("refuse", words)
        return said if is_count or (said and self.names_halves(said)) else ""

    def behind_no(self, words: Text) -> bool:
        """ "No, without dressing"."""
        rest = self._denied(words)
        return bool(rest) and self._is_edit(Text(rest))

    def is_apart(self, clause: str) -> bool:
        """Whether the clause was cut in two, and each side read for itself."""
        return (
            self._concluded(clause)
            or self._minus(clause)
            or self._refused_behind(clause)
            or self._known_behind(clause)
            or self._less_apart(clause)
            or self._known_before(clause)
        )

    def _concluded(self, clause: str) -> bool:
        """Behind a reason, how many there are to be."""
        is_so = self.concludes(clause)
        self.edited |= is_so
        return is_so

    def _minus(self, clause: str) -> bool:
        """ "-1 coke", behind other goods, too."""
        if clause.lstrip()[:1] not in {"-", "−"} or not self.drafted:
            return False
        self.add_goods()
        is_less = self.minus(clause)
        self.edited |= is_less
        return is_less

    def _refused_behind(self, clause: str) -> bool:
        """ "Noch eine Cola und die Diavola doch nicht": only the diavola goes."""
        refuse = wordings("edits", "refuse", self.finder.languages)
        for before, behind in self.cuts(clause) if refuse.may_be_in(clause) else ():
            words = Text(bare(behind, self.finder.languages))
            named = any(self.finder.lines(found["goods"], self.lines) for found in self.matches("refuse", words))
            says_more = self.has_number(before) or self.is_more(bare(before, self.finder.languages))
            says_more = says_more or bool(self.matches("stays", before))
            if named and says_more and self.is_definite(words) and not self.matches("refuse", before):
                return self._read_both(before, behind)
        return False

    def _read_both(self, before: str, behind: str) -> bool:
        self._read_before(before)
        self.read(behind)
        return True

    def _read_before(self, before: str) -> None:
        """The first side; behind a no it says how many there are to be: "ah no, three beers and the water still"."""
        if not (self.is_second_thought and self.correct(before)):
            self.read(before)
        self.add_goods()

    def _less_apart(self, clause: str) -> bool:
        """ "One coke less and a beer": only the coke is to be less."""
        if not wordings("edits", "says_less", self.finder.languages).search(clause):
            return False
        in_return = wordings("edits", "in_return", self.finder.languages).search(clause)
        apart = [(clause[: in_return.start()], clause[in_return.end() :])] if in_return else []
        for before, behind in [*self.cuts(clause), *apart]:
            sides = [Text(bare(side, self.finder.languages)) for side in (before, behind)]
            if self._less_of_all(before, sides):
                return True
            if all(sides) and any(self.matches("less_of", side) or self.matches("one_less", side) for side in sides):
                return self._read_both(before, behind)
        return False

    def _less_of_all(self, before: str, sides: list[Text]) -> bool:
        """ "Two cokes and a beer less", and both are there: of each so many less."""
        reading = self.finder.reading(before)
        is_more = wordings("edits", "joins", self.finder.languages).match(Text(before.strip()))
        if is_more or reading.unread or reading.questions or not self.has_number(before):
            return False
        there = [self.of_sku(line.sku) for line in reading.lines]
        if not there or not all(there) or any(line.options for line in reading.lines):
            return False
        less = self.matches("says_less", sides[1])
        if not less:
            return False
        self.edited = True
        if not any(self.finder.lines(found["goods"], self.lines) for found in less):
            # Whether the cokes are to be more or less nobody can tell.
            self.unread += [before.strip(), sides[1]]
            return True
        self.take_less(sides[1])
        for line, places in zip(reading.lines, there, strict=True):
            self.set(places[-1], self.lines[places[-1]].quantity - line.quantity, before)
        return True

    def _known_before(self, clause: str) -> bool:
        """ "Make the margherita large and my wife wants a diavola": an edit, and goods that come to it."""
        for before, behind in self.cuts(clause):
            words = Text(bare(before, self.finder.languages))
            if self.tells_of_known(words) and self.has_number(behind) and self.finder.reading(behind).lines:
                return self._read_both(before, behind)
        return False

    def _known_behind(self, clause: str) -> bool:
        """ "2 beers, and the margherita large": what is said of a line that is known is read for itself."""
        for before, behind in self.cuts(clause):
            words = Text(bare(behind, self.finder.languages))
            known = self.both_known(bare(before, self.finder.languages), words)
            if known or self.says_of_told(words):
                return self._read_both(before, behind)
            if self.is_named_again(words):
                self._read_before(before)
                self.edited |= self.named_again(words)
                return True
        return False

    def _before_goods(self, clause: str) -> bool:
        """ "Only one beer, a tiramisu": what stands behind the edit is goods of its own."""
        for before, behind in self.cuts(clause):
            if not self.has_number(behind):
                continue
            reading = self.finder.reading(behind)
            is_goods = bool(reading.lines) and not reading.unread and not reading.questions
            words = Text(bare(before, self.finder.languages))
            if is_goods and self._is_edit(words):
                if not self.goes_too(before, behind):
                    self.goods.append(behind)
                return True
        return False

    def goes_too(self, before: str, behind: str) -> bool:
        """ "The caprese away, and one tirolese too": so many of it go as well."""
        if not self.matches("refuse", Text(bare(before, self.finder.languages))):
            return False
        reading = self.finder.reading(behind)
        there = [self.of_sku(line.sku) for line in reading.lines]
        too, wants = self._words_of("joins_behind").search(behind), self._words_of("selves", "talk").search(behind)
        if too is None or wants is not None or not all(there):
            return False
        for line, places in zip(reading.lines, there, strict=True):
            self.set(places[-1], self.lines[places[-1]].quantity - line.quantity, behind)
        return True

    def _behind_talk(self, clause: str) -> bool:
        """ "He doesn't drink, 2 beers are enough": an edit behind words that name no goods and no number."""
        for before, behind in self.cuts(clause):
            words = Text(bare(behind, self.finder.languages))
            if not words or any(map(self.is_count, before.split())):
                continue
            reading = self.finder.reading(before)
            if not reading.lines and not reading.questions and self._is_edit(words):
                self.unread += reading.unread
                return True
        return False

    def add_goods(self) -> None:
        """Read what was no edit as new goods."""
        reading = self.finder.reading(", ".join(self.goods)) if self.goods else Reading()
        if self.drafted and self.goods and reading == Reading() and self._names_drafted(self.goods[-1]):
            # "She says no beer for me": something of the draft is named, and nothing came of it.
            self.unread += self.goods
            self.edited = True
        elif self.drafted and reading.unread and self._describes_drafted(reading):
            self.unread += self.goods
            self.edited, reading = True, Reading()
        self.goods.clear()
        for line in reading.lines:
            self.add(line)
        self.unread += reading.unread
        self.questions += reading.questions

    def _describes_drafted(self, reading: Reading) -> bool:
        """ "And ice cold lemonade", and there is one: whether that is to be so or is one more nobody knows."""
        said, line = ", ".join(self.goods), reading.lines[0] if len(reading.lines) == 1 else None
        if line is None or reading.questions or self.has_number(said):
            return False
        is_there = any(line.sku == other.sku for other in self.lines[: self.drafted] if other.quantity)
        return is_there and f"{reading.unread[-1]} {line.words}" in said

    def _names_drafted(self, words: str) -> bool:
        """Whether one of the words is the name of something in the draft."""
        there = {line.sku for line in self.lines if line.quantity}
        return any(not there.isdisjoint(self.finder.named(word)) for word in words.split())
