"""Ticks: what the clock asks for. They come through the inbox like everything else, once per due time."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from core import left_open as left_open_rules
from core import order_changes
from core.documents import Order, Timer
from core.errors import NotThere
from core.notices import STAFF, Alarm, Button, Notice, OrderWaiting, StaffDigest, StaffReminder, To
from core.people import CLOCK
from core.reminders import reminders
from core.states import OrderState
from handlers import cards, draft_news, draft_timers, from_chat, left_open, offers, orders, waiting_drafts
from handlers.buttons import data
from handlers.desk import Desk
from handlers.incoming import Answer, Tick
from storage.shop_file import KeptFileError, parse_kept

MOST_IN_DIGEST = 90
"""Orders in one digest, a button each: Telegram takes 100. Those beyond keep their cards."""

ALBUM_WAITS = timedelta(seconds=1.5)
"""Photos of one album come as separate messages within this time."""


async def tick(desk: Desk, due: Tick) -> Answer:
    """One job, one answer; a job whose subject is gone has nothing to do."""
    try:
        return await JOBS[due.job](desk, due)
    except NotThere:
        return Answer(f"tick_{due.job}_gone")


async def _pending(desk: Desk, due: Tick) -> Order | None:
    """The order of this tick, if it still waits for the same answer."""
    order_id, _, version = due.subject.partition(":")
    order = await desk.tx.orders.to_change(int(order_id))
    return order if order.state is OrderState.PENDING and order.version == int(version) else None


async def _remind(desk: Desk, due: Tick) -> Answer:
    """Nobody has answered: the group is reminded, of an order for later more than once."""
    order = await _pending(desk, due)
    if order is None:
        return Answer("tick_answered")
    assert order.placed is not None  # noqa: S101  # else it would not be pending
    approval = desk.shop.approval
    every = reminders(order, desk.shop, order.placed)
    if due.due < every[-1]:
        # Those that the machine slept through are left out.
        later = next((at for at in every if at > max(due.due, desk.now)), every[-1])
        await desk.tx.timers.add((Timer("remind", due.subject, later),))
        if later <= desk.now:
            return Answer("tick_remind_late")
    elif await _is_over(desk, order, due):
        return await _expire(desk, due)
    else:
        await _next(desk, "waiting", due, approval.tell_customer_after_minutes - approval.remind_after_minutes)
    since = order.placed if len(every) > 1 else _since(order, due, approval.remind_after_minutes)
    minutes = int((desk.now - since).total_seconds() // 60)
    return Answer("tick_remind", (StaffReminder(to=STAFF, order=order, minutes=minutes),))


async def _tell_customer(desk: Desk, due: Tick) -> Answer:
    """Still nobody: the customer hears that we are trying."""
    order = await _pending(desk, due)
    if order is None:
        return Answer("tick_answered")
    if await _is_over(desk, order, due):
        return await _expire(desk, due)
    approval = desk.shop.approval
    await _next(desk, "expire", due, approval.expire_after_minutes - approval.tell_customer_after_minutes)
    return Answer("tick_waiting", (OrderWaiting(to=To(order.contact_id), order=order),))


async def _expire(desk: Desk, due: Tick) -> Answer:
    """It ends, with an apology; the stock goes back."""
    order = await _pending(desk, due)
    if order is None:
        return Answer("tick_answered")
    return Answer("tick_expire", await orders.expire(desk, order, CLOCK))


async def _is_over(desk: Desk, order: Order, due: Tick) -> bool:
    """After a long pause of the machine the reminders are skipped: the order expires at once."""
    approval = desk.shop.approval
    before = approval.remind_after_minutes if due.job == "remind" else approval.tell_customer_after_minutes
    return desk.now - _since(order, due, before) >= timedelta(minutes=approval.expire_after_minutes)


def _since(order: Order, due: Tick, minutes: int) -> datetime:
    """When this waiting began: at the placing, or at the undo that made the order wait again."""
    assert order.placed is not None  # noqa: S101  # _pending looked
    return max(order.placed, due.due - timedelta(minutes=minutes))


async def _next(desk: Desk, job: str, due: Tick, minutes: int) -> None:
    await desk.tx.timers.add((Timer(job, due.subject, due.due + timedelta(minutes=minutes)),))


async def _undo_over(desk: Desk, due: Tick) -> Answer:
    """The time to take a step back is over: the button goes, unless the order went on meanwhile."""
    order_id, _, version = due.subject.partition(":")
    order = await desk.tx.orders.to_change(int(order_id))
    if order.version != int(version):
        return Answer("tick_went_on")
    return Answer("tick_undo_over", (await cards.staff(desk, order),))


async def _return_undo_over(desk: Desk, due: Tick) -> Answer:
    """The same of a return."""
    case_id, _, version = due.subject.partition(":")
    case = await desk.tx.returns.to_change(int(case_id))
    if case.version != int(version):
        return Answer("tick_went_on")
    return Answer("tick_undo_over", (await cards.returning(desk, case),))


async def _album(desk: Desk, due: Tick) -> Answer:
    """The photos of an album are all here: read them as one message."""
    contact_id, _, album = due.subject.partition(":")
    contact = await desk.tx.customers.get(int(contact_id))
    photos, caption = await desk.tx.files.take_album(contact.id, album)
    if not photos:
        return Answer("tick_album_was_read")
    return await from_chat.photos(desk, contact, photos, caption)


async def _alarm(desk: Desk, due: Tick) -> Answer:
    """Something at the edge of the house needs a person."""
    what, _, subject = due.subject.partition(":")
    if what == "away":
        return Answer("alarm_away", (_away(desk, datetime.fromisoformat(subject)),))
    if what == "brake":
        contact = await desk.tx.customers.get(int(subject))
        return Answer("alarm_brake", (Alarm(to=STAFF, what=what, facts={"customer": contact.name or contact.address}),))
    facts = {name: subject for name in ("number", "letter") if subject}
    return Answer(f"alarm_{what}", (Alarm(to=STAFF, what=what, facts=facts),))


def _away(desk: Desk, since: datetime) -> Alarm:
    return Alarm(to=STAFF, what="away", facts={"since": since, "until": desk.now})


async def _unreachable(desk: Desk, due: Tick) -> Answer:
    """A customer blocked the bot, or the address does not exist: told once, and on the cards."""
    contact = await desk.tx.customers.get(int(due.subject))
    if not await desk.tx.customers.set_unreachable(contact.id):
        return Answer("unreachable_known")
    name = contact.name or contact.address
    still = [order for order in await desk.tx.orders.of_contact(contact.id) if order.is_open]
    told: tuple[Notice, ...] = (Alarm(to=STAFF, what="unreachable", facts={"customer": name}),)
    return Answer("unreachable", (*told, *[await cards.staff(desk, order) for order in still]))


async def _menu_changed(desk: Desk, due: Tick) -> Answer:
    """Another shop file counts: open drafts hear what has left the menu. The subject is the file before."""
    before = await desk.tx.facts.shop_file_of(int(due.subject))
    if before is None:
        return Answer("tick_menu_gone")
    try:
        menu = parse_kept(before).menu
    except KeptFileError:
        # An older version took it, this one cannot read it: what was on it nobody knows any more.
        return Answer("tick_menu_unreadable")
    return Answer("tick_menu_changed", await draft_news.left_the_menu(desk, menu))


async def _digest(desk: Desk, due: Tick) -> Answer:  # noqa: ARG001  # all that wait now
    """More new cards wait than a group may get: one message with a button per order instead."""
    waiting = await desk.tx.outbox.waiting_new_cards(desk.staff_chat or "", ("staff_card",))
    listed = list(dict.fromkeys(order for _, order in waiting))[:MOST_IN_DIGEST]
    if not listed:
        return Answer("tick_digest_none")
    for letter_id, order_id in waiting:
        if order_id in listed:
            await desk.tx.outbox.end(letter_id, "folded", "in a digest")
    found = [await desk.tx.orders.get(order_id) for order_id in listed]
    shown = tuple(order for order in found if order.is_open)
    rows = tuple((Button("order", data("card", order), {"number": order.number}),) for order in shown)
    return Answer("tick_digest", (StaffDigest(to=STAFF, orders=shown, buttons=rows),))


JOBS: dict[str, Callable[[Desk, Tick], Awaitable[Answer]]] = {
    "remind": _remind,
    "waiting": _tell_customer,
    "expire": _expire,
    "undo_over": _undo_over,
    "return_undo_over": _return_undo_over,
    "album": _album,
    "alarm": _alarm,
    "unreachable": _unreachable,
    "digest": _digest,
    draft_timers.REMIND: waiting_drafts.remind,
    draft_timers.EXPIRE: waiting_drafts.expire,
    "menu_changed": _menu_changed,
    order_changes.UNANSWERED: offers.unanswered,
    left_open_rules.JOB: left_open.remind,
}
