"""A change of a placed order."""

from datetime import datetime

from core.documents.orders import Line
from core.frozen import frozen
from core.states import ChangeState, Kind


@frozen
class Details:
    """What else of a placed order may be another: when, how and where to and for what fee, a word to the kitchen."""

    wished: datetime | None = None
    address: str = ""
    note: str = ""
    fee: int = 0
    kind: Kind | None = None
    """None for the way that the order goes."""


@frozen
class ChangedLine:
    """So many of a line before, so many after."""

    line: Line
    before: int
    after: int

    @property
    def difference(self) -> int:
        """What it costs more, minor units; less than zero where it costs less."""
        return self.line.unit_price * (self.after - self.before)


@frozen
class OrderChange:
    """A change of a placed order: its lines and details as they were, and as they are to be.

    `lines` are all of the order's lines afterwards: known ones with their new quantities, new ones without an id.
    """

    id: int
    order_id: int
    order_number: int
    seq: int
    contact_id: int
    state: ChangeState
    version: int
    before: tuple[Line, ...]
    lines: tuple[Line, ...]
    was: Details
    details: Details
    words: str
    currency: str
    unread: tuple[str, ...] = ()
    """Words that have no place in it: a person reads them."""
    by_shop: bool = False
    """The staff proposes it and the customer answers; else the other way round."""

    @property
    def total_before(self) -> int:
        return self.was.fee + sum(line.total for line in self.before)

    @property
    def total(self) -> int:
        return self.details.fee + sum(line.total for line in self.lines)

    @property
    def difference(self) -> int:
        """What the customer pays more, minor units; less than zero for less."""
        return self.total - self.total_before

    @property
    def rows(self) -> tuple[ChangedLine, ...]:
        """What of the goods changes, line by line."""
        had = {line.id: line.quantity - line.cancelled for line in self.before}
        rows = (ChangedLine(line, had.get(line.id, 0), line.quantity - line.cancelled) for line in self.lines)
        return tuple(row for row in rows if row.before != row.after)

    @property
    def is_waiting(self) -> bool:
        return self.state in {ChangeState.AWAITING_STAFF, ChangeState.AWAITING_CUSTOMER}

    @property
    def was_sent(self) -> bool:
        """Whether the other side has ever seen it: what was only proposed ends in one step."""
        return self.is_waiting or self.version > 1
