"""Goods set aside and given: moves between the accounts of the stock ledger.

Demand of all lines is summed per article before anything is checked, and
articles come in one fixed order, so that two orders never wait for each other.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from core.documents import Bucket, Line, Move, Reservation
from core.errors import WrongState
from core.states import RESERVATION, Act, ReservationState

LIVE = (ReservationState.HELD, ReservationState.COMMITTED)


def need(lines: Iterable[Line]) -> tuple[tuple[str, int], ...]:
    """What the counted lines need, summed per sku, in the order in which accounts are touched."""
    summed: Counter[str] = Counter()
    for line in lines:
        if line.counted:
            summed[line.sku] += line.quantity - line.cancelled
    return tuple(sorted((sku, quantity) for sku, quantity in summed.items() if quantity > 0))


def set_aside(
    lines: Iterable[Line], giver: str, state: ReservationState, reason: str
) -> tuple[tuple[Reservation, ...], tuple[Move, ...]]:
    """New reservations for what the lines need, their goods taken from the account `giver`."""
    wanted = need(lines)
    return (
        tuple(Reservation(sku, quantity, state) for sku, quantity in wanted),
        tuple(Move(sku, quantity, giver, _account(state), reason) for sku, quantity in wanted),
    )


def turn(
    reservations: Iterable[Reservation], state: ReservationState, taker: str, reason: str
) -> tuple[tuple[Reservation, ...], tuple[Move, ...]]:
    """The live reservations go over to `state`, their goods to the account `taker`."""
    live = sorted((one for one in reservations if one.state in LIVE), key=lambda one: one.sku)
    return (
        tuple(_step(one, state) for one in live),
        tuple(Move(one.sku, one.quantity, _account(one.state), taker, reason) for one in live),
    )


def _step(reservation: Reservation, state: ReservationState) -> Reservation:
    if state not in RESERVATION[reservation.state]:
        raise WrongState(state=reservation.state, act=Act.UNDO)
    return replace(reservation, state=state)


def _account(state: ReservationState) -> str:
    return Bucket.HELD if state is ReservationState.HELD else Bucket.COMMITTED
