"""What counts as a correction of words that were not read, and what teaches nothing."""

from datetime import timedelta

import pytest

from core.learning import WordState
from tests.corrections import BEA, cards, correct, learned, lines
from tests.desk import DeskForTests


async def test_a_product_picked_for_a_doubt_is_what_the_words_mean(desk: DeskForTests):
    await desk.say(BEA, "a marghi pizza")
    await desk.press(BEA, "Marinara")

    assert await learned(desk) == [("marghi", "marinara", WordState.PROPOSED, 1)]
    assert "Does “marghi” mean Marinara?" in cards(desk)[-1]


@pytest.mark.parametrize("meant", ["I meant 2 margherita", "sorry, I meant: 2 margheritas", "ich meine 2 Margherita"])
async def test_that_something_else_was_meant_may_be_said(desk: DeskForTests, meant: str):
    await correct(desk, BEA, meant=meant)

    assert await lines(desk, BEA) == [("margherita", 2)]
    assert await learned(desk) == [("marghis", "margherita", WordState.PROPOSED, 1)]
    assert "could not place" not in desk.take_heard()[-2].words


async def test_a_dish_added_from_the_menu_is_what_the_words_mean(desk: DeskForTests):
    await desk.say(BEA, "a coke and a volcano")
    await desk.say(BEA, "/menu diavola")
    await desk.press(BEA, "Add")

    assert await learned(desk) == [("volcano", "diavola", WordState.PROPOSED, 1)]


async def test_a_message_that_is_edited_says_what_its_words_meant(desk: DeskForTests):
    await desk.say(BEA, "2 marghis and a coke")
    await desk.say(BEA, "2 margheritas and a coke", edits=1)

    assert await lines(desk, BEA) == [("margherita", 2), ("coke", 1)]
    assert await learned(desk) == [("marghis", "margherita", WordState.PROPOSED, 1)]


@pytest.mark.parametrize(
    "meant",
    [
        "5 coke",  # another number
        "a margherita and a coke",  # two things
        "a margherita and a flubber",  # not wholly read
        "2 marghis and a coke",  # the same again
        "what is vegan?",
        "thanks",
        "pickup",
        "a pizza",  # a question
    ],
)
async def test_what_is_no_clear_correction_proposes_nothing(desk: DeskForTests, meant: str):
    await correct(desk, BEA, meant=meant)

    assert await learned(desk) == []


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("a margherita with flubber", "a coke"),  # given up, and something else
        ("a margherita without flubber", "a coke"),
        ("a margherita and a flubber", "with onions"),
    ],
)
async def test_an_option_is_no_product_and_a_product_no_option(desk: DeskForTests, said: str, meant: str):
    await correct(desk, BEA, said, meant)

    assert await learned(desk) == []


async def test_only_what_comes_next_corrects(desk: DeskForTests):
    await desk.say(BEA, "2 marghis")
    await desk.say(BEA, "when do you open?")
    await desk.say(BEA, "2 margherita")

    assert await learned(desk) == []


async def test_what_comes_an_hour_later_corrects_nothing(desk: DeskForTests):
    await desk.say(BEA, "2 marghis")
    await desk.later(timedelta(hours=1))
    await desk.say(BEA, "2 margherita")

    assert await learned(desk) == []


async def test_the_next_order_does_not_correct_one_that_was_placed(desk: DeskForTests):
    await desk.say(BEA, "a coke and 2 marghis, pickup")
    await desk.press(BEA, "Place order")
    await desk.say(BEA, "2 margherita")

    assert await learned(desk) == []


async def test_a_question_that_waits_for_its_answer_goes_on_waiting(desk: DeskForTests):
    await desk.say(BEA, "2 diavola, delivery")
    await desk.press(BEA, "Place order")
    await desk.say(BEA, "and a flubber")
    await desk.say(BEA, "Via Roma 5, 39100 Bolzano")

    async with desk.store.reading() as tx:
        contact = (await tx.customers.find("Bea"))[0]
        assert "Via Roma 5" in ((await tx.orders.draft_of(contact.id)).address or "")
    assert await learned(desk) == []


@pytest.mark.parametrize(
    "said", ["something large", "a pizza with large", "🦄", "<b>x</b>", "a" * 60, "12345 12345", "a @ % § b"]
)
async def test_hostile_words_are_never_proposed(desk: DeskForTests, said: str):
    await correct(desk, BEA, f"a coke and {said}", "one margherita")

    assert await learned(desk) == []
    assert cards(desk) == []


async def test_words_from_right_to_left_are_words(desk: DeskForTests):
    await correct(desk, BEA, "2 شاورما")

    assert await learned(desk) == [("شاورما", "margherita", WordState.PROPOSED, 1)]


async def test_signs_that_turn_the_writing_around_are_left_out(desk: DeskForTests):
    await correct(desk, BEA, "2 \u202emarghis\u202c")

    assert await learned(desk) == [("marghis", "margherita", WordState.PROPOSED, 1)]
    assert "\u202e" not in cards(desk)[-1]
