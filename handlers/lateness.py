""" "Running 15 min late, sorry": said of an order that is under way, and for whoever cooks it."""

from core.documents import Order
from core.notices import LateNoted, Notice
from handlers import questions
from handlers.reading.understood import Intent, Understood
from handlers.said import Said
from handlers.which_order import order_meant

MAY_BE_LATE = frozenset({Intent.ORDER, Intent.OTHER, Intent.THANKS, Intent.CHANGE})
"""What a message may be taken for that says no more than that; a question is the staff's to answer."""


async def told(said: Said) -> tuple[Notice, ...] | None:
    """The staff hears it with the order; None for words that say nothing of it, or without an order under way."""
    understood = said.understood
    if understood.intent not in MAY_BE_LATE or understood.reading.lines or understood.edits or said.photos:
        return None
    is_late = said.says("comes_late")
    if not is_late and not _says_when(understood):
        return None
    order = await order_meant(said.desk, said.contact, understood.order_number, said.written)
    if order is None or not (is_late or _is_another_time(order, understood)):
        return None
    says, _ = await questions.pass_on(said.desk, said.contact, said.written, order=order)
    return (says, LateNoted(to=said.to, order=order))


def _says_when(understood: Understood) -> bool:
    """ "Thanks, see you at 8:15"."""
    return understood.intent is Intent.THANKS and understood.wishes.wished is not None


def _is_another_time(order: Order, understood: Understood) -> bool:
    """Whether it is not the time that was agreed on."""
    return understood.wishes.wished not in {None, order.promised or order.wished}
