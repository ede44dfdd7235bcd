"""Whether words that speak of cancelling surely want it: with a no, a question or an "if" they do not."""

import re
from functools import cache

from handlers.reading.word_lists import word_list
from handlers.reading.wordings import with_lists, wordings

SENTENCES = re.compile(r"[^.!?\n]+(?:[.!?]+|\n+|\Z)")


def speaks_of_cancelling(text: str, languages: tuple[str, ...]) -> bool:
    """Whether one of the words of cancelling stands there, whatever is said of it."""
    return wordings("intents", "cancel", with_lists(languages)).search(text) is not None


def forbids_cancelling(text: str, languages: tuple[str, ...]) -> bool:
    """Whether the wish is to keep it: "do not cancel it", "stornieren Sie meine Bestellung bitte nicht"."""
    return _forbids(with_lists(languages)).search(text) is not None


def surely_cancels(text: str, languages: tuple[str, ...]) -> bool:
    """Whether it shall be cancelled, and nothing is asked beside it; "could you cancel it?" asks nothing."""
    return not forbids_cancelling(text, languages) and all(
        _asks_nothing(sentence, languages) for sentence in SENTENCES.findall(text)
    )


def asks_how_to_cancel(text: str, languages: tuple[str, ...]) -> bool:
    """Whether the way to do it is asked for: "how do I cancel the whole thing"."""
    asking = (sentence for sentence in SENTENCES.findall(text) if speaks_of_cancelling(sentence, languages))
    return not forbids_cancelling(text, languages) and any(_of("asks_how").search(sentence) for sentence in asking)


def gives_up_a_change(text: str) -> bool:
    """Whether it names the change that was asked for: "cancel the change", "forget my last change"."""
    return _of("names_change").search(text) is not None


def gives_up_all(text: str) -> bool:
    """Whether it names the order itself: "cancel my order", "cancel everything"."""
    return _of("names_order").search(text) is not None


def _asks_nothing(sentence: str, languages: tuple[str, ...]) -> bool:
    """ "How much is it if I cancel" wants to know, with or without its sign."""
    cancels = speaks_of_cancelling(sentence, languages)
    if "?" in sentence and not (cancels and _of("asks_for_it").search(sentence)):
        return False
    if cancels and "?" not in sentence:
        sentence = _tells_it().sub(" ", sentence)
    return not (cancels and _of("wonders").search(sentence))


@cache
def _forbids(codes: tuple[str, ...]) -> re.Pattern[str]:
    """A no before the verb, or behind it, where German and French have it; no other clause may begin in between."""
    cancel = wordings("intents", "cancel", codes).pattern
    # "Order no. 1001" denies nothing.
    no, other = rf"{_said('denies_it')}(?!\.?\s*#?\d)", _said("begins_anew")
    before = rf"(?:\s+(?!{other}|{_said('pleads')})[\w'’#]+){{0,4}}"
    behind = rf"(?:\s+(?!{other})[\w'’#]+){{0,8}}"
    return re.compile(rf"{no}{before}(?:\s+|(?<=['’])){cancel}|{cancel}{behind}\s+{no}", re.IGNORECASE)


@cache
def _tells_it() -> re.Pattern[str]:
    """ "Leider muss ich": no question, though its words stand like one; nor behind a reason and its comma."""
    return re.compile(rf"(?:{_said('tells_first')}|,)\s*{_said('must')}", re.IGNORECASE)


@cache
def _of(key: str) -> re.Pattern[str]:
    return re.compile(_said(key), re.IGNORECASE)


def _said(key: str) -> str:
    longest_first = sorted(word_list("agreement")[key], key=len, reverse=True)
    words = "|".join(re.escape(said).replace("'", "['’]") for said in longest_first)
    return rf"(?<!\w)(?:{words})(?!\w)"
