"""What is refused, and what the menu has in its place: "without gluten" is a gluten-free base."""

import pytest

from handlers.reading.name_parts import absent_from
from tests.reading.phrase_sets import HERE, applied, as_counted, expected_lines, line_of, understood

READ_IN = {language: tuple(dict.fromkeys((language, "en", "de"))) for language in ("en", "de", "es", "fr", "it")}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a margherita without gluten"),
        ("en", "a margherita, no gluten"),
        ("en", "no gluten for me please, one margherita"),
        ("de", "eine Margherita ohne Gluten"),
        ("es", "una margherita sin gluten"),
        ("fr", "une margherita sans gluten"),
        ("it", "una margherita senza glutine"),
    ],
)
def test_who_orders_without_gluten_has_what_is_free_of_it(language, text):
    found = understood(text, READ_IN[language]).reading

    assert as_counted(found.lines) == expected_lines(["1 margherita: gluten_free"])
    assert not found.unread


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "no gluten please"),
        ("en", "the margherita without gluten"),
        ("de", "ohne Gluten bitte"),
        ("es", "sin gluten porfa"),
        ("fr", "sans gluten svp"),
        ("it", "senza glutine per favore"),
    ],
)
def test_a_draft_without_gluten_has_it_too(language, text):
    draft = (line_of("1 margherita"),)
    found = understood(text, READ_IN[language], draft)

    assert as_counted(applied(draft, found.edits)) == expected_lines(["1 margherita: gluten_free"])


def test_with_gluten_is_no_wish_for_what_is_free_of_it():
    found = understood("a margherita with gluten", READ_IN["en"]).reading

    assert as_counted(found.lines) == expected_lines(["1 margherita"])
    assert found.unread == ("gluten",)


def test_other_things_are_refused_beside_it():
    found = understood("a margherita without gluten or onions", READ_IN["en"]).reading

    assert as_counted(found.lines) == expected_lines(["1 margherita: gluten_free, no onions"])


def test_goods_that_have_nothing_in_its_place_keep_it_and_it_is_said():
    found = understood("one carbonara, no gluten", READ_IN["en"]).reading

    assert as_counted(found.lines) == expected_lines(["1 carbonara"])
    assert "gluten" in found.unread[0]


@pytest.mark.parametrize(
    ("name", "absent"),
    [
        (["gluten", "free", "base"], ("gluten", "glutine")),
        (["glutenfreier", "boden"], ("gluten", "glutine")),
        (["base", "senza", "glutine"], ("gluten", "glutine")),
        (["sugar", "free"], ("sugar", "zucker", "azucar", "sucre", "zucchero")),
        (["salt", "free"], ("salt",)),
        (["without", "dressing"], ()),
        (["free", "range", "egg"], ()),
    ],
)
def test_a_name_says_what_the_thing_is_without(name, absent):
    assert absent_from(name) == absent


PUB = HERE / "menus" / "pub.yaml"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a large lemonade without sugar, and a lemonade", ["1 sf_lemonade: large", "1 lemonade"]),
        ("two lemonades, small, with no sugar", ["2 sf_lemonade: small"]),
        ("no sugar lemonade please", ["1 sf_lemonade"]),
        ("a lager without alcohol and chips", ["1 af_lager", "1 chips"]),
        ("two sugar free lemonades and a lager", ["2 sf_lemonade", "1 lager"]),
    ],
)
def test_goods_without_something_are_those_that_are_free_of_it(text, expected):
    reading = understood(text, ("en", "de"), shop=PUB).reading

    assert as_counted(reading.lines) == expected_lines(expected, PUB)
    assert not reading.unread


def test_where_none_are_free_of_it_that_is_said():
    reading = understood("a coffee without sugar", ("en", "de"), shop=PUB).reading

    assert as_counted(reading.lines) == expected_lines(["1 coffee"], PUB)
    assert reading.unread
