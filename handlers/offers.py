"""The staff proposes another order than was placed: seen by the staff first, then answered by the customer.

"/change 1001 panna cotta instead of the tiramisu" is read like a customer's own words about the order.
"""

import re

from core import order_changes
from core.documents import Order, OrderChange
from core.errors import NotUnderstoodCommand, OutOfStock, ShopError, SlotFull, SoldOutToday, Stale, WrongState
from core.notices import STAFF, Notice, OfferAnswered, To
from core.people import CLOCK, Actor, Contact, Right, Staff
from core.states import Act, ChangeState
from handlers import cards, changing, questions
from handlers.change_edits import read_for
from handlers.commands import staff_command
from handlers.desk import Desk
from handlers.incoming import Answer, Tick
from handlers.reading.agreement import agrees, refuses
from handlers.reading.understood import Intent
from handlers.reading.wordings import with_lists, wordings
from handlers.refusing import refused
from handlers.said import read
from storage.conversations import LAPSED, Asked

USAGE = "/change 1001 panna cotta instead of the tiramisu"
ABOUT = re.compile(r"\s*#?([0-9]{1,12})\s+(\S.*)", re.DOTALL)
SENTENCE_END = re.compile(r"[.!?;]+(?:\s+|$)|\n+")
CHOICE = re.compile(r"\W*([12])(?!\w)")
LONGEST_ANSWER = 6
"""Words: a yes or no with more around it is about something else, too."""


@staff_command("change", Right.DECIDE)
async def change(desk: Desk, person: Staff, words: str) -> tuple[Notice, ...]:
    """/change 1001 panna cotta instead of the tiramisu: propose it to the customer, who accepts or declines"""
    found = ABOUT.fullmatch(words)
    if found is None:
        raise NotUnderstoodCommand(usage=USAGE)
    number = int(found[1])
    order = await desk.tx.orders.to_change((await desk.tx.orders.by_number(number)).id)
    if not order_changes.may_change(order):
        raise WrongState(state=order.fulfilment if order.is_open else order.state, act=Act.OFFER_CHANGE, number=number)
    return await _propose(desk, person, order, found[2])


async def _propose(desk: Desk, person: Staff, order: Order, written: str) -> tuple[Notice, ...]:
    """The proposal as the staff sees it before it goes out. Raises what is in the way of such an order."""
    contact = await desk.tx.customers.get(order.contact_id)
    base, details = order_changes.live_lines(order.lines), order_changes.details_of(order)
    understood = read_for(desk, desk.shop.languages[0], written, base, details.wished)
    made = await changing.work_out(desk, contact, order, base, details, understood, written, by_shop=True)
    if made is not None and made.refused:
        raise made.refused[0]
    if made is None or made.is_empty:
        # What was taken out of the words, as a day, must not be missing where they are quoted.
        said = [words for words in made.change.unread if words in written] if made is not None else []
        unread = max(said, key=len, default="")
        raise NotUnderstoodCommand(usage=USAGE, what=(unread or written)[:60])
    await changing.check(desk, order, made.change)
    earlier = await changing.forget(desk, order, await desk.tx.changes.live(order.id), person.actor, by_shop=True)
    proposed = await desk.tx.changes.propose(made.change, desk.now)
    return (*earlier, await cards.change_for_staff(desk, order, proposed, person.actor))


async def send(desk: Desk, change_id: int, version: int, by: Actor) -> tuple[Notice, ...]:
    """The staff has seen it: the customer is asked, in chat by buttons, by mail with numbers."""
    made, order = await changing.both(desk, change_id, version, by_shop=True)
    if not order_changes.fits(order, made):
        return await changing.save(desk, order, order_changes.outdated(made))
    waiting = await changing.waiting(desk, order)
    offered = order_changes.offer(order, made, waiting, by=by, shop=desk.shop, now=desk.now)
    asked = Asked("offer", order.id, {"change": made.id, "version": offered.order_changes[-1].version})
    await desk.tx.conversations.ask(made.contact_id, asked, desk.now)
    return await changing.save(desk, order, offered, by)


async def take_back(desk: Desk, change_id: int, version: int, by: Actor) -> tuple[Notice, ...]:
    """The staff thinks better of it."""
    made, order = await changing.both(desk, change_id, version, by_shop=True)
    await desk.tx.conversations.settle(made.contact_id, order.id)
    gone = order_changes.withdraw(order, made, by=by, shop=desk.shop, now=desk.now)
    return await changing.save(desk, order, gone, by)


async def accept(desk: Desk, contact: Contact, change_id: int, version: int) -> tuple[Notice, ...]:
    """The customer agrees; where something has run out since, the order stays and both sides hear it."""
    made, order = await changing.own(desk, contact, change_id, version, by_shop=True)
    await desk.tx.conversations.settle(contact.id, order.id)
    try:
        async with desk.tx.savepoint():
            told = await changing.apply(desk, order, made, contact.actor)
    except (OutOfStock, SoldOutToday, SlotFull) as error:
        return await _ran_out(desk, contact, order, made, error)
    return (*told, _answered(contact, order, made, ChangeState.APPLIED))


