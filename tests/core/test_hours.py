"""Open or closed: weekly hours, past midnight, exceptions, and the nights when the clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.hours import ALL_DAY, ALL_WEEK, Day, Hours, OtherHours, Span, next_in_both, span
from tests.clock_changes import CLOCK_CHANGES

ROME = ZoneInfo("Europe/Rome")


def rome(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ROME)


def week(*spans: str) -> tuple[Day, ...]:
    return (tuple(span(each) for each in spans),) * 7


LUNCH_AND_DINNER = Hours(ROME, week("11:30-14:30", "18:00-01:00"))


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("2026-11-20T11:29:59", False),
        ("2026-11-20T11:30", True),
        ("2026-11-20T14:29:59", True),
        ("2026-11-20T14:30", False),
        ("2026-11-20T23:59:59", True),
        ("2026-11-21T00:59:59", True),
        ("2026-11-21T01:00", False),
    ],
)
def test_the_shop_is_open_from_the_first_minute_until_just_before_the_last(at, is_open):
    assert LUNCH_AND_DINNER.is_open(rome(at)) is is_open


def test_a_shop_without_hours_is_always_open_and_never_closes():
    always = Hours(ROME)

    assert always.is_open(rome("2026-11-20T04:00"))
    assert always.next_opening(rome("2026-11-20T04:00")) == rome("2026-11-20T04:00")
    assert always.closes(rome("2026-11-20T04:00")) is None


def test_the_next_opening_is_tonight_tomorrow_or_now():
    assert LUNCH_AND_DINNER.next_opening(rome("2026-11-20T15:00")) == rome("2026-11-20T18:00")
    assert LUNCH_AND_DINNER.next_opening(rome("2026-11-20T02:00")) == rome("2026-11-20T11:30")
    assert LUNCH_AND_DINNER.next_opening(rome("2026-11-20T12:00")) == rome("2026-11-20T12:00")


def test_an_evening_closes_after_midnight():
    assert LUNCH_AND_DINNER.closes(rome("2026-11-20T20:00")) == rome("2026-11-21T01:00")
    assert LUNCH_AND_DINNER.closes(rome("2026-11-21T00:30")) == rome("2026-11-21T01:00")
    assert LUNCH_AND_DINNER.closes(rome("2026-11-20T15:00")) is None


def test_days_that_touch_are_one_opening():
    weekend = ((), (), (), (), (span("18:00-24:00"),), ALL_DAY, (span("00:00-12:00"),))

    assert Hours(ROME, weekend).closes(rome("2026-11-20T19:00")) == rome("2026-11-22T12:00")


def test_an_exception_replaces_its_day_and_leaves_the_night_before_alone():
    christmas = Hours(ROME, week("18:00-01:00"), {date(2026, 12, 25): ()})

    assert christmas.is_open(rome("2026-12-25T00:30"))
    assert not christmas.is_open(rome("2026-12-25T19:00"))
    assert christmas.next_opening(rome("2026-12-25T01:00")) == rome("2026-12-26T18:00")


def test_a_day_of_every_year_comes_each_year_and_a_date_goes_before_it():
    hours = Hours(ROME, week("18:00-01:00"), {date(2027, 12, 25): (span("12:00-15:00"),)}, {(12, 25): (), (2, 29): ()})

    assert not hours.is_open(rome("2026-12-25T19:00"))
    assert hours.is_open(rome("2027-12-25T13:00"))
    assert not hours.is_open(rome("2028-12-25T19:00"))
    assert not hours.is_open(rome("2028-02-29T19:00"))
    assert not hours.is_always_open


def test_exceptions_to_come_are_told_as_ranges_to_their_end():
    evening = (span("18:00-22:00"),)
    holidays = {date(2027, 1, day): () for day in range(11, 25)}
    hours = Hours(ROME, week("18:00-01:00"), {date(2026, 12, 31): evening, **holidays}, {(1, 1): ()})

    assert hours.other_hours(rome("2026-12-30T12:00"), days=14) == (
        OtherHours(date(2026, 12, 31), date(2026, 12, 31), evening),
        OtherHours(date(2027, 1, 1), date(2027, 1, 1), ()),
        OtherHours(date(2027, 1, 11), date(2027, 1, 24), ()),
    )
    assert hours.other_hours(rome("2026-12-01T12:00"), days=14) == ()


def test_after_midnight_it_is_the_day_on_which_the_shop_opened_as_long_as_that_lasts():
    assert LUNCH_AND_DINNER.business_day(rome("2026-11-21T00:59")) == date(2026, 11, 20)
    assert LUNCH_AND_DINNER.business_day(rome("2026-11-21T01:00")) == date(2026, 11, 21)
    assert LUNCH_AND_DINNER.next_business_day(rome("2026-11-21T00:59")) == rome("2026-11-21T11:30")
    assert LUNCH_AND_DINNER.next_business_day(rome("2026-11-21T01:00")) == rome("2026-11-22T11:30")


def test_a_shop_that_is_always_open_begins_its_days_at_midnight():
    assert Hours(ROME).next_business_day(rome("2026-11-20T12:00")) == rome("2026-11-21T00:00")
    assert Hours(ROME, ((),) * 7).next_business_day(rome("2026-11-20T12:00")) == rome("2026-11-21T00:00")


def test_what_is_served_for_lunch_waits_for_a_lunch_at_which_the_shop_is_open():
    lunch = Hours(ROME, week("11:30-14:30"))
    weekend = Hours(ROME, (*((span("18:00-23:00"),),) * 5, ALL_DAY, ()))

    assert next_in_both(weekend, lunch, rome("2026-11-20T19:00")) == rome("2026-11-21T11:30")
    assert next_in_both(weekend, lunch, rome("2026-11-21T12:00")) == rome("2026-11-21T12:00")
    assert next_in_both(weekend, Hours(ROME, week("16:00-17:00")), rome("2026-11-21T18:00")) == rome("2026-11-28T16:00")
    assert next_in_both(Hours(ROME, week("10:00-11:00")), lunch, rome("2026-11-20T12:00")) is None


def test_a_shop_that_has_closed_for_good_does_not_open_again():
    assert Hours(ROME, ((),) * 7).next_opening(rome("2026-11-20T12:00")) is None


def test_the_question_may_come_in_any_zone():
    assert LUNCH_AND_DINNER.is_open(datetime(2026, 11, 20, 10, 30, tzinfo=UTC))
    assert not LUNCH_AND_DINNER.is_open(datetime(2026, 11, 20, 9, 30, tzinfo=ZoneInfo("America/New_York")))


def test_in_the_night_with_two_hours_of_two_the_bar_closes_at_the_second():
    bar = Hours(ROME, week("20:00-02:30"))

    assert bar.closes(rome("2026-10-24T22:00")) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_in_the_night_without_an_hour_of_two_the_bar_is_open_as_long_as_ever():
    bar = Hours(ROME, week("20:00-02:30"))

    assert bar.closes(rome("2027-03-27T22:00")) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


def test_an_hour_that_the_clock_leaps_over_comes_after_the_one_it_leaps_to():
    early = Hours(ROME, week("02:30-02:45", "03:00-05:00"))

    assert early.next_opening(rome("2027-03-28T01:00")) == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "11-14", "25:00-26:00", "11:60-12:00", "11:00", "11:00-11:00", "24:00-03:00", "a-b", "¹1:00-12:00"]
)
def test_what_are_not_two_times_of_day_is_refused(text):
    with pytest.raises(ValueError, match=r"not two times of day|not a time of day"):
        span(text)


@pytest.mark.parametrize(("text", "expected"), [("9:00 - 12:30", Span(540, 750)), ("18:00–01:00", Span(1080, 1500))])
def test_a_span_is_read_with_blanks_and_dashes_of_any_kind(text, expected):
    assert span(text) == expected


# Nights when the clocks change


MINUTES = st.integers(min_value=0, max_value=24 * 60 - 1)
SPANS = st.builds(
    lambda opens, length: Span(opens, opens + length), MINUTES, st.integers(min_value=1, max_value=24 * 60)
)
DAY = st.lists(SPANS, max_size=2).map(lambda spans: tuple(sorted(spans)))
WEEK = st.lists(DAY, min_size=7, max_size=7).map(tuple)
MONTH_DAYS = st.dates(date(2028, 1, 1), date(2028, 12, 31)).map(lambda day: (day.month, day.day))


@st.composite
def nights(draw: st.DrawFn) -> tuple[Hours, datetime]:
    """Hours with exceptions around a night on which a clock changes, and an instant within a day and a half of it."""
    name, change = draw(st.sampled_from(CLOCK_CHANGES))
    at = change + timedelta(minutes=draw(st.integers(min_value=-36 * 60, max_value=36 * 60)))
    near = st.integers(min_value=-3, max_value=3).map(lambda days: change.date() + timedelta(days=days))
    exceptions = draw(st.dictionaries(near, DAY, max_size=3))
    yearly = draw(st.dictionaries(near.map(lambda day: (day.month, day.day)) | MONTH_DAYS, DAY, max_size=3))
    return Hours(ZoneInfo(name), draw(WEEK | st.just(ALL_WEEK)), exceptions, yearly), at


NIGHT = st.tuples(st.sampled_from(CLOCK_CHANGES), st.integers(min_value=-36 * 60, max_value=36 * 60))


@given(nights())
def test_around_a_change_of_clocks_opening_and_closing_agree_with_is_open(night):
    hours, at = night

    opening, closing = hours.next_opening(at), hours.closes(at)

    assert hours.is_open(at) == (opening == at)
    if opening is not None and opening > at:
        assert closing is None
        assert hours.is_open(opening)
        assert not hours.is_open(opening - timedelta(microseconds=1))
        assert not hours.is_open(at + (opening - at) / 2)
    if closing is not None:
        assert closing > at
        assert not hours.is_open(closing)
        assert hours.is_open(closing - timedelta(microseconds=1))
        assert hours.is_open(at + (closing - at) / 2)


@given(nights(), st.integers(min_value=1, max_value=36 * 60))
def test_around_a_change_of_clocks_days_of_business_follow_each_other(night, minutes):
    hours, at = night
    later = at + timedelta(minutes=minutes)

    today, begins = hours.business_day(at), hours.next_business_day(at)

    local = at.astimezone(hours.zone).date()
    assert today in {local, local - timedelta(days=1)}
    assert begins > at
    assert today <= hours.business_day(later)
    if later < begins and hours.is_open(at) and hours.is_open(later) and hours.closes(at) == hours.closes(later):
        assert hours.business_day(later) <= hours.business_day(begins)
    if any(hours.on(local + timedelta(days=days)) for days in range(2, 9)):
        assert hours.is_open(begins)


@given(nights(), WEEK)
def test_around_a_change_of_clocks_what_is_served_next_is_served_while_the_shop_is_open(night, served):
    hours, at = night
    own = Hours(hours.zone, served)

    both = next_in_both(hours, own, at)

    if both is not None:
        assert both >= at
        assert hours.is_open(both)
        assert own.is_open(both)
        before = both - timedelta(microseconds=1)
        assert before < at or not (hours.is_open(before) and own.is_open(before))
    assert (both == at) == (hours.is_open(at) and own.is_open(at))


@given(NIGHT, WEEK)
def test_more_than_three_hours_from_a_change_the_wall_clock_is_right(night, spans):
    (name, change), minutes = night
    zone, at = ZoneInfo(name), change + timedelta(minutes=minutes)
    local = at.astimezone(zone).replace(tzinfo=None)
    today = datetime.combine(local.date(), time())
    wall = any(
        day + timedelta(minutes=each.opens) <= local < day + timedelta(minutes=each.closes)
        for day in (today - timedelta(days=1), today)
        for each in spans[day.weekday()]
    )

    if abs(minutes) > 180:
        assert Hours(zone, spans).is_open(at) == wall


@pytest.mark.parametrize(("name", "change"), CLOCK_CHANGES)
def test_a_night_with_another_clock_begins_and_ends_at_the_hours_on_the_wall(name, change):
    zone = ZoneInfo(name)
    hours = Hours(zone, week("18:00-04:00"))

    closing = hours.closes(change)
    opening = hours.next_opening(change + timedelta(hours=6))

    assert closing is not None
    assert opening is not None
    assert closing.astimezone(zone).time() == time(4, 0)
    assert opening.astimezone(zone).time() == time(18, 0)
