"""A mis-tap taken back: everything as it was, by an act of its own."""

from dataclasses import replace

import pytest

from core import orders
from core.documents import Bucket, Move, Timer
from core.errors import TooLate, WrongState
from core.shipping import Tracking
from core.states import Act, FulfilmentState, Kind, OrderState, ReservationState
from core.undo import decided
from tests.core.shop_of_tests import (
    ANNA,
    BEA,
    MINUTE,
    NO,
    NOON,
    accepted,
    after,
    completed,
    draft,
    line,
    place,
    taken_back,
)


def test_an_acceptance_taken_back_holds_the_goods_again_and_the_wait_begins_anew():
    placed = after(place(draft(line("pizza", 2))))
    change = orders.accept(placed, by=ANNA, promised=NOON + 15 * MINUTE, now=NOON)

    back = taken_back(after(change), change.events, now=NOON + MINUTE)

    order = after(back)
    assert (order.state, order.promised, order.version) == (OrderState.PENDING, None, 3)
    assert back.moves == (Move("pizza", 2, Bucket.COMMITTED, Bucket.HELD, "undo"),)
    assert [one.state for one in order.reservations] == [ReservationState.HELD]
    assert back.timers == (Timer("remind", "1:3", NOON + 6 * MINUTE),)


def test_a_rejection_taken_back_takes_the_goods_from_the_shelf_once_more():
    change = orders.reject(after(place(draft(line("pizza", 2)))), by=ANNA, reason=NO, now=NOON)

    back = taken_back(after(change), change.events)

    order = after(back)
    assert (order.state, order.fulfilment, order.reason) == (OrderState.PENDING, FulfilmentState.PLANNED, "")
    assert back.moves == (Move("pizza", 2, Bucket.SHELF, Bucket.HELD, "undo"),)
    assert {(event.machine, event.state_from, event.state_to) for event in back.events} == {
        ("order", "rejected", "pending"),
        ("fulfilment", "cancelled", "planned"),
    }


def test_a_step_that_took_others_along_is_taken_back_whole():
    order = accepted(draft(line("pizza", 1), kind=Kind.DELIVERY))
    change = orders.advance(order, Act.SEND_OUT, by=ANNA, now=NOON)

    back = taken_back(after(change), change.events)

    assert after(back).fulfilment is FulfilmentState.PLANNED
    assert [(event.state_from, event.state_to) for event in back.events] == [("out", "planned")]


def test_a_handover_taken_back_brings_goods_and_money_back():
    change = completed(draft(line("pizza", 2), line("soup", 1)))
    paid = tuple(replace(payment, id=5) for payment in change.payments)

    back = taken_back(after(change), change.events, paid)

    order = after(back)
    assert (order.state, order.fulfilment, order.done) == (OrderState.ACCEPTED, FulfilmentState.PLANNED, None)
    assert [one.fulfilled for one in order.lines] == [0, 0]
    assert back.moves == (Move("pizza", 2, Bucket.CUSTOMER, Bucket.COMMITTED, "undo"),)
    assert [(one.amount, one.reverses) for one in back.payments] == [(-2300, 5)]


def test_a_parcel_that_was_not_sent_has_no_tracking_number():
    order = accepted(draft(line("coke", 1), kind=Kind.SHIPPING))
    change = orders.ship(order, Tracking("0034", "DHL", "https://dhl.example/0034"), by=ANNA, now=NOON)

    order = after(taken_back(after(change), change.events))

    assert (order.carrier, order.tracking, order.tracking_link) == ("", "", "")


def test_a_parcel_that_was_not_delivered_after_all_is_still_under_way():
    shipped = after(
        orders.ship(
            accepted(draft(line("coke", 1), kind=Kind.SHIPPING)), Tracking("0034", "DHL", "…"), by=ANNA, now=NOON
        )
    )
    change = orders.advance(shipped, Act.DELIVER, by=ANNA, now=NOON)

    order = after(taken_back(after(change), change.events))

    assert (order.fulfilment, order.tracking) == (FulfilmentState.SHIPPED, "0034")


def test_after_two_minutes_it_stands():
    change = orders.accept(after(place(draft(line("pizza", 1)))), by=ANNA, promised=NOON, now=NOON)

    taken_back(after(change), change.events, now=NOON + 2 * MINUTE)
    with pytest.raises(TooLate):
        taken_back(after(change), change.events, now=NOON + 2 * MINUTE + MINUTE / 60)


@pytest.mark.parametrize(
    "act",
    [
        lambda order: orders.cancel(order, by=BEA, by_shop=False, now=NOON),
        lambda order: orders.expire(order, now=NOON),
    ],
    ids=["cancelled", "expired"],
)
def test_what_the_customer_or_the_clock_decided_is_not_taken_back(act):
    change = act(after(place(draft(line("pizza", 1)))))

    with pytest.raises(WrongState):
        taken_back(after(change), change.events)


def test_what_was_taken_back_is_not_taken_back_again():
    change = orders.accept(after(place(draft(line("pizza", 1)))), by=ANNA, promised=NOON, now=NOON)
    back = taken_back(after(change), change.events)

    assert decided(back.events) is None
    with pytest.raises(WrongState):
        taken_back(after(back), back.events)
