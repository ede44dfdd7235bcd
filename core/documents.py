"""The shop's papers: an order with its lines, what is set aside for it, its payment, a return.

All are values. Documents decide, ledgers count: whether an order is paid or
wholly fulfilled is derived from what stands here.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from core.menu import Chosen, Texts
from core.people import Actor, Channel, Trust
from core.states import (
    Act,
    ChangeState,
    FulfilmentState,
    Kind,
    OrderState,
    PaymentState,
    ReservationState,
    ReturnState,
)
from core.zones import Spot


@dataclass(frozen=True, slots=True)
class LineOption:
    """A chosen option with its name and price as they were when it was chosen (minor units, all helpings)."""

    chosen: Chosen
    name: Texts
    price: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an order: name and price are snapshots, `words` is what it was read from."""

    position: int
    sku: str
    name: Texts
    quantity: int
    unit_price: int
    options: tuple[LineOption, ...] = ()
    words: str = ""
    cancelled: int = 0
    fulfilled: int = 0
    returned: int = 0
    id: int | None = None
    counted: bool = False
    """Whether the product is counted in the stock ledger."""
    day: date | None = None
    """The day of business whose number it counts to: of products with a daily limit, once they are placed."""

    @property
    def total(self) -> int:
        return self.unit_price * (self.quantity - self.cancelled)

    @property
    def returnable(self) -> int:
        return self.fulfilled - self.returned


@dataclass(frozen=True, slots=True)
class Take:
    """So many more of an article are ordered for this day of business, or fewer where it is negative.

    `limit` is what the day may reach; None where nothing is checked.
    """

    sku: str
    day: date
    quantity: int
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Reservation:
    """Goods set aside for an order, all lines of one article summed."""

    sku: str
    quantity: int
    state: ReservationState
    id: int | None = None


UNKNOWN_ZONE = "?"
"""The name of a zone that could not be told."""


@dataclass(frozen=True)
class Order:
    """An order from the first word (a draft) to the end."""

    id: int
    contact_id: int
    customer_id: int
    channel: Channel
    language: str
    currency: str
    state: OrderState = OrderState.DRAFT
    version: int = 0
    number: int | None = None
    kind: Kind | None = None
    fulfilment: FulfilmentState = FulfilmentState.PLANNED
    lines: tuple[Line, ...] = ()
    reservations: tuple[Reservation, ...] = ()
    fee: int = 0
    """Delivery or shipping, minor units."""
    wished: datetime | None = None
    promised: datetime | None = None
    done: datetime | None = None
    """When the goods were really handed over."""
    placed: datetime | None = None
    address: str = ""
    phone: str = ""
    spot: Spot | None = None
    """Where the address is on the map, if the customer shared it."""
    zone: str = ""
    """Of the delivery: its name; UNKNOWN_ZONE where only a distance could tell, and nobody shared a location."""
    slot: int | None = None
    """The row of the slot whose capacity it takes, or took until it ended."""
    payment: str = ""
    """How the customer wishes to pay: cash, card, online; "" if nothing was said."""
    code: str = ""
    """Of a discount, as the customer wrote it."""
    called: str = ""
    """For whom it is, where the customer gave a name."""
    note: str = ""
    carrier: str = ""
    tracking: str = ""
    tracking_link: str = ""
    token: str = ""
    """Stands in mail subjects as [#1042-K7QM]; leads to the thread, proves nothing."""
    reason: str = ""
    """Why it was rejected, in the staff's words."""
    trust: Trust = Trust.FULL
    """How far the sender of the order was believed; a chat always fully."""
    seq: int = 0
    """How many events its timeline has."""
    at_table: str = ""
    """Where its customer sits, by the code on the table."""
    campaign: str = ""
    """By which link its customer came."""
    changes: int = 0
    """How many changes of it were asked for since it was placed."""

    def changed(self, **fields: Any) -> "Order":
        """As dataclasses.replace, which takes ten times as long for this many fields."""
        assert fields.keys() <= self.__dict__.keys(), fields  # noqa: S101  # a slip of ours
        made = object.__new__(Order)
        made.__dict__.update(self.__dict__, **fields)
        return made

    @property
    def goods(self) -> int:
        return sum(line.total for line in self.lines)

    @property
    def total(self) -> int:
        return self.goods + self.fee

    @property
    def table(self) -> str:
        """The table that it is brought to; "" for what leaves the house."""
        return self.at_table if self.kind in {None, Kind.PICKUP} else ""

    @property
    def is_open(self) -> bool:
        return self.state in {OrderState.PENDING, OrderState.ACCEPTED}


