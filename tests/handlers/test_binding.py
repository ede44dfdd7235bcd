"""The staff's group is made by a code that only who runs the bot can read, and that works once."""

from tests.desk import DeskForTests
from tests.people import PEOPLE

ANNA, TOM = PEOPLE["staff"], PEOPLE["tom"]
OTHER = -6001


async def code(desk: DeskForTests) -> str:
    async with desk.store.transaction() as tx:
        return await tx.facts.binding_code()


async def staff_chat(desk: DeskForTests) -> str | None:
    async with desk.store.reading() as tx:
        return await tx.facts.get("staff_chat")


async def test_a_code_that_the_group_has_read_binds_no_other_group(desk: DeskForTests):
    used = await code(desk)
    await desk.say(ANNA, f"/here {used}")

    await desk.say(TOM, f"/here {used}", chat=OTHER)

    assert await staff_chat(desk) == str(desk.group)
    assert await code(desk) != used


async def test_the_next_code_moves_the_desk_to_another_group(desk: DeskForTests):
    await desk.say(ANNA, f"/here {await code(desk)}")

    await desk.say(ANNA, f"/here {await code(desk)}", chat=OTHER)

    assert await staff_chat(desk) == str(OTHER)


async def test_a_wrong_code_binds_nothing(desk: DeskForTests):
    await code(desk)

    for wrong in ("", "0", "00000000"):
        await desk.say(TOM, f"/here {wrong}", chat=OTHER)

    assert await staff_chat(desk) == str(desk.group)
