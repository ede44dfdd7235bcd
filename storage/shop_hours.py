"""The opening hours of the shop file: days and ranges of days, their spans, exceptions by date or every year."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from core.hours import ALL_WEEK, DAYS, MIDNIGHT, Day, Hours, MonthDay, span
from storage.shop_nodes import Entries, Place, did_you_mean

EXCEPTIONS = "exceptions"
CLOSED = "closed"
LONGEST_HOLIDAY_DAYS = 366
SHORT_DAYS = tuple(day[:3] for day in DAYS)
EVERY_YEAR = re.compile(r"([0-9]{1,2})-([0-9]{1,2})")
LEAP_YEAR = 2024
"""Has all the days that a year may have."""


def read_hours(place: Place, timezone: str) -> Hours:
    """Days that are not named are closed; without any days the shop is always open."""
    week: dict[int, Day] = {}
    for key, hours in place.entries():
        if key != EXCEPTIONS:
            spans = _spans(hours)
            for day in _days(key, hours):
                if day in week:
                    hours.fault(f"{DAYS[day]} has hours already", "name each day once")
                week[day] = spans
    days = tuple(week.get(day, ()) for day in range(len(DAYS))) if week else ALL_WEEK
    return Hours(ZoneInfo(timezone), days, *_exceptions(place[EXCEPTIONS]))


def read_available(place: Place, shop: Hours) -> Hours | None:
    """When a part of the menu is served: written like the opening hours, or spans alone for every day."""
    if not place.given:
        return None
    known = len(place.notes.faults)
    if isinstance(place.node, Entries):
        served = read_hours(place, shop.zone.key)
    else:
        served = Hours(shop.zone, (_spans(place),) * len(DAYS))
    if len(place.notes.faults) > known:
        return served
    if not any((*served.week, *served.exceptions.values(), *served.yearly.values())):
        place.fault("is never", 'write when it is served, such as "11:30-14:30", or take it off the menu')
    elif not _ever_both(shop, served):
        place.warn("is never while the shop is open", "write times that lie within its hours")
    return served


def _ever_both(one: Hours, other: Hours) -> bool:
    """Whether both are open at some time of the week; exceptions may always bring that about."""
    if any((one.exceptions, one.yearly, other.exceptions, other.yearly)):
        return True
    week = len(DAYS) * MIDNIGHT
    return any(
        first < until + shift and begins + shift < last
        for first, last in _in_week(one)
        for begins, until in _in_week(other)
        for shift in (-week, 0, week)
    )


def _in_week(hours: Hours) -> list[tuple[int, int]]:
    """The spans in minutes since Monday began."""
    return [
        (day * MIDNIGHT + one.opens, day * MIDNIGHT + one.closes) for day, all_ in enumerate(hours.week) for one in all_
    ]


def _exceptions(place: Place) -> tuple[dict[date, Day], dict[MonthDay, Day]]:
    """Those of single dates, and those of every year."""
    dates: dict[date, Day] = {}
    yearly: dict[MonthDay, Day] = {}
    for key, hours in place.entries():
        spans = _spans(hours)
        if EVERY_YEAR.fullmatch(key.partition(" to ")[0].strip()):
            yearly.update((day, spans) for day in _month_days(key, hours))
        else:
            dates.update((day, spans) for day in _dates(key, hours))
    return dates, yearly


def _days(key: str, place: Place) -> tuple[int, ...]:
    """ "mon", "Monday" or "tue-fri" as numbers from 0; a range may go past Sunday."""
    first, _, last = (word.strip().casefold() for word in key.partition("-"))
    numbers = [_day(word) for word in (first, last or first)]
    if None in numbers:
        wrong = key if not last else first if numbers[0] is None else last
        known = (*SHORT_DAYS, *DAYS, EXCEPTIONS)
        place.fault(f"{wrong!r} is no day", did_you_mean(wrong, known, "write mon, tue-fri or exceptions"))
        return ()
    begin, end = (number or 0 for number in numbers)
    return tuple((begin + step) % len(DAYS) for step in range((end - begin) % len(DAYS) + 1))


def _day(word: str) -> int | None:
    for names in (DAYS, SHORT_DAYS):
        if word in names:
            return names.index(word)
    return None


def _month_days(key: str, place: Place) -> Iterator[MonthDay]:
    """ "12-25", or "12-24 to 01-06" with both ends: past the end of the year it goes on at its beginning."""
    first, _, last = (word.strip() for word in key.partition(" to "))
    found = [EVERY_YEAR.fullmatch(word) for word in (first, last or first)]
    try:
        begin, end = (date(LEAP_YEAR, int(each[1]), int(each[2])) for each in found if each)
    except ValueError:
        place.fault(f"{key!r} is no day of the year", 'write month and day like 12-25, or "12-24 to 12-26"')
        return
    new_year, length = date(LEAP_YEAR, 1, 1), 366
    for step in range((end - begin).days % length + 1):
        day = new_year + timedelta(days=((begin - new_year).days + step) % length)
        yield day.month, day.day


def _dates(key: str, place: Place) -> Iterator[date]:
    """ "2026-12-24", or "2026-08-10 to 2026-08-24" with both ends."""
    first, _, last = (word.strip() for word in key.partition(" to "))
    try:
        begin, end = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        place.fault(f"{key!r} is no date", 'write 2026-12-24, "2026-08-10 to 2026-08-24", or 12-25 for every year')
        return
    days = (end - begin).days + 1
    if not 1 <= days <= LONGEST_HOLIDAY_DAYS:
        place.fault(f"{key!r} is no range of days", "put the earlier date first, and not more than a year between")
        return
    yield from (begin + timedelta(days=day) for day in range(days))


def _spans(place: Place) -> Day:
    spans = []
    for words in place.words():
        if words.casefold() == CLOSED:
            continue
        try:
            spans.append(span(words))
        except ValueError as problem:
            place.fault(str(problem), 'write hours like "11:30-14:30", a list of them, or closed')
    if any(earlier.closes > later.opens for earlier, later in pairwise(sorted(spans))):
        place.fault("the hours overlap", "let each span begin after the one before has ended")
    return tuple(sorted(spans))
