"""What is in the food and for whom it is made: the codes of the shop file, and what to warn of.

The allergens are the fourteen of Regulation (EU) 1169/2011, Annex II.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.documents import Line
from core.menu import Amount, Chosen, Menu, Product, Texts

ALLERGENS = (
    "gluten", "crustaceans", "eggs", "fish", "peanuts", "soy", "milk", "nuts", "celery", "mustard", "sesame",
    "sulphites", "lupin", "molluscs",
)  # fmt: skip
DIETS = ("vegan", "vegetarian", "halal", "kosher")
IMPLIES = {"vegan": "vegetarian"}
"""Whatever is the first is the second, too."""


@dataclass(frozen=True, slots=True)
class Caution:
    """A dish for somebody who must not eat what is in it; without `allergens` the shop has not said what is."""

    name: Texts
    allergens: tuple[str, ...] = ()


def allergens_of(product: Product, chosen: Iterable[Chosen] = ()) -> tuple[str, ...] | None:
    """What is in it with these options, in the order of ALLERGENS; None where the shop has not declared it.

    Nothing is ever taken off: "without cheese" is prepared in the same kitchen, on the same board.
    """
    if product.allergens is None:
        return None
    found = set(product.allergens)
    for choice in chosen:
        group = product.by_group.get(choice.group)
        value = group.by_value.get(choice.value) if group else None
        if value is None or choice.amount is Amount.NONE:
            continue
        if value.allergens is None:
            return None
        found.update(value.allergens)
    return tuple(code for code in ALLERGENS if code in found)


def suits(product: Product, diet: str) -> bool:
    """Whether the shop says so of the dish as it stands on the menu."""
    return diet in product.diets or any(IMPLIES.get(each) == diet for each in product.diets)


def is_free_of(product: Product, allergens: Iterable[str]) -> bool:
    """Whether the shop has declared it, and none of these; what is not declared is never free of anything."""
    return product.allergens is not None and not set(allergens) & set(product.allergens)


def cautions(menu: Menu, lines: Sequence[Line], allergies: Sequence[str]) -> tuple[Caution, ...]:
    """What of these lines somebody with these allergies must know of, each dish once."""
    found: dict[tuple[str, tuple[str, ...]], Caution] = {}
    for line in lines:
        product = menu.by_sku.get(line.sku)
        if product is None or not allergies or line.quantity <= line.cancelled:
            continue
        declared = allergens_of(product, (option.chosen for option in line.options))
        met = () if declared is None else tuple(code for code in declared if code in allergies)
        if declared is None or met:
            found[line.sku, met] = Caution(line.name, met)
    return tuple(found.values())
