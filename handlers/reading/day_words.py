"""Days found in a text: "Friday", "the 24th", "28/11", "next week Wednesday", "a week from today".

A day may be said in several ways at once: "Friday 27 November", "Freitag in einer Woche". What they come to together,
says days.py.
"""

import re
from collections.abc import Iterator
from functools import cache

from core.frozen import frozen
from handlers.reading.texts import Text
from handlers.reading.time_words import DAY_MINUTES, FLAGS, Span, Told, alternatives, is_one_of, table
from handlers.reading.wordings import named

SURE_ORDINAL = 5
""" "The 3rd" may be the third pizza, where no hour follows."""
FRACTIONS = frozenset(("1/2", "1/3", "2/3", "1/4", "3/4"))

_DATE_IN_DIGITS = re.compile(r"\d[.-]\s?\d{1,2}[.-]|\d/\d")
"""What is in each date of digits alone."""
_JOINED_DIGITS = re.compile(r"\d[./-]\s?\d")
_TOLD_BY = ("days", "weekdays", "months", "day_marks", "units")
_HOURS = ("at_bare", "suffixes", "named_hours", "at_point", "past", "past_after")
"""Beside an hour a number alone may be a day of the month."""

KINDS = {
    "iso": "date", "dotted": "date", "slashed": "date", "dated": "date", "named": "date",
    "marked": "nth", "numbered": "nth", "near": "near", "ahead": "ahead", "short": "weekday", "weekday": "weekday",
    "week": "week", "weeks_before": "weeks", "weeks_behind": "weeks",
}  # fmt: skip
"""What each way of naming a day is; a day has one word of each kind at most."""
NO_DAY_ALONE = frozenset(("week", "weeks"))


@frozen
class DayWord:
    """One word or number that tells of a day, by its kind; what it says exactly, its groups know."""

    kind: str
    found: re.Match[str]
    span: Span


def day_words(text: Text, told: Told, languages: tuple[str, ...], hour: Span | None) -> Iterator[list[DayWord]]:
    """What is said of each day: words with nothing but an `hour` or a part of the day between them."""
    beside_hour = text.has_digit and not told.isdisjoint(_HOURS)
    if told.isdisjoint(_TOLD_BY) and not beside_hour and not _DATE_IN_DIGITS.search(text):
        return
    plain = text[: hour[0]] + " " * (hour[1] - hour[0]) + text[hour[1] :] if hour else str(text)
    group: list[DayWord] = []
    for said in _each(text, _ways(text, told), languages):
        if group and (_is_apart(group, said, plain, languages) or (hour and _is_within(said.span, hour))):
            yield from _meant(text, group, languages)
            group = []
        group.append(said)
    yield from _meant(text, group, languages)


def day_ends(text: str, at: int, languages: tuple[str, ...]) -> int | None:
    """Where a day ends that begins at `at`; None where none does."""
    found = _day_pattern(languages, frozenset(KINDS)).match(text, at)
    meant = [*_meant(Text.of(text), [_as_word(found)], languages)] if found else []
    return meant[0][0].span[1] if meant else None


def _ways(text: Text, told: Told) -> frozenset[str]:
    """The ways of naming a day that are worth a search."""
    names_day = not told.isdisjoint(("days", "weekdays", "units"))
    worth = {
        ("iso", "dotted", "slashed"): text.has_digit and _JOINED_DIGITS.search(text) is not None,
        ("dated", "named"): "months" in told,
        ("marked",): "day_marks" in told,
        ("numbered", "short"): text.has_digit,
        ("near",): "days" in told,
        ("ahead", "week"): "units" in told,
        ("weekday",): "weekdays" in told,
        ("weeks_before", "weeks_behind"): names_day,
    }
    return frozenset(way for ways, is_worth_it in worth.items() if is_worth_it for way in ways)


def _each(text: Text, ways: frozenset[str], languages: tuple[str, ...]) -> Iterator[DayWord]:
    for found in _day_pattern(languages, ways).finditer(text):
        if not is_one_of(("not_a_time", "not_a_day"), text, found, languages):
            yield _as_word(found)


def _as_word(found: re.Match[str]) -> DayWord:
    kind = KINDS[found.lastgroup or ""]
    return DayWord(kind, found, found.span())


def _is_apart(group: list[DayWord], said: DayWord, plain: str, languages: tuple[str, ...]) -> bool:
    """Whether another day begins with this word."""
    between = plain[group[-1].span[1] : said.span[0]]
    return any(said.kind == one.kind for one in group) or not _joint(languages).fullmatch(between)


def _is_within(span: Span, other: Span) -> bool:
    return span[0] < other[1] and other[0] < span[1]


def _meant(text: Text, group: list[DayWord], languages: tuple[str, ...]) -> Iterator[list[DayWord]]:
    """The group without what is no day where it stands."""
    has_weekday = any(said.kind == "weekday" for said in group)
    kept = [said for said in group if has_weekday or _stands_alone(text, said.found, languages)]
    if any(said.kind != "weeks" for said in kept):
        yield kept


def _stands_alone(text: str, found: re.Match[str], languages: tuple[str, ...]) -> bool:
    """Whether these words are a day without a weekday beside them: not half a pizza, a price or the third of all."""
    way, behind = found.lastgroup, found.end()
    if way not in {"slashed", "marked", "numbered"}:
        return True
    leads = named("times", "nth_leads", languages)
    is_led = " ".join(found["lead"].casefold().split()[-1:]) in leads or way == "numbered"
    if hour_follows(languages).match(text, behind):
        return is_led or way != "numbered"
    if not _ends(languages).match(text, behind):
        return False
    if way == "slashed":
        year = len(re.findall(r"\d+", found["slashed"])) > 2
        return year or (is_led and "." not in found["slashed"] and found["slashed"] not in FRACTIONS)
    number = int(found["nth"] or found["nth2"])
    return is_led and bool(found["nth"] or found["dot2"]) and number >= SURE_ORDINAL


