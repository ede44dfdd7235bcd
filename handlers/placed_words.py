"""Words that are about an order which was placed: an edited message, and a wish for something else."""

from collections.abc import Sequence
from dataclasses import replace

from core.documents import Line, Order
from core.left_open import is_current
from core.notices import BesideOrder, EditNoted, Notice, To
from core.order_changes import may_change
from core.people import Contact
from handlers import changing, drafts, open_doubts, questions
from handlers.change_edits import asks_which, concerns, read_for
from handlers.desk import Desk
from handlers.edited import Reread, reread
from handlers.edited import apply as reread_draft
from handlers.incoming import Answer, ChatText
from handlers.reading.agreement import begins_adding, joins_placed, orders_anew, substitutes
from handlers.reading.clauses import knows, names_known
from handlers.reading.understood import Intent, Reading, Understood
from handlers.reading.wordings import with_lists, wordings
from handlers.said import Said
from handlers.which_order import order_meant

REREAD = frozenset({Intent.ORDER, Intent.CHANGE, Intent.OTHER, Intent.QUESTION})
"""What an edited message may be without being another matter than before."""
FEWEST_WORDS = 2
"""A single word that nobody understands is for no one …"""
FEWEST_KNOWN_WORDS = 4
"""… and "lol ok great", of which every word is known, neither."""


async def reread_message(
    desk: Desk, contact: Contact, draft: Order | None, said: ChatText, understood: Understood
) -> Answer | None:
    """An edited message that made the draft, or an order that was placed; None for one that made none."""
    again = await reread(desk, contact, draft, said, understood) if draft is not None else None
    if again is not None and draft is not None:
        order = await reread_draft(desk, contact, draft, again)
        reading = await open_doubts.after(desk, contact, draft, order, understood)
        return Answer("edited", (drafts.shown(desk, order, reading, before=draft),))
    mine = await desk.tx.orders.of_contact(contact.id, most=3)
    for order in (one for one in mine if is_current(one, desk.now)):
        again = await reread(desk, contact, order, said, understood)
        if again is not None:
            return Answer("edited_after_placing", await _reread_order(desk, contact, order, said, understood, again))
    return Answer("edited") if draft is None and not understood.edits else None


async def _reread_order(
    desk: Desk, contact: Contact, order: Order, said: ChatText, understood: Understood, again: Reread
) -> tuple[Notice, ...]:
    """The order was placed already: what the new words say otherwise is proposed as a change of it."""
    wanted = replace(understood, edits=again.edits, wishes=again.wishes)
    proposed = await changing.propose(desk, contact, order, said.text, wanted)
    return proposed if proposed is not None else (EditNoted(to=To(contact.id), order=order),)


async def changes_order(
    desk: Desk, contact: Contact, draft: Order | None, understood: Understood, written: str, about: Order | None
) -> tuple[Notice, ...] | None:
    """Words about an order that was placed; those of an open draft are about the draft, unless they name another."""
    drafting = draft is not None and bool(draft.lines)
    if about is None and understood.order_number is None and (drafting or orders_anew(written)):
        return None
    languages = desk.house.reading_languages(contact.language)
    is_clear = about is not None or understood.intent is Intent.CHANGE or _joins(understood, written)
    may_be = is_clear or _may_be_of_one(understood, written, languages)
    order, goes_on, asks = about, _goes_on(understood, written), _asks_whose_options(understood)
    if order is None and (may_be or goes_on or asks or substitutes(written)):
        order = await order_meant(desk, contact, understood.order_number, written)
    if order is None or (about is None and is_of_its_own(desk, contact, order, understood, written)):
        return None
    if goes_on and may_change(order):
        is_clear = may_be = True
    if _begs(understood, written, with_lists(languages)):
        return await questions.pass_on(desk, contact, written, order=order)
    lines, wished = await changing.so_far(desk, contact, order)
    is_about = _is_about(lines, understood, written, languages)
    if not (may_be or is_about or asks):
        return None
    of_order = read_for(desk, contact.language, written, lines, wished)
    if not (is_clear or is_about or concerns(of_order)):
        # "I'd rather have the carbonara", and nobody knows instead of what: a person asks.
        is_lost = understood.intent is not Intent.QUESTION and _is_lost(lines, of_order, written, languages)
        return await questions.pass_on(desk, contact, written, order=order) if is_lost else None
    proposed = await changing.propose(desk, contact, order, written)
    is_for_shop = understood.intent is Intent.CHANGE or (is_about and may_change(order))
    # Where to or when, and the order has it already, or words cannot decide it: nothing of it begins a new one.
    is_of_way = not _reads_goods(understood.reading) and concerns(of_order)
    is_too_late = not may_change(order) and concerns(of_order)
    if proposed is not None or not (is_for_shop or is_of_way or is_too_late):
        return proposed
    return await questions.pass_on(desk, contact, written, order=order)


