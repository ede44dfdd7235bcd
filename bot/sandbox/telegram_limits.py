"""Flood limits like the published ones; a bot that is too fast gets 429 with the seconds to wait."""

import math
from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.sandbox.telegram_values import ApiError, Chat


@dataclass
class FloodLimits:
    """Messages and edits that are let through; None means: not limited. Off until set."""

    clock: Clock
    per_second: int | None = None
    per_chat_second: int | None = None
    per_group_minute: int | None = None
    _sent: dict[int, deque[datetime]] = field(default_factory=lambda: defaultdict(deque))

    def pass_one(self, chat: Chat) -> None:
        """Count one message to `chat`, or refuse it."""
        second, minute = timedelta(seconds=1), timedelta(minutes=1)
        self._check(0, self.per_second, second)
        self._check(chat.id, self.per_chat_second, second)
        if chat.kind != "private":
            self._check(chat.id, self.per_group_minute, minute)
        for key in (0, chat.id):
            self._sent[key].append(self.clock.now())

    def _check(self, key: int, most: int | None, span: timedelta) -> None:
        now = self.clock.now()
        sent = self._sent[key]
        while sent and now - sent[0] > timedelta(minutes=1):
            sent.popleft()
        if most is None:
            return
        recent = [at for at in sent if now - at < span]
        if len(recent) < most:
            return
        wait = math.ceil((recent[-most] + span - now).total_seconds())
        raise ApiError(429, f"Too Many Requests: retry after {wait}", retry_after=max(wait, 1))
