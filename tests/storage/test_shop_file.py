"""A shop file as its owner writes it, and the shop that comes of it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.menu import Choose, in_language
from core.shop import Approval, Fulfilment, Limits, Payer, ReturnPolicy
from core.states import Kind
from storage.shop_file import load_shop, parse_shop

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
TRATTORIA = Path(__file__).parents[2] / "examples" / "trattoria.yaml"

SMALLEST = """
shop: {name: Corner, currency: EUR, timezone: Europe/Rome}
catalogue: [{sku: tea, name: Tea, price: "2.00"}]
"""


def shop_of(text: str):
    return parse_shop(text.encode())


def with_catalogue(text: str):
    return shop_of("shop: {name: Corner, currency: EUR, timezone: Europe/Rome, languages: [en, de]}\n" + text)


def product_of(text: str):
    (product,) = with_catalogue(text).menu.products
    return product


@pytest.fixture(scope="module")
def trattoria():
    return load_shop(TRATTORIA)


def test_a_menu_alone_is_a_shop_that_is_always_open_and_offers_pickup():
    shop = shop_of(SMALLEST)

    assert shop.hours.closes(shop.hours.next_opening(NOON)) is None
    assert shop.fulfilment == Fulfilment()
    assert shop.fulfilment.kinds == (Kind.PICKUP,)
    assert shop.approval == Approval()
    assert shop.returns == ReturnPolicy(window_days=14, deadline_days=14, who_pays=Payer.CUSTOMER)
    assert shop.limits == Limits(quantity=99, lines=60)
    assert shop.languages == ("en",)
    assert shop.taxes_included


def test_the_example_shop_has_no_fault_and_no_missing_text(trattoria):
    assert trattoria.warnings == ()
    assert len(trattoria.menu.categories) == 6
    assert len(trattoria.menu.products) > 24


def test_a_large_margherita_costs_two_and_a_half_more(trattoria):
    margherita = trattoria.menu.by_sku["margherita"]

    assert margherita.price == 850
    assert margherita.by_group["size"].default == "medium"
    assert margherita.by_group["size"].by_value["large"].price == 250
    assert margherita.by_group["topping"].amounts


def test_each_product_of_the_example_speaks_both_languages(trattoria):
    honey = trattoria.menu.by_sku["honey"]

    assert in_language(honey.name, "en") == "Chestnut honey 400 g"
    assert in_language(honey.name, "de") == "Kastanienhonig 400 g"


def test_pizza_is_not_shipped_and_honey_is(trattoria):
    assert trattoria.kinds_for(["honey", "lagrein"]) == (Kind.PICKUP, Kind.DELIVERY, Kind.SHIPPING)
    assert trattoria.kinds_for(["honey", "margherita"]) == (Kind.PICKUP, Kind.DELIVERY)


def test_delivery_has_zones_with_their_fees_and_minimums_and_times_with_room(trattoria):
    delivery = trattoria.fulfilment.way(Kind.DELIVERY)

    assert [(zone.fee, zone.minimum, zone.minutes) for zone in delivery.areas] == [(250, 1500, 0), (450, 2500, 10)]
    assert delivery.areas[0].reaches(" 391 00")
    assert delivery.areas[1].reaches("39057")
    assert not any(zone.reaches("00100") for zone in delivery.areas)
    assert (delivery.slots.every, delivery.slots.capacity) == (15, 4)
    assert trattoria.fulfilment.way(Kind.PICKUP).slots is None


def test_one_dish_has_hours_and_a_number_a_day(trattoria):
    parmigiana = trattoria.menu.by_sku["parmigiana"]

    assert parmigiana.daily == 12
    assert parmigiana.hours is not None


def test_a_postcode_with_a_star_stands_for_all_that_begin_with_it():
    shop = with_catalogue("""
fulfilment: {delivery: {postcodes: ["SW1*", 401*]}}
catalogue: [{sku: a, name: A, price: 1}]
""")

    assert shop.fulfilment.way(Kind.DELIVERY).areas[0].reaches("sw1a 2aa")
    assert shop.fulfilment.way(Kind.DELIVERY).areas[0].reaches("40121")
    assert not shop.fulfilment.way(Kind.DELIVERY).areas[0].reaches("40221")


@pytest.mark.parametrize(
    "word", ["1_liter", "7.5_floz", "500_ml", "no", "007", "1e3", "12:30", "0x1F", "2026-01-01", "on"]
)
def test_a_bare_word_stays_the_text_that_was_written(word):
    product = product_of(f"catalogue: [{{sku: a, name: {word}, price: 1, options: [{{group: g, values: [{word}]}}]}}]")

    assert product.name == {"en": word}
    assert product.options[0].values[0].value == word


def test_a_value_without_a_name_is_called_by_its_code_without_underscores():
    product = product_of("""
