"""The acts on an order: what each leads to, and what stands in its way."""

from dataclasses import replace

import pytest

from core import orders, placing
from core.documents import Bucket, Move, Timer
from core.errors import BelowMinimum, EmptyDraft, NotOffered, TooMany, WrongState
from core.menu import Menu
from core.notices import OrderAccepted, OrderCancelled, OrderExpired, OrderOut, OrderPlaced, OrderReady, OrderRejected
from core.shipping import Tracking
from core.shop import Fulfilment, Way
from core.states import Act, FulfilmentState, Kind, OrderState, PaymentState, ReservationState
from tests.core.shop_of_tests import (
    ANNA,
    BEA,
    MINUTE,
    NO,
    NOON,
    PRODUCTS,
    accepted,
    after,
    completed,
    draft,
    line,
    place,
    shop,
)


def test_placing_sets_the_goods_aside_and_starts_the_wait():
    change = place(draft(line("pizza", 2), line("pizza", 1), line("soup", 1)))

    order = after(change)
    assert (order.state, order.number, order.placed) == (OrderState.PENDING, 1001, NOON)
    assert change.moves == (Move("pizza", 3, Bucket.SHELF, Bucket.HELD, "place"),)
    assert [(one.sku, one.quantity, one.state) for one in order.reservations] == [("pizza", 3, ReservationState.HELD)]
    assert change.timers == (Timer("remind", "1:1", NOON + 5 * MINUTE),)
    assert isinstance(change.notices[0], OrderPlaced)


def test_the_fee_is_the_one_of_the_moment_in_which_the_order_is_placed():
    order = after(place(replace(draft(line("pizza", 2), kind=Kind.DELIVERY), fee=99)))

    assert (order.fee, order.total) == (250, 1950)


@pytest.mark.parametrize(
    ("order", "refusal"),
    [
        (draft(), EmptyDraft),
        (draft(line("pizza", 100)), TooMany),
        (draft(*[line("soup", 1)] * 61), TooMany),
        (replace(draft(line("pizza", 1)), kind=None), NotOffered),
    ],
)
def test_what_nobody_would_order_is_not_placed(order, refusal):
    with pytest.raises(refusal):
        place(order)


def test_delivery_has_its_minimum_before_the_fee():
    dear = shop(fulfilment=Fulfilment((Way(Kind.DELIVERY, fee=500, minimum=900),)))

    with pytest.raises(BelowMinimum) as refused:
        placing.check_placeable(draft(line("pizza", 1), kind=Kind.DELIVERY), dear)

    assert (refused.value.minimum, refused.value.missing) == (900, 50)


def test_a_kind_in_which_one_of_the_goods_cannot_leave_is_not_offered():
    stays = (replace(PRODUCTS[0], kinds=(Kind.PICKUP,)), *PRODUCTS[1:])

    with pytest.raises(NotOffered):
        placing.check_placeable(
            draft(line("pizza", 1), line("coke", 1), kind=Kind.SHIPPING), shop(menu=Menu("EUR", ("en",), stays))
        )


def test_accepting_commits_what_was_held():
    order = after(place(draft(line("pizza", 2), line("coke", 1))))

    change = orders.accept(order, by=ANNA, promised=NOON + 15 * MINUTE, now=NOON)

    assert after(change).promised == NOON + 15 * MINUTE
    assert change.moves == (
        Move("coke", 1, Bucket.HELD, Bucket.COMMITTED, "accept"),
        Move("pizza", 2, Bucket.HELD, Bucket.COMMITTED, "accept"),
    )
    assert isinstance(change.notices[0], OrderAccepted)


