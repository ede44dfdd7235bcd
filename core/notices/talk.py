"""What a customer is told apart from orders: welcome, menu, hours, help, and that words were not understood."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Any

from core.availability import Reason
from core.documents import ReturnCase
from core.frozen import frozen
from core.hours import OtherHours
from core.menu import Category, Product
from core.notices.base import CHAT_ONLY, MAIL_ONLY, Notice, OrderNotice, _snake


@frozen(slots=False, kw_only=True)
class Welcome(Notice):
    """/start: what this is and how to order."""

    shop: str
    example: str
    is_open: bool
    opens: datetime | None = None
    odd_link: bool = False
    """It came by a link that is none of ours, or no longer."""


@frozen(slots=False, kw_only=True)
class MenuShown(Notice):
    """The menu as text, by mail: in a chat it has pages (core.notices.menu).

    `off` says by sku what cannot be had now, and why.
    """

    categories: tuple[tuple[Category | None, tuple[Product, ...]], ...]
    currency: str
    off: Mapping[str, Reason] = field(default_factory=dict)
    channels = MAIL_ONLY


@frozen(slots=False, kw_only=True)
class HoursShown(Notice):
    """When the shop is open: per weekday (0 is Monday) the intervals as "11:30–14:30", and exceptions soon to come."""

    week: tuple[tuple[int, tuple[str, ...]], ...]
    is_open: bool
    always: bool
    opens: datetime | None = None
    closes: datetime | None = None
    """When today's opening ends, while the shop is open."""
    others: tuple[OtherHours, ...] = ()
    where_first: bool = False
    """It was asked where we are."""


@frozen(slots=False, kw_only=True)
class HelpShown(Notice):
    """What a customer can do; commands with their one line."""

    commands: tuple[tuple[str, str], ...] = ()


@frozen(slots=False, kw_only=True)
class UnknownCommand(Notice):
    """Nobody knows /`written`; `likely` is what was meant, if anything comes near."""

    written: str
    likely: str = ""
    is_button: bool = False
    """What it says is done by a button on the order's card."""
    channels = CHAT_ONLY


@frozen(slots=False, kw_only=True)
class Thanked(Notice):
    """You are welcome."""

    channels = CHAT_ONLY


@frozen(slots=False, kw_only=True)
class Greeted(Notice):
    """Hello, and how to order."""

    shop: str
    example: str


@frozen(slots=False, kw_only=True)
class NothingWanted(Notice):
    """ "No, thanks": all right; `drafting` says that a draft stands as it was."""

    drafting: bool = False
    channels = CHAT_ONLY


@frozen(slots=False, kw_only=True)
class NotUnderstood(Notice):
    """No order, no wish that we know; offers to pass it on to the shop."""

    example: str


@frozen(slots=False, kw_only=True)
class PassedOn(Notice):
    """The shop has your message and will answer here; `rest` where the desk has answered a part of it itself."""

    rest: bool = False
    number: int | None = None
    """Of the order that it belongs to."""
    order_id: int | None = None
    case: ReturnCase | None = None
    """The return that it belongs to: how that stands is told beside."""

    @property
    def about(self) -> str | None:
        return f"return:{self.case.id}" if self.case else None

    @property
    def speaks_of(self) -> int | None:
        return self.order_id


@frozen(slots=False, kw_only=True)
class NumberAsked(OrderNotice):
    """ "Make it 8", of an order that was placed: the hour, or how many of what? Each is a button."""

    number: int
    channels = CHAT_ONLY


@frozen(slots=False, kw_only=True)
class LateNoted(OrderNotice):
    """Who is late for this order has said so, and the shop knows."""

    channels = CHAT_ONLY


@frozen(slots=False, kw_only=True)
class KindNotRead(Notice):
    """Voice, video, sticker, file: kept, but the desk reads text and photos only."""


@frozen(slots=False, kw_only=True)
class EditNoted(OrderNotice):
    """A message was edited after its order had been placed: the order stands, here is what to do."""


@frozen(slots=False, kw_only=True)
class ConfirmAsked(Notice):
    """By mail: reply to this mail and we do it ("status", "cancel"); the sender was not proved."""

    what: str
    number: int | None = None
    """The order's number, where it was said."""
    channels = MAIL_ONLY

    @property
    def about(self) -> str | None:
        return f"confirm:{self.what}:{self.number or ''}"


@frozen(slots=False, kw_only=True)
class Refused(Notice):
    """The shop says no; worded by `refused_<error>` with the error's facts."""

    error: str
    facts: dict[str, Any]

    @property
    def name(self) -> str:
        return f"refused_{_snake(self.error)}"


@frozen(slots=False, kw_only=True)
class Sorry(Notice):
    """Something broke on our side while we handled a message; the staff knows."""
