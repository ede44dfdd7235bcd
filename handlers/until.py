"""How long, and until when: the times that the staff writes behind a command."""

import re
from datetime import datetime, timedelta

from core.errors import NotUnderstoodCommand
from handlers.desk import Desk
from handlers.reading.times import TimeRead, read_time

AMOUNT = r"(?:for\s+|für\s+)?(-?[0-9]+)\s*(m|mins?|minutes?|minuten?|h|hrs?|hours?|std|stunden?|d|days?|tage?)"
LENGTH = re.compile(AMOUNT, re.IGNORECASE)
END = re.compile(r"(?:until|till|til|bis)\s+(.+)", re.IGNORECASE)
MINUTES = {"m": 1, "h": 60, "s": 60, "d": 24 * 60, "t": 24 * 60}
"""By the first letter of the unit."""
LONGEST = 366 * 24 * 60
"""Minutes: more is a mistake."""


def read_length(words: str) -> timedelta | None:
    """ "30m", "2 hours", "for 3 days", "2 Stunden"; None for what is no length, or none of any length."""
    found = LENGTH.fullmatch(words.strip())
    minutes = minutes_of(found[1], found[2]) if found else 0
    return timedelta(minutes=minutes) if 0 < minutes <= LONGEST else None


def minutes_of(number: str, unit: str) -> int:
    return int(number) * MINUTES[unit[0].casefold()]


def read_end(desk: Desk, words: str, usage: str) -> datetime | None:
    """When "until 18:00" or "bis morgen" ends; None where nothing says until.

    Raises NotUnderstoodCommand for what is no time to come.
    """
    found = END.fullmatch(words.strip())
    return time_to_come(desk, found[1], usage) if found else None


def time_to_come(desk: Desk, words: str, usage: str) -> datetime:
    """A day means its opening. Raises NotUnderstoodCommand for what is no time to come."""
    read = read_at(desk, words, desk.now)
    if read.wished is not None:
        return read.wished
    morning = desk.now.astimezone(desk.shop.zone).replace(hour=0, minute=0)
    if read.day is not None and read.day > morning.date():
        return desk.shop.hours.begins(read.day, after=desk.now)
    if read.is_weekday and read.day == morning.date():
        # Said on a Sunday, "until Sunday" is the next one.
        return desk.shop.hours.begins(read.day + timedelta(weeks=1), after=desk.now)
    is_over = read.over is not None or read.day is not None or read_at(desk, words, morning).wished is not None
    raise NotUnderstoodCommand(usage=usage, what="over" if is_over else words)


def read_at(desk: Desk, words: str, now: datetime) -> TimeRead:
    """The time in these words, in the languages of the staff."""
    return read_time(words, now, desk.shop.zone, desk.house.reading_languages(desk.shop.languages[0]))
