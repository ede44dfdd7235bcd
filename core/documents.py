"""The shop's papers: an order with its lines, what is set aside for it, its payment, a return.

All are values. Documents decide, ledgers count: whether an order is paid or
wholly fulfilled is derived from what stands here.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.menu import Chosen, Texts
from core.people import Actor, Channel, Trust
from core.states import (
    Act,
    FulfilmentState,
    Kind,
    OrderState,
    PaymentState,
    ReservationState,
    ReturnState,
)


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

    @property
    def total(self) -> int:
        return self.unit_price * (self.quantity - self.cancelled)

    @property
    def returnable(self) -> int:
        return self.fulfilled - self.returned


@dataclass(frozen=True, slots=True)
class Reservation:
    """Goods set aside for an order, all lines of one article summed."""

    sku: str
    quantity: int
    state: ReservationState
    id: int | None = None


@dataclass(frozen=True, slots=True)
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

    @property
    def goods(self) -> int:
        return sum(line.total for line in self.lines)

    @property
    def total(self) -> int:
        return self.goods + self.fee

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
