"""Messages that nobody should write, and some do."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.menu import Menu, Product
from handlers.reading.menu_compiling import compile_menu
from handlers.reading.order_text import page_of, read_order
from tests.reading.deli import DELI, MENU, in_words, lines, read

WORDS = [
    *("2", "0", "-1", "one", "two", "a", "the", "half", "dozen", "million", "x", "3.5", "2-3", "½", "1.", "2)", "each"),
    *("no", "without", "not", "hold", "extra", "light", "more", "with", "and", "or", "but", "all", "both", "rest"),
    *("large", "small", "margherita", "salami", "pizza", "water", "olives", "onions", "black", "cheese", "honey"),
    *("coke", "pesto", "sticks", "side", "of", "on", "other", "total", "that's", "can", "please", "unobtainium"),
    *(",", ".", "\n", ":", "(", ")", "/", "!", "🍕", "é", "ß"),
]


@pytest.mark.parametrize(
    "text",
    [
        "0 margherita",
        "-3 margherita",
        "999999999 margherita",
        "9" * 5000 + " margherita",
        "a million margherita",
        "1.5 margherita",
        "½ margherita",
        "1/2 margherita",
        "half a margherita",
        "2-3 margherita",
        "margherita x 0",
    ],
)
def test_a_quantity_that_no_line_can_take_is_asked_about_and_never_guessed(text):
    reading = read(text)

    assert reading.lines == ()
    assert [question.likely for question in reading.questions] == [("margherita",)]


def test_ten_thousand_emoji_are_one_question():
    reading = read("🍕" * 10_000)

    assert (reading.lines, reading.unread) == ((), ())
    assert [question.about for question in reading.questions] == ["🍕" * 20]


def test_ten_thousand_faces_are_nothing_to_read():
    reading = read("😀👍" * 5_000)

    assert (reading.lines, reading.unread, reading.questions) == ((), (), ())


def test_two_hundred_lines_are_two_hundred_lines():
    assert lines("\n".join(["2 margherita with ham no onions"] * 200)) == ["2 margherita: ham, no onions"] * 200


def test_markup_orders_nothing_and_breaks_nothing():
    reading = read("<b>2 margherita</b><script>alert('coke')</script>")

    assert [(line.quantity, line.sku) for line in reading.lines] == [(2, "margherita"), (1, "cola")]
    assert "script" in " ".join(reading.unread)


@pytest.mark.parametrize("text", ["", " ", "\n\n", ",,,", "...", "\x00", "\u200b", "1", "a", "no", "extra", "with"])
def test_next_to_nothing_is_no_order(text):
    assert read(text).lines == ()


def test_a_text_in_composed_and_in_separate_accents_reads_the_same():
    text = "Tiramisù with jalapeños"

    assert read(unicodedata.normalize("NFD", text)) == read(unicodedata.normalize("NFC", text))


def test_a_letter_that_is_nothing_without_its_accent_is_unread():
    assert read("ﾞ and 2 margherita").unread == ("ﾞ",)
    assert lines("ﾞ and 2 margherita") == ["2 margherita"]


def test_a_menu_without_products_leaves_all_words_unread():
    assert read_order("two cokes", compile_menu(Menu("EUR", ("en",), ()))).unread == ("two cokes",)


def test_a_product_called_like_a_word_of_the_language_is_found_by_its_name():
    products = tuple(Product(name, {"en": name}, 100) for name in ("extra", "no", "two"))
    menu = compile_menu(Menu("EUR", ("en",), products))

    assert [line.sku for line in read_order("extra", menu).lines] == ["extra"]


def test_a_word_for_many_goods_behind_one_of_them_is_no_second_product():
    juices = (
        Product("apple", {"en": "Apple Juice"}, 100, "drinks", ("juice",)),
        Product("pear", {"en": "Pear Juice"}, 100, "drinks"),
        Product("multi", {"en": "Multivitamin"}, 100, "drinks"),
    )
    menu = compile_menu(Menu("EUR", ("en",), juices))

    assert [line.sku for line in read_order("a multivitamin juice and a juice", menu).lines] == ["multi", "apple"]


@pytest.mark.parametrize(
    ("text", "expected", "unread"),
    [
        ("large, without onions please", ["large", "no onions"], ()),
        ("extra cheese and garlic", ["extra cheese", "garlic"], ()),
        ("with pineapple", [], ("pineapple",)),
        ("no extra cheese", ["extra cheese x0"], ()),
        ("a large one", ["large"], ()),
    ],
)
def test_options_are_read_for_a_product_that_is_known(text, expected, unread):
    options, left = page_of(text, DELI, ("en",)).options(MENU.by_sku["margherita"])

    assert [in_words(option) for option in options] == expected
    assert left == unread


@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)))
def test_whatever_is_written_the_answer_is_sound(text):
    reading = read(text, "en", "de")
    composed = unicodedata.normalize("NFC", text)

    for line in reading.lines:
        groups = MENU.by_sku[line.sku].by_group
        assert line.quantity >= 1
        assert line.words in composed
        assert all(option.value in groups[option.group].by_value and option.count >= 0 for option in line.options)
        assert len({(option.group, option.value) for option in line.options}) == len(line.options)
    assert all(words in composed for words in reading.unread)
    assert all(question.about in composed for question in reading.questions)
    assert all(sku in MENU.by_sku for question in reading.questions for sku in question.likely)
