"""What every step of the grammar looks at and writes to."""

from collections.abc import Sequence

from handlers.reading.menu_match import CompiledMenu
from handlers.reading.noun_phrases import Sentence
from handlers.reading.open_lines import OpenLines
from handlers.reading.phrases import Phrase
from handlers.reading.wanting import Wanting

Shared = tuple[Sequence[Phrase], CompiledMenu, Sentence, OpenLines, Wanting, list[Phrase]]
"""What a Step is made with, in this order."""


class Step:
    """A part of the grammar of an order; all parts of one message share these."""

    def __init__(
        self,
        phrases: Sequence[Phrase],
        menu: CompiledMenu,
        sentence: Sentence,
        lines: OpenLines,
        wanting: Wanting,
        unread: list[Phrase],
    ) -> None:
        self._phrases = phrases
        self._menu = menu
        self._sentence = sentence
        self._lines = lines
        self._wanting = wanting
        self._unread = unread
