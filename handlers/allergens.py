"""Allergens by the words that people use for them."""

import re

from core import food
from core.documents import Order
from core.food import ALLERGENS
from core.people import Contact
from handlers.desk import Desk
from handlers.reading.language import normal
from handlers.reading.wordings import named, with_lists

ROOTS = ("lerg", "intoler", "unverträglich", "coeliac", "celiac", "zöliakie", "celíac", "céliaque")
"""What allergic, allergisch, alérgico, allergique and allergico have in common, and other words for the same."""
_COMPOUND = re.compile(r"(?<=\w\w\w)(?=allerg|intoleran|unverträglich)", re.IGNORECASE)
SEPARATORS = re.compile(r"[,;/\n]+")
MOST_UNKNOWN = 5
SHORTEST_STEM = 4


def speaks_of_allergies(words: str) -> bool:
    """Whether any of the roots stands there; every message is asked."""
    written = words.lower()
    return any(root in written for root in ROOTS)


def cautions(desk: Desk, contact: Contact, order: Order) -> tuple[food.Caution, ...]:
    """What of an order somebody must know of who is to eat of it, as far as we were told."""
    codes = _of_order(desk, contact, order)
    return food.cautions(desk.shop.menu, order.lines, codes) if codes else ()


def _of_order(desk: Desk, contact: Contact, order: Order) -> tuple[str, ...]:
    """For its customer, and for whom its note tells of."""
    if not speaks_of_allergies(order.note):
        return contact.allergies
    said = [part for part in order.note.split(";") if speaks_of_allergies(part)]
    told = {code for part in said for code in read_allergens(desk, contact, part)[0]}
    return tuple(code for code in ALLERGENS if code in told or code in contact.allergies)


def read_allergens(desk: Desk, contact: Contact, words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes in the order of the law, and what named none of them; each part between commas for itself."""
    table = named("intents", "allergens", with_lists(desk.house.reading_languages(contact.language)))
    spoken = {**{code: code for code in ALLERGENS}, **{normal(name): str(code) for name, code in table.items()}}
    found: set[str] = set()
    unknown: list[str] = []
    for part in SEPARATORS.split(_COMPOUND.sub(" ", words)):
        said = normal(part).split()
        codes = {code for name, code in spoken.items() if _says(said, name.split())}
        found |= codes
        if said and not codes:
            unknown.append(part.strip())
    return tuple(code for code in ALLERGENS if code in found), tuple(unknown[:MOST_UNKNOWN])


def _says(said: list[str], name: list[str]) -> bool:
    """Whether these words stand there one after the other, longer ones with any ending: "nut", "nuts"."""
    starts = range(len(said) - len(name) + 1)
    return any(all(map(_is_form, said[at : at + len(name)], name)) for at in starts)


def _is_form(word: str, name: str) -> bool:
    short, long = sorted((word, name), key=len)
    return word == name or (len(short) >= SHORTEST_STEM - 1 and long.startswith(short) and len(long) - len(short) <= 2)
