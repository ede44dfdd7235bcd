"""Our mails about an order stand in one thread."""

from bot.mail_copies import raw_mail
from handlers.buttons import data
from handlers.dispatch import handle_next
from storage.inbox import MailPlace
from tests.desk import DeskForTests
from tests.mails import Draft
from tests.people import PEOPLE

SAM = PEOPLE["sam"]
CARL = "carl@example.org"


async def test_news_of_an_order_goes_under_our_last_mail_even_while_that_one_still_waits(desk: DeskForTests):
    raw = Draft("Carl Smith", CARL, "2 jars of honey, I pick them up.").sent(1, desk.clock.now())
    await desk.shared.receive([raw_mail(raw, MailPlace("shop", "INBOX", 1, 1), desk.clock.now())])
    await handle_next(desk.store, desk.shared.house, desk.clock.now(), 1)
    async with desk.store.transaction() as tx:
        (order,) = await tx.orders.open_orders()

    await desk.tap(SAM, 1, data("acc", order, "15"))

    placed, accepted = desk.mails[CARL]
    assert placed.message_id is not None
    assert accepted.reply_to == placed.message_id
    assert accepted.references[-1] == placed.message_id
