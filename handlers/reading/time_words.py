"""Words of time found in a text: parts of a day, delays. Days: day_words.py; hours: clock_words.py; all: times.py."""

import re
from collections.abc import Mapping
from functools import cache

from core.frozen import frozen
from handlers.reading.language import words_for
from handlers.reading.texts import RunIndex, Text, runs_of
from handlers.reading.tokens import fold
from handlers.reading.wordings import named, wordings

NOON = 12
HOUR = 60
"""Minutes."""
DAY_MINUTES = 24 * HOUR
FEW_HOURS = 4
"""So many may be how long, more are an hour of the day."""
FLAGS = re.IGNORECASE

Span = tuple[int, int]


@frozen
class Delay:
    """From now on, in minutes."""

    minutes: int
    span: Span


@frozen
class Part:
    """A part of the day: morning, noon, afternoon, evening or night."""

    part: str
    span: Span


def number_of(word: str, languages: tuple[str, ...]) -> int | None:
    if word.isdecimal():
        return int(word) if len(word) <= 4 else None
    return words_for(languages).numbers.get(fold(word))


@cache
def table(key: str, languages: tuple[str, ...]) -> Mapping[str, object]:
    """The words of a table and what they mean; a weekday and a part of the day in one ("Freitagabend") are both."""
    words = named("times", key, languages)
    glued = named("times", "glued_parts", languages) if key in {"weekdays", "parts", "sure_parts"} else {}
    days = named("times", "weekdays", languages)
    both = {day + part: number if key == "weekdays" else glued[part] for day, number in days.items() for part in glued}
    return {**words, **both}


@cache
def alternatives(key: str, languages: tuple[str, ...]) -> str:
    """The words of a table as one alternative, longest first."""
    words = sorted(table(key, languages), key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+").replace("'", "['’`´]") for word in words) or "(?!)"


_TOLD_BY = (
    "delay_leads", "units", "days", "weekdays", "months", "day_marks", "parts", "past", "past_led", "past_after",
    "at_bare", "at_day", "at_point", "named_hours", "suffixes", "windows",
)  # fmt: skip
"""Tables of which a text must have a word for what they tell."""

Told = set[str]
"""Those tables of _TOLD_BY of which a text may have a word."""


def told_in(text: Text, languages: tuple[str, ...]) -> Told:
    """What of time the text may tell: where that is nothing, nothing need be looked for."""
    return {key for key, digits in _told_by(languages).heard(text.whole.runs) if digits in text.whole}


@cache
def _told_by(languages: tuple[str, ...]) -> RunIndex[tuple[str, str]]:
    """Each table with the digits of a word of it: the "10" of "10 to"."""
    words = [(key, word) for key in _TOLD_BY for word in table(key, languages)]
    needs = [[frozenset({run}) for run in runs_of(word)] for _, word in words]
    for (key, _), runs in zip(words, needs, strict=True):
        if key == "suffixes" and runs:
            # Like "sevenam": run together with an hour.
            together = [runs_of(hour + run) for hour in named("times", "hours", languages) for run in runs[0]]
            runs[0] = runs[0].union(*together)
    labels = [(key, "".join(filter(str.isdecimal, word))) for key, word in words]
    return RunIndex(zip(labels, needs, strict=True))


def meaning_of(key: str, word: str, languages: tuple[str, ...]) -> int | str:
    """What a table says of a word as it was written."""
    # Case is ignored where words are found, and there a dotless i counts as an i.
    as_listed = re.sub(r"['’`´]", "'", re.sub(r"\s+", " ", word.casefold().replace("ı", "i")))
    meant = table(key, languages)[as_listed]
    return meant if isinstance(meant, int) else str(meant)


@cache
def _after_pattern(languages: tuple[str, ...]) -> re.Pattern[str]:
    units = alternatives("units", languages)
    whole = alternatives("spans", languages)
    leads = alternatives("delay_leads", languages)
    ways = alternatives("delay_ways", languages)
    return re.compile(
        rf"\b(?:{leads})\s+(?:(?P<whole>{whole})|(?P<number>\d{{1,4}}|[^\W\d_]+)\s*(?P<unit>{units}))(?!\w)"
        # "Pickup 30min": how, and nothing but so long.
        rf"|\b(?:{ways})\s*[,:]?\s*(?P<bare>(?P<number2>\d{{1,3}})\s*(?P<unit2>{units}))(?!\w)(?=\s*(?:[,.;!\n]|$))",
        FLAGS,
    )


def find_delay(text: Text, told: Told, languages: tuple[str, ...]) -> Delay | None:
    """A delay like "in 20 minutes" or "in einer halben Stunde"."""
    found = None if told.isdisjoint(("delay_leads", "units")) else _after_pattern(languages).search(text)
    if not found:
        return None
    if found["bare"]:
        so_many, unit = int(found["number2"]), int(meaning_of("units", found["unit2"], languages))
        # "Pickup 19h" is an hour of the day.
        return None if unit >= HOUR and so_many > FEW_HOURS else Delay(so_many * unit, found.span("bare"))
    if found["whole"]:
        minutes = int(meaning_of("spans", found["whole"], languages))
    else:
        minutes = (number_of(found["number"], languages) or 0) * int(meaning_of("units", found["unit"], languages))
    # So many days are a day, and beside it an hour may stand.
    return Delay(minutes, found.span()) if minutes % DAY_MINUTES else None


def is_one_of(keys: tuple[str, ...], text: Text, found: re.Match[str], languages: tuple[str, ...]) -> bool:
    """Whether it is part of such words: "Guten Morgen" says nothing about tomorrow, nor does "por la mañana"."""
    return any(
        other.start() <= found.end() - 1 < other.end()
        for key in keys
        for other in wordings("times", key, languages).finditer(text, max(0, found.start() - 20), found.end())
    )


@cache
def part_pattern(languages: tuple[str, ...]) -> re.Pattern[str]:
    """A part of the day, with what stands before it where it is a time."""
    before = alternatives("before_part", languages)
    return re.compile(rf"(?<!\w)(?P<before>(?:{before})\s+)?(?P<part>{alternatives('parts', languages)})(?!\w)", FLAGS)


def find_part(text: Text, told: Told, languages: tuple[str, ...], *, beside: list[Span]) -> Part | None:
    """A part of the day, if it stands beside a day or an hour or is led in: "lunch" alone may be a dish."""
    if "parts" not in told:
        return None
    for found in part_pattern(languages).finditer(text):
        if is_one_of(("not_a_time",), text, found, languages):
            continue
        near = any(0 <= found.start() - end <= 2 or 0 <= start - found.end() <= 4 for start, end in beside)
        alone = found["part"].casefold() in table("sure_parts", languages)
        if found["before"] or near or alone:
            return Part(str(meaning_of("parts", found["part"], languages)), found.span())
    return None
