"""When an order is wanted: "at 7", "tomorrow at noon", "in half an hour", "um halb acht", "Friday"."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from handlers.reading.language import words_for
from handlers.reading.tokens import fold
from handlers.reading.wordings import named, with_lists, wordings

FIRST_HOUR, LAST_HOUR = 9, 22
"""Where an hour may mean morning or evening, the one in which shops are open is meant."""
NOON = 12
FARTHEST_DAYS = 366

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class TimeRead:
    """What a text says about time. `wished` is aware, in the shop's zone; `day` stands alone without an hour.

    `spans` are the places that were read; `refused` the words of a time that is past or does not exist.
    """

    wished: datetime | None = None
    day: date | None = None
    asap: bool = False
    spans: tuple[Span, ...] = ()
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Clock:
    """An hour as said; `exact`: it cannot be the other half of the day."""

    hour: int
    minute: int
    exact: bool
    span: Span


@dataclass(frozen=True, slots=True)
class _Day:
    day: date | None
    span: Span
    is_weekday: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    part: str
    span: Span


def read_time(text: str, now: datetime, zone: ZoneInfo, languages: tuple[str, ...]) -> TimeRead:
    """The first time that the text names, seen from `now` (aware)."""
    codes = with_lists(languages)
    asap = wordings("times", "asap", codes).search(text)
    if asap:
        return TimeRead(asap=True, spans=(asap.span(),))
    after = _after(text, now.astimezone(zone), codes)
    if after is not None:
        return after
    local = now.astimezone(zone)
    day, clock = _day(text, local.date(), codes), _clock(text, codes)
    part = _part(text, codes, beside=[found.span for found in (day, clock) if found])
    spans = tuple(sorted(found.span for found in (day, clock, part) if found))
    if not spans:
        return TimeRead()
    read = _put_together(day, clock, part.part if part else None, local)
    if read is None:
        return TimeRead(spans=spans, refused=tuple(text[start:end].strip() for start, end in _joined(spans)))
    return TimeRead(wished=read if isinstance(read, datetime) else None, day=_only_day(read), spans=spans)


def _only_day(read: datetime | date) -> date | None:
    return None if isinstance(read, datetime) else read


def _joined(spans: tuple[Span, ...]) -> list[Span]:
    """Spans with at most a space or comma between them as one."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and start - joined[-1][1] <= 2:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


# From the pieces to a time ---------------------------------------------------------------------------


def _put_together(day: _Day | None, clock: _Clock | None, part: str | None, local: datetime) -> datetime | date | None:
    """The datetime or day that is meant; None if it is past or there is no such time."""
    if day is not None and day.day is None:
        return None
    chosen = day.day if day else None
    if clock is None:
        if part == "noon":
            clock = _Clock(NOON, 0, exact=True, span=(0, 0))
        else:
            wanted = chosen or local.date()
            return wanted if local.date() <= wanted <= local.date() + timedelta(days=FARTHEST_DAYS) else None
    if clock.hour > 24 or clock.minute > 59 or (clock.hour == 24 and clock.minute):
        return None
    days = _days(chosen, local.date(), clock, part, weekly=bool(day and day.is_weekday))
    return next((at for each in days for at in _at(each, clock, part, local) if at > local), None)


def _days(chosen: date | None, today: date, clock: _Clock, part: str | None, *, weekly: bool) -> list[date]:
    """The days to try, in their order."""
    if chosen is not None:
        return [chosen, chosen + timedelta(days=7)] if weekly and chosen == today else [chosen]
    # "for 8am", written in the evening, means the next morning; a time of this evening that is over is a mistake.
    rolls = part is None and (not clock.exact or clock.hour < NOON)
    return [today, today + timedelta(days=1)] if rolls else [today]


