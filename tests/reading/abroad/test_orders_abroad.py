"""Orders and everything else that customers write in Italian, Spanish and French."""

import pytest

from tests.reading.abroad.shop_abroad import DRAFT, Written, lines_of, orders, phrases, read, wishes_in_words

LANGUAGES = ["it", "es", "fr"]
ENOUGH = 0.95


def is_right(written: Written, language: str) -> bool:
    understood = read(written.text, language)
    unread = " ".join(understood.reading.unread)
    return lines_of(understood) == written.lines and written.unread in unread


def is_quiet(written: Written, language: str) -> bool:
    reading = read(written.text, language).reading
    return bool(written.unread) or not (reading.unread or reading.questions)


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_least_60_orders_are_read_and_nearly_all_of_them_right(language):
    written = orders(language)
    wrong = [message.text for message in written if not is_right(message, language)]

    assert len(written) >= 60
    assert len(wrong) <= (1 - ENOUGH) * len(written), wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_hardly_an_order_that_is_read_right_is_asked_about(language):
    right = [message for message in orders(language) if is_right(message, language)]
    doubted = [message.text for message in right if not is_quiet(message, language)]

    assert len(doubted) <= (1 - ENOUGH) * len(right), doubted


@pytest.mark.parametrize("language", LANGUAGES)
def test_nearly_every_phrase_says_what_it_is_for(language):
    meant = [(text, intent) for intent, texts in phrases(language).items() if intent != "wishes" for text in texts]
    wrong = [
        (text, intent, str(found))
        for text, intent in meant
        if (found := read(text, language, *(DRAFT if intent == "place" else ())).intent) != intent
    ]

    assert len(wrong) <= (1 - ENOUGH) * len(meant), wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_nearly_every_wish_for_a_time_or_a_way_of_handing_over_is_read(language):
    meant = phrases(language)["wishes"]
    wrong = [
        (text, said, found)
        for text, said in meant.items()
        if (found := wishes_in_words(read(text, language, *DRAFT).wishes)) != said
    ]

    assert len(wrong) <= (1 - ENOUGH) * len(meant), wrong
