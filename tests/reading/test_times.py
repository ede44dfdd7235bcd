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


FRIDAY = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
"""One o'clock in Rome."""
MONDAY = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("next Friday at 6pm", "27.11. 18:00"),
        ("next Saturday at 6pm", "28.11. 18:00"),
        ("nächsten Freitag 18 Uhr", "27.11. 18:00"),
        ("kommenden Samstag um 18 Uhr", "21.11. 18:00"),
        ("on Friday 27th at 6 pm", "27.11. 18:00"),
        ("Freitag, den 27.11. um 19 Uhr", "27.11. 19:00"),
        ("Freitag 27.11 19 Uhr", "27.11. 19:00"),
        ("Fr., 27. Nov., 18:00", "27.11. 18:00"),
        ("on 28/11 at 7pm", "28.11. 19:00"),
        ("on the 24th at noon", "24.11. 12:00"),
        ("am 24. um 12", "24.11. 12:00"),
        ("Wednesday, 25 November at 12:15", "25.11. 12:15"),
        ("Freitag in einer Woche um 18 Uhr", "27.11. 18:00"),
        ("Samstag in einer Woche 19 Uhr", "28.11. 19:00"),
        ("a week from today, 7pm", "27.11. 19:00"),
        ("heute in einer Woche 19 Uhr", "27.11. 19:00"),
        ("Tuesday week at 6 pm", "01.12. 18:00"),
        ("Friday at 6 pm next week", "27.11. 18:00"),
        ("nächste Woche Mittwoch um 12", "25.11. 12:00"),
        ("übernächsten Freitag um 18 Uhr", "04.12. 18:00"),
        ("the Friday after next at 6", "04.12. 18:00"),
        ("in 3 weeks on Friday at 7pm", "11.12. 19:00"),
        ("pickup in 10 days at 12", "30.11. 12:00"),
        ("tomorrow, Saturday, at 7", "21.11. 19:00"),
        ("Samstagabend um 8", "21.11. 20:00"),
        ("so 19 Uhr", "20.11. 19:00"),
    ],
)
def test_a_day_is_what_all_its_words_say_together(text, wished):
    assert at(text, FRIDAY) == wished


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("next Friday at 6pm", "20.11. 18:00"),
        ("nächsten Freitag um 18 Uhr", "20.11. 18:00"),
        ("next Tuesday at 6pm", "24.11. 18:00"),
        ("nächste Woche Mittwoch um 12", "25.11. 12:00"),
        ("Wednesday of next week at noon", "25.11. 12:00"),
    ],
)
def test_next_is_the_one_that_comes_but_never_today_or_tomorrow(text, wished):
    assert at(text, MONDAY) == wished


@pytest.mark.parametrize(
    ("language", "text", "wished"),
    [
        ("it", "venerdì prossimo alle 19", "27.11. 19:00"),
        ("it", "per stasera alle 20: due margherite", "20.11. 20:00"),
        ("it", "martedì 24 alle 20", "24.11. 20:00"),
        ("it", "il 24 alle 19:30", "24.11. 19:30"),
        ("it", "non prima delle 19", "20.11. 19:00"),
        ("it", "tra dieci giorni alle 20", "30.11. 20:00"),
        ("es", "el viernes que viene a las 20:00", "27.11. 20:00"),
        ("es", "el 24 a las 20h", "24.11. 20:00"),
        ("es", "entre las 8 y las 9", "20.11. 20:00"),
        ("es", "dentro de una semana a las 21", "27.11. 21:00"),
        ("fr", "vendredi prochain à 19h", "27.11. 19:00"),
        ("fr", "samedi en huit à 19h30", "28.11. 19:30"),
        ("fr", "le 24 à 19h", "24.11. 19:00"),
        ("fr", "entre 19h et 20h", "20.11. 19:00"),
    ],
)
def test_days_in_other_languages(language, text, wished):
    read = read_time(text, FRIDAY, ROME, (language,)).wished
    assert read is not None
    assert read.strftime("%d.%m. %H:%M") == wished


@pytest.mark.parametrize("text", ["Friday 28th at 7pm", "tomorrow Sunday at 7", "Freitag, 28.11.", "next week"])
def test_a_day_whose_words_contradict_each_other_or_tell_none_is_refused(text):
    time = read_time(text, FRIDAY, ROME, BOTH)

    assert (time.wished, time.day, time.over) == (None, None, None)
    assert time.refused


@pytest.mark.parametrize(
    ("text", "over"),
    [("heute 12 Uhr", "20.11. 12:00"), ("on 19/11 at noon", "19.11. 12:00"), ("am 18. November", "18.11. 12:00")],
)
def test_a_time_that_is_past_is_known_as_such(text, over):
    time = read_time(text, FRIDAY, ROME, BOTH)

    assert time.wished is None
    assert time.over is not None
    assert time.over.strftime("%d.%m. %H:%M") == over


@pytest.mark.parametrize(
    ("text", "wished", "bounds"),
    [
        ("between 6 and 6.30", "20.11. 18:00", "between 6 and 6.30"),
        ("zwischen 19 und 19:30 liefern", "20.11. 19:00", "zwischen 19 und 19:30"),
        ("18-19 Uhr", "20.11. 18:00", "18-19 Uhr"),
        ("at quarter past eight, not before please", "20.11. 20:15", "at quarter past eight, not before"),
        ("latest 2 pm please", "20.11. 14:00", "latest 2 pm"),
        ("bis spätestens 14 Uhr", "20.11. 14:00", "bis spätestens 14 Uhr"),
    ],
)
def test_the_first_or_last_time_that_will_do_keeps_its_words(text, wished, bounds):
    read = read_time(text, FRIDAY, ROME, BOTH)

    assert (at(text, FRIDAY), read.bounds) == (wished, bounds)


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("tonight 7ish", "20.11. 19:00"),
        ("pickup 730", "20.11. 19:30"),
        ("um dreiviertel acht", "20.11. 19:45"),
        ("Abholung 19 Uhr. Könnt ihr sie bis 19:15 warm halten?", "20.11. 19:00"),
        ("statt 20 Uhr 20:30", "20.11. 20:30"),
    ],
)
def test_hours_in_short(text, wished):
    assert at(text, FRIDAY) == wished


@pytest.mark.parametrize(
    "text",
    ["1/2 margherita and 1/2 diavola", "from 2 to 3", "the 2nd one large", "delivery 1030 Wien", "so 3 pizzas", "24/7"],
)
def test_other_numbers_are_no_time(text):
    assert read_time(text, FRIDAY, ROME, BOTH).spans == ()
