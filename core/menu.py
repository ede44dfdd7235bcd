"""What the shop sells: products, their options, their prices.

Everything here is a value made from the shop file; prices are integers in the
currency's minor unit (see core.money). A text is given per language (`Texts`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from core.states import Kind

Texts = Mapping[str, str]
"""One text per language code; the first language of the shop is always there."""


class Choose(StrEnum):
    """How many values of an option group one line may take."""

    ONE = "one"
    MANY = "many"


class Amount(StrEnum):
    """How much of an option is wanted."""

    NONE = "none"
    LIGHT = "light"
    REGULAR = "regular"
    EXTRA = "extra"


def in_language(texts: Texts, language: str) -> str:
    """The text in `language`, else in the first language that has one."""
    return texts.get(language) or next(iter(texts.values()), "")


@dataclass(frozen=True, slots=True)
class OptionValue:
    """One thing that can be chosen; `price` is added to the product's, in minor units."""

    value: str
    name: Texts
    aliases: tuple[str, ...] = ()
    price: int = 0


@dataclass(frozen=True)
class OptionGroup:
    """A set of values of which one or many may be chosen."""

    group: str
    name: Texts
    choose: Choose
    values: tuple[OptionValue, ...]
    default: str | None = None
    amounts: bool = False
    at_least: int = 0
    at_most: int | None = None
    free: int = 0
    """So many chosen values cost nothing, the cheapest first."""

    @cached_property
    def by_value(self) -> Mapping[str, OptionValue]:
        return {value.value: value for value in self.values}


@dataclass(frozen=True)
class Product:
    """One article; `stock` is the opening count, None means: not counted."""

    sku: str
    name: Texts
    price: int
    category: str = ""
    aliases: tuple[str, ...] = ()
    options: tuple[OptionGroup, ...] = ()
    stock: int | None = None
    low_stock: int | None = None
    """At this count or under it the staff is told, once per crossing."""
    description: Texts = field(default_factory=dict)
    kinds: tuple[Kind, ...] = ()
    """In which it can leave the shop (pizza is not shipped); empty: in all that the shop offers."""

    def may_go_by(self, kind: Kind) -> bool:
        """Whether this product can be picked up, delivered or shipped."""
        return not self.kinds or kind in self.kinds

    @cached_property
    def by_group(self) -> Mapping[str, OptionGroup]:
        return {group.group: group for group in self.options}


@dataclass(frozen=True)
class Category:
    """A heading of the menu, in the order of the shop file."""

    key: str
    name: Texts


@dataclass(frozen=True)
class Menu:
    """All products in the order of the shop file; `languages[0]` is the staff's and the fallback."""

    currency: str
    languages: tuple[str, ...]
    products: tuple[Product, ...]
    categories: tuple[Category, ...] = ()

    @cached_property
    def by_sku(self) -> Mapping[str, Product]:
        return {product.sku: product for product in self.products}


@dataclass(frozen=True, slots=True)
class Chosen:
    """An option as the customer chose it: `amount` of `count` helpings."""

    group: str
    value: str
    amount: Amount = Amount.REGULAR
    count: int = 1