@cache
def _joint(languages: tuple[str, ...]) -> re.Pattern[str]:
    """What may stand between words of one day: "Friday evening next week"."""
    parts, before = alternatives("parts", languages), alternatives("before_part", languages)
    return re.compile(rf"[\s,()]*(?:(?:(?:{before})\s+)?(?:{parts})[\s,()]+)?", FLAGS)


@cache
def hour_follows(languages: tuple[str, ...]) -> re.Pattern[str]:
    """An hour right behind a day."""
    at, hours, past, noon = (alternatives(key, languages) for key in ("at", "hours", "past", "named_hours"))
    suffix = alternatives("suffixes", languages)
    return re.compile(
        rf"\)?\s*,?\s+(?:(?:{at})\s+(?:\d|(?:{hours}|{past})(?!\w))|(?:(?:{at})\s+)?(?:{noon})(?!\w)"
        rf"|\d{{1,2}}(?::\d|\s*(?:{suffix}|h)(?!\w)))",
        FLAGS,
    )


@cache
def _ends(languages: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(alternatives(key, languages) for key in ("after_hour", "parts", "delay_ways"))
    return re.compile(rf"\s*(?:[,;:!?)\n]|\.(?!\d)|$)|\s+(?:{words})(?!\w)", FLAGS)


@cache
def _of_days(key: str, languages: tuple[str, ...]) -> str:
    """The units and spans that are whole days."""
    words = [word for word, minutes in table(key, languages).items() if int(str(minutes)) % DAY_MINUTES == 0]
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


@cache
def _day_pattern(languages: tuple[str, ...], worth: frozenset[str]) -> re.Pattern[str]:
    """A word or number that tells of a day, with the words that lead to it; its last group is a key of KINDS.

    Of the ways only those `worth` a search are found; the others keep their groups.
    """
    of = {
        key: alternatives(key, languages)
        for key in (
            "before_day", "months", "day_marks", "before_month", "next_led", "next_behind", "nth_leads", "delay_leads",
            "days", "week_words", "weeks_before", "weeks_behind", "weekdays", "weekday_short", "weekday_vague",
            "firsts",
        )
    }  # fmt: skip
    nth = rf"(?:{of['nth_leads']})\s+"
    month = rf"(?:\.|{of['day_marks']})?(?:\s+(?:{of['before_month']}))?\s+"
    a_date = rf"(?=,?\s+(?:{nth})?\d{{1,2}}(?:\.\s?\d|/\d|{month}(?:{of['months']})(?!\w)))"
    an_hour = rf"(?={hour_follows(languages).pattern})"
    tail = rf"(?P<tail>\s*,?\s+(?:{nth})?(?P<nth3>\d{{1,2}})(?P<dot3>\.(?!\d)|(?:{of['day_marks']})(?!\w))?"
    follows = rf"(?=\s*(?:[,;!?)\n]|\.(?!\d)|$)|{hour_follows(languages).pattern}))?"
    year = r"(?:,?\s+(?P<{}>20\d\d))?"
    spans, units = _of_days("spans", languages), _of_days("units", languages)
    count = rf"(?P<number>\d{{1,5}}|[^\W\d_]+)\s*(?P<unit>{units})"
    brief, vague = (rf"(?P<{key}>{of[f'weekday_{word}']})\.?" for key, word in (("brief", "short"), ("vague", "vague")))
    months, marks = of["months"], of["day_marks"]
    ways = {
        "iso": r"\d{4}-\d{1,2}-\d{1,2}",
        "dotted": r"\d{1,2}\.\s?\d{1,2}\.(?:(?:\s?20)?\d\d(?![\d:.])|(?!\d))",
        "slashed": r"\d{1,2}[/.]\d{1,2}(?:[/.](?:20)?\d\d)?(?![/.]?\d)",
        "dated": rf"(?P<day>\d{{1,2}}|{of['firsts']}){month}(?P<month>{months})(?!\w)(?:\.(?=,?\s))?"
        rf"{year.format('year')}",
        "named": rf"(?P<month2>{months})\s+(?P<day2>\d{{1,2}})(?!{month}(?:{months}))(?:{marks})?"
        rf"{year.format('year2')}",
        "ahead": rf"(?:{of['delay_leads']})\s+(?:(?P<whole>{spans})|{count})",
        "near": of["days"],
        "week": of["week_words"],
        "weeks_before": of["weeks_before"],
        "weekday": rf"(?:(?P<led>{of['next_led']})\s+)?(?P<name>{of['weekdays']})(?!\w)"
        rf"(?:\s+(?P<next>{of['next_behind']})(?!\w))?{tail}{follows}",
        "weeks_behind": of["weeks_behind"],
        "short": rf"{brief}(?:{an_hour}|{a_date})|{vague}{a_date}",
        "marked": rf"(?P<nth>\d{{1,2}})(?:{marks})",
        "numbered": rf"{nth}(?P<nth2>\d{{1,2}})(?P<dot2>\.(?!\d))?(?![:/.]?\d)",
    }
    named_ways = "|".join(f"(?P<{way}>{'' if way in worth else '(?!)'}(?:{said}))" for way, said in ways.items())
    return re.compile(rf"(?<![\w.,/])(?P<lead>(?:(?:{of['before_day']})\s+){{0,2}})(?:{named_ways})(?!\w)", FLAGS)
