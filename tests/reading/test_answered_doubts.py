"""What answers a question about goods, told by its kind: which of several, or how many of one."""

import pytest

from handlers.reading.doubts import by_place, lets_go, of_spoken
from handlers.reading.understood import Question

LANGUAGES = ("en", "de")


@pytest.mark.parametrize(
    ("said", "quantity"),
    [("4", 4), ("four please", 4), ("5 Stück", 5), ("3 pieces", 3), ("6x", 6), ("ein Dutzend", 12)],
)
def test_of_one_name_a_number_says_how_many(trattoria, said, quantity):
    line = by_place(said, Question("a few lemonades", ("lemonade",)), trattoria, LANGUAGES)

    assert line is not None
    assert (line.sku, line.quantity) == ("lemonade", quantity)


@pytest.mark.parametrize("said", ["with ice", "no idea", "two or three", "the cold ones"])
def test_what_is_no_number_says_not_how_many(trattoria, said):
    assert by_place(said, Question("a few lemonades", ("lemonade",)), trattoria, LANGUAGES) is None


def test_a_bare_number_is_a_place_only_of_names_that_are_numbered(trattoria):
    asked = Question("some pasta", ("lasagne", "gnocchi"))

    assert by_place("2", asked, trattoria, LANGUAGES, are_numbered=False) is None
    numbered, first = by_place("2", asked, trattoria, LANGUAGES), by_place("the first one", asked, trattoria, LANGUAGES)
    assert numbered is not None
    assert first is not None
    assert (numbered.sku, first.sku) == ("gnocchi", "lasagne")


@pytest.mark.parametrize(
    ("said", "quantity"),
    [("ok then two of those", 2), ("I'll have that one then", 1), ("davon bitte zwei", 2), ("die nehme ich", 1)],
)
def test_goods_that_were_told_of_just_before_are_taken_by_a_word(trattoria, said, quantity):
    line = of_spoken(said, "gnocchi", trattoria, LANGUAGES)

    assert line is not None
    assert (line.sku, line.quantity) == ("gnocchi", quantity)


def test_an_option_that_is_refused_does_not_let_the_dish_go(trattoria):
    asked = Question("some pasta", ("lasagne", "gnocchi"))

    assert lets_go("no pasta then", asked, trattoria, LANGUAGES)
    assert not lets_go("without capers", asked, trattoria, LANGUAGES)
