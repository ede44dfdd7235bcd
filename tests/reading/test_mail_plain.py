"""Mails that are parsed at once read as the standard library reads them, or are left to it."""

import random
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

import pytest

from handlers.reading.mail_plain import plain_message
from tests.mails import Draft
from tests.people import NOON

PIECES = (
    b"From: bea@post.example", b"Subject: x", b"X-A:", b":", b" ", b"\t", b"\n", b"\n\n", b"\r\n", b"\r\n\r\n", b"\r",
    b"Content-Type: text/plain; charset=utf-8", b"Content-Type: multipart/mixed; boundary=x", b"--x", b"From bea at",
    b"content-type:\n message/rfc822", b"Content-Transfer-Encoding: base64", b"YWJj", b"\xff", b"\xc3\xa9", b"\x00",
    b"\x0b", b"\x1c", b"\x85", b"\xe2\x80\xa8", b"two tiramisu",
)  # fmt: skip


def all_of(message: Message) -> tuple[object, ...]:
    return list(message.raw_items()), message.get_payload(), message.get_unixfrom(), message.is_multipart()


@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
def test_a_mail_of_one_part_is_parsed_at_once(end: bytes) -> None:
    raw = Draft("Carl Smith", "carl@example.org", "Ünë tiramisu,\n\nfor two\n").sent(1, NOON)
    raw = raw.replace(b"\r\n", b"\n").replace(b"Subject:", b"X-Long: one\n\ttwo\nSubject:").replace(b"\n", end)

    message = plain_message(raw)

    assert message is not None
    assert all_of(message) == all_of(message_from_bytes(raw, policy=compat32))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"Subject: no end",
        b" goes on with nothing\nSubject: x\n\nwords",
        b"From bea Mon Nov 23\nSubject: x\n\nwords",
        b"Subject: x\r\nX-A: y\n\nwords",
        b"Subject: x\rX-A: y\n\nwords",
        b"Subject : x\n\nwords",
        b"words\n\nwords",
        b"Content-Type: Multipart/mixed; boundary=x\n\n--x\n\nwords\n--x--\n",
        b"Content-Type:\n message/rfc822\n\nSubject: x\n\nwords",
    ],
)
def test_what_is_not_plain_is_left_to_the_standard_library(raw: bytes) -> None:
    assert plain_message(raw) is None


def test_of_bytes_at_random_both_make_the_same() -> None:
    chance, parsed = random.Random(7), 0
    for _ in range(20_000):
        raw = b"Subject: x\n" + b"".join(chance.choice(PIECES) for _ in range(chance.randint(1, 8)))
        message = plain_message(raw)
        if message is not None:
            parsed += 1
            expected = message_from_bytes(raw, policy=compat32)
            assert list(message.raw_items()) == list(expected.raw_items()), raw
            assert message._payload == expected._payload, raw  # type: ignore[attr-defined]

    assert parsed > 1_000
