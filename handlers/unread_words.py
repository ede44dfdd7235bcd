"""Words beside a draft that found no place: said once to their customer, and read by a person once it is placed."""

from collections.abc import Mapping, Sequence

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
    known = await _kept(desk, contact, draft)
    said = (sentence_of(words, (written,))[: draft_wishes.LONGEST_NOTE] for words in unread)
    fresh = {sentence: desk.tx.inbox_id for sentence in said if sentence not in known}
    await _keep(desk, contact, draft, dict(list({**known, **fresh}.items())[-MOST:]))


async def of(desk: Desk, contact: Contact, draft: Order) -> tuple[str, ...]:
    """What was said beside this draft and not read."""
    return tuple(await _kept(desk, contact, draft))


async def explained(desk: Desk, contact: Contact, draft: Order, words: str) -> None:
    """It is known now what these words meant: nobody needs to read them."""
    known = await _kept(desk, contact, draft)
    left = {one: message for one, message in known.items() if words.casefold() not in one.casefold()}
    if left != known:
        await _keep(desk, contact, draft, left)


async def taken_back(desk: Desk, contact: Contact, draft: Order, message: int) -> None:
    """What this message did is undone: nobody needs to read what it said beside."""
    known = await _kept(desk, contact, draft)
    left = {one: said_in for one, said_in in known.items() if said_in != message}
    if left != known:
        await _keep(desk, contact, draft, left)


async def _kept(desk: Desk, contact: Contact, draft: Order) -> dict[str, int | None]:
    """Each sentence with the message that it stood in."""
    asked = await desk.tx.conversations.waiting(contact.id, LEFT, draft.id)
    if asked is None:
        return {}
    words = asked.facts["words"]
    # An older version kept the words alone.
    return dict(zip(words, asked.facts.get("messages", [None] * len(words)), strict=True))


async def _keep(desk: Desk, contact: Contact, draft: Order, said: Mapping[str, int | None]) -> None:
    if said:
        facts = {"words": list(said), "messages": list(said.values())}
        await desk.tx.conversations.ask(contact.id, Asked(LEFT, draft.id, facts), desk.now)
    else:
        await desk.tx.conversations.settle(contact.id, draft.id, LEFT)


def as_note(desk: Desk, order: Order, said: Sequence[str]) -> str:
    """The order's note with them, in the staff's language."""
    label = desk.house.renderer.label("words", "unread")
    return draft_wishes.with_note(order.note, f"{label}: {' · '.join(said)}")
