"""A product by the words of the staff."""

from core.errors import UnknownProduct
from core.menu import Product, in_language
from handlers.desk import Desk
from handlers.reading.order_text import read_order


def find_product(desk: Desk, words: str) -> Product:
    """By sku, by name, else as the reader understands it. Raises UnknownProduct unless exactly one fits."""
    wanted = words.strip().casefold()
    for product in desk.shop.menu.products:
        if wanted in {product.sku.casefold(), *(name.casefold() for name in product.name.values())}:
            return product
    reading = read_order(words[:200], desk.house.menu, desk.house.reading_languages(desk.shop.languages[0]))
    likely = [sku for question in reading.questions for sku in question.likely]
    if len(reading.lines) == 1 and not likely:
        return desk.shop.menu.by_sku[reading.lines[0].sku]
    language = desk.shop.languages[0]
    names = tuple(in_language(desk.shop.menu.by_sku[sku].name, language) for sku in likely[:5])
    raise UnknownProduct(name=words.strip()[:60], likely=names)
