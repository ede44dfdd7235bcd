"""Ask was tapped: the words are awaited as a reply, and whoever writes them otherwise is told so."""

from datetime import datetime, timedelta

from core.documents import Order
from core.notices import STAFF, Notice, ReplyAwaited
from core.people import Staff
from handlers.desk import Desk
from handlers.incoming import Answer, ChatText

LASTS = timedelta(minutes=5)
"""What somebody writes in the group later than this was hardly meant for the customer."""


async def begin(desk: Desk, person: Staff, order: Order) -> tuple[Notice, ...]:
    """Their reply is awaited, and remembered to be."""
    await desk.tx.facts.put(_fact(person.user_id), f"{order.id} {desk.now.isoformat()}")
    return (await _awaited(desk, order, person.user_id, person.name),)


async def end(desk: Desk, person: Staff) -> None:
    """They have replied."""
    if _fact(person.user_id) in desk.facts:
        await desk.tx.facts.drop(_fact(person.user_id))


async def beside(desk: Desk, said: ChatText) -> Answer:
    """Words in the group that are no reply: right after Ask they may have been meant as one, and that is said once."""
    waits = desk.facts.get(_fact(said.person.user_id))
    if waits is None or said.edited:
        return Answer("group_talk")
    await desk.tx.facts.drop(_fact(said.person.user_id))
    order_id, _, since = waits.partition(" ")
    if desk.now - datetime.fromisoformat(since) > LASTS:
        return Answer("group_talk")
    order = await desk.tx.orders.get(int(order_id))
    return Answer("asked_beside", (await _awaited(desk, order, said.person.user_id, said.person.name, missed=True),))


async def _awaited(desk: Desk, order: Order, user_id: int, name: str, *, missed: bool = False) -> Notice:
    contact = await desk.tx.customers.get(order.contact_id)
    return ReplyAwaited(
        to=STAFF,
        order=order,
        customer=contact.name or contact.address,
        person=name or str(user_id),
        user_id=user_id,
        missed=missed,
    )


def _fact(user_id: int) -> str:
    return f"asking_{user_id}"
