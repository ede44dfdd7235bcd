"""Whose is this word? Orders at a coffee bar, a sandwich shop and a trattoria in which that decides what is cooked."""

import pytest

from tests.reading.phrase_sets import HERE, TRATTORIA, as_counted, expected_lines, understood

SHOPS = {"cafe": HERE / "coffee_bar.yaml", "deli": HERE / "sandwich_shop.yaml", "bea": TRATTORIA}

READ = [
    # How many
    ("bea", "two tirolese and a beer each", ["2 tirolese", "2 beer"]),
    ("bea", "a tirolese, a marinara, and one water each", ["1 tirolese", "1 marinara", "2 water"]),
    ("cafe", "three lattes with one scone each", ["3 latte", "3 scone"]),
    ("bea", "drei Marinara und je ein Bier", ["3 marinara", "3 beer"]),
    ("bea", "je eine Caprese und Marinara", ["1 caprese", "1 marinara"]),
    ("bea", "three pizzas: marinara, diavola and a tirolese", ["1 marinara", "1 diavola", "1 tirolese"]),
    ("bea", "4 pizzas: marinara, two diavolas and a tirolese", ["1 marinara", "2 diavola", "1 tirolese"]),
    ("deli", "two cookies, one oatmeal raisin and one chocolate chip", ["1 oatmeal-cookie", "1 cookie"]),
    # Which goods have it
    ("cafe", "large hot mocha large iced mocha", ["1 mocha: large, hot", "1 mocha: large, iced"]),
    ("cafe", "mocha with no foam and large chai", ["1 mocha: no foam", "1 chai: large"]),
    ("deli", "lemonade large and the sprite small", ["1 lemonade: large", "1 sprite: small"]),
    ("cafe", "a flat white and a chai, both with oat milk", ["1 flat-white: oat_milk", "1 chai: oat_milk"]),
    ("deli", "two tuna subs, add bacon to one", ["1 tuna", "1 tuna: bacon"]),
    ("cafe", "an iced latte and a large one", ["1 latte: iced", "1 latte: iced, large"]),
    ("cafe", "an iced latte and a large one with sugar", ["1 latte: iced", "1 latte: large, sugar"]),
    ("cafe", "three mochas, all of them with sugar, one without the sugar", ["2 mocha: sugar", "1 mocha: no sugar"]),
    ("cafe", "two shots of espresso in a small mocha", ["1 mocha: small, 2*shot"]),
    ("deli", "hold the onions on a footlong with tuna and spinach", ["1 tuna: footlong, no onions, spinach"]),
    ("cafe", "you do have chai, right? one of those large with cinnamon", ["1 chai: large, cinnamon"]),
    ("cafe", "two scones with butter and jam, one without", ["1 scone: butter, jam", "1 scone: no butter, no jam"]),
    ("cafe", "a large chai with sugar and a small one without", ["1 chai: large, sugar", "1 chai: small, no sugar"]),
    (
        "cafe",
        "three large mochas, the first with cinnamon, the second with sugar and the last one with whipped cream",
        ["1 mocha: large, cinnamon", "1 mocha: large, sugar", "1 mocha: large, whipped_cream"],
    ),
    (
        "bea",
        "drei Marinara, die erste mit Oliven, die zweite mit Pilzen, die dritte ohne Zwiebeln",
        ["1 marinara: olives", "1 marinara: mushrooms", "1 marinara: no onions"],
    ),
    (
        "cafe",
        "four mochas, half of them with sugar and the other half with cinnamon",
        ["2 mocha: sugar", "2 mocha: cinnamon"],
    ),
    # What it is
    ("cafe", "two shots of caramel in a large latte", ["1 latte: large, 2*caramel_syrup"]),
    ("cafe", "mocha with a double shot", ["1 mocha: 2*shot"]),
    ("cafe", "a chai with a drop of cream", ["1 chai: light cream"]),
    ("cafe", "a regular hazelnut mocha", ["1 mocha: regular, hazelnut_syrup"]),
    ("deli", "blt with neither mayo, mustard or pickles", ["1 blt: no mayo, no mustard, no pickles"]),
    ("deli", "ham with ranch dressing and chipotle dressing", ["1 ham: ranch, chipotle"]),
    ("deli", "a meatball with half the usual ranch", ["1 meatball: light ranch"]),
    ("deli", "steak & cheese with spinach", ["1 steak: spinach"]),
    ("deli", "one ham and a cookie (chocolate chip)", ["1 ham", "1 cookie"]),
    ("bea", "two drinks, a beer and a coke", ["1 beer", "1 coke"]),
    # Second thoughts end before other goods
    ("cafe", "a mocha, make it iced, and a scone", ["1 mocha: iced", "1 scone"]),
    ("cafe", "a mocha, make it iced, and a small one with sugar", ["1 mocha: iced", "1 mocha: small, sugar"]),
    ("bea", "a caprese, make that two, and a beer", ["2 caprese", "1 beer"]),
]

