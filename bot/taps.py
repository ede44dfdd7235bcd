"""The fast lane: a tap is answered with the truth after the commit, or with "working on it" before it times out."""

import asyncio
from collections.abc import Sequence

import structlog

from bot.telegram_courier import TelegramCourier
from handlers.dispatch import TapAnswer
from storage.inbox import RawMessage

PATIENCE_SECONDS = 5.0
"""Telegram stops the button's spinner by itself after some time; nobody documents when."""

WORKING = "⏳"
TAP_KEY = "tap:"
MOST_SHOWN = 190
"""Telegram shows 200 characters."""

log = structlog.get_logger()


class TapLane:
    """Answers taps, each once."""

    def __init__(self, courier: TelegramCourier) -> None:
        self._courier = courier
        self._open: dict[str, asyncio.TimerHandle] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def came(self, messages: Sequence[RawMessage]) -> None:
        """For the taps among these messages somebody watches a spinner."""
        loop = asyncio.get_running_loop()
        for tap in _taps(messages):
            self._open[tap] = loop.call_later(PATIENCE_SECONDS, self._answer, tap, WORKING)

    def lost(self, messages: Sequence[RawMessage]) -> None:
        """They could not be kept, and will come again."""
        for tap in _taps(messages):
            if (timer := self._open.pop(tap, None)) is not None:
                timer.cancel()

    def answer(self, done: TapAnswer) -> None:
        """It is done: say so. Never waits for the network."""
        self._answer(done.callback_id, done.text[:MOST_SHOWN])

    def _answer(self, tap: str, text: str) -> None:
        timer = self._open.pop(tap, None)
        if timer is not None:
            timer.cancel()
        task = asyncio.get_running_loop().create_task(self._say(tap, text))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _say(self, tap: str, text: str) -> None:
        try:
            await self._courier.answer_tap(tap, text)
        except Exception as error:  # noqa: BLE001  # only a spinner goes on a little longer
            log.info("tap_not_answered", why=type(error).__name__)

    def close(self) -> None:
        """No more timers; answers under way end with the network."""
        for timer in self._open.values():
            timer.cancel()
        for task in self._tasks:
            task.cancel()


def _taps(messages: Sequence[RawMessage]) -> list[str]:
    """The ids that Telegram wants its answers under."""
    return [message.key.removeprefix(TAP_KEY) for message in messages if message.key.startswith(TAP_KEY)]
