"""Who lives at an address: "Erika Muster, Hauptstr. 12", "to my sister: Anna Klein, 5 Mill Lane"."""

import re
from functools import cache

from handlers.reading.places import NAME, IsGoods, alternative, any_goods
from handlers.reading.streets import listed
from handlers.reading.wordings import wordings

FARTHEST = 160
"""So many characters before a street the name is looked for."""
PERSON = rf"(?:(?:{listed('name_links')})[ \t]+)*{NAME}(?:-{NAME})?\.?"
BLOCK_LINES = 4
LONGEST_LINE = 50
"""Characters of a line above a street."""
RECIPIENT = re.compile(rf"(?P<name>{NAME}\.?(?:[ \t]+{PERSON}){{1,2}})[ \t]*(?:,[ \t]*\n?|\n)[ \t]*")


def past_recipient(text: str, start: int, is_goods: IsGoods) -> int:
    """Where the street begins after "Erika Muster, "; `start` if no name stands there."""
    found = RECIPIENT.match(text, start)
    return found.end() if found and not is_goods(found["name"].split()[0]) else start


def past_relation(text: str, start: int, languages: tuple[str, ...]) -> int:
    """Where the name begins after "my sister:"."""
    found = _relation(languages).match(text, start)
    return found.end() if found else start


def recipient_before(text: str, start: int, languages: tuple[str, ...], is_goods: IsGoods) -> tuple[int, int]:
    """Where a name before the street begins, on a line of its own or after "to"; and where that word stands."""
    found = _recipient(languages).search(text, max(0, start - FARTHEST), start)
    if not found:
        first = _block_above(text, start, languages, is_goods)
        return first, first
    # "An Max Klein, …": behind such a word a family name may be one of the menu's words, too.
    doubtful = found["name"].split()[0] if found["lead"] else found["name"]
    if any_goods(doubtful, is_goods):
        return start, start
    if any(wordings("talk", key, languages).search(found["name"]) for key in ("salutations", "closings", "lead_ins")):
        return start, start
    if found["lead"] is None:
        first = _block_above(text, found.start("name"), languages, is_goods)
        return first, first
    return found.start("name"), found.start("lead")


def _block_above(text: str, start: int, languages: tuple[str, ...], is_goods: IsGoods) -> int:
    """Where the lines above a street begin that say how a letter finds somebody: "Anna Berg / c/o Hotel Post".

    One of them has a mark that only addresses have, or none of them is taken for one.
    """
    first, has_mark, mark = start, False, _mark()
    for _ in range(BLOCK_LINES + 1):
        above = text.rfind("\n", 0, first)
        begin = above + 1 if text[above + 1 : first].strip() else text.rfind("\n", 0, max(above, 0)) + 1
        line = text[begin:first].strip(" \t\n,")
        if begin >= first or not _is_of_block(line, languages, is_goods):
            break
        first, has_mark = begin, has_mark or mark.search(line) is not None
    return first if has_mark else start


def _is_of_block(line: str, languages: tuple[str, ...], is_goods: IsGoods) -> bool:
    """A line of names, and no salutation, wish or goods."""
    if not line or len(line) > LONGEST_LINE or not _names().fullmatch(line):
        return False
    if any_goods(_mark().sub(" ", line), is_goods):
        return False
    talk = (("talk", "salutations"), ("talk", "closings"), ("talk", "lead_ins"))
    ways = (("wishes", "pickup"), ("wishes", "delivery"), ("wishes", "shipping"))
    return not any(wordings(*key, languages).search(line) for key in (*talk, *ways))


@cache
def _mark() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?i:{listed('address_marks')})(?!\w)")


@cache
def _names() -> re.Pattern[str]:
    name = rf"(?i:{listed('address_marks')}|{listed('name_links')})|[A-ZÄÖÜ&][\w.&'’-]*"
    return re.compile(rf"(?:{name})(?:[ \t,]+(?:{name}))*")


@cache
def _relation(languages: tuple[str, ...]) -> re.Pattern[str]:
    """Who lives there, before the name: "my sister:"."""
    return re.compile(rf"(?i:{alternative('recipient_whose', languages)})[ \t]+[^\W\d_]+[ \t]*[:,]?[ \t\n]+")


@cache
def _recipient(languages: tuple[str, ...]) -> re.Pattern[str]:
    leads = alternative("recipient_leads", languages)
    lead = rf"(?<!\w)(?P<lead>(?i:{leads}))[ \t\n]+(?:{_relation(languages).pattern})?"
    return re.compile(rf"(?:^[ \t]*|{lead}){RECIPIENT.pattern}\Z", re.MULTILINE)
