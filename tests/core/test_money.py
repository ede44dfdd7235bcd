"""Money is counted in whole minor units; what is not exactly money is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import money

MINOR = st.integers(min_value=-(10**12), max_value=10**12)


@given(MINOR, st.sampled_from(sorted(money.CURRENCIES)))
def test_what_is_written_plainly_is_read_back_the_same(minor, currency):
    assert money.parse(money.plain(minor, currency), currency) == minor


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("8.50", "EUR", 850),
        ("8.5", "EUR", 850),
        ("8", "EUR", 800),
        (" 8.50 ", "EUR", 850),
        ("8.5000", "EUR", 850),
        ("-1.00", "EUR", -100),
        ("-0.05", "EUR", -5),
        ("+2", "EUR", 200),
        ("1200", "JPY", 1200),
        ("1200.00", "JPY", 1200),
        ("1.250", "KWD", 1250),
    ],
)
def test_an_amount_is_read_to_the_last_digit(text, currency, minor):
    assert money.parse(text, currency) == minor


@pytest.mark.parametrize(
    "text",
    ["", "8,50", "8.505", "1e3", "1_000", "٣", "NaN", "Infinity", "-", ".5", "5.", "€8", "8 50", "0x10", "9" * 16],
)
def test_what_is_no_exact_amount_is_refused(text):
    with pytest.raises(ValueError, match=r"is not an amount of money|more digits than EUR has"):
        money.parse(text, "EUR")


@pytest.mark.parametrize(("currency", "text"), [("EUR", "8.50"), ("JPY", "850"), ("BHD", "0.850")])
def test_each_currency_shows_its_own_number_of_digits(currency, text):
    assert money.plain(850, currency) == text


def test_no_currency_has_two_numbers_of_digits():
    assert not money.NO_DECIMALS & money.THREE_DECIMALS
    assert not money.TWO_DECIMALS & (money.NO_DECIMALS | money.THREE_DECIMALS)
