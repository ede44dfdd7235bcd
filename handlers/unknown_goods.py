"""Questions about goods that the shop does not have: said at once, with what comes nearest to them."""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from core.menu import Product
from core.notices import Button, Notice, NotOnMenu, Priced, To
from core.people import Channel, Contact
from handlers import drafts, menu_answers, menu_buttons, menu_pages, menu_search, questions
from handlers.allergens import read_allergens
from handlers.desk import Desk
from handlers.reading.language import words_for
from handlers.reading.understood import Intent, MenuQuestion, Understood, Wanted, Wishes
from handlers.reading.which_language import is_small_word
from handlers.reading.wordings import with_lists, wordings
from storage.conversations import Asked

MOST_NEAREST = 5
MOST_WORDS = 4
ALIKE = 0.6
"""How much of a word must be the same for a name to come near it; difflib's measure."""
WORD = re.compile(r"[^\W\d_][\w'’-]+")
APOSTROPHE = re.compile(r"['’](?=s\b)")
""" "What's" is listed as "whats", too."""
ASKING = ("price", "have", "greeting", "interrogatives")


async def told(desk: Desk, contact: Contact, understood: Understood, written: str) -> tuple[Notice, ...]:
    """ "How much is the tonno?" where there is none, "do you have desserts?"; nothing for any other question."""
    heading = _heading_asked(desk, contact, understood, written)
    if heading is not None:
        return await menu_answers.answer(desk, contact, heading, written)
    if understood.asked is not None and (understood.asked.allergens or understood.asked.diets):
        return ()
    draft = await desk.tx.orders.draft_of(contact.id)
    allergens = read_allergens(written)[0]
    if allergens and draft is not None and draft.lines and _says(desk, contact, "have", written):
        # "Are there nuts in it?": in what they are about to order.
        skus = tuple(dict.fromkeys(line.sku for line in draft.lines))
        return await menu_answers.answer(
            desk, contact, MenuQuestion(Wanted.CONTENTS, skus, allergens=allergens), written
        )
    if allergens or not _asks_for_goods(desk, contact, understood, written):
        return ()
    said = _named(desk, contact, written)
    if not said and draft is not None and draft.lines and contact.channel is Channel.TELEGRAM:
        # "How much is that altogether?"
        return (drafts.shown(desk, draft),)
    menu = desk.house.menu
    if not said or len(said) > MOST_WORDS or all(menu_search.knows(menu, word) for word in said):
        return ()
    near = tuple(_nearest(desk, understood, said))[:MOST_NEAREST]
    off = await menu_pages.off_products(desk, contact, near)
    kept = Asked("words", facts={"text": written[: questions.LONGEST]})
    await desk.tx.conversations.ask(contact.id, kept, desk.now)
    numbered = [(desk.tx.articles.id_of(each.sku), each) for each in near]
    return (
        NotOnMenu(
            to=To(contact.id),
            words=" ".join(said),
            products=tuple(Priced(each, (), each.sku in off) for each in near),
            currency=desk.shop.currency,
            buttons=(
                *menu_buttons.products(numbered, off, desk.shop.currency),
                (Button("ask_shop", "askshop"), Button("menu", "menu")),
            ),
        ),
    )


def _heading_asked(desk: Desk, contact: Contact, understood: Understood, written: str) -> MenuQuestion | None:
    """ "Do you have desserts?": a question that names a heading of the menu, and nothing under it."""
    asked = understood.asked
    of_menu = asked is not None and asked.wanted is Wanted.HAVE and not asked.skus
    if not of_menu and (understood.intent is not Intent.QUESTION or not _says(desk, contact, "have", written)):
        return None
    heading = menu_search.heading_in(desk.house.menu, written)
    return MenuQuestion(Wanted.HAVE, categories=(heading.key,)) if heading else None


def _says(desk: Desk, contact: Contact, key: str, written: str) -> bool:
    return wordings("intents", key, _codes(desk, contact)).search(written) is not None


def _asks_for_goods(desk: Desk, contact: Contact, understood: Understood, written: str) -> bool:
    asked = understood.asked
    if understood.intent is Intent.PRODUCT and asked is not None and not asked.skus:
        by_chat = contact.channel is Channel.TELEGRAM
        return (asked.wanted is Wanted.PRICE and not asked.options) or (
            asked.wanted is Wanted.HAVE and not asked.categories and by_chat
        )
    if understood.intent is not Intent.QUESTION or understood.wishes != Wishes():
        return False
    return _says(desk, contact, "price", written)


def _codes(desk: Desk, contact: Contact) -> tuple[str, ...]:
    return with_lists(desk.house.reading_languages(contact.language))


def _named(desk: Desk, contact: Contact, written: str) -> Sequence[str]:
    """The words that are none of the question itself."""
    languages = desk.house.reading_languages(contact.language)
    known = words_for(languages)
    asking = " ".join(wordings("intents", key, _codes(desk, contact)).pattern for key in ASKING)
    of_asking = {word.casefold() for word in WORD.findall(asking)}
    words = (word for word in WORD.findall(APOSTROPHE.sub("", written)) if not is_small_word(word))
    return [word for word in words if word.casefold() not in of_asking and word.casefold() not in known.roles]


def _nearest(desk: Desk, understood: Understood, said: Sequence[str]) -> Iterator[Product]:
    """Goods under the same heading, else those that the search finds, else names that are written alike."""
    menu = desk.shop.menu
    categories = understood.asked.categories if understood.asked else ()
    if categories:
        return (product for key in categories for product in menu.of_category(key))
    found = menu_search.search(desk.house.menu, " ".join(said)).products
    return iter(found) if found else _alike(desk, said)


def _alike(desk: Desk, said: Sequence[str]) -> Iterator[Product]:
    by_word: dict[str, list[Product]] = {}
    for product in desk.shop.menu.products:
        for name in product.name.values():
            for word in WORD.findall(name.casefold()):
                by_word.setdefault(word, []).append(product)
    for word in said:
        for near in get_close_matches(word.casefold(), by_word, cutoff=ALIKE):
            yield from by_word[near]
