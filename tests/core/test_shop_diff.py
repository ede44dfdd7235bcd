"""What a new shop file would change, told before it is applied."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from core.hours import Hours, span
from core.menu import Choose, Menu, OptionGroup, OptionValue, Product
from core.shop import Approval, Fulfilment, Shop, Way
from core.shop_diff import Did, Difference, menu_diff
from core.states import Kind

SIZES = OptionGroup("size", {"en": "size"}, Choose.ONE, (OptionValue("small", {"en": "small"}),))
TEA = Product("tea", {"en": "Tea"}, 200, options=(SIZES,))
CAKE = Product("cake", {"en": "Cake"}, 350, stock=4)


def shop_with(*products: Product) -> Shop:
    menu = Menu("EUR", ("en",), products)
    return Shop("Corner", "EUR", "Europe/Rome", ("en",), menu, Hours(ZoneInfo("Europe/Rome")))


SHOP = shop_with(TEA, CAKE)


def test_a_shop_does_not_differ_from_itself():
    assert menu_diff(SHOP, shop_with(TEA, CAKE)) == ()


def test_a_new_price_is_told_with_the_old_one():
    assert menu_diff(SHOP, shop_with(replace(TEA, price=250), CAKE)) == (
        Difference(Did.CHANGED, "catalogue.tea.price", "2.00", "2.50"),
    )


def test_products_that_go_and_come_are_told_in_one_line_each():
    jam = Product("jam", {"en": "Fig jam"}, 490)

    assert menu_diff(SHOP, shop_with(TEA, jam)) == (
        Difference(Did.REMOVED, "catalogue.cake", before="Cake 3.50 EUR"),
        Difference(Did.ADDED, "catalogue.jam", after="Fig jam 4.90 EUR"),
    )


def test_a_new_option_value_is_told_under_its_product():
    large = OptionValue("large", {"en": "large"}, ("big",), 150)
    bigger = replace(TEA, options=(replace(SIZES, values=(*SIZES.values, large)),))

    assert menu_diff(SHOP, shop_with(bigger, CAKE)) == (
        Difference(Did.ADDED, "catalogue.tea.options.size.values.large", after="en: large; 1.50; big"),
    )


def test_another_opening_count_of_a_known_product_changes_nothing():
    assert menu_diff(SHOP, shop_with(TEA, replace(CAKE, stock=9))) == ()


def test_settings_that_differ_are_told_by_their_keys():
    new = replace(
        SHOP,
        hours=Hours(SHOP.zone, ((), *SHOP.hours.week[1:])),
        approval=replace(Approval(), accept_minutes=(10, 20)),
        fulfilment=Fulfilment((Way(Kind.PICKUP), Way(Kind.DELIVERY, fee=250))),
        taxes_included=False,
    )

    assert {(each.where, each.before, each.after) for each in menu_diff(SHOP, new)} == {
        ("shop.taxes_included", "true", "false"),
        ("hours.monday", "00:00-24:00", "closed"),
        ("approval.accept_minutes", "15, 30, 45", "10, 20"),
        ("fulfilment.delivery.fee", "", "2.50"),
        ("fulfilment.delivery.minimum", "", "0.00"),
    }


def test_hours_past_midnight_are_told_as_they_are_written():
    late = replace(SHOP, hours=Hours(SHOP.zone, ((span("18:00-01:00"),), *SHOP.hours.week[1:])))

    assert menu_diff(SHOP, late)[0].after == "18:00-01:00"
