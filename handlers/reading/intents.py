"""What a message is for, by set wordings and by what else was read in it."""

import re
from dataclasses import dataclass

from handlers.reading.understood import Intent
from handlers.reading.wordings import with_lists, wordings

MOST_SMALL_TALK = 200
"""A longer text is never wholly small talk."""


@dataclass(frozen=True, slots=True)
class Clues:
    """What is known of a message when its intent is asked for; `has_number`: an order's number stands in it."""

    text: str
    """The message as it was written."""
    plain: str
    """The same without wishes and order numbers."""
    goods: str
    """The same without small talk, too."""
    has_goods: bool = False
    has_wishes: bool = False
    has_number: bool = False
    has_draft: bool = False
    edits_draft: bool = False
    counts: bool = False
    """A number stands among the words that were not understood: goods that the shop does not have."""
    is_return: bool = False


def intent_of(clues: Clues, languages: tuple[str, ...]) -> Intent:
    """The first of these that holds: a verb about an order, an edit, goods, a question, small talk."""
    said = _Said(clues, with_lists(languages))
    for intent, holds in (
        (Intent.RETURN, clues.is_return),
        (Intent.CANCEL, said.cancels),
        (Intent.STATUS, said.asks_status),
        (Intent.ORDER, clues.edits_draft),
        (Intent.PLACE, said.places),
        (Intent.QUESTION, said.asks_about_goods),
        (Intent.ORDER, clues.has_goods),
        (Intent.MENU, said.has("menu")),
        (Intent.HOURS, said.has("hours")),
        (Intent.HELP, said.is_wholly("help")),
        (Intent.QUESTION, said.asks),
        (Intent.ORDER, clues.counts or clues.has_wishes or said.wants),
        (Intent.THANKS, said.is_wholly("thanks")),
        (Intent.GREETING, said.is_wholly("greeting")),
    ):
        if holds:
            return intent
    return Intent.OTHER


class _Said:
    """Questions to the words of one message, answered when asked."""

    def __init__(self, clues: Clues, languages: tuple[str, ...]) -> None:
        self.clues = clues
        self.languages = languages

    def has(self, *keys: str) -> bool:
        return any(wordings("intents", key, self.languages).search(self.clues.text) for key in keys)

    def begins(self, key: str) -> bool:
        return wordings("intents", key, self.languages).match(self.clues.goods.lstrip(" \t\n,.-!")) is not None

    def is_wholly(self, key: str) -> bool:
        """Whether nothing is left of the text without these wordings and small talk."""
        if len(self.clues.plain) > MOST_SMALL_TALK:
            return False
        text = wordings("intents", key, self.languages).sub(" ", self.clues.plain)
        if text == self.clues.plain:
            return False
        for section, small in (("edits", "filler"), ("talk", "salutations"), ("talk", "closings")):
            text = wordings(section, small, self.languages).sub(" ", text)
        return not re.search(r"\w", text)

    @property
    def cancels(self) -> bool:
        """Goods named beside it are what is cancelled: an edit of the draft."""
        if self.clues.has_goods and not self.clues.has_number:
            return False
        return self.has("cancel") and not self.asks_how

    @property
    def asks_status(self) -> bool:
        return (self.clues.has_number or not self.clues.has_goods) and self.has("status")

    @property
    def places(self) -> bool:
        """Words that may be mere thanks place an order only if there is one."""
        return (
            not self.clues.has_goods
            and self.is_wholly("place")
            and (self.clues.has_draft or not self.is_wholly("thanks"))
        )

    @property
    def asks_how(self) -> bool:
        """A question in general: "how can I cancel?"."""
        return self.begins("help") and "?" in self.clues.text

    @property
    def asks_about_goods(self) -> bool:
        """A question that names goods and is no order: "do you have gluten-free pizza?"."""
        return (
            self.clues.has_goods
            and "?" in self.clues.text
            and self.begins("question")
            and not self.has("asks_to_order", "wants")
        )

    @property
    def asks(self) -> bool:
        return "?" in self.clues.text or self.begins("question")

    @property
    def wants(self) -> bool:
        return self.has("wants", "asks_to_order")
