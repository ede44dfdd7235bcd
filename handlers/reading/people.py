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
from handlers.reading.wordings import may_say, with_lists, wordings

_NAME = re.compile(r"[^\W\d_a-zäöüß][^\W\d_]*(?:-[^\W\d_]+)?(?:['’]s)?(?: [^\W\d_a-zäöüß][^\W\d_]+)?")


_WORD = r"(?P<name>[^\W\d_]+)"
_ARTICLE = r"an?|eine?n?|\d+"
_COUNTED = re.compile(rf"(?:^|\W)(?:{_ARTICLE})\s+\Z", re.IGNORECASE)
"""Before a thing: "ein Geschenk: eine Geschenkbox" is for nobody of that name."""
SPACE = 8
_JOINT = r"[,;]|\b(?:and|und|et|y|e)\b"

MOST_ALIKE = 8
"""So many people of a list may have what others have."""
LONGEST_LIST = 1_500
"""Characters."""
LONGEST_LEAD = 40
"""Characters before a name, spaces among them, that are looked at for what leads up to it."""


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
    small = _small_names(text, codes) if unread else frozenset()
    names = [words for words in unread if _may_be_name(words, small) and stem(fold(words)) not in foods]
    mentions = [m for name in dict.fromkeys(names) for m in _mentions(text, name, places, codes)]
    if not mentions:
        return tuple(lines), tuple(unread)
    turns = sorted([*mentions, *_selves(text, codes)], key=lambda mention: mention.start)
    whose = [_whose(text, place, turns) for place in places]
    named = (_with_name(line, name) for line, name in zip(lines, whose, strict=True))
    # A name that went to no line stays unread.
    return tuple(named), tuple(words for words in unread if _bare(words) not in whose)


def as_others_have(text: Text, languages: tuple[str, ...]) -> Text:
    """ "Dee: same as Bob but large", in a list of people: with what stands behind Bob's name instead."""
    codes = with_lists(languages)
    if "talk.same_as" not in may_say(text, codes):
        return text
    said, at = _as_somebody(codes), 0
    for _ in range(MOST_ALIKE if len(text) <= LONGEST_LIST else 0):
        found = said.search(text, at)
        if found is None:
            break
        head = rf"(?:^|\n)[ \t•*-]*{found['name']}[ \t]*[:–-]\s*(?P<goods>[^\n]+)"
        row = re.search(head, text[: found.start()], re.IGNORECASE)
        goods = row["goods"].strip(" ,.;") if row else found[0]
        text, at = Text.of(f"{text[: found.start()]}{goods}{text[found.end() :]}"), found.start() + len(goods)
    return text


@cache
def _as_somebody(codes: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"{wordings('talk', 'same_as', codes).pattern}\s+(?P<name>[^\W\d_]+)", re.IGNORECASE)


def _may_be_name(words: str, small: frozenset[str]) -> bool:
    """With a capital, or in small letters where nothing else can stand: "for tom a coke", "lisa wants a beer"."""
    return _NAME.fullmatch(words) is not None or words.lower() in small


def _small_names(text: str, codes: tuple[str, ...]) -> frozenset[str]:
    """The words where a name is sure to stand however it is written, in small letters; found in one pass."""
    return frozenset(found["name"].lower() for pattern in _sure_places(codes) for found in pattern.finditer(text))


@cache
def _sure_places(codes: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    leads_in, takes = (wordings("talk", key, codes).pattern for key in ("surely_for", "takes"))
    follows = rf"(?=\s*$|\s*[,:]|(?:\W+\w+\W+|\s+)(?:{_ARTICLE})\s)"
    places = (rf"(?:{leads_in})\s+{_WORD}{follows}", rf"{_WORD}\s+{takes}")
    # Looked for ahead, so that one place may begin within another: "for tom, for lisa".
    return tuple(re.compile(rf"(?<!\w)(?={place})", re.IGNORECASE) for place in places)


def _places(text: str, lines: Sequence[ReadLine]) -> list[tuple[int, int]]:
    """Where the words of each line stand."""
    found, at = [], 0
    for line in lines:
        start = max(0, text.find(line.words, at)) if line.words in text[at:] else max(0, text.find(line.words))
        found.append((start, start + len(line.words)))
        at = start + 1 if line.words else at
    return found


def _mentions(text: str, name: str, places: Sequence[tuple[int, int]], codes: tuple[str, ...]) -> list[_Mention]:
    before_name, behind_name = _beside_names(codes)
    found, at = list[_Mention](), 0
    while (at := text.find(name, at)) >= 0:
        start, at = at, at + len(name)
        if _is_letter(text, start - 1) or _is_letter(text, at) or _COUNTED.search(text, max(0, start - SPACE), start):
            continue
        lead, after = before_name.search(text, max(0, start - LONGEST_LEAD), start), behind_name.match(text, at)
        if lead or after or name.endswith(("'s", "’s")):
            begin, end = lead.start() if lead else start, after.end() if after else at
            is_behind = lead is not None and not _heads(after) and _follows_goods(text, begin, end, places)
            if is_behind or _has_goods_behind(text, end, places):
                found.append(_Mention(begin, end, _bare(name), leads=not is_behind))
    return found


@cache
def _beside_names(codes: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What leads up to a name, and what shows behind it that it is one."""
    leads_in, takes = (wordings("talk", key, codes).pattern for key in ("for_someone", "takes"))
    return (
        re.compile(rf"(?:(?i:{leads_in})\s+|\(\s*)\Z"),
        re.compile(rf"\s*[:–-]|\s*\)|\s+(?i:{takes})|(?=\s+(?:an?|eine?n?|\d)\s)"),
    )


def _is_letter(text: str, at: int) -> bool:
    return 0 <= at < len(text) and (text[at].isalnum() or text[at] == "_")


def _heads(after: re.Match[str] | None) -> bool:
    """ "For Tom: a coke"."""
    return after is not None and after[0].strip().startswith(":")


def _follows_goods(text: str, begin: int, end: int, places: Sequence[tuple[int, int]]) -> bool:
    """ "A coke for Tom"; but "for Tom a coke, for Lisa a beer": behind a comma, and goods follow at once."""
    sentence = max(text.rfind(sign, 0, begin) for sign in ".;\n")
    ends = [place_end for start, place_end in places if sentence < start < begin]
    if not ends:
        return False
    is_next = re.search(_JOINT, text[max(ends) : begin]) is not None
    return not is_next or re.match(rf"\s*(?:$|{_JOINT})", text[end:]) is not None


def _has_goods_behind(text: str, end: int, places: Sequence[tuple[int, int]]) -> bool:
    """Goods on the same line: "Bruschetta: 2" is no person's."""
    next_one = min((start for start, _ in places if start >= end), default=None)
    return next_one is not None and "\n" not in text[end:next_one].strip()


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
