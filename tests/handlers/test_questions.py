"""What was asked, and what the next words are taken for: an answer, or something else."""

from tests import updates
from tests.desk import DeskForTests
from tests.people import PEOPLE

ANNA, BEA = PEOPLE["staff"], PEOPLE["bea"]


async def place(desk: DeskForTests, words: str = "2 margherita, pickup") -> None:
    await desk.say(BEA, words)
    await desk.press(BEA, "Place order")


async def staff_asks(desk: DeskForTests, words: str = "Is seven all right?") -> None:
    card = desk.screen(desk.group).newest_with("#1001")
    await desk.message(ANNA, text=words, reply_to_message=updates.reply(card))
    desk.take_heard()


def in_group(desk: DeskForTests) -> list[str]:
    return [one.words for one in desk.take_heard() if one.where == str(desk.group)]


async def draft(desk: DeskForTests) -> list[tuple[str, int]]:
    async with desk.store.reading() as tx:
        order = await tx.orders.draft_of(1)
        return [(line.sku, line.quantity) for line in order.lines] if order else []


async def test_goods_for_the_open_draft_are_no_answer_to_the_staff(desk: DeskForTests):
    await place(desk)
    await desk.say(BEA, "1 diavola, pickup")
    await staff_asks(desk)

    await desk.say(BEA, "and 2 coke")
    assert in_group(desk) == []
    await desk.say(BEA, "seven is fine")

    assert ("coke", 2) in await draft(desk)
    assert "seven is fine" in in_group(desk)[0]


async def test_goods_after_a_question_of_the_staff_reach_the_staff_and_become_a_draft(desk: DeskForTests):
    await place(desk)
    await staff_asks(desk, "No salami left, something else?")

    await desk.say(BEA, "2 coke")

    assert await draft(desk) == [("coke", 2)]
    assert "2 coke" in in_group(desk)[0]


async def test_the_checkout_goes_on_after_a_question_of_the_staff(desk: DeskForTests):
    await place(desk)
    await desk.say(BEA, "2 margherita, delivery")
    await desk.press(BEA, "Place order")
    await staff_asks(desk)

    await desk.say(BEA, "seven is fine")
    await desk.say(BEA, "Lauben 5, 39100 Bolzano")

    async with desk.store.reading() as tx:
        order = await tx.orders.draft_of(1)
    assert order is not None
    assert order.address == "Lauben 5, 39100 Bolzano"


async def test_to_place_a_draft_leaves_the_question_of_the_staff_open(desk: DeskForTests):
    await place(desk)
    await desk.say(BEA, "a new order: 1 diavola, pickup")
    await staff_asks(desk)

    await desk.press(BEA, "Place order")
    desk.take_heard()
    await desk.say(BEA, "seven is fine")

    assert "seven is fine" in in_group(desk)[0]


async def test_goods_are_no_street(desk: DeskForTests):
    await desk.say(BEA, "2 margherita, delivery")
    await desk.press(BEA, "Place order")

    await desk.say(BEA, "and a coke")

    async with desk.store.reading() as tx:
        order = await tx.orders.draft_of(1)
    assert order is not None
    assert (order.address, len(order.lines)) == ("", 2)
