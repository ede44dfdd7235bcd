"""Times on a grid within the opening hours, each with room for so many orders."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.hours import Hours, Span
from core.slots import GRACE, Book, Objection, Slots

ROME = ZoneInfo("Europe/Rome")
EVENINGS = Hours(ROME, ((Span(17 * 60 + 30, 22 * 60),),) * 7)
ALWAYS = Hours(ROME)
FIVE = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
"""A Friday, 17:00 in Rome: half an hour before the shop opens."""

SIX = FIVE + timedelta(hours=1)


def book(now=SIX, hours=EVENINGS, taken=None, **slots):
    return Book(hours, Slots(**({"every": 15, "capacity": 2, "lead": 20, "days": 2} | slots)), now, taken=taken or {})


def clock(times):
    return [at.astimezone(ROME).strftime("%H:%M") for at in times]


def test_the_first_time_is_the_one_after_the_lead():
    assert clock(islice(book().free(), 3)) == ["18:30", "18:45", "19:00"]


def test_work_begins_when_the_shop_opens():
    assert clock(islice(book(FIVE).free(), 2)) == ["18:00", "18:15"]


def test_the_last_time_is_before_closing_and_then_comes_the_next_day():
    late = book(SIX + timedelta(hours=3, minutes=20))

    assert clock(islice(late.free(), 2)) == ["21:45", "18:00"]


def test_a_full_time_is_not_offered():
    half_past = SIX + timedelta(minutes=30)

    assert clock(islice(book(taken={half_past: 2}).free(), 1)) == ["18:45"]
    assert clock(islice(book(taken={half_past: 1}).free(), 1)) == ["18:30"]


def test_no_time_is_further_away_than_the_days():
    days = {at.astimezone(ROME).date() for at in book().free()}

    assert days == {date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22)}


@pytest.mark.parametrize(
    ("wished", "why"),
    [
        (None, None),
        (timedelta(minutes=30), None),
        (timedelta(minutes=37), None),
        (timedelta(minutes=5), Objection.SOON),
        (timedelta(hours=4), Objection.CLOSED),
        (timedelta(hours=-2), Objection.CLOSED),
        (timedelta(days=3), Objection.FAR),
    ],
)
def test_what_speaks_against_a_time(wished, why):
    assert book().objection(SIX + wished if wished else None) is why


def test_a_time_that_was_offered_is_still_good_a_little_later():
    offered = next(book().free())

    assert book(offered - timedelta(minutes=20) + GRACE).objection(offered) is None
    assert book(offered - timedelta(minutes=19) + GRACE).objection(offered) is Objection.SOON


def test_as_soon_as_possible_takes_the_time_that_runs_then():
    full = {SIX + timedelta(minutes=15): 2}

    assert book().slot_of(book().asap()) == SIX + timedelta(minutes=15)
    assert book(taken=full).objection(None) is Objection.FULL


def test_as_soon_as_possible_is_not_possible_when_the_shop_closes_before():
    assert book(SIX + timedelta(hours=3, minutes=45)).objection(None) is Objection.CLOSED


def test_who_is_open_around_midnight_does_not_begin_anew_there():
    midnight = datetime(2026, 11, 21, 0, 0, tzinfo=ROME)

    assert book(midnight - timedelta(hours=3), ALWAYS).objection(midnight) is None
    assert book(midnight - timedelta(minutes=10), ALWAYS).objection(None) is None


def test_nobody_is_there_before_the_pause_is_over():
    paused = Book(EVENINGS, Slots(lead=20), SIX, since=SIX + timedelta(hours=1))

    assert paused.objection(None) is Objection.CLOSED
    assert clock(islice(paused.free(), 1)) == ["19:30"]


def test_opened_by_hand_there_are_times_outside_the_hours():
    opened = Book(EVENINGS, Slots(lead=10), FIVE - timedelta(hours=2), open_until=FIVE - timedelta(hours=1))

    assert opened.objection(None) is None
    assert clock(islice(opened.free(), 2)) == ["15:15", "15:30"]


@pytest.mark.parametrize(
    ("hour", "near"), [(23, ["21:00", "21:15", "21:30", "21:45"]), (19, ["18:30", "18:45", "19:00", "19:15"])]
)
def test_the_times_near_a_wish_are_those_before_and_after_it(hour, near):
    wished = datetime(2026, 11, 21, hour, tzinfo=ROME)

    assert clock(book().near(wished, 4)) == near


ZONES = ("Europe/Rome", "America/New_York", "Australia/Sydney", "America/Santiago", "Europe/London")
SPANS = st.tuples(st.integers(0, 1439), st.integers(1, 1440)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


def changes_of_the_clock(name):
    """The days on which the clock of this zone changes, 2026 to 2030."""
    zone, day = ZoneInfo(name), datetime(2026, 1, 1, 12, tzinfo=UTC)
    days = [day + timedelta(days=number) for number in range(5 * 365)]
    offsets = [at.astimezone(zone).utcoffset() for at in days]
    return [days[at] for at in range(1, len(days)) if offsets[at] != offsets[at - 1]]


NIGHTS = [(name, at) for name in ZONES for at in changes_of_the_clock(name)]


@given(
    night=st.sampled_from(NIGHTS),
    span=SPANS,
    every=st.sampled_from([5, 10, 15, 20, 30, 60]),
    lead=st.integers(0, 180),
    before=st.integers(0, 36 * 60),
)
def test_around_each_change_of_the_clock_times_are_open_apart_and_their_own_slots(night, span, every, lead, before):
    name, at = night
    hours = Hours(ZoneInfo(name), ((span,),) * 7)
    times = Book(hours, Slots(every, 1, lead, 2), at - timedelta(minutes=before))
    found = list(islice(times.free(), 200))

    assert all(hours.is_open(one) for one in found)
    assert all(times.objection(one) is None for one in found)
    assert all(times.slot_of(one) == one for one in found)
    assert all(later - earlier >= timedelta(minutes=every) for earlier, later in pairwise(found))
    assert all(one >= times.now + timedelta(minutes=lead) for one in found)
