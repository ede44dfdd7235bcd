"""The nights on which clocks change, as the zones themselves know them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Africa/Cairo")
"""Lord Howe moves by half an hour, Santiago and Cairo at midnight."""

FIRST, DAYS = datetime(2026, 1, 1, tzinfo=UTC), 5 * 365 + 1
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def _changes(name: str) -> Iterator[datetime]:
    for day in (FIRST + DAY * number for number in range(DAYS)):
        if _differs(name, day, DAY):
            yield from (hour for hour in (day + HOUR * number for number in range(24)) if _differs(name, hour, HOUR))


def _differs(name: str, at: datetime, later: timedelta) -> bool:
    zone = ZoneInfo(name)
    return at.astimezone(zone).utcoffset() != (at + later).astimezone(zone).utcoffset()


CLOCK_CHANGES = [(name, hour) for name in ZONES for hour in _changes(name)]
"""Zones, each with the hours from 2026 to 2030 after which its clock stands differently."""
