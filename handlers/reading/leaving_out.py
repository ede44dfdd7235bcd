"""All but some of the goods that were named: "extra cheese on all except the marinara", "all but one with ham"."""

from collections.abc import Sequence

from handlers.reading.language import BUT, REFUSE, WITH, Role
from handlers.reading.noun_phrases import AMOUNTS, JOINTS, OPENERS
from handlers.reading.order_lines import Line
from handlers.reading.phrases import GOODS, LINE
from handlers.reading.reference_forms import ReferenceForms
from handlers.reading.step import Shared, Step

EXCEPTIONS = frozenset({BUT, Role.EXCEPT})
"""Amounts of a refusal that leaves something out of all that is meant."""
_ENDS = frozenset({*JOINTS, LINE, None})
_SAYS_HOW = frozenset({WITH, REFUSE, *AMOUNTS})


class LeavingOut(Step):
    """Steps that return the index to go on from, None where nothing is left out."""

    def __init__(self, *shared: *Shared) -> None:
        super().__init__(*shared)
        self._forms = ReferenceForms(*shared)

    def read(self, at: int) -> int | None:
        meant = self._lines.meant
        if not meant:
            return self._lost(at)
        lines, end = self._forms.all_named(at + 1)
        if not lines:
            return self._lost(at) or self._counted(at + 1, meant)
        self._wanting.forget()
        self._lines.leave_out(lines)
        if self._sentence.kind(end) in _SAYS_HOW and self._has_said():
            # "All large but the marinara with olives".
            self._lines.go_back_to(lines[-1])
        return end

    def _lost(self, at: int) -> int | None:
        """ "All large except the tirolese", and there is none."""
        place = self._sentence.after(at)
        if self._sentence.kind(place) is not GOODS or self._phrases[place].options:
            return None
        self._wanting.forget()
        self._unread += self._phrases[at : place + 1]
        return place + 1

    def _has_said(self) -> bool:
        """Was anything said of all that are meant?"""
        return any(len(line.said) > len(before) for line, before in self._lines.before_all)

    def _counted(self, at: int, meant: Sequence[Line]) -> int | None:
        """ "All but one with ham": so many of a line are as before, or have not what follows."""
        count = self._phrases[at].value or 1 if self._sentence.kind(at) in OPENERS else 0
        place = self._sentence.after(at)
        is_behind = self._sentence.kind(place) in _ENDS
        line = meant[0]
        if not count or not (is_behind or self._sentence.kind(place) in (GOODS, *_SAYS_HOW)):
            return None
        if len(meant) > 1 or line.quantity is None or line.quantity <= count:
            return None
        before = next((said for other, said in self._lines.before_all if other is line), line.said)
        self._wanting.forget()
        if self._has_said():
            self._lines.open_part(line, count, self._phrases[at])
            self._lines.keep_of_part(before)
        else:
            self._lines.open_part(line, line.quantity - count, self._phrases[at])
        return at + 1
