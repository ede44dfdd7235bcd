"""The day that words together come to: "next Friday", "Friday 27 November", "Tuesday week", "in ten days"."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from core.frozen import frozen
from handlers.reading.day_words import NO_DAY_ALONE, DayWord, day_words, hour_follows
from handlers.reading.texts import Text
from handlers.reading.time_words import DAY_MINUTES, Span, Told, meaning_of, number_of

WEEK = 7
SOON_DAYS = 1
"""Nobody calls tomorrow, or today, "next Friday": the one in a week is meant."""
AFTER_NEXT = 2
PAST_DAYS = 90
"""A date without a year that was so lately is over; one further back is next year's."""
YEARS = (-1, 0, 1)
MONTHS_AHEAD = 3
CENTURY = 2000


@frozen
class Day:
    """A day as said; None if the calendar has no such day, or its words contradict each other."""

    day: date | None
    spans: tuple[Span, ...]
    is_weekday: bool = False
    """Said by its weekday alone: it comes again in a week."""

    @property
    def span(self) -> Span:
        return self.spans[0][0], self.spans[-1][1]


def find_day(text: Text, told: Told, today: date, languages: tuple[str, ...], hour: Span | None = None) -> Day | None:
    """The first day that the text names; an `hour` may stand among its words. "Next week" alone is no day."""
    vague: Day | None = None
    for group in day_words(text, told, languages, hour):
        said = {word.kind: word.found for word in group}
        spans = tuple(word.span for word in group)
        if said.keys() <= NO_DAY_ALONE:
            vague = vague or Day(None, spans)
            continue
        day = _Calendar(today, languages).day(said)
        is_weekday = said.keys() == {"weekday"} and day == _Calendar(today, languages).coming(said["weekday"])
        return Day(day, _without_tail(group, day), is_weekday=is_weekday)
    return vague


def _without_tail(group: Sequence[DayWord], day: date | None) -> tuple[Span, ...]:
    """A number behind a weekday that is not its date ("Friday 20") is left for others."""
    return tuple(
        (word.span[0], word.found.start("tail")) if _is_other(word.found, day) else word.span for word in group
    )


def _is_other(found: re.Match[str], day: date | None) -> bool:
    return bool(found["tail"]) and day is not None and day.day != int(found["nth3"])


