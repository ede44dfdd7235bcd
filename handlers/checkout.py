"""From draft to placed order: asks for what is missing, one thing at a time, then places."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from core import orders, placing
from core.documents import UNKNOWN_ZONE, Order
from core.errors import BelowMinimum, EmptyDraft, NotOffered, SlotFull, TooFewOptions, TooManyOptions
from core.notices import (
    AddressAsked,
    DraftAsked,
    Notice,
    OutOfReach,
    PhoneAsked,
    PhoneKept,
    Refused,
    TimeAsked,
    To,
    Unfinished,
)
from core.people import Channel, Contact
from core.postcodes import has_postcode, street_numbers
from core.slots import Objection
from core.states import NEEDS_ADDRESS, Kind
from core.zones import Spot, reach
from handlers import (
    addresses,
    beside_order,
    cards,
    checkout_buttons,
    draft_hints,
    draft_news,
    draft_wishes,
    drafts,
    unread_words,
    when,
)
from handlers.desk import Desk
from handlers.orders import place
from handlers.reading.wordings import with_lists, wordings
from storage.conversations import Asked

SHOW = "show"
"""After the answer the draft is shown, and not placed."""

TOO_LONG = "long"

LONGEST_POSTCODE = 8
"""Of letters, digits and a blank."""
LONGEST_WITH_LABEL = 40
"""With words like "my postcode is" before it."""


async def go_on(
    desk: Desk, contact: Contact, order: Order, *, tapped: bool, seen: Order | None = None, with_phone: bool = True
) -> tuple[Notice, ...]:
    """The next question, or the order is placed. Raises what is in the way of placing it.

    `seen` is the draft as its customer saw it last, where their answer has just made it another. Without `with_phone`
    they were asked for a number, and rather give none.
    """
    if not order.lines:
        raise EmptyDraft
    changed = await draft_news.before_placing(desk, contact, order, seen or order, tapped=tapped)
    if changed is not None:
        return (changed,)
    asked = await beside_order.still_asked(desk, contact, order)
    if asked is not None:
        return (asked,)
    open_groups = draft_hints.unfinished(desk, order)
    if open_groups:
        return (_choice_asked(desk, contact, order, open_groups[0]),)
    if order.kind is None or order.kind not in drafts.offered(desk, order):
        return (_kind_asked(desk, order, tapped=tapped),)
    stop = _time_or_minimum(desk, contact, order) or await _address_missing(desk, contact, order)
    if stop is not None:
        return (stop,)
    if order.kind is Kind.DELIVERY and not order.phone:
        known = await desk.tx.customers.last_detail(contact.customer_id, "phone")
        if not known and with_phone and contact.channel is Channel.TELEGRAM:
            await desk.tx.conversations.ask(contact.id, Asked("phone", order.id, {"version": order.version}), desk.now)
            return (PhoneAsked(to=To(contact.id), order=order),)
        if known:
            order = await fill(desk, contact, order, phone=known)
    return await _place(desk, contact, order, tapped=tapped)


def _choice_asked(desk: Desk, contact: Contact, order: Order, lacks: Unfinished) -> Notice:
    """The draft again, which says what must be chosen; by mail it is raised."""
    if contact.channel is Channel.TELEGRAM:
        return drafts.shown(desk, order)
    if lacks.least:
        raise TooFewOptions(group=dict(lacks.group), least=lacks.least)
    raise TooManyOptions(group=dict(lacks.group), most=lacks.most)


async def _address_missing(desk: Desk, contact: Contact, order: Order) -> Notice | None:
    """The question for what the address lacks, or that nobody goes there."""
    if order.kind not in NEEDS_ADDRESS:
        return None
    if draft_hints.is_outside(desk, order):
        return await _outside(desk, contact, order)
    lacks = address_lacks(desk, order)
    return None if lacks is None else await _ask_address(desk, contact, order, lacks)


async def _place(desk: Desk, contact: Contact, order: Order, *, tapped: bool) -> tuple[Notice, ...]:
    """Nothing is missing. Whoever comes too late for the last place of a time chooses another."""
    said = await unread_words.of(desk, contact, order)
    if said:
        order = await fill(desk, contact, order, note=unread_words.as_note(desk, order, said))
    await desk.tx.conversations.settle(contact.id, order.id)
    try:
        placed = await place(desk, order, contact.actor)
    except SlotFull as full:
        if contact.channel is not Channel.TELEGRAM:
            raise
        return (times_asked(await when.with_busy(desk), order, Objection.FULL, full.at),)
    return placed if tapped else tuple(cards.anew(notice) for notice in placed)


def _time_or_minimum(desk: Desk, contact: Contact, order: Order) -> Notice | None:
    """What is in the way, said without undoing what the customer has just filled in; by mail it is raised."""
    why = when.objection(desk, order)
    if why is not None:
        if contact.channel is not Channel.TELEGRAM:
            raise when.refusal(desk, order, why)
        return times_asked(desk, order, why, order.wished)
    try:
        placing.check_placeable(order, desk.shop)
    except BelowMinimum as below:
        if contact.channel is not Channel.TELEGRAM:
            raise
        return Refused(to=To(contact.id), error="BelowMinimum", facts=dict(vars(below)))
    return None


def times_asked(desk: Desk, order: Order, why: Objection, wished: datetime | None) -> TimeAsked:
    """This time cannot be; those that can are buttons."""
    offers = when.offered(desk, order)
    rows = checkout_buttons.offers(order, offers, "pslot")
    return TimeAsked(to=To(order.contact_id), order=order, why=why, wished=wished, offers=offers, buttons=rows)


def address_lacks(desk: Desk, order: Order) -> str | None:
    """What must still be asked: "" for all of it, "street", "postcode", "location", "door" or None for nothing."""
    way = desk.shop.fulfilment.way(order.kind) if order.kind else None
    areas = way.areas if way else ()
    found = reach(areas, order.address, order.spot, desk.shop.location)
    if not order.address:
        return "door" if order.spot is not None and (found.zone or not found.lacks) else ""
    if order.spot is not None and found.zone is not None:
        return None
    if not street_numbers(order.address):
        return "street"
    if found.lacks == "postcode" or (found.zone is None and way and way.postcodes and not has_postcode(order.address)):
        return "postcode"
    # By mail nobody can share a location; who was asked for one and wrote again has none.
    if found.lacks == "location" and (order.zone == UNKNOWN_ZONE or order.channel is Channel.MAIL):
        return None
    return found.lacks or None


def joined(order: Order, said: str, lacked: str | None) -> str:
    """The address with what it lacked; an answer that is whole by itself takes its place."""
    is_part = {"street": not has_postcode(said), "postcode": not street_numbers(said)}.get(lacked or "", False)
    return f"{order.address}, {said}" if order.address and is_part else said


def check_reached(desk: Desk, order: Order) -> None:
    """Raises NotOffered where the courier does not go, as far as the shop says where."""
    if draft_hints.is_outside(desk, order):
        raise NotOffered(what="address")


async def fill(desk: Desk, contact: Contact, order: Order, **fields: Any) -> Order:
    """One more field of the draft is known."""
    change = orders.edit(order, order.lines, contact.actor, desk.now, message=desk.tx.inbox_id, **fields)
    await desk.tx.save(change)
    return change.order or order


async def fill_address(desk: Desk, contact: Contact, order: Order, address: str, spot: Spot | None) -> Order:
    """Where to, and the price of getting there."""
    kept = await draft_wishes.keep_detail(desk, contact, "address", address, spot)
    return await _priced(desk, contact, order, address=kept, spot=spot, zone="")


async def with_postcode(desk: Desk, contact: Contact, draft: Order | None, written: str) -> Order | None:
    """The draft with the postcode that its address lacked, where the words are nothing else."""
    if draft is None or draft.kind not in NEEDS_ADDRESS or not draft.address or len(written) > LONGEST_WITH_LABEL:
        return None
    labels = wordings("wishes", "postcode_labels", with_lists(desk.house.reading_languages(contact.language)))
    said = labels.sub("", written).strip(" .,:!\n")
    if len(said) > LONGEST_POSTCODE or not has_postcode(said) or street_numbers(said):
        return None
    if address_lacks(desk, draft) != "postcode":
        return None
    return await fill_address(desk, contact, draft, joined(draft, said, "postcode"), draft.spot)


async def set_kind(desk: Desk, contact: Contact, order: Order, kind: Kind) -> Order:
    """Pickup, delivery or shipping, with its fee. Raises NotOffered."""
    if kind not in drafts.offered(desk, order):
        raise NotOffered(what=kind)
    return await _priced(desk, contact, order, kind=kind)


async def _priced(desk: Desk, contact: Contact, order: Order, **fields: Any) -> Order:
    return await fill(desk, contact, order, **fields, fee=drafts.fee(desk, order, fields))


async def answered_address(
    desk: Desk, contact: Contact, order: Order, address: str, asked: Asked
) -> tuple[Notice, ...]:
    """The customer said where to; what was missing joins what was said before."""
    if len(address) > draft_wishes.LONGEST_ADDRESS:
        return (await _ask_address(desk, contact, order, TOO_LONG),)
    lacked = asked.facts.get("lacks")
    filled = await _with_address(desk, contact, order, address, lacked)
    if asked.facts.get("then") == SHOW:
        await desk.tx.conversations.settle(contact.id, order.id, "address")
        return (drafts.shown(desk, filled, before=order),)
    return await go_on(desk, contact, filled, tapped=False, seen=order)


async def _with_address(desk: Desk, contact: Contact, order: Order, address: str, lacked: str | None) -> Order:
    if lacked == "location":
        filled = await fill_address(desk, contact, order, address, None)
        return await _priced(desk, contact, filled, zone=UNKNOWN_ZONE)
    whole = joined(order, address, lacked)
    spot = order.spot if lacked is not None and (whole != address or not order.address) else None
    return await fill_address(desk, contact, order, whole, spot)


def as_seen(order: Order, asked: Asked) -> Asked:
    """A question of the checkout, whose answer places nothing where the draft was changed, and shown, since.

    Then the last question was whether to place it, and nobody has said yes to that.
    """
    if asked.facts.get("version", order.version) == order.version:
        return asked
    return replace(asked, facts={**asked.facts, "then": SHOW})


async def fill_location(desk: Desk, contact: Contact, order: Order, spot: Spot, address: str) -> Order:
    """The customer shared where to bring it; a venue has its address with it."""
    order = order if order.kind else await set_kind(desk, contact, order, Kind.DELIVERY)
    return await fill_address(desk, contact, order, order.address or address, spot)


async def answered_phone(desk: Desk, contact: Contact, order: Order, phone: str, asked: Asked) -> tuple[Notice, ...]:
    """The customer shared or typed a number."""
    kept = await draft_wishes.keep_detail(desk, contact, "phone", phone)
    filled = await fill(desk, contact, order, phone=kept)
    if as_seen(order, asked).facts.get("then") == SHOW:
        await desk.tx.conversations.settle(contact.id, order.id, "phone")
        return (PhoneKept(to=To(contact.id)), drafts.shown(desk, filled))
    return (PhoneKept(to=To(contact.id)), *await go_on(desk, contact, filled, tapped=False))


async def without_phone(desk: Desk, contact: Contact, order: Order, asked: Asked) -> tuple[Notice, ...]:
    """They rather give none."""
    if as_seen(order, asked).facts.get("then") == SHOW:
        await desk.tx.conversations.settle(contact.id, order.id, "phone")
        return (drafts.shown(desk, order),)
    return await go_on(desk, contact, order, tapped=False, with_phone=False)


def _kind_asked(desk: Desk, order: Order, *, tapped: bool) -> Notice:
    kinds = drafts.offered(desk, order)
    if not kinds:
        raise NotOffered(what="kind")
    if tapped:
        return drafts.edited(desk, order, "kind")
    rows = (checkout_buttons.ways(desk, order, kinds, "pkind"), *checkout_buttons.back(order))
    return DraftAsked(to=To(order.contact_id), order=order, mode="kind", kinds=len(kinds), buttons=rows)


async def _ask_address(desk: Desk, contact: Contact, order: Order, lacks: str) -> AddressAsked:
    facts = {"lacks": lacks, "version": order.version}
    await desk.tx.conversations.ask(contact.id, Asked("address", order.id, facts), desk.now)
    remembered = () if lacks or contact.channel is not Channel.TELEGRAM else await addresses.remembered(desk, contact)
    rows = checkout_buttons.addresses(order, remembered, "paddr")
    return AddressAsked(to=To(contact.id), order=order, lacks=lacks, buttons=rows)


async def _outside(desk: Desk, contact: Contact, order: Order) -> Notice:
    """Not there: another way, or another address, which the next words may be."""
    if contact.channel is not Channel.TELEGRAM:
        raise NotOffered(what="address")
    facts = {"lacks": "other", "version": order.version}
    await desk.tx.conversations.ask(contact.id, Asked("address", order.id, facts), desk.now)
    rows = checkout_buttons.outside(order, drafts.offered(desk, order))
    return OutOfReach(to=To(contact.id), order=order, buttons=rows)
