"""The grammar of an order: phrases from left to right become lines."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import ClassVar

from handlers.reading.counting import Counting
from handlers.reading.groups import Groups
from handlers.reading.handling import Handling
from handlers.reading.language import (
    ALL,
    AND,
    ARTICLE,
    BUT,
    EXTRA,
    GENERIC,
    LIGHT,
    LINK,
    OF_THE,
    OF_THEM,
    ONE_OF,
    REFUSE,
    SAME,
    SIDE_OF,
    SUCH,
    SUMS,
    UNIT,
    WITH,
    Role,
)
from handlers.reading.leaving_out import EXCEPTIONS, LeavingOut
from handlers.reading.menu_match import CompiledMenu, Rank
from handlers.reading.nameless import Nameless
from handlers.reading.noun_phrases import AMOUNTS, JOINTS, LINKS, OPENERS, NounPhrase, Sentence
from handlers.reading.open_lines import OpenLines
from handlers.reading.options import Options
from handlers.reading.order_lines import Line
from handlers.reading.phrases import CATEGORY, COMMA, GOODS, LINE, NUMBER, UNKNOWN, Kind, Phrase
from handlers.reading.references import References
from handlers.reading.sense import Sense
from handlers.reading.wanting import Wanting

_ENDS = frozenset({LINE, COMMA, AND, Role.TIMES, None})


class Draft:
    """The lines of one message in the making; `read` fills lines, unread and doubts.

    A step reads the phrase at an index and returns the index to go on from.
    """

    def __init__(self, phrases: Sequence[Phrase], menu: CompiledMenu, lines: Sequence[Line] = ()) -> None:
        self.unread: list[Phrase] = []
        self.doubts: list[Phrase] = []
        """Phrases that are asked about: totals that do not add up, goods named too vaguely."""
        self._phrases = phrases
        self._menu = menu
        self._sentence = Sentence(phrases, menu)
        self._lines = OpenLines(menu, lines)
        self._wanting = Wanting(self.unread)
        self._shared = (phrases, menu, self._sentence, self._lines, self._wanting, self.unread)
        self._sense = Sense(*self._shared)
        self._references = References(*self._shared)
        self._counting = Counting(menu, self._lines)
        self._options = Options(*self._shared)
        self._handling = Handling(self._options, self._sense, *self._shared)
        self._pronoun = -1

    # Most messages have no use for these.

    @cached_property
    def _groups(self) -> Groups:
        return Groups(self._counting, self._references, *self._shared)

    @cached_property
    def _nameless(self) -> Nameless:
        return Nameless(self._options, *self._shared)

    @cached_property
    def _leaving_out(self) -> LeavingOut:
        return LeavingOut(*self._shared)

    @property
    def lines(self) -> Sequence[Line]:
        return self._lines.all

    def read(self) -> None:
        at = 0
        while at < len(self._phrases):
            phrase = self._phrases[at]
            if step := self._STEPS.get(phrase.kind):
                at = step(self, at)
                continue
            if mark := self._MARKS.get(phrase.kind):
                mark(self, phrase)
            at += 1
        self._wanting.drop_amount()
        self.unread += [*self._lines.said_of_nothing(), *self._counting.spread_announced()]

    def _unknown(self, phrase: Phrase) -> None:
        self._wanting.waste()
        self.unread.append(phrase)

    def _line_ends(self, _: Phrase) -> None:
        self._wanting.forget()
        self._lines.end_sentence()
        self._counting.end_sentence()

    # ---- numbers and articles

    def _number(self, at: int) -> int:
        if (end := self._references.read(at)) is not None:
            return end
        phrase, after = self._phrases[at], self._sentence.after(at)
        follower = self._sentence.kind(after)
        if at == self._pronoun:
            return at + 1
        if follower is Role.DESCRIBES:
            return after + 1
        if phrase.shares > 1 and phrase.value is None and self._sentence.kind(at + 1) is NUMBER:
            # "Half seven" is an hour, whichever.
            self.unread += self._phrases[at : at + 2]
            return at + 2
        if follower is UNIT:
            self.unread += [phrase, self._phrases[after]]
            return after + 1
        if follower is Role.EACH and phrase.value is not None:
            return self._groups.count_each(phrase.value, after)
        if self._sentence.kind_before(at) is SUMS and follower in (Role.TOTAL, GENERIC, LINE, None):
            self.doubts += [] if self._counting.adds_up(phrase) else [phrase]
            return after + 1
        return self._counted_goods(at)

    def _counted_goods(self, at: int) -> int:
        ahead = self._sentence.noun_phrase(at)
        is_after_times = self._sentence.kind(at - 1) is Role.TIMES
        if (part := self._sense.part_at(at)) is not None:
            return self._nameless.number(at, part)
        if ahead.head is not None and not is_after_times:
            return self._name(ahead, ahead.head)
        if ahead.category is not None:
            return self._announce(ahead, ahead.category)
        is_vessel = self._sentence.kind(at + 1) is SIDE_OF and self._sentence.kind(at + 2) in _ENDS
        is_last = self._sentence.kind(self._sentence.after(at)) in _ENDS
        is_strange = self._sentence.kind(at - 1) is UNKNOWN and not (is_after_times or self._phrases[at].value == 1)
        if is_last and (is_strange or self._groups.are_counted(at)):
            # "… laubengasse 5": whatever that is, the number is a part of it, and counts no goods before it.
            self.unread.append(self._phrases[at])
            return at + 1
        is_behind = is_after_times or is_vessel or is_last
        if is_behind and self._counting.after(self._phrases[at]) is not None:
            return at + 1
        return self._nameless.number(at, ahead)

    def _article(self, at: int) -> int:
        if self._sentence.kind(at + 1) is NUMBER and self._phrases[at + 1].value is None:
            return at + 1
        if self._sentence.kind(at + 1) is UNIT:
            self.unread += self._phrases[at : at + 2]
            return at + 2
        if (end := self._references.read(at)) is not None:
            return end
        ahead = self._sentence.noun_phrase(at)
        if ahead.head is not None:
            return self._name(ahead, ahead.head)
        if ahead.is_pronoun:
            self._pronoun = ahead.end - 1
        if self._wanting.refuses:
            return at + 1
        if ahead.category is not None:
            return self._announce(ahead, ahead.category)
        return self._nameless.article(at, ahead)

    # ---- goods

    def _goods(self, at: int) -> int:
        phrase = self._phrases[at]
        if at < self._references.until and phrase.options:
            self._options.attach(at)
            return at + 1
        if self._wanting.refuses and not phrase.options:
            is_part = phrase.rank in (Rank.PART, Rank.BEGINNING) or self._sense.is_in_goods(phrase)
            if is_part or self._sense.is_refused_of_goods(at):
                # "No basil", where only a basil pesto is sold, or gnocchi "without pesto": what is in a dish, and
                # nobody can leave it out unasked.
                self._wanting.waste(phrase)
            self._wanting.forget()
            return at + 1
        if (end := self._handling.left_out(at)) is not None:
            return end
        if self._sense.is_vague(at):
            self._wanting.forget()
            self.doubts.append(phrase)
            return at + 1
        is_refused = self._sense.is_refused(at) and not self._sense.is_next_size(at)
        if not is_refused and self._sentence.has_product_from(at) and self._sense.begins_line(at):
            ahead = self._sentence.noun_phrase(at)
            if ahead.head is not None:
                return self._name(ahead, ahead.head)
        if not phrase.options or self._sense.is_product_here(at):
            return self._name(NounPhrase(at, at + 1, head=at, skus=phrase.products), at)
        if self._sense.begins_another(at):
            self._lines.start_unopened(phrase)
        self._options.attach(at)
        return at + 1

    def _name(self, ahead: NounPhrase, at: int) -> int:
        """A product was named: a new line, or a later mention of the open one."""
        head, first = self._phrases[at], self._phrases[ahead.start]
        opener = first if first.kind in OPENERS else None
        self.unread += [self._phrases[other] for other in ahead.unread]
        if self._sentence.is_below_heading(ahead.start):
            self._lines.begin_below_heading(is_block=self._sentence.kind(ahead.start - 1) is LINE)
        before, last = self._lines.open, self._lines.all[-1:]
        known = self._references.definite(ahead) if opener is None else None
        if known is None and self._sentence.kind(ahead.start - 1) in LINKS and self._handling.is_told_behind(ahead.end):
            return self._handling.lose(ahead.start)
        if known is None and self._lines.is_full and self._sense.tells_how(ahead):
            known = self._counting.part_of_full(ahead.skus, opener)
        line = known or self._sense.mentioned(ahead, opener) or self._lines.named(ahead, head, opener)
        if [line] == self._lines.all[-1:] != last:
            self._counting.begin(line)
            line.rank, line.is_generic, line.is_head = head.rank, head.amount is GENERIC, bool(head.category)
            line.is_listed = self._sense.is_explained(at)
            line.is_joined = self._sentence.kind_before(ahead.start) is AND
        if line is not before and self._sentence.is_either(ahead.start):
            line.instead_of = before
        line.reach(first)
        line.reach(head)
        self._wanting.forget()
        self._lines.mean_open()
        for modifier in range(ahead.start, at):
            if self._sentence.kind(modifier) in AMOUNTS:
                self._wanting.say(self._phrases[modifier])
            elif modifier in ahead.modifiers:
                self._options.attach(modifier, line=line)
        self._wanting.drop_amount()
        line.before_head = max(line.before_head, len(line.said))
        if self._sentence.kind_before(ahead.start) in JOINTS:
            self._lines.share_name(line)
        return ahead.end

    def _refuse(self, at: int) -> int:
        amount = self._phrases[at].amount
        if amount in EXCEPTIONS:
            if (end := self._leaving_out.read(at)) is not None:
                return end
            if amount is BUT:
                return at + 1
        return self._options.refuse(at)

    # ---- kinds of goods

    def _category(self, at: int) -> int:
        """ "Margherita pizza" names nothing more; a category alone announces goods, or is a question."""
        line, phrase = self._lines.open, self._phrases[at]
        if self._wanting.refuses:
            self._wanting.spend()
            return at + 1
        if self._sentence.kind(at - 1) in LINKS and self._lines.mean_kind(phrase.category):
            return at + 1
        if self._references.read_that(at):
            return at + 1
        if line is not None and self._sentence.kind_before(at) not in (LINE, COMMA, AND):
            if not line.skus and not line.among:
                line.among = phrase.category
            kind = self._menu.kinds[phrase.category].skus
            if (
                line.among == phrase.category
                or any(sku in kind for sku in line.skus)
                or self._sense.is_like(line, phrase)
            ):
                line.reach(phrase)
                return at + 1
        ahead = self._sentence.noun_phrase(at)
        if ahead.head is not None and not ahead.unread:
            return self._name(ahead, ahead.head)
        return self._announce(replace(ahead, end=at + 1, modifiers=()), at)

    def _announce(self, ahead: NounPhrase, category: int) -> int:
        """ "Two pizzas": which ones may come later, else it is a question."""
        self._wanting.forget()
        last = self._phrases[category]
        line = self._lines.start_nameless(self._phrases[ahead.start], among=last.category)
        line.reach(last)
        line.is_listed = self._sentence.kind(category + 1) is COMMA
        for modifier in ahead.modifiers:
            self._options.attach(modifier, line=line)
        self.unread += [self._phrases[at] for at in ahead.unread]
        return max(category + 1, ahead.end)

    # Tables of the class, not of each message: no draft refers to itself, and its memory is free when it is done.
    _STEPS: ClassVar[dict[Kind | Role, Callable[["Draft", int], int]]] = {
        NUMBER: _number,
        ARTICLE: _article,
        GOODS: _goods,
        CATEGORY: _category,
        ALL: lambda self, at: self._groups.read_all(at),
        Role.BOTH: lambda self, at: self._groups.read_both(at),
        Role.EACH: lambda self, at: self._groups.read_each(at),
        WITH: lambda self, at: self._options.want(at),
        REFUSE: _refuse,
        SAME: lambda self, at: self._references.read_same(at),
        LINK: lambda self, at: self._references.read_described(at),
        EXTRA: lambda self, at: self._options.amount(at),
        LIGHT: lambda self, at: self._options.amount(at),
        Role.REST: lambda self, at: self._references.read_rest(at),
        ONE_OF: lambda self, at: self._references.read_part(at),
        OF_THE: lambda self, at: self._references.read_part(at),
        OF_THEM: lambda self, at: self._references.read_part(at),
        SUCH: lambda self, at: self._references.read_part(at),
        Role.OFF: lambda self, at: self._options.off(at),
        Role.KEEP: lambda self, at: self._handling.read_keep(at),
        Role.HANDLE: lambda self, at: self._handling.read(at),
        Role.PLACE: lambda self, at: self._handling.read_place(at),
    }
    _MARKS: ClassVar[dict[Kind | Role, Callable[["Draft", Phrase], None]]] = {
        Role.WISH: lambda self, _: self._wanting.want_again(),
        GENERIC: lambda self, _: self._wanting.spend(),
        Role.DESCRIBES: lambda self, _: self._wanting.spend(),
        UNKNOWN: _unknown,
        LINE: _line_ends,
    }
