"""An owner's own folder of texts: the same names as ours, and what stands there is said."""

from dataclasses import replace

import pytest
from jinja2 import TemplateError

from core.notices import STAFF, WordSent
from core.people import Channel
from templates.check import faults, never_said
from templates.render import Renderer
from templates.samples import SHOP, samples
from tests.templates.conftest import NOON


@pytest.fixture
def own(tmp_path):
    """Writes a file of the owner's, and says a sample with it."""

    def write(name: str, text: str, language: str = "en") -> None:
        folder = tmp_path / language
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")

    return write


@pytest.fixture
def said(tmp_path):
    def say(name: str, channel: Channel = Channel.TELEGRAM, language: str = "en"):
        renderer = Renderer(SHOP, overrides=tmp_path)
        return renderer.words(samples(NOON)[name], channel=channel, language=language, now=NOON)

    return say


def test_an_own_text_is_said_instead_of_ours(own, said):
    own("thanked.txt", "Any time, dear.")

    assert said("Thanked").text == "Any time, dear."
    assert said("Thanked", language="de").text == "Sehr gern!"


def test_an_own_text_goes_before_our_more_special_one(own, said):
    own("order_accepted.txt", "Hurray, #{{ order.number }}! <3")

    words = said("OrderAccepted")

    assert words.html == "Hurray, #1001! &lt;3"
    assert words.text == "Hurray, #1001! <3"
    assert "Hurray" in said("OrderAccepted", Channel.MAIL).html


def test_an_own_chat_message_leaves_the_mail_as_it_is(own, said):
    own("order_ready.telegram.html", "<b>Come!</b>")

    assert said("OrderReady").html == "<b>Come!</b>"
    assert "Come!" not in said("OrderReady", Channel.MAIL).text


def test_an_own_mail_may_use_our_layout_or_none(own, said):
    own("order_ready.html", '{% extends "layout.html" %}{% block body %}<p class="lead">Come!</p>{% endblock %}')
    own("order_out.html", "<html><body><p>Wait!</p></body></html>")

    assert '<p class="lead" style="' in said("OrderReady", Channel.MAIL).html
    assert "Trattoria Bea" in said("OrderReady", Channel.MAIL).html
    assert "<p>Wait!</p></body></html>" in said("OrderOut", Channel.MAIL).html
    assert "Trattoria" not in said("OrderOut", Channel.MAIL).html


def test_an_own_subject_keeps_the_number(own, said):
    own("order_ready.subject.txt", "Dinner!")

    assert said("OrderReady", Channel.MAIL).subject == "Dinner! [#1001-K7QM]"


def test_own_labels_replace_ours_one_by_one(own, said):
    own("labels.toml", '[buttons]\nplace = "Place order now"\n')

    assert [text for text, _ in said("DraftShown").buttons[0]] == ["Place order now", "Change", "Cancel"]


def test_an_own_look_of_the_mails_holds_for_all_languages(own, said):
    own("mail.css", ".lead { color: rebeccapurple; }", language="layout")

    for language in ("en", "de"):
        html = said("OrderReady", Channel.MAIL, language).html
        assert '<p class="lead" dir="auto" style="color: rebeccapurple;">' in html


def test_an_own_language_needs_only_labels_the_rest_stays_english(own, tmp_path):
    own("labels.toml", '[language]\nlocale = "it"\nname = "Italiano"\n[words]\ntotal = "Totale"\n', language="it")
    renderer = Renderer(replace(SHOP, languages=("it", "en")), overrides=tmp_path)

    words = renderer.words(samples(NOON)["DraftShown"], channel=Channel.TELEGRAM, language="it", now=NOON)

    assert words.text.startswith("Your order so far")
    assert "Totale 34,40 EUR" in words.text


def test_a_fact_that_is_not_there_fails_instead_of_leaving_a_gap(own, said):
    own("order_ready.txt", "Order {{ order.nummer }} is ready")

    with pytest.raises(TemplateError, match="nummer"):
        said("OrderReady")


def test_html_in_an_own_template_is_escaped_like_in_ours(own, tmp_path):
    own("word_sent.telegram.html", "<b>{{ customer }}</b>")
    notice = WordSent(to=STAFF, customer="<i>Bea")

    words = Renderer(SHOP, tmp_path).words(notice, channel=Channel.TELEGRAM, language="en", now=NOON)

    assert words.html == "<b>&lt;i&gt;Bea</b>"


def test_ours_have_no_faults(renderer):
    assert faults(renderer, NOON) == ()


def test_the_check_names_every_text_that_cannot_be_said(own, tmp_path):
    own("thanked.txt", "{{ nobody }}")
    own("order_done.txt", "{% if order %}", language="de")
    own("greeted.txt", "{{ label('words', 'nothing') }}")

    found = faults(Renderer(SHOP, tmp_path), NOON)

    assert "en, thanked by telegram: 'nobody' is undefined" in found
    assert any(fault.startswith("de, order_done by mail: ") for fault in found)
    assert "en, greeted by mail: en/labels.toml has no 'nothing' in [words]" in found
    assert len(found) == 4


def test_the_check_says_once_that_labels_cannot_be_read(own, tmp_path):
    own("labels.toml", "[buttons]\nplace = Place order\n")

    (found,) = faults(Renderer(SHOP, tmp_path), NOON)

    assert "en/labels.toml: " in found
    assert "line 2" in found


def test_what_nobody_reads_is_named_with_what_was_perhaps_meant(own, tmp_path):
    own("order_redy.txt", "Come!")
    own("order_ready.txt", "Come!")
    own("_ours.txt", "for an include")
    own("labels.toml", '[buttons]\nplce = "Now"\nplace = "Now"\n[buttns]\nplace = "Now"\n', language="de")
    own("order_ready.txt", "Venez !", language="fr")
    own("male.css", "p { color: red; }", language="layout")

    assert never_said(tmp_path, ("en", "de"), NOON) == (
        "de/labels.toml: there is no 'plce' in [buttons]: perhaps place",
        "de/labels.toml: there is no [buttns]: perhaps buttons",
        "en/order_redy.txt is no text of ours: perhaps order_ready.txt",
        "fr is no language of the shop",
        "layout/male.css is no text of ours: perhaps mail.css",
    )
