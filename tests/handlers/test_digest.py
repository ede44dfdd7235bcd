"""More new cards than a group may get: a list with a button each, and nothing beyond it is lost."""

from core.documents import Timer
from core.people import Channel
from storage.letters import NewLetter
from storage.tables import letters, orders
from tests.desk import DeskForTests
from tests.people import PEOPLE

BEA = PEOPLE["bea"]
MANY = 95


async def test_cards_beyond_what_one_digest_holds_go_out_by_themselves(desk: DeskForTests):
    await desk.say(BEA, "2 margherita, pickup")
    await desk.press(BEA, "Place order")
    async with desk.store.transaction() as tx:
        row = dict((await tx.connection.execute(orders.select())).one()._mapping)
        copies = [{**row, "id": number, "number": 1000 + number} for number in range(2, MANY + 1)]
        await tx.connection.execute(orders.insert(), copies)
        cards = [
            NewLetter(
                Channel.TELEGRAM, str(desk.group), "staff_card", "…", "…", order_id=number, card=f"order:{number}"
            )
            for number in range(2, MANY + 1)
        ]
        await tx.outbox.add(cards, inbox_id=None, now=desk.clock.now())
        await tx.inbox.add_ticks((Timer("digest", "staff", desk.clock.now()),), desk.clock.now())
    desk.take_heard()

    await desk.settle()

    async with desk.store.reading() as tx:
        rows = (await tx.connection.execute(letters.select().where(letters.c.notice == "staff_card"))).all()
    folded = {row.order_id for row in rows if row.state == "folded"}
    digest = [one for one in desk.take_heard() if len(one.buttons) > 1]
    assert len(digest[-1].buttons) == len(folded) == 90
    assert {row.order_id for row in rows if row.state == "sent"} >= {92, 93, 94, 95}
