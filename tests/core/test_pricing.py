"""What a line costs: the product and its options, with what is included and what was not said."""

from hypothesis import given
from hypothesis import strategies as st

from core.menu import Amount, Choose, Chosen, OptionGroup, OptionValue, Product
from core.pricing import price_line

SIZE = OptionGroup(
    "size",
    {"en": "Size"},
    Choose.ONE,
    default="medium",
    values=(
        OptionValue("small", {"en": "small"}, price=-100),
        OptionValue("medium", {"en": "medium"}),
        OptionValue("large", {"en": "large"}, price=250),
    ),
)
TOPPING = OptionGroup(
    "topping",
    {"en": "Topping"},
    Choose.MANY,
    amounts=True,
    free=1,
    values=(
        OptionValue("mushrooms", {"en": "Mushrooms"}, price=100),
        OptionValue("olives", {"en": "Olives"}, price=50),
        OptionValue("chili", {"en": "Chili"}),
    ),
)
PIZZA = Product("pizza", {"en": "Pizza"}, 850, options=(SIZE, TOPPING), stock=3)

values = st.sampled_from([(group.group, one.value) for group in (SIZE, TOPPING) for one in group.values])
choices = st.lists(
    st.builds(lambda at, amount: Chosen(at[0], at[1], amount), values, st.sampled_from(Amount)), max_size=4
)


def price(*options: Chosen, quantity: int = 1) -> int:
    return price_line(PIZZA, quantity, options, "", 1).total


def test_the_plain_product():
    assert price() == 850
    assert price(quantity=3) == 2550


def test_an_option_adds_its_price_and_a_smaller_size_takes_off():
    assert price(Chosen("size", "large")) == 1100
    assert price(Chosen("size", "small")) == 750


def test_the_cheapest_of_a_group_with_a_free_choice_is_included():
    assert price(Chosen("topping", "mushrooms")) == 850
    assert price(Chosen("topping", "mushrooms"), Chosen("topping", "olives")) == 950


def test_what_is_left_off_costs_nothing_and_is_no_free_choice():
    assert price(Chosen("topping", "olives", Amount.NONE)) == 850
    assert price(Chosen("topping", "olives", Amount.NONE), Chosen("topping", "mushrooms")) == 850


def test_two_helpings_cost_twice():
    line = price_line(PIZZA, 1, (Chosen("topping", "mushrooms", count=2), Chosen("topping", "olives")), "", 1)

    assert [option.price for option in line.options] == [200, 50]
    assert line.unit_price == 1050


def test_where_one_must_be_chosen_the_default_counts_with_its_price():
    dear = OptionGroup("size", {"en": "Size"}, Choose.ONE, values=SIZE.values, default="large")
    cake = Product("cake", {"en": "Cake"}, 400, options=(dear,))

    assert price_line(cake, 1, (), "", 1).total == 650
    assert price_line(cake, 1, (Chosen("size", "medium"),), "", 1).total == 400


def test_a_line_remembers_the_names_of_its_moment_and_whether_it_is_counted():
    line = price_line(PIZZA, 2, (Chosen("size", "large"),), "two large", 4)

    assert (line.name, line.options[0].name, line.words, line.position) == (
        {"en": "Pizza"},
        {"en": "large"},
        "two large",
        4,
    )
    assert line.counted


@given(choices, st.integers(1, 99))
def test_a_line_costs_its_quantity_times_one_and_never_less_than_the_smallest(options, quantity):
    line = price_line(PIZZA, quantity, options, "", 1)

    assert line.total == line.unit_price * quantity
    assert line.unit_price <= PIZZA.price + sum(max(0, option.price) for option in line.options)
