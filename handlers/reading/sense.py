"""Goods in their place: a new product, an option of the open line, or too little to tell?"""

import re

from core.menu import Choose, Product
from handlers.reading.language import ALL, AND, FILLER, GENERIC, GLUE, ONE_OF, REFUSE, SIDE_OF, SUMS, WITH, Role
from handlers.reading.menu_match import Rank, split
from handlers.reading.noun_phrases import AMOUNTS, JOINTS, LINKS, NounPhrase
from handlers.reading.options import FARTHEST_REFUSAL
from handlers.reading.order_lines import Line, has_size, is_size, takes
from handlers.reading.phrases import CATEGORY, COMMA, GOODS, LINE, NUMBER, Phrase
from handlers.reading.step import Step
from handlers.reading.tokens import stem

FARTHEST_COLON = 5
"""Small words between goods and a colon behind them: "coffees for the whole team: …"."""
_STARTS = frozenset({LINE, COMMA, Role.WISH, GENERIC, SIDE_OF, ALL, CATEGORY, None})
"""After one of these a new product may begin with its options."""
_OF_SEVERAL = frozenset({ALL, Role.BOTH})
_BEFORE_HEADINGS = frozenset({WITH, REFUSE, GLUE, *AMOUNTS})
_BEGINS = frozenset({*_STARTS, AND})
_WEIGHT = re.compile(r"\d[ \u00a0]?k?g\b", re.IGNORECASE)
_ENDS = frozenset({*JOINTS, LINE, None})
_NOT_WANTED = frozenset({REFUSE, Role.OFF})


