"""The buttons in a customer's chat: what each tap means, once it is known to be theirs."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from core import orders
from core.errors import NotThere, Stale
from core.notices import Notice, OrderLive, To
from core.people import Contact
from core.states import Kind
from handlers import (
    amounts,
    availability,
    beside_answers,
    beside_order,
    buttons,
    cards,
    changing,
    checkout,
    checkout_taps,
    complaints,
    customers,
    draft_news,
    drafts,
    menu_pages,
    menu_taps,
    number_answers,
    offers,
    open_doubts,
    questions,
    reordering,
    returns,
    teaching,
    waiting_drafts,
)
from handlers.buttons import Tap
from handlers.chat_asked import cancel_chosen
from handlers.desk import Desk
from handlers.incoming import Answer, ButtonTap
from handlers.own_orders import own_document, own_draft, own_order
from handlers.reading.understood import AddLine, Intent, ReadLine, ReturnReason, ReturnWish, Understood
from handlers.said import read
from storage.conversations import WHICH

AGAIN = {"add": True, "new": False}
"""Whether the goods of an order join the open draft, or take its place."""


async def tap(desk: Desk, contact: Contact, tapped: ButtonTap) -> Answer:
    """A button in the customer's chat; foreign, forged and stale ones are refused alike."""
    read_tap = buttons.read_data(tapped.data)
    if read_tap.verb in menu_taps.TAPS:
        return await menu_taps.tap(desk, contact, read_tap, tapped.message_id)
    handler = TAPS.get(read_tap.verb)
    if handler is None:
        raise Stale(number=None, state="")
    notices = await handler(desk, contact, read_tap)
    return Answer(f"tap_{read_tap.verb}", await beside_order.repeated(desk, contact, notices))


