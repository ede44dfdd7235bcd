"""The menu's buttons: whatever is tapped, and whatever is forged, the desk stands and no limit is broken."""

import random
import re

import pytest

from core import choosing
from core.links import CampaignLink, TableLink, payload_of
from tests.desk import DeskForTests
from tests.people import PEOPLE

BEA, MAX = PEOPLE["bea"], PEOPLE["max"]
VERBS = ("mhome", "mcat", "mprod", "mshow", "mgrp", "mset", "mqty", "madd", "morder", "mplace", "menu")
RESTS = ("", ":0", ":1", ":999", ":-1", ":ffffffff.1", ":zz", ":0r1", ":ffffffffx999", ":1.1.1", ":٣", ":" + "9" * 40)


async def lines_of(desk: DeskForTests, contact: int = 1):
    async with desk.store.reading() as tx:
        draft = await tx.orders.draft_of(contact)
        return draft.lines if draft else ()


def menu_buttons(desk: DeskForTests):
    return [
        (number, data)
        for number, shown in desk.screen(BEA.id).messages.items()
        for _, data in shown.buttons
        if data.startswith("m")
    ]


def forged(dice: random.Random) -> str:
    verb, subject, version = dice.choice(VERBS), dice.choice((0, 1, 5, 99999)), dice.choice((0, 1, 2, 77))
    return f"{verb}:{subject}:{version}{dice.choice(RESTS)}"


async def check_limits(desk: DeskForTests) -> None:
    menu = desk.shared.house.shop.menu
    for line in await lines_of(desk):
        product, chosen = menu.by_sku[line.sku], [option.chosen for option in line.options]
        assert choosing.lacks(product, chosen) == ()
        for group in product.groups:
            most = 1 if group.choose == "one" else group.at_most
            assert most is None or len(choosing.taken(chosen, group)) <= most


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
async def test_no_row_of_taps_old_new_or_forged_breaks_the_desk_or_a_limit(desk: DeskForTests, seed: int):
    dice = random.Random(seed)
    await desk.say(BEA, "/menu")
    old: list[tuple[int, str]] = []
    for _ in range(90):
        buttons = menu_buttons(desk)
        old += buttons
        roll = dice.random()
        if roll < 0.12 or not buttons:
            await desk.tap(BEA, dice.randint(1, desk.screen(BEA.id).last_id), forged(dice)[:64])
        elif roll < 0.2:
            await desk.tap(BEA, *dice.choice(old))
        elif roll < 0.23:
            await desk.say(BEA, dice.choice(("/menu", "/menu pizza", "/menu duetto", "2 coke", "/start p_margherita")))
        else:
            await desk.tap(BEA, *dice.choice(buttons))
        assert desk.faults() == []
    await check_limits(desk)
    await desk.check_books()


async def test_a_dish_in_the_making_outlives_a_restart(desk: DeskForTests):
    await desk.say(BEA, "/menu margherita")
    await desk.press(BEA, "Size:")
    await desk.press(BEA, "large")

    await desk.restart()
    await desk.press(BEA, "Add")

    (line,) = await lines_of(desk)
    assert [option.chosen.value for option in line.options] == ["large"]


async def test_add_tapped_twice_adds_once(desk: DeskForTests):
    await desk.say(BEA, "/menu tiramisu")
    button = desk.screen(BEA.id).button("Add")

    await desk.tap(BEA, *button)
    await desk.tap(BEA, *button)

    assert [line.quantity for line in await lines_of(desk)] == [1]
    assert desk.take_heard()[-1].is_toast


async def test_the_same_option_tapped_twice_on_one_page_is_chosen_once(desk: DeskForTests):
    await desk.say(BEA, "/menu tagliatelle")
    await desk.press(BEA, "On top")
    button = desk.screen(BEA.id).button("garlic")

    await desk.tap(BEA, *button)
    await desk.tap(BEA, *button)
    await desk.press(BEA, "Add")

    (line,) = await lines_of(desk)
    assert [(option.chosen.value, option.chosen.amount) for option in line.options] == [("garlic", "regular")]


async def test_another_customers_buttons_do_nothing_for_me(desk: DeskForTests):
    await desk.say(BEA, "/menu tiramisu")
    await desk.press(BEA, "Add")
    await desk.say(MAX, "/menu")
    place = desk.screen(BEA.id).button("Place order")

    await desk.tap(MAX, *place)

    assert len(await lines_of(desk, 1)) == 1
    assert await lines_of(desk, 2) == ()


async def test_a_number_too_large_is_the_largest_that_the_shop_takes(desk: DeskForTests):
    await desk.say(BEA, "/menu tiramisu")
    number, data = desk.screen(BEA.id).button("+")

    await desk.tap(BEA, number, re.sub(r"\d+$", "999999", data))

    assert desk.screen(BEA.id).button("50 ×")


async def test_a_table_is_believed_by_its_seal_and_stands_on_the_card(desk: DeskForTests):
    payload = payload_of(TableLink("7"), desk.shared.house.secret)

    await desk.say(BEA, f"/start {payload}")
    assert "Table 7" in desk.take_heard()[-1].words
    await desk.say(BEA, "2 margherita")
    await desk.press(BEA, "Place order")

    assert any("table 7" in one.words for one in desk.take_heard() if one.where == str(desk.group))


async def test_a_campaign_is_told_in_the_orders_timeline(desk: DeskForTests):
    await desk.say(BEA, f"/start {payload_of(CampaignLink('flyer_may'), b'')}")
    await desk.say(BEA, "2 margherita, pickup")
    await desk.press(BEA, "Place order")
    desk.take_heard()

    await desk.say(PEOPLE["staff"], "/order 1001")

    assert "flyer_may" in desk.take_heard()[-1].words
