"""The Telegram channel of a running bot: client, door or webhook, sender, fast lane. Mail alone never loads it."""

import asyncio
import contextlib
import secrets
from collections.abc import Awaitable, Callable, Sequence
from types import TracebackType
from typing import Self, TypeVar

import structlog

from bot.edges import PerhapsDelivered, TryLater
from bot.loops import Loop
from bot.pacing import Pace, Pacing
from bot.sender import Sender
from bot.settings import SettingsError, TelegramSettings
from bot.taps import TapLane
from bot.telegram import FAILURES, BadToken, Refused, TelegramClient
from bot.telegram_courier import TelegramCourier
from bot.telegram_door import TelegramDoor
from bot.telegram_webhook import TelegramWebhook
from bot.web import WEBHOOK_PATH
from bot.wiring import Account, Shared
from core.people import Channel
from handlers.commands import customer_help, staff_help
from storage.inbox import RawMessage

MOST_DESCRIBED = 256
"""Characters that Telegram takes of a command's description."""

LANGUAGE_CODE = 2
"""Letters of the language codes that Telegram knows."""

Usages = tuple[tuple[str, str], ...]

T = TypeVar("T")

AGAIN_SECONDS = 2.0
"""Between tries while Telegram cannot be reached at the start; mail and clock run meanwhile."""

log = structlog.get_logger()


class TelegramSide:
    """An async context: inside it the client's connections are open."""

    def __init__(self, shared: Shared, settings: TelegramSettings) -> None:
        self._shared = shared
        self._settings = settings
        self._client = TelegramClient(settings.token.get_secret_value(), settings.api, settings.files)
        self._courier = TelegramCourier(self._client)
        self.lane = TapLane(self._courier)

    async def __aenter__(self) -> Self:
        await self._client.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.lane.close()
        await self._client.__aexit__(kind, error, trace)

    def join(self, loops: dict[str, Loop]) -> TelegramWebhook | None:
        """Add the channel's loops; returns the webhook's door where updates are posted to us."""
        shared, settings = self._shared, self._settings
        pace = Pace(settings.per_second, settings.per_chat_second, settings.per_group_minute)
        loops["telegram out"] = Sender(
            shared.store,
            Channel.TELEGRAM,
            self._courier,
            shared.clock,
            shared.metrics,
            pacing=Pacing(pace),
            outbox=shared.outbox,
            inbox=shared.inbox,
        ).run
        if not shared.settings.webhook:
            loops["telegram in"] = self._poll
            return None
        webhook = TelegramWebhook(self._client, self._receive, shared.clock, secrets.token_urlsafe(32))
        address = shared.settings.webhook.rstrip("/") + WEBHOOK_PATH

        async def be_posted_to(stop: asyncio.Event) -> None:
            if await self._introduced(stop):
                await self._register(webhook, address, stop)
            await stop.wait()

        loops["telegram in"] = be_posted_to
        return webhook

    async def _poll(self, stop: asyncio.Event) -> None:
        if not await self._introduced(stop):
            return
        door = TelegramDoor(self._client, self._receive, self._shared.clock, self._shared.alarm)
        try:
            await door.run(stop)
        except BadToken as error:
            raise SettingsError((error.words,)) from error

    async def _register(self, webhook: TelegramWebhook, address: str, stop: asyncio.Event) -> None:
        """Raises SettingsError where Telegram does not take the address."""
        try:
            await self._answer(lambda: webhook.register(address), stop)
        except Refused as refusal:
            cure = "it must be an https address that Telegram can reach"
            raise SettingsError((f"ORDERBOT_WEBHOOK is refused by Telegram ({refusal.words}): {cure}",)) from refusal

    async def _receive(self, messages: Sequence[RawMessage]) -> None:
        # Watched from here on: a tap may be handled and answered by the time it is kept.
        self.lane.came(messages)
        try:
            await self._shared.receive(messages)
        except BaseException:
            self.lane.lost(messages)
            raise

    async def _introduced(self, stop: asyncio.Event) -> bool:
        """Telegram said who we are; False if we are to stop before it could."""
        me = await self._answer(self._client.me, stop)
        if me is None:
            return False
        await self._shared.know(Account(me.id, me.username))
        await self._offer_commands()
        return True

    async def _answer(self, ask: Callable[[], Awaitable[T]], stop: asyncio.Event) -> T | None:
        """What Telegram says, as soon as it can be reached; None if we are to stop before.

        Raises SettingsError for a bad token, and Refused.
        """
        while not stop.is_set():
            try:
                return await ask()
            except BadToken as error:
                refused = "ORDERBOT_TELEGRAM_TOKEN is refused by Telegram: ask @BotFather for the right one"
                raise SettingsError((refused,)) from error
            except (TryLater, PerhapsDelivered) as error:
                log.warning("telegram_not_reached", why=error.why)
                wish_seconds = error.seconds if isinstance(error, TryLater) else None
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(wish_seconds or AGAIN_SECONDS):
                        await stop.wait()
        return None

    async def _offer_commands(self) -> None:
        """What stands behind the "/" in people's chats, in their language; without it everything works as well."""
        spoken = [code for code in self._shared.house.renderer.languages if len(code) == LANGUAGE_CODE]
        # Without a code it is for everybody whose language is not among the others.
        for code in ("", *spoken):
            await self._offer("all_private_chats", self._described("commands", customer_help(), code), code)
        await self._offer("all_group_chats", self._described("staff_commands", staff_help(), ""), "")

    def _described(self, section: str, usages: Usages, language: str) -> list[dict[str, str]]:
        names = [how.split()[0] for how, _ in usages]
        label = self._shared.house.renderer.label
        return [{"command": name, "description": label(section, name, language)[:MOST_DESCRIBED]} for name in names]

    async def _offer(self, scope: str, commands: list[dict[str, str]], language: str) -> None:
        facts = {"commands": commands, "scope": {"type": scope}}
        with contextlib.suppress(*FAILURES):
            await self._client.call("setMyCommands", {**facts, "language_code": language} if language else facts)
