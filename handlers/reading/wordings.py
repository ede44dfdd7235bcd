"""Set wordings ("where is my order") found in a text, written down in words/intents.*.toml in a small notation.

    make|change it|that [to] {number}

Words are apart by a space, `|` parts alternatives, `[…]` may be left out, `…` stands for up to four words, `_` for a
space inside an alternative, and `{name}` takes what stands there. Case, missing accents, umlauts written out and
curly apostrophes do not matter.
"""

import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from handlers.reading.texts import Runs, RunTest, Text, all_runs, longest_run
from handlers.reading.word_lists import FALLBACK, word_list

BETWEEN = r"[\s,–-]{1,4}"
GAP = r"(?:[^\W_][\w'’]{0,30}[\s,–-]{1,4}){0,4}?"
SPELLINGS = {
    "ä": "(?:ä|ae)",
    "ö": "(?:ö|oe)",
    "ü": "(?:ü|ue)",
    "ß": "(?:ß|ss)",
    "œ": "(?:œ|oe)",
    "'": "['’`´]?",
    "_": r"[\s-]?",
}
SLOTS = {"number": r"[^\W_]+(?:-[^\W_]+)?", "nth": r"[^\W_]+\.?", "goods": r".+?", "other": r".+?", "rest": r".+"}


class Wording:
    """Some wordings as one pattern, tried only on texts that have their words (see texts.py)."""

    def __init__(self, pattern: str, texts: Sequence[str]) -> None:
        self.pattern = pattern
        self.known = frozenset(run for text in texts for run in all_runs(text, joints="_'"))
        """All runs of the wordings themselves; what stands in a gap is not among them."""
        self._compiled = re.compile(pattern, FLAGS)
        self._test = RunTest(_needs(text) for text in texts)
        self._gaps = RunTest(_needs(text) for text in texts if "…" in text)

    def may_be_in(self, text: str) -> bool:
        """Whether it is worth looking."""
        return self._test.passes(Text.of(text).runs)

    def may_have_gap_in(self, text: str) -> bool:
        """Whether a wording may be in the text that takes other words between its own."""
        return self._gaps.passes(Text.of(text).runs)

    def search(self, text: str) -> re.Match[str] | None:
        return self._compiled.search(text) if self.may_be_in(text) else None

    def match(self, text: str) -> re.Match[str] | None:
        return self._compiled.match(text) if self.may_be_in(text) else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return self._compiled.fullmatch(text) if self.may_be_in(text) else None

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        return self._compiled.finditer(text, start, end) if self.may_be_in(text) else iter(())

    def sub(self, instead: str, text: str) -> Text:
        text = Text.of(text)
        if not self.may_be_in(text):
            return text
        changed, times = self._compiled.subn(instead, text)
        return Text(changed) if times else text


@cache
def wordings(section: str, key: str, languages: tuple[str, ...]) -> Wording:
    """All wordings of one key in these languages as one pattern; English stands in where no language has a list."""
    return _wordings(section, key, with_lists(languages))


@cache
def _wordings(section: str, key: str, languages: tuple[str, ...]) -> Wording:
    texts = _texts(section, key, languages)
    pattern = rf"(?<![\w#])(?:{'|'.join(_pattern(text) for text in texts) or '(?!)'})(?!\w)"
    return Wording(pattern, texts)


@cache
def each_wording(section: str, key: str, languages: tuple[str, ...]) -> tuple[Wording, ...]:
    """The same, one pattern each: for wordings with slots, tried one after the other on a whole clause."""
    return tuple(Wording(_pattern(text), [text]) for text in _texts(section, key, languages))


@cache
def with_lists(languages: tuple[str, ...]) -> tuple[str, ...]:
    """The languages that have a list of wordings, English if none has; in one order, so that all share the patterns."""
    known = {code[:2].lower() for code in languages if code[:2].isalpha()}
    return tuple(code for code in sorted(known) if word_list(f"intents.{code}")) or (FALLBACK,)


def named(section: str, key: str, languages: tuple[str, ...]) -> dict[str, object]:
    """The tables of one key of all languages together; no two of them say different things of one word.

    Each word stands there without its accents, too.
    """
    merged: dict[str, object] = {}
    for code in with_lists(languages):
        for word, meaning in word_list(f"intents.{code}")[section].get(key, {}).items():
            for spelling in (word, _without_accents(word)):
                merged.setdefault(spelling, meaning)
    return merged


def _without_accents(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


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
    return "".join(SPELLINGS.get(character) or _with_and_without_accent(character) for character in word)


def _with_and_without_accent(character: str) -> str:
    plain = unicodedata.normalize("NFKD", character)[0]
    return re.escape(character) if plain == character else f"[{character}{plain}]"


def _needs(text: str) -> list[Runs]:
    """For each word of a wording that cannot be left out the runs of which a text has one."""
    words = [word.split("|") for word in text.split() if word != "…" and word[0] not in "[{"]
    found = [[longest_run(alternative, joints="_'") for alternative in alternatives] for alternatives in words]
    return [frozenset().union(*runs) for runs in found if all(runs)]
