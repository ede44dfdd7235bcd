"""Facts that a person must be told; the words are the template of the same name.

`OrderAccepted` is worded by `templates/<language>/order_accepted.*`. A notice
says to whom it goes, and, where it is a card (one live message per subject and
chat, edited in place), which one. Buttons are labels by key and data.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, ClassVar

from core.documents import Order, Photo, ReturnCase
from core.menu import Category, Product, Texts
from core.people import Channel, Staff, Trust


@dataclass(frozen=True, slots=True)
class To:
    """A customer's contact; a chat by its id, staff or not; or the staff group (neither)."""

    contact_id: int | None = None
    chat: str | None = None


STAFF = To()
BOTH = frozenset({Channel.TELEGRAM, Channel.MAIL})
CHAT_ONLY = frozenset({Channel.TELEGRAM})
MAIL_ONLY = frozenset({Channel.MAIL})


@dataclass(frozen=True, slots=True)
class Button:
    """A button: `label` is a key of labels.toml with its facts, or the text itself where `facts` has "text"."""

    label: str
    data: str
    facts: dict[str, Any] = field(default_factory=dict)


Keyboard = tuple[tuple[Button, ...], ...]


@cache
def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One thing that somebody must be told."""

    to: To
    buttons: Keyboard = ()
    channels: ClassVar[frozenset[Channel]] = BOTH
    fresh: ClassVar[bool] = False
    """A card that is posted anew at the end of the chat instead of edited where it stands."""
    reminder: ClassVar[bool] = False
    """At most once: a send of unknown fate is not repeated."""
    asks_contact: ClassVar[bool] = False
    """Telegram offers a button that shares the phone number."""

    @property
    def name(self) -> str:
        """The template's name."""
        return _snake(type(self).__name__)

    @property
    def card(self) -> str | None:
        """The subject of the live message that this is, such as "order:12"; None for a message of its own."""
        return None

    @property
    def about(self) -> str | None:
        """What a reply to this message is about: "order:12", "return:3" or "contact:7"."""
        return self.card


@dataclass(frozen=True, kw_only=True)
class OrderNotice(Notice):
    """Something about one order; replies to it are about that order."""

    order: Order

    @property
    def about(self) -> str | None:
        return f"order:{self.order.id}"


@dataclass(frozen=True, kw_only=True)
class OrderCard(OrderNotice):
    """The one live message of an order in a chat."""

    @property
    def card(self) -> str | None:
        return f"order:{self.order.id}"


