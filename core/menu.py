"""What the shop sells: products, their options, their prices.

Everything here is a value made from the shop file; prices are integers in the
currency's minor unit (see core.money). A text is given per language (`Texts`).
"""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from functools import cached_property

from core.frozen import frozen
from core.hours import Hours
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


@frozen
class OptionValue:
    """One thing that can be chosen; `price` is added to the product's, in minor units."""

    value: str
    name: Texts
    aliases: tuple[str, ...] = ()
    price: int = 0
    allergens: tuple[str, ...] | None = ()
    """What it adds to the dish; None where that is not declared."""


@frozen(slots=False)
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


class HalvesPrice(StrEnum):
    """What two halves cost, by the prices of the whole ones."""

    HIGHEST = "highest"
    AVERAGE = "average"
    EACH = "each"


@frozen(slots=False)
class Halves:
    """Two groups of one, the first and the second half; the price of each value is that of the whole product."""

    groups: tuple[OptionGroup, OptionGroup]
    price: HalvesPrice = HalvesPrice.HIGHEST

    def shares(self, first: int, second: int) -> tuple[int, int]:
        """What each half costs, of two whole prices; half a minor unit counts as one, for the shop."""
        if self.price is HalvesPrice.EACH:
            return -(-first // 2), -(-second // 2)
        both = max(first, second) if self.price is HalvesPrice.HIGHEST else -(-(first + second) // 2)
        return both - both // 2, both // 2


@frozen(slots=False)
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
    hours: Hours | None = None
    """When it is served, within the shop's own hours; None: always."""
    daily: int | None = None
    """So many are sold of it on one day of business; None: no end."""
    photo: str = ""
    """A picture beside the shop file."""
    allergens: tuple[str, ...] | None = None
    """What is in it, by the codes of core.food; None: not declared."""
    diets: tuple[str, ...] = ()
    halves: Halves | None = None
    """What it is put together from, two and two; its own price comes on top."""

    def half(self, chosen: "Chosen") -> OptionValue | None:
        """The half that is chosen, whose value is the sku of the whole; None for any other option."""
        groups = self.halves.groups if self.halves else ()
        return next((group.by_value.get(chosen.value) for group in groups if group.group == chosen.group), None)

    def has_half(self, sku: str) -> bool:
        """Whether a half of this product can be one of it."""
        return self.halves is not None and any(sku in group.by_value for group in self.halves.groups)

    def may_go_by(self, kind: Kind) -> bool:
        """Whether this product can be picked up, delivered or shipped."""
        return not self.kinds or kind in self.kinds

    def offers(self, option: "Chosen") -> bool:
        """Whether the product has this option at all."""
        group = self.by_group.get(option.group)
        return group is not None and option.value in group.by_value

    @cached_property
    def groups(self) -> tuple[OptionGroup, ...]:
        """All that is chosen of it, in the order in which a person would be asked."""
        return (*(self.halves.groups if self.halves else ()), *self.options)

    @cached_property
    def by_group(self) -> Mapping[str, OptionGroup]:
        return {group.group: group for group in self.groups}


@frozen(slots=False)
class Category:
    """A heading of the menu, in the order of the shop file."""

    key: str
    name: Texts
    hours: Hours | None = None
    """When its products are served, but for those with hours of their own; None: always."""


@frozen(slots=False)
class Menu:
    """All products in the order of the shop file; `languages[0]` is the staff's and the fallback."""

    currency: str
    languages: tuple[str, ...]
    products: tuple[Product, ...]
    categories: tuple[Category, ...] = ()

    @cached_property
    def by_sku(self) -> Mapping[str, Product]:
        return {product.sku: product for product in self.products}

    @cached_property
    def declares_allergens(self) -> bool:
        """Whether the shop says of anything what is in it."""
        return any(product.allergens is not None for product in self.products)

    @cached_property
    def has_halves(self) -> bool:
        """Whether anything is put together from two halves."""
        return any(product.halves is not None for product in self.products)

    def of_category(self, key: str) -> tuple[Product, ...]:
        """The products under a heading, in the order of the menu; "" for those under none."""
        known = {category.key for category in self.categories}
        return tuple(
            product for product in self.products if (product.category if product.category in known else "") == key
        )

    @cached_property
    def has_daily_limits(self) -> bool:
        """Whether anything must be counted by day at all."""
        return any(product.daily is not None for product in self.products)


@frozen
class Chosen:
    """An option as the customer chose it: `amount` of `count` helpings."""

    group: str
    value: str
    amount: Amount = Amount.REGULAR
    count: int = 1
