"""A small shop as values, and orders in it: for the rules, which fetch nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from core import orders, undo
from core.change import Change
from core.documents import Event, Line, Order, Payment
from core.hours import Hours
from core.menu import Menu, Product
from core.people import Actor, ActorKind, Channel
from core.shop import Fulfilment, Shop, Way
from core.states import Act, Kind

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
BEA = Actor(ActorKind.CUSTOMER, 1, "Bea")
ANNA = Actor(ActorKind.STAFF, 1, "Anna")
NO = {"en": "Too busy"}

PRODUCTS = (
    Product("pizza", {"en": "Pizza"}, 850, stock=5),
    Product("coke", {"en": "Coke"}, 300, stock=7),
    Product("soup", {"en": "Soup"}, 600),
)
WAYS = (Way(Kind.PICKUP), Way(Kind.DELIVERY, fee=250), Way(Kind.SHIPPING, fee=490))


def shop(**given: object) -> Shop:
    """Open round the clock, everything goes every way; `given` replaces fields."""
    made = Shop(
        name="Trattoria",
        currency="EUR",
        timezone="Europe/Rome",
        languages=("en",),
        menu=Menu("EUR", ("en",), PRODUCTS),
        hours=Hours(ZoneInfo("Europe/Rome")),
        fulfilment=Fulfilment(WAYS),
    )
    return replace(made, **given)  # type: ignore[arg-type]


SHOP = shop()


def line(sku: str, quantity: int, place: int = 1) -> Line:
    product = SHOP.menu.by_sku[sku]
    return Line(place, sku, product.name, quantity, product.price, counted=product.stock is not None, id=100 + place)


def draft(*lines: Line, kind: Kind = Kind.PICKUP, order_id: int = 1) -> Order:
    numbered = tuple(replace(one, position=place, id=100 * order_id + place) for place, one in enumerate(lines, 1))
    return Order(order_id, 1, 1, Channel.TELEGRAM, "en", "EUR", kind=kind, lines=numbered)


def place(order: Order, now: datetime = NOON, by: Actor = BEA) -> Change:
    return orders.place(order, number=1000 + order.id, token="K7QM", by=by, shop=SHOP, now=now)


def after(change: Change) -> Order:
    """The order of a change, with ids for its reservations as the database gives them."""
    order = change.order
    assert order is not None
    ids = iter(range(10 * order.version + 1000 * order.id, 10_000_000))
    given = tuple(one if one.id else replace(one, id=next(ids)) for one in order.reservations)
    return replace(order, reservations=given)


def accepted(order: Order, now: datetime = NOON) -> Order:
    """Placed and accepted at `now`."""
    placed = after(place(order, now))
    return after(orders.accept(placed, by=ANNA, promised=now + 15 * MINUTE, now=now))


def completed(order: Order, now: datetime = NOON) -> Change:
    """The change that hands an accepted order over."""
    act = Act.HAND_OVER if order.kind is Kind.PICKUP else Act.DELIVER
    return orders.advance(accepted(order, now), act, by=ANNA, now=now)


def taken_back(order: Order, last: Sequence[Event], payments: Sequence[Payment] = (), now: datetime = NOON) -> Change:
    return undo.undo(order, last, payments, by=ANNA, approval=SHOP.approval, now=now)
