"""Edits of an open draft in people's words: "make it 3", "no coke", "the second one large".

The message is taken apart into clauses; each is tried against the wordings of words/intents.*.toml in one order.
What is no edit is read as new goods.
"""

from collections.abc import Callable
from itertools import accumulate

from handlers.reading.clauses import LONGEST_EDIT, bare, clauses, knows, not_too_much
from handlers.reading.draft_lines import Finder
from handlers.reading.edit_ordinals import OrdinalRules
from handlers.reading.second_thoughts import thoughts
from handlers.reading.texts import Text
from handlers.reading.told_lines import as_written
from handlers.reading.understood import AddLine, EditsRead, ReadLine
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

NEAR = 150
"""Characters before "the other one" in which the goods that it is one of are looked for."""


def read_edits(text: str, draft: tuple[ReadLine, ...], finder: Finder, written: str = "") -> EditsRead:
    """Read the goods of a message against the lines of the open draft; `written` is all of the message."""
    editor = _Editor(draft, finder, finder.languages)
    editor.is_list = "\n" in text.strip()
    parts = thoughts(text, finder.languages)
    minds, instead = (wordings("edits", key, finder.languages) for key in ("changes_mind", "says_instead"))
    # Looked for in all that was written: "he has changed his mind" may have been cut out as talk.
    has_changed, says_instead = minds.search(written or text) is not None, instead.search(text) is not None
    for number, thought in enumerate(parts):
        editor.has_changed_mind = has_changed or (number > 0 and says_instead)
        corrects, before = number > 0, editor.state()
        if editor.spread_at_once(thought):
            continue
        for clause in clauses(thought, finder.languages):
            editor.mark()
            if number + 1 < len(parts) and editor.says_what_was_said(clause):
                continue
            editor.is_second_thought = corrects
            editor.read(editor.without_correction(clause) if corrects else clause)
            corrects = bool(draft) and editor.denies(clause)
        editor.spread_what_is_lost(thought, before)
    editor.finish()
    edits = tuple(edit for edit in editor.edits if not isinstance(edit, AddLine) or edit.line.quantity)
    return as_written(EditsRead(edits, (*editor.unread,), (*editor.questions,), edited=editor.edited), finder)


