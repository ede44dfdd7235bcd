"""A pizza of two halves costs what the shop file says, to the last cent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.menu import Choose, Chosen, Halves, HalvesPrice, OptionGroup, OptionValue, Product
from core.pricing import price_line

PRICES = {"margherita": 850, "tirolese": 1151}


def groups():
    values = tuple(OptionValue(sku, {"en": f"½ {sku}"}, price=price) for sku, price in PRICES.items())
    first, second = (OptionGroup(key, {"en": key}, Choose.ONE, values, at_least=1) for key in ("first", "second"))
    return first, second


def line(rule, *halves, quantity=1, extra=()):
    size = OptionGroup("size", {}, Choose.ONE, (OptionValue("large", {}, price=250),))
    duetto = Product("duetto", {"en": "Duetto"}, 50, halves=Halves(groups(), rule), options=(size,))
    chosen = (Chosen(name, sku) for name, sku in zip(("first", "second"), halves, strict=False))
    return price_line(duetto, quantity, (*extra, *chosen), "", 1)


@pytest.mark.parametrize(
    ("rule", "price"), [(HalvesPrice.HIGHEST, 1151), (HalvesPrice.AVERAGE, 1001), (HalvesPrice.EACH, 425 + 576)]
)
def test_two_halves_cost_by_the_rule_and_their_own_price_comes_on_top(rule, price):
    assert line(rule, "margherita", "tirolese").unit_price == 50 + price


def test_options_of_the_whole_are_added():
    large = (Chosen("size", "large"),)

    assert line(HalvesPrice.HIGHEST, "margherita", "margherita", quantity=2, extra=large).total == 2 * (50 + 850 + 250)


def test_one_half_alone_costs_nothing_yet():
    assert line(HalvesPrice.HIGHEST, "tirolese").unit_price == 50


def test_the_halves_stand_on_the_line_with_their_shares():
    options = line(HalvesPrice.HIGHEST, "margherita", "tirolese").options

    assert [(option.name["en"], option.price) for option in options] == [("½ margherita", 576), ("½ tirolese", 575)]


@given(st.sampled_from(HalvesPrice), st.integers(0, 10**6), st.integers(0, 10**6))
def test_the_shares_are_whole_and_lie_between_the_cheaper_and_the_dearer(rule, first, second):
    both = sum(Halves(groups(), rule).shares(first, second))

    assert min(first, second) <= both <= max(first, second) + 1
