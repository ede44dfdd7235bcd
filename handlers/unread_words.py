"""Words beside a draft that found no place: said once to their customer, and read by a person once it is placed."""

from collections.abc import Sequence

from core.documents import Order
from core.people import Contact
from handlers import draft_wishes, drafts
from handlers.desk import Desk
from handlers.mail_answers import sentence_of
from storage.conversations import LEFT, Asked

MOST = 5
"""Sentences that go with an order; of more the newest."""


async def keep(desk: Desk, contact: Contact, draft: Order, unread: Sequence[str], written: str) -> None:
    """They go with this draft, in the sentences that they stood in: torn words may mean the opposite."""
    if not unread or draft.id == drafts.NOT_KEPT:
        return
    known = await of(desk, contact, draft)
    said = dict.fromkeys((*known, *(sentence_of(words, (written,))[: draft_wishes.LONGEST_NOTE] for words in unread)))
    await desk.tx.conversations.ask(contact.id, Asked(LEFT, draft.id, {"words": list(said)[-MOST:]}), desk.now)


async def of(desk: Desk, contact: Contact, draft: Order) -> tuple[str, ...]:
    """What was said beside this draft and not read."""
    asked = await desk.tx.conversations.waiting(contact.id, LEFT, draft.id)
    return tuple(asked.facts["words"]) if asked is not None else ()


async def explained(desk: Desk, contact: Contact, draft: Order, words: str) -> None:
    """It is known now what these words meant: nobody needs to read them."""
    known = await of(desk, contact, draft)
    left = [one for one in known if words.casefold() not in one.casefold()]
    if left:
        await desk.tx.conversations.ask(contact.id, Asked(LEFT, draft.id, {"words": left}), desk.now)
    elif known:
        await desk.tx.conversations.settle(contact.id, draft.id, LEFT)


def as_note(desk: Desk, order: Order, said: Sequence[str]) -> str:
    """The order's note with them, in the staff's language."""
    label = desk.house.renderer.label("words", "unread")
    return draft_wishes.with_note(order.note, f"{label}: {' · '.join(said)}")
