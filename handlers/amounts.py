"""An amount that was refused, too many at once or more than are left: the next bare number is how many then."""

import re
from dataclasses import replace

from core import orders
from core.documents import Order
from core.errors import OutOfStock, ShopError, Stale, TooMany
from core.notices import Button, Notice, Refused
from core.people import Contact
from handlers import buttons, drafts
from handlers.desk import Desk
from handlers.incoming import ChatText, Incoming
from handlers.said import read
from storage.conversations import Asked

NUMBER = re.compile(r"(?<![\w.,/:-])\d{1,6}(?![\w/:-]|[.,]\d)")
SHORT = 4
"""So many words may stand around a number that answers: "ok then 8 please"."""


async def asking(desk: Desk, contact: Contact, incoming: Incoming, error: ShopError, refusal: Refused) -> Refused:
    """The refusal, which asks how many then; what is left can be taken by a tap."""
    if isinstance(error, OutOfStock) and error.left > 0:
        return await _left(desk, contact, error, refusal)
    if isinstance(error, TooMany) and error.what == "pieces" and isinstance(incoming, ChatText):
        large = [number for number in NUMBER.findall(incoming.text) if int(number) > error.most]
        if len(large) == 1 and not incoming.edited:
            facts = {"text": incoming.text, "number": large[0]}
            await desk.tx.conversations.ask(contact.id, Asked("amount", None, facts), desk.now)
    return refusal


async def _left(desk: Desk, contact: Contact, error: OutOfStock, refusal: Refused) -> Refused:
    draft = await desk.tx.orders.draft_of(contact.id)
    if draft is None or len([line for line in draft.lines if line.sku == error.sku]) != 1:
        return refusal
    await desk.tx.conversations.ask(contact.id, Asked("amount", draft.id, {"sku": error.sku}), desk.now)
    data = buttons.data("amount", draft, f"{desk.tx.articles.id_of(error.sku)}.{error.left}")
    return replace(refusal, buttons=((Button("take_left", data, {"quantity": error.left}),),))


def said(desk: Desk, contact: Contact, written: str) -> int | None:
    """The number that is all the words say; None where they name goods, or anything else."""
    numbers = NUMBER.findall(written)
    if len(numbers) != 1 or len(written.split()) > SHORT + 1:
        return None
    understood = read(desk, contact, written, None)
    is_bare = not (understood.reading.lines or understood.reading.questions or understood.wishes.wished)
    return int(numbers[0]) if is_bare else None


async def set_to(desk: Desk, contact: Contact, draft: Order, sku: str, quantity: int) -> Notice:
    """The draft with so many of it. Raises Stale where it is not in the draft any more."""
    if sku not in {line.sku for line in draft.lines}:
        raise Stale(number=None, state=draft.state)
    lines = [replace(line, quantity=quantity, words="") if line.sku == sku else line for line in drafts.as_read(draft)]
    left = drafts.price(desk, [line for line in lines if line.quantity])
    change = orders.edit(draft, left, contact.actor, desk.now, message=desk.tx.inbox_id)
    await desk.tx.save(change)
    return drafts.shown(desk, change.order or draft, before=draft)
