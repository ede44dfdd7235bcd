"""Hours found in a text: "at 7", "half past six", "for 7 tomorrow"; where a time ends that begins somewhere."""

import re
from collections.abc import Iterator
from functools import cache

from core.frozen import frozen
from handlers.reading.day_words import day_ends
from handlers.reading.texts import Text
from handlers.reading.time_words import (
    FLAGS,
    NOON,
    Span,
    Told,
    alternatives,
    meaning_of,
    part_pattern,
)
from handlers.reading.wordings import named

_DASH = re.compile(r"\d\s?[-–]\s?\d")
_POINT = re.compile(r"\d\.\d")
FEW = 4
"""So many may be people: "for two tomorrow"."""
FETCHED = 1
"""Of a way: the customer comes for it."""
CERTAIN = frozenset(("past", "past_led", "past_after", "colon", "point", "suffix", "h"))
"""Forms that are hours wherever they stand."""


@frozen
class Clock:
    """An hour as said; `exact`: it cannot be the other half of the day."""

    hour: int
    minute: int
    exact: bool
    span: Span
    is_window: bool = False
    """The beginning of a while: "between 6 and 6.30"."""


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
        "h": "h" in text.whole.runs,
        "point_of_day": has_point and not told.isdisjoint(("days", "weekdays", "parts", "at_point")),
        "four_digits": text.has_digit and not told.isdisjoint(("at_bare", "at_point")),
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
    follows = rf"(?=\s*(?:[,.;:!?)\n]|$)|\s+(?:{alternatives('after_hour', languages)})(?!\w))"
    money = r"(?!\s*(?:€|eur|\$|£|euro))"
    fetched = "|".join(
        re.escape(word) for word, how in named("times", "delay_ways", languages).items() if how == FETCHED
    )
    minutes = rf"\s+(?:{alternatives('and_minutes', languages)})\s+(?P<minute>[0-5]\d)"
    patterns = {
        "past": rf"(?<!\w)(?:(?:{at})\s+)?(?P<near>{past})\s+{hour}{tail}",
        "past_led": rf"(?<!\w)(?:{at}|(?:{way}|{point})\s*[,:]?)\s+(?P<said>(?P<led>{led})\s+{hour}{tail}){follows}",
        "past_after": rf"(?<![\w.,:])(?:(?:{at})\s+{hour}(?:\s*(?:{suffix}|h))?|{hour2}\s*(?:{suffix}|h))"
        rf"\s+(?P<later>{later})(?!\w)",
        "colon": rf"(?<![\w.,:])(?:(?:{at})\s+)?(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?![\d:]){tail}",
        "point": rf"(?<![\w.,:])(?:{bare})\s+(?P<hour>\d{{1,2}})\.(?P<minute>\d{{2}})(?![\d.])(?!\.\d){money}{tail}",
        "suffix": rf"(?<![\w.,:])(?:(?:{at})\s+)?{hour}(?:\.(?P<minute>\d{{2}}))?\s*"
        rf"(?P<suffix>{suffix})(?:\s?(?P<late>\d{{2}})(?![:.]?\d))?(?!\w)",
        "h": rf"(?<![\w.,:])(?:(?:{at})\s+(?P<hour>\d{{1,2}})|(?P<hour2>\d{{2}}))\s?h(?:\s?(?P<minute>[0-5]\d))?(?!\w)",
        # Four digits behind a delivery may be its postcode.
        "four_digits": rf"(?<!\w)(?:(?:{bare})\s+(?P<hour>[01]?\d|2[0-3])(?P<minute>[0-5]\d)"
        rf"|(?:{way})\s*[,:]?\s*(?P<said>(?P<hour2>[{FEW + 1}-9])(?P<minute2>00|15|30|45))"
        rf"|(?:{fetched})\s*[,:]?\s*(?P<said2>(?P<hour3>1\d|2[0-3])(?P<minute3>00|15|30|45))){money}{follows}",
        "bare": rf"(?<!\w)(?:{bare})\s+{hour}(?:{minutes}|(?:-?ish\b)?(?!:?\d)(?!\.\d){money}){follows}",
        "of_way": rf"(?<!\w)(?:{way})\s*[,:]?\s*(?P<said>(?P<hour>[{FEW + 1}-9]|1\d|2[0-3]))(?![:.]?\d){money}"
        rf"{follows}",
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
    """The first hour that the text names; forms that may be something else count where no other is found."""
    window = find_window(text, told, languages)
    if window is not None:
        return window
    forms = list(_clock_forms(text, told))
    certain = [_clock_pattern(form, languages).search(text) for form in forms if form in CERTAIN]
    found = min(filter(None, certain), key=lambda one: (one.start(), -one.end()), default=None)
    if found is None:
        others = (_clock_pattern(form, languages).search(text) for form in forms if form not in CERTAIN)
        found = next(filter(None, others), None)
    return _as_clock(found, languages) if found else None


def find_window(text: Text, told: Told, languages: tuple[str, ...]) -> Clock | None:
    """ "Between 6 and 6.30", "18-19 Uhr": when it begins."""
    if "windows" not in told and not (_DASH.search(text) and (":" in text or "suffixes" in told)):
        return None
    found = _window_pattern(languages).search(text)
    if not found:
        return None
    hours = [_hour_of(word, languages) for word in (found["hour"], found["hour2"])]
    minute, half = int(found["minute"] or 0), _half_of(found["suffix"], languages)
    later_half = _half_of(found["suffix2"], languages)
    if not half and later_half:
        # "11 to 1 pm" begins in the morning.
        half = later_half if hours[0] % NOON <= hours[1] % NOON else ""
    if found["near"]:
        total = hours[0] * 60 + int(meaning_of("past", found["near"], languages))
        hours[0], minute = total // 60 or NOON, total % 60
    exact = hours[0] > NOON or hours[0] == 0 or bool(half)
    hour = hours[0] % NOON + (NOON if half == "pm" else 0) if half and hours[0] <= NOON else hours[0]
    return Clock(hour, minute, exact=exact, span=found.span(), is_window=True)


@cache
def _window_pattern(languages: tuple[str, ...]) -> re.Pattern[str]:
    """From one hour to another. Where the word before them leads to numbers, too, one of them tells that it is one."""
    words = named("times", "windows", languages)
    sure, other = ("|".join(_spelled(word) for word, how in words.items() if how == each) or "(?!)" for each in (1, 2))
    joint, past = alternatives("window_joints", languages), alternatives("past", languages)
    suffix, hours = alternatives("suffixes", languages), alternatives("hours", languages)
    first, second = (
        rf"(?P<hour{n}>\d{{1,2}}|{hours})(?:[:.h](?P<minute{n}>[0-5]\d))?(?:\s*(?:(?P<suffix{n}>{suffix})|h))?"
        for n in ("", "2")
    )
    mark = rf"(?=[^,;!?\n]{{1,20}}?(?:\d[:h]|\d\s*(?:{suffix})|(?:{suffix})(?!\w)))"
    follows = rf"(?=\s*(?:[,.;:!?)\n]|$)|\s+(?:{alternatives('after_hour', languages)})(?!\w))"
    return re.compile(
        rf"(?<![\w.,:])(?:(?:{sure})\s+|(?:(?:{other})\s+)?{mark})(?:(?P<near>{past})\s+)?{first}"
        rf"\s*(?:[-–]|(?<!\d)(?:{joint})\s|(?<=\d)\s+(?:{joint})\s)\s*(?:(?:{past})\s+)?{second}(?![\d:]){follows}",
        FLAGS,
    )


def _spelled(word: str) -> str:
    return re.escape(word).replace(r"\ ", r"\s+")


def _hour_of(word: str, languages: tuple[str, ...]) -> int:
    return int(word) if word.isdecimal() else int(meaning_of("hours", word, languages))


def _half_of(suffix: str | None, languages: tuple[str, ...]) -> str:
    """Which half of the day is said: "am", "pm" or neither."""
    said = str(meaning_of("suffixes", suffix, languages)) if suffix else ""
    return said if said in {"am", "pm"} else ""


def time_ends(text: Text, told: Told, at: int, languages: tuple[str, ...]) -> int | None:
    """Where a day, an hour, or both end that begin here; None where none begins."""
    clocks = [_clock_pattern(form, languages) for form in _clock_forms(text, told)]
    part, begins = part_pattern(languages), _behind_blanks(text, at)
    end = day_ends(text, begins, languages) or at
    for pattern in (part, *clocks, part):
        found = pattern.match(text, _behind_blanks(text, end))
        end = found.end() if found else end
    return end if end > at else None


def _behind_blanks(text: str, at: int) -> int:
    return at + (len(text[at:]) - len(text[at:].lstrip(" \t")))


def _as_clock(found: re.Match[str], languages: tuple[str, ...]) -> Clock:
    said = found.groupdict()
    if said.get("named"):
        return Clock(int(meaning_of("named_hours", found["named"], languages)), 0, exact=True, span=found.span())
    digits = next(filter(None, (said.get(key) for key in ("hour", "hour2", "hour3", "hour4"))))
    hour = _hour_of(digits, languages)
    minute = int(next(filter(None, (said.get(key) for key in ("minute", "minute2", "minute3", "late"))), 0))
    for key, words in (("past", said.get("near")), ("past_led", said.get("led")), ("past_after", said.get("later"))):
        if words:
            total = hour * 60 + int(meaning_of(key, words, languages))
            hour, minute = total // 60 or NOON, total % 60
    half = _half_of(said.get("suffix"), languages)
    if half and 1 <= hour <= NOON:
        return Clock(hour % NOON + (NOON if half == "pm" else 0), minute, exact=True, span=found.span())
    exact = hour > NOON or hour == 0 or digits.startswith("0")
    place = next((found.span(key) for key in ("said", "said2", "said3", "said4") if said.get(key)), found.span())
    return Clock(hour, minute, exact=exact, span=place)
