"""The lines of a draft while a message changes them, and the edits that lead there."""

from dataclasses import replace

from core.menu import Chosen
from handlers.reading.understood import AddLine, ClearDraft, Edit, ReadLine, SetOptions, SetQuantity


class DraftChanges:
    """`lines` holds the draft as it would be, added lines last; `last` is the line that was spoken of last."""

    def __init__(self, draft: tuple[ReadLine, ...]) -> None:
        self.lines = list(draft)
        self.drafted = len(draft)
        self.edits: list[Edit] = []
        self.last = len(draft) - 1

    def clear(self, words: str) -> None:
        self.edits = [ClearDraft(words)]
        self.lines = [replace(line, quantity=0) for line in self.lines[: self.drafted]]
        self.last = len(self.lines) - 1

    def from_last(self) -> list[int]:
        """Lines that are there, the one spoken of first, then from the end."""
        there = [index for index in range(len(self.lines) - 1, -1, -1) if self.lines[index].quantity]
        return sorted(there, key=lambda index: index != self.last)

    def counted(self) -> set[int]:
        """The lines of which this message said how many there are to be."""
        return {edit.index for edit in self.edits if isinstance(edit, SetQuantity)}

    def choose(self, index: int, options: tuple[Chosen, ...], words: str) -> None:
        self.last = index
        if index < self.drafted:
            self.edits.append(SetOptions(index, options, words))
            return
        line = self.lines[index]
        said = {(chosen.group, chosen.value) for chosen in options}
        groups = {chosen.group for chosen in options if self.takes_one(line, chosen.group)}
        kept = tuple(c for c in line.options if (c.group, c.value) not in said and c.group not in groups)
        self.lines[index] = replace(line, options=kept + options)
        self._change_added(index)

    def drop(self, index: int, options: tuple[Chosen, ...], words: str) -> None:
        """These choices are taken back, as if they had not been made."""
        self.last = index
        line = self.lines[index]
        self.lines[index] = replace(line, options=tuple(one for one in line.options if one not in options))
        if index < self.drafted:
            self.edits.append(SetOptions(index, (), words, options))
        else:
            self._change_added(index)

    def takes_one(self, line: ReadLine, group: str) -> bool:
        """Whether one value of this group replaces another."""
        raise NotImplementedError

    def set(self, index: int, quantity: int, words: str) -> None:
        quantity = max(0, quantity)
        self.lines[index] = replace(self.lines[index], quantity=quantity)
        if quantity:
            self.last = index
        if index < self.drafted:
            self.edits = [e for e in self.edits if not (isinstance(e, SetQuantity) and e.index == index)]
            self.edits.append(SetQuantity(index, quantity, words))
        else:
            self._change_added(index)

    def add(self, line: ReadLine) -> None:
        self.lines.append(line)
        self.last = len(self.lines) - 1
        self.edits.append(AddLine(line))

    def _change_added(self, index: int) -> None:
        """A line that this message added is changed where it stands."""
        added = [place for place, edit in enumerate(self.edits) if isinstance(edit, AddLine)]
        self.edits[added[index - self.drafted]] = AddLine(self.lines[index])