def _at(day: date, clock: _Clock, part: str | None, local: datetime) -> list[datetime]:
    """What the hour may mean on this day, earliest first, without times that the clock change leaves out."""
    found = []
    for hour in _hours(clock, part):
        naive = datetime.combine(day + timedelta(days=hour // 24), time(hour % 24, clock.minute))
        aware = naive.replace(tzinfo=local.tzinfo)
        if aware.astimezone(UTC).astimezone(local.tzinfo).replace(tzinfo=None) == naive:
            found.append(aware)
    return found


def _hours(clock: _Clock, part: str | None) -> list[int]:
    hour = clock.hour
    if clock.exact or hour > NOON or hour == 0:
        return [hour]
    if part == "morning":
        return [hour % NOON]
    if part == "noon":
        return [hour if hour >= 11 else hour + NOON]
    if part in ("afternoon", "evening"):
        return [hour % NOON + NOON]
    if part == "night":
        return [24 + hour % NOON if hour == NOON or hour <= 4 else hour + NOON]
    likely = [each for each in (hour, hour + NOON) if FIRST_HOUR <= each <= LAST_HOUR]
    return likely or [hour]


# The pieces ------------------------------------------------------------------------------------------


def _number(word: str, languages: tuple[str, ...]) -> int | None:
    if word.isdecimal():
        return int(word) if len(word) <= 4 else None
    return words_for(languages).numbers.get(fold(word))


@cache
def _alternatives(key: str, languages: tuple[str, ...]) -> str:
    """The words of a table as one alternative, longest first."""
    words = sorted(named("times", key, languages), key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)


def _meaning(key: str, word: str, languages: tuple[str, ...]) -> int | str:
    meant = named("times", key, languages)[re.sub(r"\s+", " ", word.casefold())]
    return meant if isinstance(meant, int) else str(meant)


@cache
def _after_pattern(languages: tuple[str, ...]) -> re.Pattern[str]:
    units = _alternatives("units", languages)
    whole = _alternatives("spans", languages)
    return re.compile(
        rf"\bin\s+(?:(?P<whole>{whole})|(?P<number>\d{{1,4}}|[^\W\d_]+)\s*(?P<unit>{units}))(?!\w)", FLAGS
    )


def _after(text: str, local: datetime, languages: tuple[str, ...]) -> TimeRead | None:
    """ "in 20 minutes", "in einer halben Stunde"; whole minutes, the seconds of `local` dropped upwards."""
    found = _after_pattern(languages).search(text)
    if not found:
        return None
    if found["whole"]:
        minutes = int(_meaning("spans", found["whole"], languages))
    else:
        count = _number(found["number"], languages)
        if count is None:
            return None
        minutes = count * int(_meaning("units", found["unit"], languages))
    if not 0 < minutes <= FARTHEST_DAYS * 24 * 60:
        return TimeRead(spans=(found.span(),), refused=(found[0],))
    # Added in UTC: on the night of the clock change twenty minutes are still twenty minutes.
    at = (
        (local.astimezone(UTC) + timedelta(minutes=minutes, seconds=59))
        .replace(second=0, microsecond=0)
        .astimezone(local.tzinfo)
    )
    if minutes % (24 * 60) == 0:
        return TimeRead(day=at.date(), spans=(found.span(),))
    return TimeRead(wished=at, spans=(found.span(),))


FLAGS = re.IGNORECASE


@cache
def _day_pattern(languages: tuple[str, ...]) -> re.Pattern[str]:
    before = _alternatives("before_day", languages)
    months = _alternatives("months", languages)
    return re.compile(
        rf"(?<![\w.])(?:(?:{before})\s+){{0,2}}(?:"
        r"(?P<iso>\d{4}-\d{1,2}-\d{1,2})"
        r"|(?P<dotted>\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{4})?)(?!\d)"
        rf"|(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th)?(?:\s+of)?\s+(?P<month>{months})(?:,?\s+(?P<year>20\d\d))?"
        rf"|(?P<month2>{months})\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<year2>20\d\d))?"
        rf"|(?P<near>{_alternatives('days', languages)})"
        rf"|(?P<weekday>{_alternatives('weekdays', languages)})"
        r")(?!\w)",
        FLAGS,
    )


def _day(text: str, today: date, languages: tuple[str, ...]) -> _Day | None:
    found = next((m for m in _day_pattern(languages).finditer(text) if not _is_greeting(text, m, languages)), None)
    if not found:
        return None
    if found["near"]:
        return _Day(today + timedelta(days=int(_meaning("days", found["near"], languages))), found.span())
    if found["weekday"]:
        ahead = (int(_meaning("weekdays", found["weekday"], languages)) - today.weekday()) % 7
        return _Day(today + timedelta(days=ahead), found.span(), is_weekday=True)
    return _Day(_date(found, today, languages), found.span())


def _is_greeting(text: str, found: re.Match[str], languages: tuple[str, ...]) -> bool:
    """ "Guten Morgen" says nothing about tomorrow."""
    return any(
        greeting.start() <= found.start() < greeting.end()
        for greeting in wordings("times", "not_a_time", languages).finditer(
            text, max(0, found.start() - 20), found.end()
        )
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


@cache
def _clock_patterns(languages: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    at, suffix = _alternatives("at", languages), _alternatives("suffixes", languages)
    hour = rf"(?P<hour>\d{{1,2}}|{_alternatives('hours', languages)})"
    tail = rf"(?:\s*(?P<suffix>{suffix})(?!\w))?"
    follows = rf"(?=\s*(?:[,.;!?)\n]|$)|\s+(?:{_alternatives('after_hour', languages)})(?!\w))"
    money = r"(?!\s*(?:€|eur|\$|£|euro))"
    bare = _alternatives("at_bare", languages)
    return tuple(
        re.compile(pattern, FLAGS)
        for pattern in (
            rf"(?<!\w)(?:(?:{at})\s+)?(?P<near>{_alternatives('past', languages)})\s+{hour}{tail}",
            rf"(?<![\w.,:])(?:(?:{at})\s+)?(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?![\d:]){tail}",
            rf"(?<![\w.,:])(?:{bare})\s+(?P<hour>\d{{1,2}})\.(?P<minute>\d{{2}})(?![\d.])(?!\.\d){money}{tail}",
            rf"(?<![\w.,:])(?:(?:{at})\s+)?{hour}(?:\.(?P<minute>\d{{2}}))?\s*(?P<suffix>{suffix})(?:\s?(?P<late>\d{{2}}))?(?!\w)",
            rf"(?<!\w)(?:{bare})\s+{hour}(?![\d:])(?!\.\d){money}{follows}",
            rf"(?<!\w)(?:(?:{at})\s+)?(?P<named>{_alternatives('named_hours', languages)})(?!\w)",
        )
    )


def _clock(text: str, languages: tuple[str, ...]) -> _Clock | None:
    for pattern in _clock_patterns(languages):
        found = pattern.search(text)
        if found:
            return _as_clock(found, languages)
    return None


def _as_clock(found: re.Match[str], languages: tuple[str, ...]) -> _Clock:
    said = found.groupdict()
    if said.get("named"):
        return _Clock(int(_meaning("named_hours", found["named"], languages)), 0, exact=True, span=found.span())
    hour = int(said["hour"]) if said["hour"].isdecimal() else int(_meaning("hours", said["hour"], languages))
    minute = int(said.get("minute") or said.get("late") or 0)
    if said.get("near"):
        total = hour * 60 + int(_meaning("past", said["near"], languages))
        hour, minute = total // 60 or NOON, total % 60
    half = str(_meaning("suffixes", said["suffix"], languages)) if said.get("suffix") else ""
    if half in ("am", "pm") and 1 <= hour <= NOON:
        return _Clock(hour % NOON + (NOON if half == "pm" else 0), minute, exact=True, span=found.span())
    exact = hour > NOON or hour == 0 or said["hour"].startswith("0")
    return _Clock(hour, minute, exact=exact, span=found.span())


@cache
def _part_pattern(languages: tuple[str, ...]) -> re.Pattern[str]:
    before = _alternatives("before_part", languages)
    return re.compile(rf"(?<!\w)(?P<before>(?:{before})\s+)?(?P<part>{_alternatives('parts', languages)})(?!\w)", FLAGS)


def _part(text: str, languages: tuple[str, ...], *, beside: list[Span]) -> _Part | None:
    """A part of the day, if it stands beside a day or an hour or is led in: "lunch" alone may be a dish."""
    for found in _part_pattern(languages).finditer(text):
        if _is_greeting(text, found, languages):
            continue
        near = any(0 <= found.start() - end <= 2 or 0 <= start - found.end() <= 4 for start, end in beside)
        alone = found["part"].casefold() in named("times", "sure_parts", languages)
        if found["before"] or near or alone:
            return _Part(str(_meaning("parts", found["part"], languages)), found.span())
    return None
