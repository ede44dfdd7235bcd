"""From draft to placed order: asks for what is missing, one thing at a time, then places."""

from itertools import pairwise
from typing import Any

from core import orders
from core.documents import Order
from core.errors import EmptyDraft, NotOffered
from core.notices import AddressAsked, Button, DraftAsked, Notice, PhoneAsked, PhoneKept, To
from core.people import Channel, Contact
from core.states import Kind
from handlers import buttons, cards, drafts
from handlers.desk import Desk
from handlers.orders import check_open, place
from storage.conversations import Asked

NEEDS_ADDRESS = frozenset({Kind.DELIVERY, Kind.SHIPPING})

SHORTEST_POSTCODE = 4
"""Digits: shorter numbers in an address belong to the street or the floor."""


async def go_on(desk: Desk, contact: Contact, order: Order, *, tapped: bool) -> tuple[Notice, ...]:
    """The next question, or the order is placed. Raises what is in the way of placing it."""
    if not order.lines:
        raise EmptyDraft
    if order.kind is None or order.kind not in drafts.offered(desk, order):
        return (_kind_asked(desk, order, tapped=tapped),)
    await check_open(desk, order)
    orders.check_placeable(order, desk.shop)
    if order.kind in NEEDS_ADDRESS:
        lacks = address_lacks(desk, order)
        if lacks is not None:
            return (await _ask_address(desk, contact, order, lacks),)
    check_reached(desk, order)
    if order.kind is Kind.DELIVERY and not order.phone:
        known = await desk.tx.customers.last_detail(contact.customer_id, "phone")
        if not known and contact.channel is Channel.TELEGRAM:
            await desk.tx.conversations.ask(contact.id, Asked("phone", order.id), desk.now)
            return (PhoneAsked(to=To(contact.id), order=order),)
        if known:
            order = await fill(desk, contact, order, phone=known)
    await desk.tx.conversations.settle(contact.id, order.id)
    placed = await place(desk, order, contact.actor)
    return placed if tapped else tuple(cards.anew(notice) for notice in placed)


def address_lacks(desk: Desk, order: Order) -> str | None:
    """What must still be asked: "" for all of it, "street", or the "postcode" where the shop goes by those."""
    if not order.address:
        return ""
    numbers = [word for word in order.address.replace(",", " ").split() if any(sign.isdigit() for sign in word)]
    postcodes = [word for word in numbers if sum(sign.isdigit() for sign in word) >= SHORTEST_POSTCODE]
    if len(numbers) == len(postcodes):
        return "street"
    way = desk.shop.fulfilment.way(order.kind) if order.kind else None
    return "postcode" if way is not None and way.postcodes and not postcodes else None


def check_reached(desk: Desk, order: Order) -> None:
    """Raises NotOffered where the courier does not go, as far as the shop lists postcodes."""
    way = desk.shop.fulfilment.way(order.kind) if order.kind else None
    if way is None or order.kind not in NEEDS_ADDRESS or not way.postcodes:
        return
    words = order.address.replace(",", " ").split()
    pairs = [first + second for first, second in pairwise(words)]
    if not any(way.reaches(word) for word in (*words, *pairs)):
        raise NotOffered(what="address")


async def fill(desk: Desk, contact: Contact, order: Order, **fields: Any) -> Order:
    """One more field of the draft is known."""
    change = orders.edit(order, order.lines, contact.actor, desk.now, **fields)
    await desk.tx.save(change)
    return change.order or order


async def set_kind(desk: Desk, contact: Contact, order: Order, kind: Kind) -> Order:
    """Pickup, delivery or shipping, with its fee. Raises NotOffered."""
    way = desk.shop.fulfilment.way(kind)
    if way is None or kind not in drafts.offered(desk, order):
        raise NotOffered(what=kind)
    return await fill(desk, contact, order, kind=kind, fee=way.fee)


async def answered_address(desk: Desk, contact: Contact, order: Order, address: str) -> tuple[Notice, ...]:
    """The customer said where to; what was missing joins what was said before."""
    whole = f"{order.address}, {address}" if order.address and address_lacks(desk, order) else address
    kept = await drafts.keep_detail(desk, contact, "address", whole)
    return await go_on(desk, contact, await fill(desk, contact, order, address=kept), tapped=False)


async def answered_phone(desk: Desk, contact: Contact, order: Order, phone: str) -> tuple[Notice, ...]:
    """The customer shared or typed a number."""
    kept = await drafts.keep_detail(desk, contact, "phone", phone)
    notices = await go_on(desk, contact, await fill(desk, contact, order, phone=kept), tapped=False)
    return (PhoneKept(to=To(contact.id)), *notices)


def _kind_asked(desk: Desk, order: Order, *, tapped: bool) -> Notice:
    kinds = drafts.offered(desk, order)
    if not kinds:
        raise NotOffered(what="kind")
    if tapped:
        return drafts.edited(desk, order, "kind")
    return DraftAsked(
        to=To(order.contact_id), order=order, mode="kind", kinds=len(kinds), buttons=buttons.kinds(order, kinds)
    )


async def _ask_address(desk: Desk, contact: Contact, order: Order, lacks: str) -> AddressAsked:
    last = "" if lacks else await desk.tx.customers.last_detail(contact.customer_id, "address")
    await desk.tx.conversations.ask(contact.id, Asked("address", order.id), desk.now)
    same = Button("address_last", buttons.data("same", order), {"address": last})
    return AddressAsked(to=To(contact.id), order=order, last=last, lacks=lacks, buttons=((same,),) if last else ())
