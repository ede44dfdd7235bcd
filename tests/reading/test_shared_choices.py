"""Goods shared out among choices, "one of each", "half this, half that"; and where a refusal ends."""

import pytest

from tests.reading.phrase_sets import HERE, TRATTORIA, as_counted, expected_lines, understood

SHOPS = {
    "bea": TRATTORIA,
    "cafe": HERE / "coffee_bar.yaml",
    "deli": HERE / "sandwich_shop.yaml",
    **{name: HERE / "menus" / f"{name}.yaml" for name in ("grill", "taqueria", "espresso_bar")},
}

READ = [
    # One of each
    (
        "taqueria",
        "chicken and tofu tacos, one of each, with cheese",
        ["1 taco: chicken, cheese", "1 taco: tofu, cheese"],
    ),
    ("taqueria", "steak and carnitas bowls two of each", ["2 bowl: steak", "2 bowl: carnitas"]),
    ("grill", "small and large fries, one of each", ["1 fries: small", "1 fries: large"]),
    ("espresso_bar", "two lattes, one of each vanilla and honey", ["1 latte: vanilla_syrup", "1 latte: honey"]),
    ("grill", "a burger and a cheeseburger, two of each", ["2 hamburger", "2 cheeseburger"]),
    # Halves of a number
    ("taqueria", "six tacos, half chicken half steak", ["3 taco: chicken", "3 taco: steak"]),
    (
        "taqueria",
        "four tacos half steak and half tofu, all with cheese",
        ["2 taco: steak, cheese", "2 taco: tofu, cheese"],
    ),
    ("cafe", "four lattes, half with oat milk half with soy milk", ["2 latte: oat_milk", "2 latte: soy_milk"]),
    ("taqueria", "five tacos, half chicken half steak", ["5 taco", "?"]),
    ("taqueria", "a bowl half chicken half steak", ["1 bowl: chicken, steak", "?"]),
    # Where a refusal ends, and how far it reaches
    ("grill", "a burger, ditch the onion, keep the pickle", ["1 hamburger: no onion, pickle"]),
    ("deli", "tuna without mayo but keep the mustard and the ranch", ["1 tuna: no mayo, mustard, ranch"]),
    ("grill", "a burger, lose the lettuce but leave the tomato", ["1 hamburger: no lettuce, tomato"]),
    ("grill", "a burger but leave out the lettuce", ["1 hamburger: no lettuce"]),
    ("grill", "a burger with bacon, keep the onion off", ["1 hamburger: bacon, no onion"]),
    ("grill", "a burger with bacon and don't go putting onion on it", ["1 hamburger: bacon, no onion"]),
    ("grill", "a burger with bacon, please don't go and add mayo", ["1 hamburger: bacon, no mayo"]),
    ("grill", "a burger with bacon and don't you dare put ketchup on it", ["1 hamburger: bacon, no ketchup"]),
    ("grill", "a burger, would you please not put any of the mustard on it", ["1 hamburger: no mustard"]),
    # Hardly any is a little
    ("grill", "a burger with barely any mayo and hardly any ketchup", ["1 hamburger: light mayo, light ketchup"]),
    ("cafe", "a latte with next to no foam", ["1 latte: light foam"]),
]


@pytest.mark.parametrize(("shop", "text", "expected"), READ)
def test_who_gets_what_is_written_out(shop, text, expected):
    reading = understood(text, ("en", "de"), shop=SHOPS[shop]).reading

    assert as_counted(reading.lines) == expected_lines(expected, SHOPS[shop])
    assert bool(reading.unread or reading.questions) == ("?" in expected)
