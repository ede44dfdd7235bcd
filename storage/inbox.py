"""The inbox: raw messages as they came, kept before anybody is told that they arrived."""

from dataclasses import dataclass
from datetime import datetime

from core.people import Channel


@dataclass(frozen=True, slots=True)
class MailPlace:
    """Where a raw copy was found; the same mail may be found in several places."""

    account: str
    folder: str
    uidvalidity: int
    uid: int


@dataclass(frozen=True, slots=True)
class RawMessage:
    """A message as it came; `key` tells doubles (unique per channel), `lane` whose turn it keeps."""

    channel: Channel
    key: str
    lane: str
    raw: bytes
    received: datetime
    place: MailPlace | None = None
