"""Set wordings ("where is my order") found in a text, written down in words/intents.*.toml in a small notation.

    make|change it|that [to] {number}

Words are apart by a space, `|` parts alternatives, `[…]` may be left out, `…` stands for up to four words, `_` for a
space inside an alternative, and `{name}` takes what stands there. Case, missing accents, umlauts written out and
curly apostrophes do not matter.
"""

import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property

from handlers.reading.remembered import Remembered
from handlers.reading.texts import RunIndex, Runs, Text, all_runs, longest_run, spellings_in_runs
from handlers.reading.word_lists import FALLBACK, word_list

BETWEEN = r"[\s,–-]{1,4}"
MOST_MIXES = 1_000
"""Of languages that people read and write together."""
MOST_IN_GAP = 4
GAP = rf"(?:[^\W_][\w'’]{{0,30}}[\s,–-]{{1,4}}){{0,{MOST_IN_GAP}}}?"
SPELLINGS = {
    "ä": "(?:ä|ae)",
    "ö": "(?:ö|oe)",
    "ü": "(?:ü|ue)",
    "ß": "(?:ß|ss)",
    "œ": "(?:œ|oe)",
    "'": "['’`´]?",
    "_": r"[\s-]?",
}
FLAGS = re.IGNORECASE | re.DOTALL
SLOTS = {
    "number": r"[^\W_]+(?:[\s-][^\W_]+){0,2}?",  # half a dozen
    "nth": r"[^\W_]+\.?",
    "goods": r".+?",
    "other": r".+?",
    "rest": r".+",
}


