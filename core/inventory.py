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


def adjust(
    reservations: Iterable[Reservation], before: Iterable[Line], after: Iterable[Line], state: ReservationState
) -> tuple[tuple[Reservation, ...], tuple[Move, ...]]:
    """What goes over between shelf and the live reservations when an order's lines change, article by article.

    More is one reservation more. Where fewer are needed, those of the article end, and one for the rest takes their
    place.
    """
    live = [one for one in reservations if one.state in LIVE]
    had, needs = dict(need(before)), dict(need(after))
    changed: list[Reservation] = []
    moves: list[Move] = []
    for sku in sorted({*had, *needs}):
        more = needs.get(sku, 0) - had.get(sku, 0)
        if more > 0:
            changed.append(Reservation(sku, more, state))
            moves.append(Move(sku, more, Bucket.SHELF, _account(state), Act.APPLY_CHANGE))
        elif more < 0:
            changed += [_step(one, ReservationState.RELEASED) for one in live if one.sku == sku]
            changed += [Reservation(sku, needs[sku], state)] if sku in needs else []
            moves.append(Move(sku, -more, _account(state), Bucket.SHELF, Act.APPLY_CHANGE))
    return tuple(changed), tuple(moves)


def _step(reservation: Reservation, state: ReservationState) -> Reservation:
    if state not in RESERVATION[reservation.state]:
        raise WrongState(state=reservation.state, act=Act.UNDO)
    return replace(reservation, state=state)


def _account(state: ReservationState) -> str:
    return Bucket.HELD if state is ReservationState.HELD else Bucket.COMMITTED