class _Editor(OrdinalRules):
    _clause = ""

    def read(self, clause: str) -> None:
        """One clause: an edit, or goods that wait for what the next clause says of them."""
        self._clause = clause
        if (much := not_too_much(clause, self.finder.languages)) is not None:
            self.unread.append(much[0].strip(" ,"))
            clause = clause[: much.start()]
        clause = self.signed(clause)
        words = self._bare(clause)
        if not words or self._words_of("denies").fullmatch(words):
            return
        one_spaced = Text(" ".join(words.split()))
        if self.drafted and self._words_of("reschedules", "intents").fullmatch(one_spaced):
            return  # What is left of "and move it to 8", once its hour was read.
        if len(words) > LONGEST_EDIT:
            self.goods.append(clause)
            return
        self.joins = self._is_joined(clause)
        if not self.goods and (self.part_away(words) or self.leave_off(words)):
            self.edited = True
            return
        if self.is_apart(clause):
            return
        if self.goods and self._leaves_goods(words):
            self.add_goods()
        if not self.goods and (self.corrects(words) or self._is_edit(words) or self._reads_in_part(words, clause)):
            self.edited = True
        elif self.tells(words):
            self.unread.append(words)
            self.edited = True
        else:
            self.goods.append(clause)

    def _is_joined(self, clause: str) -> bool:
        """ "And …", "… too"; the "also" of a language in which it is "so" joins nothing."""
        so = self.conclusion(clause)
        said = clause if so is None else f"{clause[: so.start()]} {clause[so.end() :]}"
        is_first = self._words_of("joins").match(said.lstrip(" ,.-–•*")) is not None
        return is_first or self._words_of("joins_behind").search(said) is not None

    def _bare(self, clause: str) -> Text:
        """Without small words, but for those that keep it "so"."""
        whole = Text(clause.strip(" ,.!?"))
        return whole if self.matches("stays", whole) else Text(bare(clause, self.finder.languages))

    def _is_edit(self, words: str) -> bool:
        return any(rule(words) for rule in self._rules())

    def _reads_in_part(self, words: Text, clause: str) -> bool:
        return self.behind_no(words) or self._before_goods(clause) or self._behind_talk(clause)

    def without_correction(self, clause: str) -> str:
        """Corrects what stands before, and returns what is left to read: the coke of "three, and a coke"."""
        clause = self.signed(clause)
        if self.is_apart(clause) or (self.restates(clause) and self.correct(clause)):
            return ""
        parts = list(self.cuts(clause))[::-1]
        for first, rest in parts:
            if self._begins_goods(rest) and self.correct(first):
                if self.goes_too(first, rest):
                    return ""
                is_part = "," in clause[: -len(rest)].rstrip()[-1:] and self.parts_with(rest)
                return "" if is_part or self.add_another(rest) else rest
        if self.correct(clause):
            return ""
        return parts[0][1] if parts and self.correct(parts[0][0]) else clause

    def _begins_goods(self, words: str) -> bool:
        """ "… and a coke": what has a number or an article of its own, and is on the menu."""
        if self.finder.number(words.split(maxsplit=1)[0] if words.strip() else "") is None:
            return False
        reading = self.finder.reading(words)
        return bool(reading.lines or reading.questions)

    def correct(self, clause: str) -> bool:
        """A second thought about the line that was spoken of last, or about one that it names; False if it is none."""
        self.add_goods()
        words = Text(bare(clause, self.finder.languages))
        if not words or len(words) > LONGEST_EDIT or not any(line.quantity for line in self.lines):
            return False
        is_correction = (
            self.put_for_said(words)
            or self.correct_without(words)
            or self.correct_which(words)
            or self.correct_number(words)
            or self.correct_options(words, clause)
            or self.swap(words)
            or self.correct_goods(words)
            or self._is_edit(words)
        )
        self.edited |= is_correction
        return is_correction

    def _rules(self) -> tuple[Callable[[str], bool], ...]:
        return (
            self._clear, self.stays, self.refuse_all, self.part, self.parts_with, self._keep_only,
            self.of_told, self.of_person, self.of_somebody, self.of_all_so, self.not_so, self.of_one,
            self.halves, self.swap, self.rather, self.instead_alone,
            self.nth_away, self.ordinal, self.of_each, self.leave_off, self.refuse_of, self.allow,
            self.take_less, self.same_again, self.another_one, self.one_more, self.one_more_with, self.more_of,
            self.set_quantity, self.set_quantity_of, self.number_alone,
            self.no_longer, self.takes_now, self.refuse, self.add_to, self.of_line,
            self.known_for, self.said_so, self.as_it_is, self._options_of_last, self.let_go, self.not_there,
            self.changes_nothing, self.names_known, self.rather_unknown, self.otherwise_unknown,
        )  # fmt: skip

    def _leaves_goods(self, words: str) -> bool:
        """After new goods a refusal is one of their options, unless it names a line of the draft."""
        if any(self.finder.lines(found["goods"], self.lines) for found in self.matches("less_of", words)):
            return True
        if self.drafted and self.matches("refuse_all", words) and self._words_of("on_all").search(words):
            return True
        if refused := self.matches("refuse", words):
            return self.tells(words) or any(self.finder.names_product(each["goods"], self.lines) for each in refused)
        if self.tells(words) or self.is_named_again(words):
            return True
        return any(self.matches(key, words) for key in LEAVING) and not self._continues_goods(words)

    def _continues_goods(self, words: str) -> bool:
        """ "Two large, the other one small" after three new pizzas: together they say more, and all of it is read."""
        if self.finder.reading(words).lines:
            return False
        goods = self._last_goods()
        alone = self.finder.reading(goods)
        both = self.finder.reading(f"{goods}, {words}")
        changes = [(line.sku, line.quantity, line.options) for line in both.lines] != [
            (line.sku, line.quantity, line.options) for line in alone.lines
        ]
        return changes and both.unread == alone.unread and len(both.questions) == len(alone.questions)

    def _last_goods(self) -> str:
        """The goods read last, as many as may belong together: of more nobody says "the other"."""
        lengths = accumulate(map(len, reversed(self.goods)))
        near = max(1, sum(length <= NEAR for length in lengths))
        return ", ".join(self.goods[-near:])

    # Rules: each returns whether it was one ------------------------------------------------------------

    def _clear(self, words: str) -> bool:
        if not self.matches("clear", words):
            return False
        if self.matches("forgets", words):
            return self.forget(words)
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

    def _options_of_last(self, words: str) -> bool:
        """Options alone: "make it large", "with extra cheese", "large please"."""
        if self.tells(words):
            return False
        lines = self.finder.reading(words).lines
        named = {line.sku for line in lines}
        if self.joins and any(not knows(self._clause, line.words, self.finder.languages) for line in lines):
            # "And gnocchi with chilli oil" are more; "and could the gnocchi be with chilli oil" are those.
            return False
        is_told = not self.has_number(words) and not self.finder.lines_named(words, self.lines)
        if not named <= {line.sku for line in self.lines[: None if is_told else self.drafted] if line.quantity}:
            return False
        both = wordings("edits", "both", self.finder.languages)
        texts = [*(found["rest"] for found in self.matches("on_last", words)), words]
        for text in texts:
            is_both = both.search(text) is not None
            options = both.sub(" ", text) if is_both else text
            takers = self.takers(options)
            for index in takers if is_both else takers[:1]:
                self.choose_if(index, options, words)
            if takers:
                return True
        return False
