"""A glance at the whole shop for the sandbox's page: the orders, one of them with all that is known, stock, depths."""

from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import select

from core.documents import Bucket, Event, Line, Order
from core.menu import in_language
from core.money import plain
from core.people import ActorKind
from storage.store import Transaction
from storage.tables import contacts, orders, stock_accounts

SHOWN = 30
OURS = (Bucket.SHELF, Bucket.HELD, Bucket.COMMITTED)
"""Accounts that are shown even when they hold nothing."""


async def glance(tx: Transaction, number: int | None, zone: tzinfo) -> dict[str, Any]:
    """Everything as words ready to be read, times in `zone`; `number` picks the order, None the newest."""
    rows = (
        await tx.connection.execute(
            select(orders.c.id, orders.c.number, orders.c.state, orders.c.kind, orders.c.total, orders.c.currency,
                   contacts.c.name, contacts.c.address)
            .join(contacts, contacts.c.id == orders.c.contact_id)
            .where(orders.c.number.is_not(None))
            .order_by(orders.c.id.desc())
            .limit(SHOWN)
        )
    ).all()  # fmt: skip
    listed = [
        {
            "number": row.number,
            "state": row.state,
            "kind": row.kind or "",
            "who": row.name or row.address,
            "total": f"{plain(row.total, row.currency)} {row.currency}",
        }
        for row in rows
    ]
    chosen = next((row.id for row in rows if number is None or row.number == number), None)
    return {
        "orders": listed,
        "selected": None if chosen is None else await _one(tx, await tx.orders.get(chosen), zone),
        "depths": await _depths(tx),
    }


async def _one(tx: Transaction, order: Order, zone: tzinfo) -> dict[str, Any]:
    contact = await tx.customers.get(order.contact_id)
    names = await tx.staff.names()
    events = await tx.orders.events(order.id)
    letters = await tx.sent.of_order(order.id)
    who = contact.name or contact.address
    hands = {ActorKind.CUSTOMER: who, ActorKind.CLOCK: "clock", ActorKind.OWNER: "owner"}
    return {
        "number": order.number,
        "state": order.state,
        "kind": order.kind or "",
        "who": who,
        "channel": order.channel,
        "facts": _facts(order, zone),
        "lines": [*(_line(line, order.currency) for line in order.lines), *_fee(order)],
        "total": f"{plain(order.total, order.currency)} {order.currency}",
        "timeline": [
            {
                "at": event.at.isoformat(),
                "actor": hands.get(event.actor.kind) or names.get(event.actor.id or 0, "staff"),
                "what": _step(event),
            }
            for event in events
        ],
        "letters": [
            {"to": who if row.contact_id else "staff", "channel": row.channel, "what": row.notice, "state": row.state}
            for row in letters
        ],
        "stock": await _stock(tx, order),
    }


def _step(event: Event) -> str:
    what = event.act.replace("_", " ")
    return what if event.state_from == event.state_to else f"{what}: {event.state_from} → {event.state_to}"


def _facts(order: Order, zone: tzinfo) -> list[dict[str, str]]:
    facts = {
        "version": str(order.version),
        "fulfilment": order.fulfilment,
        "wished": _local(order.wished, zone),
        "promised": _local(order.promised, zone),
        "address": order.address,
        "phone": order.phone,
        "note": order.note,
        "tracking": f"{order.carrier} {order.tracking}".strip(),
        "trust": order.trust,
    }
    return [{"name": name, "value": value} for name, value in facts.items() if value]


def _local(at: datetime | None, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%a %d %b, %H:%M}" if at else ""


def _line(line: Line, currency: str) -> dict[str, str]:
    options = [_option(option.chosen.amount, in_language(option.name, "en")) for option in line.options]
    words = ", ".join([in_language(line.name, "en"), *options])
    return {"quantity": str(line.quantity), "words": words, "price": f"{plain(line.total, currency)} {currency}"}


def _fee(order: Order) -> list[dict[str, str]]:
    """What bringing it costs, so that the sum adds up."""
    price = f"{plain(order.fee, order.currency)} {order.currency}"
    return [{"quantity": "1", "words": str(order.kind), "price": price}] if order.fee else []


def _option(amount: str, name: str) -> str:
    return name if amount == "regular" else f"{'no' if amount == 'none' else amount} {name}"


async def _stock(tx: Transaction, order: Order) -> list[dict[str, Any]]:
    """The accounts of the order's counted articles."""
    found = []
    for sku in dict.fromkeys(line.sku for line in order.lines if line.counted):
        mine = select(stock_accounts.c.bucket, stock_accounts.c.quantity).where(
            stock_accounts.c.article_id == tx.articles.id_of(sku)
        )
        rows = (await tx.connection.execute(mine.order_by(stock_accounts.c.id))).all()
        found.append(
            {
                "sku": sku,
                "accounts": {row.bucket: str(row.quantity) for row in rows if row.quantity or row.bucket in OURS},
            }
        )
    return found


async def _depths(tx: Transaction) -> list[dict[str, str]]:
    waiting, _, dead = await tx.inbox.depth()
    letters, _ = await tx.outbox.depth()
    return [
        {"name": "inbox", "value": f"{waiting} waiting, {dead} dead"},
        {"name": "outbox", "value": f"{letters} waiting"},
    ]
