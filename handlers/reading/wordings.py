"""Set wordings ("where is my order") found in a text, written down in words/intents.*.toml in a small notation.

    make|change it|that [to] {number}

Words are apart by a space, `|` parts alternatives, `[…]` may be left out, `…` stands for up to four words, `_` for a
space inside an alternative, and `{name}` takes what stands there. Case, umlauts written out and curly apostrophes do
not matter.
"""

import re
from collections.abc import Iterable
from functools import cache

from handlers.reading.word_lists import word_list

BETWEEN = r"[\s,–-]{1,4}"
GAP = r"(?:[^\W_][\w'’]{0,30}[\s,–-]{1,4}){0,4}?"
SPELLINGS = {"ä": "(?:ä|ae)", "ö": "(?:ö|oe)", "ü": "(?:ü|ue)", "ß": "(?:ß|ss)", "'": "['’`´]?", "_": r"[\s-]?"}
SLOTS = {"number": r"[^\W_]+(?:-[^\W_]+)?", "nth": r"[^\W_]+\.?", "goods": r".+?", "other": r".+?", "rest": r".+"}


def wordings(section: str, key: str, languages: tuple[str, ...]) -> re.Pattern[str]:
    """All wordings of one key in these languages as one pattern; English stands in where no language has a list."""
    return _wordings(section, key, with_lists(languages))


@cache
def _wordings(section: str, key: str, languages: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w#])(?:{'|'.join(_pattern(text) for text in _texts(section, key, languages)) or '(?!)'})(?!\w)", FLAGS
    )


@cache
def each_wording(section: str, key: str, languages: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """The same, one pattern each: for wordings with slots, tried one after the other on a whole clause."""
    return tuple(re.compile(_pattern(text), FLAGS) for text in _texts(section, key, languages))


@cache
def with_lists(languages: tuple[str, ...]) -> tuple[str, ...]:
    """The languages that have a list of wordings, English if none has; in one order, so that all share the patterns."""
    known = {code[:2].lower() for code in languages if code[:2].isalpha()}
    return tuple(code for code in sorted(known) if word_list(f"intents.{code}")) or ("en",)


def named(section: str, key: str, languages: tuple[str, ...]) -> dict[str, object]:
    """The tables of one key of all languages together; no two of them say different things of one word."""
    merged: dict[str, object] = {}
    for code in with_lists(languages):
        merged |= word_list(f"intents.{code}")[section].get(key, {})
    return merged


FLAGS = re.IGNORECASE | re.DOTALL


def _texts(section: str, key: str, languages: tuple[str, ...]) -> list[str]:
    return [text for code in with_lists(languages) for text in word_list(f"intents.{code}")[section].get(key, ())]


def _pattern(text: str) -> str:
    """One wording as a regular expression."""
    pattern, joint = "", ""
    for word in text.split():
        optional = word.startswith("[")
        piece = GAP if word == "…" else _slot(word.strip("[]"))
        if word == "…":
            pattern, joint = pattern + joint + piece, ""
        elif optional:
            pattern += f"(?:{joint}{piece})?" if joint else f"(?:{piece}{BETWEEN})?"
        else:
            pattern, joint = pattern + joint + piece, BETWEEN
    return pattern


def _slot(word: str) -> str:
    found = re.fullmatch(r"\{(\w+)\}", word)
    if found:
        return f"(?P<{found[1]}>{SLOTS[found[1]]})"
    return f"(?:{'|'.join(_spelled(alternative) for alternative in word.split('|'))})"


def _spelled(word: str) -> str:
    return "".join(SPELLINGS.get(character, re.escape(character)) for character in word)


def together(patterns: Iterable[re.Pattern[str]], text: str) -> bool:
    """Whether any of the patterns is found in the text."""
    return any(pattern.search(text) for pattern in patterns)
