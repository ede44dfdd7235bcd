"""Another shop file came to count: open drafts are compared with the one before."""

from core.documents import Timer
from tests.desk import DeskForTests
from tests.people import PEOPLE

BEA = PEOPLE["bea"]


async def test_a_file_of_an_older_version_that_cannot_be_read_any_more_holds_up_nothing(desk: DeskForTests):
    await desk.say(BEA, "2 margherita, pickup")
    async with desk.store.transaction() as tx:
        good = await tx.facts.shop_file() or b""
        await tx.facts.keep_shop_file(b"shop: {name: Bea}\n", desk.clock.now())
        old, _ = await tx.facts.edition()
        await tx.facts.keep_shop_file(good, desk.clock.now())
        await tx.inbox.add_ticks((Timer("menu_changed", str(old), desk.clock.now()),), desk.clock.now())

    await desk.settle()

    assert desk.faults() == []
    assert "tick_menu_unreadable" in [one.rule for one in desk.handled]
