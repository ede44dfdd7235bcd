"""A raw mail as a value: any bytes give one, whatever is wrong with them."""

import base64
import gzip
import io
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.reading.mail_kind import MailKind
from handlers.reading.mail_message import read_mail

SHOP = "orders@trattoria.example"
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 40_000


def opened(raw: bytes, authserv: str | None = None):
    return read_mail(raw, own_address=SHOP, authserv=authserv)


def mail(
    body: str | bytes = "One lasagne, please.", *headers: str, content_type: str = "text/plain; charset=utf-8"
) -> bytes:
    lines = [
        "From: Carl Vogt <carl@post.example>",
        f"To: {SHOP}",
        "Message-ID: <m1@post.example>",
        f"Content-Type: {content_type}",
    ]
    raw = body if isinstance(body, bytes) else body.encode()
    return "\r\n".join([*headers, *lines]).encode() + b"\r\n\r\n" + raw


def multipart(kind: str, *parts: bytes) -> bytes:
    body = b"".join(b"--cut\r\n" + part + b"\r\n" for part in parts) + b"--cut--\r\n"
    return mail(body, content_type=f"multipart/{kind}; boundary=cut")


def part(content_type: str, payload: bytes, *headers: str) -> bytes:
    encoded = base64.encodebytes(payload)
    return (
        "\r\n".join([f"Content-Type: {content_type}", "Content-Transfer-Encoding: base64", *headers]).encode()
        + b"\r\n\r\n"
        + encoded
    )


def test_headers_become_values():
    read = opened(
        mail(
            "x",
            "Subject: =?utf-8?q?Re=3A_=5B=231042-K7QM=5D_Ihre_Bestellung_f=C3=BCr_morgen?=",
            "Date: Sat, 21 Nov 2026 12:00:00 +0100",
            "In-Reply-To: <letter.abc@trattoria.example>",
            "References: <a@b.example>\r\n <letter.abc@trattoria.example>",
            "Reply-To: Bea <bea@post.example>",
        )
    )

    assert (read.sender, read.sender_name, read.reply_to) == ("carl@post.example", "Carl Vogt", "bea@post.example")
    assert read.subject == "Re: [#1042-K7QM] Ihre Bestellung für morgen"
    assert read.order_token == (1042, "K7QM")
    assert read.date == datetime(2026, 11, 21, 11, 0, tzinfo=UTC)
    assert read.references == ("<a@b.example>", "<letter.abc@trattoria.example>")
    assert (read.message_id, read.in_reply_to) == ("<m1@post.example>", "<letter.abc@trattoria.example>")
    assert (read.kind, read.error) == (MailKind.CUSTOMER, None)


def test_a_mail_without_a_sender_is_broken_but_keeps_its_text():
    read = opened(b"Subject: order\r\n\r\nOne lasagne, please.")

    assert (read.kind, read.text) == (MailKind.BROKEN, "One lasagne, please.")
    assert "sender" in (read.error or "")


@pytest.mark.parametrize(
    "raw", [b"", b"\n", b"\r\n\r\n", b"\x00\xff\xfe", b"no header at all", b":\n:\n:", b"From: \n\n", b"From: @\n\n"]
)
def test_next_to_nothing_is_a_broken_mail(raw):
    read = opened(raw)

    assert read.kind is MailKind.BROKEN
    assert read.error


@pytest.mark.parametrize(
    ("charset", "raw"),
    [
        ("utf-8", "Grüße, ein Käse".encode()),
        ("iso-8859-1", "Grüße, ein Käse".encode("latin-1")),
        ("no-such-charset", "Grüße, ein Käse".encode()),
        ("us-ascii", "Grüße, ein Käse".encode("cp1252")),
        ("utf-8", "Grüße, ein Käse".encode("cp1252")),
    ],
)
def test_a_charset_that_is_wrong_or_unknown_is_made_good(charset, raw):
    assert opened(mail(raw, content_type=f"text/plain; charset={charset}")).text == "Grüße, ein Käse"


def test_raw_bytes_in_a_header_are_read_as_what_they_are():
    raw = mail().replace(b"Carl Vogt", "Jürgen Vögel".encode())

    assert opened(raw).sender_name == "Jürgen Vögel"


