"""What "forget that" takes back: what the message said just before, and never a draft that it goes on to change."""

from dataclasses import dataclass

from handlers.reading.draft_lines import Finder
from handlers.reading.edit_joints import JointRules
from handlers.reading.understood import Edit, Question, ReadLine


@dataclass(slots=True)
class _State:
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
        self._states: list[_State] = []
        self._forgotten = ""
        self._unread_before = 0

    def mark(self) -> None:
        """A clause begins."""
        self._states.append(self._state())

    def forget(self, words: str) -> bool:
        """The last clause that led to something is taken back; where there is none, the rest of the message tells."""
        self.add_goods()
        now = self._state()
        for state in reversed(self._states):
            self._go_back(state)
            self.add_goods()
            if (self.edits, self.questions) != (now.edits, now.questions):
                return True
        self._go_back(now)
        self._forgotten, self._unread_before = words, len(self.unread)
        return True

    def finish(self) -> None:
        """ "Forget it" alone gives the draft up; before other words it is not known what is meant, and that is said."""
        self.add_goods()
        if self._forgotten and (self.edits or self.questions or len(self.unread) > self._unread_before):
            self.unread.insert(self._unread_before, self._forgotten)
        elif self._forgotten:
            self.clear(self._forgotten)

    def _state(self) -> _State:
        return _State([*self.lines], self.last, [*self.edits], [*self.goods], [*self.unread], [*self.questions])

    def _go_back(self, state: _State) -> None:
        self.lines, self.last, self.edits = [*state.lines], state.last, [*state.edits]
        self.goods, self.unread, self.questions = [*state.goods], [*state.unread], [*state.questions]
