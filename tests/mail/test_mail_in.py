"""The door for mail, against a real Dovecot, with a middleman where servers and lines misbehave."""

import asyncio
import random
import re
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from pydantic import SecretStr

from bot.environment import Tls
from bot.imap_client import ImapConnection, MailboxLost
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


@pytest.mark.parametrize(
    "moment", [b"UID SEARCH UNSEEN", b"UID SEARCH ALL", b"RFC822.SIZE", b"BODY.PEEK", b"STORE", b"IDLE"]
)
async def test_a_mail_that_comes_at_a_bad_moment_does_not_wait_for_the_next_round(dovecot, kept, moment):
    # The news of it may hide in the answer to another command; then no push will tell of it.
    late = [mail("late", "<2@carl.example>")]

    def deliver_meanwhile(said):
        if moment in said and late:
            dovecot.deliver(late.pop())
        return said

    dovecot.deliver(mail("early", "<1@carl.example>"))

    async with (
        middleman(dovecot, to_server=deliver_meanwhile) as between,
        open_door(settings(dovecot, port=between.port), kept, pace=MailPace()),
    ):
        await kept.holds(2)


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


async def test_mails_are_fetched_in_bites_of_a_few_megabytes(dovecot, kept):
    two_megabytes = "bread and butter\r\n" * 120_000
    dovecot.deliver(*(mail(two_megabytes, f"<{n}@carl.example>") for n in range(3)))

    async with middleman(dovecot) as between, open_door(settings(dovecot, port=between.port), kept):
        await kept.holds(3)

    assert between.heard.count(b"BODY.PEEK[]") == 2


async def test_of_a_mail_that_is_too_large_the_headers_are_kept_and_a_note(dovecot, kept):
    dovecot.deliver(mail("bread and butter\r\n" * 600_000))

    async with middleman(dovecot) as between, open_door(settings(dovecot, port=between.port), kept):
        [found] = await kept.holds(1)

    note, *headers = found.raw.split(b"\r\n")
    assert re.fullmatch(rb"X-Orderbot-Too-Large: 10[78]\d{5}", note)
    assert b"Subject: bread" in headers
    assert found.raw.endswith(b"\r\n\r\n")
    assert b"BODY.PEEK[]" not in between.heard


@pytest.mark.parametrize(
    "odd",
    [
        b"two loaves, no headers",
        b"\r\ntwo loaves\r\n",
        bytes(range(1, 256)) * 40,
        b"From: \xff\xfe <>\r\n\r\n\x80",
        b"=?=",
    ],
)
async def test_whatever_lies_in_the_mailbox_is_kept(dovecot, kept, odd):
    with dovecot.look() as client:
        client.append("INBOX", None, None, odd)

    async with open_door(settings(dovecot), kept):
        [found] = await kept.holds(1)

    assert found.raw == re.sub(rb"\r\n|\r|\n", b"\r\n", odd)
    assert found.lane == "mail:"


async def test_a_mail_that_could_not_be_kept_stays_unmarked_and_comes_again(dovecot, kept):
    kept.refuses = lambda mail: b"first" in mail.raw
    dovecot.deliver(mail("first", "<1@carl.example>"), mail("second", "<2@carl.example>"))

    async with open_door(settings(dovecot), kept):
        await kept.holds(1)
        await until(lambda: rb"\Seen" in flags(dovecot)[1])
        assert rb"\Seen" not in flags(dovecot)[0]

        kept.refuses = lambda _: False
        await kept.holds(2)
        await until(lambda: rb"\Seen" in flags(dovecot)[0])


async def test_a_mail_without_a_body_holds_up_nobody_and_is_told_to_the_staff(dovecot, kept):
    def without_body(said):
        return re.sub(rb"BODY\[\] \{\d+\}\r\n(?:(?!BODY\[\])[\s\S])*?unlucky\r\n", b"BODY[] NIL", said)

    dovecot.deliver(mail("unlucky", "<1@carl.example>"), mail("lucky", "<2@carl.example>"))

    async with (
        middleman(dovecot, to_client=without_body) as between,
        open_door(settings(dovecot, port=between.port), kept),
    ):
        lucky, unlucky = await kept.holds(2)

    assert lucky.place.uid == 2
    assert unlucky.raw.startswith(b"X-Orderbot-Not-Fetched: ")
    assert b"Subject: bread" in unlucky.raw
    assert len(re.findall(rb"UID FETCH 1 \(UID BODY\.PEEK\[\]\)", between.heard)) == 3


