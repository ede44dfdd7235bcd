"""What counts as a correction, who decides, and what never happens: known words changed, placed orders touched."""

from datetime import timedelta

import pytest

from core.learning import MOST_A_DAY, Meant, WordState
from core.people import Role
from handlers.desk import Desk
from handlers.teaching import propose
from tests import updates
from tests.desk import DeskForTests
from tests.mails import Draft
from tests.people import GROUP, PEOPLE, Person

ANNA, SAM, BEA, CARL, MAX, ZOE = (PEOPLE[name] for name in ("staff", "sam", "bea", "carl", "max", "zoe"))


def cards(desk: DeskForTests) -> list[str]:
    """What the group heard since the last time."""
    return [heard.words for heard in desk.take_heard() if heard.where == str(GROUP)]


async def learned(desk: DeskForTests) -> list[tuple[str, str, WordState, int]]:
    async with desk.store.reading() as tx:
        return [
            (word.words, word.meaning.sku or word.meaning.value, word.state, word.customers)
            for word in await tx.learned.listed(50)
        ]


async def lines(desk: DeskForTests, person: Person) -> list[tuple[str, int]]:
    async with desk.store.reading() as tx:
        contact = (await tx.customers.find(person.name))[0]
        draft = await tx.orders.draft_of(contact.id)
        return [(line.sku, line.quantity) for line in draft.lines] if draft else []


async def correct(desk: DeskForTests, person: Person, said: str = "2 marghis", meant: str = "2 margherita") -> None:
    await desk.say(person, said)
    await desk.say(person, meant)


# What is a correction


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


# Who decides


async def test_three_customers_make_it_count_and_the_same_one_counts_once(desk: DeskForTests):
    for _ in range(3):
        await correct(desk, BEA)
    await correct(desk, MAX, "2 marghi")
    assert await learned(desk) == [("marghis", "margherita", WordState.PROPOSED, 2)]

    await correct(desk, ZOE)

    assert await learned(desk) == [("marghis", "margherita", WordState.ACTIVE, 3)]
    assert "means Margherita from now on.\n3 customers meant it so." in cards(desk)[-1]
    await desk.say(CARL, "4 marghis")
    assert await lines(desk, CARL) == [("margherita", 4)]


async def test_the_third_customer_notices_nothing_of_a_decision_that_came_first(desk: DeskForTests):
    house = desk.shared.house
    for person in (BEA, MAX, ZOE):
        await desk.say(person, "hello")
    await desk.say(ANNA, "/means marghis = marinara")

    async with desk.store.transaction() as tx:
        late = Desk(house=house, tx=tx, now=desk.clock.now())  # does not know of it yet
        told = [await propose(late, number, "marghis", Meant("margherita")) for number in (1, 2, 3)]

    assert [len(notices) for notices in told] == [1, 1, 0]
    assert await learned(desk) == [
        ("marghis", "marinara", WordState.ACTIVE, 0),
        ("marghis", "margherita", WordState.PROPOSED, 3),
    ]


async def test_one_customer_proposes_only_so_many_words_a_day(desk: DeskForTests):
    for words in ("volcano", "bufalina", "spezi", "fizz", "trico", "nockerl", "carbo"):
        await correct(desk, BEA, f"2 {words}")

    assert len(await learned(desk)) == MOST_A_DAY


async def test_of_two_meanings_the_other_is_declined_with_the_decision(desk: DeskForTests):
    await correct(desk, BEA)
    await correct(desk, MAX, meant="2 marinara")
    cards(desk)

    await desk.press(ANNA, "Yes, always", "Margherita")

    assert await learned(desk) == [("marghis", "margherita", WordState.ACTIVE, 1)]
    assert any("does not mean Marinara" in card for card in cards(desk))
    await correct(desk, ZOE, "2 flubbers")
    assert len(await learned(desk)) == 2


async def test_what_was_declined_is_not_asked_again(desk: DeskForTests):
    await correct(desk, BEA)
    await desk.press(ANNA, "No")
    cards(desk)

    for person in (MAX, ZOE, CARL):
        await correct(desk, person)

    assert cards(desk) == []
    assert await learned(desk) == []


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OWNER])
async def test_only_the_owner_decides(desk: DeskForTests, role: Role):
    kim = Person(9003, "Kim", in_group=True)
    async with desk.store.transaction() as tx:
        await tx.staff.put(kim.id, kim.name, role, desk.clock.now())
    await correct(desk, BEA)

    await desk.press(kim, "Yes, always")

    assert await learned(desk) == [("marghis", "margherita", WordState.PROPOSED, 1)]


