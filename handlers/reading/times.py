"""When an order is wanted: "at 7", "tomorrow at noon", "in half an hour", "um halb acht", "Friday"."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.frozen import frozen
from handlers.reading.clock_words import Clock, find_clock, time_ends
from handlers.reading.days import Day, find_day
from handlers.reading.texts import Text
from handlers.reading.time_words import DAY_MINUTES, NOON, Delay, Span, Told, find_delay, find_part, told_in
from handlers.reading.wordings import with_lists, wordings

FIRST_HOUR, LAST_HOUR = 9, 22
"""Where an hour may mean morning or evening, the one in which shops are open is meant."""
FARTHEST_DAYS = 366
_BESIDE = re.compile(r"[\s,(]{0,3}")


@frozen
class TimeRead:
    """What a text says about time. `wished` is aware, in the shop's zone; `day` stands alone without an hour.

    `spans` are the places that were read; `refused` the words of a time that is past or does not exist.
    """

    wished: datetime | None = None
    day: date | None = None
    asap: bool = False
    spans: tuple[Span, ...] = ()
    refused: tuple[str, ...] = ()
    over: datetime | None = None
    """The time that is past."""
    bounds: str = ""
    """The words of a time that is the first or the last that will do: "2 pm at the latest", "between 6 and 6.30"."""
    is_weekday: bool = False
    """The day was said by its weekday alone."""


def read_time(
    text: str, now: datetime, zone: ZoneInfo, languages: tuple[str, ...], before: datetime | None = None
) -> TimeRead:
    """The first time that the text names, seen from `now` (aware).

    `before` was wished so far: another hour is one of its day, another day has its hour.
    """
    text, codes = Text.of(text), with_lists(languages)
    asap = wordings("times", "asap", codes).search(text)
    if asap:
        return TimeRead(asap=True, spans=(asap.span(),))
    told = told_in(text, codes)
    if not told and not text.has_digit:
        return TimeRead()
    local = now.astimezone(zone)
    before = before.astimezone(zone) if before is not None and before > now else None
    delay = find_delay(text, told, codes)
    if delay is not None:
        return _after(delay, local, text)
    given_up, same = _given_up(text, told, codes), _same_hour(text, codes) if before else ()
    named = Text.of(_without(text, (*given_up, *same))) if given_up or same else text
    clock = find_clock(named, told, codes)
    day = find_day(named, told, local.date(), codes, clock.span if clock else None)
    told_spans = [*(day.spans if day else ()), *([clock.span] if clock else ())]
    part = find_part(named, told, codes, beside=told_spans)
    told_spans += [part.span] if part else []
    if not (told_spans or same):
        return TimeRead(spans=tuple(given_up), refused=tuple(text[slice(*span)].strip() for span in given_up))
    limits = [found.span() for found in _limits(named, clock, codes)]
    spans = tuple(sorted((*told_spans, *given_up, *same, *limits)))
    read = (
        before if before and not told_spans else _put_together(day, clock, part.part if part else None, local, before)
    )
    if read is None:
        over = _over(day, clock, part.part if part else None, local)
        refused = tuple(text[start:end].strip() for start, end in _joined(spans))
        return TimeRead(spans=spans, refused=refused, over=over)
    other = _other_day(named, day, told, local.date(), codes, spans)
    return TimeRead(
        wished=read if isinstance(read, datetime) else None,
        day=_only_day(read),
        spans=tuple(sorted((*spans, *other))),
        refused=tuple(text[start:end].strip() for start, end in other),
        bounds=_bounds(text, clock, limits),
        is_weekday=day is not None and day.is_weekday,
    )


def _limits(text: Text, clock: Clock | None, codes: tuple[str, ...]) -> list[re.Match[str]]:
    """ "Not before", "at the latest", right before or behind the hour."""
    if clock is None:
        return []
    said = wordings("times", "limits", codes).finditer(text)
    start, end = clock.span
    return [one for one in said if _BESIDE.fullmatch(text[min(one.end(), end) : max(start, one.start())])]


def _bounds(text: str, clock: Clock | None, limits: Sequence[Span]) -> str:
    if clock is None or not (limits or clock.is_window):
        return ""
    spans = (clock.span, *limits)
    return text[min(start for start, _ in spans) : max(end for _, end in spans)].strip()


def _over(day: Day | None, clock: Clock | None, part: str | None, local: datetime) -> datetime | None:
    """What was said, where it is past; None where there is no such time at all."""
    if day is not None and day.day is None:
        return None
    wanted = day.day if day and day.day else local.date()
    if clock is None:
        clock = Clock(NOON, 0, exact=True, span=(0, 0))
    at = _at(wanted, clock, part, local) if _is_hour(clock) else []
    return max((one for one in at if one <= local), default=None)


def _other_day(
    text: Text, day: Day | None, told: Told, today: date, codes: tuple[str, ...], spans: tuple[Span, ...]
) -> list[Span]:
    """ "… today at seven, and tomorrow at noon …": an order has one time, and the other is said to be left."""
    if day is None:
        return []
    other = find_day(Text.of(_without(text, day.spans)), told, today, codes)
    if other is None or other.day in {None, day.day}:
        return []
    end = time_ends(text, told, other.span[0], codes) or other.span[1]
    is_read = any(start < end and other.span[1] < stop for start, stop in spans)
    return [other.span if is_read else (other.span[0], end)]


def _given_up(text: Text, told: Told, codes: tuple[str, ...]) -> list[Span]:
    """Where a time is named that is none any more: "instead of Saturday", "not today", "statt um acht"."""
    spans = []
    for lead in wordings("times", "gives_up", codes).finditer(text):
        is_bound = wordings("times", "bounds", codes).match(text, lead.end() + 1)
        end = None if is_bound else time_ends(text, told, lead.end(), codes)
        spans += [(lead.start(), end)] if end else []
    return [*spans, *_not_possible(text, codes)]


def _not_possible(text: Text, codes: tuple[str, ...]) -> list[Span]:
    """ "12:30 schaffe ich nicht", "half past two doesn't work": the hour before such words."""
    spans = []
    for behind in wordings("times", "given_up_behind", codes).finditer(text):
        start = max(text.rfind(mark, 0, behind.start()) + 1 for mark in (",", ";", "!", "?", "\n", ". "))
        said = Text.of(text[start : behind.start()].rstrip())
        clock = find_clock(said, told_in(said, codes), codes)
        spans += [(start + clock.span[0], behind.end())] if clock and clock.span[1] == len(said) else []
    return spans


def _same_hour(text: Text, codes: tuple[str, ...]) -> list[Span]:
    return [found.span() for found in wordings("times", "same_hour", codes).finditer(text)]


def _without(text: str, spans: Iterable[Span]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _after(delay: Delay, local: datetime, text: str) -> TimeRead:
    """Whole minutes; added in UTC, for on the night of the clock change twenty minutes are still twenty minutes."""
    if not 0 < delay.minutes <= FARTHEST_DAYS * DAY_MINUTES:
        return TimeRead(spans=(delay.span,), refused=(text[slice(*delay.span)],))
    exact = local.astimezone(UTC) + timedelta(minutes=delay.minutes, seconds=59)
    at = exact.replace(second=0, microsecond=0).astimezone(local.tzinfo)
    return TimeRead(wished=at, spans=(delay.span,))


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


def _put_together(
    day: Day | None, clock: Clock | None, part: str | None, local: datetime, before: datetime | None
) -> datetime | date | None:
    """The datetime or day that is meant; None if it is past or there is no such time."""
    if day is not None and day.day is None:
        return None
    chosen = day.day if day else None
    if before is not None:
        kept = _beside(before, chosen, clock, part, local)
        if kept is not None:
            return kept
    if clock is None:
        if part == "noon":
            clock = Clock(NOON, 0, exact=True, span=(0, 0))
        else:
            wanted = chosen or local.date()
            return wanted if local.date() <= wanted <= local.date() + timedelta(days=FARTHEST_DAYS) else None
    if clock.hour > 24 or clock.minute > 59 or (clock.hour == 24 and clock.minute):
        return None
    days = _days(chosen, local.date(), clock, part, weekly=bool(day and day.is_weekday))
    return next((at for each in days for at in _at(each, clock, part, local) if at > local), None)


def _beside(
    before: datetime, chosen: date | None, clock: Clock | None, part: str | None, local: datetime
) -> datetime | None:
    """The time with what it keeps of the one before; None where it keeps nothing of it."""
    if chosen is None and clock is not None and _is_hour(clock):
        at = [one for one in _at(before.date(), clock, part, local) if one > local]
        return min(at, key=lambda one: abs(one - before), default=None)
    if chosen is not None and clock is None and part is None:
        hour = Clock(before.hour, before.minute, exact=True, span=(0, 0))
        return next((one for one in _at(chosen, hour, None, local) if one > local), None)
    return None


def _is_hour(clock: Clock) -> bool:
    return clock.hour < 24 and clock.minute < 60


def _days(chosen: date | None, today: date, clock: Clock, part: str | None, *, weekly: bool) -> list[date]:
    """The days to try, in their order."""
    if chosen is not None:
        return [chosen, chosen + timedelta(days=7)] if weekly and chosen == today else [chosen]
    # "for 8am", written in the evening, means the next morning; a time of this evening that is over is a mistake.
    rolls = part is None and (not clock.exact or clock.hour < NOON)
    return [today, today + timedelta(days=1)] if rolls else [today]


def _at(day: date, clock: Clock, part: str | None, local: datetime) -> list[datetime]:
    """What the hour may mean on this day, earliest first, without times that the clock change leaves out."""
    found = []
    for hour in _hours(clock, part):
        naive = datetime.combine(day + timedelta(days=hour // 24), time(hour % 24, clock.minute))
        aware = naive.replace(tzinfo=local.tzinfo)
        if aware.astimezone(UTC).astimezone(local.tzinfo).replace(tzinfo=None) == naive:
            found.append(aware)
    return found


def _hours(clock: Clock, part: str | None) -> list[int]:
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
