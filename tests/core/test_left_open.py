"""Accepted orders that nobody closed: asked about once, and no longer what "my order" means."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.documents import Order
from core.hours import Hours, span
from core.left_open import asked_at, is_current, is_overdue
from core.people import Channel
from core.states import FulfilmentState, Kind, OrderState

ROME = ZoneInfo("Europe/Rome")
LUNCH_AND_DINNER = Hours(zone=ROME, week=((span("11:30-14:30"), span("18:00-22:30")),) * 7)


def at(hour: int, minute: int = 0, day: int = 20) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ROME)


def accepted(promised: datetime, kind: Kind = Kind.PICKUP) -> Order:
    order = Order(1, 7, 3, Channel.TELEGRAM, "en", "EUR", number=1001)
    return replace(order, state=OrderState.ACCEPTED, kind=kind, promised=promised.astimezone(UTC))


@pytest.mark.parametrize(
    ("promised", "asked"),
    [
        (at(11, 45), at(18)),
        (at(18, 10), at(22)),
        (at(19, 45), at(11, 30, day=21)),
        (at(22, 15), at(11, 30, day=21)),
    ],
)
def test_all_of_a_meal_are_asked_about_at_once_and_while_somebody_is_there(promised, asked):
    assert asked_at(accepted(promised), LUNCH_AND_DINNER) == asked


def test_a_parcel_has_a_week():
    assert asked_at(accepted(at(12), Kind.SHIPPING), Hours(zone=ROME)) == at(12, day=27)


def test_words_are_about_an_order_until_a_day_after_its_time():
    order = accepted(at(12))

    assert is_current(order, at(12) + timedelta(hours=23))
    assert not is_current(order, at(12) + timedelta(hours=24))


def test_an_order_that_waits_for_its_answer_is_under_way_and_one_that_is_over_is_not():
    waits = replace(accepted(at(12)), state=OrderState.PENDING, promised=None)

    assert is_current(waits, at(12, day=27))
    assert not is_current(replace(accepted(at(12)), state=OrderState.COMPLETED), at(12))


@pytest.mark.parametrize(
    ("kind", "fulfilment", "minutes", "is_late"),
    [
        (Kind.PICKUP, FulfilmentState.PLANNED, 10, False),
        (Kind.PICKUP, FulfilmentState.PREPARING, 20, True),
        (Kind.PICKUP, FulfilmentState.READY, 60, False),
        (Kind.DELIVERY, FulfilmentState.OUT, 20, False),
        (Kind.DELIVERY, FulfilmentState.OUT, 40, True),
        (Kind.SHIPPING, FulfilmentState.PLANNED, 10 * 60, False),
        (Kind.SHIPPING, FulfilmentState.PACKED, 30 * 60, True),
        (Kind.SHIPPING, FulfilmentState.SHIPPED, 90 * 60, False),
    ],
)
def test_what_should_be_there_by_now_is_overdue_as_far_as_the_shop_can_still_hurry(kind, fulfilment, minutes, is_late):
    order = replace(accepted(at(12), kind), fulfilment=fulfilment)

    assert is_overdue(order, at(12) + timedelta(minutes=minutes)) is is_late


def test_what_waits_for_an_answer_or_is_done_is_never_overdue():
    order = accepted(at(12))

    for state in (OrderState.PENDING, OrderState.COMPLETED, OrderState.CANCELLED):
        assert not is_overdue(replace(order, state=state), at(18))