def _may_be_of_one(understood: Understood, written: str, languages: tuple[str, ...]) -> bool:
    """Of an order that was placed, as far as the words alone tell."""
    if _tells_of_order(understood) and _has_no_words(understood.reading):
        # The number of "20, first floor" counts no pizzas.
        return False
    is_told = understood.intent in {Intent.ORDER, Intent.QUESTION}
    if understood.intent is Intent.QUESTION and understood.wishes.address:
        # "Could you deliver it? Via Roma 12, 39100 Bolzano".
        return wordings("intents", "of_it", with_lists(languages)).search(written) is not None
    is_known = is_told and (names_known(written, languages) or _speaks_of_placed(written, languages))
    return is_known or _may_mean_an_order(understood)


def _reads_goods(reading: Reading) -> bool:
    return bool(reading.lines or reading.questions)


def _speaks_of_placed(written: str, languages: tuple[str, ...]) -> bool:
    """ "I meant the marinara", "one of the beers": of what was ordered, and not more of it."""
    return wordings("intents", "of_placed", with_lists(languages)).search(written) is not None


def _asks_whose_options(understood: Understood) -> bool:
    """ "Could you add parmesan to it": options, and of which goods is not said."""
    reading = understood.reading
    return understood.intent is Intent.ORDER and bool(reading.questions) and not reading.lines


def _is_lost(lines: Sequence[Line], of_order: Understood, written: str, languages: tuple[str, ...]) -> bool:
    """Of what stands on the order, and what is to become of it cannot be told; alone it may order the opposite."""
    if of_order.edits:
        return False
    if asks_which(of_order) or (of_order.reading.unread and not of_order.reading.questions):
        return True
    there = {line.sku for line in lines}
    asked = any(there.intersection(question.likely) for question in of_order.reading.questions)
    return asked and names_known(written, languages)


def _is_about(lines: Sequence[Line], understood: Understood, written: str, languages: tuple[str, ...]) -> bool:
    """ "Can you put the beer in a cold bag": of goods that both know, and more than which they are."""
    named = understood.reading.lines
    if (
        understood.intent is not Intent.ORDER
        or not named
        or not {line.sku for line in lines}.issuperset(line.sku for line in named)
    ):
        return False
    says_more = bool(understood.reading.unread) or any(line.options for line in named)
    return says_more and (substitutes(written) or all(knows(written, line.words, languages) for line in named))


def is_of_its_own(desk: Desk, contact: Contact, order: Order, understood: Understood, written: str) -> bool:
    """ "And gnocchi for tomorrow at 12": goods for another day than the order's, or for another hour without an "add".

    Who wants the order itself at another time says so: "make it", or "the margherita".
    """
    wishes, languages = understood.wishes, desk.house.reading_languages(contact.language)
    day = wishes.wished.astimezone(desk.shop.zone).date() if wishes.wished else wishes.wished_day
    if day is None or not understood.reading.lines or understood.intent is not Intent.ORDER:
        return False
    if understood.order_number is not None or names_known(written, languages):
        return False
    if wordings("intents", "reschedules", with_lists(languages)).search(written) is not None:
        return False
    if day != (order.wished or desk.now).astimezone(desk.shop.zone).date():
        return True
    return wishes.wished not in {None, order.wished} and not _joins(understood, written)


