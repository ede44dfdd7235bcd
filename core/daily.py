"""Daily limits: which day of business an order counts to, and what it takes of that day."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from core.documents import Line
from core.shop import Shop


@dataclass(frozen=True, slots=True)
class Take:
    """So many more of an article are ordered for this day, or fewer where it is negative.

    `limit` is what the day may reach; None where nothing is checked.
    """

    sku: str
    day: date
    quantity: int
    limit: int | None = None


def dated(lines: Iterable[Line], shop: Shop, at: datetime) -> tuple[Line, ...]:
    """The lines, those of limited products with the day of business that they count to."""
    limited = {product.sku for product in shop.menu.products if product.daily is not None}
    day = shop.hours.business_day(at)
    return tuple(replace(line, day=day if line.sku in limited else None) for line in lines)


def takes(before: Iterable[Line], after: Iterable[Line], shop: Shop | None = None) -> tuple[Take, ...]:
    """What changes on the days when an order has these lines and not those before, in one fixed order.

    With `shop` the limits of its menu are checked for what is taken.
    """
    summed: Counter[tuple[str, date]] = Counter()
    for lines, sign in ((before, -1), (after, 1)):
        for line in lines:
            if line.day is not None:
                summed[line.sku, line.day] += sign * (line.quantity - line.cancelled)
    return tuple(
        Take(sku, day, quantity, _limit(shop, sku) if quantity > 0 else None)
        for (sku, day), quantity in sorted(summed.items())
        if quantity
    )


def _limit(shop: Shop | None, sku: str) -> int | None:
    product = shop.menu.by_sku.get(sku) if shop else None
    return product.daily if product else None