async def _tap_place(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    return await checkout.go_on(desk, contact, await own_draft(desk, contact, tapped), tapped=True)


async def _tap_place_without(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    """What is in doubt is left out."""
    draft = await own_draft(desk, contact, tapped)
    await open_doubts.keep(desk, contact, draft, await open_doubts.of(desk, contact, draft), ())
    return await checkout.go_on(desk, contact, draft, tapped=True)


async def _tap_change(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    return (drafts.edited(desk, await own_draft(desk, contact, tapped), "change"),)


async def _tap_show(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    return (drafts.edited(desk, await own_draft(desk, contact, tapped)),)


async def _tap_drop(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    return await customers.drop_draft(desk, contact, await own_draft(desk, contact, tapped))


async def _tap_quantity(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    """One less or one more of a line: "3-" or "3+"."""
    draft = await own_draft(desk, contact, tapped)
    lines = list(drafts.as_read(draft))
    place, step = tapped.rest[:-1], {"+": 1, "-": -1, "=": 0}.get(tapped.rest[-1:])
    if step is None or not place.isdecimal() or not 1 <= int(place) <= len(lines):
        raise Stale(number=None, state=draft.state)
    old = lines[int(place) - 1]
    lines[int(place) - 1 : int(place)] = (
        # What was written said another number.
        [ReadLine(old.sku, old.quantity + step, old.options, "" if step else old.words)]
        if old.quantity + step > 0
        else []
    )
    change = orders.edit(draft, drafts.price(desk, lines), contact.actor, desk.now, message=desk.tx.inbox_id)
    await desk.tx.save(change)
    told = drafts.refusals(drafts.Edited(draft, drafts.gone(desk, draft)), To(contact.id))
    prices = availability.price_changes(desk, draft)
    return (*told, drafts.edited(desk, change.order or draft, "change", prices=prices))


async def _tap_amount(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    """What is left of it: "article.quantity"."""
    draft = await own_draft(desk, contact, tapped)
    article, _, quantity = tapped.rest.partition(".")
    known = replace(tapped, rest=article).number()
    if known not in desk.tx.articles:
        raise Stale(number=None, state=draft.state)
    sku, most = desk.tx.articles.sku_of(known), replace(tapped, rest=quantity).number()
    return (await amounts.set_to(desk, contact, draft, sku, most),)


async def _tap_leave_out(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    """The draft without what cannot be had; here the shelf is looked at, too."""
    draft = await own_draft(desk, contact, tapped)
    order = await draft_news.leave_out(desk, contact, draft, await availability.with_shelf(desk))
    return (drafts.edited(desk, order),)


async def _tap_kind(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    order = await checkout.set_kind(desk, contact, await own_draft(desk, contact, tapped), _kind(tapped))
    return (drafts.edited(desk, order, "change"),)


async def _tap_kind_and_place(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    order = await checkout.set_kind(desk, contact, await own_draft(desk, contact, tapped), _kind(tapped))
    return await checkout.go_on(desk, contact, order, tapped=True)


def _kind(tapped: Tap) -> Kind:
    if tapped.rest not in set(Kind):
        raise Stale(number=None, state="")
    return Kind(tapped.rest)


async def _tap_pick(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    """A doubt is settled: one of this product."""
    draft = await own_draft(desk, contact, tapped)
    article = tapped.number()
    sku = desk.tx.articles.sku_of(article) if article in desk.tx.articles else ""
    product = desk.shop.menu.by_sku.get(sku)
    if product is None:
        raise Stale(number=None, state=draft.state)
    name = product.name.get(contact.language) or next(iter(product.name.values()))
    understood = Understood(Intent.ORDER, edits=(AddLine(ReadLine(sku, 1, (), name)),))
    before = await open_doubts.of(desk, contact, draft)
    understood = open_doubts.with_what_was_asked(desk, contact, before, understood, name)
    understood = open_doubts.of_a_line(desk, contact, draft, before, understood, name)
    edited = await drafts.apply(desk, contact, draft, understood)
    order = edited.order if edited else draft
    taught = await teaching.picked(desk, contact, draft, order)
    left = await open_doubts.after(desk, contact, draft, order, understood)
    shown = drafts.shown(desk, order, left) if left.questions else drafts.edited(desk, order)
    return (*drafts.refusals(edited, To(contact.id)), shown, *taught)


async def _tap_cancel(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    """Asked once more: a placed order is not lost by a thumb."""
    order = await own_order(desk, contact, tapped)
    return (OrderLive(to=To(contact.id), order=order, asks_cancel=True, buttons=buttons.cancelling(order)),)


async def _tap_cancel_no(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    return (cards.live(await own_order(desk, contact, tapped)),)


async def _tap_cancel_yes(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    return await customers.cancel_order(desk, contact, await own_order(desk, contact, tapped))


async def _tap_send_back(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    """Whatever became of the order since: what went back already is not offered again."""
    return await complaints.send_back(desk, contact, await own_document(desk, contact, tapped))


async def _tap_return_of(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    """Which of their orders the goods were in."""
    order = await own_document(desk, contact, tapped)
    asked = await desk.tx.conversations.open(contact.id)
    if asked is None or asked.what != "return":
        raise Stale(number=order.number, state=order.state)
    await desk.tx.conversations.settle(contact.id)
    words = asked.facts["words"]
    wish = read(desk, contact, words, None).returns or ReturnWish((), ReturnReason.OTHER)
    return await returns.ask(desk, contact, replace(wish, words=words), order.number, asked_before=True)


async def _tap_which(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    """Which of their orders was meant, or none of them. Raises Stale once it is no longer asked."""
    asked = await desk.tx.conversations.open(contact.id)
    if asked is None or asked.what != WHICH:
        raise Stale(number=None, state="")
    meant = (await own_order(desk, contact, tapped),) if tapped.subject else ()
    return await cancel_chosen(desk, contact, meant)


async def _tap_again(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    """The same once more. What is open then is asked about first; the answer carries that draft's version."""
    order = await own_document(desk, contact, tapped)
    if order.number is None:
        raise NotThere
    if tapped.rest == "twice":
        return await reordering.draft_once_more(desk, contact, order, tapped.version)
    if tapped.rest in AGAIN:
        return await reordering.into_draft(desk, contact, order, tapped.version, keep=AGAIN[tapped.rest])
    return await reordering.again(desk, contact, order.number)


async def _tap_no_reminders(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:  # noqa: ARG001
    return await waiting_drafts.set_reminders(desk, contact, wanted=False)


async def _tap_send_change(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    return await changing.send(desk, contact, tapped.subject, tapped.version)


async def _tap_keep_order(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    return await changing.withdraw(desk, contact, tapped.subject, tapped.version)


async def _tap_accept_offer(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    return await offers.accept(desk, contact, tapped.subject, tapped.version)


async def _tap_decline_offer(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:
    return await offers.decline(desk, contact, tapped.subject, tapped.version)


async def _tap_menu(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:  # noqa: ARG001
    return (await menu_pages.home(desk, contact, anew=True),)


async def _tap_ask_shop(desk: Desk, contact: Contact, tapped: Tap) -> tuple[Notice, ...]:  # noqa: ARG001
    asked = await desk.tx.conversations.open(contact.id)
    if asked is None or asked.what != "words":
        raise Stale(number=None, state="")
    await desk.tx.conversations.settle(contact.id)
    return await questions.pass_on(desk, contact, asked.facts["text"])


TAPS: dict[str, Callable[[Desk, Contact, Tap], Awaitable[tuple[Notice, ...]]]] = {
    "place": _tap_place,
    "pwo": _tap_place_without,
    "chg": _tap_change,
    "show": _tap_show,
    "drop": _tap_drop,
    "qty": _tap_quantity,
    "leave": _tap_leave_out,
    "amount": _tap_amount,
    "kind": _tap_kind,
    "pkind": _tap_kind_and_place,
    "pick": _tap_pick,
    "cancel": _tap_cancel,
    "cancelyes": _tap_cancel_yes,
    "cancelno": _tap_cancel_no,
    "noremind": _tap_no_reminders,
    "join": beside_answers.tap_join,
    "anew": beside_answers.tap_anew,
    "num": number_answers.tap,
    "again": _tap_again,
    "sendback": _tap_send_back,
    "returnof": _tap_return_of,
    "which": _tap_which,
    "chsend": _tap_send_change,
    "chkeep": _tap_keep_order,
    "chyes": _tap_accept_offer,
    "chno": _tap_decline_offer,
    "menu": _tap_menu,
    "askshop": _tap_ask_shop,
    **checkout_taps.TAPS,
}
