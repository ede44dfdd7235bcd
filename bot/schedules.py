"""The clock's own loop: timers that are due go into the inbox, and the bot notes that it is alive."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from bot.bells import Bell
from bot.clock import Clock
from core.documents import Timer
from storage.store import Store

TICK_SECONDS = 1.0
ALIVE_EVERY = timedelta(seconds=60)
AWAY = timedelta(seconds=150)
"""Taps that nobody read for this long are gone on Telegram's side: the staff must know."""

log = structlog.get_logger()


class Schedules:
    """Moves due timers; `refresh` is called now and then to see whether the shop file changed."""

    def __init__(self, store: Store, clock: Clock, inbox: Bell, refresh: Callable[[], Awaitable[None]]) -> None:
        self._store = store
        self._clock = clock
        self._inbox = inbox
        self._refresh = refresh
        self._noted: datetime | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop`, once a second of its clock."""
        stopping = asyncio.create_task(stop.wait())
        try:
            while not stop.is_set():
                try:
                    await self.round()
                except Exception:
                    log.exception("schedules_failed")
                tick = asyncio.create_task(self._clock.sleep(TICK_SECONDS))
                await asyncio.wait({tick, stopping}, return_when=asyncio.FIRST_COMPLETED)
                tick.cancel()
        finally:
            stopping.cancel()

    async def round(self) -> None:
        """One look at the timers."""
        now = self._clock.now()
        async with self._store.transaction() as tx:
            due = await tx.timers.take_due(now)
            await tx.inbox.add_ticks(due, now)
            # Either way: a clock that was set back must not keep us from noting until it has caught up.
            if self._noted is None or abs(now - self._noted) >= ALIVE_EVERY:
                self._noted = now
                await tx.facts.put("alive_at", now.isoformat())
                if not self._store.is_sqlite:
                    # Another process may have died with letters in its hands.
                    await tx.outbox.recover(now, alone=False)
        if due:
            self._inbox.ring()
        await self._refresh()


async def note_absence(store: Store, now: datetime) -> None:
    """At the start: after a long silence the staff hears from when to when nobody listened."""
    async with store.transaction() as tx:
        last = await tx.facts.get("alive_at")
        if last is not None and now - datetime.fromisoformat(last) > AWAY:
            await tx.inbox.add_ticks((Timer("alarm", f"away:{last}", now),), now)
        await tx.facts.put("alive_at", now.isoformat())
