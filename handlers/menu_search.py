"""Looking for something on the menu by a few words, typing mistakes and all: headings and products."""

from collections import Counter
from collections.abc import Iterator

from core.frozen import frozen
from core.menu import Category, Menu, Product
from handlers.reading.menu_match import CompiledMenu, split
from handlers.reading.spelling import SpellingIndex
from handlers.reading.tokens import key_of

MOST_WORDS = 6
MOST_FOUND = 40
WHOLE, PART = 2, 1
"""How much a word says that stands in a name, and one that names only a kind or an option."""


@frozen
class Found:
    """What fits the words."""

    products: tuple[Product, ...] = ()
    categories: tuple[Category, ...] = ()

    @property
    def only_product(self) -> Product | None:
        """The one thing that can be meant."""
        return self.products[0] if len(self.products) == 1 and not self.categories else None

    @property
    def only_category(self) -> Category | None:
        return self.categories[0] if len(self.categories) == 1 and not self.products else None


def search(compiled: CompiledMenu, words: str) -> Found:
    """What these words may mean; those that stand nowhere on the menu are passed over."""
    menu = compiled.menu
    typed = [_corrected(compiled, word) for word in split(words)[:MOST_WORDS]]
    if not typed:
        return Found()
    categories = tuple(each for each in menu.categories if _names(each, typed))
    exact = [sku for sku in _named(compiled, _key(typed)) if sku]
    if exact:
        return Found(_products(menu, exact), categories)
    if categories:
        return Found((), categories)
    points = Counter[str]()
    for word in typed:
        key = _key([word])
        strong = {sku for sku in _named(compiled, key) if sku}
        strong |= {target.sku for target in compiled.parts.get(key, ()) if target.sku}
        kind = compiled.kinds.get(key)
        weak = set(kind.first if kind else ()) | _offering(compiled, key)
        points.update(dict.fromkeys(strong, WHOLE))
        points.update(dict.fromkeys(weak - strong, PART))
    most = max(points.values(), default=0)
    return Found(_products(menu, [sku for sku, count in points.items() if count == most]))


def heading_in(compiled: CompiledMenu, words: str) -> Category | None:
    """The one heading that some word of these names: "show me the desserts"."""
    found = {each.key: each for word in split(words) for each in _headings_of(compiled, word)}
    return next(iter(found.values())) if len(found) == 1 else None


def _headings_of(compiled: CompiledMenu, word: str) -> Iterator[Category]:
    """By the heading's own name or code, else by a word for goods that all stand under one."""
    menu = compiled.menu
    kind = compiled.kinds.get(_key([word]))
    under = {menu.by_sku[sku].category for sku in kind.skus} if kind else set()
    yield from (each for each in menu.categories if _names(each, [word]) or under == {each.key})


def knows(compiled: CompiledMenu, word: str) -> bool:
    """Whether the word stands in a name of something on the menu, or says a kind of it, perhaps mistyped."""
    key = _key([_corrected(compiled, word)])
    return key in compiled.names or key in compiled.parts or key in compiled.kinds


def product_named(compiled: CompiledMenu, words: str) -> Product | None:
    """The product that these words are the name of, and nothing else."""
    skus = {sku for sku in _named(compiled, _key(split(words))) if sku}
    return compiled.menu.by_sku[skus.pop()] if len(skus) == 1 else None


def _names(category: Category, typed: list[str]) -> bool:
    """Whether these words name the heading, whole or by its code: "Pizza from the wood oven", "pizza"."""
    names = (*category.name.values(), category.key)
    return _key(typed) in {_key(split(name)) for name in names}


def _key(words: list[str]) -> str:
    return key_of(words, {})


def _named(compiled: CompiledMenu, key: str) -> list[str]:
    return [target.sku for _, target in compiled.names.get(key, ())]


def _offering(compiled: CompiledMenu, key: str) -> set[str]:
    """Products with an option of this name."""
    targets = [target for _, target in compiled.names.get(key, ()) if target.value]
    return {sku for target in targets for sku in compiled.offers.get((target.group, target.value), ())}


def _products(menu: Menu, skus: list[str]) -> tuple[Product, ...]:
    """In the order of the menu."""
    wanted = set(skus)
    return tuple(product for product in menu.products if product.sku in wanted)[:MOST_FOUND]


def _corrected(compiled: CompiledMenu, word: str) -> str:
    """The word itself if the menu has it, else the one that it most likely was to be."""
    key = _key([word])
    if key in compiled.names or key in compiled.parts or key in compiled.kinds:
        return word
    names = [name for each in compiled.menu.categories for name in (*each.name.values(), each.key)]
    headings = SpellingIndex(part for name in names for part in split(name))
    return next(iter((*compiled.spelling.all_nearest(word), *headings.all_nearest(word))), word)