@dataclass(frozen=True, slots=True)
class Event:
    """One step on an order's timeline: ids and amounts only, never names or words."""

    order_id: int
    seq: int
    version: int
    machine: str
    """"order" or "fulfilment" for a change of state, else what it was about."""
    act: Act
    state_from: str
    state_to: str
    actor: Actor
    at: datetime
    facts: dict[str, Any]


class Bucket:
    """The accounts of the stock ledger within a place."""

    SHELF = "shelf"
    HELD = "held"
    COMMITTED = "committed"
    CUSTOMER = "customer"
    SUPPLIER = "supplier"
    LOSS = "loss"
    DAMAGED = "damaged"
    ALL = (SHELF, HELD, COMMITTED, CUSTOMER, SUPPLIER, LOSS, DAMAGED)
    MAY_BE_NEGATIVE = (SUPPLIER,)


@dataclass(frozen=True, slots=True)
class Move:
    """So many of an article go from one account to another."""

    sku: str
    quantity: int
    giver: str
    taker: str
    reason: str


@dataclass(frozen=True, slots=True)
class Payment:
    """Money taken, minor units; a negative one takes another back that was booked by mistake."""

    order_id: int
    method: str
    amount: int
    currency: str
    state: PaymentState
    id: int | None = None
    reverses: int | None = None


@dataclass(frozen=True, slots=True)
class SlotStep:
    """One order more (1) or less (-1) in a slot."""

    slot: int
    by: int


@dataclass(frozen=True, slots=True)
class Timer:
    """A tick that comes in through the inbox when it is due, once per job, subject and due time."""

    job: str
    subject: str
    due: datetime


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture that somebody sent: kept as a Telegram file id, or as bytes in the files table."""

    id: int
    telegram_file: str = ""
    name: str = ""
    mime: str = ""
    picture: int | None = None
    """A row of the shop's own pictures, which is no file of a customer's."""


@dataclass(frozen=True, slots=True)
class ReturnItem:
    """So many of an order's line go back."""

    line_id: int
    sku: str
    name: Texts
    quantity: int


@dataclass(frozen=True, slots=True)
class ReturnCase:
    """A wish to give goods back, and what became of it; `label` reads R-1001-1."""

    id: int
    order_id: int
    order_number: int
    seq: int
    contact_id: int
    state: ReturnState
    version: int
    items: tuple[ReturnItem, ...]
    reason: str
    words: str
    photos: tuple[Photo, ...] = ()
    decline_reason: str = ""
    deadline: datetime | None = None
    outcome: str = ""
    """"shelf" or "damaged", once the goods are here."""
    trust: Trust = Trust.FULL
    """How far the sender of the wish was believed."""

    @property
    def label(self) -> str:
        return f"R-{self.order_number}-{self.seq}"


@dataclass(frozen=True, slots=True)
class Details:
    """What else of a placed order may be another: when, where to and for what fee, a word to the kitchen."""

    wished: datetime | None = None
    address: str = ""
    note: str = ""
    fee: int = 0


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """So many of a line before, so many after."""

    line: Line
    before: int
    after: int

    @property
    def difference(self) -> int:
        """What it costs more, minor units; less than zero where it costs less."""
        return self.line.unit_price * (self.after - self.before)


@dataclass(frozen=True, slots=True)
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