def test_the_plain_form_is_read_and_the_html_form_only_where_there_is_no_other():
    html = part("text/html; charset=utf-8", b"<p>One <b>wine</b></p>")

    assert opened(multipart("alternative", part("text/plain", b"One lasagne"), html)).text == "One lasagne"
    assert opened(multipart("alternative", part("text/plain", b" \n"), html)).text == "One wine"


def test_flowed_lines_are_put_together_again():
    body = "two lasagne \r\nand one wine\r\n\r\n bye\r\n"

    assert opened(mail(body, content_type="text/plain; format=flowed")).text == "two lasagne and one wine\n\nbye"
    assert "lasagneand" in opened(mail(body, content_type="text/plain; format=flowed; delsp=yes")).text


def test_photos_are_known_by_their_bytes_and_other_files_by_their_names():
    read = opened(
        multipart(
            "mixed",
            part("text/plain", b"The jar was broken, see the photo."),
            part("application/octet-stream", JPEG, 'Content-Disposition: attachment; filename="../../etc/jar.jpg"'),
            part("image/png", b"<script>", 'Content-Disposition: attachment; filename="not-a-picture.png"'),
            part("application/ms-tnef", b"x", 'Content-Disposition: attachment; filename="winmail.dat"'),
        )
    )

    assert [(name, kind) for name, kind, _ in read.photos] == [("jar.jpg", "image/jpeg")]
    assert read.attachments == ("not-a-picture.png", "winmail.dat")


def test_a_logo_of_the_html_form_is_no_photo():
    logo = part("image/jpeg", JPEG[:2_000], "Content-ID: <logo>", "Content-Disposition: inline")

    assert opened(multipart("related", part("text/html", b"<p>One wine<img src=cid:logo>"), logo)).photos == ()


def test_an_archive_is_named_and_never_opened():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", b"\x00" * 30_000_000)
    zipped = part("application/zip", bomb.getvalue(), "Content-Disposition: attachment; filename=order.zip")
    gzipped = part(
        "text/plain", gzip.compress(b"5 lasagne" * 1_000_000), "Content-Disposition: attachment; filename=order.txt.gz"
    )
    read = opened(multipart("mixed", part("text/plain", b"see attachment"), zipped, gzipped))

    assert (read.text, read.attachments) == ("see attachment", ("order.zip", "order.txt.gz"))


def test_three_megabytes_of_text_are_read():
    read = opened(mail("One lasagne.\n" * 250_000))

    assert len(read.full_text) > 3_000_000
    assert read.text.startswith("One lasagne.\nOne lasagne.")
    assert "200000 characters" in (read.error or "")


def test_a_mail_that_is_too_large_keeps_its_headers_and_says_so():
    read = opened(mail("x" * 10_500_000, "Subject: big"))

    assert (read.sender, read.subject, read.text) == ("carl@post.example", "big", "")
    assert "10 MB" in (read.error or "")


def test_a_part_that_is_too_large_is_left_out_and_the_rest_is_read():
    huge = part("image/jpeg", b"\xff\xd8\xff" + b"x" * 5_300_000, "Content-Disposition: attachment; filename=huge.jpg")
    read = opened(multipart("mixed", part("text/plain", b"One wine"), huge))

    assert (read.text, read.photos, read.attachments) == ("One wine", (), ("huge.jpg",))
    assert "5 MB" in (read.error or "")


def test_only_so_many_parts_are_read():
    read = opened(multipart("mixed", *[part("text/plain", b"line %d" % number) for number in range(80)]))

    assert "line 40" in read.text
    assert "line 60" not in read.text
    assert "50 parts" in (read.error or "")


@pytest.mark.parametrize("depth", [20, 90, 5_000])
def test_deep_nesting_ends_somewhere_and_is_told(depth):
    layers = b"".join(
        b"--c%d\r\nContent-Type: multipart/mixed; boundary=c%d\r\n\r\n" % (n, n + 1) for n in range(depth)
    )
    read = opened(mail(layers + b"--c%d\r\n\r\nOne wine" % depth, content_type="multipart/mixed; boundary=c0"))

    assert read.sender == "carl@post.example"
    assert "nested" in (read.error or "")


