"""How amounts, times, options and counts are written."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from core.documents import LineOption
from core.menu import Amount, Chosen
from templates.chat_html import plain
from templates.samples import SHOP
from templates.samples_documents import LINES
from templates.tongue import Tongue
from tests.templates.conftest import NOON

ENGLISH = Tongue("en", SHOP, None).filters
GERMAN = Tongue("de", SHOP, None).filters


@pytest.mark.parametrize(
    ("minor", "currency", "english", "german"),
    [
        (1700, "EUR", "17.00 EUR", "17,00 EUR"),
        (5, "EUR", "0.05 EUR", "0,05 EUR"),
        (-250, "EUR", "-2.50 EUR", "-2,50 EUR"),
        (123_456_789, "EUR", "1,234,567.89 EUR", "1.234.567,89 EUR"),
        (1700, "JPY", "1,700 JPY", "1.700 JPY"),
        (1700, "KWD", "1.700 KWD", "1,700 KWD"),
    ],
)
def test_money_is_written_as_the_language_writes_it(minor, currency, english, german):
    assert ENGLISH.money(minor, currency) == english
    assert GERMAN.money(minor, currency) == german


def test_money_without_a_currency_is_the_shops():
    assert ENGLISH.money(850) == "8.50 EUR"


@pytest.mark.parametrize(
    ("hours", "english", "german"),
    [
        (0, "12:00", "12:00"),
        (11, "23:00", "23:00"),
        (12, "Sun 22 Nov, 00:00", "So., 22. Nov., 00:00"),
        (-13, "Fri 20 Nov, 23:00", "Fr., 20. Nov., 23:00"),
    ],
)
def test_a_time_is_the_shops_and_names_the_day_when_it_is_not_today(hours, english, german):
    at = NOON + timedelta(hours=hours)

    assert ENGLISH.time(at, NOON) == english
    assert GERMAN.time(at, NOON) == german


def test_today_is_the_shops_today():
    late = datetime(2026, 11, 21, 23, 30, tzinfo=NOON.tzinfo)

    assert ENGLISH.time(late, late) == "00:30"


def test_a_day_has_its_year():
    assert ENGLISH.day(date(2026, 12, 5)) == "Sat, 5 Dec 2026"
    assert GERMAN.day(NOON) == "Sa., 21. Nov. 2026"


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "0 min"), (20, "20 min"), (60, "1 h"), (90, "1 h 30 min"), (1440, "1 day"), (20160, "14 days")],
)
def test_minutes_become_hours_and_days(minutes, text):
    assert ENGLISH.minutes(minutes) == text


def test_options_say_how_much():
    assert ENGLISH.options(LINES[0]) == "large, extra mushrooms, no onions"
    assert GERMAN.options(LINES[0]) == "groß, extra Pilze, ohne Zwiebeln"


def test_several_helpings_are_counted():
    shot = LineOption(Chosen("shots", "espresso", Amount.REGULAR, 2), {"en": "espresso shot"}, 160)

    assert ENGLISH.options(replace(LINES[1], options=(shot,))) == "2 × espresso shot"


def test_counts_follow_the_plural_of_the_language():
    assert [ENGLISH.count(number, "items") for number in (0, 1, 2)] == ["0 items", "1 item", "2 items"]
    assert GERMAN.count(1, "orders") == "1 Bestellung"


def test_the_plain_form_is_what_people_read():
    assert plain("<b>a &amp; b</b> &lt;3 &#39;") == "a & b <3 '"
