"""A change of a placed order: what becomes of lines, reservations, money and the clock."""

from dataclasses import replace

import pytest

from core import order_changes, orders, undo
from core.documents import Bucket, Details, LineOption, Order, OrderChange
from core.errors import BelowMinimum, NotOffered, Stale, TooMany, WrongState
from core.menu import Chosen
from core.notices import ChangeApplied, ChangeDeclined, ChangeOffered, ChangeOutdated, OfferOver
from core.shop import Approval, Fulfilment, Limits, Way
from core.states import Act, ChangeState, Kind, OrderState, ReservationState
from core.zones import Spot, Zone
from tests.core.shop_of_tests import ANNA, BEA, MINUTE, NOON, SHOP, accepted, after, draft, line, place, shop


def change_of(order: Order, *wanted, **given: object) -> OrderChange:
    was = order_changes.details_of(order)
    made = OrderChange(
        id=1,
        order_id=order.id,
        order_number=order.number or 0,
        seq=1,
        contact_id=1,
        state=ChangeState.AWAITING_STAFF,
        version=1,
        before=order.lines,
        lines=order_changes.lines_after(order, wanted),
        was=was,
        details=was,
        words="",
        currency="EUR",
    )
    return replace(made, **given)  # type: ignore[arg-type]


def waiting(*lines, kind: Kind = Kind.PICKUP) -> Order:
    """Placed, and not answered yet."""
    return after(place(draft(*lines, kind=kind)))


def applied(order: Order, change: OrderChange):
    return order_changes.apply(order, change, by=ANNA, shop=SHOP, now=NOON)


def test_fewer_pieces_are_cancelled_on_their_line():
    order = waiting(line("pizza", 3), line("coke", 1))

    (pizza, coke) = order_changes.lines_after(order, [line("pizza", 1)])

    assert (pizza.quantity, pizza.cancelled, coke.cancelled) == (3, 2, 1)


def test_more_of_the_same_price_joins_its_line_and_a_new_price_gets_a_line_of_its_own():
    order = waiting(line("pizza", 1))
    dearer = replace(line("pizza", 3), unit_price=900)

    assert [one.quantity for one in order_changes.lines_after(order, [line("pizza", 3)])] == [3]
    first, second = order_changes.lines_after(order, [dearer])
    assert (first.quantity, first.unit_price) == (1, 850)
    assert (second.quantity, second.unit_price, second.id, second.position) == (2, 900, None, 2)


def test_another_option_is_another_line():
    large = LineOption(Chosen("size", "large"), {"en": "large"}, 200)
    order = waiting(line("pizza", 2))

    old, new = order_changes.lines_after(order, [line("pizza", 1), replace(line("pizza", 1), options=(large,))])

    assert (old.quantity - old.cancelled, new.quantity, new.options) == (1, 1, (large,))


def test_pieces_that_were_cancelled_may_come_back():
    order = waiting(line("pizza", 2))
    order = replace(order, lines=order_changes.lines_after(order, [line("pizza", 1)]))

    (again,) = order_changes.lines_after(order, [line("pizza", 2)])

    assert again.quantity - again.cancelled == 2


def test_more_goods_are_set_aside_and_fewer_are_released_once():
    order = waiting(line("pizza", 2), line("coke", 1))

    change = applied(order, change_of(order, line("pizza", 1), line("coke", 3)))

    assert [(move.sku, move.quantity, move.giver, move.taker) for move in change.moves] == [
        ("coke", 2, Bucket.SHELF, Bucket.HELD),
        ("pizza", 1, Bucket.HELD, Bucket.SHELF),
    ]
    assert sorted((one.sku, one.quantity, one.state) for one in change.reservations) == [
        ("coke", 2, ReservationState.HELD),
        ("pizza", 1, ReservationState.HELD),
        ("pizza", 2, ReservationState.RELEASED),
    ]


def test_goods_of_an_accepted_order_are_committed():
    order = accepted(draft(line("coke", 1)))

    change = applied(order, change_of(order, line("coke", 2)))

    assert [(move.giver, move.taker) for move in change.moves] == [(Bucket.SHELF, Bucket.COMMITTED)]


