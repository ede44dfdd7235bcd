from datetime import UTC, datetime

import pytest

from bot.imap_client import utf7
from bot.mail_copies import TOO_LARGE, headers_alone, raw_mail
from storage.inbox import MailPlace

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
MAIL = (
    b"Received: from a\r\nFrom: Carl <carl@carl.example>\r\nDate: Mon, 4 May 2026 09:00:00 +0000\r\n"
    b"Message-ID: <1@carl.example>\r\nSubject: bread\r\n\r\ntwo loaves\r\n"
)


def key(raw, uid=1):
    return raw_mail(raw, MailPlace("shop", "INBOX", 5, uid), NOON).key


def test_a_copy_that_took_another_way_is_the_same_mail():
    other_way = MAIL.replace(b"from a", b"from b").replace(b"From: Carl", b"From:\r\n Carl")

    assert key(other_way, uid=2) == key(MAIL)


@pytest.mark.parametrize(
    ("old", "new"), [(b"<1@", b"<2@"), (b"From: Carl", b"From: Karl"), (b"09:00", b"09:01"), (b"loaves", b"rolls")]
)
def test_a_message_id_alone_does_not_make_two_mails_the_same(old, new):
    assert key(MAIL.replace(old, new)) != key(MAIL)


def test_mails_that_say_nothing_of_themselves_are_told_by_their_way():
    bare = b"Received: from a\r\nFrom: carl@carl.example\r\n\r\ntwo loaves\r\n"

    assert key(bare.replace(b"from a", b"from b")) != key(bare)


def test_a_header_of_the_same_name_further_down_changes_nothing_for_the_sender():
    forged = MAIL.replace(b"Subject:", b"From: bea@bea.example\r\nSubject:")

    assert raw_mail(forged, MailPlace("shop", "INBOX", 5, 1), NOON).lane == "mail:carl@carl.example"


def test_headers_alone_end_like_headers():
    assert headers_alone(b"Subject: bread\r\n\r\n", TOO_LARGE, 5) == (
        b"X-Orderbot-Too-Large: 5\r\nSubject: bread\r\n\r\n"
    )
    assert headers_alone(b"", TOO_LARGE, 5) == b"X-Orderbot-Too-Large: 5\r\n\r\n"


@pytest.mark.parametrize(
    ("folder", "written"),
    [
        ("INBOX", "INBOX"),
        ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"),
        ("Käse & Brot", "K&AOQ-se &- Brot"),
        ("☺!", "&Jjo-!"),
        ("🥐", "&2D7dUA-"),
    ],
)
def test_folders_are_written_in_modified_utf_7(folder, written):
    assert utf7(folder) == written
