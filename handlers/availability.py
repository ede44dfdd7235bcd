"""What of a draft can be had, at the time for which it is wanted."""

from collections import Counter
from dataclasses import replace
from datetime import datetime

from core.availability import Availability, Reason, Why
from core.documents import Line, Order
from core.errors import SoldOut
from core.notices import PriceChange
from core.pricing import unit_price
from handlers.desk import Desk
from handlers.reading.understood import ReadLine


def serving_time(desk: Desk, wished: datetime | None) -> datetime:
    """When it would be eaten: as wished, else now, or at the next opening while the shop is closed."""
    if wished is not None and wished > desk.now:
        return wished
    if desk.facts.get("open_until") or desk.shop.hours.is_open(desk.now):
        return desk.now
    return desk.shop.hours.next_opening(desk.now) or desk.now


async def with_shelf(desk: Desk) -> Availability:
    """What can be had, counted products with an empty shelf among what cannot: one statement more, for a menu."""
    empty = frozenset(one.sku for one in await desk.tx.stock.balances() if one.shelf <= 0)
    return replace(desk.availability, empty=empty)


def why_not(desk: Desk, line: ReadLine, at: datetime) -> Reason | None:
    """What keeps a line, as it was read, from being had at `at`; None if nothing does."""
    product = desk.shop.menu.by_sku.get(line.sku)
    if product is None:
        return Reason(Why.LEFT_MENU, line.sku, {"": line.sku})
    if not all(map(product.offers, line.options)):
        return Reason(Why.OPTION_LEFT_MENU, line.sku, product.name)
    return desk.availability.why_not(product, line.options, at, line.quantity)


def off_lines(desk: Desk, order: Order, now: Availability | None = None) -> dict[int, Reason]:
    """The lines of an order that cannot be had as they stand, by position; `now` where it is not the desk's."""
    now = now or desk.availability
    at = serving_time(desk, order.wished)
    pieces = Counter[str]()
    for line in order.lines:
        pieces[line.sku] += line.quantity
    reasons = ((line.position, _reason(desk, now, line, at, pieces[line.sku])) for line in order.lines)
    return {position: reason for position, reason in reasons if reason is not None}


def _reason(desk: Desk, now: Availability, line: Line, at: datetime, pieces: int) -> Reason | None:
    product = desk.shop.menu.by_sku.get(line.sku)
    if product is None:
        return Reason(Why.LEFT_MENU, line.sku, line.name)
    for option in line.options:
        if not product.offers(option.chosen):
            return Reason(Why.OPTION_LEFT_MENU, line.sku, line.name, option.name, value=option.chosen.value)
    return now.why_not(product, [option.chosen for option in line.options], at, pieces)


def price_changes(desk: Desk, order: Order) -> tuple[PriceChange, ...]:
    """What of an order's lines costs something else today; lines that cannot be priced any more are left out."""
    found = []
    for line in order.lines:
        product = desk.shop.menu.by_sku.get(line.sku)
        options = [option.chosen for option in line.options]
        if product is None or not all(map(product.offers, options)):
            continue
        today = unit_price(product, options)
        if today != line.unit_price:
            found.append(PriceChange(line.name, line.unit_price, today))
    return tuple(found)


def as_reason(error: SoldOut) -> Reason:
    """The reason of a refusal."""
    return Reason(Why(error.why), error.sku, error.product, error.option, error.back, error.left)


def as_error(reason: Reason) -> SoldOut:
    """The refusal for this reason."""
    return SoldOut(
        sku=reason.sku,
        product=dict(reason.name),
        why=reason.why,
        option=dict(reason.option),
        back=reason.back,
        left=reason.left,
    )
