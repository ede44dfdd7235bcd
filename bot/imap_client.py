"""One connection to an IMAP mailbox; aioimaplib is known here alone.

The library waits for ever where a server falls silent, forgets pushes that come at a bad moment and pairs answers
with the wrong command after a cancelled one. So every wait here ends, at the latest with the connection; after
MailboxLost the connection is good for nothing but `close`; and the mailbox is searched after every wait for news.
"""

import asyncio
import base64
import re
import ssl
from collections.abc import Awaitable, Collection, Iterable, Iterator
from contextlib import suppress
from typing import Any, TypeVar

import aioimaplib

from bot.environment import Tls
from bot.settings import Mailbox

_T = TypeVar("_T")

ANSWER_SECONDS = 60
IDLE_START_SECONDS = 10
"""Some servers close the door instead of answering IDLE, and the library would wait for ever."""
FETCH_SECONDS = 600
"""A whole batch on a slow line; while nothing at all arrives, ANSWER_SECONDS count."""
CLOSE_SECONDS = 1
HEADER_BYTES = 262_144

_FETCHED = re.compile(rb"\d+ FETCH \(", re.IGNORECASE)
_UID = re.compile(rb"\bUID (\d+)", re.IGNORECASE)
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)", re.IGNORECASE)
_SHORT_BODY = re.compile(rb'\bBODY\[(?:HEADER)?\](?:<0>)? "((?:[^"\\]|\\.)*)"', re.IGNORECASE)
_UIDVALIDITY = re.compile(rb"\[UIDVALIDITY (\d+)\]", re.IGNORECASE)
_EXISTS = re.compile(rb"(\d+) EXISTS", re.IGNORECASE)
_NEWS = re.compile(rb"\d+ (?:EXISTS|RECENT)|stop_wait_server_push", re.IGNORECASE)


class MailboxLost(Exception):
    """The connection is gone, silent or confused."""


class MailboxRefused(Exception):
    """The server said no to one command; the connection goes on."""


