"""Empties the inbox: message by message, or a few in one transaction when more wait."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

import structlog

from bot.bells import Bell
from bot.clock import Clock
from bot.metrics import Metrics
from handlers.desk import House
from handlers.dispatch import Handled, TapAnswer, handle_next, take_in
from storage.inbox import RawMessage
from storage.store import Store

MOST_TOGETHER = 16
"""So many messages share a commit when they wait anyway; nothing ever waits to fill a group."""

PAUSE_SECONDS = 2.0
"""After the database itself failed."""

log = structlog.get_logger()


class Worker:
    """One loop; several processes may run one each on PostgreSQL."""

    def __init__(  # what a worker works with
        self,
        store: Store,
        house: Callable[[], House],
        clock: Clock,
        metrics: Metrics,
        *,
        inbox: Bell,
        outbox: Bell,
        answer_tap: Callable[[TapAnswer], None] | None = None,
    ) -> None:
        self._store = store
        self._house = house
        self._clock = clock
        self._metrics = metrics
        self._inbox = inbox
        self._outbox = outbox
        self._answer_tap = answer_tap

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop`: the transaction that runs is finished, what waits stays on disk."""
        while not stop.is_set():
            try:
                handled = await self.round()
            except Exception:
                # The database itself: nothing was lost, everything still waits.
                log.exception("worker_failed")
                await self._inbox.heard(PAUSE_SECONDS)
                continue
            if not handled:
                await self._inbox.heard()

    async def round(self) -> int:
        """Handle what waits, a group at most; returns how many."""
        return await self._noted(handle_next(self._store, self._house(), self._clock.now(), MOST_TOGETHER))

    async def take(self, messages: Sequence[RawMessage]) -> bool:
        """Keep a few messages and handle them, and what waits before them, with one commit.

        False where that is not possible; then they are not kept. On PostgreSQL other
        processes handle messages, too, and a row that nobody sees yet would lock no lane.
        """
        if not self._store.is_sqlite or len(messages) > MOST_TOGETHER:
            return False
        try:
            handled = await self._noted(
                take_in(self._store, self._house(), messages, self._clock.now(), MOST_TOGETHER),
            )
        except Exception:
            log.exception("take_failed")
            return False
        if handled == MOST_TOGETHER:
            self._inbox.ring()
        return True

    async def _noted(self, handling: Awaitable[tuple[Handled, ...]]) -> int:
        began = time.perf_counter()
        handled = await handling
        if not handled:
            return 0
        seconds = (time.perf_counter() - began) / len(handled)
        self._outbox.ring()
        for one in handled:
            self._note(one, seconds)
        # Others of this loop get their turn: a busy worker must not keep the doors from hearing.
        await asyncio.sleep(0)
        return len(handled)

    def _note(self, one: Handled, seconds: float) -> None:
        if one.error is not None:
            log.error("message_failed", message=one.inbox_id, channel=one.channel, exc_info=one.error)
            self._metrics.handled(one.channel, "failed", seconds)
            return
        log.info("message_handled", message=one.inbox_id, channel=one.channel, rule=one.rule)
        self._metrics.handled(one.channel, "refused" if one.rule.startswith("refused") else "handled", seconds)
        if one.tap is not None and self._answer_tap is not None:
            self._answer_tap(one.tap)
