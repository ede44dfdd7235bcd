"""One look into the mailbox: which mails are new, fetching them, keeping them, marking them as taken.

What is new is a set difference, not a highest number and not a flag: so a mail that cannot be fetched holds up no
other and is not forgotten. Everything may be done again after a crash; the inbox tells doubles apart.
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from datetime import date

import structlog

from bot.clock import Clock
from bot.edges import Receive
from bot.imap_client import ImapConnection, MailboxRefused
from bot.mail_copies import NOT_FETCHED, TOO_LARGE, headers_alone, raw_mail
from storage.inbox import MailPlace, RawMessage

KnownUids = Callable[[str, str, int], Awaitable[set[int]]]
"""The UIDs already kept, by account, folder and UIDVALIDITY."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

LARGEST_MAIL = 10_000_000
BATCH_BYTES = 5_000_000
BATCH_MAILS = 50
"""More lines than these bring in one packet would be too many for the IMAP library."""
TRIES = 3
"""Answers without the mail, until the staff is told what is known of it."""
BREAKS = 5
"""Connections that ended over one mail, until it is told, too: more of them, as lines do break by themselves."""

log = structlog.stdlib.get_logger(__name__)


class MailRounds:
    """Takes in what is new in one folder; remembers over connections which mails could not be fetched."""

    def __init__(
        self,
        account: str,
        folder: str,
        receive: Receive,
        known_uids: KnownUids,
        clock: Clock,
        *,
        since: date | None = None,
    ) -> None:
        self._account = account
        self._folder = folder
        self._receive = receive
        self._known_uids = known_uids
        self._clock = clock
        self._new = "ALL" if since is None else f"SINCE {since.day}-{MONTHS[since.month - 1]}-{since.year}"
        self._uidvalidity = 0
        self._known: set[int] = set()
        self._failed: dict[int, int] = {}
        """How often each odd mail was asked for alone, in vain."""
        self._processed = ""

    async def begin(self, connection: ImapConnection, processed: str) -> None:
        """On a new connection: what was kept before, and marks that an interruption prevented.

        Mails that were taken in go to the folder `processed`; without one they are marked as seen.
        """
        if connection.uidvalidity != self._uidvalidity:
            # The server gave the mails new numbers: all of them come again, and the inbox knows them.
            self._uidvalidity = connection.uidvalidity
            self._failed.clear()
        self._processed = processed
        self._known = await self._known_uids(self._account, self._folder, self._uidvalidity)
        unmarked = await connection.search("ALL" if processed else "UNSEEN")
        for uids in _chunks(sorted(unmarked & self._known)):
            await self._mark(connection, uids)

    async def look(self, connection: ImapConnection) -> bool:
        """Takes in what is new. False if a mail was left for the next look."""
        looked_at: set[int] = set()
        found = await connection.search(self._new)
        self._failed = {uid: tries for uid, tries in self._failed.items() if uid in found}
        while new := found - self._known - looked_at:
            looked_at |= new
            for uids in _chunks(sorted(new - self._failed.keys())):
                await self._take(connection, uids)
            # News of mails that came meanwhile went by unheard.
            found = await connection.search(self._new)
        for uid in sorted(self._failed, key=self._failed.__getitem__):
            await self._take_odd(connection, uid)
        return looked_at <= self._known

    async def _take(self, connection: ImapConnection, uids: list[int]) -> None:
        missing = set(uids)
        try:
            sizes = await connection.sizes(uids)
            for batch in _batches([uid for uid in uids if sizes.get(uid, LARGEST_MAIL + 1) <= LARGEST_MAIL], sizes):
                mails = await connection.mails(batch)
                missing -= mails.keys()
                await self._keep(connection, mails)
            for uid in (uid for uid in uids if sizes.get(uid, 0) > LARGEST_MAIL):
                headers = await connection.headers(uid)
                missing.discard(uid)
                await self._keep(connection, {uid: headers_alone(headers, TOO_LARGE, sizes[uid])})
        except MailboxRefused as error:
            log.warning("mails_refused", why=str(error), count=len(missing))
        finally:
            # What is missing, perhaps because it broke the connection, is asked for alone from here on.
            for uid in missing:
                self._failed.setdefault(uid, 0)

    async def _take_odd(self, connection: ImapConnection, uid: int) -> None:
        # Counted before it is asked for: it may be the one that makes the server hang up.
        self._failed[uid] += 1
        tries = self._failed[uid]
        if tries <= BREAKS:
            await self._take(connection, [uid])
        if uid not in self._failed:
            return
        log.warning("mail_not_fetched", uid=uid, tries=tries)
        if tries >= TRIES:
            headers = await self._last_resort(connection, uid)
            await self._keep(connection, {uid: headers_alone(headers, NOT_FETCHED, f"{self._uidvalidity}/{uid}")})

    async def _last_resort(self, connection: ImapConnection, uid: int) -> bytes:
        """The headers of a mail that cannot be fetched; none if asking for them broke the connection, too."""
        if self._failed[uid] > BREAKS + 1:
            return b""
        try:
            return await connection.headers(uid)
        except MailboxRefused:
            return b""

    async def _keep(self, connection: ImapConnection, mails: Mapping[int, bytes]) -> None:
        """Keeps what was fetched together, with one wait for the disk; where that fails, each mail by itself."""
        found = {uid: self._raw(uid, raw) for uid, raw in mails.items()}
        for uid in found:
            self._failed.pop(uid, None)
        try:
            await self._receive(list(found.values()))
            kept = list(found)
        except Exception:
            log.exception("mails_not_kept_together", count=len(found))
            kept = [uid for uid, mail in found.items() if await self._kept(uid, mail)]
        for uid in kept:
            log.info("mail_kept", uid=uid, bytes=len(mails[uid]))
        self._known.update(kept)
        await self._mark(connection, kept)

    def _raw(self, uid: int, raw: bytes) -> RawMessage:
        return raw_mail(raw, MailPlace(self._account, self._folder, self._uidvalidity, uid), self._clock.now())

    async def _kept(self, uid: int, mail: RawMessage) -> bool:
        """One that cannot be kept leaves the others alone: unmarked and unknown, it comes again with the next round."""
        try:
            await self._receive([mail])
        except Exception:
            log.exception("mail_not_kept", uid=uid)
            return False
        return True

    async def _mark(self, connection: ImapConnection, uids: list[int]) -> None:
        """Shows in the mailbox that the mails were taken in. It changes nothing for us; none is ever deleted."""
        if not uids:
            return
        if self._processed:
            try:
                await connection.move(uids, self._processed)
            except MailboxRefused as error:
                log.warning("mails_not_moved", why=str(error), count=len(uids))
            else:
                return
        try:
            await connection.mark_seen(uids)
        except MailboxRefused as error:
            log.warning("mails_not_marked", why=str(error), count=len(uids))


def _chunks(uids: list[int]) -> Iterator[list[int]]:
    return (uids[start : start + BATCH_MAILS] for start in range(0, len(uids), BATCH_MAILS))


def _batches(uids: Iterable[int], sizes: Mapping[int, int]) -> Iterator[list[int]]:
    """In order, as many mails as fit into BATCH_BYTES; a larger one goes alone."""
    batch: list[int] = []
    total = 0
    for uid in uids:
        if batch and total + sizes[uid] > BATCH_BYTES:
            yield batch
            batch, total = [], 0
        batch.append(uid)
        total += sizes[uid]
    if batch:
        yield batch
