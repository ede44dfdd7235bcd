"""Who may do what in the group: the right belongs to the act, whichever way it is done."""

import pytest

from core.people import Role
from core.states import UNDOABLE
from handlers.staff_taps import RIGHT_TO
from tests import updates
from tests.desk import DeskForTests
from tests.people import PEOPLE, Person

ANNA, BEA = PEOPLE["staff"], PEOPLE["bea"]
KIM = Person(9003, "Kim", in_group=True)


async def hire(desk: DeskForTests, role: Role) -> None:
    async with desk.store.transaction() as tx:
        await tx.staff.put(KIM.id, KIM.name, role, desk.clock.now())


async def place(desk: DeskForTests, words: str = "2 margherita, pickup") -> None:
    await desk.say(BEA, words)
    await desk.press(BEA, "Place order")


async def state(desk: DeskForTests) -> str:
    async with desk.store.reading() as tx:
        return (await tx.orders.by_number(1001)).state


def test_whatever_can_be_undone_names_the_right_that_it_needs():
    assert set(RIGHT_TO) == UNDOABLE


@pytest.mark.parametrize("role", [Role.KITCHEN, Role.COURIER, Role.VIEWER])
async def test_who_may_not_accept_may_not_take_an_acceptance_back(desk: DeskForTests, role: Role):
    await hire(desk, role)
    await place(desk)
    await desk.press(ANNA, "Accept")

    await desk.press(KIM, "Undo")

    assert await state(desk) == "accepted"
    assert desk.take_heard()[-1].words == "Sorry, your role does not allow that."


async def test_the_kitchen_may_take_its_own_step_back(desk: DeskForTests):
    await hire(desk, Role.KITCHEN)
    await place(desk)
    await desk.press(ANNA, "Accept")
    await desk.press(KIM, "Preparing")

    await desk.press(KIM, "Undo")

    async with desk.store.reading() as tx:
        assert (await tx.orders.by_number(1001)).fulfilment == "planned"
    await desk.check_books()


@pytest.mark.parametrize("role", [Role.KITCHEN, Role.COURIER, Role.VIEWER])
async def test_who_may_not_ask_the_customer_does_not_reach_them_by_a_reply_either(desk: DeskForTests, role: Role):
    await hire(desk, role)
    await place(desk)
    card = desk.screen(desk.group).newest_with("#1001")
    desk.take_heard()

    await desk.message(KIM, text="We do not like you", reply_to_message=updates.reply(card))

    assert [one.words for one in desk.take_heard()] == ["Sorry, your role does not allow that."]


async def test_the_kitchen_does_not_ship_by_replying_with_a_tracking_number(desk: DeskForTests):
    await hire(desk, Role.KITCHEN)
    await place(desk, "2 honey, ship to Lindenweg 4, 50667 Köln")
    await desk.press(ANNA, "Accept")
    card = desk.screen(desk.group).newest_with("#1001")

    await desk.message(KIM, text="DHL 00340434161094042557", reply_to_message=updates.reply(card))

    async with desk.store.reading() as tx:
        assert (await tx.orders.by_number(1001)).fulfilment == "planned"


@pytest.mark.parametrize("rest", ["--5", "-1", "5-", "٣", "9999999999", ""])
@pytest.mark.parametrize(("person", "verb"), [(ANNA, "acc"), (ANNA, "rejr"), (BEA, "pick")])
async def test_a_forged_number_is_refused_like_any_old_button(desk: DeskForTests, person: Person, verb: str, rest: str):
    await desk.say(BEA, "2 margherita")

    await desk.tap(person, 1, f"{verb}:1:1:{rest}")

    assert desk.faults() == []


async def test_verbs_of_the_staff_do_nothing_in_a_private_chat(desk: DeskForTests):
    await place(desk)

    for verb in ("acc:1:2:15", "rejr:1:2:0", "hand:1:2", "card:1:2", "scan:1:2"):
        await desk.tap(ANNA, 1, verb, chat=ANNA.id)

    assert await state(desk) == "pending"
