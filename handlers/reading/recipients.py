"""Who lives at an address: "Erika Muster, Hauptstr. 12", "to my sister: Anna Klein, 5 Mill Lane"."""

import re
from functools import cache

from handlers.reading.places import NAME, IsGoods, alternative, any_goods
from handlers.reading.streets import listed
from handlers.reading.wordings import wordings

FARTHEST = 160
"""So many characters before a street the name is looked for."""
PERSON = rf"(?:(?:{listed('name_links')})[ \t]+)*{NAME}(?:-{NAME})?\.?"
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
        return start, start
    # "An Max Klein, …": behind such a word a family name may be one of the menu's words, too.
    doubtful = found["name"].split()[0] if found["lead"] else found["name"]
    if any_goods(doubtful, is_goods):
        return start, start
    if any(wordings("talk", key, languages).search(found["name"]) for key in ("salutations", "closings", "lead_ins")):
        return start, start
    return found.start("name"), found.start("name") if found["lead"] is None else found.start("lead")


@cache
def _relation(languages: tuple[str, ...]) -> re.Pattern[str]:
    """Who lives there, before the name: "my sister:"."""
    return re.compile(rf"(?i:{alternative('recipient_whose', languages)})[ \t]+[^\W\d_]+[ \t]*[:,]?[ \t\n]+")


@cache
def _recipient(languages: tuple[str, ...]) -> re.Pattern[str]:
    leads = alternative("recipient_leads", languages)
    lead = rf"(?<!\w)(?P<lead>(?i:{leads}))[ \t\n]+(?:{_relation(languages).pattern})?"
    return re.compile(rf"(?:^[ \t]*|{lead}){RECIPIENT.pattern}\Z", re.MULTILINE)
