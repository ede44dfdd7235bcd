"""Menus by time of day, numbers a day and days of every year in the shop file; and their faults."""

from datetime import date

import pytest

from core.hours import ALL_WEEK, span
from core.shop_diff import menu_diff
from storage.shop_file import ShopFileError, parse_shop

SHOP = """
shop: {name: Corner Café, currency: EUR, timezone: Europe/Rome}
hours:
  mon-sun: "08:00-22:00"
  exceptions: %s
categories:
  - {category: lunch, available: {mon-fri: ["11:30-14:30", "17:00-18:00"]}}
  - {category: night}
catalogue:
  - {sku: soup, name: Soup, category: lunch, price: "5.00", daily: 20}
  - {sku: pie, name: Pie, category: lunch, price: "5.00", available: "12:00-13:00"}
  - {sku: gin, name: Gin, category: night, price: "7.00", available: ["21:00-02:00"]}
  - {sku: asparagus, name: Asparagus, price: "14.00", available: {exceptions: {06-25 to 04-14: closed}}}
  - {sku: tea, name: Tea, price: "2.00"}
"""


def shop(exceptions="{12-25: closed}"):
    return parse_shop((SHOP % exceptions).encode())


def fault(exceptions="{12-25: closed}", old="", new=""):
    with pytest.raises(ShopFileError) as raised:
        parse_shop((SHOP % exceptions).replace(old, new).encode())
    return str(raised.value)


def test_a_product_is_served_as_its_category_unless_it_has_hours_of_its_own():
    by_sku = shop().menu.by_sku

    assert by_sku["soup"].hours.week[0] == (span("11:30-14:30"), span("17:00-18:00"))
    assert by_sku["soup"].hours.week[6] == ()
    assert by_sku["pie"].hours.week == ((span("12:00-13:00"),),) * 7
    assert by_sku["gin"].hours.week[2] == (span("21:00-02:00"),)
    assert by_sku["tea"].hours is None
    assert (by_sku["soup"].daily, by_sku["pie"].daily) == (20, None)
    assert shop().menu.has_daily_limits


def test_a_season_is_a_range_of_every_year_that_goes_past_its_end():
    season = shop().menu.by_sku["asparagus"].hours

    assert season.week == ALL_WEEK
    assert [season.on(date(2027, *day)) == () for day in ((4, 14), (4, 15), (6, 24), (6, 25), (12, 31), (1, 1))] == [
        True, False, False, True, True, True,
    ]  # fmt: skip


def test_days_of_every_year_are_single_or_ranges_and_the_29th_of_february_is_one():
    yearly = '12-24 to 12-26: closed, 12-31 to 01-01: "18:00-02:00", 02-29: closed'
    hours = shop(f'{{{yearly}, 2027-12-25: "10:00-12:00"}}').hours

    assert hours.on(date(2026, 12, 25)) == ()
    assert hours.on(date(2027, 12, 25)) == (span("10:00-12:00"),)
    assert hours.on(date(2026, 12, 31)) == hours.on(date(2029, 1, 1)) == (span("18:00-02:00"),)
    assert hours.on(date(2028, 2, 29)) == ()
    assert hours.on(date(2027, 2, 28)) == (span("08:00-22:00"),)


@pytest.mark.parametrize(
    ("exceptions", "what"),
    [
        ("{13-25: closed}", "'13-25' is no day of the year; write month and day like 12-25"),
        ("{02-30: closed}", "'02-30' is no day of the year"),
        ("{12-24 to 2027-01-06: closed}", "'12-24 to 2027-01-06' is no day of the year"),
        ("{christmas: closed}", "'christmas' is no date; write 2026-12-24"),
    ],
)
def test_what_is_no_day_of_the_year_is_a_fault_with_its_cure(exceptions, what):
    assert what in fault(exceptions)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('"12:00-13:00"', "noon", "catalogue[2].available: 'noon' are not two times of day"),
        ('{mon-fri: ["11:30-14:30", "17:00-18:00"]}', "{lunchtime: closed}", "'lunchtime' is no day"),
        ("daily: 20", "daily: 0", "'0' is no whole number from 1"),
        ("daily: 20", "daily: many", "'many' is no whole number"),
    ],
)
def test_a_wrong_time_or_number_is_a_fault_with_its_place(old, new, what):
    assert what in fault(old=old, new=new)


def test_what_changes_in_times_and_numbers_is_listed():
    before = shop()
    changed = (
        (SHOP % "{12-25: closed, 12-26: closed}").replace("daily: 20", "daily: 30").replace("12:00-13", "12:00-14")
    )
    after = parse_shop(changed.encode())

    listed = [f"{each.where}: {each.before} → {each.after}" for each in menu_diff(before, after)]

    assert "hours.exceptions.12-26:  → closed" in listed
    assert "catalogue.soup.daily: 20 → 30" in listed
    assert "catalogue.pie.available.monday: 12:00-13:00 → 12:00-14:00" in listed
