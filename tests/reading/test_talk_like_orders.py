"""Orders as people talk, in English and German: parts of a quantity, endings, compounds, small talk, emoji."""

import pytest

from handlers.reading.understood import ReadLine
from tests.reading.kiosk import order

ENGLISH = [
    # A part of a quantity
    ("two margheritas, one of them large", ["1 margherita", "1 margherita: large"]),
    ("three margherita and a coke, one of them without onions", ["2 margherita", "1 margherita: no onions", "1 coke"]),
    ("2 margherita, both large", ["2 margherita: large"]),
    ("three cokes, two of which without ice", ["1 coke", "2 coke: no ice"]),
    ("two margheritas, one with mushrooms and one with ham", ["1 margherita: mushrooms", "1 margherita: ham"]),
    ("two margheritas. One with mushrooms and one with ham", ["1 margherita: mushrooms", "1 margherita: ham"]),
    ("two salami, one large, the other one without cheese", ["1 salami: large", "1 salami: no cheese"]),
    ("4 margheritas, two of them with olives", ["2 margherita", "2 margherita: olives"]),
    ("4 margheritas, half of them with olives", ["2 margherita", "2 margherita: olives"]),
    ("two margheritas, each with extra cheese", ["2 margherita: extra cheese"]),
    ("a margherita and a tuna, both without garlic", ["1 margherita: no garlic", "1 tuna: no garlic"]),
    ("three salami pizzas, all of them small", ["3 salami: small"]),
    ("5 cokes, one of those with lemon", ["4 coke", "1 coke: lemon"]),
    ("3 tuna pizzas, one of which large and with olives", ["2 tuna", "1 tuna: large, olives"]),
    ("two coffees, one with milk, one without", ["1 coffee: milk", "1 coffee: no milk"]),
    ("a mushroom and ham margherita, and two beers for the road", ["1 margherita: mushrooms, ham", "2 beer"]),
    ("two margheritas, ham on one of them and olives on the other", ["1 margherita: ham", "1 margherita: olives"]),
    ("three margheritas: two large, one small", ["2 margherita: large", "1 margherita: small"]),
    ("three margheritas, two of them large and the other one small", ["2 margherita: large", "1 margherita: small"]),
    ("three margheritas, one with ham and the rest with olives", ["1 margherita: ham", "2 margherita: olives"]),
    ("2 cokes and 2 beers, one of the cokes with lemon", ["1 coke", "1 coke: lemon", "2 beer"]),
    ("a margherita and 2 salami, one of the salami large", ["1 margherita", "1 salami", "1 salami: large"]),
    ("2 large margheritas, one of them with ham", ["1 margherita: large", "1 margherita: large, ham"]),
    ("two margheritas, none of them with garlic", ["2 margherita: no garlic"]),
    # Numbers
    ("half a dozen beers", ["6 beer"]),
    ("a dozen cokes and a couple of beers", ["12 coke", "2 beer"]),
    ("twenty one beers", ["21 beer"]),
    ("a pair of lemonades", ["2 lemonade"]),
    ("two more cokes", ["2 coke"]),
    ("another beer", ["1 beer"]),
    ("cokes: 3, beers: 2", ["3 coke", "2 beer"]),
    ("margherita and salami, two of each", ["2 margherita", "2 salami"]),
    # How much of an option
    ("a margherita with loads of cheese", ["1 margherita: extra cheese"]),
    ("a margherita with double cheese and a bit of garlic", ["1 margherita: extra cheese, light garlic"]),
    ("a salami, not too much garlic please", ["1 salami: light garlic"]),
    ("coffee with a little milk and no sugar", ["1 coffee: light milk, no sugar"]),
    ("a tuna without any onions", ["1 tuna: no onions"]),
    ("a large tuna, hold the onions", ["1 tuna: large, no onions"]),
    ("coke, no ice", ["1 coke: no ice"]),
    ("coke without ice but with lemon", ["1 coke: no ice, lemon"]),
    # Small talk
    ("a margherita for my mom and a coke for me", ["1 margherita", "1 coke"]),
    ("two beers please, thanks a lot, see you", ["2 beer"]),
    ("hey guys, hope you're well! could I get a tuna pizza and a beer?", ["1 tuna", "1 beer"]),
    ("I'm starving, so let's do a large salami", ["1 salami: large"]),
    ("the kids want two margheritas and my husband wants a salami", ["2 margherita", "1 salami"]),
    ("just a coke for now, cheers mate", ["1 coke"]),
    ("we're three people tonight so three margheritas", ["3 margherita"]),
    ("as always: one tuna, one coke. You guys are the best!", ["1 tuna", "1 coke"]),
    ("if possible a tiramisu as well", ["1 tiramisu"]),
    ("sorry to bother you, one mixed salad please", ["1 salad"]),
    ("um, let me think... a lemonade, I guess", ["1 lemonade"]),
    ("my friend told me your tiramisu is amazing, so two of those please", ["2 tiramisu"]),
    ("one beer for grandpa, one coke for my sister", ["1 beer", "1 coke"]),
    ("that's all, thank you so much and have a lovely evening. oh and a coffee", ["1 coffee"]),
    # Emoji beside their word, and instead of it
    ("2 beers 🍺🍺", ["2 beer"]),
    ("one margherita 🍕 and a coffee ☕ please 🙏", ["1 margherita", "1 coffee"]),
    ("🍺🍺", ["2 beer"]),
    ("a margherita and 2 🍺", ["1 margherita", "2 beer"]),
    ("☕ with milk please", ["1 coffee: milk"]),
    ("😀 a beer 👍", ["1 beer"]),
]

