"""Edits of an open draft in people's words: "make it 3", "no coke", "the second one large".

The message is taken apart into clauses; each is tried against the wordings of words/intents.*.toml in one order.
What is no edit is read as new goods.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from handlers.reading.clauses import LONGEST_EDIT, bare, clauses
from handlers.reading.draft_lines import Finder
from handlers.reading.edit_corrections import CorrectionRules
from handlers.reading.menu_match import CompiledMenu
from handlers.reading.order_text import read_order
from handlers.reading.second_thoughts import thoughts
from handlers.reading.texts import Text
from handlers.reading.understood import AddLine, Edit, Question, Reading, ReadLine
from handlers.reading.wordings import wordings

LEAVING = (
    "swap",
    "ordinal",
    "keep_only",
    "clear",
    "set_quantity",
    "set_quantity_of",
    "one_more",
    "more_of",
    "one_less",
    "less_of",
)
"""Edits that never belong to goods named just before them."""


@dataclass(frozen=True, slots=True)
class EditsRead:
    """What a message means for a draft; `edited`: it did more than name new goods."""

    edits: tuple[Edit, ...] = ()
    unread: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    edited: bool = False


def read_edits(text: str, draft: tuple[ReadLine, ...], menu: CompiledMenu, languages: tuple[str, ...]) -> EditsRead:
    """Read a message against the lines of the open draft."""
    editor = _Editor(draft, Finder(menu, languages), languages)
    for number, thought in enumerate(thoughts(text, editor.finder.languages)):
        for place, clause in enumerate(clauses(thought, editor.finder.languages)):
            editor.read(editor.without_correction(clause) if number and not place else clause)
    editor.add_goods()
    edits = tuple(edit for edit in editor.edits if not isinstance(edit, AddLine) or edit.line.quantity)
    return EditsRead(edits, tuple(editor.unread), tuple(editor.questions), editor.edited)


class _Editor(CorrectionRules):
    def __init__(self, draft: tuple[ReadLine, ...], finder: Finder, languages: tuple[str, ...]) -> None:
        super().__init__(draft, finder, languages)
        self.unread: list[str] = []
        self.questions: list[Question] = []
        self.goods: list[str] = []
        self.edited = False

    def read(self, clause: str) -> None:
        """One clause: an edit, or goods that wait for what the next clause says of them."""
        words = Text(bare(clause, self.finder.languages))
        if not words:
            return
        if len(words) > LONGEST_EDIT:
            self.goods.append(clause)
            return
        if self.goods and self._leaves_goods(words):
            self.add_goods()
        if self.goods or not any(rule(words) for rule in self._rules()):
            self.goods.append(clause)
        else:
            self.edited = True

    def without_correction(self, clause: str) -> str:
        """Corrects what stands before, and returns what is left to read: the coke of "three, and a coke"."""
        if self.correct(clause):
            return ""
        joint = wordings("wishes", "and", self.finder.languages).pattern
        first, *rest = re.split(rf"\s*,\s*(?:{joint}\s+)?|\s+{joint}\s+", clause, maxsplit=1, flags=re.IGNORECASE)
        return rest[0] if rest and self.correct(first) else clause

    def correct(self, clause: str) -> bool:
        """A second thought about the line that was spoken of last, or about one that it names; False if it is none."""
        self.add_goods()
        words = Text(bare(clause, self.finder.languages))
        if not words or len(words) > LONGEST_EDIT or not any(line.quantity for line in self.lines):
            return False
        is_correction = (
            self.correct_number(words) or self.correct_goods(words) or any(rule(words) for rule in self._rules())
        )
        self.edited |= is_correction
        return is_correction

    def _rules(self) -> tuple[Callable[[str], bool], ...]:
        return (
            self._clear, self.part, self._keep_only, self.of_one, self._swap, self._ordinal, self._refuse_of,
            self.take_less, self.one_more, self.one_more_with, self.more_of, self.set_quantity, self.set_quantity_of,
            self._refuse, self._add_to, self._of_line, self._options_of_last, self._not_there,
        )  # fmt: skip

    def _leaves_goods(self, words: str) -> bool:
        """After new goods a refusal is one of their options, unless it names a line of the draft."""
        for found in self.matches("refuse", words):
            return self.finder.names_product(found["goods"], self.lines)
        return any(self.matches(key, words) for key in LEAVING) and not self._continues_goods(words)

    def _continues_goods(self, words: str) -> bool:
        """ "Two large, the other one small" after three new pizzas: together they say more, and all of it is read."""
        if read_order(words, self.finder.menu, self.languages).lines:
            return False
        goods = ", ".join(self.goods)
        alone = read_order(goods, self.finder.menu, self.languages)
        both = read_order(f"{goods}, {words}", self.finder.menu, self.languages)
        changes = [(line.sku, line.quantity, line.options) for line in both.lines] != [
            (line.sku, line.quantity, line.options) for line in alone.lines
        ]
        return changes and both.unread == alone.unread and len(both.questions) == len(alone.questions)

    # Rules: each returns whether it was one ------------------------------------------------------------

    def _clear(self, words: str) -> bool:
        if not self.matches("clear", words):
            return False
        self.clear(words)
        return True

    def _keep_only(self, words: str) -> bool:
        for found in self.matches("keep_only", words):
            kept = self.finder.lines(found["goods"], self.lines)
            if kept:
                for index in range(len(self.lines)):
                    if index not in kept and self.lines[index].quantity:
                        self.set(index, 0, words)
                self.last = kept[-1]
                return True
        return False

    def _swap(self, words: str) -> bool:
        for found in self.matches("swap", words):
            if self.finder.number(found["other"]) is not None:
                continue
            lines = self.finder.lines(found["goods"], self.lines)
            other = read_order(found["other"], self.finder.menu, self.languages)
            if lines and other.lines and not other.unread and not self.swaps_within(found["goods"], other.lines):
                self.replace(lines[-1], other.lines, found["other"], words)
                return True
            if self._swap_option(found["goods"], found["other"], words):
                return True
            if lines and self.choose_if(lines[-1], found["other"], words):
                return True
            if self.swaps_within(found["goods"], other.lines):
                return False
            if lines or (
                self.lines and other.lines and read_order(found["goods"], self.finder.menu, self.languages).lines
            ):
                # One of the two is not in the draft, or not on the menu: both may be meant, so neither is taken.
                self.unread.append(words)
                return True
        return False

    def _swap_option(self, old: str, new: str, words: str) -> bool:
        for index in self.from_last():
            line = self.lines[index]
            away, wanted = self.finder.refused(old, line), self.finder.options(new, line)
            if away and wanted:
                groups = {chosen.group for chosen in wanted}
                self.choose(index, (*(chosen for chosen in away if chosen.group not in groups), *wanted), words)
                return True
        return False

    def _ordinal(self, words: str) -> bool:
        if self.matches("ordinal_only", words):
            # A line is named, and nothing is said of it: it may answer a question, but whose?
            self.unread.append(words)
            return True
        for found in self.matches("ordinal", words):
            index = self.finder.nth(found["nth"], len(self.lines))
            if index is None:
                continue
            number = self.finder.number(found["rest"])
            if number is not None:
                self.set(index, number, words)
                return True
            if self.choose_if(index, found["rest"], words):
                return True
        return False

    def _refuse_of(self, words: str) -> bool:
        for found in self.matches("refuse_of", words):
            other, goods = found["other"], found["goods"]
            lines = self.finder.lines(other, self.lines)
            for index in reversed(lines):
                options = self.finder.refused(goods, self.lines[index])
                if options:
                    self.choose(index, options, words)
                    return True
            is_order = found.start("other") < found.start("goods")  # "a tuna without onions"
            if (
                not is_order
                and not self.finder.names_product(goods, self.lines)
                and (lines or self.tells_line(other) or read_order(other, self.finder.menu, self.languages).lines)
            ):
                # "No onions on the coke": it goes nowhere else, and least of all the coke goes.
                self.unread.append(words)
                return True
        return False

    def _refuse(self, words: str) -> bool:
        """A product of the draft goes, all its lines; an option is refused on the last line that it fits."""
        for found in self.matches("refuse", words):
            goods = found["goods"]
            first, comma, rest = goods.partition(",")
            if comma and self._ends_at_comma(first, rest):
                # "No coke, 2 beers instead", "no wait, make it 3": what follows is a clause of its own.
                taken = not bare(first, self.finder.languages) or self._refuse(words[: -len(rest) - 1])
                if taken:
                    self.read(rest)
                    return True
            if not self.finder.names_product(goods, self.lines) and not self.tells_line(goods):
                for index in self.from_last():
                    options = self.finder.refused(goods, self.lines[index]) or self.finder.options(
                        words, self.lines[index]
                    )
                    if options:
                        self.choose(index, options, words)
                        return True
            if self._remove(goods, words):
                return True
        return False

    def _ends_at_comma(self, first: str, rest: str) -> bool:
        """Whether a refusal ends there: not in a list of what is in the draft ("no coke, beer and tiramisu")."""
        if not bare(first, self.finder.languages):
            return True
        if self.has_number(rest):
            return True
        named = {line.sku for line in read_order(rest, self.finder.menu, self.languages).lines}
        return not named <= {line.sku for line in self.lines}

    def _remove(self, goods: str, words: str) -> bool:
        lines = self.finder.lines(goods, self.lines)
        skus = dict.fromkeys(self.lines[index].sku for index in lines)
        if len(skus) > 1 and not self._plural_removal(goods, lines):
            self.questions.append(Question(words, tuple(skus)))
            return True
        for index in lines:
            self.set(index, 0, words)
        return bool(lines)

    def _plural_removal(self, goods: str, lines: list[int]) -> bool:
        """Several products were named one by one ("no coke and no beer" in one breath)."""
        reading = read_order(goods, self.finder.menu, self.languages)
        return {line.sku for line in reading.lines} == {self.lines[index].sku for index in lines}

    def _add_to(self, words: str) -> bool:
        """An option for a line of the draft: "add capers to the lasagne"."""
        for found in self.matches("add_to", words):
            for index in reversed(self.finder.lines(found["other"], self.lines)):
                if self.choose_if(index, found["goods"], words):
                    return True
        return False

    def _of_line(self, words: str) -> bool:
        """Like "make the margherita large": a product of the draft and its options in one phrase."""
        if self.named_again(words):
            return True
        for found in self.matches("of_line", words):
            reading = read_order(found["goods"], self.finder.menu, self.languages)
            if len(reading.lines) != 1 or reading.unread or not reading.lines[0].options:
                continue
            lines = [
                index for index, line in enumerate(self.lines) if line.sku == reading.lines[0].sku and line.quantity
            ]
            if lines:
                self.choose(lines[-1], reading.lines[0].options, words)
                return True
        return False

    def _not_there(self, words: str) -> bool:
        """ "Take out the honey", and there is none: that is said."""
        if not self.lines or not self.matches("removes", words):
            return False
        self.unread.append(words)
        return True

    def _options_of_last(self, words: str) -> bool:
        """Options alone: "make it large", "with extra cheese", "large please"."""
        if read_order(words, self.finder.menu, self.languages).lines:
            return False
        both = wordings("edits", "both", self.finder.languages)
        texts = [*(found["rest"] for found in self.matches("on_last", words)), words]
        for text in texts:
            if both.search(text):
                chosen = [self.choose_if(index, both.sub(" ", text), words) for index in self.from_last()]
                if any(chosen):
                    return True
            elif any(self.choose_if(index, text, words) for index in self.from_last()):
                return True
        return False

    # What the rules do ---------------------------------------------------------------------------------

    def add_goods(self) -> None:
        """Read what was no edit as new goods."""
        reading = read_order(", ".join(self.goods), self.finder.menu, self.languages) if self.goods else Reading()
        self.goods.clear()
        for line in reading.lines:
            self.add(line)
        self.unread += reading.unread
        self.questions += reading.questions
