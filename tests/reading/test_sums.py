"""What a customer worked out beside the goods: prices, a total, how many they are."""

import pytest


def lines(understood):
    return [(line.sku, line.quantity) for line in understood.reading.lines]


@pytest.mark.parametrize(
    "text",
    [
        "2 lasagne @ 11.50 = 23.00\n1 wine @ 6.00\nTotal 29.00",
        "2 x lasagne @ €11.50 = €23.00\n1 x wine @ 6.00 EUR\nTotal: 29.00 EUR",
    ],
)
def test_prices_that_are_right_ask_for_nothing(read, text):
    understood = read(text)
    assert lines(understood) == [("lasagne", 2), ("wine", 1)]
    assert not understood.reading.unread


@pytest.mark.parametrize(
    "text", ["2 lasagne @ 9.50 = 19.00", "2 lasagne @ 11.50 = 25.00", "2 lasagne @ 11.50 = 23.00\nTotal 30.00"]
)
def test_a_price_or_a_sum_that_is_wrong_is_reported(read, text):
    understood = read(text)
    assert lines(understood) == [("lasagne", 2)]
    assert understood.reading.unread


def test_how_many_they_are_in_all_is_asked_about_only_where_it_is_wrong(read):
    assert not read("2 lasagne, 1 gnocchi and a wine = 3 pasta").reading.questions
    assert read("2 lasagne, 1 gnocchi and a wine = 4 pasta").reading.questions


def test_two_that_somebody_would_take_if_something_is_so_are_not_ordered(read):
    understood = read("A lasagne please. If it is under 15.50 euros I'd take two.")
    assert lines(understood) == [("lasagne", 1)]
    assert understood.asides == ("If it is under 15.50 euros I'd take two.",)


def test_what_can_be_something_else_instead_takes_its_place(read):
    assert lines(read("3 wines. PS: one wine can be a lemonade instead.")) == [("wine", 2), ("lemonade", 1)]
    assert lines(read("3 Wein. Ein Wein kann auch eine Limonade sein.")) == [("wine", 2), ("lemonade", 1)]


def test_the_same_address_is_no_second_helping(read):
    assert lines(read("1 lasagne und 2 Wein an dieselbe Adresse")) == [("lasagne", 1), ("wine", 2)]