GERMAN = [
    # A part of a quantity
    ("zwei Margherita, eine davon groß", ["1 margherita", "1 margherita: large"]),
    ("zwei Margherita und eine Cola, eine davon ohne Zwiebeln", ["1 margherita", "1 margherita: no onions", "1 coke"]),
    ("drei Margherita, davon zwei mit Oliven", ["1 margherita", "2 margherita: olives"]),
    ("drei Cola, zwei davon ohne Eis", ["1 coke", "2 coke: no ice"]),
    ("zwei Salami, eine groß, die andere ohne Käse", ["1 salami: large", "1 salami: no cheese"]),
    ("zwei Margherita, jeweils mit extra Käse", ["2 margherita: extra cheese"]),
    ("zwei Margherita, beide groß", ["2 margherita: large"]),
    ("zwei Margheritas, eine mit Pilzen und eine mit Schinken", ["1 margherita: mushrooms", "1 margherita: ham"]),
    ("eine Margherita und eine Thunfisch, beide ohne Knoblauch", ["1 margherita: no garlic", "1 tuna: no garlic"]),
    ("drei Salami, alle klein", ["3 salami: small"]),
    ("3 Margherita: 2 groß, 1 klein", ["2 margherita: large", "1 margherita: small"]),
    ("vier Margherita, die Hälfte davon mit Oliven", ["2 margherita", "2 margherita: olives"]),
    ("drei Margherita, eine mit Schinken, die anderen mit Oliven", ["1 margherita: ham", "2 margherita: olives"]),
    ("zwei Kaffee, einer mit Milch, einer mit Zucker", ["1 coffee: milk", "1 coffee: sugar"]),
    ("2 Cola und 2 Bier, eine der Colas mit Zitrone", ["1 coke", "1 coke: lemon", "2 beer"]),
    ("zwei große Margherita, davon eine mit Schinken", ["1 margherita: large", "1 margherita: large, ham"]),
    ("3x Thunfisch, 1x davon groß", ["2 tuna", "1 tuna: large"]),
    ("zwei Margherita, aber bei einer bitte keine Zwiebeln", ["1 margherita", "1 margherita: no onions"]),
    # Numbers
    ("ein halbes Dutzend Bier", ["6 beer"]),
    ("ein Dutzend Cola", ["12 coke"]),
    ("Margherita und Salami, je zwei", ["2 margherita", "2 salami"]),
    ("je eine Margherita und Salami", ["1 margherita", "1 salami"]),
    ("noch eine Cola", ["1 coke"]),
    ("dreißig Bier", ["30 beer"]),
    ("fuenf Bier und zwoelf Cola", ["5 beer", "12 coke"]),
    ("zweiunddreißig Bier", ["32 beer"]),
    ("zweimal Salami, einmal Cola", ["2 salami", "1 coke"]),
    ("2 mal Salami", ["2 salami"]),
    # How much of an option
    ("Margherita ohne Zwiebeln und Knoblauch", ["1 margherita: no onions, no garlic"]),
    ("eine Margherita mit doppelt Käse", ["1 margherita: extra cheese"]),
    ("eine Margherita mit ein bisschen Knoblauch", ["1 margherita: light garlic"]),
    ("eine Salami mit wenig Käse und viel Zwiebeln", ["1 salami: light cheese, extra onions"]),
    ("eine Thunfisch, bitte keine Zwiebeln drauf", ["1 tuna: no onions"]),
    ("Kaffee mit einem Schuss Milch, kein Zucker", ["1 coffee: light milk, no sugar"]),
    ("einen Gemischten Salat mit Käse, aber ohne Oliven", ["1 salad: cheese, no olives"]),
    # Endings and spellings
    ("eine grosse Margherita", ["1 margherita: large"]),
    ("zwei kleine Margheritas", ["2 margherita: small"]),
    ("eine große Pizza Margherita mit Kaese", ["1 margherita: large, cheese"]),
    ("zwei gemischte Salate", ["2 salad"]),
    ("mit einem gemischten Salat und einer Cola", ["1 salad", "1 coke"]),
    ("zwei Coke", ["2 coke"]),
    ("2 Colas, 3 Biere, 2 Kaffees", ["2 coke", "3 beer", "2 coffee"]),
    ("eine Margherita in gross", ["1 margherita: large"]),
    # Compounds
    ("eine Salamipizza", ["1 salami"]),
    ("zwei Salamipizzen und eine Thunfischpizza", ["2 salami", "1 tuna"]),
    ("eine Zitronenlimo", ["1 lemonade"]),
    ("eine Colaflasche", ["1 coke"]),
    ("ein Flaschenbier", ["1 beer"]),
    # Small talk
    ("Hallo zusammen, heute mal eine Salami für mich und eine Margherita für meine Mama", ["1 salami", "1 margherita"]),
    ("wenn's geht noch ein Tiramisu", ["1 tiramisu"]),
    ("Wir sind heute zu dritt, also drei Margherita bitte", ["3 margherita"]),
    (
        "Habt ihr Lust, mir eine große Thunfisch zu machen? Dazu ein Bier. Danke euch, bis später!",
        ["1 tuna: large", "1 beer"],
    ),
    ("Meine Tochter mag gern eine kleine Margherita, mein Mann ein Bier", ["1 margherita: small", "1 beer"]),
    ("ich hab so Hunger, eine große Salami, schnell :)", ["1 salami: large"]),
    ("Ach ja, und noch einen Kaffee, das wär's dann, lieben Dank", ["1 coffee"]),
    ("zwei Bier für die Jungs, eine Cola für die Oma", ["2 beer", "1 coke"]),
    # Emoji beside their word, and instead of it
    ("zwei Bier 🍺🍺", ["2 beer"]),
    ("🍺🍺🍺 bitte", ["3 beer"]),
    ("eine Salami und ☕", ["1 salami", "1 coffee"]),
    ("2x 🍺 und eine Margherita 🍕", ["2 beer", "1 margherita"]),
]

