"""What "never mind" gives up where an order is placed: a change of it that waits, or all of it; and how it is done."""

from core.documents import Order, OrderChange
from core.notices import CancelTold, NothingWanted, Notice, OrderLiveAnew
from core.people import Channel
from handlers import buttons, changing, drafts, open_doubts
from handlers.desk import Desk
from handlers.reading.cancelling import gives_up_a_change, gives_up_all, speaks_of_cancelling
from handlers.reading.wordings import wordings
from handlers.said import Said
from handlers.which_order import order_meant


async def asked(said: Said) -> tuple[Notice, ...] | None:
    """Which of them is meant, or the change taken back; None where the words say that they mean the order."""
    number = said.understood.order_number
    if said.contact.channel is not Channel.TELEGRAM or number is not None:
        return None
    if not gives_up_all(said.written) and await open_doubts.of(said.desk, said.contact, said.draft):
        # What was asked last is meant.
        return None
    order = await order_meant(said.desk, said.contact, None, said.written)
    if order is None:
        is_nothing = _is_vague(said) and not gives_up_all(said.written)
        return (NothingWanted(to=said.to, drafting=False),) if is_nothing else None
    change = await _waiting(said.desk, order)
    if change is not None and gives_up_a_change(said.written):
        return await changing.withdraw(said.desk, said.contact, change.id, change.version)
    if gives_up_all(said.written) or (change is None and not _is_vague(said)):
        return None
    keyboard = buttons.cancelling(order, change)
    return (OrderLiveAnew(to=said.to, order=order, asks_cancel=True, change=change, buttons=keyboard),)


async def how(said: Said) -> tuple[Notice, ...]:
    """ "How do I cancel?": in a chat with the button that does it, below what it would cancel."""
    if said.contact.channel is not Channel.TELEGRAM:
        return (CancelTold(to=said.to, what="mail"),)
    if said.draft is not None and said.draft.lines:
        return (CancelTold(to=said.to, what="draft"), drafts.shown(said.desk, said.draft))
    order = await order_meant(said.desk, said.contact, said.understood.order_number, said.written)
    if order is None:
        return (CancelTold(to=said.to, what="nothing"),)
    change = await _waiting(said.desk, order)
    keyboard = buttons.cancelling(order, change)
    shown = OrderLiveAnew(to=said.to, order=order, asks_cancel=True, change=change, buttons=keyboard)
    return (CancelTold(to=said.to, what="order"), shown)


async def _waiting(desk: Desk, order: Order) -> OrderChange | None:
    """The customer's own change that is not answered yet."""
    own = [one for one in await desk.tx.changes.live(order.id) if not one.by_shop]
    return own[-1] if own else None


def _is_vague(said: Said) -> bool:
    """ "Never mind", "forget it": of what was said last, or of everything? "Cancel it" is clear."""
    rest = wordings("edits", "lets_doubt_go", said.codes).sub(" ", said.written)
    return not speaks_of_cancelling(rest, said.codes)
