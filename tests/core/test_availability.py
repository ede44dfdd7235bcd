"""What can be had at a time: sold out, served at certain hours, so many a day; over every night with another clock."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.availability import Availability, OffMenu, Why
from core.hours import Hours, span
from core.menu import Amount, Choose, Chosen, Halves, OptionGroup, OptionValue, Product
from tests.clock_changes import CLOCK_CHANGES

ROME = ZoneInfo("Europe/Rome")
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=ROME)
LATER = NOON + timedelta(hours=2)


def every_day(*spans: str, zone: ZoneInfo = ROME) -> Hours:
    return Hours(zone, (tuple(span(each) for each in spans),) * 7)


def option(value: str) -> OptionValue:
    return OptionValue(value, {"en": value})


SIZE = OptionGroup("size", {"en": "Size"}, Choose.ONE, (option("medium"), option("large")), default="medium")
TOPPING = OptionGroup("topping", {"en": "Topping"}, Choose.MANY, (option("onions"), option("mushrooms")))
PIZZA = Product("margherita", {"en": "Margherita"}, 850, "pizza", options=(SIZE, TOPPING))
COKE = Product("coke", {"en": "Coke"}, 250, "drinks")
LARGE, MUSHROOMS = Chosen("size", "large"), Chosen("topping", "mushrooms")
NO_MUSHROOMS = Chosen("topping", "mushrooms", Amount.NONE)


def off(**what: Any) -> Availability:
    return Availability(every_day("11:30-23:00"), (OffMenu(LATER, **what),))


HALVES = tuple(OptionGroup(name, {"en": name}, Choose.ONE, (option("margherita"),)) for name in ("half1", "half2"))
DUETTO = Product("duetto", {"en": "Duetto"}, 50, "mixed", options=(SIZE,), halves=Halves((HALVES[0], HALVES[1])))
HALF, LARGE_DUETTO = Chosen("half2", "margherita"), Chosen("size", "large")


@pytest.mark.parametrize(
    ("what", "product", "chosen", "why"),
    [
        ({"sku": "margherita"}, DUETTO, (HALF,), Why.OPTION_SOLD_OUT),
        ({"sku": "margherita"}, DUETTO, (LARGE_DUETTO,), None),
        ({"sku": "margherita", "value": "medium"}, DUETTO, (HALF,), None),
        ({"sku": "coke"}, COKE, (), Why.SOLD_OUT),
        ({"sku": "coke"}, PIZZA, (), None),
        ({"category": "pizza"}, PIZZA, (), Why.SOLD_OUT),
        ({"category": "pizza"}, COKE, (), None),
        ({"value": "mushrooms"}, PIZZA, (MUSHROOMS,), Why.OPTION_SOLD_OUT),
        ({"value": "mushrooms"}, PIZZA, (NO_MUSHROOMS,), None),
        ({"value": "mushrooms"}, PIZZA, (), None),
        ({"category": "pizza", "value": "large"}, PIZZA, (LARGE,), Why.OPTION_SOLD_OUT),
        ({"category": "drinks", "value": "large"}, PIZZA, (LARGE,), None),
        ({"sku": "margherita", "value": "medium"}, PIZZA, (), Why.OPTION_SOLD_OUT),
        ({"sku": "margherita", "value": "medium"}, PIZZA, (LARGE,), None),
    ],
)
def test_what_the_staff_took_off_is_off_and_nothing_else(what, product, chosen, why):
    reason = off(**what).why_not(product, chosen, NOON)

    assert (reason and reason.why) == why
    assert reason is None or reason.back == LATER


@given(st.integers(min_value=-300, max_value=300))
def test_what_is_sold_out_until_a_time_comes_back_by_itself(minutes):
    at = LATER + timedelta(minutes=minutes)

    assert (off(sku="coke").why_not(COKE, (), at) is None) == (minutes >= 0)


def test_a_day_that_has_none_left_says_so_and_the_next_has_all_again():
    pie = Product("pie", {"en": "Pie"}, 500, daily=3)
    now = Availability(every_day("18:00-02:00"), taken={("pie", date(2026, 11, 20)): 2})
    evening, night = NOON.replace(hour=20), NOON.replace(day=21, hour=1)

    assert now.why_not(pie, (), evening) is None
    assert now.why_not(pie, (), night, quantity=2).left == 1
    assert now.why_not(pie, (), night, quantity=2).back == NOON.replace(day=21, hour=18)
    assert now.why_not(pie, (), NOON.replace(day=21, hour=20), quantity=3) is None


def test_an_empty_shelf_is_known_where_it_was_looked_at():
    now = Availability(every_day("11:30-23:00"), empty=frozenset({"coke"}))

    assert now.why_not(COKE, (), NOON).why is Why.EMPTY
    assert now.why_not(PIZZA, (), NOON) is None


# Nights when the clocks change


@pytest.mark.parametrize(("name", "change"), CLOCK_CHANGES)
def test_every_night_with_another_clock_tells_the_truth_each_quarter_of_an_hour(name, change):
    zone = ZoneInfo(name)
    shop = every_day("11:30-14:30", "18:00-04:00", zone=zone)
    night = replace(PIZZA, hours=every_day("22:00-02:30", zone=zone), daily=1)
    full = {("margherita", shop.business_day(change)): 1}
    quarters = [change + timedelta(minutes=15 * step) for step in range(-120, 121)]

    for at in quarters:
        served = shop.is_open(at) and night.hours.is_open(at)
        reason = Availability(shop).why_not(night, (), at)
        if not night.hours.is_open(at):
            assert reason.why is Why.NOT_SERVED
            back = reason.back
            assert back is not None
            assert back > at
            assert Availability(shop).why_not(night, (), back) is None
            assert not any(shop.is_open(each) and night.hours.is_open(each) for each in quarters if at < each < back)
        else:
            assert served
            assert reason is None
            is_that_night = shop.business_day(at) == shop.business_day(change)
            reason = Availability(shop, taken=full).why_not(night, (), at)
            assert (reason is not None) == is_that_night
            assert reason is None or reason.back == shop.next_business_day(at)


@pytest.mark.parametrize(("name", "change"), CLOCK_CHANGES)
def test_every_night_with_another_clock_has_one_day_of_business_after_the_other(name, change):
    hours = every_day("11:30-14:30", "18:00-04:00", zone=ZoneInfo(name))
    quarters = [change + timedelta(minutes=15 * step) for step in range(-200, 201)]
    days = [hours.business_day(at) for at in quarters]

    assert days == sorted(days)
    for at, day in zip(quarters, days, strict=True):
        opens = hours.next_business_day(at)
        assert hours.business_day(opens) == day + timedelta(days=1)
        assert opens.astimezone(hours.zone).strftime("%H:%M") == "11:30"
