"""Where a message is handled: what the shop is, what was said, what time it is, and the open transaction."""

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from core.availability import Availability, OffMenu
from core.frozen import frozen
from core.mail_ids import letter_of_message_id, make_message_id
from core.menu import in_language
from core.people import Channel
from core.shipping import Carrier
from core.shop import Shop
from handlers.reading.menu_match import CompiledMenu
from storage.store import Transaction
from templates.render import Renderer

if TYPE_CHECKING:
    from handlers.incoming import Incoming

Decoder = Callable[[bytes], "Incoming"]


@frozen(slots=False, kw_only=True)
class House:
    """What is the same for every message, made once: the shop, its menu compiled, its words, its accounts."""

    shop: Shop
    menu: CompiledMenu
    renderer: Renderer
    decoders: Mapping[Channel, Decoder]
    """How a raw row of a channel becomes an Incoming; given by the floor above."""
    secret: bytes
    """Signs our Message-IDs."""
    bot_id: int = 0
    bot_username: str = ""
    mail_address: str = ""
    carriers: tuple[Carrier, ...] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        return self.shop.languages

    @property
    def mail_domain(self) -> str:
        return self.mail_address.rpartition("@")[2] or "localhost"

    def message_id(self, letter_id: int) -> str:
        return make_message_id(letter_id, self.secret, self.mail_domain)

    def letter_of(self, message_id: str) -> int | None:
        """The letter that this Message-ID of ours belongs to; None for anybody else's."""
        return letter_of_message_id(message_id, self.secret)

    def reading_languages(self, language: str) -> tuple[str, ...]:
        """The languages in which words are understood, the customer's own first."""
        return tuple(dict.fromkeys((language.partition("-")[0] or "en", *self.shop.languages, "en")))

    def example(self, language: str) -> str:
        """Something that could be ordered here, for a first hint."""
        products = self.shop.menu.products[:2]
        return ", ".join(f"{2 - place} {in_language(product.name, language)}" for place, product in enumerate(products))


@frozen(slots=False, kw_only=True)
class Desk:
    """One message's desk. `now` came in with the message: nothing below looks at a clock."""

    house: House
    tx: Transaction
    now: datetime
    facts: Mapping[str, str] = field(default_factory=dict)
    """The shop's single facts as they stand in this transaction."""
    sold_out: tuple[OffMenu, ...] = ()
    """What the staff has taken off the menu."""
    taken: Mapping[tuple[str, date], int] = field(default_factory=dict)
    """How many were ordered of what has a daily limit, today and on the days to come."""

    busy: Mapping[tuple[str, datetime], int] = field(default_factory=dict)
    """How many orders the slots to come have, by pool and first instant; empty where nothing is counted."""

    @cached_property
    def availability(self) -> Availability:
        """What can be had: `desk.availability.why_not(product, chosen, at)`. The shelf is not looked at."""
        return Availability(self.shop.hours, self.sold_out, self.taken)

    @property
    def shop(self) -> Shop:
        return self.house.shop

    @property
    def staff_chat(self) -> str | None:
        return self.facts.get("staff_chat")