@pytest.mark.parametrize(("deadly", "headers"), [(rb"BODY\.PEEK\[\]", True), (rb"BODY\.PEEK", False)])
async def test_a_mail_that_makes_the_server_hang_up_holds_up_nobody(dovecot, kept, deadly, headers):
    def hang_up(said):
        return None if re.search(rb"UID FETCH (?:\d+,)*1(?:,\d+)* \(UID " + deadly, said) else said

    dovecot.deliver(mail("unlucky", "<1@carl.example>"), mail("lucky", "<2@carl.example>"))

    async with (
        middleman(dovecot, to_server=hang_up) as between,
        open_door(settings(dovecot, port=between.port), kept),
    ):
        lucky, unlucky = await kept.holds(2)

    assert lucky.place.uid == 2
    assert unlucky.raw.startswith(b"X-Orderbot-Not-Fetched: ")
    assert (b"Subject: bread" in unlucky.raw) is headers


async def test_an_odd_mail_that_somebody_deletes_is_forgotten(dovecot, kept):
    def delete(said):
        if b"BODY.PEEK[]" in said:
            with dovecot.look() as client:
                client.select()
                client.store("1", "+FLAGS", r"\Deleted")
                client.expunge()
            return None
        return said

    dovecot.deliver(mail("unlucky", "<1@carl.example>"))
    async with (
        middleman(dovecot, to_server=delete) as between,
        open_door(settings(dovecot, port=between.port), kept),
    ):
        await between.hears(b"IDLE")
        dovecot.deliver(mail("lucky", "<2@carl.example>"))
        between.to_server = bytes

        [found] = await kept.holds(1)

    assert b"lucky" in found.raw


async def test_a_server_that_repeats_itself_is_not_asked_without_end(dovecot, kept):
    def repeat(said):
        return re.sub(rb"(\w+ OK Search completed)", rb"* 7 EXISTS\r\n\1", said)

    async with (
        middleman(dovecot, to_client=repeat) as between,
        open_door(settings(dovecot, port=between.port), kept),
    ):
        await between.hears(b"IDLE")

    assert between.heard.count(b"UID SEARCH ALL") == 1


async def test_a_fetch_that_the_server_refuses_is_tried_mail_by_mail(dovecot, kept):
    def only_one_by_one(said):
        return re.sub(rb"(UID FETCH \d+,[\d,]+ \(UID BODY)\.PEEK\[\]", rb"\1.NONE[]", said)

    dovecot.deliver(mail("first", "<1@carl.example>"), mail("second", "<2@carl.example>"))

    async with (
        middleman(dovecot, to_server=only_one_by_one) as between,
        open_door(settings(dovecot, port=between.port), kept),
    ):
        await kept.holds(2)

    assert between.connections == 1


async def test_answers_in_another_order_and_between_others_are_understood(dovecot, kept):
    def like_exchange(said):
        return re.sub(
            rb"\* (\d+) FETCH \(UID (\d+) (BODY\[\] \{\d+\}\r\n[\s\S]*?loaves\r\n)\)",
            rb"* 7 FETCH (FLAGS (\\Seen))\r\n* \1 FETCH (\3 UID \2)\r\n* 9 EXISTS",
            said,
        )

    dovecot.deliver(mail("first loaves", "<1@carl.example>"), mail("second loaves", "<2@carl.example>"))

    async with (
        middleman(dovecot, to_client=like_exchange) as between,
        open_door(settings(dovecot, port=between.port), kept),
    ):
        found = await kept.holds(2)

    assert [(m.place.uid, m.raw.endswith(b" loaves\r\n")) for m in found] == [(1, True), (2, True)]
    assert b"first" in found[0].raw


