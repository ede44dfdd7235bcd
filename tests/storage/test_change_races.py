"""Changes of placed orders at the same moment: of two, one wins, and the books are right."""

import asyncio
from collections import Counter

from core.documents import Bucket
from tests.desk import DeskForTests
from tests.people import PEOPLE, Person
from tests.storage.test_races import place, work_off

ANNA, SAM, BEA, MAX = PEOPLE["staff"], PEOPLE["sam"], PEOPLE["bea"], PEOPLE["max"]
ROUNDS = 5


async def ask_for(desk: DeskForTests, person: Person, words: str) -> None:
    """A change, sent to the shop."""
    await desk.say(person, words)
    await desk.press(person, "Send to the shop")


async def keep(desk: DeskForTests, person: Person, label: str) -> None:
    """A tap that nobody has looked at yet, on the newest button of this name."""
    card, data = desk.screen(desk.chat_of(person)).button(label)
    await desk.keep_tap(person, card, data)


async def at_once(desk: DeskForTests) -> list[str]:
    """Everything that waits, taken by two workers; the rules, in their order."""
    done = [one for some in await asyncio.gather(work_off(desk), work_off(desk)) for one in some]
    assert [one.error for one in done if one.error] == []
    await desk.settle()
    return [one.rule for one in sorted(done, key=lambda one: one.inbox_id)]


async def on_the_shelf(desk: DeskForTests, sku: str) -> tuple[int, int]:
    async with desk.store.reading() as tx:
        await tx.articles.learn(tx.connection, ())
        return await tx.stock.balance(sku, Bucket.SHELF), await tx.stock.balance(sku, Bucket.HELD)


async def test_of_two_who_accept_a_change_at_once_one_wins_and_it_is_applied_once(desk):
    for number in range(1, ROUNDS + 1):
        shelf, held = await on_the_shelf(desk, "coke")
        await place(desk, BEA, "2 cokes, pickup")
        await ask_for(desk, BEA, "can you add a coke to my order?")
        await keep(desk, ANNA, "Accept change")
        await keep(desk, SAM, "Accept change")

        rules = await at_once(desk)

        assert Counter(rules) == {"staff_chacc": 1, "refused_Stale": 1}
        assert await on_the_shelf(desk, "coke") == (shelf - 3, held + 3), number
        await desk.check_books()


async def test_a_change_that_is_accepted_and_withdrawn_at_once_is_one_of_both(desk):
    for _ in range(ROUNDS):
        _, held = await on_the_shelf(desk, "coke")
        await place(desk, BEA, "a coke, pickup")
        await ask_for(desk, BEA, "can you add a coke to my order?")
        await keep(desk, ANNA, "Accept change")
        await keep(desk, BEA, "Keep it as it was")

        rules = await at_once(desk)

        assert sum(rule in {"staff_chacc", "tap_chkeep"} for rule in rules) == 1
        assert (await on_the_shelf(desk, "coke"))[1] == held + (2 if "staff_chacc" in rules else 1)
        await desk.check_books()


async def test_an_order_that_is_cancelled_while_its_change_is_accepted_holds_nothing(desk):
    for _ in range(ROUNDS):
        _, held = await on_the_shelf(desk, "coke")
        await place(desk, BEA, "a coke, pickup")
        await ask_for(desk, BEA, "can you add a coke to my order?")
        await desk.press(BEA, "Cancel")
        await keep(desk, BEA, "Yes, cancel it")
        await keep(desk, ANNA, "Accept change")

        rules = await at_once(desk)

        # Whoever is second hears of the first: a cancelling tap was drawn for the order as it was.
        assert sum(rule in {"staff_chacc", "tap_cancelyes"} for rule in rules) == 1
        assert (await on_the_shelf(desk, "coke"))[1] == held + (2 if "staff_chacc" in rules else 0)
        await desk.check_books()


async def test_two_changes_that_want_the_last_one_are_decided_by_the_shelf(desk):
    await place(desk, MAX, "7 salmon, pickup")
    left, _ = await on_the_shelf(desk, "salmon")
    zoe = Person(2001, "Zoe")
    for buyer in (BEA, zoe):
        await place(desk, buyer, "a coke, pickup")
    for buyer in (BEA, zoe):
        await desk.say(buyer, f"can you add {left} salmon to my order?")
        await desk.press(buyer, "Send to the shop")
    cards = [
        (number, data)
        for number, shown in desk.screen(desk.group).messages.items()
        for label, data in shown.buttons
        if label == "Accept change"
    ]
    for person, (card, data) in zip((ANNA, SAM), cards, strict=True):
        await desk.keep_tap(person, card, data)

    rules = await at_once(desk)

    assert Counter(rules) == {"staff_chacc": 1, "refused_OutOfStock": 1}
    assert (await on_the_shelf(desk, "salmon"))[0] == 0
    await desk.check_books()


async def offer(desk: DeskForTests, person: Person, words: str) -> None:
    """A change that the staff proposes, sent to the customer of the newest order."""
    async with desk.store.reading() as tx:
        newest = max(order.number or 0 for order in await tx.orders.open_orders())
    await desk.say(person, f"/change {newest} {words}")
    await desk.press(person, "Send to the customer")


async def test_a_proposal_that_is_agreed_to_twice_at_once_is_applied_once(desk):
    for number in range(1, ROUNDS + 1):
        shelf, held = await on_the_shelf(desk, "coke")
        await place(desk, BEA, "2 cokes, pickup")
        await offer(desk, ANNA, "3 cokes")
        await keep(desk, BEA, "Yes, change it")
        await keep(desk, BEA, "Yes, change it")

        rules = await at_once(desk)

        assert Counter(rules) == {"tap_chyes": 1, "refused_Stale": 1}
        assert await on_the_shelf(desk, "coke") == (shelf - 3, held + 3), number
        await desk.check_books()


async def test_a_proposal_that_is_agreed_to_and_taken_back_at_once_is_one_of_both(desk):
    for _ in range(ROUNDS):
        _, held = await on_the_shelf(desk, "coke")
        await place(desk, BEA, "2 cokes, pickup")
        await offer(desk, ANNA, "only one coke")
        await keep(desk, ANNA, "Take back")
        await keep(desk, BEA, "Yes, change it")

        rules = await at_once(desk)

        assert sum(rule in {"tap_chyes", "staff_chback"} for rule in rules) == 1
        assert (await on_the_shelf(desk, "coke"))[1] == held + (1 if "tap_chyes" in rules else 2)
        await desk.check_books()
