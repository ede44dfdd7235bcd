"""What is said of all goods that come: "both with pickles: …", or what stands alone before a colon."""

from collections.abc import Sequence

from handlers.reading.meant_lines import Meant
from handlers.reading.menu_match import CompiledMenu
from handlers.reading.order_lines import Line, has, new_line, takes
from handlers.reading.phrases import Phrase


class Headings(Meant):
    """The lines of a message, and a line without goods that stands for all that come."""

    def __init__(self, menu: CompiledMenu, lines: Sequence[Line] = ()) -> None:
        super().__init__(menu, lines)
        self._all_to_come: list[Line] = []
        self._headings: list[Line] = []
        self._ends_with_line = False

    def mean_all_to_come(self, phrase: Phrase) -> None:
        """What is said now is said of all goods that come."""
        self._all_to_come, self._ends_with_line = [new_line((), None, phrase)], False
        self._headings += self._all_to_come

    def mean_all_there(self, phrase: Phrase) -> None:
        """What is said now is said of all goods that were named, before the first of them of all that come."""
        if self.all:
            self.mean_all(is_apart=True)
        else:
            self.mean_all_to_come(phrase)

    def begin_below_heading(self, *, is_block: bool) -> bool:
        """ "Gluten-free: two margheritas and a diavola": what stands alone before a colon is said of all behind it.

        A heading on a line of its own holds until the next one. False if nothing stands alone.
        """
        line = self.open
        if line is None or line.skus or not line.said or line.opened or line.counted:
            return False
        self.all.remove(line)
        self._headings.append(line)
        self._all_to_come, self._ends_with_line, self.open = [line], not is_block, None
        return True

    def said_of_nothing(self) -> list[Phrase]:
        """What headings say that none of the goods below them can have."""
        said = [said for heading in self._headings for said in heading.said]
        return [each.phrase for each in said if not any(has(self._menu, line, each.phrase) for line in self.all)]

    def end_sentence(self) -> None:
        super().end_sentence()
        if self._ends_with_line:
            self._all_to_come, self._ends_with_line = [], False

    def say_of_all(self, line: Line) -> None:
        """Of a new line what is said of all; what is said of it alone goes before what a heading says."""
        for common in self._all_to_come:
            line.said += [said for said in common.said if takes(self._menu, line, said.phrase)]
            line.inherited = len(line.said) if self._headings else line.inherited
