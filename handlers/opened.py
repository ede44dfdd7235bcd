"""What a link or a QR code opens: a dish, a heading, a table, a campaign."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from core import orders
from core.links import CampaignLink, CategoryLink, ProductLink, TableLink, read_payload
from core.notices import Button, Notice, To, Welcome
from core.people import Channel, Contact
from core.states import Kind
from handlers import drafts, menu_pages
from handlers.desk import Desk


def welcome(desk: Desk, contact: Contact) -> Welcome:
    """How to order here."""
    is_open, opens = open_now(desk)
    return Welcome(
        to=To(contact.id),
        shop=desk.shop.name,
        example=desk.house.example(contact.language),
        is_open=is_open,
        opens=opens,
        buttons=((Button("menu", "menu"),),),
    )


def open_now(desk: Desk) -> tuple[bool, datetime | None]:
    """Whether orders are taken, and else when again, as far as that is known; the staff's own word goes first."""
    if "closed" in desk.facts:
        # By hand it is for this opening: what is ordered now is for the next one.
        return False, desk.shop.hours.next_opening(desk.shop.hours.closes(desk.now) or desk.now)
    paused, until = desk.facts.get("paused_until"), desk.facts.get("open_until")
    if paused and desk.now < datetime.fromisoformat(paused):
        return False, datetime.fromisoformat(paused)
    is_open = desk.shop.hours.is_open(desk.now) or bool(until and desk.now < datetime.fromisoformat(until))
    return is_open, desk.shop.hours.next_opening(desk.now)


async def opened(desk: Desk, contact: Contact, payload: str) -> tuple[Notice, ...]:
    """What stands behind a link; a forged or old one gets the welcome, and a plain word."""
    link = read_payload(payload, desk.shop.menu, desk.house.secret) if payload else None
    menu = desk.shop.menu
    match link:
        case ProductLink(sku) if contact.channel is Channel.TELEGRAM:
            return (await menu_pages.begin(desk, contact, menu.by_sku[sku], anew=True),)
        case CategoryLink(key) if contact.channel is Channel.TELEGRAM:
            heading = next(each for each in menu.categories if each.key == key)
            return (await menu_pages.category(desk, contact, heading, 1, anew=True),)
        case TableLink(table):
            way = {"kind": Kind.PICKUP, "fee": 0} if Kind.PICKUP in desk.shop.fulfilment.kinds else {}
            await _noted(desk, contact, at_table=table, wished=None, **way)
            return (await menu_pages.home(desk, contact, anew=True),)
        case CampaignLink(name):
            await _noted(desk, contact, campaign=name)
    hello = replace(welcome(desk, contact), odd_link=bool(payload) and link is None)
    draft = await desk.tx.orders.draft_of(contact.id)
    if draft is None or not draft.lines:
        return (hello,)
    # Who comes back finds what was begun.
    return (replace(hello, buttons=()), drafts.shown(desk, draft))


async def _noted(desk: Desk, contact: Contact, **fields: Any) -> None:
    """Kept on the draft, on a new one where there is none: so it comes along when the order is placed."""
    draft = await desk.tx.orders.draft_of(contact.id) or await drafts.new_draft(desk, contact)
    await desk.tx.save(orders.edit(draft, draft.lines, contact.actor, desk.now, **fields))
