"""The orders, the return and the change that the samples are about."""

from dataclasses import replace
from datetime import datetime, timedelta

from core.documents import Details, Line, LineOption, Order, OrderChange, Photo, ReturnCase, ReturnItem
from core.menu import Amount, Chosen, Texts
from core.people import Channel
from core.states import ChangeState, FulfilmentState, Kind, OrderState, ReturnState

MARGHERITA: Texts = {"en": "Margherita", "de": "Margherita"}
COKE: Texts = {"en": "Coke", "de": "Cola"}
HONEY: Texts = {"en": "Chestnut honey", "de": "Kastanienhonig"}
BUSY: Texts = {"en": "We are too busy right now", "de": "Gerade ist zu viel los"}
PHOTOS = (Photo(id=1, telegram_file="AgACAgIAAxkBAAIB"),)


def _option(group: str, value: str, name: Texts, price: int = 0, amount: Amount = Amount.REGULAR) -> LineOption:
    return LineOption(Chosen(group, value, amount), name, price)


LINES = (
    Line(
        position=1,
        sku="margherita",
        name=MARGHERITA,
        quantity=2,
        unit_price=1200,
        words="2 margherita, large with extra mushrooms no onions",
        options=(
            _option("size", "large", {"en": "large", "de": "groß"}, 250),
            _option("topping", "mushrooms", {"en": "mushrooms", "de": "Pilze"}, 100, Amount.EXTRA),
            _option("topping", "onions", {"en": "onions", "de": "Zwiebeln"}, 0, Amount.NONE),
        ),
        id=1,
    ),
    Line(position=2, sku="coke", name=COKE, quantity=1, unit_price=250, words="and a coke", id=2, counted=True),
    Line(position=3, sku="honey", name=HONEY, quantity=1, unit_price=790, words="the honey", id=3, counted=True),
)


def draft(now: datetime) -> Order:
    """What Bea has said so far."""
    return Order(
        id=12,
        contact_id=7,
        customer_id=3,
        channel=Channel.TELEGRAM,
        language="en",
        currency="EUR",
        kind=Kind.PICKUP,
        lines=LINES,
        version=2,
        wished=now + timedelta(hours=2),
    )


def placed(now: datetime) -> Order:
    """The same as order #1001, to be brought to her."""
    return replace(
        draft(now),
        number=1001,
        token="K7QM",  # noqa: S106 - stands in a subject, proves nothing
        state=OrderState.PENDING,
        kind=Kind.DELIVERY,
        fee=300,
        wished=None,
        placed=now,
        address="Bea Conti, Via Larga 12, 40138 Bologna",
        phone="+39 051 555 0123",
        note="Please ring twice",
    )


def accepted(now: datetime, fulfilment: FulfilmentState = FulfilmentState.PLANNED) -> Order:
    """Order #1001, promised in half an hour."""
    promised = now + timedelta(minutes=30)
    return replace(placed(now), state=OrderState.ACCEPTED, promised=promised, fulfilment=fulfilment, version=3)


def shipped(now: datetime) -> Order:
    """Honey in the post."""
    return replace(
        accepted(now, FulfilmentState.SHIPPED),
        kind=Kind.SHIPPING,
        lines=LINES[2:],
        carrier="DHL",
        tracking="00340434161094042557",
        tracking_link="https://www.dhl.de/en/privatkunden.html?piececode=00340434161094042557",
    )


def done(now: datetime) -> Order:
    """Order #1001, handed over."""
    return replace(accepted(now, FulfilmentState.DELIVERED), state=OrderState.COMPLETED, done=now, version=6)


def case(now: datetime, state: ReturnState = ReturnState.REQUESTED) -> ReturnCase:
    """The honey of order #1001, broken."""
    return ReturnCase(
        id=3,
        order_id=12,
        order_number=1001,
        seq=1,
        contact_id=7,
        state=state,
        version=1,
        items=(ReturnItem(line_id=3, sku="honey", name=HONEY, quantity=1, paid=790),),
        reason="damaged",
        words="I want to return the honey of order 1001, the jar was broken",
        photos=PHOTOS,
        deadline=now + timedelta(days=14) if state is ReturnState.APPROVED else None,
    )


def changed(now: datetime, state: ChangeState = ChangeState.AWAITING_STAFF) -> OrderChange:
    """One coke more, and no honey, for order #1001."""
    order = placed(now)
    first, coke, honey = LINES
    return OrderChange(
        id=5,
        order_id=12,
        order_number=1001,
        seq=1,
        contact_id=7,
        state=state,
        version=1,
        before=LINES,
        lines=(first, replace(coke, quantity=2), replace(honey, cancelled=1)),
        was=Details(None, order.address, order.note, order.fee),
        details=Details(now + timedelta(hours=2), order.address, "Please ring three times", order.fee),
        words="two cokes and no honey, please, and ring three times, bring a unicorn",
        currency="EUR",
        unread=("a unicorn",),
    )
