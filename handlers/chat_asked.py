"""What was asked last, and the words that answer it; words that do not are read as anything else."""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from core.documents import Order
from core.notices import NothingWanted, Notice, To
from core.order_changes import live_lines
from core.people import Contact
from core.states import Kind, OrderState
from handlers import (
    amounts,
    asking_which,
    change_words,
    changing,
    checkout,
    customers,
    draft_undo,
    draft_wishes,
    offers,
    questions,
    return_words,
    returns,
)
from handlers.change_edits import concerns, read_for
from handlers.chat_words import words
from handlers.desk import Desk
from handlers.incoming import Answer
from handlers.placed_words import names_an_order
from handlers.reading.agreement import agrees, refuses, skips, substitutes, takes_back
from handlers.reading.clauses import bare
from handlers.reading.order_numbers import as_number
from handlers.reading.return_text import returned_items
from handlers.reading.understood import Intent, ReturnReason, ReturnWish, Understood
from handlers.reading.wordings import with_lists, wordings
from handlers.said import read
from storage.conversations import BESIDE, LAPSED, NUMBER, WHICH, Asked

ELSEWHERE = frozenset({Intent.CANCEL, Intent.STATUS, Intent.MENU, Intent.HELP, Intent.HOURS, Intent.RETURN})
"""No answer to a question, whoever asked it."""

ADDRESS_LIKE = frozenset({Intent.OTHER, Intent.ORDER, Intent.PLACE})
"""What words are taken for in which no street was found: a village may have none."""

CHOSEN = re.compile(r"\s*(?P<place>\d)\s*(?:[.,:)]\s*(?P<rest>.*))?", re.DOTALL)
"""One of a numbered list, and what is said of it."""

AskedHandler = Callable[[Desk, Contact, Asked, str], Awaitable[Answer | None]]


async def _asked_address(desk: Desk, contact: Contact, asked: Asked, written: str) -> Answer | None:
    """Words that say where to; goods and questions are something else, and the address is still asked."""
    order = await asked_draft(desk, contact, asked)
    if order is None:
        return None
    if order.kind is Kind.PICKUP:
        await desk.tx.conversations.settle(contact.id, order.id, "address")
        return None
    if draft_undo.is_said(desk, contact, written):
        return None
    understood = read(desk, contact, written, order)
    address = understood.wishes.address
    if address is None and not _may_be_address(desk, contact, written):
        return None
    if address is None and (understood.intent not in ADDRESS_LIKE or understood.reading.lines):
        return None
    if address is None and (understood.wishes.kind is not None or understood.edits):
        # "Ok, pick up then", "scrap that": another way, or an edit, is no address.
        return None
    asked = checkout.as_seen(order, asked)
    if understood.wishes.note:
        note = draft_wishes.with_note(order.note, understood.wishes.note)
        order = await checkout.fill(desk, contact, order, note=note)
    whole = written if address is None else address
    return Answer("address", await checkout.answered_address(desk, contact, order, whole, asked))


def _may_be_address(desk: Desk, contact: Contact, written: str) -> bool:
    """Words in which no street was found: a village may have none, but a no and a bare number are no village."""
    languages = desk.house.reading_languages(contact.language)
    return any(letter.isalpha() for letter in written) and not (skips(written) or refuses(written, languages))


async def _asked_phone(desk: Desk, contact: Contact, asked: Asked, written: str) -> Answer | None:
    order = await asked_draft(desk, contact, asked)
    if order is not None and skips(written):
        return Answer("no_phone", await checkout.without_phone(desk, contact, order, asked))
    if order is None or sum(letter.isdigit() for letter in written) < 5:  # shorter is no number
        return None
    return Answer("phone", await checkout.answered_phone(desk, contact, order, written, asked))


async def _asked_by_staff(desk: Desk, contact: Contact, asked: Asked, written: str) -> Answer | None:
    """The staff asked about an order: the words go back to its card, unless they clearly are about something else.

    Goods go into the draft where there is one; without one they may be both, and both are done.
    """
    if asked.order_id is None:
        return None
    if "return" in asked.facts:
        return await _asked_about_return(desk, contact, asked, written)
    draft = await desk.tx.orders.draft_of(contact.id)
    understood = read(desk, contact, written, draft)
    orders_goods = _edits_alone(understood) or _orders_anew(understood)
    if understood.intent in ELSEWHERE or (orders_goods and draft is not None and draft.lines):
        return None
    order = await desk.tx.orders.get(asked.order_id)
    if orders_goods and await _is_no_answer(desk, contact, asked, order, understood, written):
        return None
    await desk.tx.conversations.settle(contact.id)
    passed_on = await questions.pass_on(desk, contact, written, order=order)
    if orders_goods and substitutes(written):
        proposed = await changing.propose_instead(desk, contact, order, written, understood)
        return Answer("answers_staff", (*passed_on, *proposed))
    if orders_goods:
        return Answer("answers_staff_and_orders", (*passed_on, *(await words(desk, contact, written)).notices))
    return Answer("answers_staff", passed_on)


