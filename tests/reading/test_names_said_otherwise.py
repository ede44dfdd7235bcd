"""Names turned round, run together, cut short or in other everyday words, at shops that write them in one way."""

import pytest

from tests.reading.phrase_sets import HERE, TRATTORIA, as_counted, expected_lines, understood

SHOPS = {
    "cafe": HERE / "coffee_bar.yaml",
    "deli": HERE / "sandwich_shop.yaml",
    "bea": TRATTORIA,
    **{name: HERE / "menus" / f"{name}.yaml" for name in ("pub", "grill", "taqueria", "sub_counter")},
}

READ = [
    # X before a size
    ("grill", "two x-large cokes and an x large root beer", ["2 coke: extra_large", "1 root_beer: extra_large"]),
    ("grill", "x-lrg fries", ["1 fries: extra_large"]),
    ("pub", "an xlarge fish and chips", ["1 fish: extra_large"]),
    ("grill", "2 x large fries and 2x small cokes", ["2 fries: large", "2 coke: small"]),
    ("grill", "fries x 2 large", ["2 fries: large"]),
    # Run together
    ("pub", "a gingerbeer and two applejuices", ["1 ginger_beer", "2 apple_juice"]),
    ("pub", "dietcoke, hotchocolate, onionrings", ["1 diet_coke", "1 hot_chocolate", "1 rings"]),
    ("grill", "one large rootbeer", ["1 root_beer: large"]),
    # Cut short
    ("deli", "two choc chip cookies", ["2 cookie"]),
    ("cafe", "a choc muffin and a capp", ["1 chocolate-muffin", "1 cappuccino"]),
    # Turned round
    ("pub", "ale and steak pie, large", ["1 pie: large"]),
    ("pub", "a large cheese and mac", ["1 mac: large"]),
    ("pub", "two mash and bangers with gravy", ["2 bangers: gravy"]),
    ("pub", "chips and fish", ["1 fish"]),
    ("pub", "fish, chips and a pie", ["1 fish", "1 chips", "1 pie"]),
    ("sub_counter", "a cheese and steak with onions", ["1 steak_and_cheese: onions"]),
    ("sub_counter", "one cheese steak and a cookie", ["1 steak_and_cheese", "1 cookie"]),
    ("sub_counter", "turkey with cheese and a steak", ["1 turkey: cheese", "1 steak_and_cheese"]),
    # The adjective behind the noun
    ("grill", "coke diet large, fries curly", ["1 diet_coke: large", "1 curly_fries"]),
    ("pub", "cola diet and lemonade sugar free", ["1 diet_coke", "1 sf_lemonade"]),
    ("pub", "two lagers alcohol free", ["2 af_lager"]),
    ("pub", "coke, chips small", ["1 coke", "1 chips: small"]),
    # Other words for it
    ("grill", "a plant based burger with cheese", ["1 veggie_burger: cheddar"]),
    ("pub", "plant-based burger, a meatless burger and a hot cocoa", ["2 vegan", "1 hot_chocolate"]),
    ("grill", "a burger with the works, no onion", ["1 hamburger: all_toppings, no onion"]),
    ("pub", "a burger with all the trimmings", ["1 beefburger: everything"]),
    # A noun further on is not that of a choice before it
    ("taqueria", "a chicken burrito with pinto and a lemonade", ["1 burrito: chicken, pinto_beans", "1 lemonade"]),
    ("taqueria", "a steak bowl with brown and black beans", ["1 bowl: steak, black_beans", "?"]),
]


@pytest.mark.parametrize(("shop", "text", "expected"), READ)
def test_a_name_is_known_however_it_is_put(shop, text, expected):
    reading = understood(text, ("en", "de"), shop=SHOPS[shop]).reading

    assert as_counted(reading.lines) == expected_lines(expected, SHOPS[shop])
    assert bool(reading.unread or reading.questions) == ("?" in expected)


def test_a_size_that_no_one_has_is_reported():
    reading = understood("an x-small coke", ("en",), shop=SHOPS["grill"]).reading

    assert as_counted(reading.lines) == expected_lines(["1 coke"], SHOPS["grill"])
    assert reading.unread
