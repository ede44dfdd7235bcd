"""What a message says of a draft besides its goods: how, where to, when, and whom to call."""

import re
from datetime import datetime, time
from typing import Any

from core.documents import Order
from core.people import Contact
from core.states import Kind
from core.zones import Spot
from handlers.desk import Desk
from handlers.reading.notes import joined_notes
from handlers.reading.understood import Wishes

LONGEST_ADDRESS = 500
LONGEST_PHONE = 60
LONGEST_NAME = 80
LONGEST_CODE = 40
LONGEST_NOTE = 500
LUNCH = time(12, 0)
"""What a day without a time means for a card: noon of that day."""


async def wished(desk: Desk, contact: Contact, draft: Order | None, wishes: Wishes) -> dict[str, Any]:
    """The fields of the draft that a message's other words set."""
    found: dict[str, Any] = {}
    if wishes.kind:
        found["kind"] = Kind(wishes.kind)
    if wishes.address:
        # A place on the map without an address waits for it; with one it belongs to that alone.
        found["spot"] = draft.spot if draft and not draft.address else None
        found["address"] = await keep_detail(desk, contact, "address", wishes.address, found["spot"])
        found["zone"] = ""
    if wishes.phone:
        found["phone"] = await keep_detail(desk, contact, "phone", wishes.phone)
    found |= _said(contact, draft, wishes)
    if wishes.wished:
        found["wished"] = wishes.wished
    elif wishes.wished_day:
        noon = datetime.combine(wishes.wished_day, LUNCH, tzinfo=desk.shop.zone)
        # "Today" after noon is as soon as can be.
        found["wished"] = noon if noon > desk.now else None
    elif wishes.asap:
        found["wished"] = None
    return found


def _said(contact: Contact, draft: Order | None, wishes: Wishes) -> dict[str, str]:
    """What the staff reads as it was said."""
    called = wishes.name if wishes.name != contact.name else None
    said = {
        "note": wishes.note and with_note(draft.note if draft else "", wishes.note),
        "payment": wishes.payment,
        "code": wishes.code and wishes.code[:LONGEST_CODE],
        "called": called and called[:LONGEST_NAME],
    }
    return {name: words for name, words in said.items() if words}


def with_note(note: str, said: str) -> str:
    """Notes add up: who says a second one has not taken back the first."""
    # "Don't cut them" does not hold "cut them".
    is_known = re.search(rf"(?:^|[;.!?] ){re.escape(said)}(?:$|[;.!?])", note) is not None
    return note if is_known else joined_notes((note, said), most=LONGEST_NOTE) or ""


async def keep_detail(desk: Desk, contact: Contact, kind: str, value: str, spot: Spot | None = None) -> str:
    """An address or a phone number becomes a row of its own; returns it as kept."""
    kept = " ".join(value.split())[:LONGEST_PHONE] if kind == "phone" else value.strip()[:LONGEST_ADDRESS]
    await desk.tx.customers.keep_detail(contact.customer_id, kind, kept, desk.now, spot=spot)
    return kept
