"""An order with its lines and its timeline."""

from datetime import date, datetime
from typing import Any

from core.frozen import frozen
from core.menu import Chosen, Texts
from core.people import Actor, Channel, Trust
from core.states import Act, FulfilmentState, Kind, OrderState, ReservationState
from core.zones import Spot


@frozen
class LineOption:
    """A chosen option with its name and price as they were when it was chosen (minor units, all helpings)."""

    chosen: Chosen
    name: Texts
    price: int


@frozen
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


@frozen
class Reservation:
    """Goods set aside for an order, all lines of one article summed."""

    sku: str
    quantity: int
    state: ReservationState
    id: int | None = None


UNKNOWN_ZONE = "?"
"""The name of a zone that could not be told."""


@frozen(slots=False)
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
    earlier: tuple[dict[str, Any], ...] = ()
    """What the draft was before its last steps, the oldest first (core/earlier.py)."""
    beside: int | None = None
    """The newest open order of the same contact: known of a draft in the chat only when it has just begun."""

    def changed(self, **fields: Any) -> "Order":
        """As dataclasses.replace, which takes ten times as long for this many fields."""
        made = object.__new__(Order)
        made.__dict__ = {**self.__dict__, **fields}
        assert len(made.__dict__) == len(self.__dict__), fields  # noqa: S101  # a slip of ours
        return made

    @property
    def goods(self) -> int:
        # Asked for a dozen times an order: without a call for each line.
        return sum([line.unit_price * (line.quantity - line.cancelled) for line in self.lines])

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


@frozen
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
