"""What was asked last, and the words that answer it; words that do not are read as anything else."""

from collections.abc import Awaitable, Callable

from core.documents import Order
from core.people import Contact
from handlers import checkout, questions, returns
from handlers.chat_words import read, words
from handlers.desk import Desk
from handlers.incoming import Answer
from handlers.reading.understood import Intent, Understood
from storage.conversations import Asked

ELSEWHERE = frozenset({Intent.CANCEL, Intent.STATUS, Intent.MENU, Intent.HELP, Intent.HOURS, Intent.RETURN})
"""No answer to a question, whoever asked it."""

AskedHandler = Callable[[Desk, Contact, Asked, str], Awaitable[Answer | None]]


async def _asked_address(desk: Desk, contact: Contact, asked: Asked, written: str) -> Answer | None:
    order = await asked_draft(desk, contact, asked)
    if order is None:
        return None
    understood = read(desk, contact, written, order)
    if understood.intent in ELSEWHERE or (_edits_alone(understood) and not understood.wishes.address):
        return None
    address = understood.wishes.address or written
    return Answer("address", await checkout.answered_address(desk, contact, order, address))


async def _asked_phone(desk: Desk, contact: Contact, asked: Asked, written: str) -> Answer | None:
    order = await asked_draft(desk, contact, asked)
    if order is None or sum(letter.isdigit() for letter in written) < 5:  # noqa: PLR2004  # shorter is no number
        return None
    return Answer("phone", await checkout.answered_phone(desk, contact, order, written))


async def _asked_by_staff(desk: Desk, contact: Contact, asked: Asked, written: str) -> Answer | None:
    """The staff asked about an order: the words go back to its card, unless they clearly are about something else.

    Goods go into the draft where there is one; without one they may be both, and both are done.
    """
    if asked.order_id is None:
        return None
    draft = await desk.tx.orders.draft_of(contact.id)
    understood = read(desk, contact, written, draft)
    orders_goods = _edits_alone(understood)
    if understood.intent in ELSEWHERE or (orders_goods and draft is not None and draft.lines):
        return None
    await desk.tx.conversations.settle(contact.id)
    order = await desk.tx.orders.get(asked.order_id)
    passed_on = await questions.pass_on(desk, contact, written, order=order)
    if orders_goods:
        return Answer("answers_staff_and_orders", (*passed_on, *(await words(desk, contact, written)).notices))
    return Answer("answers_staff", passed_on)


async def _asked_return(desk: Desk, contact: Contact, asked: Asked, written: str) -> Answer | None:
    """Which order, which goods: read together with what was said before."""
    await desk.tx.conversations.settle(contact.id)
    number = asked.facts.get("number")
    whole = f"{asked.facts.get('words', '')}\n{written}"
    understood = read(desk, contact, whole, None)
    if understood.returns is None:
        return None
    number = understood.order_number or number or _bare_number(written)
    return Answer("return", await returns.ask(desk, contact, understood.returns, number))


async def _asked_words(desk: Desk, contact: Contact, asked: Asked, written: str) -> Answer | None:  # noqa: ARG001
    """What was not understood may still be passed on by its button; new words are read as such."""
    await desk.tx.conversations.settle(contact.id)
    return None


ASKED: dict[str, AskedHandler] = {
    "address": _asked_address,
    "phone": _asked_phone,
    "staff": _asked_by_staff,
    "return": _asked_return,
    "words": _asked_words,
}


def _edits_alone(understood: Understood) -> bool:
    """Goods, and every word of it understood: "and a coke" is no street."""
    return understood.intent is Intent.ORDER and bool(understood.edits) and not understood.reading.unread


async def asked_draft(desk: Desk, contact: Contact, asked: Asked) -> Order | None:
    draft = await desk.tx.orders.draft_of(contact.id)
    if draft is None or draft.id != asked.order_id:
        await desk.tx.conversations.settle(contact.id)
        return None
    return draft


def _bare_number(written: str) -> int | None:
    digits = written.strip().lstrip("#")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 15 else None  # noqa: PLR2004
