import asyncio
import email.policy
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import aiosmtplib
import pytest
from aioimaplib import aioimaplib
from pydantic import SecretStr

from bot.environment import Tls
from bot.sandbox.mail_servers import SmtpFault
from bot.sandbox.mail_values import Attachment
from bot.sandbox.mailbox import Mailbox
from bot.settings import Mailbox as Settings
from tests.mail.doors import Kept, open_door

CARL = "Carl Weber <carl@example.net>"


@pytest.fixture
async def box(clock):
    mailbox = Mailbox(clock)
    await mailbox.start()
    yield mailbox
    await mailbox.stop()


async def reader(box):
    """The shop's IMAP client, with INBOX open."""
    client = aioimaplib.IMAP4(box.host, box.imap.port, timeout=10)
    await client.wait_hello_from_server()
    await client.login(box.user, box.password)
    await client.select("INBOX")
    return client


async def test_a_mail_program_quotes_in_the_hours_of_its_place(clock):
    box = Mailbox(clock, zone="Europe/Rome")
    await box.start()
    box.caught(
        box.address, ("carl@example.net",), b"Subject: Your order\r\nTo: carl@example.net\r\n\r\nWe have it.\r\n"
    )

    answer = await box.reply(box.mails[-1], "Thanks")
    await box.stop()

    said = clock.now().astimezone(ZoneInfo("Europe/Rome")).strftime("%a, %d %b %Y at %H:%M")
    assert f"On {said}, " in answer.text


async def uids(client):
    return (await client.uid_search("ALL", charset=None)).lines[0].split()


async def send(box, to="carl@example.net", text="Thank you!", html="<p>Thank you!</p>"):
    """The shop's SMTP client sends one mail."""
    message = EmailMessage(policy=email.policy.SMTP)
    message["From"], message["To"], message["Subject"] = box.address, to, "[#1001-K7QM] Your order"
    message["Message-ID"] = "<1.abc@trattoria.example>"
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    async with aiosmtplib.SMTP(hostname=box.host, port=box.smtp.port, start_tls=False) as client:
        await client.login(box.user, box.password)
        await client.sendmail(box.address, [to], message.as_bytes())


async def test_a_mail_reaches_who_idles_and_comes_byte_for_byte(box):
    client = await reader(box)
    idle = await client.idle_start(timeout=10)

    mail = await box.write_mail(CARL, "Order", "two jars of honey, grüße")
    pushed = await client.wait_server_push(10)
    client.idle_done()
    await idle
    (uid,) = await uids(client)
    fetched = await client.uid("fetch", uid.decode(), "(UID BODY.PEEK[])")

    assert b"1 EXISTS" in pushed
    assert bytes(fetched.lines[1]) == mail.raw
    await client.logout()


async def test_a_read_mail_can_be_moved_away(box):
    await box.write_mail(CARL, "Order", "honey")
    client = await reader(box)
    (uid,) = await uids(client)

    await client.create("Processed")
    moved = await client.uid("move", uid.decode(), "Processed")

    assert moved.result == "OK"
    assert await uids(client) == []
    await client.logout()


async def test_a_wrong_password_opens_nothing(box):
    client = aioimaplib.IMAP4(box.host, box.imap.port, timeout=10)
    await client.wait_hello_from_server()

    assert (await client.login(box.user, "wrong")).result == "NO"
    await client.logout()


async def test_a_customers_mail_carries_the_servers_word_on_its_sender(box):
    true = await box.write_mail(CARL, "Order", "honey")
    forged = await box.write_mail(CARL, "Order", "honey", authentic=False)

    assert "mx.trattoria.example; spf=pass" in true.header("Authentication-Results")
    assert "dmarc=fail" in forged.header("Authentication-Results")


async def test_what_the_shop_sends_is_caught_with_text_and_html(box):
    await send(box)

    (mail,) = box.sent
    assert (mail.customer, mail.text, mail.html) == ("carl@example.net", "Thank you!\n", "<p>Thank you!</p>\n")
    assert mail.header("Subject") == "[#1001-K7QM] Your order"


async def test_an_answer_stays_in_the_thread_and_quotes(box):
    await send(box)

    answer = await box.reply(box.sent[0], "and a third jar")

    assert answer.header("In-Reply-To") == "<1.abc@trattoria.example>"
    assert answer.header("References") == "<1.abc@trattoria.example>"
    assert answer.header("Subject") == "Re: [#1001-K7QM] Your order"
    assert "> Thank you!" in answer.text
    assert answer.words == "and a third jar"


async def test_photos_are_attached(box):
    mail = await box.write_mail(CARL, "Broken", "see", attachments=(Attachment("jar.jpg", b"\xff\xd8"),))

    assert mail.attachments == [Attachment("jar.jpg", b"\xff\xd8")]


async def test_a_mail_to_the_shop_itself_comes_back_in(box):
    client = await reader(box)

    await send(box, to=box.address)
    await client.noop()

    assert len(await uids(client)) == 1
    await client.logout()


@pytest.mark.parametrize(
    ("fault", "code"), [(SmtpFault.LATER, 451), (SmtpFault.REFUSED, 550)], ids=["later", "refused"]
)
async def test_a_mail_can_be_refused_for_now_or_for_good(box, fault, code):
    box.smtp.plan(fault)

    with pytest.raises(aiosmtplib.SMTPRecipientsRefused) as refusal:
        await send(box)
    await send(box)

    assert refusal.value.recipients[0].code == code
    assert len(box.sent) == 1


async def test_a_mail_can_be_taken_without_an_answer(box):
    box.smtp.plan(SmtpFault.LOST_ANSWER)

    with pytest.raises(aiosmtplib.SMTPServerDisconnected):
        await send(box)

    assert len(box.sent) == 1


async def test_down_refuses_everybody_and_the_mails_are_there_again_afterwards(box):
    await box.write_mail(CARL, "Order", "honey")
    await box.stop()

    with pytest.raises(aiosmtplib.SMTPConnectError):
        await send(box)
    await box.start()
    await send(box)
    client = await reader(box)

    assert len(await uids(client)) == 1
    await client.logout()


async def test_down_cuts_who_is_connected(box):
    client = await reader(box)
    lost = asyncio.Event()
    client.protocol.conn_lost_cb = lambda _: lost.set()

    await box.stop()

    await lost.wait()


async def test_even_a_mail_that_no_program_would_write_is_kept_and_shown(box):
    raw = b"Subject: =?nonsense?q?x?=\r\nContent-Type: text/plain; charset=klingon\r\n\r\nhoney \xe4\r\n"

    mail = await box.put_raw(raw)

    assert mail.raw == raw
    assert mail.text.startswith("honey")
    assert mail.header("Subject") == "=?nonsense?q?x?="


async def test_the_bots_own_door_reads_here_before_and_after_an_outage(box):
    password = SecretStr(box.password)
    settings = Settings(
        host=box.host, port=box.imap.port, tls=Tls.NONE, user=box.user, password=password, folder="INBOX"
    )
    kept = Kept()

    async with open_door(settings, kept, processed="Processed"):
        early = await box.write_mail(CARL, "Order", "honey")
        await kept.holds(1)
        await box.stop()
        await box.start()
        late = await box.write_mail(CARL, "Order", "oil")
        mails = await kept.holds(2)

    assert [mail.raw for mail in mails] == [early.raw, late.raw]
