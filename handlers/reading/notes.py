"""Sentences for the driver or the kitchen among an order's words: "please ring twice", "no straw", "well done"."""

import re
from collections.abc import Iterable
from functools import cache
from itertools import islice
from typing import Protocol

from handlers.reading.clauses import bare
from handlers.reading.places import names_day
from handlers.reading.texts import Text
from handlers.reading.wordings import wordings

MOST_NOTES = 5
LONGEST_NOTE = 300
STARTS = ("note_starts", "note_ways")
KINDS = ("pickup", "delivery", "shipping")

Span = tuple[int, int]


class OnMenu(Protocol):
    """Whether a word names one of the menu's goods or options; `wholly`: whether these words are all of a name.

    `of_option`: whether they are all of the name of an option, and of no goods.
    """

    def __call__(self, words: str, *, wholly: bool = False, of_option: bool = False) -> bool: ...


def no_menu(words: str, *, wholly: bool = False, of_option: bool = False) -> bool:  # noqa: ARG001  # as OnMenu has it
    """Where there is no menu, no word names goods."""
    return False


_WORD = re.compile(r"[^\W\d_][\w'’-]*")


def note_spans(text: Text, gone: str, languages: tuple[str, ...], on_menu: OnMenu) -> list[Span]:
    """Where notes stand; `gone` is what stands for words that were read already."""
    spans: list[Span] = []
    for found in islice(_note(gone, languages).finditer(text), MOST_NOTES):
        if _is_offered(text, found.start(), languages, on_menu):
            continue
        earliest = spans[-1][1] if spans else 0
        clause = max([earliest, *(end.end() for end in _ends(gone, languages).finditer(text, earliest, found.start()))])
        begin = _with_its_not(text, (clause, found.start()), languages, on_menu)
        if begin == found.start() and wordings("wishes", "note_ways", languages).match(text, begin):
            begin = _with_its_option(text, (clause, begin), languages, on_menu)
        spans.append((begin, _end(text, found.span(), languages, on_menu)))
    return spans


def _end(text: Text, note: Span, languages: tuple[str, ...], on_menu: OnMenu) -> int:
    """Where a note ends: "ring twice: 2 margherita" does so before the goods."""
    start, end = note
    goods = _listed(languages).finditer(text, start, end) if ":" in text[start:end] else ()
    return next((found.start() for found in goods if on_menu(found["word"])), end)


@cache
def _listed(languages: tuple[str, ...]) -> re.Pattern[str]:
    """Something that is counted, behind a colon."""
    count = wordings("wishes", "count", languages).pattern
    return re.compile(rf":\s*(?:\d{{1,2}}\s*[x×]?|{count})\s+(?P<word>{_WORD.pattern})", re.IGNORECASE)


def _is_offered(text: Text, start: int, languages: tuple[str, ...], on_menu: OnMenu) -> bool:
    """Whether what begins there has the name of something on the menu: a shop may offer "gift wrap"."""
    found = next((said for key in STARTS if (said := wordings("wishes", key, languages).match(text, start))), None)
    words = _WORD.findall(found[0]) if found else []
    places = range(len(words))
    return any(on_menu(" ".join(words[at : at + most]), wholly=True) for at in places for most in (1, 2))


def joined_notes(notes: Iterable[str | None], *, most: int = LONGEST_NOTE) -> str | None:
    """Several notes as one; each keeps the mark that ends it."""
    joined = ""
    for note in filter(None, notes):
        joined += f"{'' if not joined else ' ' if joined[-1] in '.!?' else '; '}{note}"
    return joined[:most] or None


def _with_its_not(text: Text, before: Span, languages: tuple[str, ...], on_menu: OnMenu) -> int:
    """Where a note begins, with the "not" before it and what that is said of; torn from it, it says the opposite.

    `before` is the clause up to where the note was found.
    """
    clause, start = before
    nots = [found.start() for found in wordings("wishes", "note_nots", languages).finditer(text, clause, start)]
    nots += [
        found.start()
        for found in wordings("wishes", "note_withouts", languages).finditer(text, clause, start)
        if not _any(on_menu, text[found.end() : start])
    ]
    if not nots:
        return start
    lead = text[clause : min(nots)]
    is_known = wordings("edits", "definite", languages).match(Text(lead.strip())) and _any(on_menu, text[:clause])
    if _says_more(lead, languages) or (_any(on_menu, lead) and not is_known):
        return min(nots)
    return clause + len(lead) - len(lead.lstrip())


def _with_its_option(text: str, before: Span, languages: tuple[str, ...], on_menu: OnMenu) -> int:
    """Where "but the bacon well done" begins: what is in the dish is to be so, and none is ordered beside it."""
    clause, start = before
    lead = text[clause:start]
    named = bare(lead, languages)
    definite = wordings("edits", "definite", languages).match(Text(named))
    is_option = on_menu(named[definite.end() :] if definite else named, of_option=True)
    return clause + lead.index(named) if named and is_option else start


def _any(on_menu: OnMenu, words: str) -> bool:
    return any(on_menu(word) for word in _WORD.findall(words))


def _says_more(lead: str, languages: tuple[str, ...]) -> bool:
    """A number, a time, or how the goods go: no part of a note."""
    if re.search(r"\d", lead) or any(names_day(word, languages) for word in _WORD.findall(lead)):
        return True
    said = Text(lead)
    return any(wordings("wishes", key, languages).search(said) for key in (*KINDS, "pickup_opens", "count"))


@cache
def _ends(gone: str, languages: tuple[str, ...]) -> re.Pattern[str]:
    """Where a clause ends."""
    joint = wordings("wishes", "and", languages).pattern
    return re.compile(rf"[.!?;:,\n{gone}]|{joint}", re.IGNORECASE)


@cache
def _note(gone: str, languages: tuple[str, ...]) -> re.Pattern[str]:
    """From the first word of a note to the end of its sentence, or to where goods or another wish follow.

    How something is to be made ("well done") says no more than that: "well done, without onions" is two things.
    """
    starts, ways, joint, count, coming = (
        wordings("wishes", key, languages).pattern
        for key in ("note_starts", "note_ways", "and", "count", "pickup_opens")
    )
    kinds = "|".join(wordings("wishes", kind, languages).pattern for kind in KINDS)
    others = rf"(?:,\s*(?:{joint}\s+)?|\s+{joint}\s+)(?:\d|{count}|{kinds})|[,\s]\s*{coming}"
    # "Karl-Renner-Ring" asks nobody to ring.
    return re.compile(
        rf"(?<!-)(?:{starts})(?:(?!{others})[^\n{gone}.!;?]){{0,{LONGEST_NOTE}}}[.!]?|(?:{ways})",
        re.IGNORECASE,
    )
