"""An order by mail: placed at once where all is clear, else asked about in numbered questions."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from core.documents import Order
from core.notices import MailQuestion, Notice, OrderQuestions, Refused, To
from core.people import Contact, Trust
from core.states import Kind
from handlers import checkout, drafts, orders
from handlers.chat_words import read
from handlers.desk import Desk
from handlers.mail_answers import split_answers
from handlers.reading.understood import AddLine, Intent, Reading, ReadLine, Understood
from storage.conversations import Asked


async def order(
    desk: Desk, contact: Contact, understood: Understood, trust: Trust, *, draft: Order | None
) -> tuple[Notice, ...]:
    """What a mail orders. A new mail is a new order: goods of an older draft do not slip into it."""
    if draft is None:
        await _forget_draft(desk, contact)
    edited = await drafts.apply(desk, contact, draft, understood)
    made = edited.order if edited else draft
    if edited is not None and edited.sold_out:
        return (Refused(to=To(contact.id), error="SoldOut", facts=vars(edited.sold_out[0])),)
    if made is None:
        made = await desk.tx.orders.new_draft(contact, desk.shop.currency, desk.now)
    questions = _questions(desk, made, _without_name(understood.reading, contact.name))
    if questions:
        return (await _ask(desk, contact, made, questions),)
    made = await _for_next_opening(desk, contact, made)
    return await checkout.go_on(desk, contact, replace(made, trust=trust), tapped=False)


async def answered(desk: Desk, contact: Contact, asked: Asked, text: str, trust: Trust) -> tuple[Notice, ...] | None:
    """The reply to our questions; None where the draft is gone or the reply answers none of them."""
    draft = await desk.tx.orders.draft_of(contact.id)
    if draft is None or draft.id != asked.order_id:
        return None
    kinds: list[str] = asked.facts.get("asks", [])
    answers = split_answers(text, len(kinds))
    addresses = [answer for place, answer in answers.items() if kinds[place] == "address"]
    rest = "\n".join(answer for place, answer in answers.items() if kinds[place] != "address")
    understood = read(desk, contact, rest if answers else text, draft)
    if not answers and understood.intent not in {Intent.ORDER, Intent.PLACE, Intent.OTHER}:
        return None
    understood = _without_repeated(understood, drafts.as_read(draft))
    if addresses:
        understood = replace(understood, wishes=replace(understood.wishes, address=addresses[0]))
    await desk.tx.conversations.settle(contact.id)
    return await order(desk, contact, understood, trust, draft=draft)


def _without_repeated(understood: Understood, known: Sequence[ReadLine]) -> Understood:
    """Who answers often says the order once more: a line that stands there already is not a second one."""
    there = {(line.sku, line.quantity, frozenset(line.options)) for line in known}
    edits = tuple(
        edit
        for edit in understood.edits
        if not isinstance(edit, AddLine)
        or (edit.line.sku, edit.line.quantity, frozenset(edit.line.options)) not in there
    )
    return replace(understood, edits=edits)


async def _forget_draft(desk: Desk, contact: Contact) -> None:
    old = await desk.tx.orders.draft_of(contact.id)
    if old is not None:
        await orders.cancel(desk, old.id, None, contact.actor, by_shop=False)


def _without_name(reading: Reading, name: str) -> Reading:
    """The sender's own name under a mail, or before the address, is not something that was ordered."""
    own = set(name.casefold().split())
    unread = tuple(words for words in reading.unread if not set(words.casefold().split()) <= own)
    return replace(reading, unread=unread)


def _questions(desk: Desk, order: Order, reading: Reading) -> tuple[MailQuestion, ...]:
    """What must be known before the shop can say yes or no."""
    menu = desk.shop.menu.by_sku
    asks = [
        MailQuestion("goods", question.about, tuple(menu[sku].name for sku in question.likely if sku in menu))
        for question in reading.questions
    ]
    asks += [MailQuestion("unread", words) for words in tuple(dict.fromkeys(reading.unread))[:5]]
    if not order.lines:
        return tuple(asks) or (MailQuestion("empty"),)
    offered = drafts.offered(desk, order)
    if order.kind is None or order.kind not in offered:
        asks.append(MailQuestion("kind", kinds=tuple(offered)))
    if not order.address and (order.kind in checkout.NEEDS_ADDRESS or (not order.kind and Kind.PICKUP not in offered)):
        asks.append(MailQuestion("address"))
    return tuple(asks)


async def _ask(desk: Desk, contact: Contact, order: Order, questions: tuple[MailQuestion, ...]) -> Notice:
    facts: dict[str, Any] = {"asks": [question.ask for question in questions]}
    await desk.tx.conversations.ask(contact.id, Asked("questions", order.id, facts), desk.now)
    return OrderQuestions(to=To(contact.id), order=order, questions=questions)


async def _for_next_opening(desk: Desk, contact: Contact, order: Order) -> Order:
    """A mail that comes at night is for the next opening, and its confirmation says so."""
    if order.wished is not None or order.kind is Kind.SHIPPING or desk.shop.hours.is_open(desk.now):
        return order
    opens = desk.shop.hours.next_opening(desk.now)
    return await checkout.fill(desk, contact, order, wished=opens) if opens else order
