"""What customers write in English, and the lines it comes to."""

import pytest

from tests.reading.deli import lines, read

UNDERSTOOD = [
    # Numbers and sizes
    ("a margherita", ["1 margherita"]),
    ("Margherita", ["1 margherita"]),
    ("2 margheritas", ["2 margherita"]),
    ("2x margherita, 3 x coke", ["2 margherita", "3 cola"]),
    ("2xmargherita 3cokes", ["2 margherita", "3 cola"]),
    ("margherita x2, coke x 3", ["2 margherita", "3 cola"]),
    ("margherita 2, coke 3", ["2 margherita", "3 cola"]),
    ("twenty-five cokes", ["25 cola"]),
    ("half a dozen cokes and a dozen tiramisu", ["6 cola", "12 tiramisu"]),
    ("two dozen lemonades", ["24 lemonade"]),
    ("a couple of lemonades", ["2 lemonade"]),
    ("panna cotta and tiramisu, 2 each", ["2 panna_cotta", "2 tiramisu"]),
    ("large margherita", ["1 margherita: large"]),
    ("margherita please, large", ["1 margherita: large"]),
    ("one margherita in large size", ["1 margherita: large"]),
    ("a big margherita", ["1 margherita: large"]),
    ("margherita with ham large tonno", ["1 margherita: ham", "1 tonno: large"]),
    ("a small margherita and large tonno", ["1 margherita: small", "1 tonno: large"]),
    ("two 1 liter cokes", ["2 cola: 1_liter"]),
    ("coke 330ml", ["1 cola: 330_ml"]),
    ("two bottles of olive oil and a jar of forest honey", ["2 olive_oil", "1 honey"]),
    # Names
    ("Tiramisu & Olive Oil + honey", ["1 tiramisu", "1 olive_oil", "1 honey"]),
    ("quatro stagione", ["1 quattro_stagioni"]),
    ("1 margarita, 1 tiramisou", ["1 margherita", "1 tiramisu"]),
    ("bread sticks", ["1 breadsticks"]),
    ("rocketsalad", ["1 rocket_salad"]),
    ("cocacola", ["1 cola"]),
    ("four seasons", ["1 quattro_stagioni"]),
    ("4 four seasons", ["4 quattro_stagioni"]),
    ("tuna onion", ["1 tonno"]),
    ("forest honey", ["1 honey"]),
    ("two quattro", ["2 quattro_stagioni"]),
    ("Vier Jahreszeiten", ["1 quattro_stagioni"]),
    ("olive_oil", ["1 olive_oil"]),
    # Options
    ("margherita with jalapenos and mushroom", ["1 margherita: jalapeños, mushrooms"]),
    ("ham and garlic margherita", ["1 margherita: ham, garlic"]),
    ("a margherita with red onions", ["1 margherita: red_onions"]),
    ("a margherita with black and green olives", ["1 margherita: black_olives, green_olives"]),
    ("margherita, ham, cheese", ["1 margherita: ham, cheese"]),
    ("a margherita make it large and put some cheese on it", ["1 margherita: large, cheese"]),
    ("with ham and cheese a margherita", ["1 margherita: ham, cheese"]),
    ("margherita with truffle", ["1 margherita: truffle_cream"]),
    ("margherita with two cheese", ["1 margherita: cheese x2"]),
    # Amounts
    ("margherita with extra cheese and ham", ["1 margherita: extra cheese, ham"]),
    ("margherita with a lot of cheese, easy on the garlic", ["1 margherita: extra cheese, light garlic"]),
    ("margherita with a little cheese", ["1 margherita: light cheese"]),
    ("margherita, not too much cheese", ["1 margherita: light cheese"]),
    # Refusals
    ("margherita no onions", ["1 margherita: no onions"]),
    ("margherita without onions or garlic", ["1 margherita: no onions, no garlic"]),
    ("margherita without onions and garlic", ["1 margherita: no onions, no garlic"]),
    ("margherita no onions ham", ["1 margherita: no onions, ham"]),
    ("margherita without onions and with ham", ["1 margherita: no onions, ham"]),
    ("margherita hold the onions please add ham", ["1 margherita: no onions, ham"]),
    ("margherita but i don't want any garlic on it", ["1 margherita: no garlic"]),
    ("margherita, leave off the ham", ["1 margherita: no ham"]),
    ("margherita no extra cheese", ["1 margherita: extra cheese x0"]),
    ("margherita without the extra cheese but ham", ["1 margherita: extra cheese x0, ham"]),
    ("no drinks, just a margherita with ham", ["1 margherita: ham"]),
    ("no coke", []),
    ("nothing else, thanks", []),
    ("margherita w/o onions w/ ham", ["1 margherita: no onions, ham"]),
    ("margherita minus cheese plus ham", ["1 margherita: no cheese, ham"]),
    ("margherita with ham instead of garlic", ["1 margherita: ham, no garlic"]),
    ("margherita no onions coke", ["1 margherita: no onions", "1 cola"]),
    ("margherita no onions large tonno", ["1 margherita: no onions", "1 tonno: large"]),
    ("margherita no onions pesto and a coke", ["1 margherita: no onions", "1 pesto", "1 cola"]),
    # Several lines
    ("2 margherita, a coke and a tiramisu", ["2 margherita", "1 cola", "1 tiramisu"]),
    ("1 margherita 1 tonno 2 coke", ["1 margherita", "1 tonno", "2 cola"]),
    ("2 margheritas\n1 tonno large\n3 cokes", ["2 margherita", "1 tonno: large", "3 cola"]),
    ("- 2 margherita\n- coke", ["2 margherita", "1 cola"]),
    ("• margherita\n• margherita", ["1 margherita", "1 margherita"]),
    ("1. margherita with ham\n2. coke", ["1 margherita: ham", "1 cola"]),
    ("Hi!! 2 Margherita 🍕🍕 and 1 coke 🥤 pls :)", ["2 margherita", "1 cola"]),
    ("margherita/coke", ["1 margherita", "1 cola"]),
    ("margherita x 2 large", ["2 margherita: large"]),
    ("2 of your best margheritas", ["2 margherita"]),
    ("a coke and another coke", ["1 cola", "1 cola"]),
    ("two pleese margheritta withuot onions", ["2 margherita: no onions"]),
    # A share of a quantity
    (
        "2 margherita, one large with extra mushrooms no onions, and a coke",
        ["1 margherita", "1 margherita: large, extra mushrooms, no onions", "1 cola"],
    ),
    ("3 margherita, one without onions", ["2 margherita", "1 margherita: no onions"]),
    ("3 margherita: one with ham, two with garlic", ["2 margherita: garlic", "1 margherita: ham"]),
    ("2 large margherita (one with ham)", ["1 margherita: large", "1 margherita: large, ham"]),
    ("two margheritas, the other with garlic", ["1 margherita", "1 margherita: garlic"]),
    ("one large margherita and one small", ["1 margherita: large", "1 margherita: small"]),
    ("two large margherita and one small with ham", ["2 margherita: large", "1 margherita: small, ham"]),
    ("one margherita with ham and one with garlic", ["1 margherita: ham", "1 margherita: garlic"]),
    ("two large margherita and a small one", ["2 margherita: large", "1 margherita: small"]),
    ("one large, one small margherita", ["1 margherita: large", "1 margherita: small"]),
    ("two pizzas: one margherita and one tonno", ["1 margherita", "1 tonno"]),
    ("3 margherita (extra cheese on one of them)", ["2 margherita", "1 margherita: extra cheese"]),
    # All at once, and totals
    ("two margheritas, both large", ["2 margherita: large"]),
    ("a margherita and a tonno, both large", ["1 margherita: large", "1 tonno: large"]),
    ("2 margherita and 1 tonno and a coke, the pizzas all with ham", ["2 margherita: ham", "1 tonno: ham", "1 cola"]),
    ("6 tonno and 6 cokes, that's 12 in total", ["6 tonno", "6 cola"]),
    # A later mention
    ("a margherita pizza with ham", ["1 margherita: ham"]),
    ("pizza margherita", ["1 margherita"]),
    ("one margherita and i want that margherita with ham", ["1 margherita: ham"]),
    # A product named like an option
    ("margherita with salami", ["1 margherita: salami"]),
    ("margherita and salami", ["1 margherita", "1 salami"]),
    ("a salami pizza with cheese", ["1 salami: cheese"]),
    ("salami with extra salami", ["1 salami: extra salami"]),
    ("breadsticks and pesto", ["1 breadsticks: pesto"]),
    ("pesto and breadsticks", ["1 breadsticks: pesto"]),
    ("breadsticks with aioli and a pesto", ["1 breadsticks: aioli", "1 pesto"]),
    ("margherita and a side of pesto", ["1 margherita", "1 pesto"]),
]


