"""The courier for mail, against a real SMTP server that can be told to fail at any step."""

import asyncio
import ssl
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.smtp import SMTP, AuthResult
from pydantic import SecretStr

from bot.edges import PerhapsDelivered, TryLater, Undeliverable
from bot.environment import Tls
from bot.mail_out import MailCourier
from bot.sandbox.clock import SandboxClock
from bot.settings import Smtp
from core.people import Channel
from storage.letters import Letter, LetterPhoto
from tests.servers import dovecot as dovecot_server

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
HANG_UP = "hang up"
LETTER = Letter(
    id=7,
    channel=Channel.MAIL,
    address="carl@carl.example",
    notice="order_accepted",
    text="Your order is accepted: 2 × Brötchen.\n",
    html="<p>Your order is accepted: 2 × Brötchen.</p>\n",
    subject="[#1042-K7QM] Your order",
    message_id="<7.0123456789abcdef0123456789abcdef@shop.example>",
)


class PostOffice:
    """Takes mail in; `says` holds the reply to a command, or HANG_UP: the mail is taken, but nobody hears of it."""

    def __init__(self):
        self.says = {}
        self.mails = []
        self.recipients = []

    async def handle_MAIL(self, server, _session, envelope, address, _options):  # noqa: N802
        envelope.mail_from = address
        return self._reply(server, "MAIL")

    async def handle_RCPT(self, server, _session, envelope, address, _options):  # noqa: N802
        envelope.rcpt_tos.append(address)
        return self._reply(server, "RCPT")

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802
        reply = self._reply(server, "DATA")
        if reply.startswith("250"):
            self.mails.append(envelope.content)
            self.recipients += envelope.rcpt_tos
        return reply

    def only_mail(self):
        [content] = self.mails
        return message_from_bytes(content, policy=default)

    def _reply(self, server, command):
        reply = self.says.get(command, "250 2.0.0 fine")
        if reply == HANG_UP:
            server.transport.abort()
            return "250 never heard"
        return reply


@pytest.fixture
def office():
    return PostOffice()


@pytest.fixture
async def serve(office):
    """Opens the post office; gives its settings."""
    servers = []

    async def _serve(*, tls=Tls.NONE, user=None, **options):
        tls_context = options.get("ssl")
        greeting = {key: value for key, value in options.items() if key != "ssl"}
        server = await asyncio.get_running_loop().create_server(
            lambda: SMTP(office, **greeting), "127.0.0.1", 0, ssl=tls_context
        )
        servers.append(server)
        port = server.sockets[0].getsockname()[1]
        password = SecretStr("open-sesame") if user else None
        return Smtp(host="127.0.0.1", port=port, tls=tls, user=user, password=password)

    yield _serve
    for server in servers:
        server.close()


@pytest.fixture
def certificate(tmp_path, monkeypatch):
    """A server's TLS context with a certificate that clients of this test trust."""
    dovecot_server._make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tmp_path / "certificate.pem", tmp_path / "key.pem")
    return context


def courier(smtp):
    return MailCourier(smtp, "shop@shop.example", SandboxClock(NOON, flows=False))


