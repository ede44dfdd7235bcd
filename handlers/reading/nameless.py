"""Numbers and articles without a product: parts of the line before, counts of an option, goods without a name."""

from collections.abc import Sequence
from itertools import islice

from handlers.reading.language import Role
from handlers.reading.noun_phrases import AMOUNTS, JOINTS, LINKS, OPENERS, NounPhrase
from handlers.reading.options import Options
from handlers.reading.order_lines import Line, Said, has_size, is_size, takes
from handlers.reading.phrases import Kind, Phrase
from handlers.reading.step import Shared, Step

_ENDS = frozenset({Kind.LINE, Kind.COMMA, Role.AND, Role.TIMES, None})
_DESCRIBING = frozenset({Role.LINK, Kind.COMMA})
"""Behind an article they begin what tells which is meant: "und eine, die richtig scharf ist"."""
NEAREST_WISH = 4
"""So many phrases behind "another one" stands what it is to have."""

_SAYS_HOW = frozenset({Role.WITH, Role.REFUSE, *AMOUNTS})


class Nameless(Step):
    """Steps that read an opener and the options behind it; each returns the index to go on from."""

    def __init__(self, options: Options, *shared: *Shared) -> None:
        super().__init__(*shared)
        self._options = options

    def article(self, at: int, ahead: NounPhrase) -> int:
        """ "A large with ham": an article without a product; before an option alone it says nothing."""
        line = self._lines.open
        modifiers = [self._phrases[m] for m in ahead.modifiers]
        follower = self._follower(ahead)
        all_sizes = line is None or all(is_size(self._menu, line.skus, phrase) for phrase in modifiers)
        if line is not None and self._is_size_of_open(at, ahead, line):
            return at + 1
        if ahead.is_pronoun and line is not None and self._tells_more(at, line, modifiers):
            for phrase in modifiers:
                self._lines.say(Said(phrase))
            return ahead.end
        is_part = all_sizes and self._lines.has_parts and follower in (*_ENDS, *OPENERS)
        if modifiers and is_part and self._sentence.kind_before(at) not in _SAYS_HOW:
            return self.number(at, ahead)
        is_joined = self._sentence.kind_before(at) is Role.AND
        is_another = ahead.is_pronoun and line is not None and (bool(line.said) or is_joined)
        stands_for_goods = is_another or follower in (Role.WITH, Role.REFUSE)
        if (stands_for_goods and all_sizes) or (line is None and modifiers):
            return self.number(at, ahead)
        if line is not None and modifiers and has_size(self._menu, line, modifiers[0]):
            if all_sizes and line.skus and follower in _ENDS and self._sentence.kind_before(at) in JOINTS:
                # "A small margherita and a large": it is one of the same.
                return self.number(at, ahead)
            self._lines.start_nameless(self._phrases[at])
        elif is_joined and not modifiers and self._sentence.kind(at + 1) in _DESCRIBING:
            self._unread.append(self._phrases[at])
        return at + 1

    def _is_size_of_open(self, at: int, ahead: NounPhrase, line: Line) -> bool:
        """ "A drip coffee in a large with honey": close behind goods it is their size, whatever follows."""
        is_behind = self._sentence.kind(at - 1) is Role.WITH and self._phrases[at - 1].start == line.end
        if not (is_behind and line.skus and len(ahead.modifiers) == 1) or ahead.is_pronoun or ahead.unread:
            return False
        size = self._phrases[ahead.modifiers[0]]
        is_size_of_it = is_size(self._menu, line.skus, size) and takes(self._menu, line, size)
        return is_size_of_it and not has_size(self._menu, line, size)

    def _tells_more(self, at: int, line: Line, modifiers: Sequence[Phrase]) -> bool:
        """ "A cocoa with cream, a large one": the size of the very same, where it has none and nothing comes behind."""
        is_last = self._follower(self._sentence.noun_phrase(at)) in (Kind.LINE, None)
        is_one = line.quantity == 1 and not line.part_of and not self._lines.has_parts
        is_apart = self._sentence.kind_before(at) is Role.AND
        is_size_of_it = all(
            is_size(self._menu, line.skus, phrase)
            and takes(self._menu, line, phrase)
            and not has_size(self._menu, line, phrase)
            for phrase in modifiers
        )
        return bool(line.skus and modifiers) and is_last and is_one and not is_apart and is_size_of_it

    def number(self, at: int, ahead: NounPhrase) -> int:
        """A number without a product: a part of the line before it, a count of an option, goods without a name."""
        opener, line = self._phrases[at], self._lines.open
        modifiers = [self._phrases[m] for m in ahead.modifiers]
        is_joined = self._sentence.kind_before(at) is Role.AND
        if self._are_named_behind(at, ahead):
            self._wanting.forget()
            self._lines.start_nameless(opener)
            return at + 1
        if not self._says_what(at, ahead):
            self._unread.append(opener)
            return at + 1
        if (end := self._past_somebody(at, ahead)) is not None:
            return end
        if self._is_of_next(ahead):
            self._lines.start_unopened(opener)
            self._options.attach_counted(opener, ahead.modifiers[0])
            return ahead.end
        if line is not None and (self._is_where(at, line) or self._counts(at, line, modifiers)):
            line.open_with(opener)
        elif line is None or not all(takes(self._menu, line, phrase) for phrase in modifiers):
            self._lines.start_nameless(opener).is_list = self._lists(opener, ahead.end)
        elif self._counts_option(at, line, modifiers[:1]):
            self._options.attach_counted(opener, ahead.modifiers[0])
            return ahead.modifiers[0] + 1
        else:
            behind = [] if modifiers else self._size_behind(ahead, line)
            told = modifiers or behind
            is_last = bool(behind) or self._follower(ahead) in _ENDS
            is_another = opener.amount is Role.ANOTHER or self._is_more(ahead)
            kept = self._kept(ahead.end, line, told, is_another=is_another, is_last=is_last)
            self._lines.part_or_another(line, opener, told, is_joined=is_joined, is_another=is_another, kept=kept)
            if self._is_plain(ahead):
                self._lines.strip()
        self._wanting.forget()
        return at + 1

    def _past_somebody(self, at: int, ahead: NounPhrase) -> int | None:
        """ "A marinara, one of the kids won't eat capers": a person, and no second marinara; what is said is unread."""
        place, line = self._sentence.after(ahead.end - 1), self._lines.open
        if self._sentence.kind(place) is not Role.REFUSE or self._phrases[place].amount is not Role.DISLIKE:
            return None
        if line is not None and line.skus and self._lines.can_share(line, self._phrases[at].value, is_joined=False):
            return None
        while self._sentence.kind(place) not in _ENDS:
            place += 1
        self._unread += self._phrases[at:place]
        return place

    def _are_named_behind(self, at: int, ahead: NounPhrase) -> bool:
        """ "Two adult ones, diavola": what they are stands behind the comma."""
        comma = self._sentence.after(ahead.end - 1)
        head = self._phrases[comma + 1] if self._sentence.kind(comma + 1) is Kind.GOODS else None
        are_ones = any(phrase.amount is Role.ONES for phrase in self._phrases[at + 1 : comma])
        is_named = self._sentence.kind(comma) is Kind.COMMA and head is not None and not head.options
        return are_ones and is_named

    def _kept(self, at: int, line: Line, told: Sequence[Phrase], *, is_another: bool, is_last: bool) -> list[Said]:
        """What was said of the goods before and holds for another of them, too.

        Of "a large ham pizza with olives and a small one" all, of "two large ham pizzas and one mushroom" the size, of
        "a ham pizza with olives and another with peppers" what stands before the name.
        """
        before = line.said[: line.before_head]
        if is_another and not is_last:
            wishes = (phrase for phrase in self._phrases[at : at + NEAREST_WISH] if phrase.kind is Kind.GOODS)
            told = [*told, *islice(wishes, 1)]
        elif not told or not is_last:
            return []
        elif all(is_size(self._menu, line.skus, phrase) for phrase in told):
            return line.said
        groups = {target.group for phrase in told for target in phrase.options}
        return [said for said in before if groups.isdisjoint(target.group for target in said.phrase.options)]

    def _is_more(self, ahead: NounPhrase) -> bool:
        """ "One more with provolone"."""
        said = self._phrases[ahead.start : self._sentence.after(ahead.end - 1)]
        return any(phrase.amount is Role.MORE for phrase in said)

    def _is_plain(self, ahead: NounPhrase) -> bool:
        """ "One plain": with nothing on it."""
        place = self._sentence.after(ahead.end - 1)
        is_last = self._sentence.kind(place) in (*_ENDS, *OPENERS)
        return is_last and any(phrase.amount is Role.PLAIN for phrase in self._phrases[ahead.start : place])

    def _follower(self, ahead: NounPhrase) -> Kind | Role | None:
        place = self._sentence.after(ahead.end - 1)
        if self._sentence.kind(place) is Role.WISH and self._sentence.kind(ahead.start) is Kind.NUMBER:
            # "One for my wife without pickles".
            place = self._sentence.after(place)
        return self._sentence.kind(place)

    def _says_what(self, at: int, ahead: NounPhrase) -> bool:
        """Does anything behind the opener tell what is meant? Unknown words may stand before what a part has."""
        says_how = self._follower(ahead) in _SAYS_HOW
        if not ahead.unread:
            return bool(ahead.modifiers) or says_how or (self._lines.open is not None and self._is_plain(ahead))
        line, count = self._lines.open, self._phrases[at].value
        return says_how and line is not None and self._lines.can_share(line, count, is_joined=False)

    def _is_of_next(self, ahead: NounPhrase) -> bool:
        """ "Two shots of espresso in a large latte": an option first, then the goods that it goes into."""
        line, place = self._lines.open, self._sentence.after(ahead.end - 1)
        if len(ahead.modifiers) != 1 or ahead.unread or self._sentence.kind(place) is not Role.WITH:
            return False
        option = self._phrases[ahead.modifiers[0]]
        goods = self._sentence.noun_phrase(place + 1)
        if self._sentence.kind(place + 1) not in OPENERS or goods.head is None or is_size(self._menu, (), option):
            return False
        is_taken = any(self._menu.has_any(sku, option.options) for sku in goods.skus)
        return is_taken and (line is None or (bool(line.skus) and not takes(self._menu, line, option)))

    def _is_where(self, at: int, line: Line) -> bool:
        """ "Hold the ham on a medium with olives": the medium is what the ham is left off."""
        return not line.skus and not line.opened and bool(line.said) and self._sentence.kind_before(at) is Role.WITH

    def _counts(self, at: int, line: Line, modifiers: Sequence[Phrase]) -> bool:
        """ "Margherita, 2 large": goods by their bare name, and right behind it how many and which."""
        opener, is_bare = self._phrases[at], line.skus and not (line.opened or line.counted or line.said)
        place = self._sentence.before(at)
        is_apart = self._sentence.kind(place) in (Kind.COMMA, Kind.LINE)
        place = self._sentence.before(place) if is_apart else place
        is_near = self._phrases[place].end == line.end and (is_apart or self._sentence.kind(place) is Kind.GOODS)
        if not (is_bare and is_near) or opener.kind is not Kind.NUMBER or opener.shares > 1:
            return False
        return all(is_size(self._menu, line.skus, phrase) for phrase in modifiers)

    def _size_behind(self, ahead: NounPhrase, line: Line) -> list[Phrase]:
        """ "One in the large size": the size may come behind."""
        place = self._sentence.after(ahead.end - 1)
        if self._sentence.kind(place) is not Role.WITH:
            return []
        at = place + 1
        while self._sentence.kind(at) in (*LINKS, Role.ARTICLE):
            at += 1
        is_option = self._sentence.kind(at) is Kind.GOODS and is_size(self._menu, line.skus, self._phrases[at])
        return [self._phrases[at]] if is_option and self._sentence.kind(self._sentence.after(at)) in _ENDS else []

    def _lists(self, opener: Phrase, comma: int) -> bool:
        """ "Two footlongs: one turkey, one ham": goods told by their size alone, then by their names."""
        if self._sentence.kind(comma) is not Kind.COMMA or opener.value is None or opener.value < 2:
            return False
        first = self._sentence.noun_phrase(comma + 1)
        return self._sentence.kind(comma + 1) in OPENERS and first.head is not None and not first.modifiers

    def _counts_option(self, at: int, line: Line, option: Sequence[Phrase]) -> bool:
        """ "Two spoons of sugar": a number before an option that one may have several of."""
        if not option or is_size(self._menu, line.skus, option[0]):
            return False
        count = self._phrases[at].value
        before = self._sentence.kind_before(at)
        return before in (Role.WITH, Role.ALL) or not self._lines.can_share(line, count, is_joined=before is Role.AND)
