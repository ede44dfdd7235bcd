"""Allergens by the words that people use for them."""

import re
from collections.abc import Mapping
from functools import cache

from core import food
from core.documents import Order
from core.food import ALLERGENS
from core.people import Contact
from handlers import how_they_eat
from handlers.desk import Desk
from handlers.reading.language import normal
from handlers.reading.tokens import spellings
from handlers.reading.which_language import guess_language
from handlers.reading.word_lists import word_list
from handlers.reading.wordings import Wordings, named, with_lists, wordings

_COMPOUND = re.compile(r"(?<=\w\w\w)(?=allerg|intoleran|unverträglich)", re.IGNORECASE)
SEPARATORS = re.compile(r"[,;/\n]+")
MOST_UNKNOWN = 5
SHORTEST_STEM = 4


def speaks_of_allergies(words: str) -> bool:
    """Whether it may be about what somebody must not eat: where an allergen is named beside it, it is."""
    return any(map(words.lower().__contains__, word_list("allergies")["roots"]))


def cautions(desk: Desk, contact: Contact, order: Order) -> tuple[food.Caution, ...]:
    """What of an order somebody must know of who is to eat of it, as far as we were told."""
    codes, diets = _of_order(contact, order), how_they_eat.diets(order.note)
    of_allergies = food.cautions(desk.shop.menu, order.lines, codes) if codes else ()
    return (*of_allergies, *(one for diet in diets for one in food.not_of(desk.shop.menu, order.lines, diet)))


def _of_order(contact: Contact, order: Order) -> tuple[str, ...]:
    """For its customer, and for whom its note tells of."""
    if not speaks_of_allergies(order.note):
        return contact.allergies
    said = [part for part in order.note.split(";") if speaks_of_allergies(part)]
    told = {code for part in said for code in read_allergens(part)[0]}
    return tuple(code for code in ALLERGENS if code in told or code in contact.allergies)


def read_allergens(words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes in the order of the law, and what named none of them; each part between commas for itself.

    In any language that is read: who must not eat something says so in their own.
    """
    spoken = _spoken()
    found: set[str] = set()
    unknown: list[str] = []
    for part in SEPARATORS.split(_COMPOUND.sub(" ", words)):
        said = normal(part).split()
        if {*said} & spoken.keys() & _small_words():
            said = [word for word in said if not _is_small(word, said, part)]
        codes = {code for name, code in spoken.items() if _says(said, name.split())}
        found |= codes
        if said and not codes:
            unknown.append(part.strip())
    return tuple(code for code in ALLERGENS if code in found), tuple(unknown[:MOST_UNKNOWN])


@cache
def _spoken() -> Mapping[str, str]:
    """Words of all languages to the codes that they name, with umlauts and as typewriters have them."""
    table = named("intents", "allergens", with_lists(tuple(word_list("languages"))))
    names = {normal(form): str(code) for name, code in table.items() for form in spellings(name)}
    return {**{code: code for code in ALLERGENS}, **names}


@cache
def _small_words() -> frozenset[str]:
    """Words that tell a language: the Spanish "soy" is no soya."""
    return frozenset(normal(word) for words in word_list("languages").values() for word in words)


def _is_small(word: str, said: list[str], part: str) -> bool:
    """Whether it is one of those in the language of the words beside it: "soy celiaco", and not "soy allergy"."""
    others = guess_language(" ".join(other for other in said if other != word))
    for language, words in word_list("languages").items():
        if word in words and (others == language or _opens(word, wordings("intents", "free_of", (language,)), part)):
            return normal(word) not in map(normal, named("intents", "allergens", (language,)))
    return False


def _opens(word: str, wording: Wordings, part: str) -> bool:
    """Whether more words of a wording follow it: "soy muy alérgica"."""
    spans = (found[0] for found in wording.finditer(part))
    return any(normal(span).split()[0] == word and normal(span) != word for span in spans)


def _says(said: list[str], name: list[str]) -> bool:
    """Whether these words stand there one after the other, longer ones with any ending: "nut", "nuts"."""
    starts = range(len(said) - len(name) + 1)
    return any(all(map(_is_form, said[at : at + len(name)], name)) for at in starts)


def _is_form(word: str, name: str) -> bool:
    short, long = sorted((word, name), key=len)
    least = SHORTEST_STEM + (short == word)
    return word == name or (len(short) >= least and long.startswith(short) and len(long) - len(short) <= 2)
