"""What there is for a diet, without something, or for so much money at most: as far as the shop has declared it."""

from collections.abc import Iterable, Sequence

from core import food
from core.menu import Choose, Chosen, Menu, OptionValue, Product
from core.money import parse
from core.notices import Altered, Keyboard, Notice, ProductsTold, Suited, To
from core.people import Contact
from core.pricing import least_price
from handlers import menu_buttons, menu_pages, menu_search
from handlers.desk import Desk
from handlers.reading.agreement import refused_word
from handlers.reading.menu_questions import read_menu_question
from handlers.reading.price_limits import price_limit
from handlers.reading.texts import Text
from handlers.reading.understood import MenuQuestion, Wanted, Wishes
from handlers.said import Said

MOST_TOLD = 12
MOST_BUTTONS = 8


def asked_in(desk: Desk, contact: Contact, written: str) -> MenuQuestion | None:
    """A question about a diet, an allergen or a price that words around it hid: "…? My girlfriend is coeliac"."""
    languages = desk.house.reading_languages(contact.language)
    limit = price_limit(written)
    for clause in (*(part + "?" for part in written.split("?")[:-1]), written):
        asked = read_menu_question(Text(clause), desk.house.menu, languages)
        if asked is not None and (asked.diets or asked.allergens):
            return asked
    return None if limit is None else MenuQuestion(Wanted.PRODUCTS)


def hidden_in(said: Said) -> MenuQuestion | None:
    """ "Ey what u got thats vegan", "pizzas under 9 euro?": nothing was read as an order, and the menu knows."""
    understood = said.understood
    if understood.edits or not understood.reading.unread or understood.wishes != Wishes():
        return None
    if understood.reading.questions and price_limit(said.written) is None:
        return None
    return asked_in(said.desk, said.contact, said.written)


async def listed(desk: Desk, contact: Contact, asked: MenuQuestion, written: str) -> Notice | None:
    """What the shop has said so of; yes or no first, where a dish or a heading was named. None: it says nothing."""
    menu = desk.shop.menu
    limit = price_limit(written)
    at_most = None if limit is None else parse(limit, desk.shop.currency)
    if not _declares(menu, asked):
        return None
    named = [menu.by_sku[sku] for sku in asked.skus if sku in menu.by_sku] if asked.diets else []
    verdicts = tuple(Suited(each, _suits(each, asked)) for each in named)
    heading = None if asked.categories or verdicts else menu_search.heading_in(desk.house.menu, written)
    refused = menu_search.heading_in(desk.house.menu, refused_word(written))
    asked_under = (heading.key,) if heading else asked.categories
    if refused is not None and (not asked_under or refused.key in asked_under):
        # "Vegetarian and not pizza": under all the others.
        asked_under = tuple(each.key for each in menu.categories if each.key != refused.key)
    headings = asked_under or tuple(dict.fromkeys(each.product.category for each in verdicts))
    asked_of = [each for each in of_headings(menu, headings) or menu.products if each not in named]
    if verdicts and all(each.suits for each in verdicts):
        asked_of = []
    fitting = [each for each in asked_of if _is_of_diets(each, asked) and _is_within(each, at_most)]
    almost = [each.product for each in verdicts if not each.suits and _is_of_diets(each.product, asked)]
    free = tuple(each for each in fitting if not asked.allergens or food.is_free_of(each, asked.allergens))
    shown = free[:MOST_TOLD]
    off = await menu_pages.off_products(desk, contact, shown)
    return ProductsTold(
        to=To(contact.id),
        products=shown,
        currency=desk.shop.currency,
        diets=asked.diets,
        without=asked.allergens,
        at_most=at_most,
        headings=() if refused else tuple(each.name for each in menu.categories if each.key in asked_under),
        verdicts=verdicts,
        off=off,
        undeclared=sum(each.allergens is None for each in asked_of) if asked.allergens else 0,
        more=len(free) - len(shown),
        altered=altered([each for each in (*almost, *fitting) if each not in free], asked.allergens),
        buttons=to_open(desk, shown, off),
    )


def _suits(product: Product, asked: MenuQuestion) -> bool:
    return _is_of_diets(product, asked) and (not asked.allergens or food.is_free_of(product, asked.allergens))


def _is_of_diets(product: Product, asked: MenuQuestion) -> bool:
    return all(food.suits(product, diet) for diet in asked.diets)


def _is_within(product: Product, at_most: int | None) -> bool:
    return at_most is None or least_price(product) <= at_most


def of_headings(menu: Menu, categories: Sequence[str]) -> tuple[Product, ...]:
    """What stands under them, in their order."""
    return tuple(product for key in categories for product in menu.of_category(key))


def _declares(menu: Menu, asked: MenuQuestion) -> bool:
    """Whether the shop says anything of what is asked: an empty list would say that there is nothing."""
    says_diets = any(food.suits(product, diet) for product in menu.products for diet in asked.diets)
    return (not asked.diets or says_diets) and (not asked.allergens or menu.declares_allergens)


def altered(products: Iterable[Product], allergens: Sequence[str]) -> tuple[Altered, ...]:
    """Options that go in place of what has it, as a gluten-free base does, each with what it helps."""
    found: dict[tuple[str, int], Altered] = {}
    # Of a pizza of two halves it may be the halves that have it: no other base helps.
    for product in (each for each in products if set(food.allergens_of(each) or allergens) & set(allergens)):
        for value in _instead(product, allergens):
            key = next(iter(value.name.values()), ""), value.price
            known = found.get(key, Altered(value.name, value.price))
            found[key] = Altered(known.name, known.price, (*known.products, product.name))
    return tuple(found.values())


def _instead(product: Product, allergens: Sequence[str]) -> Iterable[OptionValue]:
    for group in product.options:
        if group.choose is Choose.ONE and group.default is not None:
            for value in group.values:
                found = food.allergens_of(product, (Chosen(group.group, value.value),))
                if found is not None and not set(found) & set(allergens):
                    yield value


def to_open(desk: Desk, shown: Sequence[Product], off: frozenset[str]) -> Keyboard:
    """A button for each, where they are few."""
    if len(shown) > MOST_BUTTONS:
        return ()
    numbered = [(desk.tx.articles.id_of(each.sku), each) for each in shown]
    return menu_buttons.products(numbered, off, desk.shop.currency)
