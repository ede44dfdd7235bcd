"""A customer's words about a return that is under way: they go to its card, where the staff reads and answers them."""

from core.documents import Order, Photo, ReturnCase
from core.notices import Notice
from core.people import Contact
from handlers import questions, returns
from handlers.desk import Desk
from handlers.incoming import Answer
from handlers.reading.understood import Intent, Understood
from handlers.which_order import order_meant
from storage.letters import SentLetter

OF_THE_DESK = frozenset({Intent.MENU, Intent.HOURS, Intent.HELP, Intent.THANKS, Intent.GREETING})
"""What the desk answers by itself, wherever it is said."""


FOR_A_PERSON = frozenset({Intent.OTHER, Intent.QUESTION, Intent.COMPLAINT, Intent.PERSON, Intent.STATUS})
"""What a person reads anyway, or how something stands: with a return that waits it is most likely about that."""


async def case_of(desk: Desk, contact: Contact, letter: SentLetter | None) -> ReturnCase | None:
    """The return of theirs that this letter of ours was about."""
    subject, _, number = (letter.about or "" if letter else "").partition(":")
    if subject != "return" or not number.isdecimal():
        return None
    case = await desk.tx.returns.to_change(int(number))
    return case if case.contact_id == contact.id else None


async def about_return(
    desk: Desk,
    contact: Contact,
    case: ReturnCase,
    understood: Understood,
    written: str,
    photos: tuple[Photo, ...] = (),
) -> Answer | None:
    """The words on the return's card; None where they are clearly about something else."""
    if understood.intent in OF_THE_DESK or orders_goods(understood, case) or _returns_others(understood, case):
        return None
    return Answer("about_return", await pass_on(desk, contact, case, written, photos))


async def while_waiting(
    desk: Desk, contact: Contact, draft: Order | None, understood: Understood, written: str
) -> Answer | None:
    """Words of their own, while a return waits for its answer: what orders nothing is about the return."""
    drafting = draft is not None and bool(draft.lines)
    if understood.order_number is not None or not (_may_be_about(understood) and not drafting):
        return None
    case = await desk.tx.returns.waiting_of(contact.id)
    if case is None or orders_goods(understood, case):
        return None
    if understood.wishes.wished and await order_meant(desk, contact, None) is not None:
        # Another time is one for the order that is on its way.
        return None
    return Answer("about_return", await pass_on(desk, contact, case, written))


async def said_again(
    desk: Desk, contact: Contact, understood: Understood, written: str, photos: tuple[Photo, ...]
) -> tuple[Notice, ...] | None:
    """ "I want my money back", while that return waits for its answer: its card hears it, and no other begins."""
    wish = understood.returns
    case = await desk.tx.returns.waiting_of(contact.id)
    if wish is None or case is None or understood.order_number not in {None, case.order_number}:
        return None
    if not {item.sku for item in wish.items} <= {item.sku for item in case.items}:
        return None
    return await pass_on(desk, contact, case, written, photos)


def _may_be_about(understood: Understood) -> bool:
    reading = understood.reading
    orders_nothing = understood.intent is Intent.ORDER and (not reading.lines or bool(reading.unread))
    return orders_nothing or understood.intent in FOR_A_PERSON


async def pass_on(
    desk: Desk, contact: Contact, case: ReturnCase, written: str, photos: tuple[Photo, ...] = ()
) -> tuple[Notice, ...]:
    """Words under the return's card; pictures join it while it waits for an answer."""
    shown = await returns.join_photos(desk, case, photos, written) if photos else ()
    return (*shown, *await questions.pass_on(desk, contact, written, case=case))


def orders_goods(understood: Understood, case: ReturnCase) -> bool:
    """Goods, and not those alone that go back: "the honey" says which."""
    reading = understood.reading
    if understood.intent is not Intent.ORDER or not reading.lines:
        return False
    return not {line.sku for line in reading.lines} <= {item.sku for item in case.items}


def _returns_others(understood: Understood, case: ReturnCase) -> bool:
    """Another return: of goods that this one is not about."""
    wish = understood.returns
    if understood.intent is not Intent.RETURN or wish is None:
        return False
    return not {item.sku for item in wish.items} <= {item.sku for item in case.items}