async def test_a_letter_arrives_in_words_and_in_html_under_its_own_message_id(office, serve):
    receipt = await courier(await serve()).deliver(LETTER)

    mail = office.only_mail()
    assert receipt.sent_as == mail["Message-ID"] == LETTER.message_id
    assert office.recipients == ["carl@carl.example"]
    assert (mail["From"], mail["To"], mail["Subject"]) == ("shop@shop.example", LETTER.address, LETTER.subject)
    assert mail["Date"].datetime == NOON
    assert [part.get_content_type() for part in mail.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert mail.get_body(["plain"]).get_content().split() == LETTER.text.split()
    assert mail.get_body(["html"]).get_content().split() == LETTER.html.split()


async def test_a_letter_is_seven_bits_wide_and_has_no_line_too_long(office, serve):
    words = "müsli " * 500
    await courier(await serve()).deliver(replace(LETTER, text=words, subject=words[:900]))

    [content] = office.mails
    assert content.isascii()
    assert max(map(len, content.splitlines())) <= 998


async def test_an_answer_stays_in_its_thread_however_long_the_ids_are(office, serve):
    ids = tuple(f"<{n}.{'x' * 150}@mail.example>" for n in range(15))

    await courier(await serve()).deliver(replace(LETTER, references=ids, reply_to=ids[-1], is_answer=True))

    mail = office.only_mail()
    assert mail["In-Reply-To"] == ids[-1]
    assert mail["References"].split() == [ids[0], *ids[-10:]]
    assert ids[-1].encode() in office.mails[0]


@pytest.mark.parametrize(("is_answer", "word"), [(True, "auto-replied"), (False, "auto-generated")])
async def test_a_letter_says_that_a_machine_wrote_it(office, serve, is_answer, word):
    await courier(await serve()).deliver(replace(LETTER, is_answer=is_answer))

    assert office.only_mail()["Auto-Submitted"] == word
    assert office.only_mail()["X-Auto-Response-Suppress"] == "All"


async def test_photos_are_attached(office, serve):
    picture = LetterPhoto(name="Glas kaputt ö.jpg", mime="image/jpeg", data=b"\xff\xd8 a broken jar")
    only_in_telegram = LetterPhoto(telegram_file="AgAC")

    await courier(await serve()).deliver(replace(LETTER, photos=(picture, only_in_telegram)))

    [attached] = office.only_mail().iter_attachments()
    assert attached.get_content_type() == "image/jpeg"
    assert attached.get_filename() == picture.name
    assert attached.get_content() == picture.data


@pytest.mark.parametrize(
    "changed",
    [
        {"subject": "Your order\r\nBcc: all@carl.example"},
        {"subject": "Your order\nBcc: all@carl.example"},
        {"reply_to": "<1@x>\r\nBcc: all@carl.example"},
        {"references": ("<1@x>\nBcc: all@carl.example",)},
        {"message_id": "<1@x>\r\nBcc: all@carl.example"},
        {"photos": (LetterPhoto(name="a\r\nBcc: all@carl.example", mime="image/png", data=b"x"),)},
        {"message_id": None},
    ],
)
async def test_a_header_that_would_begin_a_new_line_is_never_sent(office, serve, changed):
    with pytest.raises(Undeliverable) as refused:
        await courier(await serve()).deliver(replace(LETTER, **changed))

    assert not refused.value.unreachable
    assert office.mails == []


@pytest.mark.parametrize(
    "address",
    [
        "",
        "carl",
        "carl@",
        "@carl.example",
        "carl@x.example\r\nDATA",
        "carl@x.example, bea@x.example",
        "carl@x.example,bea@x.example",
        "carl@x.example>",
        "<carl@x.example>",
        "cárl@x.example",
    ],
)
async def test_an_address_that_mail_cannot_carry_is_unreachable(office, serve, address):
    with pytest.raises(Undeliverable) as refused:
        await courier(await serve()).deliver(replace(LETTER, address=address))

    assert refused.value.unreachable


@pytest.mark.parametrize(
    ("address", "recipient"),
    [("carl..m@phone.example", "carl..m@phone.example"), ("carl@bücher.example", "carl@xn--bcher-kva.example")],
)
async def test_odd_addresses_that_exist_are_reached(office, serve, address, recipient):
    await courier(await serve()).deliver(replace(LETTER, address=address))

    assert office.recipients == [recipient]


@pytest.mark.parametrize(
    ("command", "reply", "unreachable"),
    [
        ("MAIL", "550 5.7.1 not from you", False),
        ("RCPT", "550 5.1.1 no such user", True),
        ("RCPT", "550 unknown", True),
        ("RCPT", "554 5.7.1 relay access denied", False),
        ("DATA", "554 5.6.0 not like that", False),
    ],
)
async def test_a_final_no_ends_the_letter(office, serve, command, reply, unreachable):
    office.says[command] = reply

    with pytest.raises(Undeliverable) as refused:
        await courier(await serve()).deliver(LETTER)

    assert refused.value.unreachable == unreachable
    assert reply[:3] in refused.value.why


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
async def test_a_no_for_now_is_tried_later(office, serve, command):
    office.says[command] = "451 4.7.1 come back"

    with pytest.raises(TryLater) as later:
        await courier(await serve()).deliver(LETTER)

    assert later.value.seconds == 300
    assert not later.value.whole_channel


@pytest.mark.parametrize("command", ["MAIL", "RCPT"])
async def test_a_line_that_breaks_before_the_mail_was_sent_is_tried_later(office, serve, command):
    office.says[command] = HANG_UP

    with pytest.raises(TryLater):
        await courier(await serve()).deliver(LETTER)


async def test_a_line_that_breaks_after_the_mail_was_sent_leaves_it_open(office, serve):
    office.says["DATA"] = HANG_UP

    with pytest.raises(PerhapsDelivered):
        await courier(await serve()).deliver(LETTER)


async def test_the_repeat_of_an_uncertain_letter_keeps_its_message_id(office, serve):
    post = courier(await serve())
    office.says["DATA"] = HANG_UP
    with pytest.raises(PerhapsDelivered):
        await post.deliver(LETTER)
    office.says.clear()

    await post.deliver(replace(LETTER, uncertain=True, attempts=1))

    first, second = [message_from_bytes(content)["Message-ID"] for content in office.mails]
    assert first == second == LETTER.message_id


async def test_any_yes_to_the_mail_is_a_yes(office, serve):
    office.says["DATA"] = "251 forwarded"

    assert (await courier(await serve()).deliver(LETTER)).sent_as == LETTER.message_id


async def test_a_server_whose_name_cannot_be_is_no_fault_of_the_letter():
    nowhere = Smtp(host="smtp..shop.example", port=465, tls=Tls.IMPLICIT, user=None, password=None)

    with pytest.raises(TryLater) as later:
        await courier(nowhere).deliver(LETTER)

    assert later.value.whole_channel


async def test_a_server_that_is_away_gets_a_rest(free_port):
    away = Smtp(host="127.0.0.1", port=free_port, tls=Tls.NONE, user=None, password=None)

    with pytest.raises(TryLater) as later:
        await courier(away).deliver(LETTER)

    assert later.value.whole_channel


@pytest.mark.parametrize("tls", [Tls.IMPLICIT, Tls.STARTTLS])
async def test_mail_leaves_over_tls_with_a_login(office, serve, certificate, tls):
    logins = []

    def note(server, session, envelope, mechanism, data):
        logins.append((data.login, data.password))
        return AuthResult(success=True)

    # This server takes TLS for granted only after STARTTLS.
    options = {"ssl": certificate, "auth_require_tls": False} if tls is Tls.IMPLICIT else {"tls_context": certificate}

    await courier(await serve(tls=tls, user="shop", authenticator=note, **options)).deliver(LETTER)

    assert logins == [(b"shop", b"open-sesame")]
    assert len(office.mails) == 1


async def test_a_certificate_that_nobody_vouches_for_gets_no_mail(office, serve, certificate, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")

    with pytest.raises(TryLater, match="CERTIFICATE_VERIFY_FAILED"):
        await courier(await serve(tls=Tls.STARTTLS, tls_context=certificate)).deliver(LETTER)

    assert office.mails == []


async def test_a_wrong_password_is_not_the_letters_fault(office, serve):
    def knows_nobody(server, session, envelope, mechanism, data):
        return AuthResult(success=False, handled=False)

    smtp = await serve(user="shop", authenticator=knows_nobody, auth_require_tls=False)

    with pytest.raises(TryLater) as later:
        await courier(smtp).deliver(LETTER)

    assert later.value.whole_channel


async def test_a_server_that_does_not_offer_starttls_gets_nothing(office, serve):
    with pytest.raises(TryLater, match="STARTTLS"):
        await courier(await serve(tls=Tls.STARTTLS)).deliver(LETTER)

    assert office.mails == []


def test_mail_never_leaves_this_machine_in_plain_text():
    with pytest.raises(ValueError, match="TLS"):
        courier(Smtp(host="mail.example.com", port=25, tls=Tls.NONE, user=None, password=None))