def _goes_on(understood: Understood, written: str) -> bool:
    """ "And a beer": more goods, behind whatever was said last."""
    return understood.intent is Intent.ORDER and bool(understood.reading.lines) and begins_adding(written)


async def beside(
    desk: Desk, contact: Contact, draft: Order | None, understood: Understood, written: str
) -> tuple[Notice, ...]:
    """ "Can you add a coke?", and the order is ready: these goods are a new one, and that is said."""
    if (draft is not None and draft.lines) or not (_joins(understood, written) or _goes_on(understood, written)):
        return ()
    order = await order_meant(desk, contact, understood.order_number, written)
    if order is None:
        return ()
    if is_of_its_own(desk, contact, order, understood, written):
        return (BesideOrder(to=To(contact.id), order=order, by_time=True),)
    is_too_late = _joins(understood, written) and not may_change(order)
    return (BesideOrder(to=To(contact.id), order=order),) if is_too_late else ()


def _begs(understood: Understood, written: str, codes: tuple[str, ...]) -> bool:
    """ "And bring some ketchup, please", of which the menu knows nothing: the shop does."""
    reading = understood.reading
    is_unknown = bool(reading.unread) or understood.intent is Intent.OTHER
    is_unknown = is_unknown and not (reading.lines or reading.questions or understood.edits)
    return is_unknown and wordings("intents", "begs_along", codes).search(written) is not None


async def passed_on(said: Said) -> tuple[Notice, ...]:
    """ "20, first floor", "333 999888": no goods, so they are of the order under way, and a person reads them."""
    reading = said.understood.reading
    if reading.lines or reading.questions or said.understood.edits:
        return ()
    if not _tells_of_order(said.understood) and not _has_no_words(reading):
        return ()
    order = await order_meant(said.desk, said.contact, None, said.written)
    return () if order is None else await questions.pass_on(said.desk, said.contact, said.written, order=order)


async def said_beside(said: Said) -> tuple[Notice, ...]:
    """What nobody understands while an order is under way may be of that one: a person reads what is no mere word."""
    fewest = FEWEST_WORDS if said.understood.reading.unread else FEWEST_KNOWN_WORDS
    if (said.draft is not None and said.draft.lines) or len(said.written.split()) < fewest:
        return ()
    order = await order_meant(said.desk, said.contact, None, said.written)
    return () if order is None else await questions.pass_on(said.desk, said.contact, said.written, order=order)


def _tells_of_order(understood: Understood) -> bool:
    """Whom to call, which floor: what an order has beside its goods."""
    wishes = understood.wishes
    return bool(wishes.phone or wishes.note or wishes.name)


def _has_no_words(reading: Reading) -> bool:
    """Nothing but numbers was not read, and no goods were."""
    if reading.lines or not reading.unread:
        return False
    return not any(letter.isalpha() for words in reading.unread for letter in words)


def names_an_order(understood: Understood) -> bool:
    """ "My order is 1001", and no more."""
    bare = Understood(understood.intent, order_number=understood.order_number, language=understood.language)
    return understood.order_number is not None and understood == bare


def _joins(understood: Understood, written: str) -> bool:
    """In a list the "add" of "a marinara, add anchovies" adds to that dish alone."""
    lines = understood.reading.lines
    if understood.intent is not Intent.ORDER or not lines or not joins_placed(written):
        return False
    for line in lines if len(lines) > 1 else ():
        if line.options and not joins_placed(line.words.split()[0]):
            written = written.replace(line.words, " ")
    return joins_placed(written)


def _may_mean_an_order(understood: Understood) -> bool:
    """As in "no coke, please": what is no clear order of its own may be about the last one."""
    if understood.intent is Intent.OTHER:
        return True
    reading = understood.reading
    if reading.questions and not reading.lines:
        # Which of the menu's pizzas is asked, as of anybody who orders.
        return False
    return understood.intent is Intent.ORDER and (not reading.lines or bool(reading.unread))
