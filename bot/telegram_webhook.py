"""The door for Telegram's updates by webhook; the web server mounts `handle`."""

import hmac
import json
from http import HTTPStatus

import structlog

from bot.clock import Clock
from bot.edges import Receive
from bot.telegram import TelegramClient
from bot.telegram_keys import raw_message, update_key
from core.people import Channel
from storage.inbox import RawMessage

log = structlog.get_logger()

BODY_BYTES = 1024 * 1024


class TelegramWebhook:
    """`secret` is what Telegram shows in X-Telegram-Bot-Api-Secret-Token: 1 to 256 of A-Z, a-z, 0-9, _ and -."""

    def __init__(self, client: TelegramClient, receive: Receive, clock: Clock, secret: str) -> None:
        self._client = client
        self._receive = receive
        self._clock = clock
        self._secret = secret.encode()

    async def register(self, url: str) -> None:
        """Have updates posted to `url`. Raises as TelegramClient.call."""
        await self._client.set_webhook(url, self._secret.decode())

    async def handle(self, body: bytes, secret: str | None) -> int:
        """The HTTP status of the answer: 200 means on disk; after any other Telegram tries again."""
        if not hmac.compare_digest((secret or "").encode("utf-8", "replace"), self._secret):
            return HTTPStatus.FORBIDDEN
        if len(body) > BODY_BYTES:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        try:
            await self._receive([self._raw(body)])
        except Exception:
            log.exception("telegram_receive_failed")
            return HTTPStatus.INTERNAL_SERVER_ERROR
        return HTTPStatus.OK

    def _raw(self, body: bytes) -> RawMessage:
        """What is no update is kept, too: it becomes a dead letter, while a refusal would come again and again."""
        now = self._clock.now()
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            update = None
        if isinstance(update, dict):
            return raw_message(update, now)
        return RawMessage(Channel.TELEGRAM, update_key(body), "telegram:0", body, now)
