"""The door for Telegram's updates by polling: a loop that confirms nothing that is not on disk."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any, TypeVar

import structlog

from bot.clock import Clock
from bot.edges import PerhapsDelivered, Receive, TryLater
from bot.telegram import BadToken, Conflicting, Refused, TelegramClient
from bot.telegram_json import Json, at, is_id
from bot.telegram_keys import raw_message

log = structlog.get_logger()

Alarm = Callable[[str], Awaitable[None]]
"""Tells the staff of something, by its key: "second_poller"."""

Pause = Callable[[float], Coroutine[Any, Any, None]]
"""Returns after so many seconds."""

LONGEST_PAUSE_SECONDS = 30
ALARM_EVERY = timedelta(hours=1)

T = TypeVar("T")


class TelegramDoor:
    """Polls for updates. The offset is in memory only: what was not confirmed comes again and is known by its key.

    `clock` dates what came. `pause` waits between failures, in real time: a network heals in no other.
    """

    def __init__(
        self, client: TelegramClient, receive: Receive, clock: Clock, alarm: Alarm, pause: Pause = asyncio.sleep
    ) -> None:
        self._client = client
        self._receive = receive
        self._clock = clock
        self._alarm = alarm
        self._pause = pause
        self._offset = 0
        self._failures = 0
        self._alarmed: datetime | None = None
        self.answered: datetime | None = None
        """When Telegram last answered a poll."""

    async def run(self, stop: asyncio.Event) -> None:
        """Take updates in until `stop` is set. Raises BadToken; every other failure is waited out."""
        while not stop.is_set():
            try:
                await self._round(stop)
                self._failures = 0
            except BadToken as error:
                cure = "ask @BotFather for the right one and set ORDERBOT_TELEGRAM_TOKEN"
                raise BadToken(f"Telegram refuses the bot's token ({error.words}): {cure}") from error
            except (Conflicting, TryLater, PerhapsDelivered, Refused) as failure:
                log.warning("telegram_poll_failed", why=repr(failure), failures=self._failures)
                wish_seconds = failure.seconds if isinstance(failure, TryLater) else None
                await self._wait(stop, wish_seconds or 0)
            except Exception:
                log.exception("telegram_receive_failed")
                await self._wait(stop)

    async def _round(self, stop: asyncio.Event) -> None:
        try:
            answer = await _unless(stop, self._client.updates(self._offset))
        except Conflicting as conflict:
            await self._give_way(conflict)
            raise
        if stop.is_set():
            return
        updates = _checked(answer)
        self.answered = self._clock.now()
        if updates:
            await self._receive([raw_message(update, self.answered) for update in updates])
            # The last one's number, not the highest: after a week of silence Telegram begins anew, anywhere.
            self._offset = updates[-1]["update_id"] + 1

    async def _give_way(self, conflict: Conflicting) -> None:
        if "webhook" in conflict.words:
            log.warning("telegram_webhook_removed", why="this bot is set to poll")
            await self._client.call("deleteWebhook")
            return
        log.warning("telegram_second_poller", why=conflict.words)
        now = self._clock.now()
        if self._alarmed is None or abs(now - self._alarmed) >= ALARM_EVERY:
            self._alarmed = now
            await self._alarm("second_poller")

    async def _wait(self, stop: asyncio.Event, wish_seconds: float = 0) -> None:
        """Up to 1, 2, 4 … 30 seconds, but never less than Telegram wishes; at random, so that bots do not march."""
        longest = min(2.0 ** min(self._failures, 10), LONGEST_PAUSE_SECONDS)
        self._failures += 1
        seconds = random.uniform(longest / 2, longest)  # noqa: S311 - nobody gains by guessing it
        await _unless(stop, self._pause(max(seconds, wish_seconds)))


def _checked(answer: object) -> list[Json]:
    """The updates of an answer that can be counted; PerhapsDelivered if it is something else."""
    if not isinstance(answer, list):
        raise PerhapsDelivered("getUpdates: the answer is not a list")
    updates = [update for update in answer if is_id(at(update, "update_id"))]
    if answer and not updates:
        raise PerhapsDelivered("getUpdates: no update has a number")
    return updates


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, T]) -> T | None:
    """The result of `work`, or None if `stop` is set before it is done; then it is cancelled."""
    doing, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((doing, stopping), return_when=asyncio.FIRST_COMPLETED)
        return doing.result() if doing.done() else None
    finally:
        doing.cancel()
        stopping.cancel()
        await asyncio.gather(doing, stopping, return_exceptions=True)
