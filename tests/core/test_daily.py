"""Which day of business a line counts to, and what an order takes of it."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from core import daily
from core.documents import Line, Take
from core.hours import Hours, span
from core.menu import Menu, Product
from core.shop import Shop

ROME = ZoneInfo("Europe/Rome")
PIE, TEA = Product("pie", {"en": "Pie"}, 500, daily=5), Product("tea", {"en": "Tea"}, 200)
SHOP = Shop(
    name="Bakery",
    currency="EUR",
    timezone="Europe/Rome",
    languages=("en",),
    menu=Menu("EUR", ("en",), (PIE, TEA)),
    hours=Hours(ROME, ((span("18:00-02:00"),),) * 7),
)
TONIGHT = datetime(2026, 11, 20, 20, 0, tzinfo=ROME)
FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)


def line(sku: str, quantity: int, **more) -> Line:
    return Line(1, sku, {"en": sku}, quantity, 500, **more)


def test_only_what_is_limited_counts_to_a_day_and_after_midnight_to_the_evening_before():
    pie, tea = daily.dated((line("pie", 2), line("tea", 1)), SHOP, TONIGHT.replace(day=21, hour=1))

    assert (pie.day, tea.day) == (FRIDAY, None)
    assert daily.takes((), (pie, tea), SHOP) == (Take("pie", FRIDAY, 2, limit=5),)


def test_an_order_that_ends_gives_back_what_is_left_of_its_lines_without_asking_for_a_limit():
    lines = (line("pie", 3, cancelled=1, day=FRIDAY), line("pie", 2, day=SATURDAY), line("tea", 4))

    assert daily.takes(lines, (), SHOP) == (Take("pie", FRIDAY, -2), Take("pie", SATURDAY, -2))


def test_a_changed_order_takes_the_difference_alone_and_new_lines_get_their_day():
    before = (line("pie", 2, id=7, day=FRIDAY), line("tea", 1, id=8))
    wanted = (line("pie", 3, id=7), line("tea", 1, id=8), line("pie", 1))

    after = daily.changed(before, wanted, SHOP, TONIGHT)

    assert [each.day for each in after] == [FRIDAY, None, FRIDAY]
    assert daily.takes(before, after, SHOP) == (Take("pie", FRIDAY, 2, limit=5),)
    assert daily.takes(after, after, SHOP) == ()


def test_a_product_that_got_its_limit_later_does_not_count_for_orders_from_before():
    old = (line("pie", 2, id=7),)

    assert daily.changed(old, (replace(old[0], quantity=4),), SHOP, TONIGHT)[0].day is None