async def test_a_body_may_come_as_a_quoted_string(dovecot, kept):
    def in_quotes(said):
        return re.sub(rb"BODY\[\] \{\d+\}\r\n[\s\S]*?loaves\r\n", rb'BODY[] "UID 2 \\"two\\" loaves"', said)

    dovecot.deliver(mail("two loaves"))

    async with (
        middleman(dovecot, to_client=in_quotes) as between,
        open_door(settings(dovecot, port=between.port), kept),
    ):
        [found] = await kept.holds(1)

    assert (found.place.uid, found.raw) == (1, b'UID 2 "two" loaves')


async def test_after_the_line_broke_the_door_comes_back(dovecot, kept):
    async with middleman(dovecot) as between, open_door(settings(dovecot, port=between.port), kept):
        await between.hears(b"IDLE")

        between.cut()
        dovecot.deliver(mail())

        await kept.holds(1)


async def test_no_mail_is_lost_or_doubled_though_the_line_breaks_anywhere(dovecot, kept):
    dice = random.Random(7)  # noqa: S311 - no secret
    left = 0

    def break_off(said):
        nonlocal left
        if said.startswith(b"* OK"):
            left = dice.randrange(500, 9000)
        left -= len(said)
        return said if left > 0 else None

    dovecot.deliver(*(mail(f"loaf {n} " * 20, f"<{n}@carl.example>") for n in range(40)))

    async with (
        middleman(dovecot, to_client=break_off) as between,
        open_door(settings(dovecot, port=between.port), kept),
    ):
        found = await kept.holds(40)

    assert between.connections > 3
    assert sorted(m.place.uid for m in found) == list(range(1, 41))
    assert all(b"loaf" in m.raw for m in found)


async def test_a_flood_of_news_that_the_library_cannot_read_costs_a_connection_and_no_mail(dovecot, kept):
    def flood(said):
        return said.replace(b"* 1 EXISTS\r\n", b"* 1 EXPUNGE\r\n" * 2000)

    async with middleman(dovecot) as between, open_door(settings(dovecot, port=between.port), kept):
        await between.hears(b"IDLE")

        between.to_client = flood
        dovecot.deliver(mail())
        await between.hears(b"LOGIN", times=2)
        between.to_client = bytes

        await kept.holds(1)


async def test_a_certificate_that_nobody_vouches_for_gets_no_password(dovecot):
    connection = ImapConnection(settings(dovecot, port=dovecot.imaps_port, tls=Tls.IMPLICIT))

    with pytest.raises(MailboxLost, match="CERTIFICATE_VERIFY_FAILED"):
        await connection.open()
    await connection.close()


async def test_a_door_opens_when_its_server_does(dovecot, kept):
    dovecot.deliver(mail())

    async with (
        middleman(dovecot, to_server=lambda _: None) as between,
        open_door(settings(dovecot, port=between.port), kept),
    ):
        await between.hears(b"CAPABILITY", times=3)
        between.to_server = bytes

        await kept.holds(1)


async def test_a_goodbye_instead_of_news_is_taken_for_what_it_is(dovecot, kept):
    async with middleman(dovecot) as between, open_door(settings(dovecot, port=between.port), kept, pace=PACE):
        await between.hears(b"IDLE")

        between.to_client = lambda said: re.sub(rb"\* \d+ EXISTS", b"* BYE too many idlers", said)
        dovecot.deliver(mail())
        await between.hears(b"LOGIN", times=2)
        between.to_client = bytes

        await kept.holds(1)


async def test_a_server_that_never_begins_to_idle_is_left(dovecot, kept, monkeypatch):
    monkeypatch.setattr("bot.imap_client.IDLE_START_SECONDS", 0.1)

    async with (
        middleman(dovecot, to_client=lambda said: said.replace(b"+ idling\r\n", b"")) as between,
        open_door(settings(dovecot, port=between.port), kept),
    ):
        await between.hears(b"LOGIN", times=2)


