"""A mail about an order that is placed: which one it means, and what becomes of that."""

import re
from dataclasses import replace
from datetime import timedelta

from core.documents import Order, Photo
from core.errors import NotThere
from core.left_open import is_current
from core.notices import Notice, To
from core.people import Contact
from core.states import Kind, OrderState
from handlers import asking_which, changing, customers, matters, offers, questions, which_order
from handlers.change_edits import concerns, read_for
from handlers.desk import Desk
from handlers.incoming import Answer
from handlers.intent_acts import act
from handlers.mail_heads import PROVED, Letterhead
from handlers.reading.agreement import agrees, joins_placed, refuses
from handlers.reading.cancelling import speaks_of_cancelling
from handlers.reading.clauses import names_known
from handlers.reading.order_numbers import find_order_number
from handlers.reading.understood import Intent, Reading, Understood
from handlers.reading.wordings import with_lists, wordings
from handlers.refusing import refused
from handlers.said import read
from storage.conversations import LAPSED

ASKING = frozenset({Intent.PRODUCT, Intent.QUESTION, Intent.HOURS, Intent.STATUS})
"""Questions, beside which a change of an order may stand."""
MAY_WISH = frozenset({Intent.PLACE, Intent.THANKS, Intent.GREETING, Intent.OTHER})
"""What a mail may be taken for that says one thing more of its order: "all right, and my number is …"."""
OF_THEIR_OWN = frozenset({Intent.CANCEL, Intent.STATUS, Intent.RETURN, Intent.MENU, Intent.HELP, Intent.HOURS})
"""What answers nobody's question."""
REFUSED = frozenset({OrderState.REJECTED, OrderState.EXPIRED})
SHORTLY = timedelta(hours=2)
"""So long after an order that could not be, another is for the same table."""
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")


async def of_thread(desk: Desk, head: Letterhead) -> Order | None:
    """The placed order of theirs that the mail answers, whatever became of it."""
    order = await desk.tx.orders.get(head.order_id) if head.order_id is not None else None
    return order if order is not None and order.number is not None and order.contact_id == head.contact.id else None


async def answers_staff(desk: Desk, head: Letterhead, text: str, photos: tuple[Photo, ...]) -> Answer | None:
    """The answer to what the staff asked or proposed, in a mail of its own or too late; None for any other matter."""
    contact = head.contact
    if head.order_id is not None:
        asked = await desk.tx.conversations.waiting(contact.id, LAPSED, head.order_id)
    else:
        asked = await desk.tx.conversations.open(contact.id) if head.thread is None else None
    if asked is None or asked.order_id is None:
        return None
    if asked.what == LAPSED:
        told = await offers.too_late(desk, contact, asked, text)
        return None if told is None else Answer("offer_too_late", told)
    if asked.what != "staff" or "return" in asked.facts or not _may_answer_staff(desk, contact, text):
        return None
    order = await desk.tx.orders.get(asked.order_id)
    await desk.tx.conversations.settle(contact.id, order.id)
    return Answer("answers_staff", await questions.pass_on(desk, contact, text, order=order, photos=photos))


def _may_answer_staff(desk: Desk, contact: Contact, text: str) -> bool:
    """ "Yes, the side salad is fine": no order of its own, which says how or when it is wanted."""
    understood = read(desk, contact, text, None)
    if understood.intent in OF_THEIR_OWN or understood.order_number is not None:
        return False
    wishes, goods = understood.wishes, understood.reading.lines
    says_how = bool(wishes.kind or wishes.wished or wishes.wished_day)
    is_answer = agrees(text) or refuses(text, desk.house.reading_languages(contact.language))
    return not (goods and (says_how or not is_answer))


async def without_strange_number(
    desk: Desk, contact: Contact, understood: Understood, text: str, about: Order | None
) -> Understood:
    """ "Postnummer 98765432" beside an order that is answered: digits that nobody called its number."""
    number = understood.order_number
    if number is None or about is None or number == about.number:
        return understood
    if find_order_number(text, desk.house.reading_languages(contact.language)) is not None:
        return understood
    mine = await desk.tx.orders.of_contact(contact.id, most=which_order.MOST)
    return understood if any(order.number == number for order in mine) else replace(understood, order_number=None)


