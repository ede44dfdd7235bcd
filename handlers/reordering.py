"""The same again: an order that was placed becomes a draft at today's menu, and what is another is said."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from core import orders
from core.availability import Reason, Why
from core.documents import Bucket, Line, Order
from core.errors import NotThere, Stale
from core.notices import AgainAsked, AgainShown, Notice, PriceChange, To
from core.order_changes import live_lines
from core.people import Contact
from core.states import OrderState
from handlers import buttons, drafts, open_doubts
from handlers.availability import off_lines, price_changes
from handlers.desk import Desk
from handlers.draft_edits import merge
from handlers.reading.message import read_message
from handlers.reading.understood import Intent, Understood, Wishes

WANTED = frozenset({OrderState.PENDING, OrderState.ACCEPTED, OrderState.COMPLETED})
"""What was refused, given up or never answered is not "the usual"."""
LOOKED_AT = 20
NO_WISHES = Wishes()
OF_OPTIONS = frozenset({Why.OPTION_LEFT_MENU, Why.OPTION_SOLD_OUT})


@dataclass(frozen=True, slots=True)
class Again:
    """A draft made of an order, and what is not as it was."""

    draft: Order
    of: Order
    missing: tuple[Reason, ...] = ()
    prices: tuple[PriceChange, ...] = ()

    @property
    def is_same(self) -> bool:
        return not self.missing and not self.prices


async def last_order(desk: Desk, contact: Contact, number: int | None) -> Order:
    """The order to repeat: of that number, else the newest that was wanted to the end.

    Raises NotThere, for another's as for none.
    """
    mine = await desk.tx.orders.of_contact(contact.id, most=LOOKED_AT)
    for order in mine:
        if order.number == number or (number is None and order.state in WANTED):
            return order
    raise NotThere(number=number)


async def again(
    desk: Desk, contact: Contact, number: int | None, wishes: Wishes = NO_WISHES, otherwise: str = ""
) -> tuple[Notice, ...]:
    """In chat: the draft of it, or the question what becomes of the draft that is open.

    `otherwise` are the words for what shall be another this time: "but without the coke".
    """
    order = await last_order(desk, contact, number)
    draft = await desk.tx.orders.draft_of(contact.id)
    if draft is not None and draft.lines:
        return (AgainAsked(to=To(contact.id), order=order, buttons=buttons.again(order, draft)),)
    made = await repeat(desk, contact, order, draft, keep=False, wishes=wishes)
    return await _otherwise(desk, contact, made, otherwise) if otherwise else told(desk, made)


async def _otherwise(desk: Desk, contact: Contact, made: Again, words: str) -> tuple[Notice, ...]:
    """The draft with what shall be another this time; what of it was not understood is said."""
    languages = desk.house.reading_languages(contact.language)
    lines = drafts.as_read(made.draft)
    read = read_message(words, desk.house.menu, languages=languages, draft=lines, now=desk.now, zone=desk.shop.zone)
    edited = await drafts.apply(desk, contact, made.draft, replace(read, wishes=NO_WISHES))
    draft = edited.order if edited else made.draft
    reading = await open_doubts.after(desk, contact, made.draft, draft, read)
    shown = drafts.shown(desk, draft, reading)
    return (*changed(made), *drafts.refusals(edited, To(contact.id)), shown)


async def into_draft(desk: Desk, contact: Contact, order: Order, version: int, *, keep: bool) -> tuple[Notice, ...]:
    """The customer chose: added to the open draft, or in its place. Raises Stale if the draft went on meanwhile."""
    draft = await desk.tx.orders.draft_of(contact.id)
    if draft is None or draft.version != version:
        raise Stale(number=None, state=OrderState.DRAFT)
    return told(desk, await repeat(desk, contact, order, draft, keep=keep))


def told(desk: Desk, made: Again) -> tuple[Notice, ...]:
    """What is not as it was, before the draft itself."""
    shown = (drafts.shown(desk, made.draft),) if made.draft.lines else ()
    return (*changed(made), *shown)


def changed(made: Again) -> tuple[Notice, ...]:
    """What is not as it was, if anything; by mail with the order as it would be."""
    if made.is_same:
        return ()
    to = To(made.draft.contact_id)
    return (AgainShown(to=to, order=made.draft, of=made.of, missing=made.missing, prices=made.prices),)


async def repeat(
    desk: Desk, contact: Contact, order: Order, draft: Order | None, *, keep: bool, wishes: Wishes = NO_WISHES
) -> Again:
    """The draft with these lines at today's prices; with `keep` beside what it has. None may be left of them."""
    then = replace(order, lines=live_lines(order.lines), wished=None)
    now, missing = await _to_be_had(desk, then)
    draft = draft or await drafts.new_draft(desk, contact)
    old = drafts.as_read(draft) if keep else ()
    lines = drafts.price(desk, merge((*old, *drafts.as_read(now))))
    fields = {} if keep else _same_way(desk, order, draft, lines)
    change = orders.edit(draft, lines, contact.actor, desk.now, **fields)
    await desk.tx.save(change)
    made = change.order or draft
    if wishes != NO_WISHES:
        edited = await drafts.apply(desk, contact, made, Understood(Intent.ORDER, wishes=wishes))
        made = edited.order if edited else made
    return Again(made, order, missing, price_changes(desk, now))


def _same_way(desk: Desk, order: Order, draft: Order, lines: Sequence[Line]) -> dict[str, Any]:
    """Where it went then, if these goods still go that way; when, and a word to the kitchen, are new each time."""
    offered = desk.shop.kinds_for(line.sku for line in lines)
    kind = order.kind if order.kind in offered else offered[0] if len(offered) == 1 else None
    fields: dict[str, Any] = {"kind": kind, "wished": None}
    fields |= {name: value for name in ("address", "spot", "phone") if (value := getattr(order, name))}
    return {**fields, "fee": drafts.fee(desk, draft, fields)}


async def _to_be_had(desk: Desk, order: Order) -> tuple[Order, tuple[Reason, ...]]:
    """The order as it could be today: without options that are gone, and without dishes that cannot be had."""
    missing: list[Reason] = []
    while off := {place: one for place, one in off_lines(desk, order).items() if one.why in OF_OPTIONS}:
        missing += off.values()
        order = replace(order, lines=tuple(_without_option(line, off.get(line.position)) for line in order.lines))
    off = off_lines(desk, order)
    missing += off.values()
    order = replace(order, lines=tuple(line for line in order.lines if line.position not in off))
    lines, short = await _on_the_shelf(desk, order.lines)
    # The words of then were about another order.
    return replace(order, lines=tuple(replace(line, words="") for line in lines)), (*missing, *short)


def _without_option(line: Line, reason: Reason | None) -> Line:
    if reason is None:
        return line
    return replace(line, options=tuple(one for one in line.options if one.chosen.value != reason.value))


async def _on_the_shelf(desk: Desk, lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Reason, ...]]:
    """Counted goods as far as they are there; fewer than then, where fewer are left."""
    kept: list[Line] = []
    short: list[Reason] = []
    left: dict[str, int] = {}
    for line in lines:
        product = desk.shop.menu.by_sku[line.sku]
        if product.stock is None:
            kept.append(line)
            continue
        if line.sku not in left:
            left[line.sku] = await desk.tx.stock.balance(line.sku, Bucket.SHELF)
        quantity = min(line.quantity, left[line.sku])
        left[line.sku] -= quantity
        if quantity < line.quantity:
            short.append(Reason(Why.EMPTY, line.sku, line.name, left=quantity))
        kept += [replace(line, quantity=quantity)] if quantity else []
    return tuple(kept), tuple(short)
