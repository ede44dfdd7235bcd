"""Goods for a new draft while an order is under way: to join that one, or an order of their own? Nothing is guessed.

Asked beside the draft itself, and kept until it is answered: nothing is placed before.
"""

from dataclasses import replace

from core.documents import Order
from core.left_open import is_current
from core.notices import DraftEdited, DraftShown, Keyboard, Notice
from core.order_changes import have_same_goods, may_change
from core.people import Contact
from handlers import buttons, drafts, open_doubts
from handlers.desk import Desk
from handlers.orders import SHORTLY
from handlers.reading.understood import Reading
from storage.conversations import BESIDE_ORDER, Asked

PLACING = frozenset({"place", "pslot", "pwo"})
"""The verbs of the buttons that place a draft."""


async def keep(desk: Desk, contact: Contact, draft: Order) -> None:
    """From now on it is asked of this draft."""
    facts = {"order": draft.beside}
    await desk.tx.conversations.ask(contact.id, Asked(BESIDE_ORDER, draft.id, facts), desk.now)


async def of(desk: Desk, contact: Contact, draft: Order) -> Order | None:
    """The order that these goods may be meant for, as long as it is asked, and it can still be another."""
    asked = await desk.tx.conversations.waiting(contact.id, BESIDE_ORDER, draft.id)
    order = await desk.tx.orders.get(asked.facts["order"]) if asked is not None else None
    return order if order is not None and is_current(order, desk.now) and may_change(order) else None


async def asking(desk: Desk, contact: Contact, shown: Notice) -> Notice:
    """The draft as it is shown, with the question; any other notice as it is."""
    if not isinstance(shown, DraftShown | DraftEdited):
        return shown
    order = await of(desk, contact, shown.order)
    if order is None:
        return shown
    is_same = is_once_more(desk, order, shown.order)
    rows = buttons.beside(shown.order, order, is_same=is_same)
    return replace(shown, beside=order, is_same=is_same, buttons=_instead_of_placing(shown.buttons, rows))


def _instead_of_placing(keyboard: Keyboard, rows: Keyboard) -> Keyboard:
    """The question's buttons where the one stood that places it; where none did, nothing can be placed yet."""
    place = next((at for at, row in enumerate(keyboard) if buttons.read_data(row[0].data).verb in PLACING), None)
    return keyboard if place is None else (*keyboard[:place], *rows, *keyboard[place + 1 :])


async def repeated(desk: Desk, contact: Contact, notices: tuple[Notice, ...]) -> tuple[Notice, ...]:
    """A draft that a tap has changed asks on what it asked before."""
    told = await open_doubts.repeated(desk, contact, notices)
    return tuple([await asking(desk, contact, each) for each in told])


async def still_asked(desk: Desk, contact: Contact, order: Order) -> Notice | None:
    """The draft with what was asked about its goods, or about them and another order, and is open."""
    doubts = await open_doubts.of(desk, contact, order)
    if doubts:
        return drafts.shown(desk, order, Reading(questions=doubts), placing=True)
    if await of(desk, contact, order) is None:
        return None
    return await asking(desk, contact, drafts.shown(desk, order))


def is_once_more(desk: Desk, order: Order, draft: Order) -> bool:
    """Whether a draft holds what was ordered a moment ago, and nothing else."""
    is_new = order.placed is not None and desk.now - order.placed < SHORTLY
    is_alike = draft.kind in {None, order.kind} and draft.wished in {None, order.wished}
    return is_new and is_alike and have_same_goods(order.lines, draft.lines)