@pytest.mark.parametrize(("text", "expected"), UNDERSTOOD)
def test_an_order_in_plain_words_becomes_these_lines(text, expected):
    assert lines(text) == expected
    assert read(text).unread == ()


def test_each_line_knows_the_words_it_was_read_from():
    reading = read("Hello, 2 margherita, one large with HAM, and a coke please")

    assert [line.words for line in reading.lines] == ["2 margherita", "one large with HAM", "a coke"]


@pytest.mark.parametrize(
    ("text", "expected", "unread"),
    [
        ("margherita with unobtainium and cheese", ["1 margherita: cheese"], ("unobtainium",)),
        ("margherita with extra unobtainium and cheese", ["1 margherita: cheese"], ("extra unobtainium",)),
        ("margherita, no unobtainium, ham", ["1 margherita: ham"], ("no unobtainium",)),
        ("two purple cokes", ["2 cola"], ("purple",)),
        ("an extra large margherita", ["1 margherita"], ("large",)),
        ("a large tiramisu", ["1 tiramisu"], ("large",)),
        ("a margherita and a sausage roll", ["1 margherita"], ("sausage roll",)),
        ("a margherita and a pear", ["1 margherita"], ("pear",)),
        ("can i have a beer", [], ("beer",)),
        ("2 foobar, 1 coke", ["1 cola"], ("2 foobar",)),
        ("margherita with garlic sauce", ["1 margherita: garlic"], ("sauce",)),
        ("500 g of ham on a margherita", ["1 margherita: ham"], ("500 g",)),
    ],
)
def test_what_the_menu_does_not_have_is_said_and_never_given_to_its_neighbour(text, expected, unread):
    assert lines(text) == expected
    assert read(text).unread == unread


@pytest.mark.parametrize(
    "text",
    ["hello, how are you today", "thanks a lot!", "can i please get", "good evening, that's all, have a nice day"],
)
def test_polite_words_are_no_order_and_nothing_unread(text):
    reading = read(text)

    assert (reading.lines, reading.unread, reading.questions) == ((), (), ())


@pytest.mark.parametrize(
    ("text", "about", "likely"),
    [
        ("two waters please", "two waters", ("still_water", "sparkling_water")),
        ("a pizza", "a pizza", ("margherita", "salami", "quattro_stagioni", "tonno")),
        ("a large pizza with ham", "a large pizza with ham", ("margherita", "salami", "quattro_stagioni", "tonno")),
        ("one large with ham", "one large with ham", ("margherita", "salami", "quattro_stagioni", "tonno")),
        ("a margherita with rocket", "rocket", ("rocket_salad",)),
        ("6 tonno and 6 cokes, that's 13 in total", "13", ()),
        ("coke zero", "coke zero", ("cola",)),
    ],
)
def test_what_several_things_fit_becomes_a_question(text, about, likely):
    [question] = read(text).questions

    assert (question.about, question.likely) == (about, likely)
