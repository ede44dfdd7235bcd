""" "Undo", beside a draft: what the last message or tap made of it is taken back, and said."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from core import earlier, orders
from core.documents import Order
from core.earlier import State
from core.menu import Amount, Chosen
from core.notices import DraftShown, Notice
from core.people import Contact
from core.states import Kind
from core.zones import read_spot
from handlers import customers, draft_wishes, drafts, open_doubts, unread_words
from handlers.desk import Desk
from handlers.reading.clauses import bare
from handlers.reading.understood import ReadLine
from handlers.reading.wordings import with_lists, wordings

ASKED_OF_IT = ("address", "phone")
"""What the checkout may have asked because of what is taken back."""


def is_said(desk: Desk, contact: Contact, written: str) -> bool:
    """Whether the words are nothing but that."""
    codes = with_lists(desk.house.reading_languages(contact.language))
    said = wordings("edits", "undoes", codes)
    return said.may_be_in(written) and said.fullmatch(bare(written, codes)) is not None


async def undo(desk: Desk, contact: Contact, draft: Order) -> tuple[Notice, ...]:
    """The draft as it was before the last step; what a question was about is given up first.

    A draft that has just begun goes.
    """
    doubts = await open_doubts.of(desk, contact, draft)
    if doubts:
        await open_doubts.keep(desk, contact, draft, doubts, ())
        return (drafts.shown(desk, draft),)
    if not draft.earlier and draft.seq > 1:
        shown = drafts.shown(desk, draft)
        return (replace(shown, is_first=True) if isinstance(shown, DraftShown) else shown,)
    if not draft.earlier:
        return await customers.drop_draft(desk, contact, draft)
    *left, state = draft.earlier
    await unread_words.taken_back(desk, contact, draft, state["message"])
    for what in ASKED_OF_IT:
        await desk.tx.conversations.settle(contact.id, draft.id, what)
    fields = await _fields(desk, contact, state)
    fields["fee"] = drafts.fee(desk, draft, fields)
    change = orders.edit(
        draft, drafts.price(desk, _lines(state)), contact.actor, desk.now, earlier=tuple(left), **fields
    )
    await desk.tx.save(change)
    order = change.order or draft
    shown = drafts.shown(desk, order, before=draft)
    if not isinstance(shown, DraftShown):
        return (shown,)
    return (replace(shown, undone=earlier.differences(draft.lines, order.lines), is_undone=True),)


def _lines(state: State) -> tuple[ReadLine, ...]:
    return tuple(
        ReadLine(
            sku,
            quantity,
            tuple(Chosen(group, value, Amount(amount), count) for group, value, amount, count in chosen),
            words,
        )
        for sku, quantity, words, chosen in state["lines"]
    )


async def _fields(desk: Desk, contact: Contact, state: State) -> dict[str, Any]:
    """An address or a number is a row of its own, which may have been forgotten since."""
    said = {name: state.get(name, "") for name in earlier.FIELDS}
    spot = read_spot(state.get("spot"))
    for name in ("address", "phone"):
        if said[name] or (name == "address" and spot):
            of_address = spot if name == "address" else None
            said[name] = await draft_wishes.keep_detail(desk, contact, name, said[name], of_address)
    wished = datetime.fromisoformat(state["wished"]) if "wished" in state else None
    return {**said, "kind": Kind(said["kind"]) if said["kind"] else None, "spot": spot, "wished": wished, "zone": ""}
