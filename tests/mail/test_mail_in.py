"""The door for mail, against a real Dovecot."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from bot.environment import Tls
from bot.imap_client import ImapConnection, MailboxLost
from bot.mail_in import MailDoor, MailPace
from bot.sandbox.clock import SandboxClock
from bot.settings import Mailbox
from tests.mail.doors import NOON, flags, mail, middleman, open_door, settings, until


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


async def test_a_mailbox_that_was_full_before_the_shop_began_is_left_alone(dovecot, kept):
    dovecot.deliver(mail("last year's letter"))
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)

    async with middleman(dovecot) as between, open_door(settings(dovecot, port=between.port), kept, since=tomorrow):
        await between.hears(b"IDLE")

    assert f"SINCE {tomorrow.day}-{tomorrow:%b-%Y}".encode() in between.heard
    assert b"FETCH" not in between.heard


async def test_mails_of_today_are_taken_in_by_a_shop_that_began_today(dovecot, kept):
    dovecot.deliver(mail())

    async with open_door(settings(dovecot), kept, since=datetime.now(UTC).date() - timedelta(days=1)):
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


async def test_a_certificate_that_nobody_vouches_for_gets_no_password(dovecot):
    connection = ImapConnection(settings(dovecot, port=dovecot.imaps_port, tls=Tls.IMPLICIT))

    with pytest.raises(MailboxLost, match="CERTIFICATE_VERIFY_FAILED"):
        await connection.open()
    await connection.close()


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
    mailbox = replace(settings(dovecot, user='ca"rl'), password=SecretStr('back\\slash"'))

    async with (
        middleman(dovecot) as between,
        open_door(replace(mailbox, port=between.port), kept),
    ):
        await between.hears(rb'LOGIN "ca\"rl" "back\\slash\""')


def test_mail_is_never_read_in_plain_text_from_another_machine(kept):
    away = Mailbox(
        host="imap.example.com", port=143, tls=Tls.NONE, user="shop", password=SecretStr("x"), folder="INBOX"
    )

    with pytest.raises(ValueError, match="TLS"):
        MailDoor(away, kept.receive, kept.known_uids, SandboxClock(NOON, flows=False))
