"""Returns: asked for in plain words by chat or mail, decided by the staff, received."""

from dataclasses import replace
from datetime import timedelta

from core import returns
from core.change import Change
from core.documents import Order, Photo, ReturnCase, ReturnItem, Timer
from core.errors import NotThere
from core.menu import Texts
from core.notices import STAFF, Notice, OrderDone, PhotosShown, ReturnAsked, ReturnRequested, To
from core.people import Actor, Contact, Trust
from core.states import Act, FulfilmentState, OrderState, ReturnState
from handlers import buttons, cards, orders, questions
from handlers.desk import Desk
from handlers.reading.menu_match import split
from handlers.reading.return_text import part_named
from handlers.reading.understood import ReturnReason, ReturnWish
from storage.conversations import Asked

ON_ITS_WAY = frozenset({FulfilmentState.OUT, FulfilmentState.SHIPPED})
NOT_THERE = frozenset({ReturnReason.MISSING, ReturnReason.LATE})
"""What may be said of a parcel that has not arrived."""
PROVED = frozenset({Trust.FULL, Trust.TOKEN})


async def ask(
    desk: Desk,
    contact: Contact,
    wish: ReturnWish,
    number: int | None,
    photos: tuple[Photo, ...] = (),
    *,
    trust: Trust = Trust.FULL,
    asked_before: bool = False,
) -> tuple[Notice, ...]:
    """A customer wants to give something back. What stays unclear after one question is for a person.

    Raises NotThere for an order that is not theirs, as for one that does not exist.
    """
    order = await order_meant(desk, contact, wish, number)
    if order is None:
        return await _unclear(desk, contact, wish, photos, asked_before=asked_before)
    is_on_its_way = order.state is OrderState.ACCEPTED and order.fulfilment in ON_ITS_WAY
    if is_on_its_way and not (trust in PROVED and _has_arrived(order, wish)):
        return await questions.pass_on(desk, contact, wish.words, order=order, photos=photos)
    wished = [(item.sku, item.quantity) for item in wish.items] or _part_named(desk, contact, order, wish.words)
    if not wished and len(order.lines) == 1:
        wished = [(order.lines[0].sku, None)]
    if not wished:
        return await _unclear(desk, contact, wish, photos, order, asked_before=asked_before)
    if not {sku for sku, _ in wished} & {line.sku for line in order.lines}:
        return await _not_of_it(desk, contact, wish, photos, order, asked_before=asked_before)
    order, arrived = await _arrived(desk, contact, order) if is_on_its_way else (order, ())
    items = returns.choose_items(order, wished, await desk.tx.returns.asked_back(order.id))
    returns.check_window(order, wish.reason, desk.shop.returns, desk.now)
    return (*arrived, *await _open(desk, contact, wish, photos, order, items, trust))


def _has_arrived(order: Order, wish: ReturnWish) -> bool:
    """A shop never knows when a parcel is there: whoever sends back what was in it has it."""
    return order.fulfilment is FulfilmentState.SHIPPED and wish.reason not in NOT_THERE


async def _arrived(desk: Desk, contact: Contact, order: Order) -> tuple[Order, tuple[Notice, ...]]:
    told = await orders.advance(desk, order.id, order.version, Act.DELIVER, contact.actor)
    # Nobody wishes joy of what goes back.
    return await desk.tx.orders.get(order.id), tuple(one for one in told if not isinstance(one, OrderDone))


def _part_named(desk: Desk, contact: Contact, order: Order, words: str) -> list[tuple[str, int | None]]:
    """ "Eines der beiden Honiggläser": goods of this order by a part of a word, and of no others."""
    menu, languages = desk.shop.menu.by_sku, desk.house.reading_languages(contact.language)
    names = {
        line.sku: {word for text in (*product.name.values(), *product.aliases) for word in split(text)}
        for line in order.lines
        if (product := menu.get(line.sku)) is not None
    }
    found = part_named(words, names, languages)
    return [] if found is None else [found]


