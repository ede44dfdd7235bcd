"""Goods that are named again behind "that": what is said there is of those that were ordered, and orders no others."""

import pytest

from tests.reading.phrase_sets import HERE, TRATTORIA, as_counted, expected_lines, understood

SHOPS = {"bea": TRATTORIA, "cafe": HERE / "coffee_bar.yaml", "grill": HERE / "menus" / "grill.yaml"}

READ = [
    ("grill", "en", "a burger and on that burger i'd like lettuce and mayo", ["1 hamburger: lettuce, mayo"]),
    ("grill", "en", "a burger with fries, and for that burger no onion", ["1 hamburger: no onion", "1 fries"]),
    ("grill", "en", "a burger and fries, lettuce on that burger", ["1 hamburger: lettuce", "1 fries"]),
    ("grill", "en", "two burgers and a coke, cheese on those burgers", ["2 hamburger: cheddar", "1 coke"]),
    (
        "grill",
        "en",
        "a burger with onion, a burger with bacon and on that burger mustard",
        ["1 hamburger: onion", "1 hamburger: bacon, mustard"],
    ),
    ("grill", "en", "i'd like that veggie burger with cheese", ["1 veggie_burger: cheddar"]),
    ("cafe", "en", "a mocha and a scone, put cinnamon in that mocha", ["1 mocha: cinnamon", "1 scone"]),
    ("bea", "en", "a margherita, and on that pizza olives", ["1 margherita: olives"]),
    ("bea", "de", "eine Margherita und ein Bier, und auf dieser Margherita Oliven", ["1 margherita: olives", "1 beer"]),
    (
        "bea",
        "fr",
        "une margherita et une bière, et sur cette margherita des olives",
        ["1 margherita: olives", "1 beer"],
    ),
    ("bea", "es", "una margherita y una cerveza, y en esa margherita aceitunas", ["1 margherita: olives", "1 beer"]),
    ("bea", "it", "una margherita e una birra, e su quella margherita olive", ["1 margherita: olives", "1 beer"]),
]


@pytest.mark.parametrize(("shop", "language", "text", "expected"), READ)
def test_that_is_said_of_what_was_ordered(shop, language, text, expected):
    languages = tuple(dict.fromkeys((language, "en", "de")))

    reading = understood(text, languages, shop=SHOPS[shop]).reading

    assert as_counted(reading.lines) == expected_lines(expected, SHOPS[shop])
    assert not reading.unread
