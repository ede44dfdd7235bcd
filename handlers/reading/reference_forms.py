"""The words that take up goods said before: what they say of how many, of which, and whether as a part or as more."""

from core.frozen import frozen
from handlers.reading.language import (
    AND,
    ANOTHER,
    ARTICLE,
    FILLER,
    MORE,
    OF_THE,
    OF_THEM,
    ONE_OF,
    REFUSE,
    SAME,
    SUCH,
    SUMS,
    WITH,
    Role,
)
from handlers.reading.noun_phrases import AMOUNTS, JOINTS, LINKS, OPENERS
from handlers.reading.order_lines import Line
from handlers.reading.phrases import CATEGORY, COMMA, GOODS, LINE, NUMBER, UNKNOWN, Phrase
from handlers.reading.step import Step

_SAYS_HOW = frozenset({WITH, REFUSE, *AMOUNTS})
_ENDS = frozenset({*JOINTS, LINE, None})
_BEFORE_PARTS = frozenset({WITH, Role.OFF})
_OTHER_PARTS = frozenset({Role.REST, ONE_OF, OF_THEM, *OPENERS})

FARTHEST_SHARE = 4
"""Phrases from one half to the other."""
MOST_BETWEEN = 4
"""Phrases between an opener and "of those": "two more large ones of those"."""


@frozen
class Reference:
    """How many ("half of them" is one of two `shares`), where their options begin, and the goods if they are named."""

    count: int | None
    shares: int
    end: int
    named: Phrase | None = None
    sizes: tuple[Phrase, ...] = ()
    """ "A large one of those"."""
    is_more: bool = False
    """ "Two more of those": goods like them, and no part of them."""
    is_another: bool = False
    """Of parts that are being said "another" is one more part."""
    total: int | None = None
    """ "Two of the four"."""


