"""Goods set aside: summed over lines, in one order, from and to the right accounts."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import inventory
from core.documents import Bucket, Move, Reservation
from core.errors import WrongState
from core.states import ReservationState
from tests.core.shop_of_tests import line

skus = st.sampled_from(["pizza", "coke", "soup"])
lines = st.lists(st.builds(line, skus, st.integers(1, 99)), max_size=12)


def test_lines_of_one_article_are_summed_and_what_is_not_counted_is_left_out():
    wanted = [line("pizza", 2), line("soup", 9), line("coke", 1), line("pizza", 3)]

    assert inventory.need(wanted) == (("coke", 1), ("pizza", 5))


def test_what_was_cancelled_of_a_line_is_not_needed():
    wanted = [replace(line("pizza", 2), cancelled=2), replace(line("coke", 3), cancelled=1)]

    assert inventory.need(wanted) == (("coke", 2),)


@given(lines)
def test_articles_come_in_one_order_and_each_once(wanted):
    articles = [sku for sku, _ in inventory.need(wanted)]

    assert articles == sorted(set(articles))


@given(lines)
def test_what_is_set_aside_and_given_back_is_the_same(wanted):
    reservations, taken = inventory.set_aside(wanted, Bucket.SHELF, ReservationState.HELD, "place")
    ended, back = inventory.turn(reservations, ReservationState.RELEASED, Bucket.SHELF, "cancel")

    assert [(move.sku, move.quantity) for move in taken] == [(move.sku, move.quantity) for move in back]
    assert all(one.state is ReservationState.RELEASED for one in ended)


def test_only_live_reservations_turn():
    ended = Reservation("pizza", 2, ReservationState.CONSUMED, 1)
    alive = Reservation("pizza", 1, ReservationState.COMMITTED, 2)

    turned, moves = inventory.turn((ended, alive), ReservationState.CONSUMED, Bucket.CUSTOMER, "hand_over")

    assert [one.id for one in turned] == [2]
    assert moves == (Move("pizza", 1, Bucket.COMMITTED, Bucket.CUSTOMER, "hand_over"),)


def test_what_is_only_held_is_not_handed_over():
    with pytest.raises(WrongState):
        inventory.turn((Reservation("pizza", 1, ReservationState.HELD, 1),), ReservationState.CONSUMED, "customer", "x")
