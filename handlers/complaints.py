"""Complaints: the shop reads them, and whoever complains may send something back, or not."""

from dataclasses import replace

from core.documents import Order
from core.notices import Button, ComplaintNoted, Notice
from core.people import Contact
from core.states import OrderState
from handlers import buttons, questions, returns
from handlers.desk import Desk
from handlers.reading.return_text import read_return
from handlers.reading.understood import ReturnReason, ReturnWish
from handlers.said import Said
from storage.conversations import COMPLAINT, Asked


async def fault(said: Said) -> tuple[Notice, ...]:
    """ "One jar was broken", and no word of sending it back. Raises NotThere for an order that is not theirs."""
    assert said.understood.returns is not None  # noqa: S101  # who calls has asked
    wish, number = said.understood.returns, said.understood.order_number
    order = await returns.order_meant(said.desk, said.contact, wish, number)
    if order is None:
        mine = await said.desk.tx.orders.of_contact(said.contact.id, most=1)
        order = next(iter(mine), None)
    return await heard(said, order)


async def heard(said: Said, order: Order | None) -> tuple[Notice, ...]:
    """The shop reads it; what was handed over can go back, if its customer says so."""
    says = questions.says(said.contact, said.written, order=order, photos=said.photos)
    if order is None or not _may_go_back(order):
        return (says, ComplaintNoted(to=said.to, order=order))
    facts = {"words": said.written[: questions.LONGEST], "photos": [photo.id for photo in said.photos]}
    await said.desk.tx.conversations.ask(said.contact.id, Asked(COMPLAINT, order.id, facts), said.desk.now)
    offer = ((Button("send_back", buttons.data("sendback", order)),),)
    return (says, ComplaintNoted(to=said.to, order=order, may_go_back=True, buttons=offer))


def _may_go_back(order: Order) -> bool:
    if order.state is not OrderState.COMPLETED:
        return returns.is_over(order)
    return any(line.returnable for line in order.lines)


async def send_back(desk: Desk, contact: Contact, order: Order) -> tuple[Notice, ...]:
    """What they complained of shall go back."""
    asked = await desk.tx.conversations.waiting(contact.id, COMPLAINT, order.id)
    await desk.tx.conversations.settle(contact.id, order.id, COMPLAINT)
    words, shown = (asked.facts["words"], asked.facts["photos"]) if asked else ("", ())
    photos = await desk.tx.files.kept(shown) if shown else ()
    return await returns.ask(desk, contact, _of_words(desk, contact, words), order.number, photos)


async def joined(said: Said) -> Said:
    """ "I want my money back", of what was complained of just before; any other words as they are."""
    wish, number = said.understood.returns, said.understood.order_number
    order = await _complained_of(said, number) if wish is not None and wish.outright and not wish.items else None
    if wish is None or order is None:
        return said
    asked = await said.desk.tx.conversations.waiting(said.contact.id, COMPLAINT, order.id)
    await said.desk.tx.conversations.settle(said.contact.id, order.id, COMPLAINT)
    before, shown = (asked.facts["words"], asked.facts["photos"]) if asked else ("", ())
    photos = (*await said.desk.tx.files.kept(shown), *said.photos) if shown else said.photos
    fault = _of_words(said.desk, said.contact, before)
    reason = fault.reason if wish.reason is ReturnReason.OTHER else wish.reason
    understood = replace(
        said.understood, returns=replace(wish, items=fault.items, reason=reason), order_number=order.number
    )
    return replace(said, understood=understood, written=f"{before}\n{said.written}", photos=photos)


async def _complained_of(said: Said, number: int | None) -> Order | None:
    """The order of the newest complaint that nothing became of, if it can be this one."""
    for order in await said.desk.tx.orders.of_contact(said.contact.id, most=5):
        if number in {None, order.number} and await said.desk.tx.conversations.waiting(
            said.contact.id, COMPLAINT, order.id
        ):
            return order
    return None


def _of_words(desk: Desk, contact: Contact, words: str) -> ReturnWish:
    """What was complained of, as what goes back."""
    languages = desk.house.reading_languages(contact.language)
    wish = read_return(words, desk.house.menu, languages, about_order=True)
    return replace(wish or ReturnWish((), ReturnReason.OTHER), words=words)
