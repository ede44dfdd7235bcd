"""What a customer asks, and how they greet: answered by the desk as far as it knows, else by a person."""

import re
from dataclasses import replace

from core.documents import Order
from core.left_open import is_current
from core.notices import Button, Greeted, Notice, OrdersShown, PassedOn, Thanked
from core.people import Channel, Trust
from core.states import Kind
from handlers import (
    complaints,
    customers,
    diet_answers,
    drafts,
    menu_answers,
    menu_search,
    questions,
    shop_answers,
    unknown_goods,
    which_order,
)
from handlers.reading.agreement import refused_word
from handlers.reading.clauses import bare
from handlers.reading.price_limits import price_limit
from handlers.reading.understood import Intent, MenuQuestion, Reading, Understood
from handlers.reading.wordings import wordings
from handlers.said import Said, read

FOR_A_PERSON = frozenset({Intent.QUESTION, Intent.PERSON, Intent.COMPLAINT})


async def menu(said: Said) -> tuple[Notice, ...]:
    """The menu; who asks how to pay speaks of another card."""
    if said.understood.wishes.payment is not None:
        return await question(said)
    if asked := None if said.photos else diet_answers.asked_in(said.desk, said.contact, said.written):
        return await of_menu(said, asked)
    heading = menu_search.heading_in(said.desk.house.menu, said.written)
    return (await customers.menu_shown(said.desk, said.contact, heading=heading),)


async def product(said: Said) -> tuple[Notice, ...]:
    asked = said.understood.asked
    if asked is None or said.photos:
        return await question(said)
    if not asked.skus and price_limit(said.written):
        return await of_menu(said, diet_answers.asked_in(said.desk, said.contact, said.written) or asked)
    if told := await unknown_goods.told(said.desk, said.contact, said.understood, said.written):
        return told
    return await of_menu(said, asked)


async def of_menu(said: Said, asked: MenuQuestion) -> tuple[Notice, ...]:
    """What the menu says to it, and what else was asked."""
    return await _with_the_rest(said, await menu_answers.answer(said.desk, said.contact, asked, said.written))


async def _with_the_rest(said: Said, told: tuple[Notice, ...]) -> tuple[Notice, ...]:
    """ "… and are dogs allowed?": what the desk does not answer is a person's, beside what it does; and it says so."""
    is_left = False
    for part in menu_answers.parts(said.written):
        if any(isinstance(notice, PassedOn) for notice in told):
            return told
        understood = read(said.desk, said.contact, part, None)
        found = await _of_part(said, understood, part)
        is_left = is_left or (_is_for_a_person(said, understood, part) and not found)
        told = (*told, *(notice for notice in found if type(notice) not in set(map(type, told))))
    if not is_left:
        return told
    says, _ = await questions.pass_on(said.desk, said.contact, said.written)
    return (*told, says, PassedOn(to=said.to, rest=True))


def _is_for_a_person(said: Said, understood: Understood, part: str) -> bool:
    """Also "can you do it without garlic?", of goods that nobody orders; "and no pizza" is part of the question."""
    if menu_search.heading_in(said.desk.house.menu, refused_word(part)) is not None:
        return False
    asks_for_nothing = understood.intent is Intent.ORDER and not understood.edits and understood.reading != Reading()
    return understood.intent in FOR_A_PERSON or asks_for_nothing


async def _of_part(said: Said, understood: Understood, part: str) -> tuple[Notice, ...]:
    """What answers one of several questions; nothing where the whole message was read as such a question already."""
    if understood.intent in FOR_A_PERSON:
        return await shop_answers.answered(said, part)
    if understood.intent is said.understood.intent:
        return ()
    if understood.intent is Intent.HOURS:
        return (shop_answers.hours(said, part),)
    if understood.intent is Intent.PRODUCT and understood.asked is not None:
        return await menu_answers.answer(said.desk, said.contact, understood.asked, part)
    return ()


async def hours(said: Said) -> tuple[Notice, ...]:
    """When we are open, and where; who waits for goods that are brought asks where those are."""
    if said.says("asks_place"):
        if any(order.kind is Kind.DELIVERY for order in await under_way(said)):
            return await customers.status(said.desk, said.contact, None)
        if said.desk.shop.address:
            return (replace(customers.hours_shown(said.desk, said.contact), where_first=True),)
        return await question(said)
    return await _with_the_rest(said, (shop_answers.hours(said, said.written),))


async def help_(said: Said) -> tuple[Notice, ...]:
    return await customers.help_(said.desk, said.contact, "")


async def greeting(said: Said) -> tuple[Notice, ...]:
    """Hello, and what to do; whoever comes back to a draft sees it, and whoever waits how the order stands."""
    drafting = said.draft is not None and bool(said.draft.lines)
    if not drafting and said.contact.channel is Channel.TELEGRAM and await under_way(said):
        return await customers.status(said.desk, said.contact, None)
    hello = Greeted(
        to=said.to,
        shop=said.desk.shop.name,
        example=said.desk.house.example(said.contact.language),
        buttons=() if drafting else ((Button("menu", "menu"),),),
    )
    return (hello, drafts.shown(said.desk, said.draft)) if drafting and said.draft else (hello,)


