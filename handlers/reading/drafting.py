"""The grammar of an order: phrases from left to right become lines."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from core.menu import Amount, Choose
from handlers.reading.language import Role
from handlers.reading.menu_match import CompiledMenu
from handlers.reading.noun_phrases import AMOUNTS, OPENERS, Ahead, NounPhrase
from handlers.reading.order_lines import Line, Said, fits, takes
from handlers.reading.phrases import Kind, Phrase

_UNHEARD = frozenset({Role.FILLER, Role.GLUE, Role.TIMES})
"""Phrases that do not change what the ones around them mean."""

_STARTS = frozenset({Kind.LINE, Kind.COMMA, Role.WISH, Role.GENERIC, Role.SIDE_OF, Role.ALL, Kind.CATEGORY})
"""After one of these a new product may begin with its options."""

_ENDS = frozenset({Kind.LINE, Kind.COMMA, Role.AND, Role.TIMES, None})


class Draft:
    """The lines of one message in the making; `read` fills lines, unread and doubts."""

    def __init__(self, phrases: Sequence[Phrase], menu: CompiledMenu, line: Line | None = None) -> None:
        self.lines: list[Line] = [line] if line else []
        self.unread: list[Phrase] = []
        self.doubts: list[Phrase] = []
        """Phrases with an odd number, or a kind of goods of which many fit."""
        self._phrases = phrases
        self._menu = menu
        self._ahead = Ahead(phrases, menu)
        self._open: Line | None = line
        self._shared: Line | None = None
        self._scope: list[Line] = []
        self._amount: tuple[Amount, Phrase] | None = None
        self._refusal: Phrase | None = None
        self._has_refused = False
        self._pronoun = -1
        self._steps: dict[Kind | Role, Callable[[int], int]] = {
            Kind.NUMBER: self._number,
            Role.ARTICLE: self._article,
            Kind.GOODS: self._goods,
            Role.EXTRA: self._say_amount,
            Role.LIGHT: self._say_amount,
            Role.REFUSE: self._refuse,
            Role.WITH: self._want_again,
            Role.WISH: self._want_again,
            Role.ALL: self._all,
            Role.REST: self._rest,
            Role.GENERIC: self._generic,
            Kind.CATEGORY: self._category,
            Kind.UNKNOWN: self._unknown,
            Kind.LINE: self._line_ends,
        }

    def read(self) -> None:
        at = 0
        while at < len(self._phrases):
            step = self._steps.get(self._phrases[at].kind)
            at = step(at) if step else at + 1
        self._drop_amount()

    # ---- looking around

    def _kind(self, at: int) -> Kind | Role | None:
        return self._phrases[at].kind if 0 <= at < len(self._phrases) else None

    def _before(self, at: int) -> int:
        """The last phrase before `at` that means something; -1 if there is none."""
        at -= 1
        while self._kind(at) in _UNHEARD:
            at -= 1
        return at

    def _after(self, at: int) -> int:
        at += 1
        while self._kind(at) in _UNHEARD:
            at += 1
        return at

    # ---- numbers and articles

    def _number(self, at: int) -> int:
        phrase, after = self._phrases[at], self._after(at)
        if at == self._pronoun:
            return at + 1
        if self._kind(after) is Role.DESCRIBES:
            return after + 1
        if self._kind(after) is Role.UNIT:
            self.unread += [phrase, self._phrases[after]]
            return after + 1
        if self._is_total(at, after):
            self._check_total(phrase)
            return after + 1
        ahead = self._ahead.noun_phrase(at)
        if ahead.head is not None:
            return self._open_line(ahead)
        if ahead.category is not None:
            return self._announce(ahead, ahead.category)
        if self._kind(self._after(at)) is Role.EACH and phrase.value is not None:
            return self._count_each(at)
        if self._counts_before(at):
            assert self._open is not None
            self._open.quantity, self._open.counted = phrase.value, True
            self._open.reach(phrase)
            return at + 1
        return self._nameless(at, ahead)

    def _is_total(self, at: int, after: int) -> bool:
        return self._kind(self._before(at)) is Role.SUMS and self._kind(after) in (Role.TOTAL, Role.GENERIC, None, Kind.LINE)

    def _check_total(self, number: Phrase) -> None:
        if sum(line.quantity or 0 for line in self.lines) != number.value:
            self.doubts.append(number)

    def _count_each(self, at: int) -> int:
        """"Panna cotta and tiramisu, 2 each"."""
        for line in reversed(self.lines):
            if line.counted:
                break
            line.quantity, line.counted = self._phrases[at].value, True
        return self._after(at) + 1

    def _counts_before(self, at: int) -> bool:
        """"Coke 2", "coke x2": a number at the end of a part counts what stands before it."""
        line = self._open
        if line is None or line.counted or line.end < self._phrases[at].start - 2:
            return False
        return self._kind(at + 1) in _ENDS

    def _article(self, at: int) -> int:
        ahead = self._ahead.noun_phrase(at)
        if ahead.head is not None:
            return self._open_line(ahead)
        follower = self._kind(self._after(ahead.end - 1))
        if self._kind(ahead.end - 1) is Kind.NUMBER:
            self._pronoun = ahead.end - 1
        if self._refusal:
            return at + 1
        if ahead.category is not None:
            return self._announce(ahead, ahead.category)
        is_pronoun = follower in (Role.WITH, Role.REFUSE) and self._all_sizes(ahead)
        if is_pronoun or (self._open is None and ahead.modifiers):
            return self._nameless(at, ahead)
        if self._open and ahead.modifiers and self._has_size(self._open, self._phrases[ahead.modifiers[0]]):
            self._start_nameless(at)
        return at + 1

    def _all_sizes(self, ahead: NounPhrase) -> bool:
        return all(
            self._open is None or any(self._ahead.is_size(sku, self._phrases[m]) for sku in self._open.skus)
            for m in ahead.modifiers
        )

    def _nameless(self, at: int, ahead: NounPhrase) -> int:
        """A number without a product: a part of the line before it, a count of an option, or a product yet to be guessed."""
        number = self._phrases[at]
        count = 1 if number.kind is Role.ARTICLE else number.value
        follower = self._kind(self._after(ahead.end - 1))
        has_options = bool(ahead.modifiers) or follower in (Role.WITH, Role.REFUSE, Role.EXTRA, Role.LIGHT)
        if not has_options or ahead.unread:
            self.unread.append(number)
            return at + 1
        if self._is_option_count(at, ahead, count):
            return self._counted_option(at, ahead, count)
        line = self._open
        modifiers = [self._phrases[m] for m in ahead.modifiers]
        if line is not None and count is not None and all(takes(self._menu, line, phrase) for phrase in modifiers):
            self._open = self._part_of(line, count, at, modifiers) or self._another(line, count, at)
        else:
            self._start_nameless(at)
        self._forget()
        return at + 1

    def _start_nameless(self, at: int) -> None:
        number = self._phrases[at]
        counted = number.kind is Kind.NUMBER
        quantity = number.value if counted else 1
        self._start(Line((), quantity, counted=counted, opened=True, start=number.start, end=number.end))

    def _is_option_count(self, at: int, ahead: NounPhrase, count: int | None) -> bool:
        """"Two extra shots": a number before an option that one may have several of."""
        if self._open is None or not ahead.modifiers or not takes(self._menu, self._open, self._phrases[ahead.modifiers[0]]):
            return False
        if any(self._ahead.is_size(sku, self._phrases[ahead.modifiers[0]]) for sku in self._open.skus):
            return False
        part = self._can_share(self._open, count, at) and self._kind(self._before(at)) is not Role.WITH
        return not part

    def _counted_option(self, at: int, ahead: NounPhrase, count: int | None) -> int:
        if count is None:
            self.unread.append(self._phrases[at])
            return at + 1
        option = ahead.modifiers[0]
        self._attach(option, count=count)
        return option + 1

    def _can_share(self, line: Line, count: int | None, at: int) -> bool:
        root = self._shared or line
        if count is None or root.quantity is None or not root.skus:
            return False
        already = root is self._shared
        goes_on = self._kind(self._before(at)) is Role.AND and len(line.said) > line.before_head
        return count <= root.quantity and (already or (root.quantity > 1 and not goes_on))

    def _part_of(self, line: Line, count: int, at: int, modifiers: Sequence[Phrase]) -> Line | None:
        """"2 margherita, one large …": the one is among the two, unless they were said to be small."""
        if not self._can_share(line, count, at) or any(self._has_size(line, phrase) for phrase in modifiers):
            return None
        root = self._shared or line
        self._shared = root
        if root.quantity is None or count == root.quantity:
            root.reach(self._phrases[at])
            self._shared = None
            return root
        root.quantity -= count
        part = self._copy(root, count, at)
        part.said = list(root.said)
        return part

    def _has_size(self, line: Line, phrase: Phrase) -> bool:
        """Was another value of the same group already said, of which there can be one?"""
        taken = {target.group for said in (self._shared or line).said for target in said.phrase.options}
        return any(
            target.group in taken and self._ahead.is_size(sku, phrase) for sku in line.skus for target in phrase.options
        )

    def _another(self, line: Line, count: int, at: int) -> Line:
        """"One large with ham and one medium": the same product again."""
        self._shared = None
        return self._copy(line, count, at)

    def _copy(self, line: Line, count: int, at: int) -> Line:
        phrase = self._phrases[at]
        copy = Line(line.skus, count, counted=True, opened=True, start=phrase.start, end=phrase.end)
        self.lines.append(copy)
        return copy

    def _announce(self, ahead: NounPhrase, category: int) -> int:
        """"Two pizzas": which ones may come later, else it is a question."""
        first, last = self._phrases[ahead.start], self._phrases[category]
        quantity, counted = (first.value, True) if first.kind is Kind.NUMBER else (1, False)
        self._forget()
        line = Line((), quantity, counted=counted, opened=True, start=first.start, end=last.end, among=last.category)
        self._start(line)
        for modifier in ahead.modifiers:
            self._attach(modifier, line=line)
        self.unread += [self._phrases[at] for at in ahead.unread]
        return max(category + 1, ahead.end)

    # ---- goods

    def _goods(self, at: int) -> int:
        phrase = self._phrases[at]
        if self._refusal and not phrase.options:
            self._forget()
            return at + 1
        if self._is_doubtful(at):
            self._forget()
            self.doubts.append(phrase)
            return at + 1
        if self._begins_line(at):
            ahead = self._ahead.noun_phrase(at)
            if ahead.head is not None and not self._refusal:
                return self._open_line(ahead)
        if not phrase.options or self._is_product_here(at):
            return self._open_line(NounPhrase(at, at + 1, head=at, skus=phrase.products))
        self._attach(at)
        return at + 1

    def _is_doubtful(self, at: int) -> bool:
        """"With chocolate": on this menu only the first word of other goods. Nothing is guessed."""
        phrase, line = self._phrases[at], self._open
        if phrase.rank not in (2, 3) or line is None or takes(self._menu, line, phrase):
            return False
        before = self._kind(self._before(at))
        return bool(self._amount) or before is Role.WITH or (phrase.rank == 3 and before in (Role.AND, Kind.GOODS))

    def _begins_line(self, at: int) -> bool:
        """May the product that lies ahead have the options from here on?"""
        phrase = self._phrases[at]
        if self._amount and self._kind(at - 1) in AMOUNTS:
            return False
        if self._open is None or not self._open.skus:
            return not (phrase.options and self._kind(self._before(at)) is Role.WITH and self._open is None)
        if phrase.options and not takes(self._menu, self._open, phrase):
            return True
        ahead = self._ahead.noun_phrase(at)
        if ahead.head is None or ahead.head == at:
            return False
        if all(self._ahead.is_size(sku, phrase) for sku in ahead.skus):
            return True
        before = self._kind(self._before(at))
        return before in _STARTS or before is None or (before is Role.AND and len(ahead.modifiers) in (1, 2))

    def _is_product_here(self, at: int) -> bool:
        """Goods that may be a product or an option: which are they in this place?"""
        phrase, line = self._phrases[at], self._open
        if not phrase.products or self._refusal or self._amount:
            return False
        before, after = self._kind(self._before(at)), self._kind(at + 1)
        if line is None or not line.skus:
            return (line is None and after is not Role.AND and before is not Role.WITH) or before is Role.SIDE_OF
        if not takes(self._menu, line, phrase):
            return True
        follows_head = before is Role.AND and line.end == self._phrases[self._before(at)].start and not line.said
        is_choice = any(
            group.choose is Choose.ONE
            for target in phrase.options for sku in line.skus if (group := self._menu.group_of(sku, target))
        )
        if follows_head:
            return not is_choice
        return before is Role.SIDE_OF or after is Role.SIDE

    def _open_line(self, ahead: NounPhrase) -> int:
        """A product was named: a new line, or a later mention of the open one."""
        assert ahead.head is not None
        head = self._phrases[ahead.head]
        opener = self._phrases[ahead.start] if self._phrases[ahead.start].kind in OPENERS else None
        self.unread += [self._phrases[at] for at in ahead.unread]
        line = self._mentioned(ahead, opener) or self._named_at_last(ahead, opener)
        if line is None:
            counted = opener is not None and opener.kind is Kind.NUMBER
            quantity = opener.value if opener is not None and counted else 1
            line = Line(ahead.skus or head.products, quantity, counted=counted, opened=opener is not None, start=head.start, end=head.end)
            self._start(line)
            self._shared = None
        line.reach(self._phrases[ahead.start])
        line.reach(head)
        self._open = line
        self._forget()
        self._scope = []
        self._attach_before(ahead, line)
        line.before_head = len(line.said)
        return ahead.end

    def _attach_before(self, ahead: NounPhrase, line: Line) -> None:
        for at in range(ahead.start, ahead.end - 1):
            if self._kind(at) in AMOUNTS:
                self._say_amount(at)
            elif at in ahead.modifiers:
                self._attach(at, line=line)
        self._drop_amount()

    def _mentioned(self, ahead: NounPhrase, opener: Phrase | None) -> Line | None:
        """"A pizza pie", "… and ham pizza": the same product without a number means the line there is."""
        line = self._open
        if opener is not None or line is None or not set(ahead.skus) & set(line.skus):
            return None
        before = self._before(ahead.start)
        if self._kind(before) in (Kind.LINE, Kind.COMMA) or (self._kind(before) is Role.AND and not ahead.modifiers):
            return None
        return line

    def _named_at_last(self, ahead: NounPhrase, opener: Phrase | None) -> Line | None:
        """Options came first, their product comes now ("red salsa on the side with chips")."""
        line = next((line for line in reversed(self.lines[-6:]) if not line.skus), None)
        if line is None:
            return None
        among = self._menu.kinds[line.among].skus if line.among else ahead.skus
        skus = tuple(sku for sku in ahead.skus if sku in among and fits(self._menu, sku, line))
        if not skus or (line is not self._open and not line.among):
            return None
        if line.opened and opener is not None:
            if line.among and line.counted:
                self._take_from(line, opener)
            if not line.among or line.counted:
                return None
        line.skus = skus
        if opener is not None and opener.kind is Kind.NUMBER:
            line.quantity, line.counted = opener.value, True
        return line

    def _take_from(self, line: Line, opener: Phrase) -> None:
        """"Two pizzas, one margherita": the margherita is among the two."""
        count = opener.value if opener.kind is Kind.NUMBER else 1
        if line.quantity is not None and count is not None and count <= line.quantity:
            line.quantity -= count
            if line.quantity == 0:
                self.lines.remove(line)

    def _start(self, line: Line) -> None:
        self.lines.append(line)
        self._open = line

    # ---- options

    def _attach(self, at: int, *, line: Line | None = None, count: int = 1) -> None:
        phrase = self._phrases[at]
        amount = self._amount_here(at)
        if amount is Amount.EXTRA and self._refusal:
            count = 0
        self._amount = None
        targets = [line] if line else self._lines_for(phrase)
        for target in targets:
            target.said.append(Said(phrase, amount, count))
            target.reach(phrase)
        if not targets:
            self.unread.append(phrase)
        if self._refusal:
            self._has_refused = True

    def _amount_here(self, at: int) -> Amount:
        """A refusal covers the first thing, and those that "and" or "or" joins to it."""
        if self._refusal and self._has_refused and self._kind(self._before(at)) is not Role.AND:
            self._refusal, self._has_refused = None, False
        said = self._amount[0] if self._amount else None
        if self._refusal and said is not Amount.EXTRA:
            return Amount.NONE
        return said or Amount.REGULAR

    def _lines_for(self, phrase: Phrase) -> list[Line]:
        scope = [line for line in self._scope if takes(self._menu, line, phrase)]
        if scope:
            return scope
        if self._open is None:
            self._start(Line((), 1, counted=False, opened=False, start=phrase.start, end=phrase.end))
        assert self._open is not None
        if takes(self._menu, self._open, phrase):
            return [self._open]
        return next(([line] for line in reversed(self.lines[-6:]) if line.skus and takes(self._menu, line, phrase)), [])

    def _say_amount(self, at: int) -> int:
        self._drop_amount()
        phrase = self._phrases[at]
        if self._has_refused:
            self._refusal, self._has_refused = None, False
        self._amount = (Amount.EXTRA if phrase.kind is Role.EXTRA else Amount.LIGHT, phrase)
        return at + 1

    def _drop_amount(self) -> None:
        """An amount of nothing on the menu was said."""
        if self._amount:
            self.unread.append(self._amount[1])
        self._amount = None

    # ---- refusals and what ends them

    def _refuse(self, at: int) -> int:
        self._drop_amount()
        self._refusal, self._has_refused = self._phrases[at], False
        return at + 1

    def _want_again(self, at: int) -> int:
        if self._has_refused:
            self._refusal, self._has_refused = None, False
        return at + 1

    def _forget(self) -> None:
        self._drop_amount()
        self._refusal, self._has_refused = None, False

    def _generic(self, at: int) -> int:
        self._amount = None
        self._refusal, self._has_refused = None, False
        return at + 1

    def _line_ends(self, at: int) -> int:
        self._forget()
        self._scope = []
        return at + 1

    def _unknown(self, at: int) -> int:
        """Unread; the amount or the refusal before it was meant for it."""
        if self._refusal and not self._has_refused:
            self.unread.append(self._refusal)
        self._forget()
        self.unread.append(self._phrases[at])
        return at + 1

    # ---- several lines at once

    def _all(self, at: int) -> int:
        """"Both", "all of them": what follows is said of the lines there are."""
        self._scope = self._meant_by_all()
        after = self._after(at)
        if self._kind(after) is Kind.CATEGORY:
            return after + 1
        if self._kind(after) is Kind.GOODS and any(set(self._phrases[after].products) & set(line.skus) for line in self.lines):
            return after + 1
        return at + 1

    def _meant_by_all(self) -> list[Line]:
        if self._open is None or self._open.quantity != 1 or not self._open.skus:
            return [self._open] if self._open else []
        category = self._category_of(self._open)
        return [line for line in self.lines if self._category_of(line) == category]

    def _category_of(self, line: Line) -> str | None:
        return self._menu.menu.by_sku[line.skus[0]].category if line.skus else None

    def _rest(self, at: int) -> int:
        line = self._open
        if self._shared:
            self._open = self._shared
        elif line is not None and line.quantity == 2:
            self._open = self._part_of(line, 1, at, ())
        return at + 1

    def _category(self, at: int) -> int:
        """"Margherita pizza" names nothing more; a category alone announces goods, or is a question."""
        line, phrase = self._open, self._phrases[at]
        if self._refusal:
            return self._generic(at)
        if line is not None and self._kind(self._before(at)) not in (Kind.LINE, Kind.COMMA, Role.AND):
            if not line.skus and not line.among:
                line.among = phrase.category
            kind = self._menu.kinds[phrase.category].skus
            if line.among == phrase.category or any(sku in kind for sku in line.skus):
                line.reach(phrase)
                return at + 1
        ahead = self._ahead.noun_phrase(at)
        if ahead.head is not None and not ahead.unread:
            return self._open_line(ahead)
        return self._announce(replace(ahead, end=at + 1, modifiers=()), at)
