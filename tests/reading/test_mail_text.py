"""The writer's own words, apart from what a mail program wrote around them."""

import pytest

from handlers.reading.mail_html import html_to_text
from handlers.reading.mail_text import take_apart

OUTLOOK = (
    "From: Trattoria <orders@trattoria.example>\nSent: Saturday, November 21, 2026\nTo: Carl\n"
    "Subject: Your order\n\n2 x Lasagne"
)
OUTLOOK_IN_GERMAN = (
    "Von: Trattoria <orders@trattoria.example>\nGesendet: Samstag, 21. November 2026 12:00\nAn: Carl Vogt\n"
    "Betreff: Ihre Bestellung\n\n2 x Lasagne"
)


def own(text: str, sender: str = "Carl Vogt") -> str:
    return take_apart(text, sender_name=sender).own


@pytest.mark.parametrize(
    "below",
    [
        "On Sat, Nov 21, 2026 at 12:00 Trattoria <orders@trattoria.example> wrote:\n> 2 x Lasagne\n> Total 23.00 EUR",
        "On Sat, Nov 21, 2026 at 12:00 Trattoria\n<orders@trattoria.example> wrote:\n\n> 2 x Lasagne",
        "Am 21.11.2026 um 12:00 schrieb Trattoria <orders@trattoria.example>:\n> 2 x Lasagne",
        "Am Sa., 21. Nov. 2026 um 12:00 Uhr schrieb Trattoria:\n\n2 x Lasagne\nSumme 23,00 EUR",
        "Le sam. 21 nov. 2026 à 12:00, Trattoria <orders@trattoria.example> a écrit :\n> 2 x Lasagne",
        "El sáb, 21 nov 2026 a las 12:00, Trattoria (<orders@trattoria.example>) escribió:\n> 2 x Lasagne",
        "Il giorno sab 21 nov 2026 alle ore 12:00 Trattoria <orders@trattoria.example> ha scritto:\n> 2 x Lasagne",
        "-----Original Message-----\nFrom: Trattoria\nSent: Saturday\n\n2 x Lasagne",
        "________________________________\n" + OUTLOOK,
        OUTLOOK_IN_GERMAN,
        "> 2 x Lasagne\n> Total 23.00 EUR",
        "-- \nCarl Vogt\n12 Harbour Street",
        "Kind regards\nCarl Vogt\nHarbour Ltd | 12 Harbour Street | Tel. 0117 496 0123",
        "Mit freundlichen Grüßen\n\nCarl Vogt",
        "With our very best regards,\nLasagna Miller",
        "Con i miei cordiali saluti\nMargherita Rossi",
        "Carl",
        "Sent from my phone",
        "Von meinem Handy gesendet",
        "This e-mail and any attachments are confidential. 2 x Lasagne is an example.",
    ],
)
def test_what_stands_below_the_words_is_cut(below):
    assert own(f"One wine, please.\n\n{below}") == "One wine, please."


@pytest.mark.parametrize(
    "text",
    [
        "Two lasagne and\none wine",
        "Thanks for last time!\n2 lasagne\n1 wine",
        "Please note:\n1 lasagne\n2 wines",
        "My sister wrote: two lasagne",
        "From: the menu on your door\n2 lasagne",
        "Forwarded message from my sister, two lasagne",
        "2 lasagne\n--\n1 wine",
        "Love the lasagne, 2 please",
    ],
)
def test_words_that_only_look_like_an_ending_stay(text):
    assert own(text) == text


def test_answers_between_the_quoted_lines_stay_and_keep_the_numbers_of_their_questions():
    text = "> 1. Pickup or delivery?\n\nPickup.\n\n> 2. At what time?\n>     – 19:00\n\nAt 7."

    assert own(text) == "1. Pickup.\n\n2. At 7."


def test_an_answer_below_the_quote_stays():
    text = "On Sat, Nov 21, 2026, Trattoria <orders@trattoria.example> wrote:\n> Your order?\n\nOne wine."

    assert own(text) == "One wine."


def test_a_postscript_below_the_closing_stays():
    assert own("One wine.\n\nKind regards\nCarl\n\nPS: and a lasagne") == "One wine.\n\nPS: and a lasagne"


def test_the_signature_is_kept_for_itself():
    assert take_apart("One wine.\n-- \nCarl\n12 Harbour Street").signature == "-- \nCarl\n12 Harbour Street".replace(
        "-- ", "--"
    )


@pytest.mark.parametrize(
    "mark",
    [
        "---------- Forwarded message ---------",
        "-------- Weitergeleitete Nachricht --------",
        "Begin forwarded message:",
    ],
)
def test_what_was_forwarded_is_read_without_its_headers(mark):
    headers = "From: Bea <bea@post.example>\nSubject: shopping\nTo: Carl"
    parts = take_apart(f"Can you do this?\n\n{mark}\n{headers}\n\ntwo wines\n\nlove, Bea")

    assert (parts.own, parts.forwarded) == ("Can you do this?", "two wines")


def test_an_outlook_forward_is_known_by_its_subject():
    headers = "From: Bea <bea@post.example>\nSent: Saturday, November 21, 2026\nTo: Carl\nSubject: shopping"
    text = f"For tonight\n\n{headers}\n\ntwo wines"

    assert take_apart(text, is_forward=True).forwarded == "two wines"
    assert take_apart(text, is_forward=False).forwarded == ""


# HTML ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>two</p>", "One\n\ntwo"),
        ("One<br>two<br><br>three", "One\ntwo\n\nthree"),
        ("<div>a &amp; b&nbsp;c</div>", "a & b c"),
        ("<ul><li>one<li>two</ul>", "one\ntwo"),
        ("<table><tr><td>Wine<td>2<tr><td>Lasagne<td><p>1</p></table>", "Wine\t2\nLasagne\t1"),
        ("<table><tr><td><p>One</p><p>two</p></td></tr></table>", "One\n\ntwo"),
        ("<style>p{}</style><script>x()</script><title>t</title>One", "One"),
        ("<div style='display: none'>secret</div>One<span style='font-size:0px'>x</span><p hidden>y", "One"),
        ("<span style='font-size:0.9em'>One</span>", "One"),
        ("<pre>one\n  two</pre>", "one\ntwo"),
        ("One<blockquote type=cite>two<blockquote>three</blockquote></blockquote>", "One\n> two\n> > three"),
        (
            "One<div class=gmail_attr>On 21.11.2026 T wrote:</div><blockquote class=gmail_quote>two</blockquote>three",
            "One\n> On 21.11.2026 T wrote:\n> two\nthree",
        ),
        ("One<div id=divRplyFwdMsg>From: T</div><div>two</div>", "One\n> From: T\n> two"),
        ("", ""),
        ("<", "<"),
    ],
)
def test_html_becomes_the_text_that_a_reader_sees(html, text):
    assert html_to_text(html) == text


def test_deep_html_is_read_without_its_tags():
    assert html_to_text("<div>" * 100_000 + "One wine" + "</div>" * 100_000) == "One wine"


def test_three_megabytes_of_html_are_read_up_to_a_limit():
    assert 50_000 < html_to_text("<p>One wine</p>" * 200_000).count("One wine") < 200_000