class ReferenceForms(Step):
    """Finds references and where their wishes end. It looks and changes nothing."""

    def reference_at(self, at: int) -> Reference | None:
        kind, after = self._sentence.kind(at), self._sentence.kind(at + 1)
        if kind is ONE_OF:
            return self._one_of(at)
        if kind is SUCH:
            return Reference(1, 1, at + 1, is_more=True)
        if kind is OF_THEM and after in OPENERS:
            return self._counted(at + 1, at + 2)
        if kind is OF_THE and self._sentence.kind(at + 2) in OPENERS and self.is_known(at + 1):
            return self._counted(at + 2, at + 3, named=self._phrases[at + 1])
        if kind is NUMBER and self._sentence.kind_before(at) in _BEFORE_PARTS and self._is_last(at):
            # "Mushrooms on two".
            return self._counted(at, at + 1)
        if self._is_share(at) and (after in _SAYS_HOW or self._are_shares(at)):
            # "Half with ham, half with olives".
            return self._counted(at, at + 1) if self._lines.whole else None
        return self._of_those(at) if kind in OPENERS else None

    def _is_share(self, at: int) -> bool:
        return self._sentence.kind(at) is NUMBER and self._phrases[at].shares > 1 and self._phrases[at].value is None

    def _are_shares(self, at: int) -> bool:
        """ "Half chicken, half tofu": each half with an option."""
        if self._sentence.kind(at + 1) is not GOODS or self._phrases[at + 1].products:
            return False
        if all(line.quantity == 1 for line in self._lines.whole):
            # "A bowl, half chicken half tofu" has both.
            return False
        near = range(max(0, at - FARTHEST_SHARE), min(len(self._phrases), at + FARTHEST_SHARE + 1))
        return any(place != at and self._is_share(place) for place in near)

    def _is_last(self, at: int) -> bool:
        return self._sentence.kind(self._sentence.after(at)) in _ENDS

    def _one_of(self, at: int) -> Reference:
        """ "On one", "on one of them", "the first two", "on one of the three"."""
        after, behind = self._sentence.kind(at + 1), self._sentence.kind(at + 2)
        if after is NUMBER and self._sentence.kind(self._sentence.after(at + 1)) is GOODS:
            return self._counted(at + 1, at + 2)
        if after is OF_THE and behind is NUMBER:
            return Reference(1, 1, at + 3, total=self._phrases[at + 2].value)
        if after is OF_THE and self.is_known(at + 2):
            return Reference(1, 1, at + 3, named=self._phrases[at + 2])
        if after is GOODS and self._is_product(at + 1) and self.is_known(at + 1):
            # "The first marinara with olives", of two.
            return Reference(1, 1, at + 2, named=self._phrases[at + 1])
        return Reference(1, 1, at + 2 if after is OF_THEM else at + 1)

    def _of_those(self, at: int) -> Reference | None:
        """Behind an opener: "a large one of those", "two more like that", "two of the colas", "two of the four"."""
        place, is_more = at + 1, self._phrases[at].amount is ANOTHER
        while self._is_between(place, at):
            is_more |= self._phrases[place].amount is MORE
            place += 1
        kind = self._sentence.kind(place)
        sizes = tuple(phrase for phrase in self._phrases[at + 1 : place] if phrase.kind is GOODS)
        if is_more and self._is_last(place - 1):
            # "And another large", "one more please".
            kind, place = OF_THEM, place - 1
        if kind is SUCH and sizes:
            # "A medium one too".
            return self._counted(at, place + 1, sizes=sizes, is_more=True)
        if kind is OF_THEM:
            total = self._total(place + 1)
            end = place + 1 if total is None else place + 2
            return self._counted(at, end, sizes=sizes, is_more=is_more, total=total)
        if kind is SAME or (kind is FILLER and self._phrases[place].amount is Role.ALIKE):
            return self._counted(at, place + 1, sizes=sizes, is_more=True)
        if kind is not OF_THE or sizes:
            return None
        if self.is_known(place + 1):
            return self._counted(at, place + 2, named=self._phrases[place + 1], is_more=is_more)
        if self._sentence.kind(place + 1) is NUMBER:
            return self._counted(at, place + 2, total=self._phrases[place + 1].value)
        return None

    def _total(self, at: int) -> int | None:
        """The two of "one of these two with …"."""
        is_total = self._sentence.kind(at) is NUMBER and self._sentence.kind(at + 1) in _SAYS_HOW
        return self._phrases[at].value if is_total else None

    def _is_between(self, place: int, opener: int) -> bool:
        """What may stand between an opener and "of those"."""
        if place > opener + MOST_BETWEEN or not 0 <= place < len(self._phrases):
            return False
        phrase = self._phrases[place]
        if phrase.kind is NUMBER:
            return phrase.value == 1 and self._phrases[opener].kind is ARTICLE
        if phrase.kind is GOODS:
            return bool(phrase.options) and not phrase.products
        return phrase.amount is MORE

    def is_known(self, at: int) -> bool:
        """Goods that were ordered before."""
        return bool(self.lines_named(at))

    def lines_named(self, at: int) -> list[Line]:
        """The lines of these goods that were ordered before."""
        if self._sentence.kind(at) not in (GOODS, CATEGORY):
            return []
        return [line for line in self._lines.whole if self.is_named(self._phrases[at], line)]

    def all_named(self, at: int) -> tuple[list[Line], int]:
        """ "The diavola and the tirolese": the lines of these goods, and where their names end."""
        lines, end = list[Line](), at
        while True:
            while self._sentence.kind(at) in LINKS:
                at += 1
            named = self.lines_named(at)
            if not named:
                return lines, end
            lines, end = [*lines, *named], at + 1
            joint = self._sentence.after(at)
            if self._sentence.kind(joint) not in JOINTS:
                return lines, end
            at = joint + 1

    def behind_are(self, at: int) -> int | None:
        """Behind "ones are" or "are", or a colon; None where nothing of it is said."""
        is_said = False
        while self._sentence.kind(at) in (FILLER, SUMS):
            is_said |= self._sentence.kind(at) is SUMS or self._phrases[at].amount is Role.ARE
            at += 1
        if self._sentence.kind(at) is COMMA and self._phrases[at].amount is SUMS:
            return at + 1
        return at if is_said else None

    def _counted(
        self,
        at: int,
        end: int,
        *,
        named: Phrase | None = None,
        sizes: tuple[Phrase, ...] = (),
        is_more: bool = False,
        total: int | None = None,
    ) -> Reference:
        opener = self._phrases[at]
        count = opener.value if opener.kind is NUMBER else 1
        return Reference(count, opener.shares, end, named, sizes, is_more, opener.amount is ANOTHER, total)

    def names_product(self, at: int) -> bool:
        """ "Two pizzas, one of them margherita": goods with a name of their own, or goods that were announced."""
        after = self._phrases[at] if self._sentence.kind(at) is GOODS else None
        return after is not None and bool(after.products) and (not after.options or self._lines.announces)

    def is_refused_behind(self, at: int) -> bool:
        """ "Die Zwiebeln bei der Diavola weg": goods between what they have and that it is not wanted."""
        after = self._sentence.after(at)
        return self._sentence.kind(after) is REFUSE and self._is_last(after) and self._sentence.is_said_of(at)

    def is_plain(self, start: int, end: int) -> bool:
        """Nothing but "plain"."""
        said = self._phrases[start : max(end, start + 1)]
        return any(phrase.amount is Role.PLAIN for phrase in said) and not self.says_something(start, end)

    def says_something(self, start: int, end: int) -> bool:
        return any(self._sentence.kind(at) in (GOODS, UNKNOWN) for at in range(start, end))

    def end_of_wishes(self, at: int) -> int:
        if self._sentence.kind(self._sentence.after(at - 1)) is AND:
            return at
        if self._sentence.kind(self._past_wish(at)) is ARTICLE and not self._counts_goods(self._past_wish(at)):
            # "Could one of them have a gluten-free base?"
            at = self._past_wish(at) + 1
        while self._sentence.kind(at) is not None and not self._ends_wishes(at):
            at += 1
        return at

    def _past_wish(self, at: int) -> int:
        return at + 1 if self._sentence.kind(at) is Role.WISH else at

    def _ends_wishes(self, at: int) -> bool:
        kind, after = self._sentence.kind(at), self._sentence.kind(self._sentence.after(at))
        if kind is AND:
            return after in (*_OTHER_PARTS, AND, CATEGORY) or self._is_product(self._sentence.after(at))
        if kind is COMMA:
            return after not in _SAYS_HOW
        if kind in _OTHER_PARTS:
            return self._sentence.kind_before(at) not in _SAYS_HOW or self._counts_goods(at)
        if kind in (LINE, CATEGORY):
            return True
        # "The other one without honey": what is refused is no other goods.
        return self._is_product(at) and self._sentence.kind_before(at) is not REFUSE

    def _counts_goods(self, at: int) -> bool:
        """ "… plus a large marinara": goods with a number of their own."""
        head = self._sentence.noun_phrase(at).head if self._sentence.kind(at) in OPENERS else None
        return head is not None and self._is_product(head)

    def _is_product(self, at: int) -> bool:
        return self._sentence.kind(at) is GOODS and not self._phrases[at].options

    def is_named(self, named: Phrase, line: Line) -> bool:
        skus = set(named.products) if named.kind is GOODS else set()
        # A word on which the names of several goods end need be no kind of its own.
        if named.category in self._menu.kinds:
            skus |= self._menu.kinds[named.category].skus
        return bool(skus & set(line.skus))

    def named_behind(self, at: int) -> int | None:
        """Goods behind an article: "as a burrito", "for the diavola"."""
        place = at + 1 if self._sentence.kind(at) is FILLER else at
        if self._sentence.kind(place) not in (ARTICLE, *LINKS):
            return None
        return place + 1 if self._is_product(place + 1) else None
