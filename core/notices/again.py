"""What is told when a customer wants the same as last time."""

from core.availability import Reason
from core.documents import Order
from core.frozen import frozen
from core.notices.base import CHAT_ONLY, OrderNotice
from core.notices.drafts import PriceChange


@frozen(slots=False, kw_only=True)
class AgainAsked(OrderNotice):
    """A draft is open already: shall the goods of this order join it, or take its place?"""

    of_draft: bool = False
    """What is in the draft may be meant, too: as many of it once more."""
    channels = CHAT_ONLY


@frozen(slots=False, kw_only=True)
class AgainShown(OrderNotice):
    """What is not as it was in the order `of`, now that it is a draft: prices, and what cannot be had."""

    of: Order
    missing: tuple[Reason, ...] = ()
    prices: tuple[PriceChange, ...] = ()
