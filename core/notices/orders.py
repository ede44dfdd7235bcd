"""What a customer is told of an order that was placed."""

from datetime import datetime

from core.documents import Order, OrderChange, ReturnCase
from core.food import Caution
from core.frozen import frozen
from core.menu import Texts
from core.notices.base import CHAT_ONLY, MAIL_ONLY, Notice, OrderCard, OrderNotice


@frozen(slots=False, kw_only=True)
class OrderPlaced(OrderNotice):
    """By mail: we have your order, the shop will answer."""

    cautions: tuple[Caution, ...] = ()
    """What of it somebody who eats of it must not."""
    alike: Order | None = None
    """The same, ordered a moment before."""
    opens: datetime | None = None
    """Where the shop is closed: when somebody will be there to answer."""
    channels = MAIL_ONLY


@frozen(slots=False, kw_only=True)
class OrderLive(OrderCard):
    """In chat: the one message that follows the order through its life."""

    asks_cancel: bool = False
    """Whether it is really to be cancelled: one more tap says so."""
    change: OrderChange | None = None
    """A change of it that waits: perhaps only that is to be taken back."""
    channels = CHAT_ONLY


@frozen(slots=False, kw_only=True)
class OrderLiveAnew(OrderLive):
    """The same after words: an edit further up would go unseen, below what was written since."""

    fresh = True

    @property
    def name(self) -> str:
        return "order_live"


@frozen(slots=False, kw_only=True)
class OrderAccepted(OrderNotice):
    """The shop says yes; the order knows the promised time."""


@frozen(slots=False, kw_only=True)
class OrderRejected(OrderNotice):
    """The shop says no; `reason` per language."""

    reason: Texts


@frozen(slots=False, kw_only=True)
class OrderReady(OrderNotice):
    """Ready to be fetched."""


@frozen(slots=False, kw_only=True)
class OrderOut(OrderNotice):
    """On its way with the shop's courier."""


@frozen(slots=False, kw_only=True)
class OrderShipped(OrderNotice):
    """Given to a carrier; the order knows carrier, tracking number and link."""

    is_corrected: bool = False
    """Another number than was told before."""


@frozen(slots=False, kw_only=True)
class OrderDone(OrderNotice):
    """By mail: handed over or delivered, with thanks."""

    channels = MAIL_ONLY


@frozen(slots=False, kw_only=True)
class OrderCancelled(OrderNotice):
    """Cancelled, by the customer or by the shop (`by_shop`)."""

    by_shop: bool = False


@frozen(slots=False, kw_only=True)
class OrderWaiting(OrderNotice):
    """Nobody has answered yet; we are sorry and still trying."""

    reminder = True


@frozen(slots=False, kw_only=True)
class OrderExpired(OrderNotice):
    """Nobody answered in time; nothing is owed, with an apology."""


@frozen(slots=False, kw_only=True)
class OrderCorrected(OrderNotice):
    """The shop took its last word back (`act` undone): the order stands as it did before."""

    act: str


@frozen(slots=False, kw_only=True)
class CancelAsked(OrderNotice):
    """Accepted already: the shop has been asked to cancel."""


@frozen(slots=False, kw_only=True)
class CancelTooLate(OrderNotice):
    """The shop was asked to cancel, and the order has gone on."""


@frozen(slots=False, kw_only=True)
class CancelTold(Notice):
    """How to cancel what is there: `what` is "draft" or "order" with its button below, "mail", or "nothing"."""

    what: str


@frozen(slots=False, kw_only=True)
class OrdersShown(Notice):
    """The customer's open orders, or else the last one."""

    orders: tuple[Order, ...]
    late: Order | None = None
    """One of them that should be there by now: the staff has been told who asks."""

    @property
    def speaks_of(self) -> int | None:
        return self.orders[0].id if len(self.orders) == 1 else None


@frozen(slots=False, kw_only=True)
class WhichOrder(Notice):
    """Several orders fit what was written: which one is meant? `named`: a number that none of theirs has."""

    orders: tuple[Order, ...]
    named: int | None = None


@frozen(slots=False, kw_only=True)
class ShopAsks(OrderNotice):
    """A question or word from the staff about an order; the answer goes back to the card."""

    text: str


@frozen(slots=False, kw_only=True)
class ShopReplies(Notice):
    """The staff's answer to a customer's question, or its word about a return of theirs."""

    text: str
    case: ReturnCase | None = None

    @property
    def about(self) -> str | None:
        return f"return:{self.case.id}" if self.case else None
