"""What a customer is told of a draft: what is in it, and what is still to be said."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime

from core.availability import Reason
from core.documents import ChangedLine, Line, Order
from core.food import Caution
from core.frozen import frozen
from core.menu import Texts
from core.notices.base import BOTH, CHAT_ONLY, MAIL_ONLY, Notice, OrderCard, OrderNotice


@frozen
class Doubt:
    """A question about the draft: what was written, and the names of the products that would fit."""

    about: str
    likely: tuple[Texts, ...] = ()


@frozen
class DraftHints:
    """What stands between a draft and its placing, as far as can be told now; money in minor units."""

    missing: int = 0
    """To the least that the shop brings to `where`."""
    where: str = ""
    """The postcode or the zone of the address, if it decides something."""
    closed: bool = False
    full: bool = False
    first: datetime | None = None
    """The first time that it could be for, where as soon as possible, or the wish, cannot be."""
    is_outside: bool = False
    """The shop does not go to this address."""
    fee_may_differ: bool = False
    """What the way costs depends on the address."""
    needs_postcode: bool = False
    """The address is there, and only its postcode tells."""
    fee_was: int | None = None
    """What the way cost before, where the address, or the shop, has made it another."""
    unfit: tuple[Texts, ...] = ()
    """Goods that cannot go the way that is wished."""
    unfinished: tuple["Unfinished", ...] = ()
    """Dishes of which something must still be chosen, or given up."""
    is_over: bool = False
    """The time that was wished has passed: only just, then it is as soon as possible now, else it is asked anew."""

    @property
    def stops(self) -> bool:
        """Whether it cannot be placed as it is: then nobody is asked whether to."""
        return bool(self.missing or self.is_outside or self.unfit or self.unfinished)

    @property
    def any(self) -> bool:
        said = (self.missing, self.closed, self.full, self.is_outside, self.fee_may_differ, self.unfit, self.unfinished)
        return any(said) or self.is_over or self.fee_was is not None


@frozen
class Unfinished:
    """A dish with fewer values of a group than there must be, or with more than there may be: `least` is 0 then."""

    name: Texts
    group: Texts
    values: tuple[Texts, ...]
    least: int = 0
    most: int = 0


NO_HINTS = DraftHints()


@frozen
class PriceChange:
    """One of a product costs `after` now, in minor units; `before` when it came into the draft."""

    name: Texts
    before: int
    after: int


@frozen(slots=False, kw_only=True)
class DraftShown(OrderCard):
    """The draft with its lines, prices, words, and what was not understood."""

    unread: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    kinds: int = 1
    """How many kinds of fulfilment the shop offers."""
    hints: DraftHints = NO_HINTS
    off: Mapping[int, Reason] = field(default_factory=dict)
    """By position, lines that cannot be had as they stand."""
    prices: tuple[PriceChange, ...] = ()
    """Those that changed since the customer saw them last."""
    cautions: tuple[Caution, ...] = ()
    """What of it the customer must not eat."""
    is_placing: bool = False
    """It was to be placed, and something is in doubt."""
    beside: Order | None = None
    """An order that is under way, and that this may be meant for."""
    is_same: bool = False
    """It holds just that, ordered a moment ago."""
    undone: tuple[ChangedLine, ...] = ()
    """What of the goods is as it was before the last step."""
    is_undone: bool = False
    is_first: bool = False
    """It was to be as before, and nothing from before is known."""
    grown: tuple[Line, ...] = ()
    """Lines that were there before, and were named once more: so many there are now."""
    channels = CHAT_ONLY
    fresh = True


@frozen(slots=False, kw_only=True)
class DraftEdited(OrderCard):
    """The same after a tap: edited where it stands. `mode` is "show", "change", "kind", "how", "where" or "when"."""

    mode: str = "show"
    doubts: tuple[Doubt, ...] = ()
    """What was asked before, and is open still."""
    kinds: int = 1
    hints: DraftHints = NO_HINTS
    day: date | None = None
    """The day whose times are the buttons."""
    off: Mapping[int, Reason] = field(default_factory=dict)
    prices: tuple[PriceChange, ...] = ()
    cautions: tuple[Caution, ...] = ()
    """What of it the customer must not eat."""
    beside: Order | None = None
    is_same: bool = False
    channels = CHAT_ONLY


@frozen(slots=False, kw_only=True)
class DraftTold(DraftEdited):
    """Something of an open draft has just sold out, or left the menu: the card anew, so that it is seen.

    `news` says what; lines that were off before are marked as ever.
    """

    news: tuple[Reason, ...] = ()
    fresh = True


@frozen(slots=False, kw_only=True)
class DraftAsked(DraftEdited):
    """The same question after a word: posted anew, since the customer's own words stand below the old one."""

    fresh = True

    @property
    def name(self) -> str:
        return "draft_edited"


