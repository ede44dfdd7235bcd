"""Yes or no: whether the words of an answer agree to what we asked, and what else a small word says of an order."""

import re
from functools import cache

from handlers.reading.clauses import bare
from handlers.reading.word_lists import word_list
from handlers.reading.wordings import with_lists, wordings

_SIGN = re.compile(r"\s*\+\s*\w")
"""The plus of "+1 coke"."""


def agrees(text: str) -> bool:
    """Whether the words begin with a yes. Whoever just sends our own mail back has agreed, too."""
    said = re.search(r"\w.*", text, re.DOTALL)
    words = said[0] if said else ""
    while _of("yes").match(words) is None and (hesitates := _of("hesitates").match(words)):
        words = words[hesitates.end() :].lstrip(" ,.…-")
    return said is None or _of("yes").match(words) is not None


def refuses(text: str, languages: tuple[str, ...]) -> bool:
    """Whether a no stands anywhere; "I don't want it anymore" is a wish to cancel, not a refusal."""
    rest = wordings("intents", "cancel", with_lists(languages)).sub(" ", text)
    return _of("no").search(rest) is not None


def refused_word(text: str) -> str:
    """The word right behind a no: the pizza of "vegetarian and not pizza", and none of "no vegetarian pizza"."""
    found = _of("no").search(text)
    behind = re.match(r"\W*(\w+)", text[found.end() :]) if found else None
    return behind[1] if behind else ""


def skips(text: str) -> bool:
    """Whether the words are nothing but a no to a question that may stay open: "skip", "no, thanks", "ohne"."""
    return _of("skips").sub("", text).strip(" .,;!?\n") == "" and text.strip() != ""


def takes_back(text: str, languages: tuple[str, ...]) -> bool:
    """Whether the words are nothing but "rather not": of what was said last, or of everything?"""
    return _of("rather_not").fullmatch(_behind_no(text, languages)) is not None


def begins_rather_not(text: str, languages: tuple[str, ...]) -> bool:
    """The same with what it is about behind it: "no, rather not change it"."""
    return _of("rather_not").match(_behind_no(text, languages)) is not None


def _behind_no(text: str, languages: tuple[str, ...]) -> str:
    words = bare(text, languages)
    denied = wordings("edits", "denies", with_lists(languages)).match(words)
    return words[denied.end() :].strip(" ,.") if denied else words


def substitutes(text: str) -> bool:
    """Whether something else is wanted for what there is none of: "then rather two tiramisù"."""
    return _of("substitutes").search(text) is not None


def wants_no_reminders(text: str) -> bool:
    """As in "don't remind me", in whatever language."""
    return _of("no_reminders").search(text) is not None


def adds(text: str) -> bool:
    """Whether goods that are named join what is ordered already: "another coke", and not "3 cokes" in all."""
    return _of("adds").search(text) is not None


def begins_adding(text: str) -> bool:
    """The same of what goes on with what was said before: "and a beer", "also a coke", "+1 coke"."""
    return _of("adds").match(text.lstrip()) is not None or _SIGN.match(text) is not None


def joins_placed(text: str) -> bool:
    """Whether goods are to join an order that was placed: "can you add a coke?", and not "a second order: a coke"."""
    begins = _SIGN.match(text) or _of("begins_joining").match(text.lstrip())
    return (begins or _of("joins_placed").search(text)) is not None and _of("anew").search(text) is None


def orders_anew(text: str) -> bool:
    """ "A second order: a coke", whatever was ordered before."""
    return _of("anew").search(text) is not None


def keeps_apart(text: str) -> bool:
    """Whether the words are nothing but "an order of its own": "separately, please"."""
    return _is_all_said(text, "apart")


def puts_together(text: str) -> bool:
    """Whether the words are nothing but "to what was ordered before": "to the first one", "zur Bestellung"."""
    return _is_all_said(text, "together")


def _is_all_said(text: str, key: str) -> bool:
    rest, times = _of(key).subn("", text)
    return times > 0 and _of("around").sub("", rest).strip(" .,;!?#0123456789\n") == ""


@cache
def _of(key: str) -> re.Pattern[str]:
    longest_first = sorted(word_list("agreement")[key], key=len, reverse=True)
    said = "|".join(re.escape(words).replace("'", "['’]") for words in longest_first)
    return re.compile(rf"(?<!\w)(?:{said})(?!\w)", re.IGNORECASE)
