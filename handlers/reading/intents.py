"""What a message is for, by set wordings and by what else was read in it."""

import re
from collections.abc import Callable, Iterable, Sequence

from core.frozen import frozen
from handlers.reading.texts import Runs, Text, runs_of
from handlers.reading.understood import Intent
from handlers.reading.wordings import Wordings, may_say, with_lists, wordings

_COMPLAINTS = frozenset({"intents.complaint", "intents.served_badly"})
SMALL_TALK = (("talk", "salutations"), ("talk", "closings"), ("edits", "filler"))
MOST_SMALL_TALK = 200
"""A longer text is never wholly small talk."""

WAVE = re.compile(r"[\s!.]*(?:[👋🙋][\ufe0f🏻-🏿]?[\s!.]*)+")
FOLDED_HANDS = re.compile(r"[\s!.]*(?:[🙏😘❤😍🥰😋🤗💕😊🙂][\ufe0f🏻-🏿]?[\s!.]*)+")
A_NAME = re.compile(r"\W*[^\W\d_a-zäöü]\w*\W*")
_WORD = re.compile(r"[^\W_][\w'’]*")
NOD = re.compile(r"[\s!.]*(?:[👍👌✅✔☑🆗💯][\ufe0f🏻-🏿]?[\s!.]*)+")
"""Signs that agree, and nothing else."""


@frozen
class Clues:
    """What is known of a message when its intent is asked for; `has_number`: an order's number stands in it."""

    text: Text
    """The message as it was written."""
    plain: Text
    """The same without wishes and order numbers."""
    goods: Text
    """The same without small talk, too."""
    has_goods: bool = False
    has_lines: bool = False
    """Goods that are surely meant: order lines, not only questions."""
    has_wishes: bool = False
    tells_when_or_where: bool = False
    """Among the wishes is a time or an address."""
    has_number: bool = False
    has_draft: bool = False
    edits_draft: bool = False
    changes_lines: bool = False
    """It edits single lines of the draft, and does not only clear it."""
    counts: bool = False
    """A number stands among the words that were not understood: goods that the shop does not have."""
    is_return: bool = False
    is_complaint: bool = False
    names_goods: Callable[[], bool] = lambda: False
    """Whether goods are named beside a word of cancelling; asked only where one stands."""
    asks_menu: Callable[[], bool] = lambda: False
    """Whether the menu could answer it; asked only where it may be a question."""
    by_mail: bool = False
    """A mail that changes an order is an order with its number; in a chat a person decides what becomes of it."""


def intent_of(clues: Clues, languages: tuple[str, ...]) -> Intent:
    """The first of these that holds: a verb about an order, an edit, goods, a question, small talk."""
    said = _Said(clues, with_lists(languages))
    for intent, holds, needs in _IN_ORDER:
        if not (needs and needs.isdisjoint(said.lists)) and holds(said):
            return intent
    return Intent.OTHER


def is_complaint(text: Text, languages: tuple[str, ...]) -> bool:
    """Whether someone complains and does not ask to send anything back."""
    codes = with_lists(languages)
    if may_say(text, codes).isdisjoint(_COMPLAINTS):
        return False
    complains = any(wordings("intents", key, codes).search(text) for key in ("complaint", "served_badly"))
    return complains and not wordings("intents", "return", codes).search(text)