async def answered(  # all that a mail is
    desk: Desk, head: Letterhead, about: Order | None, understood: Understood, text: str, photos: tuple[Photo, ...]
) -> Answer | None:
    """What becomes of an order that stands and is spoken of; None for a matter of its own."""
    contact = head.contact
    if await _is_of_another(desk, contact, understood, text):
        not_there = refused(desk, NotThere(number=understood.order_number), To(contact.id))
        return Answer("not_theirs", (not_there, *await questions.pass_on(desk, contact, text, photos=photos)))
    orders = await _meant(desk, head, about, understood, text)
    if len(orders) > 1 and head.trust in PROVED:
        return Answer("asks_which", await asking_which.ask(desk, contact, orders, text))
    order = orders[0] if len(orders) == 1 else None
    if order is None:
        return Answer("change_asked", await questions.pass_on(desk, contact, text, photos=photos)) if orders else None
    if "?" in text or understood.intent is Intent.STATUS:
        both = await _changes_and_asks(desk, head, order, understood, text)
        if both is not None:
            return both
    if understood.intent in {Intent.ORDER, Intent.CHANGE} or _wishes_more(understood):
        return await _change(desk, head, order, text)
    return None


async def _is_of_another(desk: Desk, contact: Contact, understood: Understood, text: str) -> bool:
    """ "Please add a tiramisu to order #1001", which none of theirs is: no new order, and nobody hears whose it is."""
    number = understood.order_number
    if number is None or understood.intent not in {Intent.ORDER, Intent.CHANGE, Intent.CANCEL}:
        return False
    mine = await desk.tx.orders.of_contact(contact.id, most=which_order.MOST)
    if any(order.number == number for order in mine):
        return False
    if understood.intent is Intent.CANCEL:
        # With an order of their own that is asked about.
        return not any(is_current(order, desk.now) for order in mine)
    return joins_placed(text) or _says_changed(desk, contact, text)


def _says_changed(desk: Desk, contact: Contact, text: str) -> bool:
    codes = with_lists(desk.house.reading_languages(contact.language))
    return wordings("intents", "changes", codes).search(text) is not None or names_known(text, codes)


async def _meant(
    desk: Desk, head: Letterhead, about: Order | None, understood: Understood, text: str
) -> tuple[Order, ...]:
    """The open order of that number, of this thread; else, where one that stands is spoken of, those that it may be."""
    contact = head.contact
    number = understood.order_number
    if about is not None and str(number) not in text:
        # A subject that was taken over may have the numbers of two.
        number = None
    order = await which_order.order_meant(desk, contact, number) if number is not None else about
    if order is not None and str(order.number) not in text:
        # Known by the thread or its subject alone: the words may still speak of another.
        under_way = await which_order.under_way(desk, contact)
        order = which_order.named_instead(desk, contact, under_way, order, text) or order
    if order is not None or number is not None:
        return (order,) if order is not None and order.is_open else ()
    if not _speaks_of_placed(desk, contact, understood, text):
        return ()
    return which_order.fitting(desk, contact, await which_order.under_way(desk, contact), text)


def _speaks_of_placed(desk: Desk, contact: Contact, understood: Understood, text: str) -> bool:
    """Whether a mail of its own is about an order that stands: "add … to the lunch order", "my number is …"."""
    if understood.intent in {Intent.ORDER, Intent.QUESTION, Intent.CHANGE, Intent.OTHER}:
        codes = with_lists(desk.house.reading_languages(contact.language))
        if wordings("intents", "changes", codes).search(text):
            return True
    reading, wishes = understood.reading, understood.wishes
    if understood.intent is Intent.ORDER:
        if reading.unread and speaks_of_cancelling(text, desk.house.reading_languages(contact.language)):
            # "Cancel the order for 8 pm, but not the salad": goods that nobody orders.
            return True
        return reading == Reading() and bool(wishes.wished or wishes.address or wishes.phone)
    return _wishes_more(understood) or matters.asks_for_a_time(desk, contact, understood, text)