async def _open(  # all that a return is made of
    desk: Desk,
    contact: Contact,
    wish: ReturnWish,
    photos: tuple[Photo, ...],
    order: Order,
    items: tuple[ReturnItem, ...],
    trust: Trust,
) -> tuple[Notice, ...]:
    """The return begins: its card goes to the staff, its number to the customer."""
    case = ReturnCase(
        id=0,
        order_id=order.id,
        order_number=order.number or 0,
        seq=0,
        contact_id=contact.id,
        state=ReturnState.REQUESTED,
        version=0,
        items=items,
        reason=wish.reason,
        words=wish.words,
        photos=photos,
        trust=trust,
    )
    case = await desk.tx.returns.open_case(case, desk.now)
    await desk.tx.files.give_to_return(photos, case.id)
    await desk.tx.save(returns.asked(case, await desk.tx.orders.to_change(order.id), by=contact.actor, now=desk.now))
    await desk.tx.conversations.settle(contact.id)
    return (
        *_album(case, photos),
        await cards.returning(desk, case),
        ReturnRequested(to=To(contact.id), case=case),
    )


async def add_photos(
    desk: Desk, contact: Contact, photos: tuple[Photo, ...], caption: str = ""
) -> tuple[Notice, ...] | None:
    """Photos that come after the words: they join the return that waits; None if there is none."""
    case = await desk.tx.returns.waiting_of(contact.id)
    if case is None:
        return None
    return (*await join_photos(desk, case, photos, caption), ReturnRequested(to=To(contact.id), case=case))


async def join_photos(desk: Desk, case: ReturnCase, photos: tuple[Photo, ...], caption: str = "") -> tuple[Notice, ...]:
    """These show what this return is about: an album in the group, and its card counts them."""
    await desk.tx.files.give_to_return(photos, case.id)
    case = await desk.tx.returns.to_change(case.id)
    return (*_album(case, photos, caption), await cards.returning(desk, case))


async def approve(desk: Desk, case_id: int, version: int, by: Actor) -> tuple[Notice, ...]:
    """The instructions go out."""
    case, order = await _both(desk, case_id, version)
    return await _done(desk, returns.approve(case, order, desk.shop.returns, by=by, now=desk.now), by)


async def decline(desk: Desk, case_id: int, version: int, by: Actor, reason: Texts) -> tuple[Notice, ...]:
    """No, with the reason."""
    case, order = await _both(desk, case_id, version)
    return await _done(desk, returns.decline(case, order, reason, by=by, now=desk.now), by)


async def receive(desk: Desk, case_id: int, version: int, by: Actor, bucket: str) -> tuple[Notice, ...]:
    """The goods are here: to the shelf, or written off."""
    case, order = await _both(desk, case_id, version)
    return await _done(desk, returns.receive(case, order, bucket, by=by, now=desk.now), by)


async def settle(desk: Desk, case_id: int, version: int, by: Actor) -> tuple[Notice, ...]:
    """The price of the goods was given back."""
    case, order = await _both(desk, case_id, version)
    return await _done(desk, returns.settle(case, order, by=by, now=desk.now), by)


async def take_back(desk: Desk, case_id: int, version: int, by: Actor) -> tuple[Notice, ...]:
    """The last tap was a mistake."""
    case, order = await _both(desk, case_id, version)
    last = returns.last_step(await desk.tx.orders.events(order.id), case)
    payments = await desk.tx.payments.counting(order.id)
    change = returns.undo(case, order, last, payments, by=by, approval=desk.shop.approval, now=desk.now)
    await desk.tx.save(change)
    assert change.return_case is not None  # noqa: S101  # undo always has one
    return (*change.notices, await cards.returning(desk, change.return_case))


async def _both(desk: Desk, case_id: int, version: int) -> tuple[ReturnCase, Order]:
    case = await desk.tx.returns.to_change(case_id, version)
    return case, await desk.tx.orders.to_change(case.order_id)


