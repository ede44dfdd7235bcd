"""Words of time found in a text: days, hours, parts of a day, delays. What they mean together, times.py says."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from core.frozen import frozen
from handlers.reading.language import words_for
from handlers.reading.texts import RunIndex, Text, runs_of
from handlers.reading.tokens import fold
from handlers.reading.wordings import named, wordings

NOON = 12
FEW = 4
"""So many may be people: "for two tomorrow"."""
FLAGS = re.IGNORECASE

Span = tuple[int, int]


@frozen
class Delay:
    """From now on, in minutes."""

    minutes: int
    span: Span


@frozen
class Clock:
    """An hour as said; `exact`: it cannot be the other half of the day."""

    hour: int
    minute: int
    exact: bool
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
def _alternatives(key: str, languages: tuple[str, ...]) -> str:
    """The words of a table as one alternative, longest first."""
    words = sorted(named("times", key, languages), key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+").replace("'", "['’`´]") for word in words) or "(?!)"


_POINT = re.compile(r"\d\.\d")
_TOLD_BY = (
    "delay_leads", "days", "weekdays", "months", "parts", "past", "past_after", "at_bare", "at_day", "at_point",
    "named_hours", "suffixes",
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


def _meaning(key: str, word: str, languages: tuple[str, ...]) -> int | str:
    # Case is ignored where words are found, and there a dotless i counts as an i.
    as_listed = re.sub(r"['’`´]", "'", re.sub(r"\s+", " ", word.casefold().replace("ı", "i")))
    meant = named("times", key, languages)[as_listed]
    return meant if isinstance(meant, int) else str(meant)


@cache
def _after_pattern(languages: tuple[str, ...]) -> re.Pattern[str]:
    units = _alternatives("units", languages)
    whole = _alternatives("spans", languages)
    leads = _alternatives("delay_leads", languages)
    return re.compile(
        rf"\b(?:{leads})\s+(?:(?P<whole>{whole})|(?P<number>\d{{1,4}}|[^\W\d_]+)\s*(?P<unit>{units}))(?!\w)", FLAGS
    )


def find_delay(text: Text, told: Told, languages: tuple[str, ...]) -> Delay | None:
    """A delay like "in 20 minutes" or "in einer halben Stunde"."""
    found = _after_pattern(languages).search(text) if "delay_leads" in told else None
    if not found:
        return None
    if found["whole"]:
        return Delay(int(_meaning("spans", found["whole"], languages)), found.span())
    count = _number(found["number"], languages)
    return None if count is None else Delay(count * int(_meaning("units", found["unit"], languages)), found.span())


@cache
def _day_pattern(languages: tuple[str, ...]) -> re.Pattern[str]:
    before = _alternatives("before_day", languages)
    months = _alternatives("months", languages)
    marks, of = _alternatives("day_marks", languages), _alternatives("before_month", languages)
    return re.compile(
        rf"(?<![\w.])(?:(?:{before})\s+){{0,2}}(?:"
        r"(?P<iso>\d{4}-\d{1,2}-\d{1,2})"
        r"|(?P<dotted>\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{4})?)(?!\d)"
        rf"|(?P<day>\d{{1,2}})(?:\.|{marks})?(?:\s+(?:{of}))?\s+(?P<month>{months})(?:,?\s+(?P<year>20\d\d))?"
        rf"|(?P<month2>{months})\s+(?P<day2>\d{{1,2}})(?:{marks})?(?:,?\s+(?P<year2>20\d\d))?"
        rf"|(?P<near>{_alternatives('days', languages)})"
        rf"|(?P<weekday>{_alternatives('weekdays', languages)})"
        r")(?!\w)",
        FLAGS,
    )


_DATE_IN_DIGITS = re.compile(r"\d[.-]\s?\d{1,2}[.-]")
"""What is in each date of digits alone."""


def find_day(text: Text, told: Told, today: date, languages: tuple[str, ...]) -> Day | None:
    """The first day that the text names."""
    if told.isdisjoint(("days", "weekdays", "months")) and not _DATE_IN_DIGITS.search(text):
        return None
    days = _day_pattern(languages).finditer(text)
    found = next((day for day in days if not _is_one_of(("not_a_time", "not_a_day"), text, day, languages)), None)
    if not found:
        return None
    if found["near"]:
        return Day(today + timedelta(days=int(_meaning("days", found["near"], languages))), found.span())
    if found["weekday"]:
        ahead = (int(_meaning("weekdays", found["weekday"], languages)) - today.weekday()) % 7
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
        month = int(_meaning("months", found["month"] or found["month2"], languages))
    years = [year] if year else [today.year, today.year + 1]
    dates = [made for each in years if (made := _made(each, month, day)) is not None]
    return next((made for made in dates if made >= today), None)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock_forms(text: Text, told: Told) -> Iterator[str]:
    """The forms of hours that are worth a search, in the order in which they are tried."""
    says_at = "at_bare" in told
    has_point = "." in text and _POINT.search(text) is not None
    worth = {
        "past": "past" in told,
        "past_after": "past_after" in told,
        "colon": ":" in text,
        "point": says_at and has_point,
        "suffix": "suffixes" in told,
        "point_of_day": has_point and not told.isdisjoint(("days", "weekdays", "parts", "at_point")),
        "h": "h" in text.whole.runs,
        "four_digits": says_at and text.has_digit,
        "bare": says_at,
        "of_day": "at_day" in told and not told.isdisjoint(("days", "weekdays")),
        "named": "named_hours" in told,
    }
    return (form for form, is_worth_it in worth.items() if is_worth_it)


@cache
def _clock_pattern(form: str, languages: tuple[str, ...]) -> re.Pattern[str]:
    if form in OF_DAY:
        return OF_DAY[form](languages)
    at, bare, suffix, past, later, named_hour = (
        _alternatives(key, languages) for key in ("at", "at_bare", "suffixes", "past", "past_after", "named_hours")
    )
    hour, hour2 = (rf"(?P<{name}>\d{{1,2}}|{_alternatives('hours', languages)})" for name in ("hour", "hour2"))
    tail = rf"(?:\s*(?P<suffix>{suffix})(?!\w))?"
    follows = rf"(?=\s*(?:[,.;!?)\n]|$)|\s+(?:{_alternatives('after_hour', languages)})(?!\w))"
    money = r"(?!\s*(?:€|eur|\$|£|euro))"
    minutes = rf"\s+(?:{_alternatives('and_minutes', languages)})\s+(?P<minute>[0-5]\d)"
    patterns = {
        "past": rf"(?<!\w)(?:(?:{at})\s+)?(?P<near>{past})\s+{hour}{tail}",
        "past_after": rf"(?<![\w.,:])(?:(?:{at})\s+{hour}(?:\s*(?:{suffix}|h))?|{hour2}\s*(?:{suffix}|h))"
        rf"\s+(?P<later>{later})(?!\w)",
        "colon": rf"(?<![\w.,:])(?:(?:{at})\s+)?(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?![\d:]){tail}",
        "point": rf"(?<![\w.,:])(?:{bare})\s+(?P<hour>\d{{1,2}})\.(?P<minute>\d{{2}})(?![\d.])(?!\.\d){money}{tail}",
        "suffix": rf"(?<![\w.,:])(?:(?:{at})\s+)?{hour}(?:\.(?P<minute>\d{{2}}))?\s*"
        rf"(?P<suffix>{suffix})(?:\s?(?P<late>\d{{2}}))?(?!\w)",
        "h": rf"(?<![\w.,:])(?:(?:{at})\s+(?P<hour>\d{{1,2}})|(?P<hour2>\d{{2}}))\s?h(?:\s?(?P<minute>[0-5]\d))?(?!\w)",
        "four_digits": rf"(?<!\w)(?:{bare})\s+(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d){money}{follows}",
        "bare": rf"(?<!\w)(?:{bare})\s+{hour}(?:{minutes}|(?:-?ish\b)?(?![\d:])(?!\.\d){money}){follows}",
        "named": rf"(?<!\w)(?:(?:{at})\s+)?(?P<named>{named_hour})(?!\w)",
    }
    return re.compile(patterns[form], FLAGS)


def _hour_of_day(languages: tuple[str, ...]) -> re.Pattern[str]:
    """ "For 7 tomorrow", "tomorrow for 7", "make it tomorrow 7": beside a day it is no number of people or goods."""
    lead, before, makes = (_alternatives(key, languages) for key in ("at_day", "before_day", "day_and_hour"))
    days = f"(?:{_alternatives('days', languages)}|{_alternatives('weekdays', languages)})"
    late = "|".join(word for word, hour in named("times", "hours", languages).items() if int(str(hour)) > FEW)
    hour, hour2, hour3 = (rf"(?P<{name}>\d{{1,2}}|{late})" for name in ("hour", "hour2", "hour3"))
    follows = rf"(?=\s*(?:[,.;!?)\n]|$)|\s+(?:{_alternatives('after_hour', languages)})(?!\w))"
    return re.compile(
        rf"(?<!\w)(?P<said>(?:{lead})\s+{hour})(?=\s+(?:(?:{before})\s+)?{days}(?!\w))"
        rf"|(?<!\w){days}\s*,?\s*(?P<said2>(?:{lead})\s+{hour2}){follows}"
        rf"|(?<!\w)(?:{makes})\s+(?:(?:{before})\s+)?{days}\s*,?\s*(?P<said3>{hour3}){follows}",
        FLAGS,
    )


def _point_of_day(languages: tuple[str, ...]) -> re.Pattern[str]:
    """ "Tonight 7.30", "Friday 19.30", "pickup 19.00": no price, and behind a day no date either."""
    days = f"(?:{_alternatives('days', languages)}|{_alternatives('weekdays', languages)})"
    others = f"(?:{_alternatives('parts', languages)}|{_alternatives('at_point', languages)})"
    hour = r"(?P<hour>0?[7-9]|1\d|2[0-3])\.(?P<minute>[0-5][05])|(?P<hour2>0?[0-6])\.(?P<minute2>00|15|30|45)"
    return re.compile(
        rf"(?<!\w)(?:{days}(?!\s*,?\s*\d+\.(?:0[1-9]|1[0-2]))|{others})\s*[,:]?\s*(?P<said>{hour})"
        r"(?![\d.]?\d)(?!\s*(?:€|eur|\$|£|euro))",
        FLAGS,
    )


OF_DAY = {"of_day": _hour_of_day, "point_of_day": _point_of_day}
"""Forms of an hour that count beside a day alone, or beside a word like it."""


def find_clock(text: Text, told: Told, languages: tuple[str, ...]) -> Clock | None:
    """The first hour that the text names, in the order of the forms."""
    searched = (_clock_pattern(form, languages).search(text) for form in _clock_forms(text, told))
    found = next(filter(None, searched), None)
    return _as_clock(found, languages) if found else None


def time_ends(text: Text, told: Told, at: int, languages: tuple[str, ...]) -> int | None:
    """Where a day, an hour, or both end that begin here; None where none begins."""
    clocks = [_clock_pattern(form, languages) for form in _clock_forms(text, told)]
    part, end = _part_pattern(languages), at
    for pattern in (_day_pattern(languages), part, *clocks, part):
        begins = end + (len(text[end:]) - len(text[end:].lstrip(" \t")))
        found = pattern.match(text, begins)
        end = found.end() if found else end
    return end if end > at else None


def _as_clock(found: re.Match[str], languages: tuple[str, ...]) -> Clock:
    said = found.groupdict()
    if said.get("named"):
        return Clock(int(_meaning("named_hours", found["named"], languages)), 0, exact=True, span=found.span())
    digits = next(filter(None, (said.get(key) for key in ("hour", "hour2", "hour3"))))
    hour = int(digits) if digits.isdecimal() else int(_meaning("hours", digits, languages))
    minute = int(said.get("minute") or said.get("minute2") or said.get("late") or 0)
    if said.get("near") or said.get("later"):
        key, words = ("past", said["near"]) if said.get("near") else ("past_after", said["later"])
        total = hour * 60 + int(_meaning(key, words, languages))
        hour, minute = total // 60 or NOON, total % 60
    half = str(_meaning("suffixes", said["suffix"], languages)) if said.get("suffix") else ""
    if half in ("am", "pm") and 1 <= hour <= NOON:
        return Clock(hour % NOON + (NOON if half == "pm" else 0), minute, exact=True, span=found.span())
    exact = hour > NOON or hour == 0 or digits.startswith("0")
    place = next((found.span(key) for key in ("said", "said2", "said3") if said.get(key)), found.span())
    return Clock(hour, minute, exact=exact, span=place)


@cache
def _part_pattern(languages: tuple[str, ...]) -> re.Pattern[str]:
    before = _alternatives("before_part", languages)
    return re.compile(rf"(?<!\w)(?P<before>(?:{before})\s+)?(?P<part>{_alternatives('parts', languages)})(?!\w)", FLAGS)


def find_part(text: Text, told: Told, languages: tuple[str, ...], *, beside: list[Span]) -> Part | None:
    """A part of the day, if it stands beside a day or an hour or is led in: "lunch" alone may be a dish."""
    if "parts" not in told:
        return None
    for found in _part_pattern(languages).finditer(text):
        if _is_one_of(("not_a_time",), text, found, languages):
            continue
        near = any(0 <= found.start() - end <= 2 or 0 <= start - found.end() <= 4 for start, end in beside)
        alone = found["part"].casefold() in named("times", "sure_parts", languages)
        if found["before"] or near or alone:
            return Part(str(_meaning("parts", found["part"], languages)), found.span())
    return None
