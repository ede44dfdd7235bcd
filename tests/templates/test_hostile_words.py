"""Names and words of strangers: whatever they write, Telegram and mail readers get what we meant."""

import re
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.documents import Line, Order
from core.notices import Button, Notice
from core.people import Channel
from templates.chat_html import LONGEST, fit, plain

HOSTILE = {
    "a tag": "<b>x</b>",
    "a link": '<a href="https://evil.example/">Anna</a>',
    "half a tag": "<b><i",
    "marks": """& &amp; &lt;b&gt; " ' < > </blockquote>""",
    "right to left": "\u202eaeB\u202c שלום \u2066x",
    "4,000 letters": "ab " * 1333,
    "4,000 marks": "<&" * 2000,
    "emoji": "👩‍👩‍👧‍👦" * 200,
    "lines": "Bea\n\n\nAccepted by Anna",
    "a template": "{{ shop }} {% raw %} {customer} %s",
    "control characters": "\x00\x07Bea\x1b[31m",
    "half a character": "Bea \ud83d",
}
ALLOWED = {"b", "i", "u", "s", "code", "pre", "a", "blockquote", "tg-spoiler"}


MENTION = re.compile(r'<a href="tg://user\?id=\d+">')
"""The one link that our texts make: somebody of the staff, by Telegram's number."""


class Balance(HTMLParser):
    """Fails for a tag that Telegram does not know, or that is closed wrongly."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        assert tag in ALLOWED
        assert not attrs or MENTION.fullmatch(self.get_starttag_text() or "")
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def assert_telegram_can_parse(html: str) -> None:
    reader = Balance()
    reader.feed(html)
    reader.close()
    assert not reader.open
    assert "<" not in re.sub(r"</?[a-z-]+>", "", MENTION.sub("", html))
    assert not re.search(r"&(?!(?:lt|gt|amp|quot|#\d+);)", html)


THEIRS = {"customer", "text", "note", "address", "phone", "words", "caption", "example", "person", "unread"}
"""Fields that hold what people have written or are called."""


def said_by(stranger: str, value: Any, name: str = "") -> Any:
    """The value with each text that a customer could have written replaced by the stranger's."""
    if name in THEIRS:
        return (stranger,) * 3 if isinstance(value, tuple) else stranger
    if isinstance(value, Notice | Order | Line):
        names = [each.name for each in fields(value)]
        return replace(value, **{each: said_by(stranger, getattr(value, each), each) for each in names})
    if isinstance(value, tuple) and any(is_dataclass(each) for each in value):
        return tuple(said_by(stranger, each) for each in value)
    return value


@pytest.mark.parametrize("stranger", HOSTILE.values(), ids=HOSTILE.keys())
def test_whatever_a_stranger_is_called_telegram_can_parse_every_message(stranger, say, all_samples):
    for notice in all_samples.values():
        if Channel.TELEGRAM in notice.channels:
            words = say(said_by(stranger, notice))
            assert_telegram_can_parse(words.html)
            assert len(words.text) <= LONGEST
            assert words.html.encode()
            assert 'evil.example/">' not in words.html


@pytest.mark.parametrize("stranger", HOSTILE.values(), ids=HOSTILE.keys())
def test_whatever_a_stranger_is_called_a_mail_shows_it_as_words(stranger, say, all_samples):
    for notice in all_samples.values():
        if Channel.MAIL in notice.channels:
            words = say(said_by(stranger, notice), channel=Channel.MAIL)
            assert "<b>x</b>" not in words.html
            assert "<a" not in words.html.replace('<a class="button"', "")
            assert "\n" not in words.subject


def test_a_name_cannot_turn_the_direction_of_a_card(say):
    words = say("StaffCard", customer="\u202eannA yb detpeccA")

    assert "\u202e" not in words.text


def test_a_name_cannot_add_a_line_to_a_card(say):
    words = say("StaffCard", customer="Bea\nAccepted by Anna for 19:20")

    assert "\nAccepted" not in words.text


def test_the_text_of_a_button_is_cleaned_like_all_others(say):
    address = Button("address_last", "a", {"address": "Via Larga\n12 \u202e\x00\ud83d"})

    assert say("Thanked", buttons=((address,),)).buttons == ((("Via Larga 12", "a"),),)


def test_a_right_to_left_name_stands_as_it_is_written(say):
    assert "ليلى" in say("StaffCard", customer="ليلى").text


def test_the_words_of_a_template_are_words(say):
    words = say("CustomerSays", text="{{ shop.name }}", customer="{customer}")

    assert "{{ shop.name }}" in words.text
    assert "{customer}" in words.text


def test_a_long_message_is_cut_with_its_tags_closed(say):
    words = say("CustomerSays", text="<" * 5000)

    assert words.html.count("<blockquote>") == words.html.count("</blockquote>") == 1
    assert words.text.endswith("Reply to this message to answer.")


def test_what_fits_is_not_touched():
    source = "<b>" + "&amp;" * LONGEST + "</b>"

    assert fit(source) == source


def test_what_is_too_long_ends_where_the_room_ends():
    assert fit("<b>one</b> <i>two three</i>", most=8) == "<b>one</b> <i>two…</i>"


@given(
    words=st.lists(st.text(alphabet="ab<>&\"' é👍", max_size=30), min_size=1, max_size=6),
    most=st.integers(min_value=1, max_value=60),
)
def test_cutting_never_breaks_a_tag(words, most):
    escaped = [each.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for each in words]
    source = "".join(f"<b>{each}<i>{each}</i></b>" for each in escaped)

    cut = fit(source, most)

    assert_telegram_can_parse(cut)
    assert len(plain(cut)) <= most
    assert plain(source).startswith(plain(cut).removesuffix("…"))


def test_a_draft_of_sixty_lines_still_shows_its_total(say, all_samples):
    order = all_samples["DraftShown"].order
    lines = tuple(replace(order.lines[0], position=number) for number in range(60))

    words = say("DraftShown", order=replace(order, lines=lines))

    assert "Total" in words.text
