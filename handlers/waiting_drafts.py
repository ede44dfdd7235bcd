"""Drafts that nobody goes on with: one polite reminder at a good hour, then they expire quietly.

A draft has one timer, set when it is made. When it fires, the draft's last step says how long it waits;
one that was worked on since gets its time anew, so that working on it costs nothing.
"""

from datetime import datetime, time, timedelta

from core import orders
from core.documents import Order, Timer
from core.notices import (
    Button,
    DraftExpired,
    DraftReminded,
    Keyboard,
    Notice,
    RemindersSet,
    To,
)
from core.people import Channel, Contact
from core.states import OrderState
from handlers import drafts, mail_questions, open_doubts
from handlers.desk import Desk
from handlers.draft_timers import EXPIRE, REMIND, policy
from handlers.incoming import Answer, Tick
from handlers.reading.understood import Reading

DAY_BEGINS, DAY_ENDS = time(9), time(21)
"""By the shop's clock: nobody is reminded at night, however long the shop is open."""


async def remind(desk: Desk, due: Tick) -> Answer:
    """The draft waits long enough: once, when people are awake and the shop is there."""
    order = await desk.tx.orders.to_change(int(due.subject))
    if order.state is not OrderState.DRAFT:
        return Answer("tick_draft_went_on")
    rules = policy(desk, order.channel)
    wait = timedelta(minutes=rules.remind_after_minutes)
    since = await _since(desk, order, due.due - wait)
    at = good_hour(desk, since + wait)
    ends = since + timedelta(hours=rules.expire_after_hours)
    if at is None or at >= ends or not order.lines or not await _wants(desk, order):
        await _set(desk, EXPIRE, order, ends)
        return Answer("tick_draft_unreminded")
    if at > desk.now:
        await _set(desk, REMIND, order, at)
        return Answer("tick_draft_later")
    await _set(desk, EXPIRE, order, ends)
    return Answer("tick_draft_reminded", (await _reminder(desk, order),))


async def expire(desk: Desk, due: Tick) -> Answer:
    """Nobody came back: the draft is over, and its message says so where it stands."""
    order = await desk.tx.orders.to_change(int(due.subject))
    if order.state is not OrderState.DRAFT:
        return Answer("tick_draft_went_on")
    wait = timedelta(hours=policy(desk, order.channel).expire_after_hours)
    ends = await _since(desk, order, due.due - wait) + wait
    if ends > desk.now:
        await _set(desk, EXPIRE, order, ends)
        return Answer("tick_draft_later")
    change = orders.expire_draft(order, now=desk.now)
    await desk.tx.save(change)
    await desk.tx.conversations.settle(order.contact_id, order.id)
    shown = (DraftExpired(to=To(order.contact_id), order=change.order or order),) if order.lines else ()
    return Answer("tick_draft_expired", shown)


def good_hour(desk: Desk, at: datetime) -> datetime | None:
    """The first moment from `at`, and from now, at which the shop is open by day; None if there is none soon."""
    at = max(at, desk.now)
    for _ in range(14):
        opens = desk.shop.hours.next_opening(at)
        if opens is None:
            return None
        local = opens.astimezone(desk.shop.zone)
        if DAY_BEGINS <= local.time() < DAY_ENDS:
            return opens
        day = local.date() if local.time() < DAY_BEGINS else local.date() + timedelta(days=1)
        at = datetime.combine(day, DAY_BEGINS, tzinfo=desk.shop.zone)
    return None


async def _since(desk: Desk, order: Order, made: datetime) -> datetime:
    """When it was last worked on; when it was made, where nothing was done to it."""
    events = await desk.tx.orders.events(order.id)
    return events[-1].at if events else made


async def _wants(desk: Desk, order: Order) -> bool:
    contact = await desk.tx.customers.get(order.contact_id)
    return (
        not contact.blocked and not contact.unreachable and await desk.tx.customers.wants_reminders(order.customer_id)
    )


async def _set(desk: Desk, job: str, order: Order, due: datetime) -> None:
    await desk.tx.timers.add((Timer(job, str(order.id), due),))


async def _reminder(desk: Desk, order: Order) -> Notice:
    """The draft once more, with what was asked about it and is open still."""
    contact = await desk.tx.customers.get(order.contact_id)
    asked = await open_doubts.of(desk, contact, order)
    shown = drafts.shown(desk, order, Reading(questions=asked))
    never: Keyboard = ((Button("no_reminders", "noremind"),),)
    by_mail = await desk.tx.conversations.about(contact.id, order.id) if contact.channel is Channel.MAIL else None
    numbered = mail_questions.questions_kept(desk, order, by_mail) if by_mail is not None else ()
    return DraftReminded(**{**vars(shown), "buttons": (*shown.buttons, *never), "questions": numbered})


async def set_reminders(desk: Desk, contact: Contact, *, wanted: bool) -> tuple[Notice, ...]:
    """Whether this customer is reminded of drafts, kept with them."""
    await desk.tx.customers.set_reminders(contact.customer_id, wanted=wanted)
    return (RemindersSet(to=To(contact.id), wanted=wanted),)