async def _ran_out(
    desk: Desk, contact: Contact, order: Order, made: OrderChange, error: ShopError
) -> tuple[Notice, ...]:
    over = order_changes.lapse(order, made, by=contact.actor, shop=desk.shop, now=desk.now)
    told = await changing.save(desk, order, over)
    return (
        refused(desk, error, To(contact.id)),
        *told,
        _answered(contact, order, made, ChangeState.STALE, ran_out=True),
    )


async def decline(desk: Desk, contact: Contact, change_id: int, version: int) -> tuple[Notice, ...]:
    """The customer would rather have the order as it was."""
    made, order = await changing.own(desk, contact, change_id, version, by_shop=True)
    await desk.tx.conversations.settle(contact.id, order.id)
    declined = order_changes.decline(order, made, by=contact.actor, shop=desk.shop, now=desk.now)
    told = await changing.save(desk, order, declined)
    return (*told, _answered(contact, order, made, ChangeState.DECLINED))


async def unanswered(desk: Desk, due: Tick) -> Answer:
    """The time to answer is over: the order stays as it was, and the staff decides what becomes of it."""
    change_id, _, version = due.subject.partition(":")
    try:
        made, order = await changing.both(desk, int(change_id), int(version), by_shop=True)
    except Stale:
        return Answer("tick_offer_answered")
    await desk.tx.conversations.settle(made.contact_id, order.id)
    over = order_changes.lapse(order, made, by=CLOCK, shop=desk.shop, now=desk.now)
    contact = await desk.tx.customers.get(made.contact_id)
    told = await changing.save(desk, order, over)
    # A yes that comes late is still one that the staff should know of.
    await desk.tx.conversations.ask(contact.id, Asked(LAPSED, order.id), desk.now)
    return Answer("tick_offer_over", (*told, _answered(contact, order, made, ChangeState.STALE)))


def _answered(
    contact: Contact, order: Order, made: OrderChange, state: ChangeState, *, ran_out: bool = False
) -> OfferAnswered:
    customer = contact.name or contact.address
    return OfferAnswered(to=STAFF, order=order, change=made, state=state, customer=customer, ran_out=ran_out)


# In words


async def too_late(desk: Desk, contact: Contact, asked: Asked, written: str) -> tuple[Notice, ...] | None:
    """A yes or a no when the time was over: nothing is changed by it any more, and the staff reads it."""
    codes = with_lists(desk.house.reading_languages(contact.language))
    if asked.order_id is None or not (agrees(written) or refuses(written, codes)):
        return None
    await desk.tx.conversations.settle(contact.id, asked.order_id, LAPSED)
    return await questions.pass_on(desk, contact, written, order=await desk.tx.orders.get(asked.order_id))


async def by_words(desk: Desk, contact: Contact, asked: Asked, written: str) -> tuple[Notice, ...] | None:
    """A yes or a no, or the number of one in a mail; None for what is neither, or comes too late."""
    change_id, version = asked.facts["change"], asked.facts["version"]
    if (await desk.tx.changes.get(change_id)).version != version:
        await desk.tx.conversations.settle(contact.id, asked.order_id)
        return None
    codes = with_lists(desk.house.reading_languages(contact.language))
    answer, rest = _apart(written)
    wants = _wants(answer, codes)
    if wants is None or wordings("talk", "conditions", codes).search(rest):
        return None
    order = await desk.tx.orders.get((await desk.tx.changes.get(change_id)).order_id)
    told = await (accept if wants else decline)(desk, contact, change_id, version)
    return (
        (*told, *await questions.pass_on(desk, contact, rest, order=order)) if _says_more(desk, contact, rest) else told
    )


def _apart(written: str) -> tuple[str, str]:
    """The first sentence, and what is said behind it; a short message is one answer."""
    if len(written.split()) <= LONGEST_ANSWER and len(written.split("\n")) == 1:
        return written, ""
    first, *others = SENTENCE_END.split(written.strip(), maxsplit=1)
    return first, "".join(others)


def _says_more(desk: Desk, contact: Contact, rest: str) -> bool:
    """Whether it is for a person to read, and not a greeting or a name."""
    understood = read(desk, contact, rest, None) if rest.strip() else None
    if understood is None or understood.intent in {Intent.THANKS, Intent.GREETING, Intent.PLACE}:
        return False
    return understood.intent is not Intent.OTHER or len(rest.split()) > LONGEST_ANSWER


def _wants(answer: str, codes: tuple[str, ...]) -> bool | None:
    if not answer or len(answer.split()) > LONGEST_ANSWER:
        return None
    chosen = CHOICE.match(answer)
    if chosen is not None:
        return chosen[1] == "1"
    yes, no = agrees(answer), refuses(answer, codes)
    return None if yes is no else yes
