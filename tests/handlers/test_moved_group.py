"""A group that became a supergroup: buttons from before answer in words, and their card is where the group is now."""

from tests.desk import DeskForTests, Heard
from tests.people import GROUP, PEOPLE

BEA, ANNA, TOM = PEOPLE["bea"], PEOPLE["staff"], PEOPLE["tom"]
NOW = -1005001
ELSEWHERE = -6001


async def moved(desk: DeskForTests, label: str) -> tuple[int, str]:
    """The group moves; message and data of a button that stands in the old one."""
    button = desk.screen(GROUP).button(label)
    desk.group = NOW
    await desk.message(ANNA, chat=GROUP, migrate_to_chat_id=NOW)
    desk.take_heard()
    return button


def toast(heard: list[Heard]) -> str:
    return next(one.words for one in heard if one.is_toast)


async def test_a_tap_on_an_order_of_before_is_said_and_brings_its_card(desk: DeskForTests):
    await desk.say(BEA, "2 margherita, pickup")
    await desk.press(BEA, "Place order")
    old = await moved(desk, "Accept · 15 min")

    await desk.tap(ANNA, *old, chat=GROUP)

    heard = desk.take_heard()
    assert "The group has moved" in toast(heard)
    assert [one.words.split(" · ")[0] for one in heard if one.where == str(NOW)] == ["🔔 #1001"]
    await desk.press(ANNA, "Accept · 15 min")
    assert any("is accepted" in one.words for one in desk.take_heard())


async def test_a_tap_on_a_return_of_before_brings_its_card(desk: DeskForTests):
    await desk.say(BEA, "3 jars of honey, pickup")
    await desk.press(BEA, "Place order")
    for step in ("Accept · 15 min", "Ready", "Handed over"):
        await desk.press(ANNA, step)
    await desk.say(BEA, "I want to return one honey of order 1001, the jar was broken")
    old = await moved(desk, "Approve")

    await desk.tap(ANNA, *old, chat=GROUP)

    assert any(one.words.startswith("↩️ R-1001-1") for one in desk.take_heard() if one.where == str(NOW))
    await desk.press(ANNA, "Approve")
    assert any("R-1001-1 is approved" in one.words for one in desk.take_heard())


async def test_who_does_not_work_here_gets_no_card_and_another_group_only_words(desk: DeskForTests):
    await desk.say(BEA, "2 margherita, pickup")
    await desk.press(BEA, "Place order")
    number, data = await moved(desk, "Accept · 15 min")

    await desk.tap(TOM, number, data, chat=GROUP)
    await desk.tap(ANNA, number, data, chat=ELSEWHERE)

    heard = desk.take_heard()
    assert all(one.is_toast for one in heard)
    assert "out of date" in heard[-1].words