@frozen(slots=False, kw_only=True)
class TimeAsked(OrderNotice):
    """The order cannot be for this time: `why` is closed, soon, far or full; the nearest that can are buttons."""

    why: str
    wished: datetime | None = None
    offers: tuple[datetime, ...] = ()
    channels = CHAT_ONLY


@frozen(slots=False, kw_only=True)
class OutOfReach(OrderNotice):
    """The shop does not go to this address; another way is offered."""

    channels = CHAT_ONLY


@frozen(slots=False, kw_only=True)
class LocationOdd(Notice):
    """What was shared is no place on earth."""

    channels = CHAT_ONLY


@frozen(slots=False, kw_only=True)
class LocationKept(Notice):
    """Thank you for the place; the button that shares it goes away."""

    channels = CHAT_ONLY


@frozen(slots=False, kw_only=True)
class AddressesShown(Notice):
    """The addresses that are remembered, each with a button that forgets it."""

    addresses: tuple[str, ...] = ()
    is_asked: bool = False
    """By /addresses: it stands where the customer looks."""
    channels = CHAT_ONLY

    @property
    def card(self) -> str | None:
        return "addresses"

    @property
    def is_fresh(self) -> bool:
        return self.is_asked


@frozen(slots=False, kw_only=True)
class DraftEmpty(Notice):
    """Nothing is in the draft; `unread` is what was not understood."""

    unread: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@frozen(slots=False, kw_only=True)
class DraftReminded(DraftShown):
    """The draft still waits: told once, at a good hour; by mail with the numbered questions that were asked."""

    questions: tuple["MailQuestion", ...] = ()
    channels = BOTH
    reminder = True


@frozen(slots=False, kw_only=True)
class DraftExpired(OrderCard):
    """Nobody came back to the draft; said where it stands, without a new message."""

    channels = CHAT_ONLY


@frozen(slots=False, kw_only=True)
class RemindersSet(Notice):
    """Whether this customer is reminded of drafts from now on."""

    wanted: bool
    is_asked: bool = False
    """Nothing was set: how it is, is told."""


@frozen(slots=False, kw_only=True)
class DraftCancelled(OrderCard):
    """The customer threw the draft away; `standing` is an order that was placed before, and stays."""

    standing: Order | None = None
    joins: bool = False
    """What was in it is to join that order."""


@frozen(slots=False, kw_only=True)
class AddressAsked(OrderNotice):
    """Where to? The addresses used last are buttons.

    `lacks` says what the answer so far is missing: "street" (with its number), "postcode", "location"
    where only a distance can tell, or "door" where nothing but a location is known.
    """

    lacks: str = ""

    @property
    def asks_location(self) -> bool:
        return self.lacks == "location"


@frozen(slots=False, kw_only=True)
class PhoneAsked(OrderNotice):
    """The courier needs a number; asked in chat only, by a shared contact or typed."""

    channels = CHAT_ONLY
    asks_contact = True


@frozen(slots=False, kw_only=True)
class PhoneKept(Notice):
    """Thank you for the number; the contact button goes away."""

    channels = CHAT_ONLY


@frozen
class MailQuestion:
    """One numbered question of a mail: `ask` is goods, unread, kind, address, time, empty or changed.

    `options` are answers. Where the draft is not what was ordered, `off` and `prices` say why.
    """

    ask: str
    about: str = ""
    options: tuple[Texts, ...] = ()
    skus: tuple[str, ...] = ()
    """The products that the options are, of a question about goods; of one alone it is asked how many."""
    kinds: tuple[str, ...] = ()
    times: tuple[datetime, ...] = ()
    wished: datetime | None = None
    """The time that cannot be."""
    off: tuple[Reason, ...] = ()
    prices: tuple[PriceChange, ...] = ()


@frozen(slots=False, kw_only=True)
class OrderQuestions(OrderNotice):
    """By mail: what was understood, and numbered questions on the rest."""

    questions: tuple[MailQuestion, ...]
    cautions: tuple[Caution, ...] = ()
    channels = MAIL_ONLY
