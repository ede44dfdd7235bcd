"""The door for mail: one connection to the mailbox, opened anew whenever it breaks."""

import asyncio
import random
import time
from datetime import date

import structlog

from bot.clock import Clock
from bot.edges import Receive
from bot.environment import Tls, is_loopback
from bot.imap_client import ImapConnection, MailboxLost, MailboxRefused
from bot.mail_rounds import KnownUids, MailRounds
from bot.settings import Mailbox
from core.frozen import frozen

log = structlog.stdlib.get_logger(__name__)


@frozen
class MailPace:
    """Seconds to wait, in real time: the network does not care for our clock."""

    idle: float = 300
    """The longest wait without a look into the mailbox; some pushes are lost."""
    poll: float = 60
    """The wait between looks where the server cannot push, or where a mail was left for the next look."""
    first_pause: float = 1
    longest_pause: float = 300
    """Between connections: doubled each time, first_pause again after a connection that held for longer than `poll`."""


class MailDoor:
    """Takes in each mail of one folder and hands it to `receive`; nothing is lost, doubles are told by their key.

    A mail that was kept is moved to the folder `processed`, which is made where it is missing; without one, or where
    the server cannot move, it is marked as seen. Mails from before `since` (the mailbox's own date) are left alone:
    a shop that begins with a full mailbox must not answer last year's letters.
    """

    def __init__(
        self,
        mailbox: Mailbox,
        receive: Receive,
        known_uids: KnownUids,
        clock: Clock,
        *,
        processed: str = "",
        since: date | None = None,
        pace: MailPace | None = None,
    ) -> None:
        if mailbox.tls is not Tls.IMPLICIT and not is_loopback(mailbox.host):
            raise ValueError("mail is read over TLS, or on this machine")
        self._mailbox = mailbox
        self._processed = processed
        self._pace = pace or MailPace()
        account = f"{mailbox.user}@{mailbox.host}"
        self._rounds = MailRounds(account, mailbox.folder, receive, known_uids, clock, since=since)

    async def run(self, stop: asyncio.Event) -> None:
        """Works until `stop` is set, and returns within two seconds of it, whatever the network does."""
        work = asyncio.create_task(self._work())
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({work, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            work.cancel()
            stopping.cancel()
            await asyncio.gather(work, stopping, return_exceptions=True)

    async def _work(self) -> None:
        pause = self._pace.first_pause
        while True:
            began = time.monotonic()
            try:
                await self._session()
            except MailboxRefused as error:
                log.warning("mailbox_refused", why=str(error))
            except MailboxLost as error:
                log.info("mailbox_lost", why=str(error))
            except Exception:
                log.exception("mail_door_failed")
            if time.monotonic() - began > self._pace.poll:
                pause = self._pace.first_pause
            # Jitter: when a server comes back, its clients shall not come all at once.
            await asyncio.sleep(pause * random.uniform(0.5, 1))  # noqa: S311 - no secret
            pause = min(2 * pause, self._pace.longest_pause)

    async def _session(self) -> None:
        """One connection, from login until it breaks."""
        connection = ImapConnection(self._mailbox)
        try:
            await connection.open()
            await self._rounds.begin(connection, await self._where_to(connection))
            log.info("mailbox_open")
            while True:
                is_done = await self._rounds.look(connection)
                await self._wait(connection, self._pace.idle if is_done else self._pace.poll)
        finally:
            await connection.close()

    async def _wait(self, connection: ImapConnection, seconds: float) -> None:
        if connection.offers("IDLE"):
            await connection.idle(seconds)
        else:
            await connection.rest(min(seconds, self._pace.poll))

    async def _where_to(self, connection: ImapConnection) -> str:
        """The folder for mails that were taken in; none if the server does not play along."""
        if not self._processed or not connection.offers("MOVE"):
            return ""
        try:
            await connection.make_folder(self._processed)
        except MailboxRefused as error:
            log.warning("no_folder_for_processed", why=str(error))
            return ""
        return self._processed
