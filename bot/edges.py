"""What the loops and the network agree on: how a letter is delivered, and the ways in which that can fail."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from core.frozen import frozen
from storage.inbox import RawMessage
from storage.outbox import Letter


@dataclass(eq=False)
class TryLater(Exception):
    """Surely not delivered; try again after `seconds`. `whole_channel` if everything must wait (a flood limit)."""

    why: str
    seconds: float | None = None
    whole_channel: bool = False


@dataclass(eq=False)
class Undeliverable(Exception):
    """Surely not delivered and never will be. `unreachable` if it is the address, not the letter."""

    why: str
    unreachable: bool = False


@dataclass(eq=False)
class PerhapsDelivered(Exception):
    """It may or may not have arrived."""

    why: str


@dataclass(eq=False)
class ChatMoved(Exception):
    """The group has another id now; nothing was delivered."""

    new_address: str


@frozen
class Receipt:
    """Delivered: `sent_as` is the channel's id of the message (Telegram message id; Message-ID of a mail)."""

    sent_as: str
    warnings: tuple[str, ...] = ()
    """Keys of alarms for the staff: "entities_broken" (went out plain), "topic_gone" (went to the general thread)."""
    photo_file: str = ""
    """The channel's own id of the photo that went with it, to send it again without its bytes."""


class Courier(Protocol):
    """Brings letters out through one channel."""

    async def deliver(self, letter: Letter) -> Receipt:
        """Deliver once. Raises TryLater, Undeliverable, PerhapsDelivered or ChatMoved."""
        ...


Receive = Callable[[Sequence[RawMessage]], Awaitable[None]]
"""Keeps raw messages on disk; when it returns they may be confirmed to the channel."""
