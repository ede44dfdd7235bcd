"""What `orderbot read --mail` says of a mail."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.reading.mail_message import read_mail
from handlers.reading.mail_report import explain_mail
from handlers.reading.mail_words import understand_mail

NOON = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)


@pytest.fixture
def explain(trattoria):
    def explained(body: str, *headers: str):
        raw = "\r\n".join(
            [*(headers or ("From: carl@post.example",)), "Content-Type: text/plain; charset=utf-8", "", body]
        ).encode()
        report = explain_mail(
            raw,
            trattoria,
            own_address="orders@trattoria.example",
            authserv=None,
            now=NOON,
            zone=ZoneInfo("Europe/Rome"),
        )
        return json.loads(json.dumps(report))

    return explained


def test_an_order_is_told_line_by_line(explain):
    report = explain("Dear team,\n\n2 large lasagne with capers\n1 wine\n\nKind regards\nCarl")

    assert [(line["sku"], line["quantity"], line["options"]) for line in report["lines"]] == [
        ("lasagne", 2, {"size": "large", "extras": ["capers"]}),
        ("wine", 1, {}),
    ]
    assert (report["intent"], report["needs_question"], report["answer"]) == ("order", False, True)


def test_an_amount_is_told_with_its_option(explain):
    (line,) = explain("one lasagne without olives")["lines"]

    assert line["options"] == [{"group": "extras", "value": "olives", "amount": "none", "count": 1}]


def test_what_is_not_on_the_menu_is_told_with_its_quantity(explain):
    report = explain("one wine and three moonfish")

    assert (report["unmatched"], report["needs_question"]) == ([{"text": "moonfish", "quantity": 3}], True)


def test_a_subject_speaks_where_the_text_says_little(explain):
    report = explain("Thank you!", "From: carl@post.example", "Subject: Please cancel order 1042")

    assert (report["intent"], report["order_number"]) == ("cancel", "1042")


def test_the_customers_own_number_is_no_order_of_ours(explain):
    report = explain("one wine", "From: carl@post.example", "Subject: Purchase order 77-2026")

    assert (report["external_order"], report["order_number"]) == ("77-2026", None)


def test_an_empty_mail_is_read_by_its_subject(explain):
    assert explain("", "From: carl@post.example", "Subject: two wines please")["lines"][0]["quantity"] == 2


def test_the_order_of_a_thread_is_known_by_its_token(explain):
    report = explain("Could you add one wine?", "From: carl@post.example", "Subject: Re: [#1042-K7QM] Your order")

    assert (report["order_number"], report["change"]) == ("1042", "add")


def test_a_return_is_told_with_its_reason_and_its_order(explain):
    report = explain("The olive oil of order 1042 leaked. I'd like a refund.")

    assert report["return"] == {
        "order_number": "1042",
        "items": [{"sku": "oil", "quantity": 1}],
        "reason": "damaged",
        "photos": 0,
    }


def test_an_order_line_in_a_quote_or_a_signature_is_none(explain):
    report = explain(
        "One wine.\n\nOn Sat, Nov 21, 2026, T <t@trattoria.example> wrote:\n> 2 x lasagne\n\n-- \n3 x lasagne"
    )

    assert [line["sku"] for line in report["lines"]] == ["wine"]


def test_a_delivery_address_may_stand_in_the_signature(trattoria):
    words = "One wine, delivered please.\n\nKind regards\nCarl\n9 Harbour Street\nBS1 4RN Bristol"
    raw = f"From: carl@post.example\n\n{words}".encode()
    mail = read_mail(raw, own_address="", authserv=None)
    wishes = understand_mail(mail, trattoria, languages=("en", "de"), now=NOON, zone=ZoneInfo("Europe/Rome")).wishes

    assert (wishes.kind, wishes.address) == ("delivery", "9 Harbour Street, BS1 4RN Bristol")


def test_a_machine_is_not_answered(explain):
    report = explain("I am away.", "From: carl@post.example", "Auto-Submitted: auto-replied")

    assert (report["kind"], report["rule"], report["answer"]) == ("automatic", "auto_submitted", False)


def test_a_web_form_is_answered_to_the_customer(explain):
    report = explain("two wines", "From: no-reply@trattoria.example", "Reply-To: bea@post.example")

    assert (report["customer"], report["answer"]) == ("bea@post.example", True)


def test_a_broken_mail_says_what_is_wrong_with_it(explain):
    report = explain("one wine", "Subject: no sender")

    assert (report["kind"], report["answer"], report["text"]) == ("broken", False, "one wine")
    assert report["error"]


def test_three_megabytes_of_text_get_an_answer(explain):
    report = explain("one wine\n" * 340_000)

    assert report["needs_question"]
