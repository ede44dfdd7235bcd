"""How /soldout is said: what is meant, and until when."""

import pytest

from tests.desk import DeskForTests
from tests.people import PEOPLE

ANNA = PEOPLE["staff"]


async def answer(desk: DeskForTests, words: str) -> str:
    desk.take_heard()
    await desk.say(ANNA, words)
    return desk.take_heard()[0].words.splitlines()[0]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("salmon", "Off the menu until Sat 21 Nov, 11:30: Grilled salmon."),
        ("Lachs bis 18 Uhr", "Off the menu until 18:00: Grilled salmon."),
        ("SALMON FILLET till 6 pm", "Off the menu until 18:00: Grilled salmon."),
        ("salmon 2h", "Off the menu until 15:00: Grilled salmon."),
        ("salmon for 90 minutes", "Off the menu until 14:30: Grilled salmon."),
        ("salmon 3 Tage", "Off the menu until Mon 23 Nov, 13:00: Grilled salmon."),
        ("salmon until tomorrow", "Off the menu until Sat 21 Nov, 11:30: Grilled salmon."),
        ("salmon until monday", "Off the menu until Mon 23 Nov, 11:30: Grilled salmon."),
        ("salmon until tomorrow 18:00", "Off the menu until Sat 21 Nov, 18:00: Grilled salmon."),
        ("drinks 1h", "Off the menu until 14:00: Drinks."),
        ("scharfe Salami", "Off the menu until Sat 21 Nov, 11:30: spicy salami."),
        ("salami", "Off the menu until Sat 21 Nov, 11:30: Fennel salami 300 g."),
        ("big pizza from the wood oven", "Off the menu until Sat 21 Nov, 11:30: large (Pizza from the wood oven)."),
        ("water still 30m", "Off the menu until 13:30: still (Mineral water)."),
        ("still water", "Off the menu until Sat 21 Nov, 11:30: still (Mineral water)."),
        ("grilled slamon", "Off the menu until Sat 21 Nov, 11:30: Grilled salmon."),
        ("salmon 0 min", "I do not understand “salmon 0 min”."),
        ("salmon until yesterday", "I do not understand “yesterday”."),
        ("salmon until 99:99", "I do not understand “99:99”."),
        ("unicorn large", "I know no “unicorn large”."),
    ],
)
async def test_what_and_until_when(desk, words, said):
    assert await answer(desk, f"/soldout {words}") == said


async def test_a_button_that_was_forged_or_is_over_brings_nothing_back(desk):
    await desk.say(ANNA, "/soldout salmon")
    number, data = desk.screen(desk.group).button("Back on the menu")
    desk.take_heard()

    for forged in ("onmenu:1:5", "onmenu:99:1795176000", "onmenu", "onmenu:1:"):
        await desk.tap(ANNA, number, forged, chat=desk.group)
    assert [heard.is_toast for heard in desk.take_heard()] == [True] * 4

    await desk.tap(ANNA, number, data, chat=desk.group)
    assert "On the menu again" in desk.take_heard()[0].words