class Wording:
    """One wording of one language; its pattern is compiled when a text first has its words."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.needs = _needs(text)

    @cached_property
    def _spelled(self) -> list[tuple[Runs, list[Runs]]]:
        """For each word that cannot be left out its alternatives: those of one run, and those of several."""
        words = [
            [frozenset(said) for each in alternatives for said in spellings_in_runs(each, joints="_'")]
            for alternatives in _required(self.text)
        ]
        # Of signs alone ("-") nobody knows by the runs whether they are there.
        told = [word for word in words if all(word)]
        return [
            (frozenset().union(*(s for s in word if len(s) == 1)), [s for s in word if len(s) > 1]) for word in told
        ]

    @cached_property
    def known(self) -> Runs:
        """All runs of the wording itself; what stands in a gap is not among them."""
        return all_runs(self.text, joints="_'")

    def room(self, text: Text) -> int:
        """How many other words of the text it may take into its gaps: as often as it may be there at all."""
        gaps = self.text.count("…")
        if not gaps:
            return 0
        most = min((sum(run in need for run in text.in_order) for need in self.needs), default=len(text))
        return gaps * MOST_IN_GAP * most

    def may_be_among(self, runs: Runs) -> bool:
        """Whether all its words are among these runs, whole: "that's all" is not in a text for its "that"."""
        return all(
            not single.isdisjoint(runs) or any(said <= runs for said in several) for single, several in self._spelled
        )

    @cached_property
    def pattern(self) -> str:
        return _pattern(self.text)

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(_with_bounds(self.pattern), FLAGS)


@cache
def _lists(language: str) -> Mapping[str, Sequence[Wording]]:
    """The lists of a language by their names: "intents.cancel"."""
    return {
        f"{section}.{key}": [Wording(text) for text in said]
        for section, table in word_list(f"intents.{language}").items()
        for key, said in table.items()
        if isinstance(said, list)
    }


@cache
def _index(language: str) -> RunIndex[str]:
    """All wordings of a language, by the names of their lists."""
    return RunIndex((name, wording.needs) for name, listed in _lists(language).items() for wording in listed)


def may_say(text: Text, languages: tuple[str, ...]) -> frozenset[str]:
    """The names of all lists that have a wording whose words are in the text (or in the whole that it is of).

    Most lists have none, and need not be asked. `languages` as with_lists gives them.
    """
    whole = text.whole
    found = whole.may_say.get(languages)
    if found is None:
        found = whole.may_say[languages] = frozenset().union(*(_index(code).heard(whole.runs) for code in languages))
    return found


class Wordings:
    """The wordings of one key in some languages: they find what one pattern with each as an alternative would."""

    def __init__(self, section: str, key: str, languages: tuple[str, ...]) -> None:
        self._name = f"{section}.{key}"
        self._languages = languages

    @cached_property
    def each(self) -> list[Wording]:
        return [wording for code in self._languages for wording in _lists(code).get(self._name, ())]

    @cached_property
    def _by_words(self) -> RunIndex[int]:
        return RunIndex((number, wording.needs) for number, wording in enumerate(self.each))

    @cached_property
    def pattern(self) -> str:
        """All of them as alternatives, for patterns that have more around them."""
        return _with_bounds("|".join(wording.pattern for wording in self.each) or "(?!)")

    def may_be_in(self, text: str) -> bool:
        """Whether it is worth looking."""
        return bool(self.heard_in(text))

    def search(self, text: str) -> re.Match[str] | None:
        heard = self.heard_in(text)
        return _first([wording.compiled.search(text) for wording in heard]) if heard else None

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """At `start`."""
        return next((found for said in self.heard_in(text) if (found := said.compiled.match(text, start))), None)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return next(iter(self.all_full(text)), None)

    def all_full(self, text: str) -> list[re.Match[str]]:
        """What each wording takes that is the whole text: for those with slots."""
        return [found for said in self.heard_in(text) if (found := said.compiled.fullmatch(text))]

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        ahead = [(said.compiled, said.compiled.search(text, start, end)) for said in self.heard_in(text)]
        while found := _first([found for _, found in ahead]):
            yield found
            at = found.end()
            # Those that found nothing will not do so further on.
            ahead = [
                (pattern, next_one if next_one.start() >= at else pattern.search(text, at, end))
                for pattern, next_one in ahead
                if next_one
            ]

    def sub(self, instead: str, text: str) -> Text:
        text = Text.of(text)
        pieces, at = [], 0
        for found in self.finditer(text) if self.may_be_in(text) else ():
            pieces += [text[at : found.start()], instead]
            at = found.end()
        return text.less("".join([*pieces, text[at:]])) if pieces else text

    def heard_in(self, text: str) -> Sequence[Wording]:
        """The wordings whose words are in the text, in their order: nothing else need be looked for."""
        whole = Text.of(text).whole
        heard: Sequence[Wording] | None = whole.heard.get(self)
        if heard is None:
            heard = whole.heard[self] = self._heard(whole)
        return heard

    def _heard(self, whole: Text) -> Sequence[Wording]:
        if self._name not in may_say(whole, self._languages):
            return ()
        heard = (self.each[number] for number in sorted(self._by_words.heard(whole.runs)))
        return [wording for wording in heard if wording.may_be_among(whole.runs)]


def _first(found: Sequence[re.Match[str] | None]) -> re.Match[str] | None:
    """The match that begins first; of several the one whose wording is listed first."""
    return min(filter(None, found), key=lambda match: match.start(), default=None)


@cache
def wordings(section: str, key: str, languages: tuple[str, ...]) -> Wordings:
    """The wordings of one key in these languages; English stands in where no language has a list."""
    codes = with_lists(languages)
    return Wordings(section, key, codes) if codes == languages else wordings(section, key, codes)


def _with_bounds(pattern: str) -> str:
    return rf"(?<![\w#])(?:{pattern})(?!\w)"


def _with_lists(languages: tuple[str, ...]) -> tuple[str, ...]:
    known = {code[:2].lower() for code in languages if code[:2].isalpha()}
    return tuple(code for code in sorted(known) if word_list(f"intents.{code}")) or (FALLBACK,)


with_lists = Remembered(_with_lists, MOST_MIXES).__getitem__
"""The languages that have a list of wordings, English if none has; in one order, so that all share the patterns."""


@cache
def named(section: str, key: str, languages: tuple[str, ...]) -> Mapping[str, object]:
    """The tables of one key of all languages together; no two of them say different things of one word.

    Each word stands there without its accents, too.
    """
    merged: dict[str, object] = {}
    for code in with_lists(languages):
        for word, meaning in word_list(f"intents.{code}")[section].get(key, {}).items():
            for form in _forms(word):
                merged.setdefault(form, meaning)
    return merged


def _forms(word: str) -> tuple[str, ...]:
    """A word of a table, and the same without its accents."""
    if word.isascii():
        return (word,)
    return word, "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


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


def _required(text: str) -> list[list[str]]:
    """The words of a wording that cannot be left out, each with its alternatives."""
    return [word.split("|") for word in text.split() if word != "…" and word[0] not in "[{"]


def _needs(text: str) -> list[Runs]:
    """For each word of a wording that cannot be left out the runs of which a text has one."""
    words = _required(text)
    found = [[longest_run(alternative, joints="_'") for alternative in alternatives] for alternatives in words]
    return [frozenset().union(*runs) for runs in found if all(runs)]
