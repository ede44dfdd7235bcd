"""What a customer is told of a return."""

from core.documents import Order, ReturnCase
from core.frozen import frozen
from core.menu import Texts
from core.notices.base import Notice


@frozen(slots=False, kw_only=True)
class ReturnNotice(Notice):
    """Something about a return."""

    case: ReturnCase

    @property
    def about(self) -> str | None:
        return f"return:{self.case.id}"


@frozen(slots=False, kw_only=True)
class ReturnAsked(Notice):
    """Which order or which goods? `orders` are those that could be meant."""

    orders: tuple[Order, ...] = ()
    named: Order | None = None
    """The order that was named, and in which the goods were not."""


@frozen(slots=False, kw_only=True)
class ComplaintNoted(Notice):
    """The shop reads it; what was handed over may go back, if its customer wishes so."""

    order: Order | None = None
    may_go_back: bool = False

    @property
    def about(self) -> str | None:
        return f"order:{self.order.id}" if self.order else None


@frozen(slots=False, kw_only=True)
class ReturnRequested(ReturnNotice):
    """We have your request, the shop will decide."""


@frozen(slots=False, kw_only=True)
class ReturnApproved(ReturnNotice):
    """Instructions: address, deadline, number, who pays ("shop" or "customer")."""

    address: str
    who_pays: str


@frozen(slots=False, kw_only=True)
class ReturnDeclined(ReturnNotice):
    """No, with the reason."""

    reason: Texts


@frozen(slots=False, kw_only=True)
class ReturnReceived(ReturnNotice):
    """The goods have come back."""


@frozen(slots=False, kw_only=True)
class ReturnSettled(ReturnNotice):
    """The price of the goods was given back."""


@frozen(slots=False, kw_only=True)
class ReturnCorrected(ReturnNotice):
    """The shop took its last word back (`act` undone): the return stands as it did before."""

    act: str