@pytest.mark.parametrize(
    "raw",
    [
        multipart("mixed", part("text/plain", b"One wine"))[:-9],
        mail("One wine", content_type="multipart/mixed; boundary=never"),
        mail("One wine", content_type="multipart/mixed"),
        mail("One wine", content_type="text/plain; charset=\x00"),
        mail("One wine", content_type="text"),
        mail("T25lIHdpbmU=!!", "Content-Transfer-Encoding: base64"),
        mail("One wine", "Content-Transfer-Encoding: x-unheard-of"),
        b"From carl@post.example Sat Nov 21\n" + mail("One wine"),
    ],
)
def test_broken_structure_still_gives_the_text(raw):
    assert "One wine" in opened(raw).full_text


def test_a_forwarded_attachment_is_what_is_meant():
    inner = b"From: bea@post.example\r\nSubject: shopping\r\n\r\ntwo lasagne"
    read = opened(multipart("mixed", part("text/plain", b"See below"), b"Content-Type: message/rfc822\r\n\r\n" + inner))

    assert (read.text, read.forwarded) == ("See below\n\ntwo lasagne", True)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(mail("x \n" * 1_500_000, content_type="text/plain; format=flowed"), marks=pytest.mark.slow),
        mail("--b\r\n\r\nx\r\n" * 400_000, content_type="multipart/mixed; boundary=b"),
        mail("x", *["X-Header: y"] * 300_000),
        mail("x", "To: " + "(" * 3_000_000),
        pytest.param(mail("<table><tr>" + "<td>x" * 200_000, content_type="text/html"), marks=pytest.mark.slow),
        mail("<div>" * 900_000, content_type="text/html"),
    ],
    ids=["flowed lines", "boundaries", "headers", "brackets", "cells", "nested elements"],
)
def test_what_is_made_to_be_costly_is_read_in_part(raw):
    assert opened(raw).sender == "carl@post.example" or opened(raw).error


@given(st.binary(max_size=2_000))
@settings(max_examples=200, deadline=None)
def test_no_bytes_make_the_reader_fail(raw):
    assert opened(raw).kind in MailKind


HEADERS = st.sampled_from(
    [
        "From",
        "To",
        "Subject",
        "Date",
        "Content-Type",
        "Content-Transfer-Encoding",
        "Message-ID",
        "References",
        "Reply-To",
        "Content-Disposition",
        "Authentication-Results",
        "Received",
        "Auto-Submitted",
        "Return-Path",
        "MIME-Version",
    ]
)
VALUES = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "multipart/mixed; boundary=b",
            "multipart/alternative; boundary=",
            "message/rfc822",
            "text/html; charset=utf-7",
            "base64",
            "quoted-printable",
            "=?utf-8?b?////?=",
            "=?x?q?=ZZ?=",
            '"a" <',
            "<a@b>, c@d (((",
            "attachment; filename*=utf-9''%ZZ",
            "message/delivery-status",
            "text/plain; format=flowed; charset*=x''y",
            "mx; dmarc=pass header.from=b",
        ]
    ),
)


@given(st.lists(st.tuples(HEADERS, VALUES), max_size=8), st.text(max_size=400))
@settings(max_examples=200, deadline=None)
def test_no_headers_make_the_reader_fail(headers, body):
    head = "".join(f"{name}: {value}\r\n" for name, value in headers)

    assert opened(f"{head}\r\n--b\r\n{body}\r\n--b--".encode("utf-8", "surrogatepass"), "mx").kind in MailKind


def test_struck_out_words_are_not_read_also_where_the_plain_form_shows_them():
    html = part(
        "text/html; charset=utf-8",
        b"<p><s>2 wines</s> <span style='text-decoration: line-through'>a beer</span> one lasagne"
        b" <del>and soup</del></p>",
    )
    assert opened(multipart("alternative", html)).text == "one lasagne"
    plain = part("text/plain", b"2 wines a beer one lasagne and soup")
    assert opened(multipart("alternative", plain, html)).text == "one lasagne"
