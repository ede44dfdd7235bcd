"""Half this and half that: the dish of two halves in words."""

import pytest

from tests.reading.phrase_sets import TRATTORIA, applied, asks, understood

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


@pytest.mark.parametrize(
    ("text", "halves"),
    [
        ("half tirolese instead of the diavola", ["margherita", "tirolese"]),
        ("no, half tirolese instead of diavola", ["margherita", "tirolese"]),
        ("tirolese instead of diavola", ["margherita", "tirolese"]),
        ("make the diavola half a tirolese", ["margherita", "tirolese"]),
        ("the first half tirolese", ["tirolese", "diavola"]),
        ("no, half tirolese and half marinara", ["tirolese", "marinara"]),
        ("no half margherita half tirolese", ["margherita", "tirolese"]),
        ("halb Tirolese statt Diavola", ["margherita", "tirolese"]),
        ("nein, Tirolese statt Diavola", ["margherita", "tirolese"]),
        ("tausch die Diavola gegen Tirolese", ["margherita", "tirolese"]),
        ("die zweite Hälfte Marinara bitte", ["margherita", "marinara"]),
        ("nein, halb Tirolese halb Marinara", ["tirolese", "marinara"]),
    ],
)
def test_a_half_is_put_in_the_place_of_another(text, halves):
    draft = understood("half margherita half diavola", ("en", "de")).reading.lines
    found = understood(text, ("en", "de"), draft)
    (after,) = applied(draft, found.edits)

    by_half = sorted(after.options, key=lambda chosen: chosen.group)
    assert [chosen.value for chosen in by_half] == halves
    assert not asks(found)


@pytest.mark.parametrize(
    "text",
    [
        "half margherita half diavola, no wait, half tirolese instead of diavola",
        "half margherita half diavola, no, make it half margherita half tirolese",
        "halb Margherita halb Diavola, nein, halb Tirolese statt Diavola",
    ],
)
def test_second_thoughts_about_a_half_leave_one_dish(text):
    reading = understood(text, ("en", "de")).reading

    assert [[chosen.value for chosen in line.options] for line in reading.lines] == [["margherita", "tirolese"]]
    assert (reading.unread, reading.questions) == ((), ())


@pytest.mark.parametrize(
    "text", ["no diavola", "ohne Diavola", "the other half tirolese", "a coke instead of the diavola"]
)
def test_a_half_that_nothing_is_said_for_is_asked_about(text):
    draft = understood("half margherita half diavola", ("en", "de")).reading.lines
    found = understood(text, ("en", "de"), draft)

    assert applied(draft, found.edits)[0] == draft[0]
    assert asks(found)