async def test_a_second_tap_comes_too_late(desk: DeskForTests):
    await correct(desk, BEA)
    number, data = desk.screen(GROUP).button("Yes, always")
    await desk.press(ANNA, "No")

    await desk.tap(ANNA, number, data, chat=GROUP)

    assert await learned(desk) == []
    assert desk.faults() == []


@pytest.mark.parametrize("data", ["wyes:1:2", "wyes:99:1", "wno:1:0", "wrev:1:1", "wyes:1", "wyes:1:1:x"])
async def test_forged_buttons_decide_nothing_that_the_card_does_not_offer(desk: DeskForTests, data: str):
    await correct(desk, BEA)
    number, _ = desk.screen(GROUP).button("Yes, always")

    await desk.tap(SAM, number, data, chat=GROUP)

    assert await learned(desk) == [("marghis", "margherita", WordState.PROPOSED, 1)]
    assert desk.faults() == []


async def test_a_customers_chat_has_no_button_for_it(desk: DeskForTests):
    await correct(desk, BEA)

    await desk.tap(BEA, 1, "wyes:1:1", chat=BEA.id)

    assert await learned(desk) == [("marghis", "margherita", WordState.PROPOSED, 1)]


# What it changes


async def test_a_placed_order_keeps_what_was_read_in_it(desk: DeskForTests):
    await desk.say(BEA, "a coke and 2 marghis, pickup")
    await desk.press(BEA, "Place order")
    await desk.say(ANNA, "/means marghis = margherita")

    async with desk.store.reading() as tx:
        assert [line.sku for line in (await tx.orders.by_number(1001)).lines] == ["coke"]
    await desk.check_books()


async def test_words_are_kept_over_a_restart_and_a_new_shop_file(desk: DeskForTests):
    await desk.say(ANNA, "/means marghis = margherita")
    await desk.restart()
    await desk.say(BEA, "2 marghis")
    await desk.change_shop("limits: {quantity: 50, lines: 39}")
    await desk.say(MAX, "2 marghis")

    assert await lines(desk, BEA) == [("margherita", 2)]
    assert await lines(desk, MAX) == [("margherita", 2)]


async def test_another_process_reads_them_too(desk: DeskForTests):
    other = DeskForTests(url=desk.url, clock=desk.clock)
    await other.open()
    try:
        await desk.say(ANNA, "/means marghis = margherita")
        await other.shared.refresh()

        assert other.shared.house.menu.learned == desk.shared.house.menu.learned
        assert "marghis" in other.shared.house.menu.learned
    finally:
        await other.close()


async def test_a_mail_is_read_with_them(desk: DeskForTests):
    await desk.say(ANNA, "/means marghis = margherita")
    mail = Draft("Bea Conti", "bea@example.org", "3 marghis, pickup please")
    await desk.mail(mail.sent(1, desk.clock.now()))

    async with desk.store.reading() as tx:
        assert [(line.sku, line.quantity) for line in (await tx.orders.by_number(1001)).lines] == [("margherita", 3)]


async def test_a_proposal_says_nothing_of_who_wrote_it(desk: DeskForTests):
    await correct(desk, BEA, "Bea here, call 0471 998877, two marghis")

    told = "\n".join(cards(desk))
    assert "Bea" not in told
    assert "0471" not in told
    async with desk.store.reading() as tx:
        assert all(word.words == "marghis" for word in await tx.learned.listed(5))


async def test_an_option_of_that_name_is_meant_where_no_product_has_it(desk: DeskForTests):
    await desk.say(ANNA, "/means cipolle = onions")
    await desk.say(BEA, "a margherita with extra cipolle")

    assert await learned(desk) == [("cipolle", "onions", WordState.ACTIVE, 0)]
    assert "extra onions" in desk.take_heard()[-1].words


@pytest.mark.parametrize("words", ["", "=", "a", "= margherita", "marghi =", "marghi = flubber", "marghi = pizza"])
async def test_a_command_that_is_not_clear_is_answered(desk: DeskForTests, words: str):
    await desk.say(ANNA, f"/means {words}")

    assert await learned(desk) == []
    assert len(cards(desk)) == 1
    assert desk.faults() == []


async def test_a_reply_beside_it_is_no_lesson(desk: DeskForTests):
    await desk.say(BEA, "a coke and 2 marghis, pickup")
    await desk.press(BEA, "Place order")
    await desk.say(BEA, "no coke please", reply_to_message=updates.reply(desk.screen(BEA.id).last_id))

    assert await learned(desk) == []
