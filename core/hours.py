"""When the shop is open: weekly local hours, exceptions by date or every year, answers as UTC instants.

The same grammar says when a part of the menu is served.

On the two nights a year when the clocks change: an opening or closing hour that the clock
shows twice opens at the first and closes at the second; one that the clock leaps over comes
as long after midnight as on any other night.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from core.frozen import frozen

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MIDNIGHT = 24 * 60
LOOK_AHEAD_DAYS = 370
"""A shop that does not open within a year does not open again; one that does not close, never closes."""

SPAN = re.compile(r"([0-9]{1,2}):([0-9]{2})\s*[-–]\s*([0-9]{1,2}):([0-9]{2})")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `opens` to `closes`, in minutes after the day's midnight; beyond 1440 is the next day."""

    opens: int
    closes: int

    def __str__(self) -> str:
        closes = self.closes if self.closes <= MIDNIGHT else self.closes - MIDNIGHT
        return f"{clock(self.opens)}-{clock(closes)}"


Day = tuple[Span, ...]
MonthDay = tuple[int, int]
"""Month and day of the month: a date that comes every year."""

ALL_DAY: Day = (Span(0, MIDNIGHT),)
ALL_WEEK: tuple[Day, ...] = (ALL_DAY,) * len(DAYS)


def clock(minutes: int) -> str:
    """690 is "11:30"."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def span(text: str) -> Span:
    """ "18:00-01:00" ends on the next day. Raises ValueError for what are not two times of day."""
    found = SPAN.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r} are not two times of day")
    opens, closes = _minutes(found[1], found[2]), _minutes(found[3], found[4])
    if opens >= MIDNIGHT or closes > MIDNIGHT or opens == closes:
        raise ValueError(f"{text!r} are not two times of day")
    return Span(opens, closes if closes > opens else closes + MIDNIGHT)


def _minutes(hours: str, minutes: str) -> int:
    if int(minutes) > 59:
        raise ValueError(f"{hours}:{minutes} is not a time of day")
    return int(hours) * 60 + int(minutes)


@frozen
class OtherHours:
    """From `first` to `last`, both included, a day's spans are these and not those of its weekday."""

    first: date
    last: date
    spans: Day

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(map(str, self.spans))


