"""An order's timeline: what happened, and what was said about it, in one list."""

import re
from collections.abc import Sequence
from html import unescape

from core.documents import Event, Order
from core.notices import STAFF, OrderTimeline, TimelineEntry
from core.people import ActorKind, Channel
from core.states import Act
from handlers.desk import Desk

OF_PEOPLE = frozenset({"customer_says", "shop_asks", "shop_replies"})
"""Letters that hold a person's own words."""
QUOTED = re.compile(r"<blockquote[^>]*>(.*?)</blockquote>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")


async def timeline(desk: Desk, order: Order) -> OrderTimeline:
    """Events and letters by their time."""
    contact = await desk.tx.customers.get(order.contact_id)
    names = await desk.tx.staff.names()
    events = await desk.tx.orders.events(order.id)
    letters = await desk.tx.sent.of_order(order.id)
    entries = [_step(steps, names, contact.name or contact.address) for steps in _together(events)]
    entries += [
        TimelineEntry(
            at=row.sent or row.created,
            what="letter",
            by=contact.name or contact.address if row.contact_id else "",
            state="uncertain" if row.uncertain else row.state,
            detail=row.notice,
            channel=row.channel,
            said=_said(row.html if row.channel == Channel.TELEGRAM else row.text) if row.notice in OF_PEOPLE else "",
        )
        # Edits of the live messages follow from the steps; what rang at somebody's stands here.
        for row in letters
        if row.card is None and row.notice != "order_timeline"
    ]
    entries.sort(key=lambda entry: entry.at)
    return OrderTimeline(to=STAFF, order=order, customer=contact.name or contact.address, entries=tuple(entries))


def _said(text: str) -> str:
    """The words that are quoted in a chat; of a mail what stands between its first line and its last."""
    quoted = QUOTED.search(text)
    if quoted is not None:
        return unescape(TAG.sub("", quoted[1])).strip()
    parts = [part.strip() for part in text.split("\n\n")]
    return parts[1] if len(parts) > 1 else ""


def _together(events: Sequence[Event]) -> list[list[Event]]:
    """Each step for itself, but what was changed of a draft in a row: how often says enough."""
    found: list[list[Event]] = []
    for event in events:
        last = found[-1][-1] if found else None
        is_more = last is not None and event.act is last.act is Act.EDIT and event.actor == last.actor
        if is_more:
            found[-1].append(event)
        else:
            found.append([event])
    return found


def _step(steps: Sequence[Event], names: dict[int, str], customer: str) -> TimelineEntry:
    event, times = steps[-1], f"{len(steps)} ×" if len(steps) > 1 else ""
    by = {ActorKind.STAFF: names.get(event.actor.id or 0, ""), ActorKind.CUSTOMER: customer}.get(event.actor.kind, "")
    detail, paid = event.facts.get("label", times), event.facts.get("paid", 0)
    return TimelineEntry(at=event.at, what=event.act, by=by, state=event.state_to, detail=detail, paid=paid)
