"""What stands between a draft and its placing, told on the draft itself."""

from core import choosing, placing
from core.documents import UNKNOWN_ZONE, Order
from core.menu import Texts
from core.notices import NO_HINTS, DraftHints, Unfinished
from core.slots import Objection
from core.states import NEEDS_ADDRESS, Kind
from core.zones import reach
from handlers import when
from handlers.desk import Desk


def hints(desk: Desk, order: Order, before: Order | None = None) -> DraftHints:
    """As far as it can be told now: kind and address may still be unknown.

    `before` is the draft as its customer saw it last, where it may have become dearer.
    """
    why = _objection(desk, order)
    below = placing.below_minimum(order, desk.shop)
    outside, lacks = is_outside(desk, order), _fee_lacks(desk, order)
    differs = bool(lacks)
    fee_was = None if outside or differs else _fee_was(before, order)
    unfit, open_groups = _unfit(desk, order), unfinished(desk, order)
    is_over = why in {None, Objection.PAST} and order.wished is not None and placing.due(order, desk.now) is None
    said = (outside, differs, unfit, open_groups, is_over)
    if why is None and below is None and not any(said) and fee_was is None:
        return NO_HINTS
    return DraftHints(
        missing=below.missing if below else 0,
        where=below.where if below else _where(desk, order) if fee_was is not None else "",
        closed=why in {Objection.CLOSED, Objection.SOON, Objection.FAR},
        full=why is Objection.FULL,
        first=when.earliest(desk, order) if why is not None else None,
        is_outside=outside,
        fee_may_differ=differs,
        needs_postcode=lacks == "postcode" and bool(order.address),
        fee_was=fee_was,
        unfit=unfit,
        unfinished=open_groups,
        is_over=is_over,
    )


def _unfit(desk: Desk, order: Order) -> tuple[Texts, ...]:
    """The goods that cannot go the way that is wished: nobody should learn of it only when all else is said."""
    if order.kind is None:
        return ()
    known = desk.shop.menu.by_sku
    return tuple(line.name for line in order.lines if line.sku in known and not known[line.sku].may_go_by(order.kind))


def unfinished(desk: Desk, order: Order) -> tuple[Unfinished, ...]:
    """What of the dishes must still be chosen, or is too much: said by words, where no button sees to it."""
    found: list[Unfinished] = []
    for line in order.lines:
        product = desk.shop.menu.by_sku.get(line.sku)
        if product is None or not product.groups:
            continue
        chosen = [option.chosen for option in line.options]
        found += [
            Unfinished(line.name, group.name, tuple(value.name for value in group.values), least=group.at_least)
            for group in choosing.lacks(product, chosen)
        ]
        found += [
            Unfinished(line.name, group.name, (), most=group.at_most or 0)
            for group in choosing.exceeds(product, chosen)
        ]
    return tuple(found)


def _fee_was(before: Order | None, order: Order) -> int | None:
    """What the way cost before, where it costs something else now; another way has its own price."""
    is_same_way = before is not None and before.lines and before.kind is order.kind
    return before.fee if before is not None and is_same_way and before.fee != order.fee else None


def _where(desk: Desk, order: Order) -> str:
    way = desk.shop.fulfilment.way(order.kind) if order.kind else None
    return reach(way.areas, order.address, order.spot, desk.shop.location).where if way else ""


def is_outside(desk: Desk, order: Order) -> bool:
    """Whether the shop surely does not go to this address."""
    way = desk.shop.fulfilment.way(order.kind) if order.kind in NEEDS_ADDRESS else None
    if way is None or not (order.address or order.spot):
        return False
    found = reach(way.areas, order.address, order.spot, desk.shop.location)
    return found.zone is None and not found.lacks


def _objection(desk: Desk, order: Order) -> Objection | None:
    if order.kind is None and Kind.SHIPPING in desk.shop.fulfilment.kinds:
        return None
    return when.objection(desk, order)


def _fee_lacks(desk: Desk, order: Order) -> str:
    """What must be known to tell what the way costs, where that is not known yet."""
    way = desk.shop.fulfilment.way(order.kind) if order.kind in NEEDS_ADDRESS else None
    if way is None or len({zone.fee for zone in way.zones}) < 2 or order.zone == UNKNOWN_ZONE:
        return ""
    found = reach(way.zones, order.address, order.spot, desk.shop.location)
    return found.lacks if found.zone is None else ""
