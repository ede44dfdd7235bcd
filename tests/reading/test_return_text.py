"""Returns in plain words."""

import pytest

from handlers.reading.return_text import read_return
from handlers.reading.understood import Intent, ReturnReason


def wish(text, trattoria):
    return read_return(text, trattoria, ("en", "de"))


@pytest.mark.parametrize(
    ("text", "sku", "reason"),
    [
        ("I'd like to send back the olive oil of order 1042, the bottle is cracked", "oil", ReturnReason.DAMAGED),
        ("the espresso cup from order 1042 arrived in pieces", "cup", ReturnReason.DAMAGED),
        ("Das Olivenöl aus Bestellung 1042 ist ausgelaufen", "oil", ReturnReason.DAMAGED),
        ("order #1042: you delivered the wrong wine", "wine", ReturnReason.WRONG_ITEM),
        ("In Bestellung 1042 war der falsche Wein", "wine", ReturnReason.WRONG_ITEM),
        ("the wine of order 1042 is missing", "wine", ReturnReason.MISSING),
        ("bei 1042 fehlt die Espressotasse, ich möchte das reklamieren", "cup", ReturnReason.MISSING),
        ("the lasagne was cold and stale", "lasagne", ReturnReason.QUALITY),
        ("Die Lasagne war verdorben", "lasagne", ReturnReason.QUALITY),
        ("refund for the wine please, order 1042 came much too late", "wine", ReturnReason.LATE),
        ("I want to return the cup from #1042, I don't like it", "cup", ReturnReason.CHANGED_MIND),
        ("I want to return the wine of order 1042, it doesn't taste good to us", "wine", ReturnReason.CHANGED_MIND),
        ("den Wein aus 1042 möchte ich zurückgeben, er schmeckt mir leider nicht", "wine", ReturnReason.CHANGED_MIND),
        ("den Wein aus 1042 zurückgeben, er schmeckt nach Essig", "wine", ReturnReason.QUALITY),
        ("I want to return the cup of order 1042", "cup", ReturnReason.OTHER),
    ],
)
def test_a_return_says_what_goes_back_and_why(trattoria, text, sku, reason):
    read = wish(text, trattoria)

    assert read is not None
    assert ([item.sku for item in read.items], read.reason) == ([sku], reason)


@pytest.mark.parametrize(
    "text",
    [
        "two lasagne please",
        "can I get the lasagne cold?",
        "the doorbell is broken",
        "where is order 1042?",
        "cancel order 1042",
        "",
    ],
)
def test_other_messages_want_no_return(trattoria, text):
    assert wish(text, trattoria) is None


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("two of the espresso cups from order 1042 are broken", 2),
        ("the espresso cup of order 1042 is broken", 1),
        ("I return the lemonade (3 bottles) of #1042", 3),
        ("the lemonades of order 1042 were bad", None),
    ],
)
def test_a_quantity_that_was_not_said_is_none(trattoria, text, quantity):
    read = wish(text, trattoria)

    assert read is not None
    assert [item.quantity for item in read.items] == [quantity]


def test_a_return_carries_the_number_of_its_order(read):
    understood = read("Der Wein aus 1042 war kaputt")

    assert (understood.intent, understood.order_number) == (Intent.RETURN, 1042)
    assert (understood.edits, understood.reading.lines) == ((), ())


def test_a_swap_in_the_open_draft_is_no_return(read):
    assert read("exchange the lemonade for a wine", ("lemonade", 1)).returns is None
