"""Talk about people between the goods is nothing unread, and what looks like goods is never talk."""

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "Hello dear Trattoria, my husband and I would like one lasagne, if possible at 19:30",
        "Liebe Trattoria Bea,\neine Lasagne bitte",
        "One lasagne. Call me on 0471 998877 if needed.",
        "one lasagne for my uncle who is fussy",
        "one lasagne for my uncle who is fussy and a wine",
        "one lasagne please, my sister recommended you",
        "one lasagne because we are starving",
        "one lasagne. We moved here from Padova",
        "That was someone else. I want one lasagne.",
        "eine Lasagne für meinen Onkel, der sehr heikel ist, und einen Wein",
        "eine Lasagne, weil wir hungrig sind",
        "eine Lasagne, falls nötig mit Kapern",
    ],
)
def test_talk_is_nothing_unread(read, text):
    understood = read(text)

    assert understood.reading.lines[0].sku == "lasagne"
    assert understood.reading.unread == ()


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("one lasagne for my uncle who is fussy and a griffin", "griffin"),
        ("one lasagne and griffin eggs", "griffin eggs"),
        ("one lasagne, my order is also griffins", "griffins"),
        ("one lasagne if you have no griffins", "no griffins"),
        ("one lasagne, my uncle wants griffins", "griffins"),
        ("eine Lasagne und ein Greif", "Greif"),
    ],
)
def test_what_looks_like_goods_is_said(read, text, unread):
    assert unread in read(text).reading.unread


def test_a_clause_about_goods_is_read_and_not_left_out(read):
    lines = read("a lasagne which is large, and three griffins because we are many").reading.lines

    assert [option.value for line in lines for option in line.options] == ["large"]


def test_a_name_may_be_explained_behind_it(read):
    understood = read("Eine Lasagne bitte. Ida Vogel. Das ist mein Name.")

    assert (understood.wishes.name, understood.reading.unread) == ("Ida Vogel", ())
