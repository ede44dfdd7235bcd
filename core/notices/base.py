"""Facts that a person must be told; the words are the template of the same name.

`OrderAccepted` is worded by `templates/<language>/order_accepted.*`. A notice
says to whom it goes, and, where it is a card (one live message per subject and
chat, edited in place), which one. Buttons are labels by key and data.
"""

import re
from dataclasses import field
from functools import cache
from typing import Any, ClassVar

from core.documents import Order
from core.frozen import frozen
from core.people import Channel


@frozen
class To:
    """A customer's contact; a chat by its id, staff or not; or the staff group (neither)."""

    contact_id: int | None = None
    chat: str | None = None


STAFF = To()
BOTH = frozenset({Channel.TELEGRAM, Channel.MAIL})
CHAT_ONLY = frozenset({Channel.TELEGRAM})
MAIL_ONLY = frozenset({Channel.MAIL})


@frozen
class Button:
    """A button: `label` is a key of labels.toml with its facts, or the text itself where `facts` has "text"."""

    label: str
    data: str
    facts: dict[str, Any] = field(default_factory=dict)


Keyboard = tuple[tuple[Button, ...], ...]


@cache
def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


@frozen(slots=False, kw_only=True)
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
    def asks_location(self) -> bool:
        """Telegram offers a button that shares where the customer is."""
        return False

    @property
    def name(self) -> str:
        """The template's name."""
        return _snake(type(self).__name__)

    @property
    def card(self) -> str | None:
        """The subject of the live message that this is, such as "order:12"; None for a message of its own."""
        return None

    @property
    def is_fresh(self) -> bool:
        """Whether this card is posted anew."""
        return self.fresh

    @property
    def about(self) -> str | None:
        """What a reply to this message is about: "order:12", "return:3" or "contact:7"."""
        return self.card

    @property
    def speaks_of(self) -> int | None:
        """The id of an order that an answer by mail goes on about, where the message itself is of no order."""
        return None


@frozen(slots=False, kw_only=True)
class OrderNotice(Notice):
    """Something about one order; replies to it are about that order."""

    order: Order

    @property
    def about(self) -> str | None:
        return f"order:{self.order.id}"


@frozen(slots=False, kw_only=True)
class OrderCard(OrderNotice):
    """The one live message of an order in a chat."""

    @property
    def card(self) -> str | None:
        return f"order:{self.order.id}"
