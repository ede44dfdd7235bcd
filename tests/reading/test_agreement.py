"""A yes, a no, and what looks like one."""

import pytest

from handlers.reading.agreement import agrees, forbids_cancelling, refuses
from handlers.reading.which_language import guess_among

BOTH = ("en", "de")


@pytest.mark.parametrize("words", ["", "\n", "Yes please.", "yes, it was me", "Ok", "Ja, bitte", "- jawohl"])
def test_a_yes_or_nothing_agrees(words):
    assert agrees(words)
    assert not refuses(words, BOTH)


@pytest.mark.parametrize("words", ["who are you", "2 jars of honey", "Please tell me more", "Jana", "okra"])
def test_other_words_do_not_agree(words):
    assert not agrees(words)


@pytest.mark.parametrize("words", ["No!", "Yes, but not now", "I never wrote that", "Ja, aber bitte nicht"])
def test_a_no_anywhere_refuses(words):
    assert refuses(words, BOTH)


def test_not_wanting_it_anymore_is_a_wish_to_cancel():
    assert not refuses("I no longer want it, cancel the order", BOTH)


@pytest.mark.parametrize("words", ["Do not cancel my order!", "please don't cancel it", "Bitte nicht stornieren"])
def test_who_says_not_to_cancel_keeps_the_order(words):
    assert forbids_cancelling(words, BOTH)


@pytest.mark.parametrize("words", ["Cancel it, I can not come", "I am not well. Please cancel", "Bitte stornieren"])
def test_a_reason_with_a_no_in_it_forbids_nothing(words):
    assert not forbids_cancelling(words, BOTH)


@pytest.mark.parametrize(
    ("words", "language"), [("2 Gläser Honig", "de"), ("2 jars honey", "en"), ("2 Margherita", None)]
)
def test_few_words_tell_their_language_by_what_only_one_list_has(words, language):
    assert guess_among(words, BOTH) == language
