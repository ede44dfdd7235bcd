"""What a line costs: the product, its halves and options, and what is included."""

from collections.abc import Sequence
from dataclasses import replace

from core.documents import Line, LineOption
from core.menu import Amount, Choose, Chosen, OptionGroup, Product


def price_line(product: Product, quantity: int, options: Sequence[Chosen], words: str, position: int) -> Line:
    """A line with the names and prices of this moment; later changes of the menu do not touch it."""
    chosen = _chosen(product, options)
    return Line(
        position=position,
        sku=product.sku,
        name=dict(product.name),
        quantity=quantity,
        unit_price=_unit_price(product, options, chosen),
        options=chosen,
        words=words,
        counted=product.stock is not None,
    )


def unit_price(product: Product, options: Sequence[Chosen]) -> int:
    """What one piece costs at this moment, minor units."""
    return _unit_price(product, options, _chosen(product, options))


def least_price(product: Product) -> int:
    """The least that one can cost, minor units: of what must be chosen without a default, the cheapest."""
    must = [min(prices) for prices in _open_prices(product)]
    unsaid = sum(_default_price(group, ()) for group in product.options)
    return product.price + unsaid + sum(must) + sum(_cheapest_halves(product))


def costs_at_least(product: Product) -> bool:
    """Whether that is only where its price begins."""
    return product.halves is not None or any(len(set(prices)) > 1 for prices in _open_prices(product))


def _open_prices(product: Product) -> list[list[int]]:
    """By group that must be chosen of and has no default: what its values cost."""
    asked = (group for group in product.options if group.at_least and group.default is None and not group.free)
    return [[value.price for value in group.values] for group in asked if group.values]


def _cheapest_halves(product: Product) -> tuple[int, ...]:
    if product.halves is None:
        return ()
    first, second = (min((value.price for value in group.values), default=0) for group in product.halves.groups)
    return product.halves.shares(first, second)


def _unit_price(product: Product, options: Sequence[Chosen], chosen: Sequence[LineOption]) -> int:
    if not product.options and not chosen:
        return product.price
    free = sum(_included(group, chosen) for group in product.options)
    unsaid = sum(_default_price(group, options) for group in product.options)
    return product.price + sum(option.price for option in chosen) + unsaid - free


def _chosen(product: Product, options: Sequence[Chosen]) -> tuple[LineOption, ...]:
    return _with_halves(product, tuple(_snapshot(product, option) for option in options))


def _snapshot(product: Product, chosen: Chosen) -> LineOption:
    value = product.by_group[chosen.group].by_value[chosen.value]
    helpings = 0 if chosen.amount is Amount.NONE else chosen.count
    return LineOption(chosen, dict(value.name), value.price * helpings)


def _with_halves(product: Product, chosen: tuple[LineOption, ...]) -> tuple[LineOption, ...]:
    """Each half with its share of the price; one half alone is not a pizza, and costs nothing yet."""
    if product.halves is None:
        return chosen
    names = [group.group for group in product.halves.groups]
    halves = [option for name in names for option in chosen if option.chosen.group == name]
    others = tuple(option for option in chosen if option.chosen.group not in names)
    prices = [option.price for option in halves]
    shares = product.halves.shares(*prices) if len(prices) == len(names) else (0,) * len(prices)
    return (*(replace(option, price=share) for option, share in zip(halves, shares, strict=True)), *others)


def _included(group: OptionGroup, chosen: Sequence[LineOption]) -> int:
    """What the group's free choices save, the cheapest first."""
    prices = sorted(option.price for option in chosen if option.chosen.group == group.group and option.price > 0)
    return sum(prices[: group.free])


def _default_price(group: OptionGroup, options: Sequence[Chosen]) -> int:
    """Where one must be chosen and none was, the default counts with its price."""
    if group.choose is not Choose.ONE or group.default is None:
        return 0
    if any(option.group == group.group and option.amount is not Amount.NONE for option in options):
        return 0
    return group.by_value[group.default].price
