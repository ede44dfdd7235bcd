"""How fast letters may leave: per channel, per chat and per group, as Telegram publishes its limits."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from core.frozen import frozen


@frozen
class Pace:
    """Letters a second overall, a second per chat, and a minute per group; real time."""

    per_second: float = 30.0
    per_chat_second: float = 1.0
    per_group_minute: float = 20.0


@dataclass(slots=True)
class Pacing:
    """Remembers what left when; `may` asks, `left` notes."""

    pace: Pace
    now: Callable[[], float] = time.monotonic
    _all: deque[float] = field(default_factory=deque)
    _chats: dict[str, float] = field(default_factory=dict)
    _groups: dict[str, deque[float]] = field(default_factory=dict)
    _rest_until: float = 0.0

    def room(self) -> int:
        """How many letters may leave now, to whomever."""
        now = self.now()
        if now < self._rest_until:
            return 0
        _forget(self._all, now - 1.0)
        return max(0, max(1, int(self.pace.per_second)) - len(self._all))

    def may(self, address: str) -> bool:
        """Whether one may go to this chat now."""
        now = self.now()
        if _is_group(address):
            sent = self._groups.setdefault(address, deque())
            _forget(sent, now - 60.0)
            return len(sent) < self.pace.per_group_minute
        return now - self._chats.get(address, float("-inf")) >= 1.0 / self.pace.per_chat_second

    def left(self, address: str) -> None:
        """One is leaving to this chat."""
        now = self.now()
        self._all.append(now)
        if _is_group(address):
            self._groups.setdefault(address, deque()).append(now)
            return
        self._chats[address] = now
        if len(self._chats) > 10_000:
            self._chats = {chat: at for chat, at in self._chats.items() if now - at < 60}

    def rest(self, seconds: float) -> None:
        """The channel said: nothing at all for so long."""
        self._rest_until = max(self._rest_until, self.now() + seconds)


def _is_group(address: str) -> bool:
    """Groups have negative ids in Telegram."""
    return address.startswith("-")


def _forget(sent: deque[float], before: float) -> None:
    while sent and sent[0] <= before:
        sent.popleft()
