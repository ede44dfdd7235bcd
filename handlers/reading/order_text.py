"""A message read as an order: lines, words that found no place, questions.

The phrases of the message are read once, from left to right. A product opens a line; what stands before it
(a number, sizes, options) is found by looking ahead, what follows it goes to the open line.
"""

import unicodedata
from collections.abc import Sequence

from core.menu import Chosen, Product
from handlers.reading.drafting import Draft
from handlers.reading.language import Words, words_for
from handlers.reading.menu_match import CompiledMenu
from handlers.reading.order_lines import Line, candidates, chosen, named_like
from handlers.reading.phrases import Kind, Phrase
from handlers.reading.run_together import apart
from handlers.reading.splitting import phrases_of
from handlers.reading.tokens import Token, tokenize
from handlers.reading.understood import Question, Reading, ReadLine
from handlers.reading.word_lists import FALLBACK

MOST_LIKELY = 8
"""So many products are offered as the answer to a question."""


def read_order(text: str, menu: CompiledMenu, languages: tuple[str, ...] = (FALLBACK,)) -> Reading:
    """Read a message. `languages` are those that the customer may write in, the likeliest first."""
    page = _Page(text, languages, menu)
    reading = page.read()
    is_apart = bool(reading.unread) and page.take_apart(words_for(languages))
    return page.read() if is_apart else reading


def read_options(
    text: str, product: Product, menu: CompiledMenu, languages: tuple[str, ...] = (FALLBACK,)
) -> tuple[tuple[Chosen, ...], tuple[str, ...]]:
    """The options that a text names for a product that is known ("large, without onions"), and what was not read."""
    page = _Page(text, languages, menu)
    draft = Draft(page.phrases, menu, Line((product.sku,), 1, counted=True, opened=True, start=0, end=0))
    draft.read()
    options, left = chosen(menu, product.sku, draft.lines[0])
    return options, page.spans([*draft.unread, *left])


class _Page:
    """The customer's text, its tokens and phrases, and the way back to the text."""

    def __init__(self, text: str, languages: tuple[str, ...], menu: CompiledMenu) -> None:
        self._text = unicodedata.normalize("NFC", text)
        self._tokens: list[Token] = tokenize(self._text)
        self._menu = menu
        self.phrases = phrases_of(self._tokens, menu, words_for(languages))

    def read(self) -> Reading:
        draft = Draft(self.phrases, self._menu)
        draft.read()
        return self.reading(draft)

    def take_apart(self, words: Words) -> bool:
        """Words that ran together are read anew, each by itself; False if there are none."""
        tokens = apart(self._tokens, self._menu, words)
        if len(tokens) == len(self._tokens):
            return False
        self._tokens, self.phrases = tokens, phrases_of(tokens, self._menu, words)
        return True

    def reading(self, draft: Draft) -> Reading:
        lines: list[ReadLine] = []
        questions = [Question(self._words(p.start, p.end), p.products[:MOST_LIKELY]) for p in draft.doubts]
        left = list(draft.unread)
        for line, after in zip(draft.lines, [*draft.lines[1:], None], strict=False):
            if line.instead_of is not None or (after is not None and after.instead_of is line):
                if after is None or after.instead_of is not line:
                    questions.append(self._either(line))
                continue
            words = self._words(line.start, line.end)
            skus = named_like(self._menu, candidates(self._menu, line), line, after)
            if len(skus) == 1 and line.quantity is not None:
                options, unplaced = chosen(self._menu, skus[0], line)
                lines.append(ReadLine(skus[0], line.quantity, options, words))
                left += unplaced
            elif skus:
                questions.append(Question(words, skus[:MOST_LIKELY]))
            else:
                left += [Phrase(Kind.UNKNOWN, line.start, line.end), *(said.phrase for said in line.said)]
        return Reading(tuple(lines), self.spans(left), tuple(questions))

    def _either(self, line: Line) -> Question:
        """ "A coke or a lemonade": which of the two is asked."""
        either = [line]
        while (other := either[0].instead_of) is not None:
            either.insert(0, other)
        skus = dict.fromkeys(sku for each in either for sku in candidates(self._menu, each))
        words = self._words(min(each.start for each in either), max(each.end for each in either))
        return Question(words, tuple(skus)[:MOST_LIKELY])

    def _words(self, start: int, end: int) -> str:
        if end <= start:
            return ""
        first, last = self._tokens[start].start, self._tokens[end - 1].end
        words = self._text[first:last]
        closes = words.count("(") > words.count(")") and self._text[last : last + 1] == ")"
        return words + ")" if closes else words

    def spans(self, phrases: Sequence[Phrase]) -> tuple[str, ...]:
        """The customer's words; phrases that stand beside each other are one span."""
        joined: list[tuple[int, int]] = []
        for start, end in sorted({(phrase.start, phrase.end) for phrase in phrases}):
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return tuple(self._words(start, end) for start, end in joined)
