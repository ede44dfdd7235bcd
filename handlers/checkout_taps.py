"""The buttons of the checkout in a customer's chat: how, where to, when; each shows the draft, or goes on to place."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from core.documents import Order
from core.errors import Stale
from core.notices import DraftEdited, Notice
from core.people import Contact
from core.slots import Objection
from core.states import Kind
from handlers import addresses, checkout, checkout_buttons, drafts, when
from handlers.buttons import Tap
from handlers.desk import Desk
from handlers.own_orders import own_draft
from storage.conversations import Asked

FURTHEST_DAY = 400


async def _how(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    """The ways to choose from, or the one that was chosen."""
    draft = await own_draft(desk, contact, tapped)
    if not tapped.rest:
        kinds = drafts.offered(desk, draft)
        rows = (checkout_buttons.ways(desk, draft, kinds, "how"), *checkout_buttons.back(draft))
        return (drafts.edited(desk, draft, "how", rows),)
    if tapped.rest not in set(Kind):
        raise Stale(number=None, state=draft.state)
    return (drafts.edited(desk, await checkout.set_kind(desk, contact, draft, Kind(tapped.rest))),)


async def _where(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    """Addresses to choose from; the next words may be another one."""
    draft = await own_draft(desk, contact, tapped)
    await desk.tx.conversations.ask(contact.id, Asked("address", draft.id, {"then": checkout.SHOW}), desk.now)
    remembered = await addresses.remembered(desk, contact)
    rows = (*checkout_buttons.addresses(draft, remembered, "addr"), *checkout_buttons.back(draft))
    return (drafts.edited(desk, draft, "where", rows),)


async def _address(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    draft, moved = await _with_address(desk, contact, tapped)
    return (drafts.edited(desk, moved, before=draft),)


async def _address_and_place(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    draft, moved = await _with_address(desk, contact, tapped)
    return await checkout.go_on(desk, contact, moved, tapped=True, seen=draft)


async def _with_address(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Order, Order]:
    """The draft as it was, and with an address of this customer's. Raises Stale for one that was forgotten."""
    draft = await own_draft(desk, contact, tapped)
    wanted = tapped.number()
    for one in await addresses.remembered(desk, contact):
        if one.id == wanted:
            await desk.tx.conversations.settle(contact.id, draft.id, "address")
            return draft, await checkout.fill_address(desk, contact, draft, one.value, one.spot)
    raise Stale(number=None, state=draft.state)


async def _when(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    """The free times of today, or of another day: "day.page"."""
    draft = await own_draft(desk, contact, tapped)
    day, _, page = (tapped.rest or "0.0").partition(".")
    if not (day.isdecimal() and page.isdecimal() and len(tapped.rest) < 9) or int(day) > FURTHEST_DAY:
        raise Stale(number=None, state=draft.state)
    rows = checkout_buttons.times(desk, draft, int(day), int(page))
    shown = drafts.edited(desk, draft, "when", rows)
    return (replace(shown, day=when.date_of(desk, int(day))) if isinstance(shown, DraftEdited) else shown,)


async def _slot(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    draft = await own_draft(desk, contact, tapped)
    timed = await _at(desk, contact, draft, tapped)
    return (drafts.edited(desk, timed) if timed else _over(desk, draft, tapped),)


async def _slot_and_place(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    draft = await own_draft(desk, contact, tapped)
    timed = await _at(desk, contact, draft, tapped)
    if timed is None:
        return (_over(desk, draft, tapped),)
    return await checkout.go_on(desk, contact, timed, tapped=True)


def _over(desk: Desk, draft: Order, tapped: Tap) -> Notice:
    return checkout.times_asked(desk, draft, Objection.SOON, _time(tapped))


def _time(tapped: Tap) -> datetime:
    return datetime.fromtimestamp(tapped.number() * 60, tz=UTC)


async def _at(desk: Desk, contact: Contact, draft: Order, tapped: Tap) -> Order | None:
    """The draft for this time; None for a time that has passed since the button was drawn."""
    if tapped.number() == checkout_buttons.ASAP:
        return await checkout.fill(desk, contact, draft, wished=None)
    wished = _time(tapped)
    if wished - desk.now > timedelta(days=FURTHEST_DAY):
        raise Stale(number=None, state=draft.state)
    if wished <= desk.now:
        return None
    return await checkout.fill(desk, contact, draft, wished=wished)


async def _forget(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    await desk.tx.customers.forget_detail(contact.customer_id, tapped.subject)
    return (await addresses.shown(desk, contact),)


TAPS: dict[str, Callable[[Desk, Contact, Tap], Awaitable[tuple[Notice, ...]]]] = {
    "how": _how,
    "where": _where,
    "addr": _address,
    "paddr": _address_and_place,
    "when": _when,
    "slot": _slot,
    "pslot": _slot_and_place,
    "forget": _forget,
}
