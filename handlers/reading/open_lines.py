"""The lines of a message so far: which of them does the next phrase speak of?"""

from collections.abc import Sequence

from core.menu import Amount
from handlers.reading.headings import Headings
from handlers.reading.meant_lines import BOTH, FARTHEST_BACK, MOST_MEANT
from handlers.reading.menu_match import CompiledMenu
from handlers.reading.noun_phrases import NounPhrase
from handlers.reading.order_lines import (
    NOWHERE,
    Line,
    Said,
    amend,
    fits,
    give_way,
    has_amounts,
    has_size,
    is_size,
    new_line,
    takes,
)
from handlers.reading.phrases import Kind, Phrase


class OpenLines(Headings):
    """The lines in their order; the open one takes what follows.

    A line that shares its quantity with lines after it ("2 margherita, one large …") is the root of them.
    """

    def __init__(self, menu: CompiledMenu, lines: Sequence[Line] = ()) -> None:
        super().__init__(menu, lines)
        self.last_said: Said | None = None
        self._said_of: list[Line] = []
        self.is_full = False
        """Were as many goods named as were announced?"""

    def start(self, line: Line) -> Line:
        self.all.append(line)
        self.open = line
        return line

    def start_nameless(self, opener: Phrase, *, among: str = "") -> Line:
        """A line whose product is yet to be said."""
        line = new_line((), opener, opener)
        line.among = among
        return self.start(line)

    def start_unopened(self, first: Phrase) -> Line:
        """A line of which options are said before its product and its number."""
        return self.start(new_line((), None, first))

    def named(self, ahead: NounPhrase, head: Phrase, opener: Phrase | None) -> Line:
        """The line of a product that is named for the first time."""
        announced = next((line for line in reversed(self.all[-FARTHEST_BACK:]) if self._is_announced(line)), None)
        line = self._named_at_last(ahead, opener)
        if line is None:
            line = self.start(new_line(ahead.skus, opener, head))
            if announced is not None and self._is_among(ahead.skus[0], announced) and self._takes_all(line, announced):
                line.said += announced.said
            self.root = None
        self.open = line
        self.say_of_all(line)
        return line

    def _named_at_last(self, ahead: NounPhrase, opener: Phrase | None) -> Line | None:
        """Options came first, their product comes now; or goods were announced ("two pizzas: …")."""
        line = next((line for line in reversed(self.all[-FARTHEST_BACK:]) if not line.skus), None)
        if line is None or (line is not self.open and not line.among and not self._is_announced(line)):
            return None
        skus = tuple(sku for sku in ahead.skus if self._is_among(sku, line) and fits(self._menu, sku, line))
        if not skus:
            return None
        if opener is not None and line.opened and (line.counted or not line.among):
            self._take_from(line, opener)
            return None
        line.skus, line.announced = skus, len(line.said) if line.among else 0
        if opener is not None and opener.kind is Kind.NUMBER:
            # "Pizza: two margheritas": a heading, which announces no number.
            line.quantity, line.counted, line.among = opener.value, True, ""
        return line

    def share_name(self, line: Line) -> None:
        """ "One small and two large ham pizzas": sizes in a row have the name, and what stands before it, in common."""
        row = self.all[max(0, len(self.all) - FARTHEST_BACK) : -1]
        for other in reversed(row):
            if other.skus or other.among or other.is_list or not other.opened or not other.said:
                break
            if not all(is_size(self._menu, line.skus, said.phrase) for said in other.said):
                break
            sizes = {target.group for said in other.said for target in said.phrase.options}
            other.skus = line.skus
            other.said += [s for s in line.said if sizes.isdisjoint(target.group for target in s.phrase.options)]
            other.before_head = len(other.said)

    def _is_among(self, sku: str, line: Line) -> bool:
        return not line.among or sku in self._menu.kinds[line.among].skus

    @staticmethod
    def _is_announced(line: Line) -> bool:
        """ "Two pizzas: …", or by their size alone and a colon, "two footlongs: …"."""
        return not line.skus and bool(line.among or line.is_list)

    def _takes_all(self, line: Line, announced: Line) -> bool:
        return not announced.is_list or fits(self._menu, line.skus[0], announced)

    def _take_from(self, line: Line, opener: Phrase) -> None:
        """ "Two pizzas, one margherita": the margherita is among the two."""
        count = opener.value if opener.kind is Kind.NUMBER else 1
        if self._is_announced(line) and line.quantity is not None and count is not None and count <= line.quantity:
            line.quantity -= count
            if line.quantity == 0:
                self.all.remove(line)
                self.is_full = bool(line.among)

    # ---- parts of a quantity

    def can_share(self, line: Line, count: int | None, *, is_joined: bool) -> bool:
        """Are `count` of the line meant? "Three with ham and one …" is one more, "three with ham, one …" is not."""
        root = self.root or line
        if count is None or root.quantity is None or not root.skus or count > root.quantity:
            return False
        goes_on = is_joined and len(line.said) > line.before_head
        return root is self.root or (root.quantity > 1 and not goes_on)

    def part_or_another(
        self,
        line: Line,
        opener: Phrase,
        sizes: Sequence[Phrase],
        *,
        is_joined: bool,
        is_another: bool,
        kept: Sequence[Said] = (),
    ) -> None:
        """ "2 margherita, one large …": the one is among the two; of two small ones it is one more.

        `kept`: what was said of the goods there are and holds for another, too.
        """
        self.mean_open()
        count = opener.value if opener.kind is Kind.NUMBER else 1
        # Of what was ordered before this text one speaks to have it otherwise.
        is_there = (self.root or line).start == NOWHERE
        clashes = not is_there and any(has_size(self._menu, self.root or line, phrase) for phrase in sizes)
        is_more = is_another and self.root is None
        if count is not None and not clashes and not is_more and self.can_share(line, count, is_joined=is_joined):
            self._share(self.root or line, count, opener)
        else:
            self.open_like(line, count, opener, kept)

    @property
    def has_parts(self) -> bool:
        """May what follows be said of a part of the open line, or of what is left of its quantity?"""
        return self.root is not None or (self.open is not None and bool(self.open.skus) and self.open.quantity != 1)

    def go_back_to(self, line: Line) -> None:
        """What follows is said of a line that was there before."""
        self.mean_open()
        self.root, self.open = None, line

    def open_rest(self, phrase: Phrase, wanted: Sequence[Phrase] = (), *, is_last: bool = True) -> bool:
        """ "The other", "the rest": what is left of a shared quantity, or one of it. False if nothing is."""
        line = self.open
        if self.root is None and (line is None or line.quantity != 2 or not self._takes(line, wanted)):
            # "Two burgers, one with pickles, and a coke, the other with mustard".
            parted = next((other.part_of for other in reversed(self.all[-FARTHEST_BACK:]) if other.part_of), None)
            self.root = parted if parted is not None and self._takes(parted, wanted) else None
        if self.root is not None and not is_last and (self.root.quantity or 0) > 1:
            self._share(self.root, 1, phrase)
        elif self.root is not None:
            self.open = self.root
        elif line is not None and line.skus and line.quantity == 2:
            self._share(line, 1, phrase)
        else:
            return False
        return True

    def _takes(self, line: Line, options: Sequence[Phrase]) -> bool:
        return all(takes(self._menu, line, option) for option in options)

    def open_part(self, line: Line, count: int, opener: Phrase) -> None:
        """What follows is said of `count` of the line."""
        self.mean_open()
        self._share(line, count, opener)

    def keep_of_part(self, said: Sequence[Said]) -> None:
        """Of the part that was opened only this is said."""
        if self.open is not None:
            self.open.said, self.open.inherited = list(said), len(said)

    def open_parts(self, count: int, opener: Phrase) -> bool:
        """What follows is said of `count` of each line of this sentence and kind; False where these are not several."""
        lines = self._peers(self.open, since=self._sentence_begin) if self.open is not None and self.open.skus else []
        if len(lines) < BOTH or any(not line.skus or (line.quantity or 0) < count for line in lines):
            return False
        if all(line.quantity == count for line in lines):
            return False
        parts = [self._part_of(line, count, opener) for line in lines]
        self.root, self.meant = None, parts
        return True

    def _part_of(self, line: Line, count: int, opener: Phrase) -> Line:
        self._share(line, count, opener)
        return self.open or line

    def _share(self, root: Line, count: int, opener: Phrase) -> None:
        if root.quantity is None or count == root.quantity:
            root.reach(opener)
            self.root, self.open = None, root
            return
        root.quantity -= count
        self.open_like(root, count, opener, root.said).part_of = root
        self.root = root

    def open_like(self, line: Line, count: int | None, opener: Phrase, said: Sequence[Said]) -> Line:
        """Other goods of the same kind; what is `said` of them from the start gives way to what follows."""
        self.root = None
        copy = Line(line.skus, count, counted=True, opened=True, start=opener.start, end=opener.end)
        copy.said, copy.inherited, copy.before_head = list(said), len(said), len(said)
        return self.start(copy)

    def open_with_the_same(self) -> bool:
        """ "A veggie with ham and a tuna with the same": what was said of the goods before is said of these."""
        before = self.all[-2] if len(self.all) > 1 and self.open is self.all[-1] else None
        if before is None or not before.said[before.before_head :] or self.all[-1].said[self.all[-1].before_head :]:
            return False
        for said in before.said[before.before_head :]:
            self.say(said)
        return True

    def strip(self) -> None:
        """Nothing but its size and what stood before its name is said of the open line: "one plain"."""
        line = self.open
        if line is not None and line.part_of is not None:
            kept = line.part_of.said[: line.part_of.before_head]
            line.said = [said for said in line.said if said in kept or is_size(self._menu, line.skus, said.phrase)]
            line.inherited = len(line.said)

    @property
    def sibling_said(self) -> list[Said]:
        """What was said of another part of the same goods, but for sizes, if that was spoken of just before."""
        line, said = self.open, self.last_said
        before = [*self._said_of, *self.all[-2:-1]] if line is not None else []
        other = next((o for o in before if line is not None and o is not line and o.skus == line.skus), None)
        if line is None or other is None or said is None:
            return []
        shared = other.part_of.said if other.part_of is not None else []
        wanted = [each for each in other.said[other.before_head :] if each not in shared]
        options = [each for each in wanted if not is_size(self._menu, other.skus, each.phrase)]
        return options or [said]

    # ---- options

    def say(self, said: Said, line: Line | None = None) -> bool:
        """Say an option of this line, or of those that it is meant for; False if no line can have it."""
        self._said_of = [line] if line else self._lines_for(said.phrase)
        self.last_said = said
        for target in self._said_of:
            if target.inherited:
                give_way(self._menu, target, said)
            target.said.append(said)
            target.reach(said.phrase)
        return bool(self._said_of)

    def refuse_said(self, option: Phrase) -> Said | None:
        """What was said with these words, of the open line or of several, is not wanted; None if nothing was."""
        for line in self.all[-MOST_MEANT:] if self.said_with(option) is not None else ():
            amend(line, option, Amount.NONE)
        said = self.said_with(option)
        return said if said is not None and said.amount is Amount.NONE else None

    def say_how(self, option: Phrase, amount: Amount) -> bool:
        """How much is wanted of what was said of the open line with these words; False if it comes in one amount."""
        line = self.open
        return line is not None and has_amounts(self._menu, line, option) and amend(line, option, amount)

    def take_back(self, all_said: Sequence[Said]) -> None:
        """It is said of nothing."""
        for line in self.all[-FARTHEST_BACK:]:
            line.said = [said for said in line.said if not any(said is other for other in all_said)]
        self.before_all = [
            (line, [said for said in before if not any(said is other for other in all_said)])
            for line, before in self.before_all
        ]
        self._said_of, self.last_said = [], None

    def said_with(self, phrase: Phrase) -> Said | None:
        """What was said with these words of one of the last lines."""
        near = self.all[-FARTHEST_BACK:]
        return next((said for line in near for said in line.said if said.phrase is phrase), None)

    def move(self, all_said: Sequence[Said]) -> None:
        """It was said of the lines that are meant now, not of those before them."""
        if all_said:
            self.take_back(all_said)
        for said in all_said:
            self.say(said)

    def _lines_for(self, option: Phrase) -> list[Line]:
        """The lines that an option is said of; none if no line can have it."""
        scope = [line for line in self.meant if takes(self._menu, line, option)]
        if scope:
            return scope
        if self.open is None:
            if self._all_to_come:
                return [self._all_to_come[0]]
            return [self.start(new_line((), None, option))]
        if takes(self._menu, self.open, option):
            return [self.open]
        near = reversed(self.all[-FARTHEST_BACK:])
        return next(([line] for line in near if line.skus and takes(self._menu, line, option)), [])
