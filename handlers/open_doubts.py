"""Questions about goods that are still open: they stay until they are answered or let go, and nothing is placed before.

They are kept beside what else was asked in this chat, so a draft in which all is clear costs nothing more.
"""

from collections.abc import Sequence
from dataclasses import replace

from core.documents import Order
from core.notices import DraftEdited, Notice
from core.people import Channel, Contact
from handlers import drafts
from handlers.desk import Desk
from handlers.reading.doubts import answers, as_asked, by_place, can_be_answered, lets_go, without_doubtful
from handlers.reading.understood import AddLine, Intent, Question, Reading, SetOptions, Understood, Wishes
from handlers.said import read
from storage.conversations import DOUBTS, Asked

MOST = 5
"""Open at once; whoever leaves more than these unanswered is asked about the newest."""

MOST_COUNTING = 3
"""Words before what is said: "a few", "just a few"."""

Questions = tuple[Question, ...]


async def of(desk: Desk, contact: Contact, draft: Order | None) -> Questions:
    """What is still asked about this draft; by mail questions have a way of their own."""
    if draft is None or contact.channel is not Channel.TELEGRAM:
        return ()
    asked = await desk.tx.conversations.waiting(contact.id, DOUBTS, draft.id)
    if asked is None:
        return ()
    by_sku = desk.shop.menu.by_sku
    found = (Question(about, tuple(sku for sku in skus if sku in by_sku)) for about, skus in asked.facts["questions"])
    return tuple(filter(can_be_answered, found))


async def draft_for(desk: Desk, contact: Contact, understood: Understood) -> Order:
    """An empty draft, kept where its buttons are to settle a doubt, or how and when it is to be is said first."""
    if any(question.likely for question in understood.reading.questions) or understood.wishes != Wishes():
        draft = await drafts.new_draft(desk, contact)
        wished = await drafts.apply(desk, contact, draft, replace(understood, edits=()))
        return wished.order if wished else draft
    return Order(
        drafts.NOT_KEPT, contact.id, contact.customer_id, contact.channel, contact.language, desk.shop.currency
    )


async def keep(desk: Desk, contact: Contact, draft: Order, before: Questions, after: Questions) -> None:
    """From now on these are open."""
    after = after[-MOST:]
    if before == after or draft.id == drafts.NOT_KEPT or contact.channel is not Channel.TELEGRAM:
        return
    if not after:
        await desk.tx.conversations.settle(contact.id, draft.id, DOUBTS)
        return
    facts = {"questions": [[question.about, list(question.likely)] for question in after]}
    await desk.tx.conversations.ask(contact.id, Asked(DOUBTS, draft.id, facts), desk.now)


async def repeated(desk: Desk, contact: Contact, notices: Sequence[Notice]) -> tuple[Notice, ...]:
    """A draft that a tap has changed asks on what it asked before."""
    return tuple(
        [await _asking(desk, contact, each) if isinstance(each, DraftEdited) else each for each in notices],
    )


async def _asking(desk: Desk, contact: Contact, shown: DraftEdited) -> Notice:
    left = await of(desk, contact, shown.order)
    return drafts.asking(desk, shown, left) if left else shown


def let_go(desk: Desk, contact: Contact, before: Questions, written: str) -> Questions:
    """What of them the words give up."""
    languages = desk.house.reading_languages(contact.language)
    return tuple(question for question in before if lets_go(written, question, desk.house.menu, languages))


def with_what_was_asked(
    desk: Desk, contact: Contact, before: Questions, understood: Understood, written: str
) -> Understood:
    """The words as the answer to what was asked, if they are one."""
    if not before:
        return understood
    menu, languages = desk.house.menu, desk.house.reading_languages(contact.language)
    understood = without_doubtful(understood, before, menu, languages)
    line = by_place(written, before[-1], menu, languages)
    if line is None:
        return replace(understood, edits=as_asked(understood.edits, before, written, menu, languages))
    name = desk.shop.menu.by_sku[line.sku].name
    said = as_asked((AddLine(line),), before[-1:], next(iter(name.values()), ""), menu, languages)
    return Understood(Intent.ORDER, Reading((line,)), said, language=understood.language)


def of_a_line(
    desk: Desk, contact: Contact, draft: Order, before: Questions, understood: Understood, name: str
) -> Understood:
    """ "A few olives", asked of which pizza: of the margherita that is there, and not of another one.

    Where a plain line of that name is all that was made of the question.
    """
    line = understood.edits[0].line if len(understood.edits) == 1 and isinstance(understood.edits[0], AddLine) else None
    asked = [question for question in before if line is not None and line.sku in question.likely]
    if line is None or line.options or line.quantity != 1 or len(asked) != 1:
        return understood
    words = asked[0].about.split()
    for start in range(min(len(words), MOST_COUNTING)):
        again = read(desk, contact, f"{name} {' '.join(words[start:])}", draft)
        is_whole = not (again.reading.unread or again.reading.questions)
        if is_whole and again.edits and all(isinstance(edit, SetOptions) for edit in again.edits):
            return replace(understood, edits=again.edits)
    return understood


def still_open(before: Questions, understood: Understood, draft: Order | None, gone: Sequence[Question]) -> Questions:
    """Those of before that nothing answered, then the new ones; of two about the same choice the newer."""
    skus = [line.sku for line in draft.lines] if draft else []
    new = tuple(filter(can_be_answered, understood.reading.questions))
    kept = (one for one in before if one not in gone and not answers(understood.edits, one, skus))
    return (*(one for one in kept if all(one.likely != other.likely for other in new)), *new)


async def after(
    desk: Desk, contact: Contact, was: Order | None, order: Order, understood: Understood, gone: Questions = ()
) -> Reading:
    """What is said of the message, and kept: with all that is still open. `was` is the draft before it."""
    before = await of(desk, contact, was)
    left = still_open(before, understood, was, gone)
    await keep(desk, contact, order, before, left)
    said_once = tuple(one for one in understood.reading.questions if not can_be_answered(one))
    return replace(understood.reading, questions=(*left, *said_once))
