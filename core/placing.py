"""Whether the shop takes an order: how much of what, by which way, for how much at the least."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core import choosing
from core.documents import UNKNOWN_ZONE, Line, Order
from core.errors import BelowMinimum, EmptyDraft, NotOffered, TooMany
from core.people import Channel
from core.shop import Limits, Shop
from core.zones import Zone, named_in, reach


def check_placeable(order: Order, shop: Shop) -> None:
    """Whether the shop takes this order at all; raises what is in the way.

    The opening hours are the caller's question: they depend on what the staff opened and closed by hand.
    """
    if not order.lines:
        raise EmptyDraft
    check_size(order.lines, shop.limits)
    way = shop.fulfilment.way(order.kind) if order.kind else None
    if way is None or order.kind not in shop.kinds_for(line.sku for line in order.lines):
        raise NotOffered(what=order.kind or "kind")
    if shop.menu.has_halves:
        _check_halves(order, shop)
    below = below_minimum(order, shop)
    if below is not None:
        raise below


def _check_halves(order: Order, shop: Shop) -> None:
    """Raises TooFewOptions for what is to be of two halves, and has not got them."""
    for line in order.lines:
        product = shop.menu.by_sku.get(line.sku)
        if product is not None and product.halves is not None:
            choosing.check_complete(product, [option.chosen for option in line.options])


def zone_of(order: Order, shop: Shop) -> Zone:
    """What the way to the customer costs.

    As long as it can still be asked, the zone that the address names stands for all, else the first. Where only a
    distance could tell and no location is to be had, the last, which goes furthest.
    """
    way = shop.fulfilment.way(order.kind) if order.kind else None
    if way is None:
        return Zone()
    if not way.zones:
        return way.areas[0]
    found = reach(way.zones, order.address, order.spot, shop.location)
    if found.zone is not None:
        return found.zone
    is_asked = order.zone == UNKNOWN_ZONE or (order.channel is Channel.MAIL and found.lacks == "location")
    if order.address and is_asked and found.lacks:
        return replace(way.zones[-1], name=UNKNOWN_ZONE)
    return named_in(way.zones, order.address) or way.zones[0]


def below_minimum(order: Order, shop: Shop) -> BelowMinimum | None:
    """What is missing to the least that the shop brings to this address, as far as it is known and within reach."""
    minimum = zone_of(order, shop).minimum
    if order.goods >= minimum:
        return None
    way = shop.fulfilment.way(order.kind) if order.kind else None
    found = reach(way.areas, order.address, order.spot, shop.location) if way and order.address else None
    if found is not None and found.zone is None and not found.lacks:
        return None
    where = found.where if found else ""
    return BelowMinimum(minimum=minimum, missing=minimum - order.goods, currency=order.currency, where=where)


def check_size(lines: Sequence[Line], limits: Limits) -> None:
    """Raises TooMany for more than anybody orders: already of a draft, before it is read back at length."""
    if len(lines) > limits.lines:
        raise TooMany(what="lines", most=limits.lines)
    large = next((line for line in lines if line.quantity > limits.quantity), None)
    if large is not None:
        raise TooMany(what="pieces", most=limits.quantity, product=dict(large.name))


def due(order: Order, now: datetime) -> datetime | None:
    """The wished time; None as soon as possible, which a wish that has passed means, too."""
    return order.wished if order.wished is not None and order.wished > now else None
