"""What the rules decided: documents, steps, moves, money, ticks and notices, saved in one transaction."""

from dataclasses import dataclass

from core.documents import Event, Move, Order, Payment, Reservation, ReturnCase, Timer
from core.notices import Notice


@dataclass(frozen=True, kw_only=True)
class Change:
    """Everything that one act does; storage saves it, handlers pass its notices on."""

    order: Order | None = None
    """As it is afterwards; saved only if its row still has the version before."""
    events: tuple[Event, ...] = ()
    moves: tuple[Move, ...] = ()
    reservations: tuple[Reservation, ...] = ()
    """Those that are new (without an id) or have another state now."""
    payments: tuple[Payment, ...] = ()
    return_case: ReturnCase | None = None
    timers: tuple[Timer, ...] = ()
    notices: tuple[Notice, ...] = ()
