"""What somebody must not eat: told by a command or a button, kept with them, and warned of from then on."""

import re

from core.food import ALLERGENS, cautions
from core.left_open import is_current
from core.notices import AllergiesKept, Notice, To
from core.people import Channel, Contact
from handlers import cards, questions
from handlers.allergens import read_allergens
from handlers.commands import customer_command
from handlers.desk import Desk

NONE = re.compile(r"none|no|nothing|keine|nichts|ninguna|nada|aucune|rien|nessuna|niente|0|-", re.IGNORECASE)


@customer_command("allergies")
async def allergies(desk: Desk, contact: Contact, words: str) -> tuple[Notice, ...]:
    """/allergies nuts, milk: what you must not eat; I warn you, and the shop sees it. /allergies none forgets it."""
    said = f"/allergies {words}".strip()
    if NONE.fullmatch(words.strip()):
        return await keep(desk, contact, (), said)
    codes, unknown = read_allergens(words)
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
