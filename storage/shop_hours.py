"""The opening hours of the shop file: days and ranges of days, their spans, exceptions by date."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from core.hours import ALL_WEEK, DAYS, Day, Hours, span
from storage.shop_nodes import Place, did_you_mean

EXCEPTIONS = "exceptions"
CLOSED = "closed"
LONGEST_HOLIDAY_DAYS = 366
SHORT_DAYS = tuple(day[:3] for day in DAYS)


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
    exceptions: dict[date, Day] = {}
    for key, hours in place[EXCEPTIONS].entries():
        spans = _spans(hours)
        exceptions.update((day, spans) for day in _dates(key, hours))
    days = tuple(week.get(day, ()) for day in range(len(DAYS))) if week else ALL_WEEK
    return Hours(ZoneInfo(timezone), days, exceptions)


def _days(key: str, place: Place) -> tuple[int, ...]:
    """ "mon", "Monday" or "tue-fri" as numbers from 0; a range may go past Sunday."""
    first, _, last = (word.strip().casefold() for word in key.partition("-"))
    numbers = [_day(word) for word in (first, last or first)]
    if None in numbers:
        known = (*DAYS, *SHORT_DAYS, EXCEPTIONS)
        place.fault(f"{key!r} is no day", did_you_mean(key, known, "write mon, tue-fri or exceptions"))
        return ()
    begin, end = (number or 0 for number in numbers)
    return tuple((begin + step) % len(DAYS) for step in range((end - begin) % len(DAYS) + 1))


def _day(word: str) -> int | None:
    for names in (DAYS, SHORT_DAYS):
        if word in names:
            return names.index(word)
    return None


def _dates(key: str, place: Place) -> Iterator[date]:
    """ "2026-12-24", or "2026-08-10 to 2026-08-24" with both ends."""
    first, _, last = (word.strip() for word in key.partition(" to "))
    try:
        begin, end = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        place.fault(f"{key!r} is no date", 'write it like 2026-12-24, or "2026-08-10 to 2026-08-24"')
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