async def _is_no_answer(  # all that tells it
    desk: Desk, contact: Contact, asked: Asked, order: Order, understood: Understood, written: str
) -> bool:
    """Whether goods are about something else than what the staff wrote.

    It asked nothing, they say how or when of their own, or another order of theirs is the newest.
    """
    if substitutes(written):
        return False
    wishes = understood.wishes
    if wishes.kind or wishes.wished or wishes.wished_day or not asked.facts.get("asks", True):
        return True
    newest = await desk.tx.orders.of_contact(contact.id, most=1)
    return bool(newest) and newest[0].id != order.id and newest[0].is_open


async def _asked_about_return(desk: Desk, contact: Contact, asked: Asked, written: str) -> Answer | None:
    """The staff wrote about a return: the words go back to its card; clear orders and other matters do not."""
    case = await desk.tx.returns.to_change(asked.facts["return"])
    draft = await desk.tx.orders.draft_of(contact.id)
    understood = read(desk, contact, written, draft)
    if understood.intent in ELSEWHERE - {Intent.RETURN} or (understood.edits and draft is not None and draft.lines):
        return None
    answer = await return_words.about_return(desk, contact, case, understood, written)
    if answer is not None:
        await desk.tx.conversations.settle(contact.id)
    return answer


async def _asked_offer(desk: Desk, contact: Contact, asked: Asked, written: str) -> Answer | None:
    """The staff proposes another order: a yes, a no, or what else it should be; an open draft has its own words."""
    draft = await desk.tx.orders.draft_of(contact.id)
    if asked.order_id is None or (draft is not None and draft.lines):
        return None
    answered = await offers.by_words(desk, contact, asked, written)
    if answered is not None:
        return Answer("offer_answered", answered)
    order = await desk.tx.orders.get(asked.order_id)
    if not concerns(read_for(desk, contact.language, written, live_lines(order.lines), order.wished)):
        return None
    proposed = await changing.propose(desk, contact, order, written)
    return None if proposed is None else Answer("change", proposed)


async def _asked_lapsed(desk: Desk, contact: Contact, asked: Asked, written: str) -> Answer | None:
    told = await offers.too_late(desk, contact, asked, written)
    return None if told is None else Answer("offer_too_late", told)


async def _asked_change(desk: Desk, contact: Contact, asked: Asked, written: str) -> Answer | None:
    """Their own change was shown, and is sent or forgotten by a yes or a no."""
    answered = await change_words.answered(desk, contact, asked, written)
    return None if answered is None else Answer("change_answered", answered)


async def _asked_return(desk: Desk, contact: Contact, asked: Asked, written: str) -> Answer | None:
    """Which order, which goods: read together with what was said before. Another matter ends the question."""
    await desk.tx.conversations.settle(contact.id)
    number, written = _order_chosen(asked.facts.get("choices", []), written)
    own = read(desk, contact, written, None)
    if number is None and names_an_order(own):
        number = own.order_number
    if number is None and own.intent not in {Intent.OTHER, Intent.RETURN, Intent.ORDER}:
        return None
    if (
        number is None
        and own.intent is Intent.ORDER
        and not await _had(desk, contact, {line.sku for line in own.reading.lines})
    ):
        return None
    before = str(asked.facts.get("words", ""))
    understood = read(desk, contact, f"{before}\n{written}", None)
    wish = understood.returns or ReturnWish((), ReturnReason.OTHER)
    items = wish.items or returned_items(written, desk.house.menu, desk.house.reading_languages(contact.language))
    wish = replace(wish, items=items, words=f"{before}\n{written}".strip())
    number = number or own.order_number or asked.facts.get("number") or understood.order_number
    return Answer("return", await returns.ask(desk, contact, wish, number, asked_before=True))


def _order_chosen(choices: Sequence[int], written: str) -> tuple[int | None, str]:
    """The order's number that the words say or choose ("1", "1, the honey", "yes" to a single one), and the rest."""
    chosen = CHOSEN.fullmatch(written)
    if chosen is not None and 1 <= int(chosen["place"]) <= len(choices):
        return choices[int(chosen["place"]) - 1], chosen["rest"]
    if len(choices) == 1 and agrees(written):
        return choices[0], written
    return _bare_number(written), written


