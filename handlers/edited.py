"""A message that was edited after it was read: its goods take the place of the old ones, they are not added to them."""

from dataclasses import replace

from core.documents import Order
from core.people import Contact
from handlers import drafts
from handlers.desk import Desk
from handlers.incoming import ChatText
from handlers.reading.message import read_message
from handlers.reading.understood import Edit, SetQuantity, Understood


async def instead(desk: Desk, contact: Contact, draft: Order, said: ChatText, understood: Understood) -> Understood:
    """What the new words mean once the goods of the old ones are taken out of the draft."""
    old = await _earlier_text(desk, draft, said.message_id)
    if old is None:
        return understood
    languages = desk.house.reading_languages(contact.language)
    goods = read_message(old, desk.house.menu, languages=languages, now=desk.now, zone=desk.shop.zone).reading.lines
    out: list[Edit] = []
    for place, line in enumerate(drafts.as_read(draft)):
        taken = sum(one.quantity for one in goods if (one.sku, set(one.options)) == (line.sku, set(line.options)))
        if taken:
            out.append(SetQuantity(place, max(line.quantity - taken, 0)))
    return replace(understood, edits=(*out, *understood.edits))


async def _earlier_text(desk: Desk, draft: Order, message_id: int) -> str | None:
    """The newest text of this message among those that made the draft."""
    for channel, raw in await desk.tx.inbox.of_order(draft.id):
        incoming = desk.house.decoders[channel](raw)
        if isinstance(incoming, ChatText) and incoming.message_id == message_id:
            return incoming.text
    return None
