"""Half this and half that: the dish of two halves in words."""

import pytest

from tests.reading.phrase_sets import TRATTORIA, understood

HALVES = [
    ("half tirolese half marinara", 1, ["tirolese", "marinara"]),
    ("half diavola, half tirolese", 1, ["diavola", "tirolese"]),
    ("a pizza half marinara and half diavola", 1, ["marinara", "diavola"]),
    ("one half marinara, the other half tirolese", 1, ["marinara", "tirolese"]),
    ("½ tirolese ½ diavola", 1, ["tirolese", "diavola"]),
    ("half and half: marinara and tirolese", 1, ["marinara", "tirolese"]),
    ("a half and half pizza with tirolese and margherita", 1, ["tirolese", "margherita"]),
    ("two half margherita half tirolese", 2, ["margherita", "tirolese"]),
    ("a large half tirolese half marinara", 1, ["tirolese", "marinara", "large"]),
    ("half tirolese half marinara without onions", 1, ["tirolese", "marinara", "onions"]),
    ("a duetto, tirolese and marinara", 1, ["tirolese", "marinara"]),
    ("duetto: marinara / diavola", 1, ["marinara", "diavola"]),
    ("halb Tirolese halb Marinara", 1, ["tirolese", "marinara"]),
    ("eine große Pizza, zur Hälfte Marinara, zur Hälfte Diavola", 1, ["marinara", "diavola", "large"]),
]


@pytest.mark.parametrize(("text", "quantity", "values"), HALVES)
def test_two_halves_are_one_dish_with_a_choice_for_each(text, quantity, values):
    reading = understood(text, ("en", "de"), shop=TRATTORIA).reading

    assert [(line.sku, line.quantity) for line in reading.lines] == [("duetto", quantity)]
    assert sorted(chosen.value for chosen in reading.lines[0].options) == sorted(values)
    assert [chosen.value for chosen in reading.lines[0].options if chosen.group.endswith("half")] == values[:2]
    assert (reading.unread, reading.questions) == ((), ())


@pytest.mark.parametrize(
    "text",
    [
        "half tirolese",
        "half tirolese half mushrooms",
        "half tirolese with olives, half marinara",
        "4 pizzas, half tirolese, half marinara",
        "half tirolese, half marinara, half diavola",
    ],
)
def test_what_is_no_dish_of_two_halves_is_asked_about(text):
    reading = understood(text, ("en", "de"), shop=TRATTORIA).reading

    assert "duetto" not in [line.sku for line in reading.lines]
    assert reading.questions


def test_a_list_behind_the_dish_is_a_list():
    reading = understood("a duetto, a marinara and a tirolese", ("en", "de"), shop=TRATTORIA).reading

    assert [line.sku for line in reading.lines] == ["duetto", "marinara", "tirolese"]
