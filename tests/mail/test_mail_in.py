"""The door for mail, against a real Dovecot, with a middleman where servers and lines misbehave."""

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
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
        async with asyncio.timeout(20), self._changed:
            await self._changed.wait_for(lambda: len(self.mails) >= count)
        assert len(self.mails) == count
        return self.mails


@pytest.fixture
def kept():
    return Kept()


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
async def open_door(mailbox, kept, *, processed="", pace=PACE):
    """A door at work; it is stopped at the end, in time."""
    door = MailDoor(
        mailbox, kept.receive, kept.known_uids, SandboxClock(NOON, flows=False), processed=processed, pace=pace
    )
    stop = asyncio.Event()
    work = asyncio.create_task(door.run(stop))
    try:
        yield
    finally:
        stop.set()
        async with asyncio.timeout(2):
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
        client.select(f'"{folder}"', readonly=True)
        found = client.fetch("1:*", "(FLAGS)")[1]
    return [line for line in found if line is not None]


async def until(is_so):
    """Returns when `is_so`, asked on a thread again and again, is true."""
    async with asyncio.timeout(10):
        while not await asyncio.to_thread(is_so):
            continue


async def test_a_mail_that_waits_is_kept_byte_by_byte_and_marked(dovecot, kept):
    dovecot.deliver(mail())

    async with open_door(settings(dovecot), kept):
        [found] = await kept.holds(1)
        await until(lambda: rb"\Seen" in flags(dovecot)[0])

    assert found.raw.endswith(mail())
    assert found.lane == "mail:carl@carl.example"
    assert found.received == NOON
    assert found.place.account == f"{dovecot.user}@127.0.0.1"


async def test_a_mail_that_comes_while_the_door_is_idle_is_pushed(dovecot, kept):
    async with (
        middleman(dovecot) as between,
        open_door(settings(dovecot, port=between.port), kept, pace=MailPace()),
    ):
        await between.hears(b"IDLE")

        dovecot.deliver(mail())

        await kept.holds(1)


async def test_a_server_that_cannot_push_is_asked_again_and_again(dovecot, kept):
    without_idle = lambda said: said.replace(b" IDLE", b"")  # noqa: E731

    async with (
        middleman(dovecot, to_client=without_idle) as between,
        open_door(settings(dovecot, port=between.port), kept),
    ):
        await between.hears(b"NOOP")
        dovecot.deliver(mail())

        await kept.holds(1)

    assert b"IDLE" not in between.heard


async def test_mail_is_read_over_tls_from_a_server_with_a_valid_certificate(dovecot, kept, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(dovecot.certificate))
    dovecot.deliver(mail())

    async with open_door(settings(dovecot, port=dovecot.imaps_port, tls=Tls.IMPLICIT), kept):
        await kept.holds(1)


async def test_sixty_mails_at_once_are_each_kept_once(dovecot, kept):
    dovecot.deliver(*(mail(f"loaf {n}", f"<{n}@carl.example>") for n in range(60)))

    async with open_door(settings(dovecot), kept):
        found = await kept.holds(60)

    assert len({m.key for m in found}) == 60
    assert all(f"loaf {n}".encode() in m.raw for n, m in enumerate(sorted(found, key=lambda m: m.place.uid)))
