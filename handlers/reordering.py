"""The same again: an order that was placed becomes a draft at today's menu, and what is another is said."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from core import orders
from core.availability import Reason, Why
from core.documents import Bucket, Line, Order
from core.errors import NotThere, Stale
from core.frozen import frozen
from core.notices import AgainAsked, AgainShown, Notice, PriceChange, To
from core.order_changes import live_lines
from core.people import Contact
from core.states import OrderState
from handlers import availability, buttons, drafts, open_doubts
from handlers.availability import off_lines, price_changes
from handlers.change_edits import as_many_in_all
from handlers.desk import Desk
from handlers.draft_edits import merge, with_edits
from handlers.reading.agreement import adds
from handlers.reading.clauses import bare, differs, reorder_rest, said_again
from handlers.reading.understood import Intent, Reading, SetQuantity, Understood, Wishes
from handlers.said import read
from storage.conversations import AGAIN, Asked

WANTED = frozenset({OrderState.PENDING, OrderState.ACCEPTED, OrderState.COMPLETED})
"""What was refused, given up or never answered is not "the usual"."""
LOOKED_AT = 20
OF_OPTIONS = frozenset({Why.OPTION_LEFT_MENU, Why.OPTION_SOLD_OUT})


@frozen
class Again:
    """A draft made of an order, and what is not as it was."""

    draft: Order
    of: Order
    missing: tuple[Reason, ...] = ()
    prices: tuple[PriceChange, ...] = ()
    reading: Reading = Reading()
    """What of the words for this time was not understood."""

    @property
    def is_same(self) -> bool:
        return not self.missing and not self.prices


async def last_order(desk: Desk, contact: Contact, number: int | None) -> Order:
    """The order to repeat: of that number, else the newest that was wanted to the end, else the newest.

    Raises NotThere, for another's as for none.
    """
    mine = await desk.tx.orders.of_contact(contact.id, most=LOOKED_AT)
    for order in mine:
        if order.number == number or (number is None and order.state in WANTED):
            return order
    if mine and number is None:
        # Refused or never answered: still what they had said, and it is shown before it is placed.
        return mine[0]
    raise NotThere(number=number)


async def again(desk: Desk, contact: Contact, number: int | None, said: str = "") -> tuple[Notice, ...]:
    """In chat: the draft of it, or the question what becomes of the draft that is open.

    `said` are words in which something shall be another this time: "but without the coke".
    """
    order = await last_order(desk, contact, number)
    draft = await desk.tx.orders.draft_of(contact.id)
    if draft is None or not draft.lines:
        return told(desk, await repeat(desk, contact, order, draft, keep=False, said=said))
    if said:
        await desk.tx.conversations.ask(contact.id, Asked(AGAIN, order.id, {"text": said}), desk.now)
    else:
        await desk.tx.conversations.settle(contact.id, order.id, AGAIN)
    may_be_draft = bool(said) and _may_be_of_draft(desk, contact, draft, said)
    keyboard = buttons.again(order, draft, of_draft=may_be_draft)
    return (AgainAsked(to=To(contact.id), order=order, of_draft=may_be_draft, buttons=keyboard),)


def _may_be_of_draft(desk: Desk, contact: Contact, draft: Order, said: str) -> bool:
    """Whether "same again" is all that is said, and a draft could take it: "the usual" is never one."""
    languages = desk.house.reading_languages(contact.language)
    if bare(reorder_rest(said, languages) or "", languages):
        return False
    beside = read(desk, contact, said, draft)
    return beside.intent is Intent.ORDER and beside != Understood(Intent.ORDER, language=beside.language)


async def draft_once_more(desk: Desk, contact: Contact, order: Order, version: int) -> tuple[Notice, ...]:
    """What they meant is what is in the draft: twice as many of all of it. Raises Stale if it went on meanwhile."""
    draft = await desk.tx.orders.draft_of(contact.id)
    if draft is None or draft.version != version:
        raise Stale(number=None, state=OrderState.DRAFT)
    await desk.tx.conversations.settle(contact.id, order.id, AGAIN)
    twice = tuple(SetQuantity(place, 2 * line.quantity, "") for place, line in enumerate(draft.lines))
    edited = await drafts.apply(desk, contact, draft, Understood(Intent.ORDER, edits=twice))
    return (*drafts.refusals(edited, To(contact.id)), drafts.shown(desk, edited.order if edited else draft))


async def into_draft(desk: Desk, contact: Contact, order: Order, version: int, *, keep: bool) -> tuple[Notice, ...]:
    """The customer chose: added to the open draft, or in its place. Raises Stale if the draft went on meanwhile."""
    draft = await desk.tx.orders.draft_of(contact.id)
    if draft is None or draft.version != version:
        raise Stale(number=None, state=OrderState.DRAFT)
    asked = await desk.tx.conversations.waiting(contact.id, AGAIN, order.id)
    said = asked.facts["text"] if asked else ""
    if asked is not None:
        await desk.tx.conversations.settle(contact.id, order.id, AGAIN)
    return told(desk, await repeat(desk, contact, order, draft, keep=keep, said=said))


def told(desk: Desk, made: Again) -> tuple[Notice, ...]:
    """What is not as it was, before the draft itself."""
    is_something = made.draft.lines or made.reading != Reading()
    return (*changed(made), *((drafts.shown(desk, made.draft, made.reading),) if is_something else ()))


def changed(made: Again) -> tuple[Notice, ...]:
    """What is not as it was, if anything; by mail with the order as it would be."""
    if made.is_same:
        return ()
    to = To(made.draft.contact_id)
    return (AgainShown(to=to, order=made.draft, of=made.of, missing=made.missing, prices=made.prices),)


async def as_reorder(
    desk: Desk, contact: Contact, draft: Order | None, understood: Understood, written: str
) -> Understood:
    """ "The usual, and a tiramisu": the tiramisu is an edit of what is ordered again.

    Beside a draft "the same again" may mean what is in it, too: who has had an order before is asked which.
    """
    languages = desk.house.reading_languages(contact.language)
    rest = reorder_rest(written, languages) if understood.intent is Intent.ORDER else None
    if rest is None:
        return understood
    drafting = draft is not None and bool(draft.lines)
    if drafting and not bare(rest, languages):
        mine = await desk.tx.orders.of_contact(contact.id, most=LOOKED_AT)
        had = any(order.state in WANTED for order in mine)
        return Understood(Intent.REORDER, language=understood.language) if had else understood
    if reorder_rest(written, languages, joined=True) is None:
        return understood
    if drafting:
        alone = read(desk, contact, said_again(written, languages), draft)
        if alone.edits or alone.wishes != Wishes():
            return understood
    return replace(understood, intent=Intent.REORDER)


async def repeat(
    desk: Desk, contact: Contact, order: Order, draft: Order | None, *, keep: bool, said: str = ""
) -> Again:
    """The draft with these lines at today's prices; with `keep` beside what it has. None may be left of them."""
    then = replace(order, lines=live_lines(order.lines), wished=None)
    now, missing = await _to_be_had(desk, then)
    understood = _this_time(desk, contact, now, said)
    at = availability.serving_time(desk, understood.wishes.wished)
    mine, refused = with_edits(desk, drafts.as_read(now), understood.edits, at)
    missing = (*missing, *map(availability.as_reason, refused))
    draft = draft or await drafts.new_draft(desk, contact)
    old = drafts.as_read(draft) if keep else ()
    lines = drafts.price(desk, merge((*old, *mine)))
    fields = {} if keep else _same_way(desk, order, draft, lines)
    change = orders.edit(draft, lines, contact.actor, desk.now, message=desk.tx.inbox_id, **fields)
    await desk.tx.save(change)
    made = change.order or draft
    if understood.wishes != Wishes():
        edited = await drafts.apply(desk, contact, made, Understood(Intent.ORDER, wishes=understood.wishes))
        made = edited.order if edited else made
    reading = await open_doubts.after(desk, contact, draft, made, understood) if said else Reading()
    return Again(made, order, missing, price_changes(desk, now), reading)


def _this_time(desk: Desk, contact: Contact, order: Order, said: str) -> Understood:
    """How and when, and what shall be another: "the usual at seven, but without the coke"."""
    if not said:
        return Understood(Intent.ORDER)
    wishes = read(desk, contact, said, None).wishes
    languages = desk.house.reading_languages(contact.language)
    rest = reorder_rest(said, languages)
    understood = read(desk, contact, rest, order) if rest else Understood(Intent.ORDER)
    if rest and differs(said, languages) and not adds(rest):
        understood = replace(understood, edits=as_many_in_all(drafts.as_read(order), understood.edits))
    return replace(understood, wishes=wishes)


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