@frozen
class _Calendar:
    """What words mean that are said today."""

    today: date
    languages: tuple[str, ...]

    def day(self, said: dict[str, re.Match[str]]) -> date | None:
        """None where the words contradict each other, or there is no such day."""
        weekday = self.number(said["weekday"]) if "weekday" in said else None
        dates = self.dates(said)
        if dates is not None:
            fitting = [day for day in dates if weekday in {None, day.weekday()}]
            near = self.near(said)
            return next((day for day in fitting if near in {None, day}), None)
        if weekday is None:
            near = self.near(said)
            return None if near is None else near + self.weeks(said)
        return self.of_weekday(said, weekday)

    def of_weekday(self, said: dict[str, re.Match[str]], weekday: int) -> date | None:
        ahead, found = self.ahead(said), said["weekday"]
        if "near" in said:
            near = self.near(said)
            return near if near is not None and near.weekday() == weekday else None
        if "week" in said:
            weeks = int(self.meaning("week_words", said["week"]["week"]))
            monday = self.today - timedelta(days=self.today.weekday())
            return self.coming(found) if not weeks else monday + timedelta(days=weekday, weeks=weeks)
        coming = self.coming(found) + self.weeks(said)
        # "Freitag in acht Tagen" is in a week.
        if ahead % WEEK in {0, 1}:
            coming += timedelta(days=ahead - ahead % WEEK)
        elif (self.today + timedelta(days=ahead)).weekday() != weekday:
            return None
        return coming if found["tail"] is None else self.with_number(found, coming, weekday)

    def with_number(self, found: re.Match[str], coming: date, weekday: int) -> date | None:
        """ "Friday 27th": the date that is such a day; None for "Friday 28th". "Friday 8" need be no date."""
        fitting = (day for day in self.months(int(found["nth3"])) if day.weekday() == weekday)
        is_date = found["dot3"] or hour_follows(self.languages).match(found.string, found.end())
        return next(fitting, None if is_date else coming)

    def coming(self, found: re.Match[str]) -> date:
        """The weekday that comes next, with "next" not today's and not tomorrow's."""
        ahead = (self.number(found) - self.today.weekday()) % WEEK
        how = [
            int(self.meaning(key, found[group]))
            for group, key in (("led", "next_led"), ("next", "next_behind"))
            if found[group]
        ]
        if how and (ahead == 0 or (how[0] and ahead <= SOON_DAYS)):
            ahead += WEEK
        return self.today + timedelta(days=ahead, weeks=1 if AFTER_NEXT in how else 0)

    def number(self, found: re.Match[str]) -> int:
        groups = (("name", "weekdays"), ("brief", "weekday_short"), ("vague", "weekday_vague"))
        return next(int(self.meaning(key, found[group])) for group, key in groups if found[group])

    def near(self, said: dict[str, re.Match[str]]) -> date | None:
        """Today, tomorrow, in so many days; None where nothing like it is said."""
        if "near" not in said and "ahead" not in said:
            return None
        days = int(self.meaning("days", said["near"]["near"])) if "near" in said else 0
        ahead = self.ahead(said)
        return None if "ahead" in said and not ahead else self.today + timedelta(days=days + ahead)

    def ahead(self, said: dict[str, re.Match[str]]) -> int:
        """How many days "in ten days" is; 0 where that is no number: "in some days"."""
        found = said.get("ahead")
        if found is None:
            return 0
        if found["whole"]:
            return int(self.meaning("spans", found["whole"])) // DAY_MINUTES
        count = number_of(found["number"], self.languages) or 0
        return count * int(self.meaning("units", found["unit"])) // DAY_MINUTES

    def weeks(self, said: dict[str, re.Match[str]]) -> timedelta:
        found = said.get("weeks")
        if found is None:
            return timedelta()
        key = "weeks_before" if found["weeks_before"] else "weeks_behind"
        return timedelta(weeks=int(self.meaning(key, found[key])))

    def meaning(self, key: str, word: str) -> int | str:
        return meaning_of(key, word, self.languages)

    def dates(self, said: dict[str, re.Match[str]]) -> list[date] | None:
        """The dates that a date may be; None where none is said."""
        if "nth" in said:
            return self.months(int(said["nth"]["nth"] or said["nth"]["nth2"]))
        found = said.get("date")
        if found is None:
            return None
        if found["iso"]:
            year, month, day = (int(part) for part in found["iso"].split("-"))
        elif found["dated"] or found["named"]:
            number, year = found["day"] or found["day2"], int(found["year"] or found["year2"] or 0)
            day = int(number) if number.isdecimal() else int(self.meaning("firsts", number))
            month = int(self.meaning("months", found["month"] or found["month2"]))
        else:
            day, month, year = (*map(int, re.findall(r"\d+", found["dotted"] or found["slashed"])), 0)[:3]
            # Some write the month first.
            day, month = (month, day) if month > 12 >= day else (day, month)
        return self.of_years(year, month, day)

    def of_years(self, year: int, month: int, day: int) -> list[date]:
        years = [year if year >= CENTURY else year + CENTURY] if year else [self.today.year + each for each in YEARS]
        first = date.min if year else self.today - timedelta(days=PAST_DAYS)
        found = (_made(each, month, day) for each in years)
        return [one for one in found if one is not None and one >= first][:1]

    def months(self, number: int) -> list[date]:
        """The next days of this number, of this month and those that follow."""
        firsts = [self.today.month - 1 + each for each in range(MONTHS_AHEAD)]
        found = [_made(self.today.year + month // 12, month % 12 + 1, number) for month in firsts]
        return [day for day in found if day is not None and day >= self.today]


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
