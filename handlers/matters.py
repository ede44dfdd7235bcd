"""Several matters in one message: what is said beside the one that it is taken for."""

from dataclasses import replace

from core.errors import ShopError
from core.notices import Notice, PassedOn, ReturnRequested
from core.people import Contact
from handlers import chat_questions, giving_up, questions, returns, which_order
from handlers.desk import Desk
from handlers.reading.cancelling import asks_how_to_cancel as asks_how
from handlers.reading.cancelling import forbids_cancelling, surely_cancels
from handlers.reading.clauses import pieces
from handlers.reading.order_numbers import find_order_number
from handlers.reading.understood import Intent, Understood, Wishes
from handlers.reading.wordings import wordings
from handlers.refusing import refused
from handlers.said import Said, read
from handlers.which_order import order_meant

OF_THEIR_OWN = frozenset(
    {Intent.REORDER, Intent.HOURS, Intent.PRODUCT, Intent.MENU, Intent.QUESTION, Intent.CHANGE, Intent.PERSON}
)
"""A clause that is read as one of these is another matter, whatever stands beside it."""


def wants_cancelled(said: Said) -> bool:
    """Whether the words surely want it cancelled: no "don't", no question, no "if"."""
    return surely_cancels(said.written, said.desk.house.reading_languages(said.contact.language))


async def only_cancels(said: Said) -> bool:
    """Whether they want nothing else, which would stay unanswered if the order were gone."""
    if not wants_cancelled(said):
        return False
    pieces_read = _read_pieces(said)
    others = [one for one, understood in pieces_read if _is_another_beside(understood)]
    kept = [one for one, _ in pieces_read if wordings("orders", "keeps", said.codes).search(one)]
    if not kept:
        return not others
    # "… we keep the dinner": which other order is not meant. "But keep the salad" is for a person.
    mine = await which_order.under_way(said.desk, said.contact)
    return all(which_order.keeps_another(said.desk, said.contact, mine, one) for one in {*others, *kept})


def _is_another_beside(understood: Understood) -> bool:
    return _is_another(understood, frozenset()) or understood.intent is Intent.RETURN


def asks_how_to_cancel(said: Said) -> bool:
    """Whether the words ask which way it is done, and nothing else."""
    asks = asks_how(said.written, said.desk.house.reading_languages(said.contact.language))
    return asks and not any(_is_another(one, frozenset()) for one in _clauses(said))


def asks_for_a_time(desk: Desk, contact: Contact, understood: Understood, text: str) -> bool:
    """ "Would 8:30 work, too?", and no more."""
    if understood.intent is not Intent.QUESTION or understood.wishes.wished is None or understood.reading.lines:
        return False
    languages = desk.house.reading_languages(contact.language)
    return any(wordings("intents", key, languages).search(text) for key in ("reschedules", "asks_wish"))


async def kept(said: Said) -> tuple[Notice, ...] | None:
    """What is said to words of a mail that speak of cancelling and do not want it; None for any other.

    What is named beside "don't cancel" may be the reason for it, and not an order.
    """
    if said.understood.intent is Intent.CANCEL:
        if await only_cancels(said):
            return None
        return await (giving_up.how(said) if asks_how_to_cancel(said) else chat_questions.question(said))
    languages = said.desk.house.reading_languages(said.contact.language)
    if not (said.understood.reading.unread and forbids_cancelling(said.written, languages)):
        return None
    number = said.understood.order_number
    order = said.about or await order_meant(said.desk, said.contact, number, said.written)
    return await questions.pass_on(said.desk, said.contact, said.written, order=order, photos=said.photos)


async def returned(said: Said) -> tuple[Notice, ...]:
    """The return that is wished for. A person reads what else is wanted, also where nothing can go back.

    Raises what is in the way of a return that is all there is.
    """
    assert said.understood.returns is not None  # noqa: S101  # who calls has asked
    wish, number = replace(said.understood.returns, words=said.written), await _number(said)
    has_others = _has_others(said, frozenset(item.sku for item in wish.items))
    try:
        async with said.desk.tx.savepoint():
            told = await returns.ask(said.desk, said.contact, wish, number, said.photos, trust=said.trust)
    except ShopError as error:
        if not has_others:
            raise
        told = (refused(said.desk, error, said.to),)
    if not has_others or any(isinstance(notice, PassedOn) for notice in told):
        return told
    if any(isinstance(notice, ReturnRequested) for notice in told):
        # Its card shows all that was written.
        return (*told, PassedOn(to=said.to, rest=True))
    says, _ = await questions.pass_on(said.desk, said.contact, said.written, photos=said.photos)
    return (*told, says, PassedOn(to=said.to, rest=True))


async def _number(said: Said) -> int | None:
    """The order's number, as far as it is said to be one, or is one of theirs: a bare number may be a postcode."""
    number = said.understood.order_number
    languages = said.desk.house.reading_languages(said.contact.language)
    is_bare = str(number) in said.written and find_order_number(said.written, languages) is None
    if number is None or not is_bare:
        return number
    mine = await said.desk.tx.orders.of_contact(said.contact.id, most=20)
    return number if any(order.number == number for order in mine) else None


def _has_others(said: Said, skus: frozenset[str]) -> bool:
    """Whether a clause wants something that is not to give these goods back."""
    return any(_is_another(one, skus) or _cancels_one(one) for one in _clauses(said))


def _cancels_one(understood: Understood) -> bool:
    """ "I changed my mind" alone is why something goes back."""
    return understood.intent is Intent.CANCEL and understood.order_number is not None


def _clauses(said: Said) -> list[Understood]:
    return [understood for _, understood in _read_pieces(said)]


def _read_pieces(said: Said) -> list[tuple[str, Understood]]:
    languages = said.desk.house.reading_languages(said.contact.language)
    return [(piece, read(said.desk, said.contact, piece, None)) for piece in pieces(said.written, languages)]


def _is_another(understood: Understood, known: frozenset[str]) -> bool:
    if understood.intent is not Intent.ORDER:
        return understood.intent in OF_THEIR_OWN
    return understood.wishes != Wishes() or any(line.sku not in known for line in understood.reading.lines)