class ImapConnection:
    """A mailbox with one folder open.

    Every method may raise MailboxLost, those that ask the server for something also MailboxRefused.
    """

    def __init__(self, mailbox: Mailbox) -> None:
        self.uidvalidity = 0
        self._mailbox = mailbox
        self._capabilities: frozenset[str] = frozenset()
        self._has_news = False
        self._last_found: tuple[int, set[int]] = (0, set())
        self._lost: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        # The plain class takes both the callback and a TLS context; IMAP4_SSL takes no callback.
        self._client = aioimaplib.IMAP4(
            mailbox.host,
            mailbox.port,
            timeout=ANSWER_SECONDS,
            conn_lost_cb=self._is_lost,
            ssl_context=ssl.create_default_context() if mailbox.tls is Tls.IMPLICIT else None,
        )

    async def open(self) -> None:
        """Connects, logs in and opens the folder."""
        await self._wait(self._client.wait_hello_from_server(), ANSWER_SECONDS)
        # The library quotes the password, but not the user.
        password = self._mailbox.password.get_secret_value()
        await self._ask(self._client.login(quoted(self._mailbox.user), password))
        # A server may offer more to those who are logged in.
        await self._wait(self._client.protocol.capability(), ANSWER_SECONDS)
        self._capabilities = frozenset(name.upper() for name in self._client.protocol.capabilities)
        lines = await self._ask(self._client.select(quoted(utf7(self._mailbox.folder))))
        found = _UIDVALIDITY.search(b"\n".join(lines))
        if not found:
            raise MailboxRefused("the folder has no UIDVALIDITY")
        self.uidvalidity = int(found[1])

    def offers(self, capability: str) -> bool:
        return capability in self._capabilities

    async def search(self, criterion: str) -> set[int]:
        """The UIDs of the mails that fit: "ALL", "UNSEEN" or "SINCE 21-Nov-2026"."""
        # A mail that arrives just now is told of in this answer, once, and the library drops what no command asked
        # for; but it gives such lines to a waiting NOOP. Without a charset: Microsoft's servers refuse one.
        both = asyncio.gather(self._client.uid_search(criterion, charset=None), self._client.noop())
        lines, others = map(_lines_of, await self._wait(both, ANSWER_SECONDS))
        found = {int(uid) for line in lines[:-1] if re.fullmatch(rb"[\d ]*", line) for uid in line.split()}
        exist = max((int(told[1]) for line in others if (told := _EXISTS.match(line))), default=0)
        # Some servers tell the same after every command: that is no news.
        self._has_news = exist > len(found) and (exist, found) != self._last_found
        self._last_found = (exist, found)
        return found

    async def sizes(self, uids: Collection[int]) -> dict[int, int]:
        """The size of each mail in bytes; mails that the server keeps silent about are missing."""
        found = {}
        for text, _ in await self._fetch(uids, "(UID RFC822.SIZE)"):
            uid, size = _UID.search(text), _SIZE.search(text)
            if uid and size:
                found[int(uid[1])] = int(size[1])
        return found

    async def mails(self, uids: Collection[int]) -> dict[int, bytes]:
        """The mails' exact bytes; mails that the server gives as NIL are missing."""
        return await self._bodies(uids, "BODY.PEEK[]")

    async def headers(self, uid: int) -> bytes:
        """The mail's headers, cut at HEADER_BYTES; empty if there are none to be had."""
        found = await self._bodies([uid], f"BODY.PEEK[HEADER]<0.{HEADER_BYTES}>")
        return found.get(uid, b"")

    async def mark_seen(self, uids: Collection[int]) -> None:
        await self._ask(self._client.uid("STORE", _set_of(uids), r"+FLAGS.SILENT (\Seen)"))

    async def move(self, uids: Collection[int], folder: str) -> None:
        await self._ask(self._client.uid("MOVE", _set_of(uids), quoted(utf7(folder))))

    async def make_folder(self, folder: str) -> None:
        """Creates the folder unless it is there."""
        name = quoted(utf7(folder))
        *found, _ = await self._ask(self._client.list('""', name))
        if not any(re.match(rb"\((?!.*\\(?:Noselect|NonExistent)\b)[^)]*\)", line, re.IGNORECASE) for line in found):
            await self._ask(self._client.create(name))

    async def idle(self, seconds: float) -> None:
        """Returns when the server tells of new mail, or did so since the last search, or after `seconds`."""
        if self._has_news:
            return
        queue = self._client.protocol.idle_queue
        while not queue.empty():
            queue.get_nowait()
        # The library's own timer would leave a stale stop behind; ours comes first.
        idling = await self._wait(self._client.idle_start(timeout=seconds + ANSWER_SECONDS), IDLE_START_SECONDS)
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not _is_news(await self._wait(queue.get(), None)):
                    continue
        self._client.idle_done()
        await self._ask(idling)

    async def rest(self, seconds: float) -> None:
        """Waits as `idle` does, on a server that cannot tell of new mail."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wait(asyncio.get_running_loop().create_future(), None)
        # Some servers let a search see new mail only after they told of it.
        await self._ask(self._client.noop())

    async def close(self) -> None:
        """Drops the connection. No LOGOUT: what was asked last may be unanswered, and servers do without."""
        waiting = [*self._client.tasks, *self._client.protocol.tasks]
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        if (transport := self._client.protocol.transport) is not None:
            transport.close()
            await asyncio.wait({self._lost}, timeout=CLOSE_SECONDS)
            transport.abort()

    def _is_lost(self, _: Exception | None) -> None:
        if not self._lost.done():
            self._lost.set_result(None)

    async def _bodies(self, uids: Collection[int], part: str) -> dict[int, bytes]:
        found = {}
        for text, literal in await self._fetch(uids, f"(UID {part})"):
            short = _SHORT_BODY.search(text)
            uid = _UID.search(_SHORT_BODY.sub(b"", text))
            body = literal if literal is not None else short and re.sub(rb"\\(.)", rb"\1", short[1])
            # Servers may tell of mails that nobody asked for.
            if uid and int(uid[1]) in uids and body is not None:
                found[int(uid[1])] = body
        return found

    async def _fetch(self, uids: Collection[int], items: str) -> list[tuple[bytes, bytes | None]]:
        lines = await self._ask(self._client.uid("FETCH", _set_of(uids), items), FETCH_SECONDS)
        return list(_by_mail(lines))

    async def _ask(self, command: Awaitable[aioimaplib.Response], seconds: float = ANSWER_SECONDS) -> list[Any]:
        return _lines_of(await self._wait(command, seconds))

    async def _wait(self, coming: Awaitable[_T], seconds: float | None) -> _T:
        """What comes, unless the connection ends first or nothing comes for `seconds`."""
        task = asyncio.ensure_future(coming)
        try:
            ends: set[asyncio.Future[Any]] = {task, self._lost}
            await asyncio.wait(ends, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            if not task.done():
                raise MailboxLost("the connection ended" if self._lost.done() else f"no answer in {seconds} s")
            return task.result()
        except (aioimaplib.AioImapException, OSError, ValueError, IndexError) as error:
            # TimeoutError is an OSError; the last two are the library's on answers that it does not understand.
            raise MailboxLost(f"{type(error).__name__}: {error}") from error
        finally:
            task.cancel()


def quoted(text: str) -> str:
    """A quoted string of a command (RFC 3501, 4.3)."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def utf7(folder: str) -> str:
    """A folder's name as IMAP writes it: modified UTF-7 (RFC 3501, 5.1.3)."""
    return re.sub(r"&|[^\x20-\x7e]+", lambda found: _shifted(found[0]), folder)


def _shifted(text: str) -> str:
    if text == "&":
        return "&-"
    return "&" + base64.b64encode(text.encode("utf-16-be")).decode().rstrip("=").replace("/", ",") + "-"


def _lines_of(answer: aioimaplib.Response) -> list[Any]:
    """The lines of an answer that says OK."""
    result, lines = answer
    if result != "OK":
        raise MailboxRefused(bytes(lines[-1]).decode("ascii", "replace")[:200] if lines else result)
    return list(lines)


def _set_of(uids: Iterable[int]) -> str:
    return ",".join(map(str, sorted(uids)))


def _by_mail(lines: Iterable[Any]) -> Iterator[tuple[bytes, bytes | None]]:
    """The FETCH answers among the lines: their text and their literal.

    Lines of other kinds are mixed in, and the UID may follow the literal.
    """
    text, literal = b"", None
    for line in lines:
        # The library gives literals as bytearray, lines as bytes.
        if isinstance(line, bytearray):
            literal = bytes(line)
        elif _FETCHED.match(line):
            yield text, literal
            text, literal = line, None
        else:
            text += line
    yield text, literal


def _is_news(push: list[bytes]) -> bool:
    if any(line.upper().startswith(b"BYE") for line in push):
        raise MailboxLost("the server said goodbye")
    return any(_NEWS.match(line) for line in push)
