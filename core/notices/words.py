"""Learned words in the staff group: a proposal, what became of it, and the list."""

from core.frozen import frozen
from core.learning import LearnedWord
from core.menu import Texts
from core.notices.base import CHAT_ONLY, Notice


@frozen(slots=False, kw_only=True)
class WordCard(Notice):
    """One learned word as it stands, with what can be done about it; `by` who decided, or proposed it, of the staff."""

    word: LearnedWord
    meaning: Texts
    by: str = ""
    channels = CHAT_ONLY

    @property
    def card(self) -> str | None:
        return f"word:{self.word.id}"


@frozen(slots=False, kw_only=True)
class WordCardAnew(WordCard):
    """The same at the end of the group: nobody has decided, or a command asked for it."""

    fresh = True

    @property
    def name(self) -> str:
        return "word_card"


@frozen
class WordRow:
    """A learned word in the list; one that is asleep means something that is not on the menu."""

    word: LearnedWord
    meaning: Texts
    asleep: bool = False


@frozen(slots=False, kw_only=True)
class WordsShown(Notice):
    """/words: what is read, and what waits for the owner."""

    rows: tuple[WordRow, ...]
    channels = CHAT_ONLY
