"""The queue of updates: kept until the bot confirms them by a higher offset, handed out to one poller at a time."""

import asyncio
import itertools
from collections import deque
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.sandbox.telegram_values import ApiError, Json
from core.frozen import frozen

NAMED_ONLY = {"chat_member", "message_reaction", "message_reaction_count"}
"""Kinds that come only when the bot names them in allowed_updates."""

LIFETIME = {"callback_query": timedelta(seconds=150)}
LIFETIME_OF_OTHERS = timedelta(hours=24)


@frozen(slots=False)
class Update:
    id: int
    kind: str
    payload: Json
    at: datetime

    def as_api(self) -> Json:
        return {"update_id": self.id, self.kind: self.payload}


class UpdateQueue:
    def __init__(self, clock: Clock, first_id: int) -> None:
        self._clock = clock
        self._ids = itertools.count(first_id)
        self._waiting: deque[Update] = deque()
        self._poller: asyncio.Future[None] | None = None
        self._last_id = first_id - 1
        self.polled = asyncio.Event()
        """Set while somebody waits for the next update."""
        self.allowed: frozenset[str] = frozenset()
        """Empty means all but the kinds that must be named."""

    def __len__(self) -> int:
        return len(self._waiting)

    def wants(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in NAMED_ONLY

    def add(self, kind: str, payload: Json) -> None:
        """Queue it if the bot asked for its kind; what it did not ask for is gone, as with the real server."""
        if not self.wants(kind):
            return
        self._last_id = next(self._ids)
        self._waiting.append(Update(self._last_id, kind, payload, self._clock.now()))
        if self._poller and not self._poller.done():
            self._poller.set_result(None)

    def take(self, offset: int, limit: int = 100) -> list[Json]:
        """Forget what is below `offset` (negative: all but the last -offset) and hand out what follows.

        An offset that lies beyond the next update confirms nothing: it stems from another queue.
        """
        self._drop_old()
        if offset < 0:
            while len(self._waiting) > -offset:
                self._waiting.popleft()
        elif offset <= self._last_id + 1:
            while self._waiting and self._waiting[0].id < offset:
                self._waiting.popleft()
        return [update.as_api() for update in itertools.islice(self._waiting, limit)]

    def forget_all(self) -> None:
        self._waiting.clear()

    async def poll(self, offset: int, limit: int, timeout_seconds: float) -> list[Json]:
        """`take`, waiting for the first update; whoever polled before is told of the conflict (409)."""
        self._send_away_the_other()
        updates = self.take(offset, limit)
        if updates or timeout_seconds <= 0:
            return updates
        mine = self._poller = asyncio.get_running_loop().create_future()
        self.polled.set()
        try:
            async with asyncio.timeout(timeout_seconds):
                await mine
        except TimeoutError:
            return []
        finally:
            if self._poller is mine:
                self._poller = None
                self.polled.clear()
        return self.take(offset, limit)

    def _send_away_the_other(self) -> None:
        if self._poller and not self._poller.done():
            words = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
            self._poller.set_exception(ApiError(409, words))

    def _drop_old(self) -> None:
        now = self._clock.now()
        if not self._waiting or now - self._waiting[0].at < min(LIFETIME.values()):
            return
        lives = (update for update in self._waiting if now - update.at < LIFETIME.get(update.kind, LIFETIME_OF_OTHERS))
        self._waiting = deque(lives)
