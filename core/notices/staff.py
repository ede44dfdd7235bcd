"""What the staff is told in its group."""

from dataclasses import field
from datetime import datetime
from typing import Any

from core.documents import Order, Photo, ReturnCase
from core.food import Caution
from core.frozen import frozen
from core.notices.base import CHAT_ONLY, Notice, OrderCard, OrderNotice
from core.notices.returns import ReturnNotice
from core.people import Channel, Staff, Trust
from core.states import ChangeState


@frozen(slots=False, kw_only=True)
class StaffCard(OrderCard):
    """The order in the staff group; the first line says it all on a lock screen."""

    customer: str
    trust: Trust
    channel: Channel
    mode: str = "show"
    """"show", or "reject" while the reasons are offered."""
    by: str = ""
    """Who decided last."""
    unreachable: bool = False
    change_waits: ChangeState | None = None
    """For whose answer a change of the order waits."""
    cautions: tuple[Caution, ...] = ()
    """What of it the customer must not eat, as they told us."""
    allergies: tuple[str, ...] = ()
    """All that they told us, whatever the menu declares."""
    channels = CHAT_ONLY


@frozen(slots=False, kw_only=True)
class StaffCardAnew(StaffCard):
    """The card posted anew at the end of the group (/pending)."""

    fresh = True

    @property
    def name(self) -> str:
        return "staff_card"


@frozen(slots=False, kw_only=True)
class StaffReminder(OrderNotice):
    """Nobody has answered this order for `minutes`."""

    minutes: int
    reminder = True


@frozen(slots=False, kw_only=True)
class StaffDigest(Notice):
    """Many orders wait: one line and one button per order."""

    orders: tuple[Order, ...]


@frozen(slots=False, kw_only=True)
class OrdersLeftOpen(Notice):
    """The promised time of these orders is long over, and nobody closed them; buttons do, or show the card."""

    orders: tuple[Order, ...]
    reminder = True
    channels = CHAT_ONLY


@frozen(slots=False, kw_only=True)
class CustomerSays(Notice):
    """A customer's words for a person; a reply to it goes back. `order` or `case` where it is about one."""

    contact_id: int
    customer: str
    text: str
    order: Order | None = None
    case: ReturnCase | None = None
    channel: Channel = Channel.TELEGRAM
    photos: tuple[Photo, ...] = ()

    @property
    def about(self) -> str | None:
        if self.case is not None:
            return f"return:{self.case.id}"
        return f"order:{self.order.id}" if self.order else f"contact:{self.contact_id}"


@frozen(slots=False, kw_only=True)
class ReplyAwaited(OrderNotice):
    """Ask was tapped: what is written as a reply to this goes to the customer.

    `person` tapped, `user_id` in Telegram, which opens their reply to it by itself.
    """

    customer: str
    person: str
    user_id: int
    missed: bool = False
    """They wrote, and not as a reply: it was passed on to nobody."""
    channels = CHAT_ONLY


@frozen(slots=False, kw_only=True)
class ReplyIsButton(OrderNotice):
    """Under a card the name of a step was written: it was passed on to nobody, a button does it."""

    customer: str
    words: str
    channels = CHAT_ONLY


@frozen(slots=False, kw_only=True)
class CancelRequested(OrderNotice):
    """The customer would like to cancel an accepted order; a button does it, until the order went on."""

    customer: str
    is_over: bool = False

    @property
    def card(self) -> str | None:
        return f"cancel_wish:{self.order.id}"

    @property
    def is_fresh(self) -> bool:
        return not self.is_over


@frozen(slots=False, kw_only=True)
class CancelProposed(OrderNotice):
    """/cancel 1001: is it really to be cancelled? Nothing happens before a button is tapped; `asks` until then."""

    customer: str
    reason: str = ""
    """Told to the customer."""
    asks: bool = True
    channels = CHAT_ONLY

    @property
    def card(self) -> str | None:
        return f"cancelling:{self.order.id}"

    @property
    def is_fresh(self) -> bool:
        return self.asks


