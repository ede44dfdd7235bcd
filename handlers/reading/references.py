"""Goods said before that are taken up again: "one of them", "two more of those", "the same but large", "the rest".

A reference says which line is meant, and whether that line, a part of it or more of the same; then its wishes are read
as those of any other line.
"""

from collections.abc import Sequence

from handlers.reading.language import AND, Role
from handlers.reading.noun_phrases import AMOUNTS, JOINTS, LINKS, NounPhrase
from handlers.reading.order_lines import Line, Said, has, has_size, is_size, takes, takes_all
from handlers.reading.phrases import COMMA, GOODS, LINE, NUMBER, Phrase
from handlers.reading.reference_forms import Reference, ReferenceForms
from handlers.reading.step import Shared, Step

FARTHEST_BACK = 100
"""So many phrases back the beginning of the sentence is looked for."""

FARTHEST_LIKE = 6
"""Lines that "another of those" reaches back to."""

FARTHEST_ON = 20
"""So many phrases on another "the other" is looked for."""

_TELLS = frozenset({GOODS, NUMBER})
"""Behind "the", where what goods are to be comes first: "the large ones are …", "the two large ones are …"."""
_SAYS_HOW = frozenset({Role.WITH, Role.REFUSE})

_BETWEEN = frozenset({Role.WITH, Role.OFF})
"""Between what is said and the goods that it is said of: "olives on both", "onions off the diavola"."""