class _Said:
    """Questions to the words of one message, answered when asked."""

    def __init__(self, clues: Clues, languages: tuple[str, ...]) -> None:
        self.clues = clues
        self.languages = languages
        self.texts = dict.fromkeys((clues.text, clues.plain))
        self.lists = may_say(clues.text, languages)

    def has(self, *keys: str) -> bool:
        return any(self._has(key) for key in keys if self._may_have(key))

    def _has(self, key: str) -> bool:
        said = wordings("intents", key, self.languages)
        return any(said.search(text) for text in self.texts)

    def _may_have(self, key: str) -> bool:
        """Whether it is worth a search."""
        return f"intents.{key}" in self.lists

    def begins(self, key: str) -> bool:
        """Whether the goods' text begins so."""
        if not self._may_have(key):
            return False
        goods = self.clues.goods
        start = len(goods) - len(goods.lstrip(" \t\n,.-!¿¡"))
        return wordings("intents", key, self.languages).match(goods, start) is not None

    def is_wholly(self, key: str) -> bool:
        """Whether nothing is left of the text without these wordings and small talk."""
        return self._may_have(key) and any(self._is_all(text, key) for text in self.texts)

    def _is_all(self, text: Text, key: str) -> bool:
        if len(text) > MOST_SMALL_TALK:
            return False
        if _has_others(text, [wordings(*part, self.languages) for part in (("intents", key), *SMALL_TALK)]):
            return False
        if not wordings("intents", key, self.languages).search(text):
            return False
        # "Good evening everyone" is a salutation, in "no, that's all" a closing is part of the yes, and "hi" is German
        # before it is the beginning of "hi there": try all orders.
        return any(
            not _left(text, [p for part in order for p in self._of_each(*part, codes)])
            for codes in dict.fromkeys((self.languages, self.languages[::-1]))
            for order in ((("intents", key), *SMALL_TALK), (*SMALL_TALK[:2], ("intents", key), *SMALL_TALK[2:]))
        )

    @staticmethod
    def _of_each(section: str, key: str, codes: tuple[str, ...]) -> list[Wordings]:
        return [wordings(section, key, (code,)) for code in codes]

    def is_wholly_to_someone(self, key: str) -> bool:
        """The same with a name behind it: "hi Bea"."""
        said = wordings("intents", key, self.languages)
        if len(self.clues.plain) > MOST_SMALL_TALK or not said.search(self.clues.plain):
            return False
        rest = said.sub(" ", self.clues.plain)
        return self.is_wholly(key) or (not self.clues.has_goods and A_NAME.fullmatch(rest) is not None)

    @property
    def greets(self) -> bool:
        """ "Good evening" alone; with thanks beside it it is the end of a conversation."""
        says_hello = self.is_wholly_to_someone("greeting") and not self.has("gratitude")
        return says_hello or WAVE.fullmatch(self.clues.text) is not None

    @property
    def thanks(self) -> bool:
        return self.nods or self.is_wholly_to_someone("thanks") or FOLDED_HANDS.fullmatch(self.clues.text) is not None

    @property
    def reorders(self) -> bool:
        """ "The usual": nothing of it is named, and no draft is open that it could be said of."""
        return not (self.clues.has_lines or self.clues.has_draft) and self.has("reorder") and not self.has("asks_goods")

    @property
    def asks_menu(self) -> bool:
        """A question to the menu comes last, or is all there is: "you have cake? Two then" is an order."""
        words = self.clues.goods.rstrip(" .!,\n")
        is_question = words.endswith("?") if "?" in words else self.begins("question") or self.begins("price")
        if not is_question:
            return False
        orders = self.has("asks_to_order", "wants") and (self.clues.has_lines or not self.has("free_of"))
        orders = orders or (self.clues.has_lines and self.has("asks_of_part"))
        return not orders and self.clues.asks_menu()

    @property
    def cancels(self) -> bool:
        """Goods named beside it are what is cancelled, as an edit of the draft, or tell which order is."""
        if self.clues.has_number or self.has("order_with"):
            return self.has("cancel")
        return self.has("cancel") and not (self.clues.has_lines or self.clues.names_goods())

    @property
    def asks_status(self) -> bool:
        return (self.clues.has_number or not self.clues.has_lines) and self.has("status")

    @property
    def places(self) -> bool:
        """Words that may be mere thanks place an order only if there is one, and so does a raised thumb."""
        if self.clues.has_goods:
            return False
        if self.nods:
            return self.clues.has_draft
        if self.is_wholly("checks"):
            return self.clues.has_draft
        return self.is_wholly("place") and (self.clues.has_draft or not self.is_wholly("thanks"))

    @property
    def nods(self) -> bool:
        return NOD.fullmatch(self.clues.text) is not None

    @property
    def complains(self) -> bool:
        """What was bad the last time may stand before a new order."""
        return self.clues.is_complaint and (
            self.has("complaint") or not (self.clues.has_lines and self.wants) or self.hopes
        )

    @property
    def asks_papers(self) -> bool:
        """An invoice for what was ordered: the name of a company may sound like goods."""
        if self.clues.has_lines or not self.has("papers"):
            return False
        return not self.clues.has_goods or self.has("order_past")

    @property
    def hopes(self) -> bool:
        """ "Next time I'll take two": and nothing is wanted today."""
        if not self.has("next_time"):
            return False
        rest = wordings("intents", "next_time", self.languages).sub(" ", self.clues.text)
        return not any(wordings("intents", key, self.languages).search(rest) for key in ("orders_too", "asks_to_order"))

    @property
    def changes_placed(self) -> bool:
        """ "Add a coke to order 1002", or "make it 19:00 instead" where no draft is open."""
        if self.clues.by_mail:
            return False
        if self.clues.has_number:
            return (self.clues.has_goods or self.has("changes")) and not self.has("status", "cancel", "reorder")
        if self.clues.has_draft:
            return False
        return self.has("changes") or (self.clues.has_wishes and self.is_wholly("reschedules"))

    @property
    def moves_draft(self) -> bool:
        """ "Can I make it 8 tomorrow?" of the order that is being made."""
        if not (self.clues.has_draft and self.clues.has_wishes):
            return False
        if self.is_wholly("reschedules"):
            return True
        # "Can you deliver at 8?" is all wish, or all but "could you … for me".
        says_no_more = re.search(r"\w", self.clues.plain) is None or self.is_wholly("asks_wish")
        return self.clues.tells_when_or_where and says_no_more and self._may_have("asks_wish")

    @property
    def asks_about_goods(self) -> bool:
        """A question that names goods and is no order: "do you have gluten-free pizza?", "which pizza is hot"."""
        return (
            self.clues.has_goods
            and (self.begins("interrogatives") or ("?" in self.clues.text and self.begins("question")))
            and not self.has("asks_to_order", "asks_of_part", "wants")
        )

    @property
    def asks_kitchen(self) -> bool:
        """ "Is the gluten-free one made separately?": what hangs on it no menu says."""
        return self.asks and self.has("asks_kitchen") and not self.has("asks_to_order", "wants")

    @property
    def asks_delivery(self) -> bool:
        """ "Liefert ihr auch nach Kaltern?": a place may look like goods; what surely is some orders."""
        return not self.clues.has_lines and self.asks and self.has("delivers", "ships") and self.has("asks_area")

    @property
    def asks(self) -> bool:
        return "?" in self.clues.text or self.begins("question")

    @property
    def wants(self) -> bool:
        return self.has("wants", "asks_to_order")