@pytest.mark.parametrize(
    ("act", "state", "kept_as", "told"),
    [
        (lambda order: orders.reject(order, by=ANNA, reason=NO, now=NOON), "rejected", "released", OrderRejected),
        (lambda order: orders.cancel(order, by=BEA, by_shop=False, now=NOON), "cancelled", "released", OrderCancelled),
        (lambda order: orders.expire(order, now=NOON), "expired", "expired", OrderExpired),
    ],
)
def test_an_order_that_ends_without_goods_gives_the_stock_back(act, state, kept_as, told):
    change = act(after(place(draft(line("pizza", 2)))))

    order = after(change)
    assert (order.state, order.fulfilment) == (state, FulfilmentState.CANCELLED)
    assert [(move.giver, move.taker) for move in change.moves] == [(Bucket.HELD, Bucket.SHELF)]
    assert [one.state for one in order.reservations] == [kept_as]
    assert isinstance(change.notices[0], told)


def test_an_accepted_order_is_cancelled_from_the_committed_goods():
    change = orders.cancel(accepted(draft(line("pizza", 2))), by=ANNA, by_shop=True, now=NOON)

    assert change.moves == (Move("pizza", 2, Bucket.COMMITTED, Bucket.SHELF, "cancel"),)


def test_nobody_expires_or_rejects_what_is_accepted():
    order = accepted(draft(line("pizza", 2)))

    with pytest.raises(WrongState):
        orders.expire(order, now=NOON)
    with pytest.raises(WrongState):
        orders.reject(order, by=ANNA, reason=NO, now=NOON)


def test_what_is_out_is_no_longer_cancelled():
    order = after(
        orders.advance(accepted(draft(line("pizza", 1), kind=Kind.DELIVERY)), Act.SEND_OUT, by=ANNA, now=NOON)
    )

    with pytest.raises(WrongState):
        orders.cancel(order, by=ANNA, by_shop=True, now=NOON)


@pytest.mark.parametrize("kind", Kind)
def test_the_goods_leave_the_books_and_the_money_comes_in_when_the_customer_has_them(kind: Kind):
    change = completed(draft(line("pizza", 2), line("soup", 1), kind=kind))

    order = after(change)
    assert order.state is OrderState.COMPLETED
    assert [one.fulfilled for one in order.lines] == [2, 1]
    assert change.moves == (Move("pizza", 2, Bucket.COMMITTED, Bucket.CUSTOMER, "hand_over"),)
    assert [(one.amount, one.state) for one in change.payments] == [(order.total, PaymentState.CAPTURED)]


def test_a_tap_on_ready_takes_preparing_along_with_an_event_for_each():
    change = orders.advance(accepted(draft(line("pizza", 1))), Act.MAKE_READY, by=ANNA, now=NOON)

    assert [(event.act, event.state_to) for event in change.events] == [
        ("prepare", "preparing"),
        ("make_ready", "ready"),
    ]
    assert [type(notice) for notice in change.notices] == [OrderReady]


def test_a_delivery_that_is_ready_rings_when_it_leaves_and_not_before():
    order = accepted(draft(line("pizza", 1), kind=Kind.DELIVERY))

    ready = orders.advance(order, Act.MAKE_READY, by=ANNA, now=NOON)
    out = orders.advance(after(ready), Act.SEND_OUT, by=ANNA, now=NOON)

    assert ready.notices == ()
    assert [type(notice) for notice in out.notices] == [OrderOut]


def test_nothing_is_prepared_before_it_is_accepted():
    with pytest.raises(WrongState):
        orders.advance(after(place(draft(line("pizza", 1)))), Act.PREPARE, by=ANNA, now=NOON)


def test_a_parcel_is_shipped_once():
    order = accepted(draft(line("coke", 1), kind=Kind.SHIPPING))
    parcel = Tracking("0034", "DHL", "https://dhl.example/0034")

    shipped = after(orders.ship(order, parcel, by=ANNA, now=NOON))

    assert (shipped.carrier, shipped.tracking, shipped.fulfilment) == ("DHL", "0034", FulfilmentState.SHIPPED)
    with pytest.raises(WrongState):
        orders.ship(shipped, parcel, by=ANNA, now=NOON)


def test_a_placed_order_is_edited_no_more():
    with pytest.raises(WrongState):
        orders.edit(after(place(draft(line("pizza", 1)))), (line("pizza", 9),), BEA, NOON)
