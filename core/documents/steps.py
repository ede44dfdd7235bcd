"""What an act brings with it: moves of the ledgers, numbers of days, places in slots, timers."""

from datetime import date, datetime

from core.frozen import frozen
from core.states import PaymentState


@frozen
class Take:
    """So many more of an article are ordered for this day of business, or fewer where it is negative.

    `limit` is what the day may reach; None where nothing is checked.
    """

    sku: str
    day: date
    quantity: int
    limit: int | None = None


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


@frozen
class Move:
    """So many of an article go from one account to another."""

    sku: str
    quantity: int
    giver: str
    taker: str
    reason: str


REFUND = "refund"
"""The method of a payment that gives back the price of returned goods, out of the till."""


@frozen
class Payment:
    """Money taken, minor units; a negative one is a REFUND, or takes another back that was booked by mistake."""

    order_id: int
    method: str
    amount: int
    currency: str
    state: PaymentState
    id: int | None = None
    reverses: int | None = None


@frozen
class SlotStep:
    """One order more (1) or less (-1) in a slot."""

    slot: int
    by: int


@frozen
class Timer:
    """A tick that comes in through the inbox when it is due, once per job, subject and due time."""

    job: str
    subject: str
    due: datetime