def _wishes_more(understood: Understood) -> bool:
    """ "All right so, and my number is 0471 223344"."""
    wishes = understood.wishes
    return understood.intent in MAY_WISH and bool(wishes.phone or wishes.address or wishes.wished or wishes.note)


async def _changes_and_asks(
    desk: Desk, head: Letterhead, order: Order, understood: Understood, text: str
) -> Answer | None:
    """ "Could we make it three? And is there cream in it?": both, each for itself."""
    if matters.asks_for_a_time(desk, head.contact, understood, text):
        return await _change(desk, head, order, text)
    sentences = [sentence.strip() for sentence in SENTENCE_END.split(text) if sentence.strip()]
    if len(sentences) < 2:  # one sentence is one matter
        return None
    wishes = [said for said in sentences if _wishes_otherwise(desk, head.contact, order, said)]
    rest = "\n".join(said for said in sentences if said not in wishes)
    others = read(desk, head.contact, rest, None)
    if not wishes or (rest and others.intent not in ASKING):
        return None
    if others.intent is Intent.STATUS and head.trust not in PROVED:
        return None
    changed = await _change(desk, head, order, "\n".join(wishes))
    asked = await act(desk, head.contact, None, others, rest, trust=head.trust, about=order) if rest else ()
    return replace(changed, notices=(*changed.notices, *asked))


def _wishes_otherwise(desk: Desk, contact: Contact, order: Order, said: str) -> bool:
    """Whether a sentence changes the order. "Is the diavola gluten-free?" does not; "would 8:30 work?" may."""
    understood = read_for(desk, contact.language, said, order.lines, order.wished)
    codes = with_lists(desk.house.reading_languages(contact.language))
    if not concerns(understood):
        adds = bool(understood.reading.lines) and joins_placed(said)
        return adds or bool(understood.wishes.phone) or wordings("intents", "changes", codes).search(said) is not None
    if "?" not in said or understood.wishes.wished:
        return True
    of_way = understood.wishes.kind is not None and wordings("intents", "of_it", codes).search(said) is not None
    return of_way or read(desk, contact, said, None).intent not in ASKING


async def _change(desk: Desk, head: Letterhead, order: Order, text: str) -> Answer:
    """What is clear, and proved, goes to the staff as a change of the order; anything else as the words they are."""
    if head.trust in PROVED:
        asked = await changing.by_mail(desk, head.contact, order, text)
        if asked is not None:
            return Answer("change", asked)
    return Answer("change_asked", await questions.pass_on(desk, head.contact, text, order=order))


async def cancel(desk: Desk, head: Letterhead, number: int | None, text: str = "") -> tuple[Notice, ...]:
    """The order that the words or their thread mean, or a draft that was begun later than any order."""
    contact = head.contact
    mine = [order for order in await desk.tx.orders.of_contact(contact.id) if order.is_open]
    about = next((order for order in mine if order.id == head.order_id), None)
    of_subject = next((order for order in mine if order.number == number and str(number) not in text), None)
    if of_subject is not None and text:
        # Whose subject was taken over may still speak of another: "cancel the lunch order, too".
        about, number = about or of_subject, None
    draft = await desk.tx.orders.draft_of(contact.id)
    if number is None and about is None and draft is not None and all(order.id < draft.id for order in mine):
        return await customers.cancel(desk, contact, None, written=text)
    return await customers.cancel_placed(desk, contact, number, written=text, about=about)


async def as_was_refused(desk: Desk, head: Letterhead, understood: Understood) -> Understood:
    """ "Then we take two carbonara", where the shop has said no: for when and how the other was to be."""
    order, wishes = await of_thread(desk, head), understood.wishes
    if order is None or order.state not in REFUSED or not understood.reading.lines:
        return understood
    at = order.wished or order.placed
    if at is None or desk.now > (at if order.wished else at + SHORTLY):
        return understood
    kind = wishes.kind or order.kind
    wished = wishes.wished or (None if wishes.wished_day or wishes.asap else order.wished)
    address = wishes.address or (order.address if kind is not Kind.PICKUP and kind == order.kind else None) or None
    return replace(understood, wishes=replace(wishes, kind=kind, wished=wished, address=address))