catalogue: [{sku: a, name: A, price: 1, options: [{group: crust, values: [{value: thin_crust}]}]}]
""")

    assert product.options[0].values[0].name == {"en": "thin crust"}


def test_a_group_knows_how_many_may_be_chosen_and_how_many_are_free():
    group = product_of("""
catalogue:
  - sku: bowl
    name: Bowl
    price: "9.00"
    options: [{group: topping, choose: many, at_least: 1, at_most: 4, free: 2, amounts: yes, values: [rice, beans]}]
""").options[0]

    assert (group.choose, group.at_least, group.at_most, group.free) == (Choose.MANY, 1, 4, 2)
    assert group.amounts


def test_an_option_set_is_used_beside_a_products_own_groups():
    product = product_of("""
option_sets:
  sizes: [{group: size, default: small, values: [small, large]}]
catalogue:
  - {sku: a, name: A, price: 1, options: [{use: sizes}, {group: milk, values: [cow, oat]}]}
""")

    assert [group.group for group in product.options] == ["size", "milk"]


def test_categories_that_are_not_listed_come_as_the_products_name_them():
    menu = with_catalogue("""
catalogue:
  - {sku: a, name: A, price: 1, category: hot_drinks}
  - {sku: b, name: B, price: 1, category: cakes}
  - {sku: c, name: C, price: 1, category: hot_drinks}
""").menu

    assert [(category.key, category.name["en"]) for category in menu.categories] == [
        ("hot_drinks", "hot drinks"),
        ("cakes", "cakes"),
    ]


def test_a_product_may_leave_the_shop_in_other_ways_than_its_category():
    menu = with_catalogue("""
fulfilment: {pickup: {}, shipping: {fee: "4.90"}}
categories: [{category: cake, fulfilment: pickup}]
catalogue:
  - {sku: tart, name: Tart, price: 1, category: cake}
  - {sku: stollen, name: Stollen, price: 1, category: cake, fulfilment: [shipping, pickup]}
""").menu

    assert menu.by_sku["tart"].kinds == (Kind.PICKUP,)
    assert menu.by_sku["stollen"].kinds == (Kind.PICKUP, Kind.SHIPPING)


def test_a_text_that_misses_a_language_is_a_warning_with_its_line():
    shop = with_catalogue("catalogue:\n  - sku: a\n    name: {en: Honey}\n    price: 1")

    (warning,) = shop.warnings
    assert warning.line == 4
    assert warning.where == "catalogue[1].name"
    assert "no text in de" in warning.what


def test_one_text_for_all_languages_is_no_warning():
    assert with_catalogue("catalogue: [{sku: a, name: Margherita, price: 1}]").warnings == ()


def test_hours_name_days_and_ranges_and_those_left_out_are_closed():
    hours = with_catalogue("""
hours:
  Tuesday: ["11:30-14:30", "18:00-22:00"]
  fri-mon: 18:00-01:00
  wed: closed
  exceptions:
    2026-12-24: 10:00-13:00
    2027-01-01 to 2027-01-03: closed
catalogue: [{sku: a, name: A, price: 1}]
""").hours

    evening = "18:00-01:00"
    assert [" ".join(map(str, day)) for day in hours.week] == [
        evening,
        "11:30-14:30 18:00-22:00",
        "",
        "",
        evening,
        evening,
        evening,
    ]
    assert len(hours.exceptions) == 4


def test_exceptions_alone_close_a_shop_that_is_otherwise_always_open():
    hours = with_catalogue("hours: {exceptions: {2026-12-25: closed}}\ncatalogue: [{sku: a, name: A, price: 1}]").hours

    assert hours.closes(NOON).isoformat() == "2026-12-24T23:00:00+00:00"


def test_windows_line_ends_and_a_byte_order_mark_change_nothing():
    assert parse_shop(b"\xef\xbb\xbf" + SMALLEST.replace("\n", "\r\n").encode()) == shop_of(SMALLEST)


def test_the_returns_address_is_the_shops_where_none_is_given():
    assert shop_of(SMALLEST + "address: 1 Main Street").returns.address == "1 Main Street"
