"""Hours found in a text: "at 7", "half past six", "for 7 tomorrow"; where a time ends that begins somewhere."""

import re
from collections.abc import Iterator
from functools import cache

from core.frozen import frozen
from handlers.reading.texts import Text
from handlers.reading.time_words import (
    FLAGS,
    NOON,
    Span,
    Told,
    alternatives,
    day_pattern,
    meaning_of,
    part_pattern,
)
from handlers.reading.wordings import named

_POINT = re.compile(r"\d\.\d")
FEW = 4
"""So many may be people: "for two tomorrow"."""


@frozen
class Clock:
    """An hour as said; `exact`: it cannot be the other half of the day."""

    hour: int
    minute: int
    exact: bool
    span: Span


def _clock_forms(text: Text, told: Told) -> Iterator[str]:
    """The forms of hours that are worth a search, in the order in which they are tried."""
    says_at = "at_bare" in told
    has_point = "." in text and _POINT.search(text) is not None
    worth = {
        "past": "past" in told,
        "past_led": "past_led" in told,
        "past_after": "past_after" in told,
        "colon": ":" in text,
        "point": says_at and has_point,
        "suffix": "suffixes" in told,
        "point_of_day": has_point and not told.isdisjoint(("days", "weekdays", "parts", "at_point")),
        "h": "h" in text.whole.runs,
        "four_digits": says_at and text.has_digit,
        "bare": says_at,
        "of_way": "at_point" in told and text.has_digit,
        "of_day": "at_day" in told and not told.isdisjoint(("days", "weekdays")),
        "named": "named_hours" in told,
    }
    return (form for form, is_worth_it in worth.items() if is_worth_it)


@cache
def _clock_pattern(form: str, languages: tuple[str, ...]) -> re.Pattern[str]:
    if form in OF_DAY:
        return OF_DAY[form](languages)
    at, bare, way, suffix, past, later, named_hour = (
        alternatives(key, languages)
        for key in ("at", "at_bare", "delay_ways", "suffixes", "past", "past_after", "named_hours")
    )
    led, point = alternatives("past_led", languages), alternatives("at_point", languages)
    hour, hour2 = (rf"(?P<{name}>\d{{1,2}}|{alternatives('hours', languages)})" for name in ("hour", "hour2"))
    tail = rf"(?:\s*(?P<suffix>{suffix})(?!\w))?"
    follows = rf"(?=\s*(?:[,.;!?)\n]|$)|\s+(?:{alternatives('after_hour', languages)})(?!\w))"
    money = r"(?!\s*(?:€|eur|\$|£|euro))"
    minutes = rf"\s+(?:{alternatives('and_minutes', languages)})\s+(?P<minute>[0-5]\d)"
    patterns = {
        "past": rf"(?<!\w)(?:(?:{at})\s+)?(?P<near>{past})\s+{hour}{tail}",
        "past_led": rf"(?<!\w)(?:{at}|(?:{way}|{point})\s*[,:]?)\s+(?P<said>(?P<led>{led})\s+{hour}{tail}){follows}",
        "past_after": rf"(?<![\w.,:])(?:(?:{at})\s+{hour}(?:\s*(?:{suffix}|h))?|{hour2}\s*(?:{suffix}|h))"
        rf"\s+(?P<later>{later})(?!\w)",
        "colon": rf"(?<![\w.,:])(?:(?:{at})\s+)?(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?![\d:]){tail}",
        "point": rf"(?<![\w.,:])(?:{bare})\s+(?P<hour>\d{{1,2}})\.(?P<minute>\d{{2}})(?![\d.])(?!\.\d){money}{tail}",
        "suffix": rf"(?<![\w.,:])(?:(?:{at})\s+)?{hour}(?:\.(?P<minute>\d{{2}}))?\s*"
        rf"(?P<suffix>{suffix})(?:\s?(?P<late>\d{{2}}))?(?!\w)",
        "h": rf"(?<![\w.,:])(?:(?:{at})\s+(?P<hour>\d{{1,2}})|(?P<hour2>\d{{2}}))\s?h(?:\s?(?P<minute>[0-5]\d))?(?!\w)",
        "four_digits": rf"(?<!\w)(?:{bare})\s+(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d){money}{follows}",
        "bare": rf"(?<!\w)(?:{bare})\s+{hour}(?:{minutes}|(?:-?ish\b)?(?![\d:])(?!\.\d){money}){follows}",
        "of_way": rf"(?<!\w)(?:{way})\s*[,:]?\s*(?P<said>(?P<hour>[{FEW + 1}-9]|1\d|2[0-3]))(?![\d:.]){money}{follows}",
        "named": rf"(?<!\w)(?:(?:{at})\s+)?(?P<named>{named_hour})(?!\w)",
    }
    return re.compile(patterns[form], FLAGS)


