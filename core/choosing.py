"""Putting a dish together: which options may be chosen, what is still to be chosen, and what comes next.

What a tap says is always a state ("mushrooms: extra"), never a step ("a little more"): a button that is
tapped twice, or on an old page, means the same as once.
"""

from collections.abc import Sequence

from core.errors import TooFewOptions, TooManyOptions
from core.menu import Amount, Choose, Chosen, OptionGroup, Product

CYCLE: tuple[Amount | None, ...] = (None, Amount.REGULAR, Amount.EXTRA, Amount.LIGHT, Amount.NONE)
"""What the next tap on an option with amounts means, from nothing said back to nothing said."""


def amount_of(options: Sequence[Chosen], group: OptionGroup, value: str) -> Amount | None:
    """How much of it was asked for; None where nothing was said."""
    return next((each.amount for each in options if (each.group, each.value) == (group.group, value)), None)


def is_chosen(options: Sequence[Chosen], group: OptionGroup, value: str) -> bool:
    """Whether it is in the dish: asked for, or what goes without saying."""
    amount = amount_of(options, group, value)
    if amount is not None:
        return amount is not Amount.NONE
    return group.choose is Choose.ONE and value == group.default and not taken(options, group)


def goes_in(options: Sequence[Chosen]) -> tuple[Chosen, ...]:
    """All but what is to be left out."""
    return tuple(each for each in options if each.amount is not Amount.NONE)


def taken(options: Sequence[Chosen], group: OptionGroup) -> tuple[Chosen, ...]:
    """What of this group goes into the dish."""
    return tuple(each for each in options if each.group == group.group and each.amount is not Amount.NONE)


def next_amount(options: Sequence[Chosen], group: OptionGroup, value: str) -> Amount | None:
    """What a tap on this value is to mean, as things stand."""
    now = amount_of(options, group, value)
    if group.choose is Choose.MANY and group.amounts:
        return CYCLE[(CYCLE.index(now) + 1) % len(CYCLE)]
    if now is None:
        return Amount.REGULAR
    # What must be chosen is changed for another value, never taken away.
    must_stay = group.choose is Choose.ONE and group.at_least > 0
    return Amount.REGULAR if must_stay else None


def choose(options: Sequence[Chosen], group: OptionGroup, value: str, amount: Amount | None) -> tuple[Chosen, ...]:
    """The options with this value set to `amount`; None takes it out.

    Raises TooManyOptions where the group has no more room.
    """
    if not group.amounts and amount is not None:
        amount = Amount.REGULAR
    others = tuple(each for each in options if (each.group, each.value) != (group.group, value))
    if amount is None:
        return others
    if group.choose is Choose.ONE:
        others = tuple(each for each in others if each.group != group.group)
        # The default goes without saying: said or not, it is the same line of an order.
        return others if value == group.default else (*others, Chosen(group.group, value, amount))
    if group.at_most is not None and amount is not Amount.NONE and len(taken(others, group)) >= group.at_most:
        raise TooManyOptions(group=dict(group.name), most=group.at_most)
    return (*others, Chosen(group.group, value, amount))


def lacks(product: Product, options: Sequence[Chosen]) -> tuple[OptionGroup, ...]:
    """The groups of which more must be chosen, in their order."""
    return tuple(group for group in product.groups if _count(options, group) < group.at_least)


def exceeds(product: Product, options: Sequence[Chosen]) -> tuple[OptionGroup, ...]:
    """The groups of which more is chosen than there may be: words know no limit."""
    limited = (group for group in product.groups if group.at_most is not None and group.choose is Choose.MANY)
    return tuple(group for group in limited if len(taken(options, group)) > (group.at_most or 0))


def _count(options: Sequence[Chosen], group: OptionGroup) -> int:
    count = len(taken(options, group))
    return 1 if count == 0 and group.choose is Choose.ONE and group.default is not None else count


def check_complete(product: Product, options: Sequence[Chosen]) -> None:
    """Raises TooFewOptions for the first group of which more must be chosen."""
    for group in lacks(product, options):
        raise TooFewOptions(group=dict(group.name), least=group.at_least)


def known(product: Product, options: Sequence[Chosen]) -> tuple[Chosen, ...]:
    """Those that the menu still has: it may have changed since they were chosen."""
    return tuple(
        each
        for each in options
        if (group := product.by_group.get(each.group)) is not None and each.value in group.by_value
    )
