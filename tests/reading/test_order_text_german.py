"""What customers write in German, and the lines it comes to."""

import pytest

from tests.reading.deli import lines, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("zwei Margherita, eine ohne Zwiebeln, und eine Cola", ["1 margherita", "1 margherita: no onions", "1 cola"]),
        ("1x Margherita groß mit extra Käse", ["1 margherita: large, extra cheese"]),
        ("ein halbes Dutzend Cola", ["6 cola"]),
        ("einmal Margherita mit viel Käse und wenig Knoblauch", ["1 margherita: extra cheese, light garlic"]),
        ("Guten Abend, ich hätte gerne 2 Tonno mit Pilzen. Vielen Dank!", ["2 tonno: mushrooms"]),
        ("eine große Margherita und zwei kleine Tonno", ["1 margherita: large", "2 tonno: small"]),
        ("eine margherita mit kaese, keine schwarzen oliven", ["1 margherita: cheese, no black_olives"]),
        ("eine Margherita mit roten Zwiebeln", ["1 margherita: red_onions"]),
        ("drei Vier Jahreszeiten", ["3 quattro_stagioni"]),
        ("zwei Gläser Waldhonig, eine Flasche Olivenöl", ["2 honey", "1 olive_oil"]),
        ("2 Pizzen, eine Margherita und eine Tonno", ["1 margherita", "1 tonno"]),
        ("Margherita 2x, Cola 3x", ["2 margherita", "3 cola"]),
        ("3 Margherita, davon eine mit Schinken", ["2 margherita", "1 margherita: ham"]),
        ("Ich nehme zwei Margheritas, beide groß", ["2 margherita: large"]),
        ("bitte nicht so viel Käse auf die Margherita", ["1 margherita: light cheese"]),
        ("Thunfisch mit Zwiebeln ohne Knoblauch", ["1 tonno: no garlic"]),
        ("5 Zitronenlimonaden", ["5 lemonade"]),
        ("zwölf Cola und einundzwanzig Tiramisu", ["12 cola", "21 tiramisu"]),
        ("2 l Cola", ["1 cola"]),
        ("Moin, einmal die Vier Jahreszeiten in groß", ["1 quattro_stagioni: large"]),
    ],
)
def test_an_order_in_german_becomes_these_lines(text, expected):
    assert lines(text, "de", "en") == expected


def test_polite_german_is_nothing_unread():
    assert read("Hallo, ich hätte gerne eine Cola, bitte, das wäre alles. Viele Grüße", "de").unread == ()


def test_unknown_german_words_are_said():
    assert read("eine Margherita und ein Brokkoliauflauf", "de", "en").unread == ("Brokkoliauflauf",)


@pytest.mark.parametrize("text", ["eine Million Cola", "null Cola", "eine halbe Margherita", "tausend Tiramisu"])
def test_odd_german_numbers_are_asked_about(text):
    reading = read(text, "de")

    assert reading.lines == ()
    assert len(reading.questions) == 1


def test_a_language_without_a_list_is_read_as_english():
    assert lines("two margheritas without onions", "xx") == ["2 margherita: no onions"]
