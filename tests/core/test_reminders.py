"""When the staff is reminded of an order that waits for its answer."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.hours import Hours, span
from core.reminders import reminders
from tests.core.shop_of_tests import draft, line, shop

ROME = ZoneInfo("Europe/Rome")
BY_DAY = Hours(ROME, tuple((span("11:30-22:00"),) for _ in range(7)))


def at(written: str) -> datetime:
    """ "20 13:00": this hour of a day in November, in the shop."""
    return datetime.strptime(f"2026-11-{written}", "%Y-%m-%d %H:%M").replace(tzinfo=ROME)


@pytest.mark.parametrize(
    ("since", "wished", "expected"),
    [
        ("20 13:00", None, ["20 13:05"]),
        ("20 23:00", None, ["21 11:35"]),
        ("20 13:00", "20 13:40", ["20 13:05"]),
        ("20 13:00", "20 19:00", ["20 13:05", "20 18:05"]),
        ("20 21:00", "21 11:30", ["20 21:05", "21 11:00", "21 11:35"]),
        ("20 23:00", "21 11:30", ["21 11:00", "21 11:35"]),
        ("20 13:00", "24 18:00", ["20 13:05", "21 13:05"]),
    ],
)
def test_an_order_for_later_has_its_last_chance_before_it_is_due(since, wished, expected):
    order = replace(draft(line("pizza", 1)), wished=at(wished) if wished else None)

    told = reminders(order, replace(shop(), hours=BY_DAY), at(since))

    assert list(told) == [at(each) for each in expected]


def test_no_reminder_comes_before_the_waiting_began_and_none_behind_the_last():
    for hours in range(1, 72):
        order = replace(draft(line("pizza", 1)), wished=at("20 13:00") + timedelta(hours=hours))
        told = reminders(order, replace(shop(), hours=BY_DAY), at("20 13:00"))
        assert list(told) == sorted(set(told))
        assert told[0] == at("20 13:05")
        assert told[-1] <= at("21 13:05")
