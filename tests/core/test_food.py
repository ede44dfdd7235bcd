"""What is in a dish: as declared, with what its options add; what nobody has declared is never free of anything."""

import pytest

from core.documents import Line, LineOption
from core.food import ALLERGENS, Caution, allergens_of, cautions, is_free_of, suits
from core.menu import Amount, Choose, Chosen, Menu, OptionGroup, OptionValue, Product

BASE = OptionGroup(
    "base",
    {},
    Choose.ONE,
    (OptionValue("classic", {}, allergens=("gluten",)), OptionValue("gluten_free", {})),
    default="classic",
)
TOPPING = OptionGroup(
    "topping", {}, Choose.MANY, (OptionValue("fish", {}, allergens=("fish",)), OptionValue("odd", {}, allergens=None))
)
PIZZA = Product("pizza", {"en": "Pizza"}, 800, options=(BASE, TOPPING), allergens=("milk",), diets=("vegan",))
BOX = Product("box", {"en": "Box"}, 800)
MENU = Menu("EUR", ("en",), (PIZZA, BOX))


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ((), ("gluten", "milk")),
        ((Chosen("base", "gluten_free"),), ("milk",)),
        ((Chosen("topping", "fish"),), ("gluten", "fish", "milk")),
        ((Chosen("topping", "fish", Amount.NONE),), ("gluten", "milk")),
        ((Chosen("topping", "odd"),), None),
        ((Chosen("gone", "fish"),), ("gluten", "milk")),
    ],
)
def test_options_bring_their_own_and_another_base_takes_the_place_of_the_usual_one(chosen, found):
    assert allergens_of(PIZZA, chosen) == found


def test_what_is_not_declared_is_free_of_nothing():
    assert allergens_of(BOX) is None
    assert not is_free_of(BOX, ("nuts",))
    assert is_free_of(PIZZA, ("nuts",))
    assert not is_free_of(PIZZA, ("gluten",))


def test_vegan_is_vegetarian_and_not_the_other_way_round():
    assert suits(PIZZA, "vegetarian")
    assert not suits(Product("p", {}, 1, diets=("vegetarian",)), "vegan")


def line(product, *chosen):
    return Line(1, product.sku, product.name, 1, product.price, tuple(LineOption(each, {}, 0) for each in chosen))


def test_somebody_is_warned_of_what_they_must_not_eat_and_of_what_nobody_knows():
    lines = (line(PIZZA), line(PIZZA, Chosen("base", "gluten_free")), line(BOX), line(Product("gone", {}, 1)))

    assert cautions(MENU, lines, ("gluten",)) == (Caution(PIZZA.name, ("gluten",)), Caution(BOX.name))
    assert cautions(MENU, lines, ()) == ()


def test_the_law_names_fourteen():
    assert len(set(ALLERGENS)) == 14