class References(Step):
    """Reads the words for goods said before, or leaves them unread where several lines could be meant."""

    def __init__(self, *shared: *Shared) -> None:
        super().__init__(*shared)
        self._forms = ReferenceForms(*shared)
        self.until = 0
        """Options before this index are said of the part, whatever comes behind them."""
        self._is_first_lost = False
        """Whether it was not certain whose part was meant: then it is not of "the second" either."""

    def read(self, at: int) -> int | None:
        """The index to go on from, None if nothing is taken up again at `at`."""
        found = self._forms.reference_at(at)
        if found is None or self._forms.names_product(found.end):
            return None
        self._wanting.forget()
        end = self._forms.end_of_wishes(found.end)
        wanted = [phrase for phrase in self._phrases[found.end : end] if phrase.kind is GOODS]
        is_part = found.is_another and (self._lines.root is not None and bool(self._lines.root.quantity))
        is_like = (found.is_more or bool(found.sizes)) and not is_part
        is_placed = not is_like and self._read_part(found, wanted, at, end)
        if not is_placed and (is_like or self._sentence.kind_before(at) is AND):
            is_placed = self._open_like(found, wanted, at)
        if not is_placed:
            self._is_first_lost = True
            return self.lose(at, found.end)
        self.until = end
        return found.end

    def read_part(self, at: int) -> int:
        """Words for a part that may also say nothing."""
        end = self.read(at)
        return at + 1 if end is None else end

    def _read_part(self, part: Reference, wanted: Sequence[Phrase], at: int, end: int) -> bool:
        opener = self._phrases[at]
        if self._forms.is_plain(part.end, end):
            is_shared = self._share(part, (), at)
            self._lines.strip()
            return is_shared
        if not self._forms.says_something(part.end, end):
            return self._share_last(at, part) or self._count_open(part, opener) or self._count_again(part, at)
        return bool(wanted) and (self._share(part, wanted, at) or self._count_open(part, opener, wanted))

    def read_same(self, at: int) -> int:
        """ "The same again": goods as those before, with what follows."""
        is_one = self._sentence.kind(at + 1) is NUMBER and self._phrases[at + 1].value == 1
        end = at + 2 if is_one else at + 1
        if self._sentence.kind(end) is GOODS and not self._forms.is_known(end):
            # "The same dressing on both".
            return end
        if self._sentence.kind_before(at) is Role.WITH and self._lines.open_with_the_same():
            return end
        line, other = self._lines.open, self._forms.named_behind(end)
        is_vague = other is not None and self._sentence.kind(end) is not Role.FILLER
        if line is None or not (line.skus or line.said) or is_vague or self._are_several(end):
            self._unread.append(self._phrases[at])
            return end
        copy = self._lines.open_like(line, line.quantity, self._phrases[at], line.said)
        self._wanting.forget()
        if other is not None:
            # "The same as a burrito".
            if not all(takes_all(self._menu, sku, line.said) for sku in self._phrases[other].products):
                return end
            copy.skus, end = self._phrases[other].products, other + 1
        elif self._forms.is_known(end):
            end += 1
        self.until = self._forms.end_of_wishes(end)
        return end

    def _are_several(self, at: int) -> bool:
        """ "A coke, fries and the same for my son": of several goods nobody knows which, unless it is said how."""
        unlike = {line.skus for line in self._lines.sentence if line.skus}
        return len(unlike) > 1 and not self._forms.says_something(at, self._forms.end_of_wishes(at))

    def definite(self, ahead: NounPhrase) -> Line | None:
        """ "The cokes with lemon": those that were ordered before; "provolone on the italian" is said of it alone.

        Of several "that burger" is the last.
        """
        is_that = self._is_that(ahead.start - 1)
        if not is_that and self._sentence.kind(ahead.start - 1) not in LINKS:
            return None
        same = [line for line in self._lines.whole if set(ahead.skus) & set(line.skus)]
        if len(same) != 1 and not (is_that and same):
            return None
        is_last = self._sentence.kind(self._sentence.after(ahead.end - 1)) in (*JOINTS, LINE, None)
        is_behind = is_last and (is_that or self._sentence.kind_before(ahead.start) in _BETWEEN)
        is_behind |= self._forms.is_refused_behind(ahead.end - 1)
        said = self.said_before(ahead.start) if is_behind else ()
        self._lines.go_back_to(same[-1])
        self._lines.move(said)
        return same[-1]

    def read_that(self, at: int) -> bool:
        """ "And on that pizza olives": the last goods of the kind at `at`; False if there are none."""
        named = self._forms.lines_named(at) if self._is_that(at - 1) else []
        if not named:
            return False
        self._lines.go_back_to(named[-1])
        self._wanting.forget()
        return True

    def _is_that(self, at: int) -> bool:
        return at >= 0 and self._phrases[at].amount is Role.THAT

    def read_described(self, at: int) -> int:
        """ "The small one": the line that has what is said of it is meant."""
        if self._sentence.kind(at + 1) in _TELLS and (end := self._told_then_named(at)) is not None:
            return end
        ahead = self._sentence.noun_phrase(at)
        is_one = self._sentence.kind(ahead.end) is NUMBER and self._phrases[ahead.end].value == 1
        if not ahead.modifiers or ahead.head is not None or ahead.category is not None or ahead.unread:
            return at + 1
        told = [self._phrases[m] for m in ahead.modifiers if self._phrases[m].options]
        if len(told) < len(ahead.modifiers):
            return at + 1
        lines = [line for line in self._lines.whole_and_parts if all(has(self._menu, line, phrase) for phrase in told)]
        if len(lines) != 1 or not all(is_size(self._menu, lines[0].skus, phrase) for phrase in told):
            return at + 1
        self._lines.go_back_to(lines[0])
        self._wanting.forget()
        return ahead.end + 1 if is_one else ahead.end

    def _told_then_named(self, at: int) -> int | None:
        """ "The four large ones are the diavola and the tirolese": what is said first is said of what is named then."""
        place = at + 2 if self._sentence.kind(at + 1) is NUMBER else at + 1
        begin = place
        while self._sentence.kind(place) is GOODS and not self._phrases[place].products:
            place += 1
        told, end = self._phrases[begin:place], self._forms.behind_are(place)
        if not told or end is None:
            return None
        begin_names = end
        lines, end = self._forms.all_named(end)
        if not lines:
            return self._lose_named(at, begin_names)
        count = self._phrases[at + 1].value if begin == at + 2 else None
        self._wanting.forget()
        self._lines.mean_open()
        if count not in {None, sum(line.quantity or 0 for line in lines)}:
            self._unread += self._phrases[at:end]
            return end
        for line in lines:
            for phrase in told:
                self._lines.say(Said(phrase), line)
        return end

    def _lose_named(self, at: int, named: int) -> int | None:
        """ "The large ones are the tirolese", and there are none: known goods are not ordered by it."""
        goods = named + 1 if self._sentence.kind(named) in LINKS else named
        if goods == named or self._sentence.kind(goods) is not GOODS or self._phrases[goods].options:
            return None
        self._unread += self._phrases[at : goods + 1]
        return goods + 1

    def read_rest(self, at: int) -> int:
        """ "The other one with ham": what is left of a shared quantity."""
        begin = at + 1
        if self._lines.root is not None and self._sentence.kind(begin) is NUMBER and self._phrases[begin].shares == 2:
            # "Half of them …, the other half …"
            begin += 1
        named = self._forms.lines_named(begin)
        if self._lines.root is None and named and all(line.quantity == 1 for line in named):
            if len(named) > 1:
                return self.lose(at, begin + 1)
            # "One tuna with ham, the other tuna with olives".
            self._lines.open_like(named[0], 1, self._phrases[at], ())
            return begin + 1
        if self._is_one_of(named):
            begin += 1
        elif self._forms.names_product(begin):
            return begin
        self._wanting.forget()
        end = self._forms.end_of_wishes(begin)
        is_told = self._forms.says_something(begin, end) or self._sentence.kind(begin) in _SAYS_HOW
        said = [] if is_told else self.said_before(at)[-1:]
        # "The first with ham, the second with bacon, the last one with olives": the second is one of them, no more.
        is_last = not any(phrase.kind is Role.REST for phrase in self._phrases[end : end + FARTHEST_ON])
        wanted = [phrase for phrase in self._phrases[begin:end] if phrase.kind is GOODS]
        is_beyond = self._is_beyond(begin)
        is_lost = is_beyond or (self._is_first_lost and self._lines.root is None)
        if is_lost or not self._lines.open_rest(self._phrases[at], wanted, is_last=is_last):
            self._lines.take_back(said)
            self._unread += [each.phrase for each in said]
            return self.lose(at, begin + is_beyond)
        if self._forms.is_plain(begin, end):
            self._lines.strip()
        self._lines.move(said)
        self.until = end
        return begin

    def _is_beyond(self, at: int) -> bool:
        """ "The other three", of which there are two."""
        line, root = self._lines.open, self._lines.root
        left = root.quantity if root is not None else line and line.quantity
        return self._sentence.kind(at) is NUMBER and (self._phrases[at].value or 0) > (left or 0)

    def _is_one_of(self, named: Sequence[Line]) -> bool:
        """ "The second marinara", of several that were ordered together: what follows is said of them."""
        if len(named) == 1 and self._lines.root is not named[0] and (named[0].quantity or 0) > 1:
            self._lines.go_back_to(named[0])
            return True
        return self._lines.root in named

    def lose(self, at: int, wishes: int) -> int:
        """It is not certain whose part this is: its words and the wishes from `wishes` on are unread."""
        end = self._forms.end_of_wishes(wishes)
        self._unread += self._phrases[at:end]
        self._wanting.forget()
        return end

    # ---- the line

    def _open_like(self, found: Reference, wanted: Sequence[Phrase], at: int) -> bool:
        """More of the same, in other sizes or with other wishes."""
        told = (*found.sizes, *wanted)
        near = reversed(self._lines.all[-FARTHEST_LIKE:])
        line = next((n for n in near if n.skus and self._is_meant(found, n) and self._takes(n, told)), None)
        if line is None or found.count is None:
            return False
        self._lines.open_like(line, found.count, self._phrases[at], line.said)
        for size in found.sizes:
            self._lines.say(Said(size))
        return True

    def _is_meant(self, found: Reference, line: Line) -> bool:
        return found.named is None or self._forms.is_named(found.named, line)

    def _takes(self, line: Line, phrases: Sequence[Phrase]) -> bool:
        return all(takes(self._menu, line, phrase) for phrase in phrases)

    def _share(self, part: Reference, wanted: Sequence[Phrase], at: int) -> bool:
        line = self._meant(part, wanted, at)
        count = self._count_of(part, line) if line is not None else None
        if line is None or count is None:
            return False
        self._lines.open_part(line, count, self._phrases[at])
        return True

    def _share_last(self, at: int, part: Reference) -> bool:
        """ "Extra cheese on one of them": what was said just before is of the part alone."""
        said = self.said_before(at)
        if not said:
            return False
        self._lines.take_back(said)
        options = [each.phrase for each in said]
        is_placed = self._share(part, options, at)
        for each in said if is_placed else ():
            self._lines.say(each)
        self._unread += () if is_placed else options
        return is_placed

    def said_before(self, at: int) -> list[Said]:
        """ "…, lettuce and cheese on both": the options directly before; of those of other goods only the last."""
        found: list[Said] = []
        place = self._sentence.before(at)
        while self._sentence.kind(place) in _BETWEEN:
            place = self._sentence.before(place)
        while (said := self._lines.said_with(self._phrases[place]) if place >= 0 else None) is not None:
            found.insert(0, said)
            place = self._sentence.before(place)
            if self._sentence.kind(place) in AMOUNTS:
                place = self._sentence.before(place)
            if self._sentence.kind(place) is AND:
                place = self._sentence.before(place)
        is_apart = self._sentence.kind(place) in (COMMA, LINE, Role.WITH, Role.WISH, None)
        return found if is_apart else found[-1:]

    def _count_open(self, part: Reference, opener: Phrase, wanted: Sequence[Phrase] = ()) -> bool:
        """ "Your tiramisu is famous, two of those please"."""
        line = self._lines.open
        if line is None or line.opened or line.counted or part.count is None or not self._can_have(line, wanted):
            return False
        line.quantity, line.counted = part.count, True
        line.reach(opener)
        return True

    def _count_again(self, part: Reference, at: int) -> bool:
        """ "A tiramisu. Two of them, actually"."""
        line = self._lines.open
        is_apart = self._sentence.kind_before(at) in (LINE, COMMA)
        if line is None or line.quantity != 1 or line.part_of or not is_apart or (part.count or 0) < 2:
            return False
        line.quantity, line.counted = part.count, True
        return True

    def _meant(self, part: Reference, wanted: Sequence[Phrase], at: int) -> Line | None:
        """The line of more than one that can have what is wanted, those of this sentence first; else the one single.

        None where it could be several: nothing is guessed.
        """
        nearest = range(at - 1, max(-1, at - FARTHEST_BACK), -1)
        begin = next((self._phrases[place].end for place in nearest if self._sentence.kind(place) is LINE), 0)
        fitting = [line for line in self._lines.whole if self._can_have(line, wanted)]
        if not fitting:
            # "Two large ones, one of them small after all".
            fitting = [line for line in self._lines.whole if self._takes(line, wanted)]
        fitting = [line for line in fitting if self._is_meant(part, line)]
        if part.total is not None:
            fitting = [line for line in fitting if line.quantity == part.total]
        several = [line for line in fitting if self._has_part(line, part)]
        near = [line for line in several if line.start >= begin]
        single = [line for line in fitting if line.quantity == 1 and part.count == 1 and len(self._lines.whole) > 1]
        meant = near or several or single
        return meant[0] if len(meant) == 1 else None

    def _can_have(self, line: Line, wanted: Sequence[Phrase]) -> bool:
        return all(takes(self._menu, line, phrase) and not has_size(self._menu, line, phrase) for phrase in wanted)

    def _has_part(self, line: Line, part: Reference) -> bool:
        count = self._count_of(part, line)
        is_several = line.quantity is not None and (line.quantity > 1 or line is self._lines.root)
        return is_several and count is not None and line.quantity is not None and count <= line.quantity

    def _count_of(self, part: Reference, line: Line) -> int | None:
        if part.shares == 1 or line.quantity is None:
            return part.count
        parts = (other.quantity or 0 for other in self._lines.all if other.part_of is line)
        whole = line.quantity + (sum(parts) if line is self._lines.root else 0)
        return None if whole % part.shares else whole // part.shares
