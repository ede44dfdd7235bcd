"""The staff is asked, once, about accepted orders whose time is over and that nobody closed."""

from datetime import datetime

from core import left_open
from core.documents import Order
from core.notices import STAFF, Button, OrdersLeftOpen
from core.states import FulfilmentState, Kind
from handlers.buttons import data
from handlers.desk import Desk
from handlers.incoming import Answer, Tick

TOLD = "left_open_told"
"""The fact that says until when they were asked about."""
MOST_SHOWN = 40
"""Orders with two buttons each: Telegram takes 100. The others are in /orders."""


async def remind(desk: Desk, due: Tick) -> Answer:  # noqa: ARG001  # all that are left open now
    """Those that were not asked about before; whichever has more time than when its timer was set gets it anew."""
    hours, told = desk.shop.hours, desk.facts.get(TOLD)
    accepted = [order for order in await desk.tx.orders.open_orders() if order.promised is not None]
    over = [order for order in accepted if left_open.asked_at(order, hours) <= desk.now]
    await desk.tx.timers.add([left_open.timer(order, hours) for order in accepted if order not in over])
    since = datetime.fromisoformat(told) if told else datetime.min.replace(tzinfo=desk.now.tzinfo)
    new = tuple(order for order in over if left_open.asked_at(order, hours) > since)[:MOST_SHOWN]
    if not new:
        return Answer("tick_none_left_open")
    await desk.tx.facts.put(TOLD, desk.now.isoformat())
    return Answer("tick_left_open", (OrdersLeftOpen(to=STAFF, orders=new, buttons=tuple(map(_row, new))),))


def _row(order: Order) -> tuple[Button, ...]:
    """Its card, and the step that ends it; a parcel must have left first."""
    card = Button("order", data("card", order), {"number": order.number})
    if order.kind is Kind.SHIPPING and order.fulfilment is not FulfilmentState.SHIPPED:
        return (card,)
    done = ("handed_over", "hand") if order.kind is Kind.PICKUP else ("delivered", "dlv")
    return (card, Button(done[0], data(done[1], order)))
