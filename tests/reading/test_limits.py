"""How much of a message is read, and that its parts are looked at a bounded number of times each."""

import sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.reading.limits import MOST_CHARACTERS, MOST_PIECES, SHOWN, cut
from handlers.reading.message import read_message

NOON = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)


def test_a_message_of_a_usual_length_is_read_whole():
    text = "2 margherita, please\n" * 40

    assert cut(text) == (text, "")


def test_beyond_the_last_piece_nothing_is_read_and_the_beginning_of_it_is_shown():
    read, beyond = cut("ham " * (MOST_PIECES + 300))

    assert read == "ham " * MOST_PIECES
    assert beyond.startswith("ham ham")
    assert len(beyond) <= SHOWN + 1


def test_one_word_without_end_is_cut_by_its_letters():
    read, beyond = cut("x" * (MOST_CHARACTERS * 2))

    assert len(read) == MOST_CHARACTERS
    assert beyond == "x" * SHOWN + "…"


def test_spaces_beyond_the_limit_are_nothing_unread():
    assert cut("a" + " " * MOST_CHARACTERS * 2)[1] == ""


def steps(text, menu):
    """How many calls of functions reading the text takes."""
    count = 0

    def tally(*_):
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(tally)
    try:
        read_message(text, menu, languages=("en", "de"), now=NOON, zone=ZoneInfo("Europe/Rome"))
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize(
    "piece",
    [
        "2 lasagne with extra cheese, ",
        "one of them ",
        "lassagne ",
        "and ",
        "at 7 ",
        "5 Mill Lane, ",
        "note: a\n",
        "🍝🍺 ",
    ],
)
def test_twice_the_text_takes_about_twice_the_steps(trattoria, piece):
    steps(piece * 20, trattoria)  # what is made once is made

    assert steps(piece * 100, trattoria) < 2.6 * steps(piece * 50, trattoria)
