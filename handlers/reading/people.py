"""Whose goods are whose: "for Tom: a margherita", "Sara takes a coke", "one tirolese (Ben)".

Only words that nothing else explains are names. They are kept on the lines that they were said of.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from core.frozen import frozen
from handlers.reading.language import words_for
from handlers.reading.texts import Text
from handlers.reading.tokens import fold, stem
from handlers.reading.understood import ReadLine
from handlers.reading.wordings import with_lists, wordings

_NAME = re.compile(r"[^\W\d_a-zäöüß][^\W\d_]*(?:-[^\W\d_]+)?(?:['’]s)?(?: [^\W\d_a-zäöüß][^\W\d_]+)?")


_ARTICLE = r"an?|eine?n?|\d+"
_JOINT = r"[,;]|\b(?:and|und|et|y|e)\b"


@frozen
class _Mention:
    """Where a person is named; `leads`: the goods follow. Without a name it is the customer."""

    start: int
    end: int
    name: str
    leads: bool


def for_people(
    text: str, lines: Sequence[ReadLine], unread: Sequence[str], languages: tuple[str, ...]
) -> tuple[tuple[ReadLine, ...], tuple[str, ...]]:
    """The lines with the names of those whom they are for, and the unread words without these names."""
    codes = with_lists(languages)
    places = _places(text, lines)
    foods = words_for(languages).foods
    names = [words for words in unread if _may_be_name(words, text, codes) and stem(fold(words)) not in foods]
    mentions = [m for name in dict.fromkeys(names) for m in _mentions(text, name, places, codes)]
    if not mentions:
        return tuple(lines), tuple(unread)
    turns = sorted([*mentions, *_selves(text, codes)], key=lambda mention: mention.start)
    whose = [_whose(text, place, turns) for place in places]
    named = (_with_name(line, name) for line, name in zip(lines, whose, strict=True))
    # A name that went to no line stays unread.
    return tuple(named), tuple(words for words in unread if _bare(words) not in whose)


def _may_be_name(words: str, text: str, codes: tuple[str, ...]) -> bool:
    """With a capital, or in small letters where nothing else can stand: "for tom a coke", "lisa wants a beer"."""
    if _NAME.fullmatch(words):
        return True
    if not words.isalpha():
        return False
    leads_in, takes = (wordings("talk", key, codes).pattern for key in ("for_someone", "takes"))
    follows = rf"(?=\s*$|\s*[,:]|(?:\W+\w+\W+|\s+)(?:{_ARTICLE})\s)"
    said = rf"(?<!\w)(?:{leads_in}\s+{words}{follows}|{words}\s+{takes})"
    return re.search(said, text, re.IGNORECASE) is not None


def _places(text: str, lines: Sequence[ReadLine]) -> list[tuple[int, int]]:
    """Where the words of each line stand."""
    found, at = [], 0
    for line in lines:
        start = max(0, text.find(line.words, at)) if line.words in text[at:] else max(0, text.find(line.words))
        found.append((start, start + len(line.words)))
        at = start + 1 if line.words else at
    return found


def _mentions(text: str, name: str, places: Sequence[tuple[int, int]], codes: tuple[str, ...]) -> list[_Mention]:
    leads_in, takes = (wordings("talk", key, codes).pattern for key in ("for_someone", "takes"))
    pattern = re.compile(
        rf"(?P<lead>(?i:{leads_in})\s+|\(\s*)?(?<!\w){re.escape(name)}(?!\w)"
        rf"(?P<after>\s*[:–-]|\s*\)|\s+(?i:{takes})|(?=\s+(?:an?|eine?n?|\d)\s))?"
    )
    found = []
    for match in pattern.finditer(text):
        if not (match["lead"] or match["after"] is not None or name.endswith(("'s", "’s"))):
            continue
        begins = max((text.rfind(sign, 0, match.start()) for sign in ".;\n"), default=-1)
        ends = [end for start, end in places if begins < start < match.start()]
        # "For Tom a coke, for Lisa a beer": behind a comma, and goods follow at once.
        is_next = bool(ends) and re.search(_JOINT, text[max(ends) : match.start()]) is not None
        is_next = is_next and re.match(rf"\s*(?:$|{_JOINT})", text[match.end() :]) is None
        has_goods_before = bool(ends) and not is_next
        is_behind = bool(match["lead"]) and has_goods_before and not (match["after"] or "").strip().startswith(":")
        if is_behind or _has_goods_behind(text, match.end(), places):
            found.append(_Mention(match.start(), match.end(), _bare(name), leads=not is_behind))
    return found


def _has_goods_behind(text: str, end: int, places: Sequence[tuple[int, int]]) -> bool:
    """Goods on the same line: "Bruschetta: 2" is no person's."""
    return any(start >= end and "\n" not in text[end:start].strip() for start, _ in places)


def _selves(text: str, codes: tuple[str, ...]) -> list[_Mention]:
    return [_Mention(m.start(), m.end(), "", leads=True) for m in _self(codes).finditer(Text.of(text))]


@cache
def _self(codes: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(wordings("talk", "selves", codes).pattern, re.IGNORECASE)


def _whose(text: str, place: tuple[int, int], mentions: Sequence[_Mention]) -> str:
    """The name right behind the goods, else the one that led up to them, on the same line if it began one."""
    start, end = place
    behind = next((m for m in mentions if m.start >= start and not m.leads), None)
    if behind is not None and not re.search(rf"[.\n]|{_JOINT}", text[max(end, start) : behind.start]):
        return behind.name
    before = next((m for m in reversed(mentions) if m.leads and m.start <= start), None)
    if before is None or ("\n" in text[before.end : start] and text[before.end : start].strip()):
        return ""
    return before.name


def _with_name(line: ReadLine, name: str) -> ReadLine:
    if not name:
        return line
    return replace(line, for_whom=name, words=line.words if name in line.words else f"{line.words} ({name})")


def _bare(name: str) -> str:
    return name.removesuffix("'s").removesuffix("’s")
