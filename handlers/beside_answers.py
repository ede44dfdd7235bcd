"""What becomes of goods beside an order that is under way: a change of it, a new order, or nothing."""

from dataclasses import replace

from core.documents import Order
from core.notices import BesideOrder, DraftCancelled, Notice, To
from core.people import Channel, Contact
from handlers import beside_order, changing, customers, drafts, open_doubts, orders, unread_words
from handlers.buttons import Tap
from handlers.desk import Desk
from handlers.own_orders import own_draft
from handlers.placed_words import is_of_its_own
from handlers.reading.agreement import (
    agrees,
    joins_placed,
    keeps_apart,
    orders_anew,
    puts_together,
    refuses,
    takes_back,
)
from handlers.reading.understood import AddLine, Intent, Reading, Understood, Wishes
from handlers.said import Said, read
from storage.conversations import BESIDE_ORDER

LONGEST_ANSWER = 6
"""Words."""
ANSWERING = frozenset({Intent.ORDER, Intent.PLACE, Intent.OTHER, Intent.CHANGE, Intent.THANKS, Intent.CANCEL})


async def begin(said: Said, draft: Order) -> None:
    """The draft has just begun: it is asked about, unless the words say that it is an order of its own."""
    if draft.beside is None or said.contact.channel is not Channel.TELEGRAM or orders_anew(said.written):
        return
    order = await said.desk.tx.orders.get(draft.beside)
    if is_of_its_own(said.desk, said.contact, order, said.understood, said.written) or _goes_elsewhere(said, order):
        return
    await beside_order.keep(said.desk, said.contact, draft)


def _goes_elsewhere(said: Said, order: Order) -> bool:
    """Another way than that order's, or where to."""
    wishes = said.understood.wishes
    return bool(wishes.address) or (wishes.kind is not None and wishes.kind != order.kind)


async def join(desk: Desk, contact: Contact, draft: Order) -> tuple[Notice, ...]:
    """The draft's goods become a change of the order that is under way; nothing is sent before it was seen.

    Raises what is in the way of such an order.
    """
    order = await beside_order.of(desk, contact, draft)
    proposed = await _proposed(desk, contact, draft, order) if order is not None else None
    if order is None or proposed is None:
        # It has gone on meanwhile.
        await desk.tx.conversations.settle(contact.id, draft.id, BESIDE_ORDER)
        told = (BesideOrder(to=To(contact.id), order=order),) if order is not None else ()
        return (*told, drafts.shown(desk, draft))
    await orders.cancel(desk, draft.id, None, contact.actor, by_shop=False)
    await desk.tx.conversations.settle(contact.id, draft.id)
    return (DraftCancelled(to=To(contact.id), order=draft, standing=order, joins=True), *proposed)


async def _proposed(desk: Desk, contact: Contact, draft: Order, order: Order) -> tuple[Notice, ...] | None:
    """What was in doubt or not read goes along: the shop reads it."""
    lines = drafts.as_read(draft)
    doubts = await open_doubts.of(desk, contact, draft)
    reading = Reading(questions=doubts, unread=await unread_words.of(desk, contact, draft))
    wishes = Wishes(note=draft.note or None)
    wanted = Understood(Intent.ORDER, reading, tuple(map(AddLine, lines)), wishes)
    written = "\n".join(filter(None, (line.words for line in lines)))
    return await changing.propose(desk, contact, order, written, wanted)


async def anew(desk: Desk, contact: Contact, draft: Order) -> None:
    """It is an order of its own."""
    await desk.tx.conversations.settle(contact.id, draft.id, BESIDE_ORDER)


async def by_words(desk: Desk, contact: Contact, draft: Order | None, written: str) -> tuple[Notice, ...] | None:
    """What the button of the same meaning does; None for words that answer something else."""
    if draft is None or not draft.lines or len(written.split()) > LONGEST_ANSWER:
        return None
    order = await beside_order.of(desk, contact, draft)
    if order is None or not _is_alone(desk, contact, written):
        return None
    is_same = beside_order.is_once_more(desk, order, draft)
    is_no = refuses(written, desk.house.reading_languages(contact.language))
    if orders_anew(written) or keeps_apart(written) or (is_same and agrees(written) and not is_no):
        await anew(desk, contact, draft)
        return (drafts.shown(desk, draft),)
    if joins_placed(written) or puts_together(written):
        return await join(desk, contact, draft)
    if is_no or takes_back(written, desk.house.reading_languages(contact.language)):
        # Neither.
        return await customers.drop_draft(desk, contact, draft)
    # "Yes", to the one or the other?
    return (await beside_order.asking(desk, contact, drafts.shown(desk, draft)),) if agrees(written) else None


def _is_alone(desk: Desk, contact: Contact, written: str) -> bool:
    """Whether nothing is named that could be ordered, and no other matter."""
    alone = read(desk, contact, written, None)
    is_bare = not (alone.reading.lines or alone.reading.questions)
    return is_bare and alone.intent in ANSWERING and replace(alone.wishes, kind=None) == Wishes()


async def tap_join(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    return await join(desk, contact, await own_draft(desk, contact, tapped))


async def tap_anew(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    draft = await own_draft(desk, contact, tapped)
    await anew(desk, contact, draft)
    return (drafts.edited(desk, draft),)
