"""What is in a dish: as declared, with what its options add; what nobody has declared is never free of anything."""

from dataclasses import replace

import pytest

from core.documents import Line, LineOption
from core.food import ALLERGENS, Caution, allergens_of, cautions, is_free_of, not_of, suits
from core.menu import Amount, Category, Choose, Chosen, Menu, OptionGroup, OptionValue, Product

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


def test_what_is_not_of_a_diet_is_told_by_what_is_in_it_or_by_what_the_menu_calls_the_others():
    green = Product("green", {"en": "Green"}, 500, category="a", options=(TOPPING,), allergens=(), diets=("vegan",))
    cheese = Product("cheese", {"en": "Cheese"}, 500, category="a", allergens=("milk",))
    plain = Product("plain", {"en": "Plain"}, 500, category="a")
    unsaid = Product("unsaid", {"en": "Unsaid"}, 500, category="b")
    menu = Menu("EUR", ("en",), (green, cheese, plain, unsaid), (Category("a", {}), Category("b", {})))
    fish = LineOption(Chosen("topping", "fish"), {}, 0)
    lines = [Line(1, one.sku, one.name, 1, 500) for one in menu.products]

    assert not_of(menu, lines, "vegan") == (
        Caution({"en": "Cheese"}, ("milk",), "vegan"),
        Caution({"en": "Plain"}, (), "vegan"),
    )
    assert not_of(menu, [replace(lines[0], options=(fish,))], "vegan") == (
        Caution({"en": "Green"}, ("fish",), "vegan"),
    )
    assert not_of(menu, lines, "kosher") == ()
