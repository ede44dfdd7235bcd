"""How somebody must eat, told beside an order without naming an allergen: "I'm vegan", "my wife is pregnant"."""

import re
from collections.abc import Sequence
from functools import cache

from handlers.reading.word_lists import word_list

FEW_WORDS = 2
"""So many words may stand between: "my little daughter is a strict vegetarian"."""


def told(written: str) -> tuple[str, str]:
    """The words that tell it, and the message without them; the first are empty where nothing is told."""
    spoken = written.lower()
    if not any(root in spoken for root in word_list("allergies")["states"]):
        return "", written
    found = _told().search(written)
    if found is None:
        return "", written
    rest = f"{written[: found.start()].rstrip(' ')} {written[found.end() :].lstrip(' ,')}".strip(" ,")
    # "I'm vegetarian, and my wife is vegan".
    more, rest = told(rest)
    return "; ".join(filter(None, (found["told"], more))), rest


def is_nothing(rest: str) -> bool:
    """Whether what is left says no more than how one begins: "by the way", "and"."""
    return "?" not in rest and re.search(r"\w", _begins().sub("", rest)) is None


@cache
def _begins() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_any('before_telling')}(?!\w)", re.IGNORECASE)


def diets(note: str) -> tuple[str, ...]:
    """The diets that a note tells of, by their codes in a shop file: of "she's vegan", and not of "I'm not vegan"."""
    if not note:
        return ()
    said = [words for part in note.split(";") if (words := told(part)[0]) and _denies().search(words) is None]
    named = word_list("allergies")["diets"]
    return tuple(diet for diet, forms in named.items() if any(_says(words, forms) for words in said))


def _says(words: str, forms: Sequence[str]) -> bool:
    return not {*forms}.isdisjoint(re.findall(r"\w+", words.lower()))


@cache
def _denies() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_any('not_so')}(?!\w)", re.IGNORECASE)


@cache
def _told() -> re.Pattern[str]:
    of_me, of_mine, is_so, states, leads, goes_on = map(
        _any, ("of_me", "of_mine", "is_so", "states", "because", "therefore")
    )
    few = rf"(?:\w+\s+){{0,{FEW_WORDS}}}?"
    who = rf"(?:{of_me}|{of_mine}\s+{few}\w+\s*{is_so})"
    # "… weil meine Frau schwanger ist": the verb may come last.
    at_last = rf"{leads}\s+(?:{_any('writer')}|{of_mine}\s+{few}\w+)\s+{few}{states}\s+(?:{is_so}|{_any('am')})"
    return re.compile(
        rf"(?<!\w)(?:{leads}\s+)?(?P<told>{who}\s+{few}{states}|{at_last})(?!\w)\s*(?:(?:,\s*)?{goes_on}(?!\w))?",
        re.IGNORECASE,
    )


def _any(key: str) -> str:
    longest_first = sorted(word_list("allergies")[key], key=len, reverse=True)
    return "(?:" + "|".join(re.escape(words).replace("'", "['’]") for words in longest_first) + ")"
