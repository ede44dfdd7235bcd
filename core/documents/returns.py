"""A return, and the pictures that people send."""

from datetime import datetime

from core.frozen import frozen
from core.menu import Texts
from core.people import Trust
from core.states import ReturnState


@frozen
class Photo:
    """A picture that somebody sent: kept as a Telegram file id, or as bytes in the files table."""

    id: int
    telegram_file: str = ""
    name: str = ""
    mime: str = ""
    picture: int | None = None
    """A row of the shop's own pictures, which is no file of a customer's."""


@frozen
class ReturnItem:
    """So many of an order's line go back."""

    line_id: int
    sku: str
    name: Texts
    quantity: int
    paid: int = 0
    """The price of them all, minor units."""


@frozen
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
    def paid(self) -> int:
        """What the goods cost, and what is given back for them; minor units."""
        return sum(item.paid for item in self.items)

    @property
    def label(self) -> str:
        return f"R-{self.order_number}-{self.seq}"
