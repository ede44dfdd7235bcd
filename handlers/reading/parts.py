"""Parts of what was ordered: "one of them", "zwei davon", "one of the colas". Which line is meant by "them"?"""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.reading.language import Role
from handlers.reading.noun_phrases import AMOUNTS, OPENERS
from handlers.reading.order_lines import Line, Said, has_size, takes
from handlers.reading.phrases import Kind, Phrase
from handlers.reading.step import Shared, Step

_SAYS_HOW = frozenset({Role.WITH, Role.REFUSE, *AMOUNTS})
_OTHER_PARTS = frozenset({Role.REST, Role.ONE_OF, Role.OF_THEM, *OPENERS})

FARTHEST_BACK = 100
"""So many phrases back the beginning of the sentence is looked for."""

FARTHEST_ON = 20
"""So many phrases on another "the other" is looked for."""


@dataclass(frozen=True, slots=True)
class _Part:
    """How many ("half of them" is one of two `shares`), where their options begin, and the goods if they are named."""

    count: int | None
    shares: int
    end: int
    named: Phrase | None = None


class Parts(Step):
    """Reads the words for a part and opens its line, or leaves them unread where several lines could be meant."""

    def __init__(self, *shared: *Shared) -> None:
        super().__init__(*shared)
        self.until = 0
        """Options before this index are said of the part, whatever comes behind them."""

    def read(self, at: int) -> int | None:
        """The index to go on from, None if no part is spoken of at `at`."""
        part = self._part_at(at)
        if part is None or self._names_product(part.end):
            return None
        self._wanting.forget()
        end = self._end_of_wishes(part.end)
        wanted = [phrase for phrase in self._phrases[part.end : end] if phrase.kind is Kind.GOODS]
        opener = self._phrases[at]
        if not self._says_something(part.end, end):
            is_placed = self._share_last(at, part) or self._count_open(part, opener)
        else:
            is_placed = bool(wanted) and (self._share(part, wanted, at) or self._count_open(part, opener, wanted))
        if not is_placed:
            return self.lose(at, part.end)
        self.until = end
        return part.end

    def read_rest(self, at: int) -> int:
        """ "The other one with ham": what is left of a shared quantity."""
        begin = at + 1
        if (
            self._lines.root is not None
            and self._sentence.kind(begin) is Kind.NUMBER
            and self._phrases[begin].shares == 2
        ):
            # "Half of them …, the other half …"
            begin += 1
        if self._names_product(begin):
            return begin
        self._wanting.forget()
        end = self._end_of_wishes(begin)
        last = self._said_just_before(at) if not self._says_something(begin, end) else None
        # "The first with ham, the second with bacon, the last one with olives": the second is one of them, no more.
        is_last = not any(phrase.kind is Role.REST for phrase in self._phrases[end : end + FARTHEST_ON])
        if not self._lines.open_rest(self._phrases[at], is_last=is_last):
            return self.lose(at, begin)
        if last is not None:
            self._lines.move(last)
        self.until = end
        return begin

    def lose(self, at: int, wishes: int) -> int:
        """It is not certain whose part this is: its words and the wishes from `wishes` on are unread."""
        end = self._end_of_wishes(wishes)
        self._unread += self._phrases[at:end]
        self._wanting.forget()
        return end

    # ---- the words

    def _part_at(self, at: int) -> _Part | None:
        kind, after = self._sentence.kind(at), self._sentence.kind(at + 1)
        if kind is Role.ONE_OF:
            return _Part(1, 1, at + 2 if after is Role.OF_THEM else at + 1)
        if kind is Role.OF_THEM and after in OPENERS:
            return self._counted(at + 1, at + 2)
        if kind in OPENERS and after is Role.OF_THEM:
            return self._counted(at, at + 2)
        if kind in OPENERS and after is Role.OF_THE and self._is_known(at + 2):
            return self._counted(at, at + 3, self._phrases[at + 2])
        if kind is Role.OF_THE and self._sentence.kind(at + 2) in OPENERS and self._is_known(at + 1):
            return self._counted(at + 2, at + 3, self._phrases[at + 1])
        return None

    def _is_known(self, at: int) -> bool:
        """Goods that were ordered before."""
        if self._sentence.kind(at) not in (Kind.GOODS, Kind.CATEGORY):
            return False
        return any(self._is_named(self._phrases[at], line) for line in self._lines.whole)

    def _counted(self, at: int, end: int, named: Phrase | None = None) -> _Part:
        opener = self._phrases[at]
        return _Part(opener.value if opener.kind is Kind.NUMBER else 1, opener.shares, end, named)

    def _names_product(self, at: int) -> bool:
        """ "Two pizzas, one of them margherita": goods with a name of their own, or goods that were announced."""
        after = self._phrases[at] if self._sentence.kind(at) is Kind.GOODS else None
        return after is not None and bool(after.products) and (not after.options or self._lines.announces)

    def _says_something(self, start: int, end: int) -> bool:
        return any(self._sentence.kind(at) in (Kind.GOODS, Kind.UNKNOWN) for at in range(start, end))

    def _end_of_wishes(self, at: int) -> int:
        if self._sentence.kind(self._sentence.after(at - 1)) is Role.AND:
            return at
        while self._sentence.kind(at) is not None and not self._ends_wishes(at):
            at += 1
        return at

    def _ends_wishes(self, at: int) -> bool:
        kind, after = self._sentence.kind(at), self._sentence.kind(self._sentence.after(at))
        if kind is Role.AND:
            return after in (*_OTHER_PARTS, Role.AND, Kind.CATEGORY) or self._is_product(self._sentence.after(at))
        if kind is Kind.COMMA:
            return after not in _SAYS_HOW
        if kind in _OTHER_PARTS:
            return self._sentence.kind_before(at) not in _SAYS_HOW
        return kind in (Kind.LINE, Kind.CATEGORY) or self._is_product(at)

    def _is_product(self, at: int) -> bool:
        return self._sentence.kind(at) is Kind.GOODS and not self._phrases[at].options

    # ---- the line

    def _share(self, part: _Part, wanted: Sequence[Phrase], at: int) -> bool:
        line = self._meant(part, wanted, at)
        count = self._count_of(part, line) if line is not None else None
        if line is None or count is None:
            return False
        self._lines.open_part(line, count, self._phrases[at])
        return True

    def _share_last(self, at: int, part: _Part) -> bool:
        """ "Extra cheese on one of them": what was said just before is of the part alone."""
        last = self._said_just_before(at)
        if last is None:
            return False
        self._lines.take_back()
        is_placed = self._share(part, [last.phrase], at)
        if is_placed:
            self._lines.say(last)
        else:
            self._unread.append(last.phrase)
        return is_placed

    def _said_just_before(self, at: int) -> Said | None:
        before = self._sentence.before(at)
        while self._sentence.kind(before) is Role.WITH:
            before = self._sentence.before(before)
        last = self._lines.last_said
        return last if last is not None and before >= 0 and last.phrase is self._phrases[before] else None

    def _count_open(self, part: _Part, opener: Phrase, wanted: Sequence[Phrase] = ()) -> bool:
        """ "Your tiramisu is famous, two of those please"."""
        line = self._lines.open
        if line is None or line.opened or line.counted or part.count is None or not self._can_have(line, wanted):
            return False
        line.quantity, line.counted = part.count, True
        line.reach(opener)
        return True

    def _meant(self, part: _Part, wanted: Sequence[Phrase], at: int) -> Line | None:
        """The line of more than one that can have what is wanted, those of this sentence first; else the one single.

        None where it could be several: nothing is guessed.
        """
        nearest = range(at - 1, max(-1, at - FARTHEST_BACK), -1)
        begin = next((self._phrases[place].end for place in nearest if self._sentence.kind(place) is Kind.LINE), 0)
        fitting = [line for line in self._lines.whole if self._can_have(line, wanted)]
        if part.named is not None:
            fitting = [line for line in fitting if self._is_named(part.named, line)]
        several = [line for line in fitting if self._has_part(line, part)]
        near = [line for line in several if line.start >= begin]
        single = [line for line in fitting if line.quantity == 1 and part.count == 1 and len(self._lines.whole) > 1]
        meant = near or several or single
        return meant[0] if len(meant) == 1 else None

    def _can_have(self, line: Line, wanted: Sequence[Phrase]) -> bool:
        return all(takes(self._menu, line, phrase) and not has_size(self._menu, line, phrase) for phrase in wanted)

    def _has_part(self, line: Line, part: _Part) -> bool:
        count = self._count_of(part, line)
        is_several = line.quantity is not None and (line.quantity > 1 or line is self._lines.root)
        return is_several and count is not None and line.quantity is not None and count <= line.quantity

    def _count_of(self, part: _Part, line: Line) -> int | None:
        if part.shares == 1 or line.quantity is None:
            return part.count
        return None if line.quantity % part.shares else line.quantity // part.shares

    def _is_named(self, named: Phrase, line: Line) -> bool:
        skus = set(named.products) if named.kind is Kind.GOODS else self._menu.kinds[named.category].skus
        return bool(skus & set(line.skus))
