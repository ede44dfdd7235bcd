"""What somebody must not eat: told by a command or a button, kept with them, and warned of from then on."""

import re

from core.food import ALLERGENS, cautions
from core.left_open import is_current
from core.notices import AllergiesKept, Notice, To
from core.people import Channel, Contact
from handlers import cards, questions
from handlers.commands import customer_command
from handlers.desk import Desk
from handlers.reading.language import normal
from handlers.reading.wordings import named, with_lists

NONE = re.compile(r"none|no|nothing|keine|nichts|ninguna|nada|aucune|rien|nessuna|niente|0|-", re.IGNORECASE)
SEPARATORS = re.compile(r"[,;/\n]+")
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
    """These from now on, in place of what was known before.

    Every card of theirs shows it; whoever cooks already what it matters for reads what was said.
    """
    await desk.tx.customers.set_allergies(contact.customer_id, codes, desk.now)
    placed = await desk.tx.orders.of_contact(contact.id, most=5)
    cooking = [order for order in placed if is_current(order, desk.now)]
    shown = [await cards.staff(desk, order) for order in cooking]
    other = tuple({*codes} ^ {*contact.allergies})
    met = (order for order in cooking if cautions(desk.shop.menu, order.lines, other))
    told = [questions.says(contact, said, order=order) for order in met][:1]
    return (_kept(desk, contact, codes, unknown), *shown, *told)


async def noted(desk: Desk, contact: Contact, codes: tuple[str, ...], said: str) -> tuple[Notice, ...]:
    """Said in passing: kept beside what was known."""
    both = tuple(code for code in ALLERGENS if code in {*codes, *contact.allergies})
    return await keep(desk, contact, both, said)


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