ASKED = [
    # One or the other
    ("bea", "a caprese or a mixed salad", [], "a caprese or a mixed salad"),
    ("bea", "zwei Bier oder zwei Cola und eine Caprese", ["1 caprese"], "zwei Bier oder zwei Cola"),
    ("bea", "three or four beers", [], "three or four beers"),
    ("bea", "a beer or two", [], "a beer or two"),
    ("cafe", "a latte with caramel or hazelnut", ["1 latte: caramel_syrup"], "or hazelnut"),
    # How many
    ("bea", "a beer each", ["1 beer"], "each"),
    ("bea", "two marinaras, two cannoli and a beer each", ["2 marinara", "2 cannolo", "1 beer"], "each"),
    ("bea", "4 pizzas: marinara, tirolese", ["1 tirolese"], "4 pizzas: marinara"),
    ("bea", "3 pizzas: one marinara, one caprese", ["1 marinara", "1 caprese"], "3 pizzas"),
    # What is named by a part of its name
    ("deli", "a veggie sub without peppers", ["1 veggie"], "peppers"),
    ("bea", "a diavola that is not spicy", ["1 diavola"], "not spicy"),
    ("bea", "eine Diavola, aber nicht scharf", ["1 diavola"], "nicht scharf"),
    ("bea", "a spicy marinara", ["1 marinara"], "spicy"),
    ("cafe", "a white mocha", ["1 mocha"], "white"),
    ("cafe", "an americano and a white one", ["1 americano"], "white"),
    ("deli", "a steak wrap", ["1 chicken-wrap"], "steak"),
    ("deli", "tuna with cheddar, grilled onions", ["1 tuna: cheddar, onions"], "grilled"),
    ("deli", "blt with red and black olives", ["1 blt: olives"], "red"),
    ("bea", "caprese, no basil", ["1 caprese"], "no basil"),
    # What is in the goods by their name or by what the menu tells of them
    ("bea", "2 gnocchi but without pesto", ["2 gnocchi"], "without pesto"),
    ("bea", "gnocchi, hold the pesto", ["1 gnocchi"], "hold the pesto"),
    ("bea", "gnocchi, leave the pesto out", ["1 gnocchi"], "leave the pesto"),
    ("bea", "zweimal Gnocchi, aber bitte kein Pesto", ["2 gnocchi"], "kein Pesto"),
    ("bea", "Gnocchi, das Pesto weglassen", ["1 gnocchi"], "Pesto"),
    ("bea", "a diavola without honey", ["1 diavola"], "without honey"),
    ("bea", "eine Diavola ohne Honig", ["1 diavola"], "ohne Honig"),
    # A topping of what was named too vaguely, or goods of their own?
    ("bea", "a pizza with salami and mushrooms", [], "a pizza with salami and mushrooms"),
    ("bea", "eine Pizza mit Pilzen und Salami", [], "eine Pizza mit Pilzen und Salami"),
    ("bea", "a tiramisu with honey", ["1 tiramisu"], "honey"),
    ("bea", "eine Cola mit Honig", ["1 coke"], "Honig"),
    ("bea", "a marinara and 2 salami, one of the salami small", ["1 marinara", "2 salami"], "one of the salami small"),
    # What comes to it and what does not
    ("cafe", "americano with room for cream", ["1 americano"], "room for cream"),
    ("cafe", "a latte with soy milk instead of regular milk", ["1 latte: soy_milk"], "milk"),
    ("cafe", "a double shot chai", ["1 chai"], "double shot"),
    ("deli", "tuna with everything but spinach", ["1 tuna: no spinach"], "everything"),
    ("deli", "half a ham sandwich", [], "half a ham sandwich"),
    ("cafe", "chai with sugar free caramel", ["1 chai: caramel_syrup"], "sugar free"),
    ("deli", "a blt and a drink", ["1 blt"], "a drink"),
    ("bea", "eine Caprese und ein Getränk", ["1 caprese"], "ein Getränk"),
]


@pytest.mark.parametrize(("shop", "text", "lines"), READ)
def test_each_word_goes_to_the_goods_that_it_is_said_of(shop, text, lines):
    found = understood(text, ("en", "de"), shop=SHOPS[shop]).reading

    assert as_counted(found.lines) == expected_lines(lines, SHOPS[shop])
    assert (found.unread, found.questions) == ((), ())


@pytest.mark.parametrize(("shop", "text", "lines", "words"), ASKED)
def test_a_word_that_could_be_several_things_is_asked_about(shop, text, lines, words):
    found = understood(text, ("en", "de"), shop=SHOPS[shop]).reading

    assert as_counted(found.lines) == expected_lines(lines, SHOPS[shop])
    assert words in [*found.unread, *(question.about for question in found.questions)]


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("envuelva el tiramisu por separado", ("es", "en")),
        ("ponga la cerveza en una bolsa", ("es", "en")),
        ("emballez le tiramisu à part", ("fr", "en")),
        ("mettez la bière dans un sac", ("fr", "en")),
        ("incartate il tiramisù a parte", ("it", "en")),
        ("mettete la birra in una borsa", ("it", "en")),
    ],
)
def test_what_is_to_be_done_with_goods_orders_none_in_any_language(text, languages):
    found = understood(text, languages).reading

    assert (found.lines, found.unread) == ((), (text,))
