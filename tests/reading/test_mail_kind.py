"""Who wrote a mail, and whether its sender may be believed."""

import pytest

from handlers.reading.mail_kind import MailKind
from handlers.reading.mail_message import read_mail

SHOP = "orders@trattoria.example"


def opened(*headers: str, sender: str = "carl@post.example", authserv: str | None = None):
    raw = "\r\n".join([*headers, f"From: {sender}", f"To: {SHOP}", "", "One wine."])
    return read_mail(raw.encode(), own_address=SHOP, authserv=authserv)


@pytest.mark.parametrize(
    ("header", "kind", "rule"),
    [
        ("Auto-Submitted: auto-replied", MailKind.AUTOMATIC, "auto_submitted"),
        ("Auto-Submitted: auto-generated; x=y", MailKind.AUTOMATIC, "auto_submitted"),
        ("Return-Path: <>", MailKind.AUTOMATIC, "empty_return_path"),
        ("Precedence: bulk", MailKind.AUTOMATIC, "precedence"),
        ("X-Precedence: auto_reply", MailKind.AUTOMATIC, "precedence"),
        ("Precedence: list", MailKind.LIST, "precedence_list"),
        ("List-Id: <news.example>", MailKind.LIST, "list_header"),
        ("List-Unsubscribe: <mailto:x@y.example>", MailKind.LIST, "list_header"),
        ("X-Autoreply: yes", MailKind.AUTOMATIC, "machine_header"),
        ("Subject: Out of Office: back on Monday", MailKind.AUTOMATIC, "automatic_subject"),
        ("Subject: Abwesenheitsnotiz", MailKind.AUTOMATIC, "automatic_subject"),
        ("Subject: Réponse automatique : vacances", MailKind.AUTOMATIC, "automatic_subject"),
        ("Content-Type: multipart/report; report-type=delivery-status; boundary=b", MailKind.BOUNCE, "delivery_report"),
        (
            "Content-Type: multipart/report; report-type=disposition-notification; boundary=b",
            MailKind.AUTOMATIC,
            "report",
        ),
        ("Content-Type: text/calendar; method=REPLY", MailKind.AUTOMATIC, "calendar_reply"),
        ("Auto-Submitted: no", MailKind.CUSTOMER, "person"),
        ("X-Auto-Response-Suppress: All", MailKind.CUSTOMER, "person"),
        ("Subject: order for tonight", MailKind.CUSTOMER, "person"),
        ("Return-Path: <carl@post.example>", MailKind.CUSTOMER, "person"),
    ],
)
def test_a_mail_remembers_which_rule_decided_its_kind(header, kind, rule):
    read = opened(header)

    assert (read.kind, read.rule) == (kind, rule)


@pytest.mark.parametrize(
    ("sender", "kind"),
    [
        ("MAILER-DAEMON@post.example", MailKind.BOUNCE),
        ("postmaster@post.example", MailKind.BOUNCE),
        ("no-reply@post.example", MailKind.AUTOMATIC),
        ("noreply+17@post.example", MailKind.AUTOMATIC),
        ("Orders@Trattoria.example", MailKind.OWN),
        ("reply@post.example", MailKind.CUSTOMER),
    ],
)
def test_some_senders_are_no_customers(sender, kind):
    assert opened(sender=sender).kind is kind


@pytest.mark.parametrize("sender", ["no-reply@trattoria.example", SHOP])
def test_a_web_form_speaks_for_the_customer_in_its_reply_to(sender):
    read = opened("Reply-To: Bea <bea@post.example>", sender=sender)

    assert (read.kind, read.answer_to) == (MailKind.CUSTOMER, "bea@post.example")


def test_a_delivery_report_names_whom_it_could_not_reach():
    report = (
        "Content-Type: multipart/report; report-type=delivery-status; "
        "boundary=b\r\nFrom: mailer-daemon@post.example\r\n\r\n"
        "--b\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n"
        "\r\nReporting-MTA: dns; mx.post.example\r\n\r\n"
        "Final-Recipient: rfc822; bea@post.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        "Final-Recipient: rfc822; carl@post.example\r\nAction: delayed\r\nStatus: 4.2.2\r\n\r\n--b--\r\n"
    )
    read = read_mail(report.encode(), own_address=SHOP, authserv=None)

    assert (read.bounced.permanent, read.bounced.temporary) == (("bea@post.example",), ("carl@post.example",))


# Trust --------------------------------------------------------------------------------------------------

PASS = "Authentication-Results: mx.trattoria.example; dmarc=pass header.from=post.example"
TAKEN_IN = "Received: from mail.post.example (mail.post.example [203.0.113.7]) by mx.trattoria.example with ESMTPS"


def believed(*headers: str, sender: str = "carl@post.example", authserv: str | None = "mx.trattoria.example") -> bool:
    return opened(*headers, sender=sender, authserv=authserv).authenticated


@pytest.mark.parametrize(
    "results",
    [
        "dmarc=pass (p=reject; sp=none) header.from=post.example",
        "spf=none smtp.mailfrom=x.example; dmarc=pass header.from=POST.example",
        "dkim=pass header.d=post.example header.s=s1",
        "dkim=pass header.i=@mail.post.example",
        "spf=pass smtp.mailfrom=carl@post.example",
        'dkim=fail header.d=post.example; spf=pass smtp.mailfrom="bounce@mail.post.example"',
    ],
)
def test_our_servers_word_is_believed(results):
    assert believed(f"Authentication-Results: mx.trattoria.example; {results}", TAKEN_IN)


@pytest.mark.parametrize(
    "results",
    [
        "dmarc=fail header.from=post.example; spf=pass smtp.mailfrom=post.example",
        "dmarc=pass header.from=other.example",
        "dkim=pass header.d=other.example",
        "dkim=pass header.d=example",
        "dkim=pass header.d=evilpost.example",
        "spf=softfail smtp.mailfrom=post.example",
        "none",
        "(dmarc=pass header.from=post.example)",
        "",
    ],
)
def test_what_does_not_pass_or_speaks_of_another_domain_is_not_believed(results):
    assert not believed(f"Authentication-Results: mx.trattoria.example; {results}", TAKEN_IN)


def test_nobody_is_believed_where_no_server_is_trusted():
    assert not believed(PASS, authserv=None)


def test_results_below_the_hop_from_outside_may_be_the_senders_own():
    assert not believed(TAKEN_IN, PASS)


def test_a_hop_inside_our_own_server_does_not_hide_its_results():
    assert believed("Received: from mx.trattoria.example by box.trattoria.example with LMTP id 7", PASS, TAKEN_IN)
    assert believed("Received: from localhost (localhost [127.0.0.1]) by mx.trattoria.example", PASS, TAKEN_IN)


def test_a_hop_that_only_calls_itself_local_hides_them():
    assert not believed(
        "Received: from [127.0.0.1] (evil.example [203.0.113.9]) by mx.trattoria.example with ESMTP", PASS
    )


def test_another_servers_results_are_skipped_and_only_the_topmost_of_ours_counts():
    other = "Authentication-Results: mx.other.example; dmarc=pass header.from=post.example"
    fail = "Authentication-Results: mx.trattoria.example; dmarc=fail header.from=post.example"

    assert believed(other, PASS)
    assert not believed(other)
    assert not believed(fail, PASS)


def test_two_senders_are_none():
    assert not believed(PASS, "From: carl@post.example", sender="bea@post.example")
    assert not believed(PASS, sender="carl@post.example, bea@post.example")
