"""The shop says no: each refusal is a class with its facts; the words are a template.

The template of `OutOfStock` is `refused_out_of_stock`.
"""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(eq=False)
class ShopError(Exception):
    """The act is refused and undone; the person is told why."""


@dataclass(eq=False)
class WrongState(ShopError):
    """The act does not fit the state; `by` is who was first, where somebody was."""

    state: str
    act: str
    number: int | None = None
    by: str = ""


@dataclass(eq=False)
class Stale(ShopError):
    """A button or a decision for a version that is no more."""

    number: int | None
    state: str
    by: str = ""
    what: str = ""
    """"change" where a change of the order is meant, "moved" where the group is: its old messages are out of use."""


@dataclass(eq=False)
class OutOfStock(ShopError):
    """Fewer are left than were asked for, summed over all lines."""

    sku: str
    product: dict[str, str]
    asked: int
    left: int


@dataclass(eq=False)
class SoldOut(ShopError):
    """It cannot be had at that time; `why` is a Why of core.availability, `back` when it can be again."""

    sku: str
    product: dict[str, str]
    why: str = "sold_out"
    option: dict[str, str] = field(default_factory=dict)
    back: datetime | None = None
    left: int = 0


@dataclass(eq=False)
class SoldOutToday(ShopError):
    """Fewer are left of the day's number than were asked for, summed over all lines."""

    sku: str
    product: dict[str, str]
    asked: int
    left: int


@dataclass(eq=False)
class NotThere(ShopError):
    """No such order, or not yours: both read the same."""

    number: int | None = None


@dataclass(eq=False)
class NotAllowed(ShopError):
    """The role does not reach so far, or the person is no staff at all."""

    act: str


@dataclass(eq=False)
class ShopClosed(ShopError):
    """Outside the opening hours, closed or paused by hand; `opens` is the next opening, where it is known."""

    opens: datetime | None = None
    wished: datetime | None = None
    """The time that was asked for, where it was not now."""


@dataclass(eq=False)
class SlotFull(ShopError):
    """Somebody else took the last place of that time."""

    at: datetime | None = None


@dataclass(eq=False)
class TimeNotOffered(ShopError):
    """A time that cannot be: `why` is soon or far; `earliest` is the first that can."""

    why: str
    wished: datetime | None = None
    earliest: datetime | None = None


@dataclass(eq=False)
class EmptyDraft(ShopError):
    """There is nothing to place."""


@dataclass(eq=False)
class TooMany(ShopError):
    """More than the shop takes in one line, in one order, or from one customer at once."""

    what: str
    most: int
    product: dict[str, str] | None = None
    """Of which it is too much, where it is pieces of one."""


@dataclass(eq=False)
class TooManyOptions(ShopError):
    """More of one group than go into the dish."""

    group: dict[str, str]
    most: int


@dataclass(eq=False)
class TooFewOptions(ShopError):
    """Something of this group must be chosen first."""

    group: dict[str, str]
    least: int


@dataclass(eq=False)
class BelowMinimum(ShopError):
    """Delivery starts at `minimum`; both in minor units."""

    minimum: int
    missing: int
    currency: str
    where: str = ""
    """The postcode or zone that it holds for."""


@dataclass(eq=False)
class NotOffered(ShopError):
    """A kind of fulfilment, or a place, that the shop does not serve."""

    what: str


@dataclass(eq=False)
class TooLate(ShopError):
    """The time in which this could be done is over, in minutes."""

    minutes: int


@dataclass(eq=False)
class NotUnderstoodCommand(ShopError):
    """A command of the staff that lacks something; `usage` shows how it is written."""

    usage: str
    what: str = ""


@dataclass(eq=False)
class UnknownProduct(ShopError):
    """No product of that name; `likely` are names that come near."""

    name: str
    likely: tuple[str, ...] = ()


@dataclass(eq=False)
class UnknownCustomer(ShopError):
    """Nobody of that name, or more than one: `likely` are those, with what tells them apart."""

    name: str
    likely: tuple[str, ...] = ()


@dataclass(eq=False)
class WordNotLearned(ShopError):
    """These words cannot be learned: `why` is odd, long or known."""

    words: str
    why: str


@dataclass(eq=False)
class NothingToReturn(ShopError):
    """Nothing of that was handed over, or all of it is on its way back already."""

    number: int | None
