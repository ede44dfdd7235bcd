"""The buttons of the checkout: what is known, each to change by a tap; addresses, ways and times to choose from."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.documents import Order
from core.money import Money
from core.notices import Button, Keyboard
from core.states import NEEDS_ADDRESS, Kind
from core.zones import named_in, reach
from handlers import when
from handlers.buttons import data
from handlers.desk import Desk
from storage.customers import Detail

IN_A_ROW = 3
ON_A_PAGE = 9
ASAP = 0
"""In the data of a button: no time, but as soon as possible."""


def known(order: Order, kinds: Sequence[Kind]) -> Keyboard:
    """What the draft goes by, each to change: how, where to, when."""
    if order.kind is None:
        return ()
    row = []
    if len(kinds) > 1:
        row.append(Button(f"how_{order.kind}", data("how", order)))
    if order.kind in NEEDS_ADDRESS and order.address:
        row.append(Button("where_to", data("where", order), {"address": order.address}))
    rows = [tuple(row)] if row else []
    if order.kind is not Kind.SHIPPING:
        label, facts = ("when_at", {"time": order.wished}) if order.wished else ("when_asap", {})
        rows.append((Button(label, data("when", order), facts),))
    return tuple(rows)


def place(desk: Desk, order: Order, first: datetime | None) -> tuple[Button, ...]:
    """Place the order; where it cannot be as wished, for the first time that can be."""
    if first is None:
        return (Button("place", data("place", order)),)
    return (Button(_label(desk, "place", first), data("pslot", order, _minutes(first)), {"time": first}),)


def ways(desk: Desk, order: Order, kinds: Sequence[Kind], verb: str) -> tuple[Button, ...]:
    """How to get it, each with its fee: `verb` is how to show the draft then, kind to change on, pkind to place."""
    return tuple(_way(desk, order, kind, verb) for kind in kinds)


def _way(desk: Desk, order: Order, kind: Kind, verb: str) -> Button:
    """What the way costs to where the draft goes, else the least that it may cost; nothing where it is free."""
    way = desk.shop.fulfilment.way(kind)
    areas = way.areas if way else ()
    known = reach(areas, order.address, order.spot, desk.shop.location).zone if kind in NEEDS_ADDRESS else None
    fees = {known.fee} if known else {zone.fee for zone in areas}
    label = kind.value
    if any(fees):
        label = f"{label}_at" if len(fees) == 1 else f"{label}_from"
    likely = known or named_in(areas, order.address)
    least = likely.fee if likely else min(fees, default=0)
    facts = {"fee": Money(least, order.currency)} if any(fees) else {}
    return Button(label, data(verb, order, kind.value), facts)


def addresses(order: Order, remembered: Sequence[Detail], verb: str) -> Keyboard:
    """The addresses that were used last: `verb` is addr to show the draft then, paddr to go on with placing."""
    return tuple((Button("address_last", data(verb, order, one.id), {"address": one.value}),) for one in remembered)


def offers(order: Order, times: Sequence[datetime], verb: str) -> Keyboard:
    """Times instead of one that cannot be: `verb` is slot to show the draft then, pslot to go on with placing."""
    return _grid([_time(order, at, verb) for at in times])


def outside(order: Order, kinds: Sequence[Kind]) -> Keyboard:
    """Another way, or another address."""
    other = tuple(Button(kind.value, data("pkind", order, kind.value)) for kind in kinds if kind not in NEEDS_ADDRESS)
    return tuple(row for row in (other, (Button("other_address", data("where", order)),)) if row)


def times(desk: Desk, order: Order, day: int, page: int) -> Keyboard:
    """As soon as possible, the free times of a day, later ones of it, and other days."""
    found, has_more = when.on_day(desk, order, day, page * ON_A_PAGE, ON_A_PAGE)
    at_once = day == 0 and page == 0 and when.objection(desk, replace(order, wished=None)) is None
    asap = (Button("asap", data("slot", order, ASAP)),) if at_once else ()
    later = (Button("later", data("when", order, f"{day}.{page + 1}")),) if has_more else ()
    days = [
        Button(
            "on_day",
            data("when", order, f"{other}.0"),
            {"day": when.date_of(desk, other)},
        )
        for other in when.days(desk, order)
        if other != day
    ]
    hours = _grid([_hour(desk, order, at) for at in found])
    return tuple(row for row in (asap, *hours, later, *_grid(days), *back(order)) if row)


def forget(remembered: Sequence[Detail]) -> Keyboard:
    """One button an address: it is forgotten."""
    return tuple((Button("forget", f"forget:{one.id}:0", {"address": one.value}),) for one in remembered)


def _time(order: Order, at: datetime, verb: str) -> Button:
    return Button("at_time", data(verb, order, _minutes(at)), {"time": at})


def _hour(desk: Desk, order: Order, at: datetime) -> Button:
    """The time alone: the draft above says which day."""
    text = at.astimezone(desk.shop.zone).strftime("%H:%M")
    return Button("text", data("slot", order, _minutes(at)), {"text": text})


def _minutes(at: datetime) -> int:
    return int(at.timestamp()) // 60


def _label(desk: Desk, label: str, at: datetime) -> str:
    is_today = at.astimezone(desk.shop.zone).date() == desk.now.astimezone(desk.shop.zone).date()
    return f"{label}_today" if is_today else f"{label}_for"


def _grid(found: Sequence[Button]) -> Keyboard:
    return tuple(tuple(found[start : start + IN_A_ROW]) for start in range(0, len(found), IN_A_ROW))


def back(order: Order) -> Keyboard:
    """Back to the draft."""
    return ((Button("back", data("show", order)),),)
