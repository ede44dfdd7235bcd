"""What a customer is told of a draft: what is in it, and what is still to be said."""

from dataclasses import dataclass

from core.menu import Texts
from core.notices.base import CHAT_ONLY, MAIL_ONLY, Notice, OrderCard, OrderNotice


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
