"""What the rules decided: documents, steps, moves, money, ticks and notices, saved in one transaction."""

from core.documents import Event, Move, Order, OrderChange, Payment, Reservation, ReturnCase, SlotStep, Take, Timer
from core.frozen import frozen
from core.notices import Notice


@frozen(slots=False, kw_only=True)
class Change:
    """Everything that one act does; storage saves it, handlers pass its notices on."""

    order: Order | None = None
    """As it is afterwards; saved only if its row still has the version before."""
    new_lines: bool = False
    """The draft was edited: its lines are written anew."""
    moved_lines: bool = False
    """Quantities fulfilled or returned changed on the lines that there are."""
    changed_lines: bool = False
    """A placed order was changed: quantities of its lines, and lines that are new."""
    events: tuple[Event, ...] = ()
    moves: tuple[Move, ...] = ()
    reservations: tuple[Reservation, ...] = ()
    """Those that are new (without an id) or have another state now."""
    slots: tuple[SlotStep, ...] = ()
    takes: tuple[Take, ...] = ()
    dated_lines: bool = False
    """Lines count to a day's number from now on."""
    payments: tuple[Payment, ...] = ()
    return_case: ReturnCase | None = None
    order_changes: tuple[OrderChange, ...] = ()
    timers: tuple[Timer, ...] = ()
    notices: tuple[Notice, ...] = ()

    def then(self, later: "Change") -> "Change":
        """Both acts as one change, saved together; a later document replaces the earlier one."""
        return Change(
            order=later.order or self.order,
            new_lines=self.new_lines or later.new_lines,
            moved_lines=self.moved_lines or later.moved_lines,
            changed_lines=self.changed_lines or later.changed_lines,
            events=self.events + later.events,
            moves=self.moves + later.moves,
            reservations=self.reservations + later.reservations,
            slots=self.slots + later.slots,
            takes=self.takes + later.takes,
            dated_lines=self.dated_lines or later.dated_lines,
            payments=self.payments + later.payments,
            return_case=later.return_case or self.return_case,
            order_changes=self.order_changes + later.order_changes,
            timers=self.timers + later.timers,
            notices=self.notices + later.notices,
        )
