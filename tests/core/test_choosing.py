"""What may be chosen of a dish: limits, defaults, amounts; the same tap twice is the same as once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import choosing
from core.errors import TooFewOptions, TooManyOptions
from core.menu import Amount, Choose, Chosen, OptionGroup, OptionValue, Product
from core.pricing import price_line


def group(key, *values, **rules):
    return OptionGroup(
        key, {"en": key}, values=tuple(OptionValue(each, {"en": each}, price=100) for each in values), **rules
    )


SIZE = group("size", "small", "large", choose=Choose.ONE, default="small")
SIDE = group("side", "rice", "chips", choose=Choose.ONE, at_least=1)
TOPPING = group("topping", "ham", "olives", "rocket", choose=Choose.MANY, amounts=True, at_most=2)
SAUCE = group("sauce", "hot", "mild", "sweet", choose=Choose.MANY, at_least=2)
DISH = Product("dish", {"en": "Dish"}, 500, options=(SIZE, SIDE, TOPPING, SAUCE))
GROUPS = st.sampled_from(DISH.options)


def chosen(*pairs):
    return tuple(Chosen(each.group, value) for each, value in pairs)


def test_of_a_group_of_one_the_new_value_takes_the_place_of_the_old():
    assert choosing.choose(chosen((SIDE, "rice")), SIDE, "chips", Amount.REGULAR) == chosen((SIDE, "chips"))


def test_the_default_goes_without_saying():
    assert choosing.choose(chosen((SIZE, "large")), SIZE, "small", Amount.REGULAR) == ()
    assert choosing.is_chosen((), SIZE, "small")
    assert not choosing.is_chosen(chosen((SIZE, "large")), SIZE, "small")


def test_more_than_a_group_takes_is_refused():
    full = chosen((TOPPING, "ham"), (TOPPING, "olives"))

    with pytest.raises(TooManyOptions) as refusal:
        choosing.choose(full, TOPPING, "rocket", Amount.REGULAR)
    assert refusal.value.most == 2


def test_what_is_left_out_takes_no_room():
    without = choosing.choose(chosen((TOPPING, "ham"), (TOPPING, "olives")), TOPPING, "rocket", Amount.NONE)

    assert choosing.taken(without, TOPPING) == chosen((TOPPING, "ham"), (TOPPING, "olives"))


def test_repeated_taps_go_round_all_amounts():
    options: tuple[Chosen, ...] = ()
    seen = []
    for _ in choosing.CYCLE:
        amount = choosing.next_amount(options, TOPPING, "ham")
        options = choosing.choose(options, TOPPING, "ham", amount)
        seen.append(amount)

    assert seen == [Amount.REGULAR, Amount.EXTRA, Amount.LIGHT, Amount.NONE, None]


def test_a_group_without_amounts_knows_only_yes_and_no():
    assert choosing.choose((), SAUCE, "hot", Amount.EXTRA) == chosen((SAUCE, "hot"))


def test_what_must_be_chosen_is_asked_for_in_order():
    assert choosing.lacks(DISH, ()) == (SIDE, SAUCE)
    with pytest.raises(TooFewOptions) as refusal:
        choosing.check_complete(DISH, chosen((SIDE, "rice"), (SAUCE, "hot")))
    assert refusal.value.least == 2


def test_options_that_left_the_menu_are_forgotten():
    old = (*chosen((SIDE, "rice")), Chosen("side", "salad"), Chosen("topping_of_old", "ham"))

    assert choosing.known(DISH, old) == chosen((SIDE, "rice"))


@st.composite
def taps(draw):
    each = draw(GROUPS)
    return each, draw(st.sampled_from(each.values)).value, draw(st.sampled_from([None, *Amount]))


@given(st.lists(taps(), max_size=30))
def test_no_row_of_taps_breaks_a_limit(row):
    options: tuple[Chosen, ...] = ()
    for each, value, amount in row:
        try:
            options = choosing.choose(options, each, value, amount)
        except TooManyOptions:
            continue
        try:
            assert choosing.choose(options, each, value, amount) == options or set(
                choosing.choose(options, each, value, amount)
            ) == set(options)
        except TooManyOptions:
            pytest.fail("the same tap again must be nothing new")
    for each in DISH.options:
        most = 1 if each.choose is Choose.ONE else each.at_most
        assert most is None or len(choosing.taken(options, each)) <= most
    assert price_line(DISH, 1, options, "", 1).unit_price >= 500
    assert len({(each.group, each.value) for each in options}) == len(options)
