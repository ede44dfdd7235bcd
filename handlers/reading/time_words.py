"""Words of time found in a text: days, parts of a day, delays; hours: clock_words.py. What they mean, says times.py."""

import re
from datetime import date, timedelta
from functools import cache

from core.frozen import frozen
from handlers.reading.language import words_for
from handlers.reading.texts import RunIndex, Text, runs_of
from handlers.reading.tokens import fold
from handlers.reading.wordings import named, wordings

NOON = 12
HOUR = 60
"""Minutes."""
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
class Day:
    """A day as said; None if the calendar has no such day."""

    day: date | None
    span: Span
    is_weekday: bool = False


@frozen
class Part:
    """A part of the day: morning, noon, afternoon, evening or night."""

    part: str
    span: Span


def _number(word: str, languages: tuple[str, ...]) -> int | None:
    if word.isdecimal():
        return int(word) if len(word) <= 4 else None
    return words_for(languages).numbers.get(fold(word))


@cache
def alternatives(key: str, languages: tuple[str, ...]) -> str:
    """The words of a table as one alternative, longest first."""
    words = sorted(named("times", key, languages), key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+").replace("'", "['’`´]") for word in words) or "(?!)"


_TOLD_BY = (
    "delay_leads", "units", "days", "weekdays", "months", "parts", "past", "past_led", "past_after", "at_bare",
    "at_day", "at_point", "named_hours", "suffixes",
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
    words = [(key, word) for key in _TOLD_BY for word in named("times", key, languages)]
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
    meant = named("times", key, languages)[as_listed]
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
        return Delay(int(meaning_of("spans", found["whole"], languages)), found.span())
    count = _number(found["number"], languages)
    return None if count is None else Delay(count * int(meaning_of("units", found["unit"], languages)), found.span())


@cache
def day_pattern(languages: tuple[str, ...]) -> re.Pattern[str]:
    """A day with the words that lead to it; its groups say how it was named."""
    before = alternatives("before_day", languages)
    months = alternatives("months", languages)
    marks, of = alternatives("day_marks", languages), alternatives("before_month", languages)
    return re.compile(
        rf"(?<![\w.])(?:(?:{before})\s+){{0,2}}(?:"
        r"(?P<iso>\d{4}-\d{1,2}-\d{1,2})"
        r"|(?P<dotted>\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{4})?)(?!\d)"
        rf"|(?P<day>\d{{1,2}})(?:\.|{marks})?(?:\s+(?:{of}))?\s+(?P<month>{months})(?:,?\s+(?P<year>20\d\d))?"
        rf"|(?P<month2>{months})\s+(?P<day2>\d{{1,2}})(?:{marks})?(?:,?\s+(?P<year2>20\d\d))?"
        rf"|(?P<near>{alternatives('days', languages)})"
        rf"|(?P<weekday>{alternatives('weekdays', languages)})"
        r")(?!\w)",
        FLAGS,
    )


_DATE_IN_DIGITS = re.compile(r"\d[.-]\s?\d{1,2}[.-]")
"""What is in each date of digits alone."""


def find_day(text: Text, told: Told, today: date, languages: tuple[str, ...]) -> Day | None:
    """The first day that the text names."""
    if told.isdisjoint(("days", "weekdays", "months")) and not _DATE_IN_DIGITS.search(text):
        return None
    days = day_pattern(languages).finditer(text)
    found = next((day for day in days if not _is_one_of(("not_a_time", "not_a_day"), text, day, languages)), None)
    if not found:
        return None
    if found["near"]:
        return Day(today + timedelta(days=int(meaning_of("days", found["near"], languages))), found.span())
    if found["weekday"]:
        ahead = (int(meaning_of("weekdays", found["weekday"], languages)) - today.weekday()) % 7
        return Day(today + timedelta(days=ahead), found.span(), is_weekday=True)
    return Day(_date(found, today, languages), found.span())


def _is_one_of(keys: tuple[str, ...], text: Text, found: re.Match[str], languages: tuple[str, ...]) -> bool:
    """Whether it is part of such words: "Guten Morgen" says nothing about tomorrow, nor does "por la mañana"."""
    return any(
        other.start() <= found.end() - 1 < other.end()
        for key in keys
        for other in wordings("times", key, languages).finditer(text, max(0, found.start() - 20), found.end())
    )


def _date(found: re.Match[str], today: date, languages: tuple[str, ...]) -> date | None:
    """A date of the calendar; without a year the next one. None if there is no such day."""
    if found["iso"]:
        year, month, day = (int(part) for part in found["iso"].split("-"))
    elif found["dotted"]:
        day, month, year = (*(int(part) for part in re.findall(r"\d+", found["dotted"])), 0)[:3]
    else:
        day, year = int(found["day"] or found["day2"]), int(found["year"] or found["year2"] or 0)
        month = int(meaning_of("months", found["month"] or found["month2"], languages))
    years = [year] if year else [today.year, today.year + 1]
    dates = [made for each in years if (made := _made(each, month, day)) is not None]
    return next((made for made in dates if made >= today), None)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


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
        if _is_one_of(("not_a_time",), text, found, languages):
            continue
        near = any(0 <= found.start() - end <= 2 or 0 <= start - found.end() <= 4 for start, end in beside)
        alone = found["part"].casefold() in named("times", "sure_parts", languages)
        if found["before"] or near or alone:
            return Part(str(meaning_of("parts", found["part"], languages)), found.span())
    return None
