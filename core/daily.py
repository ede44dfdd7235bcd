"""Daily limits: which day of business an order counts to, and what it takes of that day's number."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from core.documents import Line, Take
from core.shop import Shop


def dated(lines: tuple[Line, ...], shop: Shop, at: datetime) -> tuple[Line, ...]:
    """The lines, those of limited products with the day of business that they count to."""
    if not any(_limit(shop, line.sku) for line in lines):
        return lines
    day = shop.hours.business_day(at)
    return tuple(replace(line, day=day) if _limit(shop, line.sku) else line for line in lines)


def changed(before: Iterable[Line], after: Iterable[Line], shop: Shop, at: datetime) -> tuple[Line, ...]:
    """The lines of an order that was changed: known ones keep their day, new ones get that of `at`."""
    days = {line.id: line.day for line in before}
    return tuple(replace(line, day=days[line.id]) if line.id in days else dated((line,), shop, at)[0] for line in after)


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