def test_the_total_follows_and_the_customer_hears_the_difference():
    order = waiting(line("pizza", 2), kind=Kind.DELIVERY)
    wish = change_of(order, line("pizza", 2), line("coke", 1))

    change = applied(order, wish)

    (told,) = change.notices
    assert isinstance(told, ChangeApplied)
    assert (change.order.total, told.change.difference, wish.total_before) == (order.total + 300, 300, order.total)
    assert change.order.version == order.version + 1
    assert [(event.machine, event.act) for event in change.events] == [("change:1", Act.APPLY_CHANGE)]


def test_only_what_the_change_is_about_changes():
    order = replace(waiting(line("pizza", 1)), note="ring twice")
    wish = change_of(order, line("pizza", 1), details=Details(None, "", "ring thrice"))

    later = applied(replace(order, address="elsewhere"), wish)

    assert (later.order.note, later.order.address) == ("ring thrice", "elsewhere")


def test_another_time_of_an_accepted_order_is_promised():
    order = accepted(draft(line("pizza", 1)))
    at = NOON + 90 * MINUTE

    change = applied(order, change_of(order, line("pizza", 1), details=Details(at)))

    assert (change.order.wished, change.order.promised) == (at, at)


def test_a_pending_order_waits_anew_when_something_new_is_to_be_answered():
    order = waiting(line("pizza", 1))
    wish = change_of(order, line("pizza", 2), state=ChangeState.PROPOSED)

    asked = order_changes.ask(order, wish, (), by=BEA, shop=SHOP, now=NOON)

    (timer,) = asked.timers
    assert (timer.job, timer.subject) == ("remind", f"{order.id}:{order.version + 1}")
    assert asked.order.changes == 1


def test_a_change_takes_the_place_of_the_one_before():
    order = waiting(line("pizza", 1))
    first, second = change_of(order, line("pizza", 2)), change_of(order, line("pizza", 3), id=2, seq=2)
    second = replace(second, state=ChangeState.PROPOSED)

    asked = order_changes.ask(order, second, (first,), by=BEA, shop=SHOP, now=NOON)

    assert [one.state for one in asked.order_changes] == [ChangeState.WITHDRAWN, ChangeState.AWAITING_STAFF]
    assert [event.seq for event in asked.events] == [order.seq + 1, order.seq + 2]


def test_what_is_declined_leaves_the_order_as_it_was():
    order = accepted(draft(line("pizza", 2)))

    change = order_changes.decline(order, change_of(order, line("pizza", 1)), by=ANNA, shop=SHOP, now=NOON)

    assert (change.order.lines, change.order.total, change.moves) == (order.lines, order.total, ())
    assert [type(notice) for notice in change.notices] == [ChangeDeclined]


def test_a_change_is_answered_once():
    order = waiting(line("pizza", 2))
    done = applied(order, change_of(order, line("pizza", 1))).order_changes[0]

    for answer in (order_changes.decline, order_changes.withdraw):
        with pytest.raises(WrongState):
            answer(order, done, by=ANNA, shop=SHOP, now=NOON)


def test_an_order_that_changed_meanwhile_or_is_ready_is_not_changed():
    order = accepted(draft(line("pizza", 2)))
    wish = change_of(order, line("pizza", 1))
    other = after(applied(order, change_of(order, line("pizza", 2), line("coke", 1))))
    ready = after(orders.advance(order, Act.MAKE_READY, by=ANNA, now=NOON))

    with pytest.raises(Stale):
        applied(other, wish)
    with pytest.raises(WrongState):
        applied(ready, wish)


def test_what_comes_too_late_is_told_and_stands_on_the_timeline_of_the_same_decision():
    order = replace(accepted(draft(line("pizza", 2))), changes=1)
    ready = orders.advance(order, Act.MAKE_READY, by=ANNA, now=NOON)

    change = order_changes.outdate(ready, [change_of(order, line("pizza", 1))], by=ANNA, now=NOON)

    assert {event.version for event in change.events} == {order.version + 1}
    assert [event.seq for event in change.events] == list(range(order.seq + 1, change.order.seq + 1))
    assert isinstance(change.notices[-1], ChangeOutdated)


def test_a_step_that_made_a_change_come_too_late_can_be_taken_back():
    order = replace(accepted(draft(line("pizza", 2))), changes=1)
    ready = orders.advance(order, Act.MAKE_READY, by=ANNA, now=NOON)
    late = order_changes.outdate(ready, [change_of(order, line("pizza", 1))], by=ANNA, now=NOON)

    back = undo.undo(after(late), late.events, (), by=ANNA, approval=Approval(), now=NOON)

    assert back.order.fulfilment == order.fulfilment
    assert [event.machine for event in back.events] == ["fulfilment"]


