"""What is in the food and for whom it is made: the codes of the shop file, and what to warn of.

The allergens are the fourteen of Regulation (EU) 1169/2011, Annex II.
"""

from collections.abc import Iterable, Iterator, Sequence

from core.documents import Line
from core.frozen import frozen
from core.menu import Amount, Choose, Chosen, Menu, OptionValue, Product, Texts

ALLERGENS = (
    "gluten", "crustaceans", "eggs", "fish", "peanuts", "soy", "milk", "nuts", "celery", "mustard", "sesame",
    "sulphites", "lupin", "molluscs",
)  # fmt: skip
DIETS = ("vegan", "vegetarian", "halal", "kosher")
IMPLIES = {"vegan": "vegetarian"}
"""Whatever is the first is the second, too."""


NEVER = {
    "vegan": frozenset({"milk", "eggs", "fish", "crustaceans", "molluscs"}),
    "vegetarian": frozenset({"fish", "crustaceans", "molluscs"}),
}
"""What is in no dish of these."""


@frozen
class Caution:
    """A dish for somebody who must not eat what is in it; without `allergens` the shop has not said what is.

    For somebody of a `diet` it is not of it: because of what is in it, or since the shop does not call it so.
    """

    name: Texts
    allergens: tuple[str, ...] = ()
    diet: str = ""


def allergens_of(product: Product, chosen: Iterable[Chosen] = ()) -> tuple[str, ...] | None:
    """What is in it with these options, in the order of ALLERGENS; None where the shop has not declared it.

    What goes without saying counts until something else is chosen in its place: a gluten-free base replaces
    the usual one. Nothing else is ever taken off: "without cheese" comes from the same board.
    """
    if product.allergens is None:
        return None
    found = set(product.allergens)
    for value in _values(product, [each for each in chosen if each.amount is not Amount.NONE]):
        if value.allergens is None:
            return None
        found.update(value.allergens)
    return tuple(code for code in ALLERGENS if code in found)


def _values(product: Product, chosen: Sequence[Chosen]) -> Iterator[OptionValue]:
    """What goes in: what was chosen, and the defaults where nothing was."""
    said = {each.group for each in chosen}
    wanted = [(each.group, each.value) for each in chosen]
    wanted += [
        (group.group, group.default)
        for group in product.options
        if group.choose is Choose.ONE and group.default is not None and group.group not in said
    ]
    for name, value in wanted:
        group = product.by_group.get(name)
        if group is not None and value in group.by_value:
            yield group.by_value[value]


def suits(product: Product, diet: str) -> bool:
    """Whether the shop says so of the dish as it stands on the menu."""
    return diet in product.diets or any(IMPLIES.get(each) == diet for each in product.diets)


def is_free_of(product: Product, allergens: Iterable[str]) -> bool:
    """Whether the shop has declared it, and none of these; what is not declared is never free of anything."""
    found = allergens_of(product)
    return found is not None and not set(allergens) & set(found) and _has_free_halves(product, set(allergens))


def _has_free_halves(product: Product, allergens: set[str]) -> bool:
    """What is put together from two halves has two of which the shop says so."""
    if product.halves is None:
        return True
    halves = product.halves.groups[0].values
    return sum(half.allergens is not None and not allergens & set(half.allergens) for half in halves) > 1


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


def not_of(menu: Menu, lines: Sequence[Line], diet: str) -> tuple[Caution, ...]:
    """What of these lines is not of a diet, as far as the menu tells, each dish once.

    That a dish is not called so says something only where others under its heading are.
    """
    found: dict[tuple[str, tuple[str, ...]], Caution] = {}
    for line in lines:
        product = menu.by_sku.get(line.sku)
        if product is None or line.quantity <= line.cancelled:
            continue
        is_so = suits(product, diet)
        there = set(allergens_of(product, (option.chosen for option in line.options)) or ())
        # What the shop says of the dish itself counts; what was chosen with it may be otherwise.
        met = there & NEVER.get(diet, frozenset()) - (set(product.allergens or ()) if is_so else set())
        if met or (not is_so and any(suits(other, diet) for other in menu.of_category(product.category))):
            named = tuple(code for code in ALLERGENS if code in met)
            found[line.sku, named] = Caution(line.name, named, diet)
    return tuple(found.values())
