"""What is done for each intent of a customer's words (ACTS). The same for chat and mail."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from core.documents import Order, Photo
from core.errors import NotThere
from core.left_open import is_current
from core.notices import Button, DraftEmpty, DraftShown, NothingWanted, Notice, NotUnderstood, OrdersShown
from core.people import Channel, Contact, Trust
from core.states import Kind
from handlers import (
    beside_answers,
    chat_questions,
    checkout,
    complaints,
    customers,
    diet_answers,
    draft_undo,
    draft_words,
    drafts,
    giving_up,
    halves,
    matters,
    open_doubts,
    placed_words,
    questions,
    reordering,
    return_words,
    returns,
    teaching,
    unread_words,
    waiting_drafts,
)
from handlers.desk import Desk
from handlers.draft_edits import grown
from handlers.reading.agreement import refuses, takes_back, wants_no_reminders
from handlers.reading.cancelling import gives_up_all
from handlers.reading.doubts import can_be_answered
from handlers.reading.understood import Intent, Reading, Understood, Wishes
from handlers.said import Said
from storage.conversations import Asked


async def act(  # what was said, and where
    desk: Desk,
    contact: Contact,
    draft: Order | None,
    understood: Understood,
    written: str,
    photos: tuple[Photo, ...] = (),
    trust: Trust = Trust.FULL,
    about: Order | None = None,
) -> tuple[Notice, ...]:
    """One intent, one answer (ACTS)."""
    said = Said(desk, contact, draft, understood, written, photos, trust, about)
    if (understood.reading.unread or understood.intent not in CLEAR) and wants_no_reminders(written):
        return await waiting_drafts.set_reminders(desk, contact, wanted=False)
    if (of_draft := draft_words.as_of_draft(said)) is not None:
        return await _other(of_draft)
    answer = await ACTS.get(understood.intent, _other)(said)
    if understood.asides:
        return (*answer, *await chat_questions.beside(said))
    return answer or (await _other(said) if understood.intent in ASKS else ())


CLEAR = frozenset({Intent.ORDER, Intent.PLACE, Intent.STATUS})
"""Whoever wants one of these, and says nothing unread, does not speak of reminders."""

ASKS = frozenset({Intent.MENU, Intent.PRODUCT, Intent.QUESTION, Intent.PERSON, Intent.COMPLAINT, Intent.CHANGE})
"""Where nothing was asked after all, it is like any other word."""

SHORT_NO = 4
"""A no of so many words answers nothing but us."""


async def _place(said: Said) -> tuple[Notice, ...]:
    if said.draft is None or not said.draft.lines:
        # "OK" after the last news of an order asks for nothing; how it stands is never wrong.
        mine = await said.desk.tx.orders.of_contact(said.contact.id, most=3)
        is_under_way = any(is_current(order, said.desk.now) for order in mine)
        return await _status(said) if is_under_way else (DraftEmpty(to=said.to),)
    changed = await drafts.apply(said.desk, said.contact, said.draft, said.understood)
    if changed is not None and (changed.sold_out or changed.prices or draft_words.is_unseen(said.draft, changed.order)):
        # Nothing is placed that the customer has not seen as it is.
        return (*drafts.refusals(changed, said.to), await _shown(said, changed.order, changed))
    if draft_words.asks_whether(said):
        return (await _shown(said, changed.order if changed else said.draft, changed),)
    await _reading(said, changed.order if changed else said.draft)
    return await checkout.go_on(said.desk, said.contact, changed.order if changed else said.draft, tapped=False)


async def _status(said: Said) -> tuple[Notice, ...]:
    drafting = said.draft is not None and bool(said.draft.lines)
    if draft_words.asks_how_long(said) and (drafting or await _asks_of_another_way(said)):
        return await chat_questions.question(said)
    told = await customers.status(said.desk, said.contact, said.understood.order_number, said.written, said.about)
    if drafting and said.draft and not any(isinstance(notice, OrdersShown) and notice.orders for notice in told):
        # It is not placed yet, and says so.
        return (drafts.shown(said.desk, said.draft),)
    return told


async def _asks_of_another_way(said: Said) -> bool:
    """ "How long does delivery take?" from somebody who fetches theirs."""
    mine = await chat_questions.under_way(said)
    return draft_words.speaks_of_delivery(said) and all(order.kind is not Kind.DELIVERY for order in mine)


async def _cancel(said: Said) -> tuple[Notice, ...]:
    """ "Never mind the table, just pick up" goes on with the draft: who cancels it wishes nothing else of it."""
    drafting = said.draft is not None and bool(said.draft.lines)
    if not matters.wants_cancelled(said):
        return await (giving_up.how(said) if matters.asks_how_to_cancel(said) else chat_questions.question(said))
    number, names_order = said.understood.order_number, gives_up_all(said.written)
    if drafting and said.draft is not None and names_order and number is None:
        # "Cancel the order for 2 pm", and the draft is for the evening.
        drafting = not await customers.means_placed(said.desk, said.contact, said.draft, said.written)
    if drafting and said.understood.wishes != Wishes() and number is None:
        return await _ordered(said)
    if (
        said.draft is not None
        and drafting
        and takes_back(said.written, said.desk.house.reading_languages(said.contact.language))
    ):
        if said.draft.earlier:
            return await draft_undo.undo(said.desk, said.contact, said.draft)
        # The last change, or the whole order? Nothing is thrown away for it: the draft is shown with these words.
        return (drafts.shown(said.desk, said.draft, Reading(unread=(said.written.strip(),)), before=said.draft),)
    if not (drafting or await matters.only_cancels(said)):
        return await chat_questions.question(said)
    asked = None if drafting else await giving_up.asked(said)
    if asked is not None:
        return asked
    return await customers.cancel(
        said.desk, said.contact, number, names_order=names_order, written=said.written, about=said.about
    )


async def _return(said: Said) -> tuple[Notice, ...]:
    """What shall go back; of what was only bad the shop reads, and its customer may say more."""
    wish = said.understood.returns
    if wish is None:
        return await _other(said)
    of_complaint = await complaints.joined(said)
    if of_complaint is not said:
        return await matters.returned(of_complaint)
    again = await return_words.said_again(said.desk, said.contact, said.understood, said.written, said.photos)
    if again is not None:
        return again
    return await (matters.returned(said) if wish.outright else complaints.fault(said))


async def _change(said: Said) -> tuple[Notice, ...]:
    """Of no order that could still be another: a person reads it, unless there is no such order of theirs.

    Raises NotThere for that.
    """
    number = said.understood.order_number
    if number is not None:
        mine = await said.desk.tx.orders.of_contact(said.contact.id, most=20)
        if all(order.number != number for order in mine):
            raise NotThere(number=number)
    return await chat_questions.question(said)


async def _again(said: Said) -> tuple[Notice, ...]:
    return await reordering.again(said.desk, said.contact, said.understood.order_number, said.written)


async def _order(said: Said) -> tuple[Notice, ...]:
    if said.desk.shop.menu.has_halves and said.contact.channel is Channel.TELEGRAM:
        page, rest = await halves.asked(said.desk, said.contact, said.understood)
        if page is not None:
            said = replace(said, understood=rest)
            return (page,) if halves.says_no_more(rest) else (*await _ordered(said), page)
    return await _ordered(said)


async def _ordered(said: Said) -> tuple[Notice, ...]:
    if placed_words.names_an_order(said.understood):
        return await _status(said)
    if said.draft is not None and said.draft.lines and draft_words.throws_away(said):
        return await customers.drop_draft(said.desk, said.contact, said.draft)
    asked = diet_answers.hidden_in(said)
    if asked is not None:
        return await chat_questions.of_menu(said, asked)
    completed = await checkout.with_postcode(said.desk, said.contact, said.draft, said.written)
    if completed is not None:
        return (drafts.shown(said.desk, completed, before=said.draft),)
    if said.draft is None and (told := await placed_words.passed_on(said)):
        return told
    edited = await drafts.apply(said.desk, said.contact, said.draft, said.understood)
    order = edited.order if edited else said.draft
    if order is None:
        order = await open_doubts.draft_for(said.desk, said.contact, said.understood)
    if said.understood.reading.unread:
        await teaching.remember(said.desk, said.contact, order, said.understood.reading, said.written)
    return (*drafts.refusals(edited, said.to), await _shown(said, order, edited))


async def _shown(said: Said, order: Order, edited: drafts.Edited | None) -> Notice:
    prices = edited.prices if edited else ()
    if order.beside is not None:
        await beside_answers.begin(said, order)
    shown = drafts.shown(said.desk, order, await _reading(said, order), prices, before=said.draft)
    if isinstance(shown, DraftShown) and said.draft is not None:
        return replace(shown, grown=grown(drafts.as_read(said.draft), said.understood.edits, order.lines))
    return shown


async def _reading(said: Said, order: Order) -> Reading:
    """What of the message is said beside the draft; what it leaves open of earlier ones, too."""
    # What is only not believed has no buttons that it could wait behind.
    doubted = (each.about for each in said.understood.reading.questions if not can_be_answered(each))
    left = (*said.understood.reading.unread, *doubted)
    await unread_words.keep(said.desk, said.contact, order, left, said.written)
    before = await open_doubts.of(said.desk, said.contact, said.draft)
    gone = open_doubts.let_go(said.desk, said.contact, before, said.written)
    return await open_doubts.after(said.desk, said.contact, said.draft, order, said.understood, gone)


async def _other(said: Said) -> tuple[Notice, ...]:
    """No intent that we know. Photos show what a return is about, or are for a person; a wish may be for the draft."""
    desk, contact = said.desk, said.contact
    if placed_words.names_an_order(said.understood) and not said.photos:
        return await _status(said)
    if said.photos:
        joined = await returns.add_photos(desk, contact, said.photos, said.written)
        return joined or await questions.pass_on(desk, contact, said.written or "📷", photos=said.photos)
    reading = said.understood.reading
    edited = await drafts.apply(desk, contact, said.draft, said.understood)
    if edited is not None:
        return (*drafts.refusals(edited, said.to), await _shown(said, edited.order, edited))
    is_short = len(said.written.split()) <= SHORT_NO and not reading.unread
    if is_short and refuses(said.written, desk.house.reading_languages(contact.language)):
        return (NothingWanted(to=said.to, drafting=said.draft is not None and bool(said.draft.lines)),)
    if reading.unread and said.draft is not None:
        await teaching.remember(desk, contact, said.draft, reading, said.written)
        return (await _shown(said, said.draft, None),)
    if told := await placed_words.said_beside(said):
        return told
    kept = {"text": said.written[: questions.LONGEST], **teaching.facts_of(desk, contact, reading, said.written)}
    await desk.tx.conversations.ask(contact.id, Asked("words", facts=kept), desk.now)
    ask = ((Button("ask_shop", "askshop"), Button("menu", "menu")),)
    return (NotUnderstood(to=said.to, example=desk.house.example(contact.language), buttons=ask),)


ACTS: dict[Intent, Callable[[Said], Awaitable[tuple[Notice, ...]]]] = {
    Intent.ORDER: _order,
    Intent.PLACE: _place,
    Intent.STATUS: _status,
    Intent.CANCEL: _cancel,
    Intent.RETURN: _return,
    Intent.MENU: chat_questions.menu,
    Intent.PRODUCT: chat_questions.product,
    Intent.HOURS: chat_questions.hours,
    Intent.HELP: chat_questions.help_,
    Intent.GREETING: chat_questions.greeting,
    Intent.THANKS: chat_questions.thanks,
    Intent.CHANGE: _change,
    Intent.REORDER: _again,
    Intent.PERSON: chat_questions.question,
    Intent.COMPLAINT: chat_questions.question,
    Intent.QUESTION: chat_questions.question,
}