def test_what_the_shop_would_not_take_is_refused():
    limits = shop(limits=Limits(quantity=5), fulfilment=Fulfilment((Way(Kind.PICKUP, minimum=1500),)))
    order = waiting(line("pizza", 2))

    with pytest.raises(TooMany):
        order_changes.check(order, change_of(order, line("soup", 6)), limits)
    with pytest.raises(BelowMinimum):
        order_changes.check(order, change_of(order, line("pizza", 1)), limits)
    order_changes.check(order, change_of(order, line("pizza", 1), by_shop=True), limits)

    shipped = replace(order, kind=Kind.SHIPPING)
    with pytest.raises(NotOffered):
        order_changes.check(shipped, change_of(shipped, line("pizza", 2)), limits)


def test_another_address_has_another_fee_and_another_minimum():
    zones = (Zone("Town", postcodes=("39100",), fee=250), Zone("Valley", postcodes=("39057",), fee=450, minimum=1500))
    moving = shop(fulfilment=Fulfilment((Way(Kind.DELIVERY, zones=zones),)))
    here, there = "Lane 5, 39100", "Road 7, 39057"
    order = replace(
        waiting(line("pizza", 1)), kind=Kind.DELIVERY, address=here, fee=250, zone="Town", spot=Spot(46, 11)
    )
    wish = change_of(order, line("pizza", 1), details=Details(None, there, "", 450))

    with pytest.raises(BelowMinimum):
        order_changes.check(order, wish, moving)
    changed = order_changes.apply(order, wish, by=ANNA, shop=moving, now=NOON).order

    assert (changed.address, changed.fee, changed.zone, changed.spot) == (there, 450, "Valley", None)
    assert changed.total == wish.total == order.total + 200


def offered(order: Order, *wanted, replaced=()):
    change = change_of(order, *wanted, state=ChangeState.PROPOSED, version=0, by_shop=True)
    return order_changes.offer(order, change, replaced, by=ANNA, shop=SHOP, now=NOON)


def test_what_the_shop_proposes_waits_for_the_customer_and_nobody_is_reminded():
    offer = offered(waiting(line("pizza", 2)), line("pizza", 1))

    assert [one.state for one in offer.order_changes] == [ChangeState.AWAITING_CUSTOMER]
    assert [(one.job, one.subject, one.due) for one in offer.timers] == [("offer_over", "1:1", NOON + 30 * MINUTE)]
    assert [type(notice) for notice in offer.notices] == [ChangeOffered]
    assert offer.moves == offer.reservations == ()


def test_a_wish_that_waited_is_declined_by_the_shops_proposal_and_an_earlier_proposal_taken_back():
    order = waiting(line("pizza", 2))
    wish = change_of(order, line("pizza", 3), id=2, seq=2)
    earlier = change_of(order, line("pizza", 3), id=3, seq=3, state=ChangeState.AWAITING_CUSTOMER, by_shop=True)

    states = {one.id: one.state for one in offered(order, line("pizza", 1), replaced=(wish, earlier)).order_changes}

    assert states == {2: ChangeState.DECLINED, 3: ChangeState.WITHDRAWN, 1: ChangeState.AWAITING_CUSTOMER}


@pytest.mark.parametrize(
    ("ends", "state"),
    [
        (order_changes.decline, ChangeState.DECLINED),
        (order_changes.withdraw, ChangeState.WITHDRAWN),
        (order_changes.lapse, ChangeState.STALE),
    ],
)
def test_a_proposal_that_comes_to_nothing_leaves_the_order_and_its_waiting_begins_anew(ends, state):
    offer = offered(waiting(line("pizza", 2)), line("pizza", 1))
    (change,) = offer.order_changes

    over = ends(offer.order, change, by=BEA, shop=SHOP, now=NOON)

    assert [one.state for one in over.order_changes] == [state]
    assert over.order.lines == offer.order.lines
    assert [one.job for one in over.timers] == ["remind"]
    assert [type(notice) for notice in over.notices] == [OfferOver]


def test_only_what_is_open_and_in_the_kitchen_may_change():
    order = waiting(line("pizza", 1))

    assert order_changes.may_change(order)
    assert not order_changes.may_change(replace(order, state=OrderState.CANCELLED))
    assert not order_changes.may_change(draft(line("pizza", 1)))
