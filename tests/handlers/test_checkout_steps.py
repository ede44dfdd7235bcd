"""How many messages and taps an order takes, from the first word to placed; and what odd input does on the way."""

import asyncio
from typing import Any

import pytest

from core.states import OrderState
from handlers.dispatch import handle_next
from tests.desk import DeskForTests
from tests.people import PEOPLE

BEA, MAX = PEOPLE["bea"], PEOPLE["max"]
LOCATION = {"location": {"latitude": 46.5, "longitude": 11.354}}
CONTACT = {"contact": {"phone_number": "+39 333 1234567", "first_name": "Bea", "user_id": BEA.id}}
BY_DISTANCE = (
    "location: {lat: 46.49829, lon: 11.35476}",
    'delivery: {zones: [{name: Near, radius_km: 3, fee: "2.00"}, {name: Town, postcodes: ["39100"]}]}',
)
SLOTS = ("slots: {every: 15, capacity: 1, lead: 20, days: 7}",)
STEPS: dict[str, tuple[tuple[str, ...], list[Any]]] = {
    "pickup": ((), ["2 margherita", "[Place order]", "[Pickup]"]),
    "delivery": ((), ["2 diavola", "[Place order]", "[Delivery]", "Via Roma 3, 39100 Bolzano", CONTACT]),
    "delivery by distance": (BY_DISTANCE, ["2 diavola", "[Place order]", "[Delivery]", LOCATION, "Lauben 12", CONTACT]),
    "delivery with half an address": (
        (),
        ["2 diavola", "[Place order]", "[Delivery]", "Bolzano 39100", "Via Roma 3", CONTACT],
    ),
    "shipping": ((), ["2 jars of honey", "[Place order]", "[Shipping]", "Bea Conti, Via Roma 3, 80331 München"]),
    "a time": (SLOTS, ["2 margherita, pickup", "[When: as soon as possible]", "[14:00]", "[Place order]"]),
}


async def do(desk, person, step):
    if isinstance(step, dict):
        await desk.message(person, **step)
    elif step.startswith("["):
        await desk.press(person, step.strip("[]"))
    else:
        await desk.say(person, step)


async def newest(desk):
    async with desk.store.reading() as tx:
        await tx.articles.learn(tx.connection, ())
        return await tx.orders.by_number(1001)


@pytest.mark.parametrize(("shop", "steps"), STEPS.values(), ids=STEPS)
async def test_a_new_customer_needs_at_most_six_steps(desk, shop, steps):
    for line in shop:
        await desk.change_shop(line)

    for step in steps:
        await do(desk, BEA, step)

    assert len(steps) <= 6
    assert (await newest(desk)).state is OrderState.PENDING


@pytest.mark.parametrize("kind", ["pickup", "delivery", "shipping"])
async def test_a_customer_who_comes_back_needs_one_tap(desk, kind):
    _, steps = STEPS[kind]
    for step in steps:
        await do(desk, BEA, step)
    await desk.press(PEOPLE["staff"], "Accept")
    await do(desk, BEA, f"a new order: {steps[0]}")
    desk.take_heard()

    await desk.press(BEA, "Place order")

    assert any("#1002" in heard.words for heard in desk.take_heard() if heard.where == str(desk.group))


async def test_two_who_tap_for_the_last_place_of_a_time_at_once_one_gets_it(desk):
    await desk.change_shop(SLOTS[0])
    for person in (BEA, MAX):
        await desk.say(person, "2 margherita, pickup")
    for person in (BEA, MAX):
        number, data = desk.screen(person.id).button("Place order")
        await desk.keep_tap(person, number, data)
    desk.take_heard()

    # SQLite lets one in after the other, PostgreSQL both at once.
    handled = await asyncio.gather(*(handle_next(desk.store, desk.shared.house, desk.clock.now(), 1) for _ in range(2)))
    assert sum(map(len, handled)) == 2
    await desk.settle()

    heard = desk.take_heard()
    assert sum("Your order #100" in one.words for one in heard) == 1
    assert sum("is full by now" in one.words and len(one.buttons) > 3 for one in heard) == 1
    await desk.check_books()


@pytest.mark.parametrize("lat", [float("nan"), 1e308, 91.0, 0.0])
async def test_a_place_that_is_none_is_said(desk: DeskForTests, lat):
    await desk.say(BEA, "2 diavola, delivery")
    desk.take_heard()

    await desk.message(BEA, location={"latitude": lat, "longitude": 0.0})

    (heard,) = desk.take_heard()
    assert "That place cannot be right" in heard.words


async def test_an_address_of_five_thousand_characters_is_asked_for_again(desk):
    for step in ("2 diavola", "[Place order]", "[Delivery]"):
        await do(desk, BEA, step)
    desk.take_heard()

    await desk.say(BEA, "Am Ende der Welt " * 240)

    (heard,) = desk.take_heard()
    assert "too long for an address" in heard.words


async def test_a_number_of_another_country_stands_on_the_card(desk):
    for step in STEPS["delivery"][1][:-1]:
        await do(desk, BEA, step)

    await desk.say(BEA, "+1 (202) 555-0123")

    assert any("+1 (202) 555-0123" in heard.words for heard in desk.take_heard() if heard.where == str(desk.group))


@pytest.mark.parametrize(
    "data", ["slot:1:1:1", "pslot:1:1:999999999", "slot:1:1:x", "when:1:1:9.9999", "when:1:1:-1.0"]
)
async def test_a_forged_time_changes_nothing(desk, data):
    await desk.change_shop(SLOTS[0])
    await desk.say(BEA, "2 margherita, pickup")
    desk.take_heard()

    await desk.tap(BEA, 1, data)

    async with desk.store.reading() as tx:
        await tx.articles.learn(tx.connection, ())
        assert (await tx.orders.get(1)).wished is None
    assert not desk.faults()
