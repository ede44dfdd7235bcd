"""Second thoughts in one message: "two cokes, no wait, three". What comes behind them corrects what stands before."""

import re
from functools import cache

from handlers.reading.language import words_for
from handlers.reading.texts import Text
from handlers.reading.wordings import may_say, with_lists, wordings

MOST_THOUGHTS = 8
LONGEST = 1_500
"""Characters; whoever writes more has read it through."""

_KEYS = ("corrects", "corrects_after", "edits_after", "denies", "corrects_with", "emphasis")
_LISTS = frozenset(f"edits.{key}" for key in _KEYS[:-1])
_BEHIND_A_MARK = frozenset({"edits.denies"})
"""Alone these take nothing back: "a pizza, no …", but not "with no …"."""
_MARK = re.compile(r"[,.;:!?…(\n–-]")


def may_have_second_thoughts(text: str, languages: tuple[str, ...]) -> bool:
    """Whether it is worth taking the text apart."""
    codes = with_lists(languages)
    heard = may_say(Text.of(text), codes) & _LISTS
    if not heard or len(text) > LONGEST or not any(_may_turn(text, said, codes) for said in heard):
        return False
    return _turns(codes).search(text) is not None


def _may_turn(text: str, said: str, codes: tuple[str, ...]) -> bool:
    """Whether a wording of this list is in the text at all: the search for all of them, and where, is long."""
    if said in _BEHIND_A_MARK:
        return _MARK.search(text) is not None
    return wordings(*said.split("."), codes).search(text) is not None


def taken_back(text: str, languages: tuple[str, ...]) -> str:
    """The words that surely take something back ("scratch that"), "" if there are none."""
    found = wordings("edits", "corrects", with_lists(languages)).search(text)
    return found[0] if found else ""


def thoughts(text: str, languages: tuple[str, ...]) -> list[str]:
    """The text up to the first second thought, then each correction without the words that led up to it."""
    if not may_have_second_thoughts(text, languages):
        return [text]
    return _turns(with_lists(languages)).split(Text.of(text), maxsplit=MOST_THOUGHTS)


def _several(languages: tuple[str, ...]) -> str:
    """Two and more, in words: "no one" counts nothing."""
    return "|".join(map(re.escape, sorted(word for word, count in words_for(languages).numbers.items() if count > 1)))


@cache
def _turns(languages: tuple[str, ...]) -> re.Pattern[str]:
    """Words that take something back; some only behind a mark, "no" only if it stands alone or before an edit."""
    sure, after, edit, no, mean, emphasis = (wordings("edits", key, languages).pattern for key in _KEYS)
    joint = wordings("wishes", "and", languages).pattern
    mark = r"(?:^|(?<=[,.;:!?…(\n–-]))\s*"
    return re.compile(
        # The "ups" of "grown-ups" is none.
        rf"(?:[\s,.…–-]*(?<!\w-)(?:{sure}))+[\s,:]*"
        # "I mean" with nothing new behind it is mere emphasis.
        rf"|[\s,.…–-]*(?:{mean})(?=[\s,:]+(?!(?:{emphasis})(?:[\s,.!?]|$))\w)[\s,:]*"
        rf"|{mark}(?:(?:{no})[\s,]+)?(?:{after})(?![\s,]+(?:{joint}))"
        # "Actually no, three": but "actually no beer" is a refusal.
        rf"(?:[\s,]+(?:{no})(?=\s*[,.!]|\s+(?:{edit})))?[\s,:]*"
        rf"|(?<=[,.;:!?…(\n–-])\s*(?:{no})(?=\s*[,.!]|\s+(?:{edit}))[\s,.!]*"
        # "8 cokes, no 6 cokes".
        rf"|(?<=[,.;:!?…(\n–-])\s*(?:{no})\s+(?=(?:\d{{1,3}}|{_several(languages)})\s+[^\W\d])"
        rf"|{mark}(?:{joint}\s+)?(?=(?:{edit}))",
        re.IGNORECASE,
    )
