"""Who decides what words mean, and what never happens: a placed order touched, a customer named."""

import pytest

from core.learning import MOST_A_DAY, Meant, WordState
from core.people import Role
from handlers.desk import Desk
from handlers.teaching import propose
from tests import updates
from tests.corrections import ANNA, BEA, CARL, MAX, SAM, ZOE, cards, correct, learned, lines
from tests.desk import DeskForTests
from tests.mails import Draft
from tests.people import GROUP, Person

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
