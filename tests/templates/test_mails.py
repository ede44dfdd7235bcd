"""Mails: two forms of the same words, one look, nothing fetched from elsewhere."""

import re
from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser

from core.people import Channel
from templates.mail_html import inlined
from templates.samples import SHOP, samples
from tests.templates.conftest import NOON

MAILS = [name for name, notice in samples(NOON).items() if Channel.MAIL in notice.channels]


@pytest.mark.parametrize("name", MAILS)
@pytest.mark.parametrize("language", ["en", "de"])
def test_a_mail_says_the_same_as_text_and_as_html(name, language, say):
    words = say(name, channel=Channel.MAIL, language=language)

    said, _, foot = words.text.partition("\n-- \n")
    shown = _words(LexborHTMLParser(words.html).body)

    assert foot == "Trattoria Bea\nVia dei Mille 4, 40121 Bologna\n"
    for line in said.splitlines():
        # A price stands in a cell of its own, a parcel's link behind a button.
        assert all(_bare(part) in _bare(shown) for part in line.split("  ") if not part.startswith("https:"))


def test_a_shop_whose_address_begins_with_its_name_is_named_once_below_a_mail():
    assert SHOP.signature == ("Trattoria Bea", "Via dei Mille 4, 40121 Bologna")
    assert replace(SHOP, address="Trattoria Bea, Via Roma 1").signature == ("Trattoria Bea, Via Roma 1",)
    assert replace(SHOP, address="").signature == ("Trattoria Bea",)


def _words(node) -> str:
    return " ".join(node.text(separator=" ").split())


def _bare(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def mails(renderer, all_samples):
    chosen = [all_samples[name] for name in MAILS]
    return [renderer.words(notice, channel=Channel.MAIL, language="en", now=NOON) for notice in chosen]


def test_a_mail_fetches_nothing_from_elsewhere(mails):
    for words in mails:
        assert not re.search(r"<(img|link|script|iframe)\b|url\(|@import", words.html)


def test_a_mail_is_for_light_and_dark_and_carries_its_style_in_its_tags(mails):
    for words in mails:
        assert '<meta name="color-scheme" content="light dark">' in words.html
        assert "@media (prefers-color-scheme: dark)" in words.html
        assert re.search(r'<p class="lead"[^>]* style="', words.html)


def test_a_mail_leaves_no_mark_of_its_template(mails):
    for words in mails:
        assert not re.search(r"\{[{%#]|[#%}]\}|<!--", words.html + words.text + words.subject)


def test_order_lines_are_a_table_with_their_options_and_the_total(say):
    page = LexborHTMLParser(say("OrderAccepted", channel=Channel.MAIL).html)

    rows = [[_words(cell) for cell in row.css("td")] for row in page.css("table.lines tr")]

    assert rows == [
        ["2 ×", "Margherita large, extra mushrooms, no onions", "24.00 EUR"],
        ["1 ×", "Coke", "2.50 EUR"],
        ["1 ×", "Chestnut honey", "7.90 EUR"],
        ["", "Delivery", "3.00 EUR"],
        ["", "Total", "37.40 EUR"],
    ]


def test_a_mail_about_no_order_has_no_table(say):
    assert "<table" not in say("Sorry", channel=Channel.MAIL).html


def test_a_parcel_can_be_followed_by_a_tap(say):
    page = LexborHTMLParser(say("OrderShipped", channel=Channel.MAIL).html)

    link = page.css_first("a.button")

    assert link.text() == "Follow your parcel"
    assert link.attributes["href"].startswith("https://www.dhl.de/")


def test_the_subject_leads_back_to_the_order(say):
    assert say("OrderReady", channel=Channel.MAIL).subject == "Your order is ready [#1001-K7QM]"


def test_a_mail_has_no_buttons(say):
    assert say("AddressAsked", channel=Channel.MAIL).buttons == ()


def test_the_style_is_written_into_tags_and_the_template_stays_a_template():
    before = "<table><tbody>{% for n in lines %}<tr><td"
    after = '>{{ "<" if n > 1 }}</td></tr>{% endfor %}</tbody></table>'

    assert inlined(before + after, "td { color: red; }") == before + ' style="color: red;"' + after