# --- the customer: a draft -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question about the draft: what was written, and the names of the products that would fit."""

    about: str
    likely: tuple[Texts, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DraftShown(OrderCard):
    """The draft with its lines, prices, words, and what was not understood."""

    unread: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    kinds: int = 1
    """How many kinds of fulfilment the shop offers."""
    channels = CHAT_ONLY
    fresh = True


@dataclass(frozen=True, kw_only=True)
class DraftEdited(OrderCard):
    """The same after a tap: edited where it stands. `mode` is "show", "change" or "kind"."""

    mode: str = "show"
    kinds: int = 1
    channels = CHAT_ONLY


@dataclass(frozen=True, kw_only=True)
class DraftAsked(DraftEdited):
    """The same question after a word: posted anew, since the customer's own words stand below the old one."""

    fresh = True

    @property
    def name(self) -> str:
        return "draft_edited"


@dataclass(frozen=True, kw_only=True)
class DraftEmpty(Notice):
    """Nothing is in the draft; `unread` is what was not understood."""

    unread: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DraftCancelled(OrderCard):
    """The customer threw the draft away."""


@dataclass(frozen=True, kw_only=True)
class AddressAsked(OrderNotice):
    """Where to? `last` is the address of the last order, offered as a button.

    `lacks` says what the answer so far is missing: "street" (with its number) or "postcode".
    """

    last: str = ""
    lacks: str = ""


@dataclass(frozen=True, kw_only=True)
class PhoneAsked(OrderNotice):
    """The courier needs a number; asked in chat only, by a shared contact or typed."""

    channels = CHAT_ONLY
    asks_contact = True


@dataclass(frozen=True, kw_only=True)
class PhoneKept(Notice):
    """Thank you for the number; the contact button goes away."""

    channels = CHAT_ONLY


@dataclass(frozen=True, slots=True)
class MailQuestion:
    """One numbered question of a mail: `ask` is goods, unread, kind, address, time, empty; `options` are answers."""

    ask: str
    about: str = ""
    options: tuple[Texts, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OrderQuestions(OrderNotice):
    """By mail: what was understood, and numbered questions on the rest."""

    questions: tuple[MailQuestion, ...]
    channels = MAIL_ONLY


# --- the customer: a placed order ----------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class OrderPlaced(OrderNotice):
    """By mail: we have your order, the shop will answer."""

    channels = MAIL_ONLY


@dataclass(frozen=True, kw_only=True)
class OrderLive(OrderCard):
    """In chat: the one message that follows the order through its life."""

    channels = CHAT_ONLY


@dataclass(frozen=True, kw_only=True)
class OrderLiveAnew(OrderLive):
    """The same after words: an edit further up would go unseen, below what was written since."""

    fresh = True

    @property
    def name(self) -> str:
        return "order_live"


@dataclass(frozen=True, kw_only=True)
class OrderAccepted(OrderNotice):
    """The shop says yes; the order knows the promised time."""


@dataclass(frozen=True, kw_only=True)
class OrderRejected(OrderNotice):
    """The shop says no; `reason` per language."""

    reason: Texts


@dataclass(frozen=True, kw_only=True)
class OrderReady(OrderNotice):
    """Ready to be fetched."""


@dataclass(frozen=True, kw_only=True)
class OrderOut(OrderNotice):
    """On its way with the shop's courier."""


@dataclass(frozen=True, kw_only=True)
class OrderShipped(OrderNotice):
    """Given to a carrier; the order knows carrier, tracking number and link."""


@dataclass(frozen=True, kw_only=True)
class OrderDone(OrderNotice):
    """By mail: handed over or delivered, with thanks."""

    channels = MAIL_ONLY


@dataclass(frozen=True, kw_only=True)
class OrderCancelled(OrderNotice):
    """Cancelled, by the customer or by the shop (`by_shop`)."""

    by_shop: bool = False


@dataclass(frozen=True, kw_only=True)
class OrderWaiting(OrderNotice):
    """Nobody has answered yet; we are sorry and still trying."""

    reminder = True


@dataclass(frozen=True, kw_only=True)
class OrderExpired(OrderNotice):
    """Nobody answered in time; nothing is owed, with an apology."""


@dataclass(frozen=True, kw_only=True)
class OrderCorrected(OrderNotice):
    """The shop took its last word back (`act` undone): the order stands as it did before."""

    act: str


@dataclass(frozen=True, kw_only=True)
class CancelAsked(OrderNotice):
    """Accepted already: the shop has been asked to cancel."""


@dataclass(frozen=True, kw_only=True)
class OrdersShown(Notice):
    """The customer's open orders, or else the last one."""

    orders: tuple[Order, ...]


@dataclass(frozen=True, kw_only=True)
class ShopAsks(OrderNotice):
    """A question or word from the staff about an order; the answer goes back to the card."""

    text: str


@dataclass(frozen=True, kw_only=True)
class ShopReplies(Notice):
    """The staff's answer to a customer's question."""

    text: str


# --- the customer: anything else -----------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Welcome(Notice):
    """/start: what this is and how to order."""

    shop: str
    example: str
    is_open: bool
    opens: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class MenuShown(Notice):
    """The menu as text, one message per page; `sold_out` are skus."""

    categories: tuple[tuple[Category | None, tuple[Product, ...]], ...]
    currency: str
    sold_out: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class HoursShown(Notice):
    """When the shop is open: per weekday (0 is Monday) the intervals as "11:30–14:30"."""

    week: tuple[tuple[int, tuple[str, ...]], ...]
    is_open: bool
    always: bool
    opens: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class HelpShown(Notice):
    """What a customer can do; commands with their one line."""

    commands: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Thanked(Notice):
    """You are welcome."""

    channels = CHAT_ONLY


@dataclass(frozen=True, kw_only=True)
class Greeted(Notice):
    """Hello, and what would you like."""

    shop: str


@dataclass(frozen=True, kw_only=True)
class NotUnderstood(Notice):
    """No order, no wish that we know; offers to pass it on to the shop."""

    example: str


@dataclass(frozen=True, kw_only=True)
class PassedOn(Notice):
    """The shop has your message and will answer here."""


@dataclass(frozen=True, kw_only=True)
class KindNotRead(Notice):
    """Voice, video, sticker, file: kept, but the desk reads text and photos only."""


@dataclass(frozen=True, kw_only=True)
class EditNoted(OrderNotice):
    """A message was edited after its order had been placed: the order stands, here is what to do."""


@dataclass(frozen=True, kw_only=True)
class ConfirmAsked(Notice):
    """By mail: reply to this mail and we do it ("status", "cancel"); the sender was not proved."""

    what: str
    number: int | None = None
    """The order's number, where it was said."""
    channels = MAIL_ONLY

    @property
    def about(self) -> str | None:
        return f"confirm:{self.what}:{self.number or ''}"


@dataclass(frozen=True, kw_only=True)
class Refused(Notice):
    """The shop says no; worded by `refused_<error>` with the error's facts."""

    error: str
    facts: dict[str, Any]

    @property
    def name(self) -> str:
        return f"refused_{_snake(self.error)}"


@dataclass(frozen=True, kw_only=True)
class Sorry(Notice):
    """Something broke on our side while we handled a message; the staff knows."""


# --- the customer: returns -----------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class ReturnNotice(Notice):
    """Something about a return."""

    case: ReturnCase

    @property
    def about(self) -> str | None:
        return f"return:{self.case.id}"


@dataclass(frozen=True, kw_only=True)
class ReturnAsked(Notice):
    """Which order or which goods? `orders` are those that could be meant."""

    orders: tuple[Order, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReturnRequested(ReturnNotice):
    """We have your request, the shop will decide."""


@dataclass(frozen=True, kw_only=True)
class ReturnApproved(ReturnNotice):
    """Instructions: address, deadline, number, who pays ("shop" or "customer")."""

    address: str
    who_pays: str


@dataclass(frozen=True, kw_only=True)
class ReturnDeclined(ReturnNotice):
    """No, with the reason."""

    reason: Texts


@dataclass(frozen=True, kw_only=True)
class ReturnReceived(ReturnNotice):
    """The goods have come back."""


# --- the staff -----------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
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
    channels = CHAT_ONLY


@dataclass(frozen=True, kw_only=True)
class StaffCardAnew(StaffCard):
    """The card posted anew at the end of the group (/pending)."""

    fresh = True

    @property
    def name(self) -> str:
        return "staff_card"


@dataclass(frozen=True, kw_only=True)
class StaffReminder(OrderNotice):
    """Nobody has answered this order for `minutes`."""

    minutes: int
    reminder = True


@dataclass(frozen=True, kw_only=True)
class StaffDigest(Notice):
    """Many orders wait: one line and one button per order."""

    orders: tuple[Order, ...]


@dataclass(frozen=True, kw_only=True)
class CustomerSays(Notice):
    """A customer's words for a person; a reply to it goes back. `order` where it answers a question on one."""

    contact_id: int
    customer: str
    text: str
    order: Order | None = None
    channel: Channel = Channel.TELEGRAM
    photos: tuple[Photo, ...] = ()

    @property
    def about(self) -> str | None:
        return f"order:{self.order.id}" if self.order else f"contact:{self.contact_id}"


@dataclass(frozen=True, kw_only=True)
class CancelRequested(OrderNotice):
    """The customer would like to cancel an accepted order; a button does it."""

    customer: str


@dataclass(frozen=True, kw_only=True)
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


@dataclass(frozen=True, kw_only=True)
class PhotosShown(Notice):
    """The photos that belong to a return or a question, as an album before its card."""

    photos: tuple[Photo, ...]
    caption: str
    subject: str

    @property
    def about(self) -> str | None:
        return self.subject


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of an order's timeline: an event or a letter."""

    at: datetime
    what: str
    """Key of a label: the act, or "letter"."""
    by: str = ""
    state: str = ""
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class OrderTimeline(OrderNotice):
    """/order 1001: everything that happened and everything that was said."""

    customer: str
    entries: tuple[TimelineEntry, ...]


@dataclass(frozen=True, kw_only=True)
class OpenOrders(Notice):
    """/orders: the open ones, oldest first."""

    orders: tuple[Order, ...]


@dataclass(frozen=True, slots=True)
class StockRow:
    """What the ledger says of one article."""

    sku: str
    name: Texts
    shelf: int
    held: int
    committed: int
    low: bool = False
    sold_out_until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class StockShown(Notice):
    """/stock."""

    rows: tuple[StockRow, ...]


@dataclass(frozen=True, kw_only=True)
class Restocked(Notice):
    """So many came in; `shelf` are there now."""

    product: Texts
    quantity: int
    shelf: int


@dataclass(frozen=True, kw_only=True)
class LowStock(Notice):
    """An article fell to its low mark: told once per crossing."""

    product: Texts
    left: int


@dataclass(frozen=True, kw_only=True)
class SoldOutSet(Notice):
    """Off the menu until `until`; None: on it again."""

    product: Texts
    until: datetime | None


@dataclass(frozen=True, kw_only=True)
class ShopOpened(Notice):
    """/open, /close, /pause: `state` is open, closed or paused, `until` for a pause."""

    state: str
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class StaffShown(Notice):
    """/staff: who and in which role."""

    people: tuple[Staff, ...]


@dataclass(frozen=True, kw_only=True)
class StaffInvited(Notice):
    """A link that makes whoever opens it first a member of the staff; gone after 30 minutes."""

    link: str
    role: str


@dataclass(frozen=True, kw_only=True)
class StaffJoined(Notice):
    """Somebody is staff now; told to the group (`to` STAFF) or to the person."""

    person: str
    role: str


@dataclass(frozen=True, kw_only=True)
class StaffLeft(Notice):
    """Somebody is no longer staff: removed by hand, or left the group."""

    person: str


@dataclass(frozen=True, kw_only=True)
class CustomerBlocked(Notice):
    """/block or /unblock."""

    customer: str
    blocked: bool


@dataclass(frozen=True, kw_only=True)
class WordSent(Notice):
    """The staff's reply went to the customer."""

    customer: str


@dataclass(frozen=True, kw_only=True)
class StaffHelp(Notice):
    """/help in the group: each command with its line."""

    commands: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class GroupHere(Notice):
    """The bot was added to a group: its id, and how to make it the staff's. `bound` after /here with the right code."""

    chat: str
    bound: bool


@dataclass(frozen=True, kw_only=True)
class AnonymousRefused(Notice):
    """An anonymous admin wrote: the shop must know who acts."""


@dataclass(frozen=True, kw_only=True)
class Alarm(Notice):
    """Something needs a person: `what` is a key of labels, `facts` are row numbers and times.

    Keys: dead_message, uncertain_letter, failed_letter, unreachable, template_broken, changed_message, quarantined,
    away, topic_gone, entities_broken, second_poller, mail_unreadable, brake.
    """

    what: str
    facts: dict[str, Any] = field(default_factory=dict)
