"""An order beside another matter in one mail: "I send the pesto back. And please send two jars of honey"."""

import re

from core.people import Contact
from handlers.desk import Desk
from handlers.reading.intents import is_complaint
from handlers.reading.texts import Text
from handlers.reading.understood import Intent, Understood, Wishes
from handlers.reading.wordings import wordings
from handlers.said import read

LONGEST = 2_000
"""Characters; a longer mail is one matter."""
BESIDE = frozenset({Intent.RETURN, Intent.COMPLAINT})
"""What an order may stand beside."""

_NUMBERED = re.compile(r"(?:^|(?<=[,;.\n]))\s*([1-9])[.)]\s+")
_SENTENCE_END = re.compile(r"(?:(?<=[^\d\s][.!?])|(?<=\d{3}[.!?]))\s+(?![\da-zäöü])|(?<=[.!?,:])[ \t]*\n+|\n\s*\n")


def order_beside(desk: Desk, contact: Contact, understood: Understood, text: str) -> tuple[str, str] | None:
    """The sentences that order, and the others, which are a return or a complaint; None where it is one matter."""
    languages = desk.house.reading_languages(contact.language)
    is_order = understood.intent is Intent.ORDER and understood.reading.unread
    if understood.intent not in BESIDE and not (is_order and is_complaint(Text(text), languages)):
        return None
    sentences = _sentences(text) if len(text) <= LONGEST else []
    if len(sentences) < 2:  # one sentence is one matter
        return None
    ordering = [_orders(desk, contact, said, languages) for said in sentences]
    order, rest = (
        "\n".join(said for said, orders in zip(sentences, ordering, strict=True) if orders is wanted)
        for wanted in (True, False)
    )
    if not any(ordering) or read(desk, contact, rest, None).intent not in BESIDE:
        return None
    return (order, rest) if read(desk, contact, order, None).reading.lines else None


def orders(desk: Desk, contact: Contact, text: str) -> bool:
    """Whether a sentence wants goods, whatever stands beside it."""
    languages = desk.house.reading_languages(contact.language)
    found = (said for said in _sentences(text) if _orders(desk, contact, said, languages))
    return len(text) > LONGEST or any(read(desk, contact, said, None).reading.lines for said in found)


def _sentences(text: str) -> list[str]:
    """The sentences, and the items of "1. … 2. …", without their numbers."""
    numbers = [int(found[1]) for found in _NUMBERED.finditer(text)]
    if numbers and numbers == list(range(1, len(numbers) + 1)):
        text = _NUMBERED.sub("\n\n", text)
    return [said.strip() for said in _SENTENCE_END.split(text) if said.strip()]


def _orders(desk: Desk, contact: Contact, said: str, languages: tuple[str, ...]) -> bool:
    """A wish for goods, or how and when they shall come; what was ordered once, and what shall replace it, is none."""
    past = wordings("intents", "order_past", languages)
    if past.search(said) or wordings("intents", "instead_of_bad", languages).search(said):
        return False
    if wordings("intents", "next_time", languages).search(said):
        return False
    understood = read(desk, contact, said, None)
    if understood.intent is not Intent.ORDER or understood.order_number is not None:
        return False
    if not understood.reading.lines:
        return understood.wishes != Wishes()
    return wordings("intents", "orders_too", languages).search(said) is not None
