"""Edits that take something out, leave something off, or put back what was refused."""

from core.menu import Amount, Chosen
from handlers.reading.clauses import bare, joints
from handlers.reading.edit_halves import HalfRules
from handlers.reading.edit_known import cuts
from handlers.reading.texts import Text
from handlers.reading.understood import Question, ReadLine
from handlers.reading.wordings import wordings


class RefusalRules(HalfRules):
    """Rules for one clause each; a rule returns whether it was one."""

    def read(self, clause: str) -> None:
        """One clause, as part of another one."""
        raise NotImplementedError

    def leave_off(self, words: str) -> bool:
        """ "Leave the onions off the tirolese": an option of that line goes, and in no case the line."""
        is_there = False
        for found in self.matches("leave_off", words):
            for other, goods in cuts(found):
                if self.finder.names_product(goods, self.lines):
                    continue
                lines = (
                    self._last_with(goods) if self.matches("said_last", other) else self.finder.lines(other, self.lines)
                )
                if self._refuse_on_one(lines, other, goods, words):
                    return True
                is_there = is_there or bool(lines)
        if is_there:
            self.unread.append(words)
        return is_there

    def _last_with(self, goods: str) -> list[int]:
        """ "Off it": the line that has it, else the one that was spoken of last."""
        return next(
            ([index] for index in self.holders(goods) if self.has_chosen(goods, self.lines[index])), [self.last]
        )

    def _refuse_on_one(self, lines: list[int], other: str, goods: str, words: str) -> bool:
        """On the last of the lines that can be without; "off both pizzas" means each of them."""
        if wordings("edits", "both", self.finder.languages).search(other):
            refused = [self._refuse_on(index, "", goods, words) for index in lines]
            return any(refused)
        return any(self._refuse_on(index, other, goods, words) for index in reversed(lines))

    def _refuse_on(self, index: int, other: str, goods: str, words: str) -> bool:
        """On the line, or on as many of it as were said: "off one of the tirolese"."""
        return self.choose_on(index, other, self.finder.refused(goods, self.lines[index]), words)

    def refuse_all(self, words: str) -> bool:
        """ "Neither with onions": on all lines that can be without, or on all of those that are named."""
        for found in self.matches("refuse_all", words):
            other = found.groupdict().get("other")
            lines = self.finder.lines(other, self.lines) if other else self.from_last()
            goods, rest = self._before_both(found["goods"])
            if self.finder.names_product(goods, self.lines):
                continue
            refused = [self._refuse_on(index, "", goods, words) for index in lines]
            if any(refused):
                self.read(rest)
                return True
        return False

    def _before_both(self, goods: str) -> tuple[str, str]:
        """ "Onions, and both large" ends where the next thing is said of all of them."""
        both = wordings("edits", "both", self.finder.languages).search(goods)
        cut = both.start() if both else len(goods)
        return bare(goods[:cut], self.finder.languages), goods[cut:]

    def refuse_of(self, words: str) -> bool:
        for found in self.matches("refuse_of", words):
            other, goods = found["other"], found["goods"]
            if found.start("other") < found.start("goods") and self.is_more(other):
                continue
            lines = self.finder.lines(other, self.lines)
            if lines and self.matches("ordinal_only", other) and self.may_be_of_one(lines[0]):
                self.unread.append(words)
                return True
            for index in reversed(lines):
                options = self._left_out(goods, words[found.end("other") :], self.lines[index])
                if options:
                    self.choose(index, options, words)
                    return True
            # "A tuna without onions"; but "the coke without ice" is the one that there is.
            is_known = self.is_definite(words) and not self.has_number(other) and (lines or self.tells_line(other))
            is_order = found.start("other") < found.start("goods") and not is_known
            if (
                not is_order
                and not self.finder.names_product(goods, self.lines)
                and (lines or self.tells_line(other) or self.finder.reading(other).lines)
            ):
                # "No onions on the coke": it goes nowhere else, and least of all the coke goes.
                self.unread.append(words)
                return True
        return False

    def is_more(self, goods: str) -> bool:
        """ "Another carbonara without parmesan": one more, and the one that there is stays as it is."""
        joins = self.joins or wordings("edits", "joins", self.finder.languages).match(Text.of(goods)) is not None
        return (joins and not self.is_definite(goods)) or (self.has_number(goods) and not self.is_definite(goods))

    def refuse(self, words: str) -> bool:
        """A product of the draft goes, all its lines; an option is refused on the last line that it fits."""
        for found in self.matches("refuse", words):
            goods = found["goods"]
            first, comma, rest = goods.partition(",")
            if self._refuses_count(goods, words):
                return True
            if comma and self._swaps_size(first, rest, words):
                return True
            if comma and self._ends_at_comma(first, rest):
                # "No coke, 2 beers instead", "no wait, make it 3": what follows is a clause of its own.
                taken = not bare(first, self.finder.languages) or self.refuse(words[: -len(rest) - 1])
                if taken:
                    self.read(rest)
                    return True
            if self._names_option(goods) and self._refuse_option(goods, words):
                return True
            if self._remove(goods, words):
                return True
        return False

    def _refuse_option(self, goods: str, words: str) -> bool:
        """On the last line that it fits; what other goods are without already was hardly said of them again."""
        is_known = False
        for index in self.holders(goods):
            options = self._left_out(goods, words, self.lines[index])
            if options and index != self.last and set(options) <= set(self.lines[index].options):
                is_known = True
            elif options:
                self.choose(index, options, words)
                return True
        if is_known:
            self.unread.append(words)
        return is_known

    def _left_out(self, goods: str, words: str, line: ReadLine) -> tuple[Chosen, ...]:
        """What the words refuse of a line; "no salami but with ham" wants the ham."""
        said = self.finder.options(words, line)
        amounts = {option.amount is Amount.NONE for option in said}
        if len(amounts) > 1:
            return said
        # "Without dressing" may be one of the dressings.
        is_value = True in amounts or all(self.takes_one(line, option.group) for option in said)
        return self.finder.refused(goods, line) or (said if is_value else ())

    def _refuses_count(self, goods: str, words: str) -> bool:
        """ "Not 7 margheritas", and there are 8: so many there never were, and that is said."""
        for inner in self.matches("refuse", goods):
            # "No, not 7 margheritas".
            return self._refuses_count(inner["goods"], words)
        first, _, rest = goods.partition(" ")
        count = self.finder.number(first) if rest and self.is_count(first) else None
        lines = self.finder.lines(rest, self.lines) if count else []
        if not lines or any(self.lines[index].quantity == count for index in lines):
            return False
        self.unread.append(words)
        return True

    def _swaps_size(self, old: str, new: str, words: str) -> bool:
        """ "Not large, medium": one value in the place of the other."""
        for index in self.holders(old):
            line = self.lines[index]
            wanted = self.finder.options(new, line) if self.has_chosen(old, line) else ()
            if wanted and all(self.takes_one(line, option.group) for option in wanted):
                self.choose(index, wanted, words)
                return True
        return False

    def _names_option(self, goods: str) -> bool:
        """Something that a line has, or may have, and no line: goods that are told by their options alone, too."""
        if self.finder.told_by(goods):
            return False
        if not self.finder.names_product(goods, self.lines) and not self.tells_line(goods):
            return True
        is_named = self.finder.lines_named(goods, self.lines)
        return not is_named and any(self.finder.refused(goods, line) for line in self.lines if line.quantity)

    def _ends_at_comma(self, first: str, rest: str) -> bool:
        """Whether a refusal ends there: not in a list of what is in the draft ("no coke, beer and tiramisu")."""
        if not bare(first, self.finder.languages):
            return True
        if self.has_number(rest) or not all(map(self._is_name, self._named_in(rest))):
            # "Hold the tirolese, I'll share the diavola" is no list.
            return True
        named = {line.sku for line in self.finder.reading(rest).lines}
        return not named <= {line.sku for line in self.lines}

    def _is_name(self, words: str) -> bool:
        """Whether the words are goods and nothing more."""
        reading = self.finder.reading(bare(words, self.finder.languages))
        if not reading.lines or reading.unread:
            return not reading.lines
        return len(reading.lines[0].words.split()) >= len(bare(words, self.finder.languages).split())

    def _remove(self, goods: str, words: str) -> bool:
        parts = [bare(part, self.finder.languages) for part in self._named_in(goods)]
        each = [self.finder.lines(part, self.lines) for part in parts if not self.finder.reading(part).unread]
        if len(each) == len(parts) > 1 and all(len(lines) == 1 for lines in each):
            for index in sorted({index for lines in each for index in lines}):
                self.set(index, 0, words)
            return True
        if self._remove_nth(goods, words):
            return True
        lines = self.finder.lines(goods, self.lines)
        if lines and self.finder.names_another(goods, self.lines):
            # "Without pesto", of gnocchi with pesto: the gnocchi stay, and nobody can leave it out unasked.
            self.unread.append(words)
            return True
        skus = dict.fromkeys(self.lines[index].sku for index in lines)
        if len(skus) > 1 and not self._plural_removal(goods, lines):
            # To choose one of them would be to order it: it must be said in other words.
            self.questions.append(Question(words))
            return True
        for index in lines:
            self.set(index, 0, words)
        if len(lines) == 1 and self.how_many(goods):
            # "Not 3 cokes": the number behind it is theirs.
            self.last = lines[0]
        return bool(lines)

    def nth_away(self, words: str) -> bool:
        """ "The second coke can go" is a coke, and not what stands second."""
        if not self.matches("ordinal", words):
            return False
        return any(self._remove_nth(found["goods"], words) for found in self.matches("refuse", words))

    def _remove_nth(self, goods: str, words: str) -> bool:
        """ "The second panna cotta", of two that are otherwise: that one goes; of none as many it is said."""
        first, _, rest = goods.partition(" ")
        if not rest or "," in rest or not self.finder.is_nth(first):
            return False
        lines = self.finder.lines(rest, self.lines) if self.finder.reading(rest).lines else []
        pieces = [index for index in lines for _ in range(self.lines[index].quantity)]
        nth = self.finder.nth(first, len(pieces))
        if nth is not None:
            self.set(pieces[nth], self.lines[pieces[nth]].quantity - 1, words)
        elif pieces:
            self.unread.append(words)
        return bool(pieces)

    def _named_in(self, goods: str) -> list[str]:
        """ "The pizza and the coke": the parts, each without what only says that it is known."""
        definite = wordings("edits", "definite", self.finder.languages)
        parts = joints(self.finder.languages).split(goods)
        return [part[found.end() :] if (found := definite.match(Text.of(part))) else part for part in parts]

    def _plural_removal(self, goods: str, lines: list[int]) -> bool:
        """Several products were named one by one ("no coke and no beer" in one breath)."""
        reading = self.finder.reading(goods)
        return {line.sku for line in reading.lines} == {self.lines[index].sku for index in lines}

    def not_there(self, words: str) -> bool:
        """ "Take out the honey", and there is none: that is said."""
        if not self.lines or not self.matches("removes", words):
            return False
        self.unread.append(words)
        return True

    def allow(self, words: str) -> bool:
        """ "Onions are fine after all": what was refused is as it was before."""
        for found in self.matches("allow", words):
            for index in self.holders(found["goods"]):
                line = self.lines[index]
                named = {(one.group, one.value) for one in self.finder.options(found["goods"], line)}
                gone = [one for one in line.options if one.amount is Amount.NONE and (one.group, one.value) in named]
                if gone:
                    self.drop(index, tuple(gone), words)
                    return True
        return False

    def let_go(self, words: str) -> bool:
        """ "Never mind the ice": what was not there before need not go."""
        named = [self.finder.reading(found["goods"]) for found in self.matches("let_go", words)]
        is_idle = bool(self.lines) and bool(named) and not any(reading.lines for reading in named)
        if is_idle and wordings("edits", "last_words", self.finder.languages).search(Text.of(words)):
            # "Never mind the other one", and nothing was asked: which one is that?
            self.questions.append(Question(words))
        return is_idle
