"""When an order is wanted."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.reading.times import read_time

ROME = ZoneInfo("Europe/Rome")
NOON = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)
"""A Saturday, noon in Rome."""
BOTH = ("en", "de")


def at(text, now=NOON):
    wished = read_time(text, now, ROME, BOTH).wished
    return wished and wished.strftime("%d.%m. %H:%M")


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("at 6", "21.11. 18:00"),
        ("at 20:15", "21.11. 20:15"),
        ("8pm", "21.11. 20:00"),
        ("around 7.45 pm", "21.11. 19:45"),
        ("tomorrow at 1", "22.11. 13:00"),
        ("tomorrow morning at 9", "22.11. 09:00"),
        ("in 45 minutes", "21.11. 12:45"),
        ("in half an hour", "21.11. 12:30"),
        ("in two hours", "21.11. 14:00"),
        ("Tuesday lunch", "24.11. 12:00"),
        ("tonight at 9", "21.11. 21:00"),
        ("at half past six", "21.11. 18:30"),
        ("at half seven", "21.11. 19:30"),
        ("pickup half seven", "21.11. 19:30"),
        ("make it half 8", "21.11. 20:30"),
        ("quarter to eight", "21.11. 19:45"),
        ("on 3 December at noon", "03.12. 12:00"),
        ("2026-12-01 17:30", "01.12. 17:30"),
        ("for 8am", "22.11. 08:00"),
        ("at 11", "22.11. 11:00"),
        ("um sechs", "21.11. 18:00"),
        ("um halb neun", "21.11. 20:30"),
        ("Abholung halb sieben", "21.11. 18:30"),
        ("heute Abend um halb neun", "21.11. 20:30"),
        ("19h", "21.11. 19:00"),
        ("tomorrow 18 h", "22.11. 18:00"),
        ("um 8h", "21.11. 20:00"),
        ("20h15", "21.11. 20:15"),
        ("in einer Viertelstunde", "21.11. 12:15"),
        ("in einer halben Stunde", "21.11. 12:30"),
        ("morgen 13 Uhr", "22.11. 13:00"),
        ("morgen früh um 8", "22.11. 08:00"),
        ("am 5.12. gegen 19 Uhr", "05.12. 19:00"),
        ("Sonntag um viertel nach sieben", "22.11. 19:15"),
        ("übermorgen mittag", "23.11. 12:00"),
        ("heute Abend 20.15", "21.11. 20:15"),
        ("Sonntag, 20.15", "22.11. 20:15"),
        ("tomorrow 7.30", "22.11. 19:30"),
        ("pickup 19.00", "21.11. 19:00"),
        ("lieber 13.15", "21.11. 13:15"),
        ("statt 20 Uhr lieber 20:30", "21.11. 20:30"),
        ("not at 8 but at 9", "21.11. 21:00"),
        ("not before 7 pm", "21.11. 19:00"),
        ("today at 7 instead of tomorrow", "21.11. 19:00"),
    ],
)
def test_a_time_is_the_next_one_that_can_be_meant(text, wished):
    assert at(text) == wished


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Monday", date(2026, 11, 23)),
        ("for tomorrow", date(2026, 11, 22)),
        ("am Mittwoch", date(2026, 11, 25)),
        ("on December 24th", date(2026, 12, 24)),
        ("zum 6. Januar", date(2027, 1, 6)),
        ("in 3 days", date(2026, 11, 24)),
    ],
)
def test_a_day_may_stand_without_an_hour(text, day):
    time = read_time(text, NOON, ROME, BOTH)

    assert (time.wished, time.day) == (None, day)


@pytest.mark.parametrize("text", ["as soon as possible", "ASAP please", "so schnell wie möglich", "sofort"])
def test_as_soon_as_possible_is_no_time_but_a_wish(text):
    assert read_time(text, NOON, ROME, BOTH).asap


@pytest.mark.parametrize(
    "text",
    ["today at 10am", "at 25:00", "at 11:75", "on 30.2.2027", "on 1.3.2020", "31 November", "heute um 9 Uhr früh"],
)
def test_a_time_that_is_past_or_does_not_exist_is_refused_with_its_words(text):
    time = read_time(text, NOON, ROME, BOTH)

    assert (time.wished, time.day) == (None, None)
    assert " ".join(time.refused) != ""


@pytest.mark.parametrize(
    "text",
    [
        "good morning",
        "Guten Morgen",
        "Guten Abend",
        "the lunch menu",
        "2 x lasagne",
        "at 7 Mill Lane",
        "um 5 Euro",
        "half a lasagne",
    ],
)
def test_other_words_are_no_time(text):
    assert read_time(text, NOON, ROME, BOTH).spans == ()


def test_the_places_of_the_words_are_given():
    text = "two wines tomorrow at 7 please"

    assert [text[start:end] for start, end in read_time(text, NOON, ROME, BOTH).spans] == ["tomorrow", "at 7"]


def test_an_hour_that_the_clock_change_leaves_out_is_refused():
    eve = datetime(2027, 3, 27, 20, 0, tzinfo=UTC)

    assert at("tomorrow at 02:30 am", eve) is None
    assert at("tomorrow at 03:30 am", eve) == "28.03. 03:30"


def test_minutes_from_now_are_real_minutes_when_the_clock_goes_back():
    before = datetime(2026, 10, 25, 0, 50, tzinfo=UTC)
    wished = read_time("in 20 minutes", before, ROME, BOTH).wished

    assert wished is not None
    assert wished.astimezone(UTC) == datetime(2026, 10, 25, 1, 10, tzinfo=UTC)


def test_a_weekday_that_is_today_is_today_until_its_hour_is_over():
    assert at("Saturday at 19:00") == "21.11. 19:00"
    assert at("Saturday at 11:00") == "28.11. 11:00"


SUNDAY = datetime(2026, 11, 22, 20, 0, tzinfo=ROME)


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("at 9", "22.11. 21:00"),
        ("um halb neun", "22.11. 20:30"),
        ("at 10 am", "22.11. 10:00"),
        ("oder doch Montag", "23.11. 20:00"),
        ("not sunday, monday at the same time", "23.11. 20:00"),
        ("statt Sonntag morgen um die gleiche Zeit", "22.11. 20:00"),
        ("today at 7", "21.11. 19:00"),
        ("in two hours", "21.11. 14:00"),
        ("Tuesday lunch", "24.11. 12:00"),
    ],
)
def test_another_hour_keeps_the_day_and_another_day_the_hour(text, wished):
    read = read_time(text, NOON, ROME, BOTH, SUNDAY).wished
    assert read is not None
    assert read.strftime("%d.%m. %H:%M") == wished


@pytest.mark.parametrize("text", ["8.50 EUR tomorrow", "friday 2.50 each", "Freitag 20.11.", "nicht heute"])
def test_a_price_a_date_or_what_is_given_up_is_no_hour(text):
    assert at(text) is None