class Sense(Step):
    """What the goods at an index are, seen from what was said before them. It looks and changes nothing."""

    def is_vague(self, at: int) -> bool:
        """ "With chocolate": on this menu only a part of the name of other goods. Nothing is guessed."""
        phrase, line = self._phrases[at], self._lines.open
        if line is None or takes(self._menu, line, phrase):
            return False
        before = self._sentence.kind_before(at)
        if phrase.rank not in (Rank.PART, Rank.BEGINNING):
            return before is WITH and self._is_weighed(phrase)
        is_listed = phrase.rank == Rank.BEGINNING and before in (AND, GOODS)
        return self._wanting.has_amount or before is WITH or is_listed

    def is_in_goods(self, phrase: Phrase) -> bool:
        """Is a product that is refused by its name in what was ordered? Gnocchi with pesto "without pesto"."""
        products = self._menu.menu.by_sku
        ordered = [products[sku] for line in self._lines.all for sku in line.skus]
        within = {word for product in ordered for text in _told(product) for word in _stems(text)}
        names = (name for sku in phrase.products for name in (*products[sku].name.values(), *products[sku].aliases))
        return any(_stems(name) <= within for name in names)

    def is_refused_of_goods(self, at: int) -> bool:
        """ "A marinara without honey", "my wife has hers without honey": not so "…, no beer", which refuses goods."""
        place = next((near for near in range(at - 1, at - FARTHEST_REFUSAL, -1) if self._is_refusal(near)), None)
        if place is None or self._phrases[place].amount is Role.DISLIKE:
            return place is not None
        return self._sentence.kind_before(place) not in (*_ENDS, Role.WISH)

    def _is_refusal(self, at: int) -> bool:
        return at >= 0 and self._sentence.kind(at) is REFUSE

    def goes_on_refused(self, at: int) -> bool:
        """ "Without chilli honey": behind an option that is refused, its name goes on with something of the dish."""
        is_behind = self._sentence.kind(at - 1) is GOODS and bool(self._phrases[at - 1].options)
        phrase = self._phrases[at]
        return is_behind and self._wanting.has_refusal and not phrase.options and self.is_in_goods(phrase)

    def is_left_out(self, at: int) -> bool:
        """ "Das Pesto weglassen": a product that is known, and behind it that it is not wanted."""
        after = self._sentence.after(at)
        if self._sentence.is_said_of(after):
            # "Das Pesto bei den Gnocchi weg".
            after = self._sentence.after(after)
        if self._phrases[at].options or self._sentence.kind(after) not in _NOT_WANTED:
            return False
        if self._sentence.kind(after) is Role.OFF:
            # "Take the basil off one".
            return (
                self._sentence.kind(at - 1) in LINKS and self._sentence.kind(self._sentence.after(after)) is not GOODS
            )
        is_last = self._sentence.kind(self._sentence.after(after)) in _ENDS
        if self._sentence.is_said_of(at):
            return False
        return is_last and (self._sentence.kind_before(at) in _ENDS or self._sentence.kind(at - 1) in LINKS)

    def part_at(self, at: int) -> NounPhrase | None:
        """ "3 salads (2 balsamic, 1 plain)": behind a bracket a number of what is more than one, and how they are."""
        if self._sentence.kind(at - 1) is not COMMA or self._sentence.kind(at + 1) is not GOODS:
            return None
        line, count, option = self._lines.root or self._lines.open, self._phrases[at].value, self._phrases[at + 1]
        is_among = line is not None and count is not None and bool(line.skus) and count <= (line.quantity or 0)
        if not (is_among and option.products and option.options) or line is None or not takes(self._menu, line, option):
            return None
        is_within = self._phrases[at - 1].amount is ONE_OF or self._lines.root is not None
        return NounPhrase(at, at + 2, modifiers=(at + 1,)) if is_within or self._make_up(at, line) else None

    def _make_up(self, at: int, line: Line) -> bool:
        """ "Two salads, one balsamic, one plain": several parts that make up the number."""
        total, parts = 0, 0
        while self._sentence.kind(at) is NUMBER and self._sentence.kind(at + 1) is GOODS:
            if not takes(self._menu, line, self._phrases[at + 1]):
                return False
            total, parts = total + (self._phrases[at].value or 0), parts + 1
            joint = self._sentence.after(at + 1)
            at = joint + 1 if self._sentence.kind(joint) in JOINTS else joint
        return parts > 1 and total == line.quantity

    def tells_how(self, ahead: NounPhrase) -> bool:
        """Is anything said of the goods, before them or behind?"""
        return bool(ahead.modifiers) or self._sentence.kind(ahead.end) in (GOODS, WITH, REFUSE, *AMOUNTS)

    def is_apart(self, at: int) -> bool:
        """ "The pesto on the side": of a dish that has it, and no jar of it."""
        phrase = self._phrases[at]
        if self._sentence.kind(self._sentence.after(at)) is not Role.SIDE or phrase.options or not phrase.products:
            return False
        return self._sentence.kind(at - 1) in LINKS and (self.is_in_goods(phrase) or self._is_weighed(phrase))

    def _is_weighed(self, phrase: Phrase) -> bool:
        """ "A tiramisu with honey", where honey comes by the jar of 400 g: on the tiramisu, or a jar beside it?"""
        names = [self._menu.menu.by_sku[sku].name.values() for sku in phrase.products]
        return bool(names) and all(any(_WEIGHT.search(name) for name in each) for each in names)

    def begins_line(self, at: int) -> bool:
        """Do the options from here on belong to the product that lies ahead?"""
        phrase, line, before = self._phrases[at], self._lines.open, self._sentence.kind_before(at)
        if self._stands_apart(at):
            return False
        if line is None:
            return not (phrase.options and before is WITH)
        if not line.skus and phrase.options and self._sentence.noun_phrase(at).head == at:
            # "A pizza with salami and mushrooms", which comes by the piece, too: it goes onto the pizza.
            return before is not WITH and not (before is AND and line.said)
        if not line.skus or not takes(self._menu, line, phrase):
            return True
        ahead = self._sentence.noun_phrase(at)
        if ahead.head is None or ahead.head == at or self._sentence.kind_before(ahead.head) is COMMA:
            return False
        if all(is_size(self._menu, (sku,), phrase) for sku in ahead.skus):
            return not self._sentence.is_listed(at, ahead.head) or before in _BEGINS
        if self._is_said(line, phrase) and ahead.head == at + 1:
            # "Chicken taco chicken burrito".
            return True
        return before in _STARTS or (before is AND and len(ahead.modifiers) in (1, 2))

    def is_refused(self, at: int) -> bool:
        return self._wanting.has_refusal and self._wanting.covers(is_joined=self._sentence.is_joined(at))

    def is_next_size(self, at: int) -> bool:
        """ "No lettuce and large fries", "… and half a litre of oil": a size of what follows, nothing to leave out."""
        if self._wanting.refuses or self._sentence.kind_before(at) is not AND:
            return False
        ahead = self._sentence.noun_phrase(at)
        if ahead.head is None or any(self._sentence.kind(place) not in LINKS for place in range(at + 1, ahead.head)):
            return False
        return ahead.head > at and all(is_size(self._menu, (sku,), self._phrases[at]) for sku in ahead.skus)

    def begins_another(self, at: int) -> bool:
        """ "Large ham large onion": goods without a name, each with its size first; or a heading over goods to come."""
        phrase, line = self._phrases[at], self._lines.open
        if self._is_heading(at):
            return True
        if line is None or line.skus or not line.said or self._sentence.kind(at + 1) is not GOODS:
            return False
        first = {target.group for target in line.said[0].phrase.options}
        is_led = any(target.group in first for target in phrase.options)
        return is_led and len(line.said) > 1 and not self._wanting.has_amount and has_size(self._menu, line, phrase)

    def is_like(self, line: Line, kind: Phrase) -> bool:
        """ "A ham sub", where the menu calls that one a sandwich and others subs: goods under one heading."""
        products = self._menu.menu.by_sku
        headings = {products[sku].category for sku in self._menu.kinds[kind.category].first}
        is_beside = line.end >= kind.start and bool(line.skus)
        return is_beside and len(headings) == 1 and all(products[sku].category in headings for sku in line.skus)

    def is_explained(self, head: int) -> bool:
        """ "Three coffees: two lattes and a mocha": behind a colon stands which goods they are."""
        behind = self._phrases[head + 1 : head + 1 + FARTHEST_COLON]
        mark = next((p for p in behind if p.kind not in (FILLER, GLUE, *LINKS)), None)
        return mark is not None and mark.amount is SUMS

    def _stands_apart(self, at: int) -> bool:
        """Behind an amount, as a heading, or of several and before a mark: "three pizzas, all large, margherita, …"."""
        if (self._wanting.has_amount and self._sentence.kind(at - 1) in AMOUNTS) or self._is_heading(at):
            return True
        head = self._sentence.noun_phrase(at).head if self._sentence.kind_before(at) in _OF_SEVERAL else None
        return head is not None and self._sentence.is_listed(at, head)

    def _is_heading(self, at: int) -> bool:
        """ "Large: two diavolas", at the beginning of a line."""
        place = at - 1
        while self._sentence.kind(place) in _BEFORE_HEADINGS:
            place -= 1
        is_first = self._sentence.kind(place) in (LINE, None) and not self._phrases[at].products
        return is_first and self.is_explained(at)

    def mentioned(self, ahead: NounPhrase, opener: Phrase | None) -> Line | None:
        """ "A pizza pie", "… and ham pizza": the same product without a number means the line there is."""
        line, before = self._lines.open, self._sentence.kind_before(ahead.start)
        if opener is not None or line is None or not set(ahead.skus) & set(line.skus):
            return None
        if before is COMMA and self._tells_which(ahead, line):
            return line
        # "Large iced latte large hot latte": one cup has one size, so this is another.
        is_another = any(has_size(self._menu, line, self._phrases[at]) for at in ahead.modifiers)
        # "A ham pizza and an onion pizza", though "a large pizza with ham and onion pizza" is one.
        is_told = any(not is_size(self._menu, line.skus, said.phrase) for said in line.said[: line.before_head])
        is_another |= before is AND and (is_told or not ahead.modifiers)
        is_new = is_another or before in (LINE, COMMA)
        return None if is_new else line

    def _tells_which(self, ahead: NounPhrase, line: Line) -> bool:
        """ "Two cookies, chocolate chip": a part of the name, close behind goods that have it."""
        is_part = ahead.head is not None and self._phrases[ahead.head].rank == Rank.BEGINNING
        is_close = line.end == self._phrases[self._sentence.before(ahead.start)].start
        return is_part and is_close and not ahead.modifiers

    @staticmethod
    def _is_said(line: Line, phrase: Phrase) -> bool:
        return any(said.phrase.options == phrase.options for said in line.said)

    def is_product_here(self, at: int) -> bool:
        """Goods that may be a product or an option: which are they in this place?"""
        phrase, line = self._phrases[at], self._lines.open
        before, after = self._sentence.kind_before(at), self._sentence.kind(at + 1)
        if not phrase.products or self.is_refused(at) or self._wanting.has_amount:
            return False
        if line is None or not line.skus:
            stands_alone = line is None and after is not AND and before is not WITH
            return stands_alone or before is SIDE_OF
        if not takes(self._menu, line, phrase):
            return True
        if before is AND and not line.said and line.end == self._phrases[self._sentence.before(at)].start:
            return not self._is_choice(line, phrase)
        return before is SIDE_OF or after is Role.SIDE

    def _is_choice(self, line: Line, phrase: Phrase) -> bool:
        """ "Breadsticks and pesto": they come with one dip, so this is it. "Margherita and salami" are two pizzas."""
        groups = [self._menu.group_of(sku, target) for sku in line.skus for target in phrase.options]
        return any(group is not None and group.choose is Choose.ONE for group in groups)


def _told(product: Product) -> tuple[str, ...]:
    """All that the menu says of a product in words."""
    return (*product.name.values(), *product.aliases, *product.description.values())


def _stems(text: str) -> set[str]:
    return {stem(word) for word in split(text)}
