"""In which language somebody is answered: their client's to begin with, then the one in which they clearly write."""

from dataclasses import replace

from core.documents import Order
from core.people import Channel, Contact
from handlers.desk import Desk
from handlers.incoming import ChatText
from handlers.reading.which_language import guess_language, says_clearly

LOOKED_AT = 5
"""Of the messages that made the draft, the newest."""


async def followed(desk: Desk, contact: Contact, draft: Order | None, written: str, guessed: str | None) -> Contact:
    """The contact, answered in the language of these words from now on, if that is clear.

    One long message is, or two short ones: a single "danke" from somebody who writes English changes nothing.
    """
    if guessed is None or guessed == contact.language.partition("-")[0] or not desk.house.renderer.speaks(guessed):
        return contact
    if not says_clearly(written, guessed) and not await _said_before(desk, draft, guessed):
        return contact
    await desk.tx.customers.set_language(contact.id, guessed)
    return replace(contact, language=guessed)


async def _said_before(desk: Desk, draft: Order | None, language: str) -> bool:
    """Whether the draft has words in this language already."""
    if draft is None or not draft.lines:
        return False
    for channel, raw in await desk.tx.inbox.of_order(draft.id, LOOKED_AT):
        said = desk.house.decoders[channel](raw) if channel is Channel.TELEGRAM else None
        if isinstance(said, ChatText) and guess_language(said.text) == language:
            return True
    return False