def _hour_of_day(languages: tuple[str, ...]) -> re.Pattern[str]:
    """ "For 7 tomorrow", "tomorrow for 7", "make it tomorrow 7": beside a day it is no number of people or goods.

    So it is behind one, where nothing follows that could be counted: "gnocchi for tomorrow 12".
    """
    lead, before, makes = (alternatives(key, languages) for key in ("at_day", "before_day", "day_and_hour"))
    days = f"(?:{alternatives('days', languages)}|{alternatives('weekdays', languages)})"
    late = "|".join(word for word, hour in named("times", "hours", languages).items() if int(str(hour)) > FEW)
    hour, hour2, hour3 = (rf"(?P<{name}>\d{{1,2}}|{late})" for name in ("hour", "hour2", "hour3"))
    hour4, parts = rf"(?P<hour4>[{FEW + 1}-9]|1\d|2[0-3]|{late})", alternatives("parts", languages)
    follows = rf"(?=\s*(?:[,.;!?)\n]|$)|\s+(?:{alternatives('after_hour', languages)})(?!\w))"
    return re.compile(
        rf"(?<!\w)(?P<said>(?:{lead})\s+{hour})(?=\s+(?:(?:{before})\s+)?{days}(?!\w))"
        rf"|(?<!\w){days}\s*,?\s*(?P<said2>(?:{lead})\s+{hour2}){follows}"
        rf"|(?<!\w)(?:{makes})\s+(?:(?:{before})\s+)?{days}\s*,?\s*(?P<said3>{hour3}){follows}"
        rf"|(?<!\w)(?:{lead})\s+(?:(?:{before})\s+)?{days}(?:\s+(?:{parts}))?\s+(?P<said4>{hour4}){follows}",
        FLAGS,
    )


def _point_of_day(languages: tuple[str, ...]) -> re.Pattern[str]:
    """ "Tonight 7.30", "Friday 19.30", "pickup 19.00": no price, and behind a day no date either."""
    days = f"(?:{alternatives('days', languages)}|{alternatives('weekdays', languages)})"
    others = f"(?:{alternatives('parts', languages)}|{alternatives('at_point', languages)})"
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
    part, end = part_pattern(languages), at
    for pattern in (day_pattern(languages), part, *clocks, part):
        begins = end + (len(text[end:]) - len(text[end:].lstrip(" \t")))
        found = pattern.match(text, begins)
        end = found.end() if found else end
    return end if end > at else None


def _as_clock(found: re.Match[str], languages: tuple[str, ...]) -> Clock:
    said = found.groupdict()
    if said.get("named"):
        return Clock(int(meaning_of("named_hours", found["named"], languages)), 0, exact=True, span=found.span())
    digits = next(filter(None, (said.get(key) for key in ("hour", "hour2", "hour3", "hour4"))))
    hour = int(digits) if digits.isdecimal() else int(meaning_of("hours", digits, languages))
    minute = int(said.get("minute") or said.get("minute2") or said.get("late") or 0)
    for key, words in (("past", said.get("near")), ("past_led", said.get("led")), ("past_after", said.get("later"))):
        if words:
            total = hour * 60 + int(meaning_of(key, words, languages))
            hour, minute = total // 60 or NOON, total % 60
    half = str(meaning_of("suffixes", said["suffix"], languages)) if said.get("suffix") else ""
    if half in ("am", "pm") and 1 <= hour <= NOON:
        return Clock(hour % NOON + (NOON if half == "pm" else 0), minute, exact=True, span=found.span())
    exact = hour > NOON or hour == 0 or digits.startswith("0")
    place = next((found.span(key) for key in ("said", "said2", "said3", "said4") if said.get(key)), found.span())
    return Clock(hour, minute, exact=exact, span=place)
