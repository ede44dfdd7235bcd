"""What is told of a change of a placed order: to the customer, and on the staff's card."""

from datetime import datetime

from core.documents import OrderChange
from core.frozen import frozen
from core.notices.base import CHAT_ONLY, MAIL_ONLY, OrderNotice
from core.people import Channel
from core.states import ChangeState


@frozen(slots=False, kw_only=True)
class ChangeNotice(OrderNotice):
    """Something about a change of this order."""

    change: OrderChange


@frozen(slots=False, kw_only=True)
class ChangeShown(ChangeNotice):
    """In chat: the live message of a change, from proposed to its end."""

    until: datetime | None = None
    """When the customer's answer to the shop's proposal comes too late."""
    said_before: str = ""
    """The customer's words of an earlier wish that is in it, too, and is not answered yet."""
    is_left: bool = False
    """The shop has accepted the order, and this was never sent to it."""
    channels = CHAT_ONLY

    @property
    def card(self) -> str | None:
        return f"change:{self.change.id}"


@frozen(slots=False, kw_only=True)
class ChangeShownAnew(ChangeShown):
    """The same below the words that it was read from."""

    fresh = True

    @property
    def name(self) -> str:
        return "change_shown"


@frozen(slots=False, kw_only=True)
class ChangeAsked(ChangeNotice):
    """By mail: what was understood, and that the shop was asked."""

    channels = MAIL_ONLY


@frozen(slots=False, kw_only=True)
class ChangeOffered(ChangeNotice):
    """By mail: what the shop proposes, with numbered answers."""

    until: datetime
    channels = MAIL_ONLY


@frozen(slots=False, kw_only=True)
class OfferOver(ChangeNotice):
    """By mail: what the shop proposed was declined, taken back, or not answered in time; the order stays."""

    channels = MAIL_ONLY


@frozen(slots=False, kw_only=True)
class OfferAnswered(ChangeNotice):
    """To the staff: what became of its proposal."""

    customer: str
    state: ChangeState
    ran_out: bool = False
    """The customer agreed, and it could not be had any more."""


@frozen(slots=False, kw_only=True)
class ChangeApplied(ChangeNotice):
    """The shop agrees: the order is changed, with its new total."""


@frozen(slots=False, kw_only=True)
class ChangeDeclined(ChangeNotice):
    """The shop does not agree: the order stays as it was."""


@frozen(slots=False, kw_only=True)
class ChangeOutdated(ChangeNotice):
    """The order went on before anybody answered: it comes as it was ordered."""


@frozen(slots=False, kw_only=True)
class ChangeCard(ChangeNotice):
    """A change in the staff group, with Accept and Decline, as a reply to the order's card."""

    customer: str
    channel: Channel
    by: str = ""
    allergies: tuple[str, ...] = ()
    replaces: str | None = None
    """The words of a proposal that waits for the customer, and is taken back when this one is sent."""
    channels = CHAT_ONLY

    @property
    def card(self) -> str | None:
        return f"change:{self.change.id}"


@frozen(slots=False, kw_only=True)
class ChangeCardAnew(ChangeCard):
    """The card posted anew at the end of the group (/pending)."""

    fresh = True

    @property
    def name(self) -> str:
        return "change_card"


@frozen(slots=False, kw_only=True)
class BesideOrder(OrderNotice):
    """What was to join an order that can no longer be changed, or is for another time, becomes a new one."""

    by_time: bool = False
    channels = CHAT_ONLY
