"""An order that waits for its answer: reminders once each, whatever the staff does and takes back meanwhile."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.menu import Menu
from tests.desk import DeskForTests
from tests.people import PEOPLE

ANNA, BEA = PEOPLE["staff"], PEOPLE["bea"]
MINUTE = timedelta(minutes=1)


async def place(desk: DeskForTests, words: str = "2 margherita, pickup") -> None:
    await desk.say(BEA, words)
    await desk.press(BEA, "Place order")


async def rules(desk: DeskForTests) -> list[str]:
    """What the clock's ticks since the last look came to."""
    done = [one.rule for one in desk.handled if one.rule.startswith("tick_")]
    desk.handled.clear()
    return done


@pytest.mark.parametrize("answer", ["Accept", "Reject"])
async def test_an_answer_that_was_taken_back_begins_one_wait_anew(desk: DeskForTests, answer: str):
    await place(desk)
    await desk.later(MINUTE)
    await desk.press(ANNA, answer)
    if answer == "Reject":
        await desk.press(ANNA, "The oven is full")
    await desk.later(MINUTE)
    await desk.press(ANNA, "Undo")
    desk.handled.clear()

    await desk.later(60 * MINUTE)

    waits = [rule for rule in await rules(desk) if rule in {"tick_remind", "tick_waiting", "tick_expire"}]
    assert waits == ["tick_remind", "tick_waiting", "tick_expire"]
    await desk.check_books()


async def test_a_time_that_has_passed_is_not_promised(desk: DeskForTests):
    await place(desk, "2 margherita, pickup at 13:10")
    await desk.away(4 * MINUTE)
    await desk.away(10 * MINUTE)

    await desk.press(ANNA, "Accept")

    async with desk.store.reading() as tx:
        assert (await tx.orders.by_number(1001)).state == "pending"
    await desk.press(ANNA, "Accept · 15 min")
    async with desk.store.reading() as tx:
        assert (await tx.orders.by_number(1001)).state == "accepted"


async def test_a_draft_for_an_hour_that_has_passed_does_not_open_a_closed_shop(desk: DeskForTests):
    await desk.say(BEA, "2 margherita, pickup at 22:00")
    await desk.away(timedelta(hours=17))

    await desk.press(BEA, "Place order")

    async with desk.store.reading() as tx:
        assert await tx.orders.open_orders() == ()


async def test_what_has_left_the_menu_is_not_placed(desk: DeskForTests):
    await desk.say(BEA, "2 margherita, pickup")
    house = desk.shared.house
    menu = house.shop.menu
    left = tuple(product for product in menu.products if product.sku != "margherita")
    shop = replace(house.shop, menu=Menu(menu.currency, menu.languages, left, menu.categories))
    desk.shared.house = replace(house, shop=shop)

    for label in ("Place order", "Change"):
        await desk.press(BEA, label)
    await desk.press(BEA, "+")

    assert desk.faults() == []
    async with desk.store.reading() as tx:
        assert await tx.orders.open_orders() == ()
