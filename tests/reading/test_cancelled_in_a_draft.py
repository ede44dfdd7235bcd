"""Who wants one of the goods of a draft cancelled has one less, and never one more."""

import pytest

from tests.reading.phrase_sets import applied, as_counted, expected_lines, line_of, understood

READ_IN = {language: tuple(dict.fromkeys((language, "en", "de"))) for language in ("en", "de", "es", "fr", "it")}
DRAFT = (line_of("2 diavola"), line_of("1 coke"))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I want to cancel one of the diavolas"),
        ("en", "I'd like to cancel one diavola"),
        ("en", "I want to remove one of the diavolas"),
        ("de", "ich möchte eine Diavola stornieren"),
        ("de", "storniert eine Diavola"),
        ("es", "quiero cancelar una diavola"),
        ("fr", "je veux annuler une diavola"),
        ("it", "vorrei annullare una diavola"),
        ("it", "vorrei togliere una diavola"),
    ],
)
def test_one_of_two_is_cancelled(language, text):
    found = understood(text, READ_IN[language], DRAFT)

    assert as_counted(applied(DRAFT, found.edits)) == expected_lines(["1 diavola", "1 coke"])
    assert not found.reading.unread


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "i want to remove the coke"),
        ("de", "ich möchte die Cola stornieren"),
        ("es", "quiero quitar la coca"),
        ("fr", "je voudrais annuler le coca"),
        ("it", "vorrei annullare la coca"),
    ],
)
def test_all_of_some_goods_are_cancelled(language, text):
    found = understood(text, READ_IN[language], DRAFT)

    assert as_counted(applied(DRAFT, found.edits)) == expected_lines(["2 diavola"])


def test_goods_that_are_wanted_are_more():
    found = understood("I want to add a coke", READ_IN["en"], DRAFT)

    assert as_counted(applied(DRAFT, found.edits)) == expected_lines(["2 diavola", "2 coke"])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a margherita without cheese and a coke large"),
        ("de", "eine Margherita ohne Käse und eine Cola groß"),
        ("es", "una margherita sin queso y una coca cola grande"),
        ("fr", "une margherita sans fromage et un coca grand"),
        ("it", "una margherita senza mozzarella e una coca cola grande"),
    ],
)
def test_a_size_that_goods_do_not_come_in_is_none_of_the_goods_before(language, text):
    found = understood(text, READ_IN[language]).reading

    assert as_counted(found.lines) == expected_lines(["1 margherita: no cheese", "1 coke"])
    assert found.unread[0] in text


def test_some_cannoli_are_asked_for_like_some_beers():
    found = understood("some cannoli", READ_IN["en"]).reading

    assert not found.lines
    assert [question.likely for question in found.questions] == [("cannolo",)]


@pytest.mark.parametrize("text", ["some tiramisu", "some gnocchi"])
def test_some_of_what_is_one_dish_is_one(text):
    assert len(understood(text, READ_IN["en"]).reading.lines) == 1