REPORTED = [
    # Parts of what nobody can tell
    ("two margheritas and two salami, one of them large", ["2 margherita", "2 salami"], "one of them large"),
    ("2 margherita and 2 salami, extra cheese on one of them", ["2 margherita", "2 salami"], "cheese on one of them"),
    ("two margheritas and two salami, both large", ["2 margherita", "2 salami"], "both large"),
    ("a margherita with ham, the other without cheese", ["1 margherita: ham"], "the other without cheese"),
    ("zwei Margherita und zwei Salami, eine davon groß", ["2 margherita", "2 salami"], "eine davon groß"),
    ("two coffees, one black and one with sugar", ["1 coffee", "1 coffee: sugar"], "black"),
    ("zwei Kaffee, einen mit Milch, den anderen schwarz", ["1 coffee", "1 coffee: milk"], "schwarz"),
    # Goods that the menu does not have
    ("a margherita and a unicorn steak", ["1 margherita"], "unicorn steak"),
    ("a dragonburger for my mom and a coke", ["1 coke"], "dragonburger"),
    ("two cokes and some sushi", ["2 coke"], "sushi"),
    ("a margherita with pineapple", ["1 margherita"], "pineapple"),
    ("one of them large", [], "one of them large"),
    ("a few cokes", [], "a few cokes"),
    ("ein paar Cola", [], "ein paar Cola"),
    ("Margherita ohne alles", ["1 margherita"], "ohne alles"),
    ("a beer, one of them with ice", ["1 beer"], "one of them"),
    ("two beers, three of them cold", ["2 beer"], "three of them"),
    ("🍕", [], "🍕"),
    ("a coke and 🍕🍕", ["1 coke"], "🍕🍕"),
    ("a coke and a 🍣", ["1 coke"], "🍣"),
    ("eine Margherita und einen Brokkoliauflauf", ["1 margherita"], "Brokkoliauflauf"),
    ("eine Pilzpizza", [], "Pilzpizza"),
    ("eine Cola und ein Colabrötchen", ["1 coke"], "Colabrötchen"),
    ("eine Cola, zwei davon mit Zitrone", ["1 coke"], "zwei davon"),
    ("eine Margherita mit Ananas", ["1 margherita"], "Ananas"),
    ("zwei Cola für die Oma und ein Schnitzel", ["2 coke"], "Schnitzel"),
]


@pytest.mark.parametrize(("text", "lines"), [*ENGLISH, *GERMAN])
def test_an_order_as_people_talk_becomes_these_lines_and_nothing_is_reported(text, lines):
    assert order(text) == (sorted(lines), [])


@pytest.mark.parametrize(("text", "lines"), [case for case in (*ENGLISH, *GERMAN) if "beer" not in " ".join(case[1])])
def test_beside_an_open_draft_the_same_lines_are_added(text, lines):
    assert order(text, ReadLine("beer", 2)) == (sorted(lines), [])


@pytest.mark.parametrize(("text", "lines", "words"), REPORTED)
def test_what_has_no_certain_place_is_reported_beside_the_lines(text, lines, words):
    found, reported = order(text)

    assert found == sorted(lines)
    assert words in " ".join(reported)