@frozen(slots=False, kw_only=True)
class ParcelSent(OrderNotice):
    """/ship: the customer has the number; without a link where the carrier is not known."""

    customer: str


@frozen(slots=False, kw_only=True)
class ReturnCard(ReturnNotice):
    """A return in the staff group, with Approve and Decline; `mode` as on the order's card."""

    customer: str
    channel: Channel
    trust: Trust
    mode: str = "show"
    by: str = ""

    @property
    def card(self) -> str | None:
        return f"return:{self.case.id}"


@frozen(slots=False, kw_only=True)
class ReturnCardAnew(ReturnCard):
    """The card posted anew at the end of the group (/pending)."""

    fresh = True

    @property
    def name(self) -> str:
        return "return_card"


@frozen(slots=False, kw_only=True)
class PhotosShown(Notice):
    """The photos that belong to a return or a question, as an album before its card."""

    photos: tuple[Photo, ...]
    caption: str
    subject: str

    @property
    def about(self) -> str | None:
        return self.subject


@frozen
class TimelineEntry:
    """One line of an order's timeline: an event or a letter."""

    at: datetime
    what: str
    """Key of a label: the act, or "letter"."""
    by: str = ""
    state: str = ""
    detail: str = ""
    """Of a letter: its notice's name."""
    channel: str = ""
    paid: int = 0
    """Of a return: what its goods cost."""
    said: str = ""
    """Of words that went from a person to a person: they themselves."""


@frozen(slots=False, kw_only=True)
class OrderTimeline(OrderNotice):
    """/order 1001: everything that happened and everything that was said."""

    customer: str
    entries: tuple[TimelineEntry, ...]


@frozen(slots=False, kw_only=True)
class OpenOrders(Notice):
    """/orders: the open ones, oldest first."""

    orders: tuple[Order, ...]


@frozen(slots=False, kw_only=True)
class ShopOpened(Notice):
    """/open, /close, /pause: `state` is open, closed or paused; `until` for a pause and for longer hours."""

    state: str
    until: datetime | None = None
    is_begun: bool = True
    """Of open: the opening hours begin again then."""


@frozen(slots=False, kw_only=True)
class StaffShown(Notice):
    """/staff: who and in which role."""

    people: tuple[Staff, ...]


@frozen(slots=False, kw_only=True)
class StaffInvited(Notice):
    """A link that makes whoever opens it first a member of the staff; gone after 30 minutes."""

    link: str
    role: str


@frozen(slots=False, kw_only=True)
class StaffJoined(Notice):
    """Somebody is staff now; told to the group (`to` STAFF) or to the person."""

    person: str
    role: str


@frozen(slots=False, kw_only=True)
class StaffLeft(Notice):
    """Somebody is no longer staff: removed by hand, or left the group."""

    person: str


@frozen(slots=False, kw_only=True)
class CustomerBlocked(Notice):
    """/block or /unblock."""

    customer: str
    blocked: bool


@frozen(slots=False, kw_only=True)
class WordSent(Notice):
    """The staff's reply went to the customer."""

    customer: str


@frozen(slots=False, kw_only=True)
class StaffHelp(Notice):
    """/help in the group: each command with its line."""

    commands: tuple[tuple[str, str], ...]


@frozen(slots=False, kw_only=True)
class GroupHere(Notice):
    """The bot was added to a group: its id, and how to make it the staff's. `bound` after /here with the right code."""

    chat: str
    bound: bool


@frozen(slots=False, kw_only=True)
class AnonymousRefused(Notice):
    """An anonymous admin wrote: the shop must know who acts."""


@frozen(slots=False, kw_only=True)
class Alarm(Notice):
    """Something needs a person: `what` is a key of labels, `facts` are row numbers and times.

    Keys: dead_message, uncertain_letter, failed_letter, unreachable, template_broken, changed_message, quarantined,
    away, topic_gone, entities_broken, second_poller, mail_unreadable, brake.
    """

    what: str
    facts: dict[str, Any] = field(default_factory=dict)
