"""Which of the lines so far are meant: all of them, both, those of a kind, those that parts can be of."""

from collections.abc import Sequence

from handlers.reading.menu_match import CompiledMenu
from handlers.reading.order_lines import Line, Said, takes
from handlers.reading.phrases import Phrase

MOST_MEANT = 50
"""Lines that "all of them" reaches back to."""
BOTH = 2
FARTHEST_BACK = 6
"""Lines that an option reaches back to which the open line does not have."""


class Meant:
    """The lines of a message in their order, the one that is open, and those that are meant together."""

    def __init__(self, menu: CompiledMenu, lines: Sequence[Line] = ()) -> None:
        self.all: list[Line] = [*lines]
        self.open: Line | None = lines[-1] if lines else None
        self.meant: list[Line] = []
        """Lines that options are said of, all of them at once."""
        self.before_all: list[tuple[Line, list[Said]]] = []
        """The lines that were meant last, and what was said of each before."""
        self.root: Line | None = None
        """The line whose parts are being said."""
        self._menu = menu
        self._sentence_begin = 0

    @property
    def sentence(self) -> list[Line]:
        """The lines of the sentence so far."""
        return self.all[self._sentence_begin :]

    @property
    def whole(self) -> list[Line]:
        """The last lines that parts can be of: not parts themselves, and those that were shared only while they are."""
        shared = {id(line.part_of) for line in self.all[-MOST_MEANT:] if line.part_of is not None}
        lines = [line for line in self.all[-MOST_MEANT:] if (line.skus or line.said) and line.part_of is None]
        return [line for line in lines if line is self.root or id(line) not in shared]

    @property
    def whole_and_parts(self) -> list[Line]:
        """The last lines of which something is known."""
        return [line for line in self.all[-FARTHEST_BACK:] if line.skus or line.said]

    @property
    def announces(self) -> bool:
        """Was a kind of goods named, and which of them is yet to be said?"""
        return any(line.among and not line.skus for line in self.all[-FARTHEST_BACK:])

    def mean_all(self, *, is_apart: bool) -> None:
        """ "All of them": what follows is said of all goods of this kind; close behind a quantity only of that."""
        self._mean_all(is_apart=is_apart)
        self._note_before()

    def _note_before(self) -> None:
        self.before_all = [(line, [*line.said]) for line in self.meant]

    def leave_out(self, lines: Sequence[Line]) -> None:
        """Of all that are meant these are as they were before."""
        for line, before in self.before_all:
            if line in lines:
                line.said = before
        self.meant = [line for line in self.meant if line not in lines]

    def _mean_all(self, *, is_apart: bool) -> None:
        line = self.open
        if self.meant:
            return
        # Of two one says "both": "all" behind "two colas" is all there is.
        if line is None or not line.skus or (line.quantity not in (1, 2) and not is_apart):
            self.meant = [line] if line else []
            return
        self.meant = self._peers(line) if line.quantity == 1 else self._peers(line, since=self._sentence_begin)
        if line.quantity == 1 and len(self.meant) == 1:
            # "A burrito and a bowl, both with rice": goods of several kinds.
            self.meant = self.sentence or self.all[-MOST_MEANT:]

    def mean_both(self, wanted: Sequence[Phrase] = ()) -> bool:
        """ "Both": a quantity of two, or two lines that can have what is `wanted`.

        False if it could be either, or if there are more.
        """
        line = self.open
        if self.meant or line is None or not line.skus or line.quantity == 1:
            self.mean_all(is_apart=True)
            return len(self.meant) <= BOTH or self._mean_two(wanted)
        peers = self._peers(line, since=self._sentence_begin)
        self.meant = peers if line.quantity != 2 else [line]
        return line.quantity != 2 or len(peers) == 1

    def _mean_two(self, wanted: Sequence[Phrase]) -> bool:
        """Of more than two lines the two of this sentence, or the two that can have it; False if there are not two."""
        able = [line for line in self.meant if all(takes(self._menu, line, phrase) for phrase in wanted)]
        near = [line for line in able if line in self.sentence]
        self.meant = able if len(able) == BOTH else near
        return len(self.meant) == BOTH

    def _peers(self, line: Line, since: int = 0) -> list[Line]:
        lines = self.all[max(since, len(self.all) - MOST_MEANT) :]
        category = self._category(line)
        return [other for other in lines if not other.skus or self._category(other) == category]

    def end_sentence(self) -> None:
        self._sentence_begin = len(self.all)
        self.mean_open()

    def mean_kind(self, category: str) -> bool:
        """ "The pizzas": the lines of this kind, if there are any."""
        skus = self._menu.kinds[category].skus
        self.meant = [line for line in self.all[-MOST_MEANT:] if line.skus and line.skus[0] in skus]
        self._note_before()
        return bool(self.meant)

    def mean_open(self) -> None:
        self.meant = []

    def _category(self, line: Line) -> str:
        return self._menu.menu.by_sku[line.skus[0]].category