async def _had(desk: Desk, contact: Contact, skus: set[str]) -> bool:
    """Whether these goods stand in an order that the customer has had: then they answer, and order nothing."""
    mine = await desk.tx.orders.of_contact(contact.id, most=5)
    done = [order for order in mine if order.state is OrderState.COMPLETED]
    return bool(skus) and skus <= {line.sku for order in done for line in order.lines}


async def _asked_amount(desk: Desk, contact: Contact, asked: Asked, written: str) -> Answer | None:
    """So many cannot be had: a bare number says how many then, of what was said, or of the draft's."""
    await desk.tx.conversations.settle(contact.id)
    number = amounts.said(desk, contact, written)
    if number is None:
        return None
    if "text" in asked.facts:
        refused = str(asked.facts["text"])
        return await words(desk, contact, refused.replace(asked.facts["number"], str(number), 1))
    draft = await desk.tx.orders.draft_of(contact.id)
    if draft is None or draft.id != asked.order_id:
        return None
    return Answer("amount", (await amounts.set_to(desk, contact, draft, asked.facts["sku"], number),))


async def _asked_number(desk: Desk, contact: Contact, asked: Asked, written: str) -> Answer | None:
    """The hour, or how many: whatever says so is read as ever; nothing of it shall be, and then nothing is."""
    await desk.tx.conversations.settle(contact.id, asked.order_id, NUMBER)
    languages = desk.house.reading_languages(contact.language)
    gives_up = wordings("edits", "lets_doubt_go", with_lists(languages)).fullmatch(bare(written, languages))
    if gives_up or takes_back(written, languages) or skips(written):
        return Answer("number_let_go", (NothingWanted(to=To(contact.id), drafting=False),))
    return None


async def _asked_words(desk: Desk, contact: Contact, asked: Asked, written: str) -> Answer | None:  # noqa: ARG001
    """What was not understood may still be passed on by its button, or teach; new words are read as such."""
    await desk.tx.conversations.settle(contact.id)
    return None


async def _asked_which(desk: Desk, contact: Contact, asked: Asked, written: str) -> Answer | None:
    """Which of their orders was meant: now it is done."""
    meant = await asking_which.chosen(desk, contact, asked, written)
    return None if meant is None else Answer(WHICH, await cancel_chosen(desk, contact, meant))


async def cancel_chosen(desk: Desk, contact: Contact, meant: Sequence[Order]) -> tuple[Notice, ...]:
    """In a chat only a cancellation asks which; none of them was meant: then it is told how they stand."""
    await desk.tx.conversations.settle(contact.id)
    if not meant:
        return await customers.status(desk, contact, None)
    return tuple([notice for order in meant for notice in await customers.cancel_order(desk, contact, order)])


async def _asked_beside(desk: Desk, contact: Contact, asked: Asked, written: str) -> Answer | None:  # noqa: ARG001
    """Whatever is said may be the answer, or leave the question open: see open_doubts, and reordering."""
    return None


ASKED: dict[str, AskedHandler] = {
    "address": _asked_address,
    "phone": _asked_phone,
    "staff": _asked_by_staff,
    "offer": _asked_offer,
    "change": _asked_change,
    "return": _asked_return,
    "amount": _asked_amount,
    NUMBER: _asked_number,
    "words": _asked_words,
    "unread": _asked_words,
    LAPSED: _asked_lapsed,
    WHICH: _asked_which,
    **dict.fromkeys(BESIDE, _asked_beside),
}


def _edits_alone(understood: Understood) -> bool:
    """Goods, and every word of it understood: "and a coke" is no street."""
    return understood.intent is Intent.ORDER and bool(understood.edits) and not understood.reading.unread


def _orders_anew(understood: Understood) -> bool:
    """Goods with how or when they are wanted are an order, also where a word of it was not understood."""
    wishes = understood.wishes
    has_goods = understood.intent is Intent.ORDER and bool(understood.reading.lines)
    return has_goods and bool(wishes.kind or wishes.wished or wishes.wished_day)


async def asked_draft(desk: Desk, contact: Contact, asked: Asked) -> Order | None:
    draft = await desk.tx.orders.draft_of(contact.id)
    if draft is None or draft.id != asked.order_id:
        await desk.tx.conversations.settle(contact.id)
        return None
    return draft


def _bare_number(written: str) -> int | None:
    digits = written.strip().lstrip("#")
    return as_number(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 15 else None
