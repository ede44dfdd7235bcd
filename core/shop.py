"""The shop's rules as its owner wrote them down: a value made from the shop file."""

from collections.abc import Iterable
from dataclasses import field
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

from core.frozen import frozen
from core.hours import Hours
from core.menu import Menu, Texts
from core.slots import Slots
from core.states import Kind
from core.zones import Spot, Zone


class Payer(StrEnum):
    """Who pays for the way back of returned goods."""

    CUSTOMER = "customer"
    SHOP = "shop"


@frozen
class Fault:
    """Something in the shop file that is wrong or missing, and what to do about it."""

    line: int
    where: str
    what: str
    cure: str

    def __str__(self) -> str:
        place = f"line {self.line}, {self.where}" if self.where else f"line {self.line}"
        return f"{place}: {self.what}; {self.cure}"


@frozen(slots=False)
class Way:
    """One kind of fulfilment; `fee` and `minimum` order in minor units."""

    kind: Kind
    fee: int = 0
    minimum: int = 0
    postcodes: tuple[str, ...] = ()
    """Where it goes; "401*" stands for all that begin with 401; empty: everywhere."""
    zones: tuple[Zone, ...] = ()
    """Prices by where it goes; they stand in for the three above."""
    slots: Slots | None = None

    @cached_property
    def areas(self) -> tuple[Zone, ...]:
        """The zones, or what the way says itself as one."""
        return self.zones or (Zone(postcodes=self.postcodes, fee=self.fee, minimum=self.minimum),)


@frozen(slots=False)
class Fulfilment:
    """The kinds that the shop offers, the most usual first."""

    ways: tuple[Way, ...] = (Way(Kind.PICKUP),)

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        return tuple(way.kind for way in self.ways)

    def way(self, kind: Kind) -> Way | None:
        """None if the shop does not offer this kind."""
        return self._by_kind.get(kind)

    @cached_property
    def _by_kind(self) -> dict[Kind, Way]:
        return {way.kind: way for way in self.ways}

    @cached_property
    def counts_slots(self) -> bool:
        """Whether a time can be full."""
        return any(way.slots is not None and way.slots.capacity is not None for way in self.ways)


REJECT_REASONS: tuple[Texts, ...] = (
    {"en": "We are too busy right now", "de": "Gerade ist zu viel los"},
    {"en": "Something you ordered has run out", "de": "Etwas aus der Bestellung ist ausverkauft"},
    {"en": "We are about to close", "de": "Wir schließen gleich"},
    {"en": "We do not deliver to this address", "de": "An diese Adresse liefern wir nicht"},
)


@frozen
class Approval:
    """How the staff answers an order, and what happens while it does not."""

    accept_minutes: tuple[int, ...] = (15, 30, 45)
    remind_after_minutes: int = 5
    tell_customer_after_minutes: int = 10
    expire_after_minutes: int = 30
    answer_change_within_minutes: int = 30
    """So long a customer may think about a change that the shop proposes."""
    undo_minutes: int = 2
    reject_reasons: tuple[Texts, ...] = REJECT_REASONS


@frozen
class ReturnPolicy:
    """Until when goods may go back, where to, and who pays the way when it is nobody's fault."""

    window_days: int = 14
    """So many days after the goods were handed over a return may be asked for."""
    deadline_days: int = 14
    """So many days after the approval the goods must be on their way."""
    address: str = ""
    who_pays: Payer = Payer.CUSTOMER


@frozen
class Limits:
    """More than this is a mistake or a joke: of one line, and lines of one order."""

    quantity: int = 99
    lines: int = 60


@frozen
class Drafts:
    """What becomes of a draft in a chat that nobody goes on with."""

    remind_after_minutes: int = 60
    """0: nobody is reminded."""
    expire_after_hours: int = 24


@frozen(slots=False)
class Shop:
    """Everything the owner decides; `languages[0]` is the staff's and the fallback."""

    name: str
    currency: str
    timezone: str
    languages: tuple[str, ...]
    menu: Menu
    hours: Hours
    taxes_included: bool = True
    photo: str = ""
    """A picture beside the shop file: the cover of the menu's pages."""
    address: str = ""
    location: Spot | None = None
    fulfilment: Fulfilment = Fulfilment()
    approval: Approval = Approval()
    returns: ReturnPolicy = ReturnPolicy()
    limits: Limits = Limits()
    drafts: Drafts = Drafts()
    warnings: tuple[Fault, ...] = field(default=(), compare=False)
    """What the shop can live with, a text without its translation among others."""

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def kinds_for(self, skus: Iterable[str]) -> tuple[Kind, ...]:
        """The kinds in which all of these products can leave together; skus that have left the menu are passed over."""
        known = self.menu.by_sku
        bounds = frozenset(known[sku].kinds for sku in skus if sku in known)
        kinds = self._kinds_within.get(bounds)
        if kinds is None:
            kinds = tuple(kind for kind in self.fulfilment.kinds if all(not bound or kind in bound for bound in bounds))
            self._kinds_within[bounds] = kinds
        return kinds

    @cached_property
    def _kinds_within(self) -> dict[frozenset[tuple[Kind, ...]], tuple[Kind, ...]]:
        """By what the products are bound to; each draft asks some times, and there are few answers."""
        return {}
