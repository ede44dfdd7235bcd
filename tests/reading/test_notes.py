"""A note is what the menu does not have, with the "not" before it."""

from handlers.reading.notes import no_menu, note_spans
from handlers.reading.texts import Text

GIFT = "two boxes, gift wrapped please"


def notes(text, on_menu=no_menu):
    return [text[start:end] for start, end in note_spans(Text(text), "\x1f", ("en",), on_menu)]


def test_how_it_is_packed_is_a_note():
    assert notes(GIFT) == ["gift wrapped please"]


def test_what_the_menu_offers_is_no_note():
    def on_menu(words, *, wholly=False, of_option=False):
        return not of_option and wholly and words == "gift wrapped"

    assert notes(GIFT, on_menu) == []


def test_a_note_begins_with_its_not_and_what_that_is_said_of():
    assert notes("two margherita, the pizzas must not be sent in, please don't slice them") == [
        "please don't slice them"
    ]
    assert notes("it's a long way up, never leave it at the door") == ["never leave it at the door"]
