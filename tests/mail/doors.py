"""Doors to a real mailbox, and what tests look at: the mails that came, the flags that another client sees."""

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from pydantic import SecretStr

from bot.environment import Tls
from bot.mail_in import MailDoor, MailPace
from bot.sandbox.clock import SandboxClock
from bot.settings import Mailbox
from tests.servers.middleman import Middleman

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
PACE = MailPace(poll=0.2, first_pause=0.01, longest_pause=0.1)


class Kept:
    """An inbox in memory: keeps what it is given, by place, and can refuse."""

    def __init__(self):
        self.mails = []
        self.refuses = lambda _: False
        self._changed = asyncio.Condition()

    async def receive(self, mails):
        for mail in mails:
            if self.refuses(mail):
                raise RuntimeError("the disk is full")
        async with self._changed:
            self.mails.extend(mails)
            self._changed.notify_all()

    async def known_uids(self, account, folder, uidvalidity):
        asked = (account, folder, uidvalidity)
        return {m.place.uid for m in self.mails if (m.place.account, m.place.folder, m.place.uidvalidity) == asked}

    async def holds(self, count):
        """The mails, as soon as there are so many."""
        async with asyncio.timeout(30), self._changed:
            await self._changed.wait_for(lambda: len(self.mails) >= count)
        assert len(self.mails) == count
        return self.mails


def settings(dovecot, *, port=None, tls=Tls.NONE, folder="INBOX", user=None):
    return Mailbox(
        host=dovecot.host,
        port=port or dovecot.imap_port,
        tls=tls,
        user=user or dovecot.user,
        password=SecretStr(dovecot.password),
        folder=folder,
    )


@asynccontextmanager
async def open_door(mailbox, kept, *, processed="", since=None, pace=PACE):
    """A door at work; it is stopped at the end, in time."""
    door = MailDoor(
        mailbox,
        kept.receive,
        kept.known_uids,
        SandboxClock(NOON, flows=False),
        processed=processed,
        since=since,
        pace=pace,
    )
    stop = asyncio.Event()
    work = asyncio.create_task(door.run(stop))
    try:
        yield
    finally:
        stop.set()
        async with asyncio.timeout(5):
            await work


@asynccontextmanager
async def middleman(dovecot, **edits):
    async with Middleman(dovecot.imap_port, **edits) as between:
        yield between


def mail(words="two loaves", message_id="<1@carl.example>", sender="Carl <Carl@carl.example>"):
    return (
        f"From: {sender}\r\nTo: shop@example.com\r\nSubject: bread\r\nMessage-ID: {message_id}\r\n"
        f"Date: Mon, 4 May 2026 09:00:00 +0000\r\n\r\n{words}\r\n"
    ).encode()


def flags(dovecot, folder="INBOX"):
    """The flags of each mail in the folder, as another client sees them."""
    with dovecot.look() as client:
        [count] = client.select(f'"{folder}"', readonly=True)[1]
        return client.fetch("1:*", "(FLAGS)")[1] if count.isdigit() and int(count) else []


async def until(is_so):
    """Returns when `is_so`, asked on a thread again and again, is true."""
    async with asyncio.timeout(30):
        while not await asyncio.to_thread(is_so):
            continue