_Rule = tuple[Intent, Callable[[_Said], bool], frozenset[str]]
"""An intent, when it holds, and the lists of which a wording must be in the text for that; none: it may be any text."""


def _rule(intent: Intent, holds: Callable[[_Said], bool], *keys: str) -> _Rule:
    return intent, holds, frozenset(f"intents.{key}" for key in keys)


_IN_ORDER: tuple[_Rule, ...] = (
    _rule(Intent.RETURN, lambda said: said.clues.is_return),
    _rule(Intent.COMPLAINT, lambda said: said.complains),
    _rule(Intent.THANKS, lambda said: said.hopes, "next_time"),
    _rule(Intent.CHANGE, lambda said: said.changes_placed),
    _rule(Intent.QUESTION, lambda said: said.asks_kitchen, "asks_kitchen"),
    _rule(Intent.ORDER, lambda said: said.clues.changes_lines and not said.clues.has_number),
    _rule(Intent.QUESTION, lambda said: said.asks_papers, "papers"),
    _rule(Intent.QUESTION, lambda said: said.has("catering"), "catering"),
    _rule(Intent.REORDER, lambda said: said.reorders, "reorder"),
    _rule(Intent.CANCEL, lambda said: said.cancels, "cancel"),
    _rule(Intent.STATUS, lambda said: said.asks_status, "status"),
    _rule(Intent.ORDER, lambda said: said.clues.edits_draft),
    _rule(Intent.PERSON, lambda said: not said.clues.has_lines and said.has("person"), "person"),
    _rule(Intent.PLACE, lambda said: said.places),
    _rule(Intent.ORDER, lambda said: said.moves_draft, "reschedules", "asks_wish"),
    _rule(Intent.HELP, lambda said: said.is_wholly("help"), "help"),
    _rule(Intent.THANKS, lambda said: said.clues.has_goods and said.is_wholly("thanks"), "thanks"),
    _rule(Intent.HOURS, lambda said: not said.clues.has_lines and said.has("hours"), "hours"),
    _rule(Intent.HOURS, lambda said: not said.clues.has_lines and said.has("asks_place"), "asks_place"),
    _rule(Intent.PRODUCT, lambda said: said.asks_menu),
    _rule(Intent.MENU, lambda said: not said.clues.has_lines and said.has("menu"), "menu"),
    _rule(Intent.MENU, lambda said: said.begins("show"), "show"),
    _rule(Intent.QUESTION, lambda said: said.asks_about_goods, "question", "interrogatives"),
    _rule(Intent.QUESTION, lambda said: said.asks_delivery, "asks_area"),
    _rule(Intent.QUESTION, lambda said: not said.clues.has_lines and said.has("asks_if"), "asks_if"),
    _rule(Intent.ORDER, lambda said: said.clues.has_goods),
    _rule(Intent.GREETING, lambda said: said.greets),
    _rule(Intent.THANKS, lambda said: said.thanks),
    _rule(Intent.QUESTION, lambda said: said.asks),
    _rule(Intent.ORDER, lambda said: said.clues.counts or said.clues.has_wishes or said.wants),
)


def _has_others(text: Text, patterns: Sequence[Wordings]) -> bool:
    """Whether the text surely has words that none of these wordings can take, nor their gaps."""
    heard = [wording for pattern in patterns for wording in pattern.heard_in(text)]
    known: Runs = frozenset().union(*(wording.known for wording in heard))
    if text.runs <= known:
        return False
    others = [word for word in _WORD.findall(text) if not known.issuperset(runs_of(word))]
    return len(others) > sum(wording.room(text) for wording in heard)


def _left(text: Text, patterns: Iterable[Wordings]) -> bool:
    """Whether words are left when all that the patterns find is taken out, one after the other."""
    for pattern in patterns:
        text = pattern.sub(" ", text)
    return re.search(r"\w", text) is not None
