"""Learned words in the reader: what may be learned, and that nothing known is read otherwise by it."""

import pytest

from core.learning import LearnedWord, Meant, WordState
from core.menu import Menu
from handlers.reading.learned import Fault, bare, fault_of, learned_key, taught
from handlers.reading.menu_compiling import compile_menu
from handlers.reading.menu_match import CompiledMenu
from handlers.reading.order_text import read_order
from tests.reading.phrase_sets import TRATTORIA, menu_of, rows

MENU = menu_of(TRATTORIA)
LANGUAGES = ("en", "de")


def word(words: str, sku: str = "", group: str = "", value: str = "") -> LearnedWord:
    return LearnedWord(1, words, learned_key(words), Meant(sku, group, value), WordState.ACTIVE)


def skus(text: str, menu: CompiledMenu) -> list[tuple[str, int]]:
    reading = read_order(text, menu, LANGUAGES)
    return [(line.sku, line.quantity) for line in reading.lines if not reading.unread and not reading.questions]


@pytest.mark.parametrize(
    "words", ["marghi", "Volcano", "vino rosso", "cima rossa", "Käsekönig", "nonna's", "شاورما", "пицца"]
)
def test_words_that_nobody_knows_may_be_learned(words):
    assert fault_of(words, MENU, LANGUAGES) is None


@pytest.mark.parametrize(
    "words",
    [
        *(
            "large",
            "big",
            "groß",
            "Margherita",
            "margaritas",
            "margerita",
            "pizza",
            "water",
            "onions",
            "cola",
            "quattro",
        ),
        *(
            "no",
            "nicht",
            "ohne",
            "without",
            "please",
            "bitte",
            "hello",
            "hallo",
            "thanks",
            "two",
            "zwei",
            "half",
            "dozen",
        ),
        *("tomorrow", "morgen", "cash", "delivery", "street", "vegan", "the cheapest", "more", "everything", "mit"),
        *("large volcano", "volcano without", "the volcano", "zwei Nockerl", "marghi pizza", "di bosco"),
    ],
)
def test_what_is_known_is_not_learned(words):
    assert fault_of(words, MENU, LANGUAGES) is Fault.KNOWN


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "12",
        "7up",
        "no. 4",
        "🍕",
        "marghi 🍕",
        "<b>marghi</b>",
        "marghi, fizz",
        "a\u202egrenb",
        "mar\u200bghi",
        "x",
        "½",
        "marghi\nfizz",
    ],
)
def test_what_is_no_plain_word_is_not_learned(words):
    assert fault_of(words, MENU, LANGUAGES) in {Fault.ODD, Fault.KNOWN}


@pytest.mark.parametrize("words", ["mar" * 14, "uno dos vino tres rosso", "a" * 100_000])
def test_what_is_too_long_is_not_learned(words):
    assert fault_of(words, MENU, LANGUAGES) is Fault.LONG


def test_a_word_is_learned_without_what_stands_around_it():
    assert bare("2 marghis, please", LANGUAGES) == "marghis"
    assert bare("three of the vino rosso", LANGUAGES) == "vino rosso"
    assert bare("2 please", LANGUAGES) == ""


def test_a_learned_word_is_read_like_a_name_in_singular_and_plural():
    menu = taught(MENU, [word("volcano", "diavola"), word("marghis", "margherita"), word("vino rosso", "lagrein")])

    assert skus("a volcano and two marghis", menu) == [("diavola", 1), ("margherita", 2)]
    assert skus("3 volcanos, one marghi, a bottle of Vino Rosso", menu) == [
        ("diavola", 3),
        ("margherita", 1),
        ("lagrein", 1),
    ]


def test_a_learned_word_is_known_from_then_on():
    menu = taught(MENU, [word("volcano", "diavola")])

    assert fault_of("volcano", menu, LANGUAGES) is Fault.KNOWN
    assert fault_of("Volcanos", menu, LANGUAGES) is Fault.KNOWN


def test_words_that_are_taken_back_are_gone():
    menu = taught(taught(MENU, [word("volcano", "diavola")]), [word("fizz", "aranciata")])

    assert skus("a fizz", menu) == [("aranciata", 1)]
    assert skus("a volcano", menu) == []
    assert taught(menu, []).names == MENU.names


def test_words_for_what_is_not_on_the_menu_sleep_until_it_is():
    shorter = Menu(
        MENU.menu.currency,
        MENU.menu.languages,
        tuple(product for product in MENU.menu.products if product.sku != "diavola"),
        MENU.menu.categories,
    )
    learned = [word("volcano", "diavola"), word("cipolle", group="toping", value="onions")]

    assert taught(compile_menu(shorter), learned).learned == frozenset()
    assert skus("a volcano", taught(MENU, learned)) == [("diavola", 1)]


def test_a_word_that_the_menu_came_to_name_itself_means_what_the_menu_says():
    menu = taught(MENU, [word("caprese", "diavola"), word("quattro", "diavola"), word("pizza", "diavola")])

    assert menu.names == MENU.names


@pytest.mark.parametrize("name", ["chat_en", "chat_de"])
def test_whatever_was_learned_all_that_was_read_before_is_read_as_before(name):
    learned = [
        word(written, "diavola" if place % 2 else "", "" if place % 2 else "topping", "" if place % 2 else "onions")
        for place, written in enumerate(
            ["volcano", "marghi", "fizz", "spezi", "nockerl", "carbo", "tira", "cipolle", "trico", "paradeiser"]
        )
    ]
    menu = taught(MENU, learned)

    for _, text, _ in rows(name):
        if not set(map(learned_key, text.split())) & {one.key for one in learned}:
            assert read_order(text, menu, LANGUAGES) == read_order(text, MENU, LANGUAGES), text
