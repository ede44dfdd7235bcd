"""A word for several options before them: it heads the list, and is no option and no goods itself."""

import pytest

from tests.reading.phrase_sets import HERE, as_counted, expected_lines, understood

SHOPS = {
    "cafe": HERE / "coffee_bar.yaml",
    "deli": HERE / "sandwich_shop.yaml",
    **{name: HERE / "menus" / f"{name}.yaml" for name in ("pub", "taqueria", "sub_counter", "espresso_bar")},
}

READ = [
    # Counted, and then named
    ("deli", "a turkey with two cheeses, swiss and cheddar", ["1 turkey: swiss, cheddar"]),
    ("deli", "ham with three cheeses swiss american and cheddar", ["1 ham: swiss, american, cheddar"]),
    ("deli", "a tuna with two sauces mayo and ranch", ["1 tuna: mayo, ranch"]),
    ("cafe", "a latte with two syrups, vanilla and caramel", ["1 latte: vanilla_syrup, caramel_syrup"]),
    ("taqueria", "bowl with two beans black and pinto", ["1 bowl: black_beans, pinto_beans"]),
    # Not counted
    ("deli", "italian with cheeses swiss and provolone", ["1 italian-bmt: swiss, provolone"]),
    ("cafe", "a mocha with syrups: vanilla and hazelnut", ["1 mocha: vanilla_syrup, hazelnut_syrup"]),
    ("deli", "ham, cheese: swiss, sauce: ranch", ["1 ham: swiss, ranch"]),
    ("deli", "a ham with cheese and swiss", ["1 ham: extra_cheese, swiss"]),
    ("sub_counter", "an italian, veggies on it: lettuce, onions", ["1 italian: lettuce, onions"]),
    ("sub_counter", "tuna with veggies lettuce and spinach", ["1 tuna: lettuce, spinach"]),
    ("sub_counter", "a tuna and two veggies with lettuce", ["1 tuna", "2 veggie: lettuce"]),
    ("sub_counter", "a tuna with veggies", ["1 tuna", "?"]),
    ("deli", "tuna with no sauces, mayo and lettuce", ["1 tuna: mayo, lettuce"]),
    ("taqueria", "two beans and cheese burritos with rice", ["2 burrito: beans, cheese, rice"]),
    # A number before goods that is not theirs
    ("deli", "one two cheese ham with swiss and cheddar", ["1 ham: swiss, cheddar"]),
    ("deli", "a two cheese italian with swiss and provolone and onions", ["1 italian-bmt: swiss, provolone, onions"]),
    ("sub_counter", "two three cheese turkeys", ["2 turkey: cheese", "?"]),
    ("sub_counter", "two three meat italians with olives", ["2 italian: olives", "?"]),
]


@pytest.mark.parametrize(("shop", "text", "expected"), READ)
def test_what_is_named_behind_a_heading_is_all_of_it(shop, text, expected):
    reading = understood(text, ("en", "de"), shop=SHOPS[shop]).reading

    assert as_counted(reading.lines) == expected_lines(expected, SHOPS[shop])
    assert bool(reading.unread or reading.questions) == ("?" in expected)