async def test_the_door_closes_in_time_though_its_server_fell_silent(dovecot, kept):
    async with middleman(dovecot) as between, open_door(settings(dovecot, port=between.port), kept):
        await between.hears(b"IDLE")
        between.to_client = lambda _: b""
        dovecot.deliver(mail())


async def test_a_mark_that_was_interrupted_is_made_up_for(dovecot, kept):
    cuts = iter([None])
    dovecot.deliver(mail())

    async with (
        middleman(dovecot, to_server=lambda said: next(cuts, said) if b"STORE" in said else said) as between,
        open_door(settings(dovecot, port=between.port), kept),
    ):
        await until(lambda: rb"\Seen" in flags(dovecot)[0])
        await between.hears(b"IDLE")

        await kept.holds(1)


async def test_what_was_kept_does_not_come_again_to_a_new_door(dovecot, kept):
    dovecot.deliver(mail("first", "<1@carl.example>"))
    async with open_door(settings(dovecot), kept):
        await kept.holds(1)
    dovecot.deliver(mail("second", "<2@carl.example>"))

    async with open_door(settings(dovecot), kept):
        await kept.holds(2)


async def test_mails_with_new_numbers_come_again_under_the_same_key(dovecot, kept):
    for times in (1, 2):
        with dovecot.look() as client:
            client.delete("Orders")
            client.create("Orders")
            client.append("Orders", None, None, mail())
        async with open_door(settings(dovecot, folder="Orders"), kept):
            await kept.holds(times)

    first, again = kept.mails
    assert first.place.uidvalidity != again.place.uidvalidity
    assert first.key == again.key


async def test_a_folder_may_have_any_name(dovecot, kept):
    with dovecot.look() as client:
        client.create('"Entw&APw-rfe &- \\"K&AOQ-se\\""')
        client.append('"Entw&APw-rfe &- \\"K&AOQ-se\\""', None, None, mail())

    async with open_door(settings(dovecot, folder='Entwürfe & "Käse"'), kept):
        [found] = await kept.holds(1)

    assert found.place.folder == 'Entwürfe & "Käse"'


@pytest.mark.parametrize("is_there", [False, True])
async def test_mails_that_were_kept_are_moved_to_a_folder_made_for_them(dovecot, kept, is_there):
    if is_there:
        with dovecot.look() as client:
            client.create("Gebucht &ANw-")
    dovecot.deliver(*(mail(f"loaf {n}", f"<{n}@carl.example>") for n in range(60)))

    async with open_door(settings(dovecot), kept, processed="Gebucht Ü"):
        await kept.holds(60)
        await until(lambda: len(flags(dovecot, "Gebucht &ANw-")) == 60)

    assert flags(dovecot) == []


async def test_where_nothing_can_be_moved_mails_are_marked(dovecot, kept):
    dovecot.deliver(mail())

    async with (
        middleman(dovecot, to_client=lambda said: said.replace(b" MOVE", b"")) as between,
        open_door(settings(dovecot, port=between.port), kept, processed="Processed"),
    ):
        await until(lambda: rb"\Seen" in flags(dovecot)[0])


async def test_where_the_folder_cannot_be_made_mails_are_marked(dovecot, kept):
    dovecot.deliver(mail())

    async with open_door(settings(dovecot), kept, processed="a//b"):
        await until(lambda: rb"\Seen" in flags(dovecot)[0])


async def test_user_and_password_are_quoted(dovecot, kept):
    mailbox = settings(dovecot, user='ca"rl').model_copy(update={"password": SecretStr('back\\slash"')})

    async with (
        middleman(dovecot) as between,
        open_door(mailbox.model_copy(update={"port": between.port}), kept),
    ):
        await between.hears(rb'LOGIN "ca\"rl" "back\\slash\""')


def test_mail_is_never_read_in_plain_text_from_another_machine(kept):
    away = Mailbox(
        host="imap.example.com", port=143, tls=Tls.NONE, user="shop", password=SecretStr("x"), folder="INBOX"
    )

    with pytest.raises(ValueError, match="TLS"):
        MailDoor(away, kept.receive, kept.known_uids, SandboxClock(NOON, flows=False))