async def _done(desk: Desk, change: Change, by: Actor) -> tuple[Notice, ...]:
    case = change.return_case
    assert case is not None  # noqa: S101  # every decision on a return has one
    until = desk.now + timedelta(minutes=desk.shop.approval.undo_minutes)
    await desk.tx.save(replace(change, timers=(Timer("return_undo_over", f"{case.id}:{case.version}", until),)))
    return (*change.notices, await cards.returning(desk, case, by))


async def order_meant(desk: Desk, contact: Contact, wish: ReturnWish, number: int | None) -> Order | None:
    """By its number, if it is theirs; else the one completed order that has these goods."""
    mine = await desk.tx.orders.of_contact(contact.id, most=20)
    if number is not None:
        for order in mine:
            if order.number == number:
                return order
        raise NotThere(number=number)
    wanted = {item.sku for item in wish.items}
    fitting = [
        order for order in mine if is_over(order) and (not wanted or wanted & {line.sku for line in order.lines})
    ]
    return fitting[0] if len(fitting) == 1 else None


def is_over(order: Order) -> bool:
    """Handed over, or a parcel that may be there."""
    is_sent = order.state is OrderState.ACCEPTED and order.fulfilment is FulfilmentState.SHIPPED
    return is_sent or order.state is OrderState.COMPLETED


async def _unclear(
    desk: Desk,
    contact: Contact,
    wish: ReturnWish,
    photos: tuple[Photo, ...],
    order: Order | None = None,
    *,
    asked_before: bool,
) -> tuple[Notice, ...]:
    """Which order, which goods of it? Asked once; a complaint about nothing that could go back is for a person."""
    mine = [order] if order else list(await desk.tx.orders.of_contact(contact.id, most=5))
    done = tuple(one for one in mine if is_over(one))
    # With one order, and a fault told in words that name no goods, a person understands more than another question.
    is_told = len(done) == 1 and wish.reason not in {ReturnReason.OTHER, ReturnReason.CHANGED_MIND}
    if asked_before or not done or is_told:
        newest = next(iter(mine), None)
        return await questions.pass_on(desk, contact, wish.words, order=newest, photos=photos)
    wanted = {item.sku for item in wish.items}
    fitting = tuple(one for one in done if wanted & {line.sku for line in one.lines})
    return await _ask_which(desk, contact, wish, fitting or done, order)


async def _not_of_it(
    desk: Desk, contact: Contact, wish: ReturnWish, photos: tuple[Photo, ...], order: Order, *, asked_before: bool
) -> tuple[Notice, ...]:
    """The goods were not in the order that was named: in another of theirs, perhaps. Asked once."""
    if asked_before:
        return await questions.pass_on(desk, contact, wish.words, order=order, photos=photos)
    wanted = {item.sku for item in wish.items}
    mine = await desk.tx.orders.of_contact(contact.id, most=20)
    had = [one for one in mine if one.state is OrderState.COMPLETED and wanted & {line.sku for line in one.lines}]
    return await _ask_which(desk, contact, wish, tuple(had[:5]) or (order,), order if had else None, named=order)


async def _ask_which(
    desk: Desk,
    contact: Contact,
    wish: ReturnWish,
    orders: tuple[Order, ...],
    order: Order | None,
    *,
    named: Order | None = None,
) -> tuple[Notice, ...]:
    """The orders that could be meant, as a list and as buttons; `order` is what is known of it already."""
    number = order.number if order and named is None else None
    facts = {"words": wish.words, "number": number, "choices": [one.number for one in orders]}
    await desk.tx.conversations.ask(contact.id, Asked("return", order.id if order else None, facts), desk.now)
    return (ReturnAsked(to=To(contact.id), orders=orders, named=named, buttons=buttons.return_of(orders)),)


def _album(case: ReturnCase, photos: tuple[Photo, ...], caption: str = "") -> tuple[Notice, ...]:
    if not photos:
        return ()
    title = f"{case.label}: {caption}" if caption else case.label
    return (PhotosShown(to=STAFF, photos=photos, caption=title, subject=f"return:{case.id}"),)
