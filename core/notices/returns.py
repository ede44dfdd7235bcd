"""What a customer is told of a return."""

from dataclasses import dataclass

from core.documents import Order, ReturnCase
from core.menu import Texts
from core.notices.base import Notice


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
