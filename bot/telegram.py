"""The Bot API's client: plain JSON in and out, and each failure by what it means for what was asked.

Answers stay as they come: what the library cannot parse yet was delivered all the same.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self
from urllib.parse import quote, urlsplit

from bot.without import without
from core.frozen import frozen

# httpx loads pygments and rich for a command line of its own.
with without("pygments"):
    import httpx

# The library's switch for durations as timedelta; without it each flood error comes with a warning. Before its import.
os.environ.setdefault("PTB_TIMEDELTA", "true")

from telegram import Bot, InputFile, Update
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)
from telegram.request import HTTPXRequest

from bot.edges import ChatMoved, PerhapsDelivered, TryLater
from bot.telegram_json import Json, at

POLL_SECONDS = 50
CONNECTIONS = 8
FILE_BYTES = 10 * 1024 * 1024
TOO_BIG = "the file is larger than 10 MB"
READ_SECONDS = 20
LONGEST_WORDS = 300

_NOT_SENT = (
    httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol,
)  # fmt: skip
"""Failures before the first byte of a request; after all others it may have been carried out."""


@dataclass(eq=False)
class Refused(Exception):
    """Telegram said no, in `words`, and did nothing; `forbidden` if the bot may not speak to this chat at all."""

    words: str
    forbidden: bool = False


@dataclass(eq=False)
class BadToken(Exception):
    """Telegram does not know the bot's token; nothing will work until somebody sets another."""

    words: str


@dataclass(eq=False)
class Conflicting(Exception):
    """Somebody else takes the updates of this bot: a second poller, or a webhook (`words` says which)."""

    words: str


@frozen
class Me:
    """Who the bot is; `reads_groups` if privacy mode is off."""

    id: int
    username: str
    reads_groups: bool


FAILURES = (Refused, ChatMoved, TryLater, PerhapsDelivered, BadToken, Conflicting)
"""All that a call can raise."""


class _RawBot(Bot):
    """Calls any method, known to the library or not, and gives the result as it came."""

    async def raw(self, method: str, params: Json, read_timeout: float) -> object:
        return await self._do_post(method, params, read_timeout=read_timeout)

    async def download(self, path: str) -> bytes:
        return await self.request.retrieve(f"{self.base_file_url}/{quote(path)}")


class TelegramClient:
    """`api` and `files` are the base addresses without "/bot" and the token. To be entered before it is used."""

    def __init__(
        self, token: str, api: str = "https://api.telegram.org", files: str = "https://api.telegram.org/file"
    ) -> None:
        # A proxy of this machine is for the way out, not for a server on the machine itself; and to read all the
        # certificates of this world takes its time, which plain http does not need.
        is_here = urlsplit(api).hostname in ("127.0.0.1", "localhost", "::1")
        options = {"trust_env": not is_here, "verify": any(base.startswith("https:") for base in (api, files))}
        self._lines = (_line(1, options), _line(CONNECTIONS, options))
        polling, calling = self._lines
        self._bot = _RawBot(token, f"{api}/bot", f"{files}/bot", request=calling, get_updates_request=polling)
        self._has_worked = False

    async def __aenter__(self) -> Self:
        for line in self._lines:
            await line.initialize()
        return self

    async def __aexit__(self, *_: object) -> None:
        for line in self._lines:
            await line.shutdown()

    async def call(
        self, method: str, params: Mapping[str, object] | None = None, read_seconds: float = READ_SECONDS
    ) -> object:
        """The result of a Bot API method; parameters that are None are left out.

        Raises Refused, ChatMoved, TryLater (nothing was done), PerhapsDelivered (nobody knows), BadToken, Conflicting.
        """
        try:
            result = await self._bot.raw(method, dict(params or {}), read_seconds)
        except TelegramError as error:
            raise self._meaning(error) from error
        except (LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
            # The library takes for granted that JSON from the server is an object with a result.
            raise PerhapsDelivered(f"{method}: the answer is not one of the Bot API") from error
        self._has_worked = True
        return result

    async def updates(self, offset: int) -> object:
        """Wait for updates from `offset` on, which confirms all before it; what comes is not checked."""
        asked = {"offset": offset, "timeout": POLL_SECONDS, "allowed_updates": Update.ALL_TYPES}
        return await self.call("getUpdates", asked, read_seconds=POLL_SECONDS + 10)

    async def set_webhook(self, url: str, secret: str) -> None:
        """From now on updates are posted to `url` with `secret` in the header."""
        await self.call("setWebhook", {"url": url, "secret_token": secret, "allowed_updates": Update.ALL_TYPES})

    async def me(self) -> Me:
        """Who the bot is. Raises as `call`."""
        said = await self.call("getMe")
        bot_id, username = at(said, "id"), at(said, "username")
        if not isinstance(bot_id, int) or not isinstance(username, str):
            raise TryLater("getMe: the answer is not one of the Bot API")
        return Me(bot_id, username, bool(at(said, "can_read_all_group_messages")))

    async def file(self, file_id: str) -> bytes:
        """The content of a file that somebody sent; Refused if it is gone or larger than 10 MB, else as `call`."""
        found = await self.call("getFile", {"file_id": file_id})
        path, size = at(found, "file_path"), at(found, "file_size")
        if not isinstance(path, str):
            raise Refused("the file has no path")
        # Looked at twice: before it fills the memory, and because the size may be left out.
        if isinstance(size, int) and size > FILE_BYTES:
            raise Refused(TOO_BIG)
        try:
            content = await self._bot.download(path)
        except TelegramError as error:
            raise self._meaning(error) from error
        if len(content) > FILE_BYTES:
            raise Refused(TOO_BIG)
        return content

    def _meaning(self, error: TelegramError) -> Exception:
        # The library puts all of a strange answer into its message.
        words = error.message[:LONGEST_WORDS]
        match error:
            case RetryAfter():
                wait = error.retry_after
                seconds = wait.total_seconds() if isinstance(wait, timedelta) else wait
                return TryLater(words, seconds, whole_channel=True)
            case ChatMigrated():
                return ChatMoved(str(error.new_chat_id))
            case Forbidden() | BadRequest():
                return Refused(words, forbidden=isinstance(error, Forbidden))
            case Conflict():
                return Conflicting(words)
            case InvalidToken():
                # 404 is how a token of the wrong shape is answered, but later also an address that moved away.
                return Refused(words) if words.startswith("Not Found") and self._has_worked else BadToken(words)
        return _of_the_line(words, error.__cause__)


def _of_the_line(words: str, cause: BaseException | None) -> Exception:
    """What a failure of the line means, or a code that has no class in the library."""
    if isinstance(cause, _NOT_SENT):
        return TryLater(words)
    if words.startswith("Too Many Requests"):
        return TryLater(words, whole_channel=True)
    if words.startswith("Request Entity Too Large"):
        return Refused(words)
    return PerhapsDelivered(words)


def _line(connections: int, options: dict[str, Any]) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=connections,
        connect_timeout=5,
        read_timeout=READ_SECONDS,
        write_timeout=10,
        pool_timeout=5,
        httpx_kwargs=options,
    )


def upload(content: bytes, name: str) -> InputFile:
    """A file to be sent as the value of a parameter."""
    return InputFile(content, filename=name)
