"""The lines of a message so far: which of them does the next phrase speak of?"""

from collections.abc import Sequence

from core.menu import Amount
from handlers.reading.menu_match import CompiledMenu
from handlers.reading.noun_phrases import NounPhrase
from handlers.reading.order_lines import Line, Said, amend, fits, has_amounts, has_size, is_size, takes
from handlers.reading.phrases import Kind, Phrase

MOST_MEANT = 50
"""Lines that "all of them" reaches back to."""
FARTHEST_BACK = 6
"""Lines that an option reaches back to which the open line does not have."""


class OpenLines:
    """The lines in their order; the open one takes what follows.

    A line that shares its quantity with lines after it ("2 margherita, one large …") is the root of them.
    """

    def __init__(self, menu: CompiledMenu, line: Line | None = None) -> None:
        self.all: list[Line] = [line] if line else []
        self.open: Line | None = line
        self._menu = menu
        self._root: Line | None = None
        self.meant: list[Line] = []
        """Lines that options are said of, all of them at once."""
        self.last_said: Said | None = None
        self._said_of: list[Line] = []
        self._sentence_begin = 0

    def start(self, line: Line) -> Line:
        self.all.append(line)
        self.open = line
        return line

    def start_nameless(self, opener: Phrase, *, among: str = "") -> Line:
        """A line whose product is yet to be said."""
        line = self._new((), opener, opener)
        line.among = among
        return self.start(line)

    def start_unopened(self, first: Phrase) -> Line:
        """A line of which options are said before its product and its number."""
        return self.start(self._new((), None, first))

    @staticmethod
    def _new(skus: tuple[str, ...], opener: Phrase | None, first: Phrase) -> Line:
        counted = opener is not None and opener.kind is Kind.NUMBER
        quantity = opener.value if opener is not None and counted else 1
        return Line(skus, quantity, counted=counted, opened=opener is not None, start=first.start, end=first.end)

    def named(self, ahead: NounPhrase, head: Phrase, opener: Phrase | None) -> Line:
        """The line of a product that is named for the first time."""
        announced = next((line for line in reversed(self.all[-FARTHEST_BACK:]) if self._is_announced(line)), None)
        line = self._named_at_last(ahead, opener)
        if line is None:
            line = self.start(self._new(ahead.skus, opener, head))
            if announced is not None and self._is_among(ahead.skus[0], announced) and self._takes_all(line, announced):
                line.said += announced.said
            self._root = None
        self.open = line
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
        line.skus = skus
        if opener is not None and opener.kind is Kind.NUMBER:
            # "Pizza: two margheritas": a heading, which announces no number.
            line.quantity, line.counted, line.among = opener.value, True, ""
        return line

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

    # ---- parts of a quantity

    def can_share(self, line: Line, count: int | None, *, is_joined: bool) -> bool:
        """Are `count` of the line meant? "Three with ham and one …" is one more, "three with ham, one …" is not."""
        root = self._root or line
        if count is None or root.quantity is None or not root.skus or count > root.quantity:
            return False
        goes_on = is_joined and len(line.said) > line.before_head
        return root is self._root or (root.quantity > 1 and not goes_on)

    def part_or_another(
        self, line: Line, opener: Phrase, sizes: Sequence[Phrase], *, is_joined: bool, is_alike: bool = False
    ) -> None:
        """ "2 margherita, one large …": the one is among the two; of two small ones it is one more.

        `is_alike`: nothing but its size is said of it.
        """
        self.mean_open()
        count = opener.value if opener.kind is Kind.NUMBER else 1
        clashes = any(has_size(self._menu, self._root or line, phrase) for phrase in sizes)
        if count is not None and not clashes and self.can_share(line, count, is_joined=is_joined):
            self._share(self._root or line, count, opener)
        else:
            self._root = None
            copy = self._copy(line, count, opener)
            if is_alike:
                # "Two ham pizzas and a large one": a ham pizza, too.
                taken = {target.group for phrase in sizes for target in phrase.options}
                before = line.said[: line.before_head]
                copy.said = [said for said in before if taken.isdisjoint(t.group for t in said.phrase.options)]

    @property
    def root(self) -> Line | None:
        """The line whose parts are being said."""
        return self._root

    @property
    def has_parts(self) -> bool:
        """May what follows be said of a part of the open line, or of what is left of its quantity?"""
        return self._root is not None or (self.open is not None and bool(self.open.skus) and self.open.quantity != 1)

    @property
    def whole(self) -> list[Line]:
        """The last lines that parts can be of: not parts themselves, and those that were shared only while they are."""
        shared = {id(line.part_of) for line in self.all[-MOST_MEANT:] if line.part_of is not None}
        lines = [line for line in self.all[-MOST_MEANT:] if (line.skus or line.said) and line.part_of is None]
        return [line for line in lines if line is self._root or id(line) not in shared]

    @property
    def announces(self) -> bool:
        """Was a kind of goods named, and which of them is yet to be said?"""
        return any(line.among and not line.skus for line in self.all[-FARTHEST_BACK:])

    def open_rest(self, phrase: Phrase, *, is_last: bool = True) -> bool:
        """ "The other", "the rest": what is left of a shared quantity, or one of it. False if nothing is."""
        line = self.open
        if self._root is not None and not is_last and (self._root.quantity or 0) > 1:
            self._share(self._root, 1, phrase)
        elif self._root is not None:
            self.open = self._root
        elif line is not None and line.skus and line.quantity == 2:
            self._share(line, 1, phrase)
        else:
            return False
        return True

    def open_part(self, line: Line, count: int, opener: Phrase) -> None:
        """What follows is said of `count` of the line."""
        self.mean_open()
        self._share(line, count, opener)

    @property
    def sentence(self) -> list[Line]:
        """The lines of the sentence so far."""
        return self.all[self._sentence_begin :]

    def _share(self, root: Line, count: int, opener: Phrase) -> None:
        if root.quantity is None or count == root.quantity:
            root.reach(opener)
            self._root, self.open = None, root
            return
        root.quantity -= count
        part = self._copy(root, count, opener)
        part.said, part.part_of = list(root.said), root
        self._root = root

    def _copy(self, line: Line, count: int | None, opener: Phrase) -> Line:
        return self.start(Line(line.skus, count, counted=True, opened=True, start=opener.start, end=opener.end))

    def repeat(self, phrase: Phrase) -> bool:
        """As much again of the open line, with its options. False if there is none."""
        line = self.open
        if line is None or not line.skus:
            return False
        self._root = None
        self._copy(line, line.quantity, phrase).said = list(line.said)
        return True

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
            target.said.append(said)
            target.reach(said.phrase)
        return bool(self._said_of)

    def refuse_said(self, option: Phrase) -> bool:
        """What was said of the open line with these words is not wanted."""
        return self.open is not None and amend(self.open, option, Amount.NONE)

    def say_how(self, option: Phrase, amount: Amount) -> bool:
        """How much is wanted of what was said of the open line with these words; False if it comes in one amount."""
        line = self.open
        return line is not None and has_amounts(self._menu, line, option) and amend(line, option, amount)

    def take_back(self) -> None:
        """What was said last is said of nothing."""
        for line in self._said_of:
            line.said = [said for said in line.said if said is not self.last_said]
        self._said_of, self.last_said = [], None

    def move(self, said: Said) -> None:
        """It was said of the line that is open now, not of those before it."""
        self.take_back()
        self.say(said)

    def _lines_for(self, option: Phrase) -> list[Line]:
        """The lines that an option is said of; none if no line can have it."""
        scope = [line for line in self.meant if takes(self._menu, line, option)]
        if scope:
            return scope
        if self.open is None:
            return [self.start(self._new((), None, option))]
        if takes(self._menu, self.open, option):
            return [self.open]
        near = reversed(self.all[-FARTHEST_BACK:])
        return next(([line] for line in near if line.skus and takes(self._menu, line, option)), [])

    def mean_all(self, *, is_apart: bool) -> None:
        """ "All of them": what follows is said of all goods of this kind; close behind a quantity only of that."""
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
            self.meant = self.sentence

    def mean_both(self) -> bool:
        """ "Both": a quantity of two, or two lines. False if it could be either."""
        line = self.open
        if self.meant or line is None or not line.skus or line.quantity == 1:
            self.mean_all(is_apart=True)
            return True
        peers = self._peers(line, since=self._sentence_begin)
        self.meant = peers if line.quantity != 2 else [line]
        return line.quantity != 2 or len(peers) == 1

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
        return bool(self.meant)

    def mean_open(self) -> None:
        self.meant = []

    def _category(self, line: Line) -> str:
        return self._menu.menu.by_sku[line.skus[0]].category