@frozen(slots=False)
class Hours:
    """`week` has a day's spans from Monday to Sunday; an exception replaces that day's spans.

    One of a date goes before one of every year.
    """

    zone: ZoneInfo
    week: tuple[Day, ...] = ALL_WEEK
    exceptions: Mapping[date, Day] = field(default_factory=dict)
    yearly: Mapping[MonthDay, Day] = field(default_factory=dict)

    def on(self, day: date) -> Day:
        """The spans that begin on `day`."""
        other = self._other(day)
        return self.week[day.weekday()] if other is None else other

    def _other(self, day: date) -> Day | None:
        """The spans of an exception; None on a usual day."""
        known = self.exceptions.get(day)
        return self.yearly.get((day.month, day.day)) if known is None else known

    @property
    def is_always_open(self) -> bool:
        return self.week == ALL_WEEK and not self.exceptions and not self.yearly

    def as_texts(self) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """Per weekday, 0 is Monday, its spans as "11:30–14:30"."""
        return tuple((number, tuple(str(span) for span in day)) for number, day in enumerate(self.week))

    def other_hours(self, at: datetime, days: int) -> tuple[OtherHours, ...]:
        """The exceptions that begin within so many days of the day of `at`, or last by then; each to its end."""
        today = at.astimezone(self.zone).date()
        found: list[OtherHours] = []
        for number in range(LOOK_AHEAD_DAYS):
            day = today + timedelta(days=number)
            spans = self._other(day)
            goes_on = bool(found) and found[-1].last == day - timedelta(days=1) and found[-1].spans == spans
            if number >= days and not goes_on:
                break
            if spans is not None:
                first = found.pop().first if goes_on else day
                found.append(OtherHours(first, day, spans))
        return tuple(found)

    def business_day(self, at: datetime) -> date:
        """The day that this instant counts to: after midnight still the evening's, as long as that one is open."""
        today = at.astimezone(self.zone).date()
        yesterday = today - timedelta(days=1)
        lasts = any(opens <= at < closes for opens, closes in self._openings_on(yesterday))
        return yesterday if lasts else today

    def next_business_day(self, at: datetime) -> datetime:
        """When the next day of business opens; midnight for a shop that does not open within a year."""
        return self.begins(self.business_day(at) + timedelta(days=1), after=at)

    def begins(self, day: date, after: datetime) -> datetime:
        """The first opening that begins on this day or later, and not before `after`; midnight where there is none."""
        for number in range(LOOK_AHEAD_DAYS):
            opens = [opens for opens, _ in self._openings_on(day + timedelta(days=number)) if opens > after]
            if opens:
                return opens[0]
        return self._instants(after.astimezone(self.zone).date(), MIDNIGHT)[0]

    def is_open(self, at: datetime) -> bool:
        """Whether the shop is open at this instant; the closing instant itself is closed."""
        for opens, closes in self._found:
            if opens <= at < closes:
                return True
        for opening in self.openings(at, days=0):
            if opening[0] <= at < opening[1]:
                self._found[:] = [opening]
                return True
        return False

    def next_opening(self, at: datetime) -> datetime | None:
        """The first open instant from `at` on, which is `at` itself while open; None within a year."""
        for opens, closes in self.openings(at, days=LOOK_AHEAD_DAYS):
            if at < closes:
                return max(opens, at.astimezone(UTC))
        return None

    def closes(self, at: datetime) -> datetime | None:
        """When the opening that runs at `at` ends; None if the shop is closed, or never closes."""
        end: datetime | None = None
        for opens, closes in self.openings(at, days=LOOK_AHEAD_DAYS):
            if opens > (end or at):
                return end
            if closes > (end or at):
                end = closes
        return end if end is not None and end - at < timedelta(days=LOOK_AHEAD_DAYS - 2) else None

    def openings(self, at: datetime, days: int) -> Iterator[tuple[datetime, datetime]]:
        """The openings that touch the day of `at` or the `days` after it, by their begin; two may overlap."""
        today = at.astimezone(self.zone).date()
        # Yesterday's last span may still run: none is longer than until the end of the next day.
        for number in range(-1, days + 1):
            yield from self._openings_on(today + timedelta(days=number))

    def _openings_on(self, day: date) -> list[tuple[datetime, datetime]]:
        """The openings that begin on `day`; worked out once."""
        known = self._known.get(day)
        if known is None:
            # Sorted as instants: an hour that the clock leaps over comes after the one that it leaps to.
            known = self._known[day] = sorted(filter(_lasts, (self._opening(day, each) for each in self.on(day))))
        return known

    @cached_property
    def _found(self) -> list[tuple[datetime, datetime]]:
        """The opening that ran when this was asked last: mostly it still runs."""
        return []

    @cached_property
    def _known(self) -> dict[date, list[tuple[datetime, datetime]]]:
        """Each order asks for the same few days, and for more only as days go by."""
        return {}

    def _opening(self, day: date, hours: Span) -> tuple[datetime, datetime]:
        return self._instants(day, hours.opens)[0], max(self._instants(day, hours.closes))

    def _instants(self, day: date, minutes: int) -> tuple[datetime, datetime]:
        """Where the clock shows this time: twice the same but on nights when the clocks change."""
        local = datetime.combine(day, time()) + timedelta(minutes=minutes)
        first, second = (local.replace(tzinfo=self.zone, fold=fold).astimezone(UTC) for fold in (0, 1))
        return first, second


def next_in_both(first: Hours, second: Hours, at: datetime) -> datetime | None:
    """The first instant from `at` on that lies in both; None within a year."""
    begin, latest = at, at + timedelta(days=LOOK_AHEAD_DAYS)
    while begin < latest:
        opens = first.next_opening(begin)
        both = second.next_opening(opens) if opens else None
        if both is None or both == opens:
            return both
        begin = both
    return None


def _lasts(opening: tuple[datetime, datetime]) -> bool:
    """False where a leap of the clock swallows a short opening."""
    opens, closes = opening
    return opens < closes
