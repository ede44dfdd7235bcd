"""The tables of states: every state known, reachable from the start, with a row; every act somewhere."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import pytest

from core.errors import WrongState
from core.states import (
    CHANGE,
    DELIVERY,
    FULFILMENT,
    MAIN_LINE,
    ORDER,
    PICKUP,
    RESERVATION,
    RETURN,
    SHIPPING,
    UNDOABLE,
    Act,
    ChangeState,
    FulfilmentState,
    Kind,
    OrderState,
    ReservationState,
    ReturnState,
    after,
    path,
)

MACHINES: dict[str, tuple[Mapping[Any, Mapping[Act, Any]], StrEnum]] = {
    "order": (ORDER, OrderState.DRAFT),
    "pickup": (PICKUP, FulfilmentState.PLANNED),
    "delivery": (DELIVERY, FulfilmentState.PLANNED),
    "shipping": (SHIPPING, FulfilmentState.PLANNED),
    "return": (RETURN, ReturnState.REQUESTED),
    "change": (CHANGE, ChangeState.PROPOSED),
}


def reachable(machine: Mapping[StrEnum, Mapping[Act, StrEnum]], start: StrEnum) -> set[StrEnum]:
    found, new = set(), {start}
    while new:
        found |= new
        new = {state for known in new for state in machine[known].values()} - found
    return found


@pytest.mark.parametrize("name", MACHINES)
def test_each_state_of_a_machine_is_reached_from_its_start_and_has_a_row(name: str):
    machine, start = MACHINES[name]

    assert reachable(machine, start) == set(machine)


def test_each_state_that_there_is_stands_in_a_machine():
    assert set(ORDER) == set(OrderState)
    assert set(PICKUP) | set(DELIVERY) | set(SHIPPING) == set(FulfilmentState)
    assert set(RETURN) == set(ReturnState)
    assert set(CHANGE) == set(ChangeState)
    assert set(RESERVATION) == set(ReservationState)


def test_a_reservation_that_ended_stays_ended():
    ended = {state for state, following in RESERVATION.items() if not following}

    assert ended == {ReservationState.CONSUMED, ReservationState.RELEASED, ReservationState.EXPIRED}
    assert {state for following in RESERVATION.values() for state in following} == set(ReservationState)


def test_what_can_be_undone_is_an_act_of_a_machine():
    acts = {act for machine, _ in MACHINES.values() for row in machine.values() for act in row}

    assert acts >= UNDOABLE


@pytest.mark.parametrize("kind", Kind)
def test_the_main_line_leads_step_by_step_to_the_end(kind: Kind):
    state = FulfilmentState.PLANNED
    for act in MAIN_LINE[kind]:
        state = after(FULFILMENT[kind], state, act)

    assert FULFILMENT[kind][state] == {}


@pytest.mark.parametrize("kind", Kind)
def test_each_act_of_the_main_line_may_be_done_at_once_and_takes_those_before_along(kind: Kind):
    for end, act in enumerate(MAIN_LINE[kind], 1):
        assert path(kind, FulfilmentState.PLANNED, act) == MAIN_LINE[kind][:end]


@pytest.mark.parametrize("kind", Kind)
def test_no_path_leads_back(kind: Kind):
    state = FulfilmentState.PLANNED
    for place, act in enumerate(MAIN_LINE[kind]):
        for earlier in MAIN_LINE[kind][:place]:
            with pytest.raises(WrongState):
                path(kind, state, earlier)
        state = after(FULFILMENT[kind], state, act)


@pytest.mark.parametrize("kind", Kind)
def test_goods_may_be_called_off_until_they_leave_the_shop(kind: Kind):
    may = {state for state, acts in FULFILMENT[kind].items() if Act.CANCEL in acts}

    assert FulfilmentState.PLANNED in may
    assert not may & {
        FulfilmentState.HANDED_OVER,
        FulfilmentState.OUT,
        FulfilmentState.SHIPPED,
        FulfilmentState.DELIVERED,
    }
