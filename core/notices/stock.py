"""Goods in the staff group: what is on the shelf, what is off the menu, what came in."""

from datetime import datetime

from core.frozen import frozen
from core.menu import Texts
from core.notices.base import Notice


@frozen
class StockRow:
    """What the ledger says of one article."""

    sku: str
    name: Texts
    shelf: int
    held: int
    committed: int
    low: bool = False


@frozen
class DayRow:
    """How many of the day's number of a product can still be ordered."""

    name: Texts
    left: int
    daily: int


@frozen
class SoldOutRow:
    """A product, category or option that is off the menu."""

    name: Texts
    until: datetime


@frozen(slots=False, kw_only=True)
class StockShown(Notice):
    """/stock."""

    rows: tuple[StockRow, ...]
    days: tuple[DayRow, ...] = ()
    off: tuple[SoldOutRow, ...] = ()


@frozen(slots=False, kw_only=True)
class SoldOutShown(Notice):
    """/soldout alone: what is off the menu; buttons bring it back."""

    rows: tuple[SoldOutRow, ...]
    not_off: Texts | None = None
    """What /back was to bring back, and is on the menu."""


@frozen(slots=False, kw_only=True)
class Restocked(Notice):
    """So many came in, or are gone where `quantity` is negative; `shelf` are free now, `aside` are set aside."""

    product: Texts
    sku: str
    quantity: int
    before: int
    shelf: int
    aside: int = 0
    is_counted: bool = False
    """What was found there was counted."""


@frozen(slots=False, kw_only=True)
class LowStock(Notice):
    """An article fell to its low mark, or to nothing: told once per crossing."""

    product: Texts
    left: int


@frozen(slots=False, kw_only=True)
class SoldOutSet(Notice):
    """Off the menu until `until`; None: on it again."""

    product: Texts
    until: datetime | None
    told: int = 0
    """So many customers had it in an open draft, and have been told."""
