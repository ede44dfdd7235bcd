"""What "forget that" takes back: what the message said just before, and never a draft that it goes on to change."""

from dataclasses import dataclass

from handlers.reading.draft_lines import Finder
from handlers.reading.edit_joints import JointRules
from handlers.reading.understood import AddLine, Edit, Question, ReadLine, SetOptions, SetQuantity


@dataclass(slots=True)
class State:
    """The draft and what was read of the message, before one of its clauses."""

    lines: list[ReadLine]
    last: int
    edits: list[Edit]
    goods: list[str]
    unread: list[str]
    questions: list[Question]


class ForgettingRules(JointRules):
    """Keeps what was known before each clause, to go back there."""

    def __init__(self, draft: tuple[ReadLine, ...], finder: Finder, languages: tuple[str, ...]) -> None:
        super().__init__(draft, finder, languages)
        self._states: list[State] = []
        self._forgotten = ""
        self._unread_before = 0

    def mark(self) -> None:
        """A clause begins."""
        self._states.append(self.state())

    def forget(self, words: str) -> bool:
        """The last clause that led to something is taken back; where there is none, the rest of the message tells."""
        self.add_goods()
        now = self.state()
        for state in reversed(self._states):
            self.go_back(state)
            self.add_goods()
            if (self.edits, self.questions) != (now.edits, now.questions):
                return True
        self.go_back(now)
        self._forgotten, self._unread_before = words, len(self.unread)
        return True

    def correct_which(self, words: str) -> bool:
        """ "Make the second one large, no wait, the first one": what was said last is said of that line."""
        lines = self.finder.lines(words, self.lines) if self._names_line(words) else []
        before = next((state for state in reversed(self._states) if state.edits != self.edits), None)
        if len(lines) != 1 or before is None:
            return False
        match self.edits[len(before.edits) :]:
            case [SetOptions(index, options, _, ())] if index != lines[0] and self.can_have(lines[0], options):
                self.go_back(before)
                self.choose(lines[0], options, words)
                return True
            case [SetQuantity(), AddLine(part)]:
                # One of several that are alike: whichever it is.
                return self.lines[lines[0]].sku == part.sku
        return False

    def _names_line(self, words: str) -> bool:
        """Whether the words are a line, and nothing is said of it."""
        if self.matches("ordinal_only", words):
            return True
        reading = self.finder.reading(words)
        is_bare = len(reading.lines) == 1 and not reading.unread and not reading.lines[0].options
        return is_bare and self.is_definite(words) and not self.has_number(words)

    def finish(self) -> None:
        """ "Forget it" alone gives the draft up; before other words it is not known what is meant, and that is said."""
        self.add_goods()
        if self._forgotten and (self.edits or self.questions or len(self.unread) > self._unread_before):
            self.unread.insert(self._unread_before, self._forgotten)
        elif self._forgotten:
            self.clear(self._forgotten)

    def state(self) -> State:
        return State([*self.lines], self.last, [*self.edits], [*self.goods], [*self.unread], [*self.questions])

    def go_back(self, state: State) -> None:
        self.lines, self.last, self.edits = [*state.lines], state.last, [*state.edits]
        self.goods, self.unread, self.questions = [*state.goods], [*state.unread], [*state.questions]
