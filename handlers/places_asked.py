""" "Do you deliver to Bolzano?", answered; then "2 margherita there, please": brought, and to the place asked about."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

from core.documents import Order
from core.people import Contact
from core.states import Kind
from handlers.desk import Desk
from handlers.reading.clauses import bare
from handlers.reading.understood import Intent, Reading, Understood
from handlers.reading.wordings import with_lists, wordings
from handlers.said import Said
from storage.conversations import WHERE, Asked

LASTS = timedelta(hours=2)
"""So long "there" is the place that was asked about."""
LONGEST = 80
"""Characters of a place."""
ENDS = re.compile(r"[?!;\n]|\.(?=\s|$)")
MAY_POINT = frozenset({Intent.ORDER, Intent.OTHER, Intent.PLACE, Intent.CHANGE})


async def remember(said: Said, written: str, kind: Kind) -> None:
    """The place of a question that was answered, for an order to it."""
    kept = Asked(WHERE, facts={"kind": kind, "place": _place(said, written), "until": _until(said.desk)})
    await said.desk.tx.conversations.ask(said.contact.id, kept, said.desk.now)


def _until(desk: Desk) -> str:
    return (desk.now + LASTS).isoformat()


def _place(said: Said, written: str) -> str:
    """ "39100 Bozen": what stands behind "to", as far as the question goes, or between "nach" and "liefern"."""
    if said.understood.wishes.address:
        return said.understood.wishes.address
    found = wordings("intents", "names_place", said.codes).search(written)
    if found is None:
        return ""
    behind = bare(ENDS.split(written[found.end() :])[0], said.codes)
    place = behind or " ".join(written[found.start() : found.end()].split()[1:-1])
    return place if len(place) <= LONGEST else ""


async def pointed_at(
    desk: Desk, contact: Contact, draft: Order | None, understood: Understood, written: str
) -> Understood:
    """The message with the way and the place that its "there" means; as it is where nothing was asked before."""
    asked = await desk.tx.conversations.waiting(contact.id, WHERE, None)
    if asked is None or understood.intent not in MAY_POINT or not _is_order(draft, understood):
        return understood
    there = wordings("intents", "points_there", with_lists(desk.house.reading_languages(contact.language)))
    if there.search(written) is None or datetime.fromisoformat(asked.facts["until"]) < desk.now:
        return understood
    await desk.tx.conversations.take(contact.id, WHERE)
    wishes = understood.wishes
    wishes = replace(
        wishes,
        kind=wishes.kind or asked.facts["kind"],
        address=wishes.address or asked.facts["place"] or None,
    )
    unread = tuple(words for words in understood.reading.unread if not there.search(words))
    reading = replace(understood.reading, unread=unread)
    return replace(understood, intent=Intent.ORDER, wishes=wishes, reading=reading)


def _is_order(draft: Order | None, understood: Understood) -> bool:
    """Goods, or words beside a draft that has some."""
    has_goods = bool(understood.edits) or understood.reading != Reading()
    return (has_goods and understood.intent is Intent.ORDER) or (draft is not None and bool(draft.lines))