async def thanks(said: Said) -> tuple[Notice, ...]:
    return (Thanked(to=said.to),)


async def beside(said: Said) -> tuple[Notice, ...]:
    """What stands beside an order and orders nothing: answered as far as the desk knows, else a person's."""
    # A single word is what is left of a verb: "kann ich noch eine Cola dazu haben?"
    words = " ".join(aside for aside in said.understood.asides if len(aside.split()) > 1)
    if not words:
        return ()
    asked = replace(said, understood=read(said.desk, said.contact, words, None), written=words, photos=())
    if _asks_sum(asked) or _asks_goods(asked):
        # The draft says it, as it is now.
        return ()
    return await {Intent.PRODUCT: product, Intent.HOURS: hours}.get(asked.understood.intent, question)(asked)


def _asks_sum(said: Said) -> bool:
    """ "How much is that now?": of what is ordered, or is about to be."""
    return wordings("intents", "asks_sum", said.codes).fullmatch(bare(said.written, said.codes)) is not None


def _asks_goods(said: Said) -> bool:
    """ "What did I order?"."""
    return said.says("asks_goods")


def _asks_kitchen(said: Said) -> bool:
    """ "Is it made separately?", "what would 30 pizzas cost?" for a party: a person's, whatever the menu says."""
    return said.says("asks_kitchen", "catering")


async def _what_stands(said: Said) -> tuple[Notice, ...]:
    """The draft, else the orders under way with their goods and sums; without any it is for a person.

    By mail only who is proved hears of an order.
    """
    if said.draft is not None and said.draft.lines:
        of_placed = _asks_goods(said) and await under_way(said)
        placed = await customers.status(said.desk, said.contact, None) if of_placed else ()
        return (*placed, drafts.shown(said.desk, said.draft))
    is_proved = said.trust in {Trust.FULL, Trust.TOKEN}
    told = await customers.status(said.desk, said.contact, None) if is_proved else ()
    has_orders = any(isinstance(notice, OrdersShown) and notice.orders for notice in told)
    if has_orders or (told and _asks_goods(said)):
        return told
    return await questions.pass_on(said.desk, said.contact, said.written)


async def _just_had(said: Said) -> list[Order]:
    """What a complaint is about, where no order is under way: the last one, if it was not long ago."""
    if said.understood.intent is not Intent.COMPLAINT:
        return []
    placed = await said.desk.tx.orders.of_contact(said.contact.id, most=1)
    last = placed[0] if placed else None
    at = last.done or last.placed if last is not None else None
    return [last] if last is not None and at is not None and said.desk.now - at < customers.RECENT else []


async def question(said: Said) -> tuple[Notice, ...]:
    """For a person, unless the shop file answers, or nobody here has these goods; nothing for "???"."""
    if not said.photos and (_asks_sum(said) or _asks_goods(said)):
        return await _what_stands(said)
    answered = () if said.photos else await shop_answers.answered(said, said.written)
    if answered:
        return await _with_the_rest(said, answered)
    is_for_kitchen = bool(said.photos) or _asks_kitchen(said)
    if asked := None if is_for_kitchen else diet_answers.asked_in(said.desk, said.contact, said.written):
        return await of_menu(said, asked)
    told = () if is_for_kitchen else await unknown_goods.told(said.desk, said.contact, said.understood, said.written)
    if told or not (said.photos or re.search(r"\w", said.written)):
        return told
    mine = await under_way(said)
    is_complaint = said.understood.intent is Intent.COMPLAINT
    told = await customers.status(said.desk, said.contact, None) if mine and _asks_of_order(said) else ()
    if told and not is_complaint and not said.photos:
        return told
    # With one order under way it is most likely about that one: the staff sees which.
    meant = which_order.fitting(said.desk, said.contact, mine, said.written) or await _just_had(said)
    about = said.about or (meant[0] if len(meant) == 1 else None)
    if is_complaint:
        return (*told, *await complaints.heard(said, about))
    return await questions.pass_on(said.desk, said.contact, said.written, order=about, photos=said.photos)


async def under_way(said: Said) -> list[Order]:
    """The orders of theirs that "my order" may mean, the newest first."""
    placed = await said.desk.tx.orders.of_contact(said.contact.id, most=5)
    return [order for order in placed if is_current(order, said.desk.now)]


def _asks_of_order(said: Said) -> bool:
    """ "Where is it?": plain once an order is under way; a complaint may ask it, too.

    By mail only who is proved hears how an order stands: a person reads it.
    """
    if said.contact.channel is not Channel.TELEGRAM:
        return False
    return said.says("of_my_order") or (said.understood.intent is Intent.COMPLAINT and said.says("status"))
