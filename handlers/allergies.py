"""What somebody must not eat: told by a command or a button, kept with them, and warned of from then on."""

import re

from core.documents import Order
from core.food import ALLERGENS
from core.notices import AllergiesKept, Notice, To
from core.people import Channel, Contact
from handlers import cards, questions
from handlers.commands import customer_command
from handlers.desk import Desk
from handlers.reading.language import normal
from handlers.reading.understood import Intent, Understood
from handlers.reading.wordings import named, with_lists

NONE = re.compile(r"none|no|nothing|keine|nichts|ninguna|nada|aucune|rien|nessuna|niente|0|-", re.IGNORECASE)
SEPARATORS = re.compile(r"[,;/\n]+")
SENTENCES = re.compile(r"[.!\n]+")
ROOT = "lerg"
"""What allergic, allergisch, alérgico, allergique and allergico have in common."""
MOST_UNKNOWN = 5
SHORTEST_STEM = 4


@customer_command("allergies")
async def allergies(desk: Desk, contact: Contact, words: str) -> tuple[Notice, ...]:
    """/allergies nuts, milk: what you must not eat; I warn you, and the shop sees it. /allergies none forgets it."""
    said = f"/allergies {words}".strip()
    if NONE.fullmatch(words.strip()):
        return await keep(desk, contact, (), said)
    codes, unknown = read_allergens(desk, contact, words)
    if codes:
        return await keep(desk, contact, codes, said, unknown)
    return (_kept(desk, contact, contact.allergies, unknown),)


async def keep(
    desk: Desk, contact: Contact, codes: tuple[str, ...], said: str, unknown: tuple[str, ...] = ()
) -> tuple[Notice, ...]:
    """These from now on, in place of what was known before; whoever cooks for them already reads what was said."""
    await desk.tx.customers.set_allergies(contact.customer_id, codes, desk.now)
    cooking = [order for order in await desk.tx.orders.of_contact(contact.id, most=5) if order.is_open]
    shown = [await cards.staff(desk, order) for order in cooking]
    told = (questions.says(contact, said, order=cooking[0]),) if cooking and codes != contact.allergies else ()
    return (_kept(desk, contact, codes, unknown), *shown, *told)


async def noted(desk: Desk, contact: Contact, understood: Understood, written: str) -> tuple[Notice, ...]:
    """ "I'm allergic to nuts", wherever it is said: kept beside what was known; a question is none of that."""
    if ROOT not in written.casefold() or understood.intent is Intent.PRODUCT or "?" in written:
        return ()
    said = " ".join(part for part in SENTENCES.split(written) if ROOT in part.casefold())
    codes, _ = read_allergens(desk, contact, said)
    if not codes:
        return ()
    both = tuple(code for code in ALLERGENS if code in {*codes, *contact.allergies})
    return await keep(desk, contact, both, written)


def says_no_more(desk: Desk, contact: Contact, understood: Understood, draft: Order | None) -> bool:
    """Whether it was said for itself: what stands in a draft gets it as a note besides."""
    reading = understood.reading
    doubts = [each.about for each in reading.questions if not read_allergens(desk, contact, each.about)[0]]
    return not (reading.lines or understood.edits or doubts or (draft is not None and draft.lines))


def _kept(desk: Desk, contact: Contact, codes: tuple[str, ...], unknown: tuple[str, ...]) -> AllergiesKept:
    return AllergiesKept(
        to=To(contact.id),
        codes=codes,
        unknown=unknown,
        known=ALLERGENS,
        declares=desk.shop.menu.declares_allergens,
        by_command=contact.channel is Channel.TELEGRAM,
    )


def read_allergens(desk: Desk, contact: Contact, words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes in the order of the law, and what named none of them; each part between commas for itself."""
    table = named("intents", "allergens", with_lists(desk.house.reading_languages(contact.language)))
    spoken = {**{code: code for code in ALLERGENS}, **{normal(name): str(code) for name, code in table.items()}}
    found: set[str] = set()
    unknown: list[str] = []
    for part in SEPARATORS.split(words):
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
