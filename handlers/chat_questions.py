"""What a customer asks, and how they greet: answered by the desk as far as it knows, else by a person."""

import re

from core.notices import Button, Greeted, Notice, PassedOn, Thanked
from handlers import customers, drafts, menu_answers, questions, unknown_goods
from handlers.reading.understood import Intent
from handlers.said import Said, read

FOR_A_PERSON = frozenset({Intent.QUESTION, Intent.PERSON, Intent.COMPLAINT})


async def menu(said: Said) -> tuple[Notice, ...]:
    """The menu; who asks how to pay speaks of another card."""
    if said.understood.wishes.payment is not None:
        return await question(said)
    return (await customers.menu_shown(said.desk, said.contact),)


async def product(said: Said) -> tuple[Notice, ...]:
    asked = said.understood.asked
    if asked is None or said.photos:
        return await question(said)
    if told := await unknown_goods.told(said.desk, said.contact, said.understood, said.written):
        return told
    return await _with_the_rest(said, await menu_answers.answer(said.desk, said.contact, asked, said.written))


async def _with_the_rest(said: Said, told: tuple[Notice, ...]) -> tuple[Notice, ...]:
    """ "… and are dogs allowed?": what the desk does not answer is a person's, beside what it does; and it says so."""
    if any(isinstance(notice, PassedOn) for notice in told):
        return told
    parts = menu_answers.parts(said.written)
    read_parts = [read(said.desk, said.contact, part, None) for part in parts]
    if len(parts) > 1 and said.understood.intent is not Intent.HOURS:
        opens = any(part.intent is Intent.HOURS for part in read_parts)
        told = (*told, customers.hours_shown(said.desk, said.contact)) if opens else told
    if not any(part.intent in FOR_A_PERSON for part in read_parts):
        return told
    says, _ = await questions.pass_on(said.desk, said.contact, said.written)
    return (*told, says, PassedOn(to=said.to, rest=True))


async def hours(said: Said) -> tuple[Notice, ...]:
    return await _with_the_rest(said, (customers.hours_shown(said.desk, said.contact),))


async def help_(said: Said) -> tuple[Notice, ...]:
    return await customers.help_(said.desk, said.contact, "")


async def greeting(said: Said) -> tuple[Notice, ...]:
    """Hello, and what to do; whoever comes back to a draft sees it."""
    drafting = said.draft is not None and bool(said.draft.lines)
    hello = Greeted(
        to=said.to,
        shop=said.desk.shop.name,
        example=said.desk.house.example(said.contact.language),
        buttons=() if drafting else ((Button("menu", "menu"),),),
    )
    return (hello, drafts.shown(said.desk, said.draft)) if drafting and said.draft else (hello,)


async def thanks(said: Said) -> tuple[Notice, ...]:
    return (Thanked(to=said.to),)


async def question(said: Said) -> tuple[Notice, ...]:
    """For a person, unless it asks for goods that nobody here has; nothing where nothing is asked: "???"."""
    told = () if said.photos else await unknown_goods.told(said.desk, said.contact, said.understood, said.written)
    if told or not (said.photos or re.search(r"\w", said.written)):
        return told
    mine = [order for order in await said.desk.tx.orders.of_contact(said.contact.id, most=5) if order.is_open]
    # With one order under way it is most likely about that one: the staff sees which.
    about = mine[0] if len(mine) == 1 else None
    return await questions.pass_on(said.desk, said.contact, said.written, order=about, photos=said.photos)
