import pytest

from bot.sandbox import telegram_html
from bot.sandbox.telegram_values import ApiError


def entity(kind, offset, length, **more):
    return {"type": kind, "offset": offset, "length": length, **more}


def test_offsets_count_utf16_units():
    text, entities = telegram_html.parse("🍕 <b>two</b>")

    assert (text, entities) == ("🍕 two", [entity("bold", 3, 3)])


def test_nested_tags_become_nested_entities_the_outer_first():
    _, entities = telegram_html.parse("<b>a<i>b</i></b>")

    assert entities == [entity("bold", 0, 2), entity("italic", 1, 1)]


def test_only_four_named_references_and_numbers_are_read():
    assert telegram_html.parse("&lt;&amp;&gt;&quot;&#8364;&nbsp;")[0] == '<&>"€&nbsp;'


def test_a_link_keeps_its_address_and_a_link_to_nowhere_is_plain_text():
    text, entities = telegram_html.parse('<a href="https://t.me/x?a=1&amp;b=2">one</a> <a href="nowhere">two</a>')

    assert (text, entities) == ("one two", [entity("text_link", 0, 3, url="https://t.me/x?a=1&b=2")])


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<b>open", 'Can\'t find end tag corresponding to start tag "b"'),
        ("é<blink>", 'Unsupported start tag "blink" at byte offset 2'),
        ("shut</b>", "Unexpected end tag at byte offset 4"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("2 < 3", "Unclosed start tag at byte offset 2"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_broken_html_is_refused_in_the_servers_words(source, words):
    with pytest.raises(ApiError) as refusal:
        telegram_html.parse(source)

    assert refusal.value.description == f"Bad Request: can't parse entities: {words}"


def test_trimming_moves_the_entities_along():
    assert telegram_html.trimmed("  ab ", [entity("bold", 1, 3)]) == ("ab", [entity("bold", 0, 2)])


def test_commands_and_addresses_are_found_without_being_marked():
    found = telegram_html.with_found("/orders or https://a.example, bea@example.org", [])

    assert [one["type"] for one in found] == ["bot_command", "url", "email"]


def test_the_page_gets_safe_and_well_nested_html():
    text, entities = telegram_html.parse("<b>1 &lt; <i>2</i></b> &amp; <code>3</code>")

    assert telegram_html.to_html(text, entities) == "<b>1 &lt; <i>2</i></b> &amp; <code>3</code>"


def test_what_a_person_writes_never_becomes_markup():
    assert telegram_html.to_html("<img src=x onerror=alert(1)>", []) == "&lt;img src=x onerror=alert(1)&gt;"
