"""A message read as an order: lines, words that found no place, questions.

The phrases of the message are read once, from left to right. A product opens a line; what stands before it
(a number, sizes, options) is found by looking ahead, what follows it goes to the open line.
"""

import unicodedata
from collections.abc import Sequence
from functools import cached_property

from core.menu import Chosen, Product
from handlers.reading.drafting import Draft
from handlers.reading.language import Role, Words, words_for
from handlers.reading.menu_match import CompiledMenu
from handlers.reading.order_lines import Line, candidates, chosen, line_there, named_like, refuses_only
from handlers.reading.phrases import Kind, Phrase
from handlers.reading.run_together import apart
from handlers.reading.splitting import phrases_of
from handlers.reading.tokens import Token, tokenize
from handlers.reading.understood import Question, Reading, ReadLine
from handlers.reading.vessels import unlike_vessels
from handlers.reading.word_lists import FALLBACK

Roles = frozenset[Kind | Role | None]

MOST_LIKELY = 8
"""So many products are offered as the answer to a question."""


def read_order(text: str, menu: CompiledMenu, languages: tuple[str, ...] = (FALLBACK,)) -> Reading:
    """Read a message. `languages` are those that the customer may write in, the likeliest first."""
    return page_of(text, menu, languages).order


def page_of(text: str, menu: CompiledMenu, languages: tuple[str, ...]) -> "Page":
    """A text that is read several times: as an order, as options of this and that."""
    composed = unicodedata.normalize("NFC", text)
    return Page(composed, tokenize(composed), menu, words_for(languages))


class Page:
    """The customer's text, its tokens and phrases, and the way back to the text."""

    def __init__(self, text: str, tokens: list[Token], menu: CompiledMenu, words: Words) -> None:
        self._text = text
        self._tokens = tokens
        self._menu = menu
        self._words = words
        self._phrases = phrases_of(tokens, menu, words)

    @cached_property
    def order(self) -> Reading:
        """The text read as an order; words that ran together are read anew, each by itself."""
        reading = self.read()
        tokens = apart(self._tokens, self._menu, self._words) if reading.unread else self._tokens
        if len(tokens) == len(self._tokens):
            return reading
        return Page(self._text, tokens, self._menu, self._words).read()

    def options(self, product: Product) -> tuple[tuple[Chosen, ...], tuple[str, ...]]:
        """The options that the text names for a product that is known ("large, without onions"), and what is unread."""
        line = Line((product.sku,), 1, counted=True, opened=True, start=0, end=0)
        draft = Draft(self._phrases, self._menu, (line,))
        draft.read()
        options, left = chosen(self._menu, product.sku, draft.lines[0])
        others = [Phrase(Kind.UNKNOWN, line.start, line.end) for line in draft.lines[1:]]
        return options, self._spans([*draft.unread, *left, *others])

    def read(self) -> Reading:
        """As an order, with the words as they were written."""
        draft = Draft(self._phrases, self._menu)
        draft.read()
        return self._reading(draft)

    def behind(self, ordered: Sequence[ReadLine], names: int) -> Reading:
        """All that is ordered when this is said next: the lines that there are, first and as they are then.

        The first `names` tokens are not said: they name what is ordered, for by it words are told apart.
        """
        there = [line_there(line.sku, line.quantity, line.options) for line in ordered]
        draft = Draft([phrase for phrase in self._phrases if phrase.start >= names], self._menu, there)
        draft.read()
        return self._reading(draft)

    def says(self, roles: Roles) -> bool:
        """Whether one of its phrases does one of these, if only by the way."""
        return any(phrase.kind in roles or phrase.amount in roles for phrase in self._phrases)

    def _reading(self, draft: Draft) -> Reading:
        lines: list[ReadLine] = []
        questions = [Question(self._said(p.start, p.end), p.products[:MOST_LIKELY]) for p in draft.doubts]
        left = [*draft.unread, *unlike_vessels(self._phrases, draft.lines, self._tokens, self._menu, self._words)]
        for line, after in zip(draft.lines, [*draft.lines[1:], None], strict=False):
            if line.instead_of is not None or (after is not None and after.instead_of is line):
                if after is None or after.instead_of is not line:
                    questions.append(self._either(line))
                continue
            words = self._said(line.start, line.end)
            skus = named_like(self._menu, candidates(self._menu, line), line, after)
            if len(skus) == 1 and refuses_only(line):
                left += [said.phrase for said in line.said]
            elif len(skus) == 1 and line.quantity is not None:
                options, unplaced = chosen(self._menu, skus[0], line)
                lines.append(ReadLine(skus[0], line.quantity, options, words))
                left += unplaced
            elif skus:
                questions.append(Question(words, skus[:MOST_LIKELY]))
            else:
                left += [Phrase(Kind.UNKNOWN, line.start, line.end), *(said.phrase for said in line.said)]
        return Reading(tuple(lines), self._spans(left), tuple(questions))

    def _either(self, line: Line) -> Question:
        """ "A coke or a lemonade": which of the two is asked."""
        either = [line]
        while (other := either[0].instead_of) is not None:
            either.insert(0, other)
        skus = dict.fromkeys(sku for each in either for sku in candidates(self._menu, each))
        words = self._said(min(each.start for each in either), max(each.end for each in either))
        return Question(words, tuple(skus)[:MOST_LIKELY])

    def _said(self, start: int, end: int) -> str:
        if end <= start:
            return ""
        first, last = self._tokens[start].start, self._tokens[end - 1].end
        words = self._text[first:last]
        closes = words.count("(") > words.count(")") and self._text[last : last + 1] == ")"
        return words + ")" if closes else words

    def _spans(self, phrases: Sequence[Phrase]) -> tuple[str, ...]:
        """The customer's words; phrases that stand beside each other are one span."""
        joined: list[tuple[int, int]] = []
        for start, end in sorted({(phrase.start, phrase.end) for phrase in phrases}):
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return tuple(self._said(start, end) for start, end in joined)
