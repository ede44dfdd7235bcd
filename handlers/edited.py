"""A message that was edited after it was read: the order is read again, as if it had said so from the start.

All messages of the order are read once more in their order, with the new words in the place of the old ones.
Where that cannot lead to the order as it stands (goods were chosen from the menu in between, say), the goods of
the old words are taken out, and those of the new ones put in.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from core import orders
from core.documents import Order
from core.frozen import frozen
from core.menu import Chosen
from core.people import Contact
from handlers import buttons, drafts
from handlers.availability import serving_time
from handlers.change_edits import as_read
from handlers.desk import Desk
from handlers.draft_edits import merge, with_edits
from handlers.incoming import ButtonTap, ChatText
from handlers.reading.message import read_message
from handlers.reading.understood import AddLine, Edit, Intent, ReadLine, SetQuantity, Understood, Wishes

MOST = 60
"""Messages of one order that are read again."""

Key = tuple[str, frozenset[Chosen]]
STEPS = {"+": 1, "-": -1}


@frozen
class Words:
    """A message, as it was written last."""

    message_id: int
    text: str


@frozen
class Step:
    """A tap on less or more: of which line, wherever it stands."""

    key: Key
    by: int


History = list[Words | Step]


@frozen
class Reread:
    """What the order would have been with the new words, and what they wish."""

    lines: tuple[ReadLine, ...]
    edits: tuple[Edit, ...]
    """The same as edits of the lines that there are."""
    wishes: Wishes
    """What the new words say otherwise than the old ones did."""
    dropped: dict[str, Any]
    """Fields of the draft that only the old words had set, as they are without them."""


async def reread(desk: Desk, contact: Contact, order: Order, said: ChatText, new: Understood) -> Reread | None:
    """None for a message that was none of the order's. `order` is a draft, or one that was placed."""
    history = await _history(desk, contact, order)
    old = next((one for one in history if _is(one, said.message_id)), None)
    if not isinstance(old, Words):
        return None
    lines = as_read(order.lines)
    if _amounts(_replayed(desk, contact, order, history)) == _amounts(lines):
        now = _with(history, Words(said.message_id, said.text))
        wanted = _replayed(desk, contact, order, now)
    else:
        edits = (*_taken_out(desk, contact, lines, old.text), *_read(desk, contact, said.text, ()).edits)
        wanted, _ = with_edits(desk, lines, edits, serving_time(desk, order.wished))
    before, after = _read(desk, contact, old.text, ()).wishes, new.wishes
    if before.wished is not None and before.wished == order.wished:
        # The old words alone had said when: nothing of that is kept beside the new ones.
        alone = _read(desk, contact, said.text, ()).wishes
        after = replace(after, wished=alone.wished, wished_day=alone.wished_day)
    return Reread(wanted, _as_edits(lines, wanted), _news(before, after), _dropped(order, before, after))


async def apply(desk: Desk, contact: Contact, draft: Order, again: Reread) -> Order:
    """The draft as it is after the edit, saved."""
    dropped = {**again.dropped, "fee": drafts.fee(desk, draft, again.dropped)}
    change = orders.edit(
        draft, drafts.price(desk, again.lines), contact.actor, desk.now, message=desk.tx.inbox_id, **dropped
    )
    await desk.tx.save(change)
    draft = change.order or draft
    edited = await drafts.apply(desk, contact, draft, Understood(Intent.ORDER, wishes=again.wishes))
    return edited.order if edited else draft


async def _history(desk: Desk, contact: Contact, order: Order) -> History:
    """What made the order, oldest first; an edited message stands where it first stood, in its newest words."""
    history: History = []
    for channel, raw in reversed(await desk.tx.inbox.of_order(order.id, MOST)):
        incoming = desk.house.decoders[channel](raw)
        if isinstance(incoming, ChatText):
            history = _with(history, Words(incoming.message_id, incoming.text))
        elif isinstance(incoming, ButtonTap):
            step = _step(incoming, _replayed(desk, contact, order, history))
            history += [step] if step else []
    return history


def _with(history: History, words: Words) -> History:
    if any(_is(one, words.message_id) for one in history):
        return [words if _is(one, words.message_id) else one for one in history]
    return [*history, words]


def _is(one: Words | Step, message_id: int) -> bool:
    return isinstance(one, Words) and one.message_id == message_id


def _step(tapped: ButtonTap, lines: Sequence[ReadLine]) -> Step | None:
    """A tap on less or more; any other leaves the lines as they are, or cannot be told from its data."""
    if not tapped.data.startswith("qty:"):
        return None
    rest = buttons.read_data(tapped.data).rest
    place, by = rest[:-1], STEPS.get(rest[-1:])
    if by is None or not place.isdecimal() or not 1 <= int(place) <= len(lines):
        return None
    return Step(_key(lines[int(place) - 1]), by)


def _replayed(desk: Desk, contact: Contact, order: Order, history: History) -> tuple[ReadLine, ...]:
    lines: tuple[ReadLine, ...] = ()
    for one in history:
        if isinstance(one, Words):
            edits = _read(desk, contact, one.text, lines).edits
            lines, _ = with_edits(desk, lines, edits, serving_time(desk, order.wished))
        else:
            stepped = (replace(line, quantity=line.quantity + one.by * (_key(line) == one.key)) for line in lines)
            lines = tuple(line for line in stepped if line.quantity > 0)
    return lines


def _read(desk: Desk, contact: Contact, text: str, lines: tuple[ReadLine, ...]) -> Understood:
    languages = desk.house.reading_languages(contact.language)
    return read_message(text, desk.house.menu, languages=languages, draft=lines, now=desk.now, zone=desk.shop.zone)


def _key(line: ReadLine) -> Key:
    return line.sku, frozenset(line.options)


def _amounts(lines: Sequence[ReadLine]) -> Counter[Key]:
    amounts: Counter[Key] = Counter()
    for line in lines:
        amounts[_key(line)] += line.quantity
    return amounts


def _as_edits(lines: Sequence[ReadLine], wanted: Sequence[ReadLine]) -> tuple[Edit, ...]:
    """What makes `wanted` of these lines; those that stay keep their place."""
    missing = {_key(line): line for line in merge(wanted)}
    edits: list[Edit] = []
    for place, line in enumerate(lines):
        found = missing.pop(_key(line), None)
        if found is None or found.quantity != line.quantity:
            edits.append(SetQuantity(place, found.quantity if found else 0, found.words if found else ""))
    edits += [AddLine(line) for line in missing.values()]
    return tuple(edits)


def _taken_out(desk: Desk, contact: Contact, lines: Sequence[ReadLine], old: str) -> tuple[Edit, ...]:
    """Without the goods of the old words: as they were said, or the only ones of their kind."""
    left = [line.quantity for line in lines]
    for one in _read(desk, contact, old, ()).reading.lines:
        same = [place for place, line in enumerate(lines) if line.sku == one.sku]
        exact = [place for place in same if _key(lines[place]) == _key(one)]
        if exact or len(same) == 1:
            place = (exact or same)[0]
            left[place] = max(left[place] - one.quantity, 0)
    pairs = enumerate(zip(lines, left, strict=True))
    return tuple(SetQuantity(place, quantity) for place, (line, quantity) in pairs if quantity != line.quantity)


def _news(old: Wishes, new: Wishes) -> Wishes:
    """What was said in the same words before is no news: it may have been said otherwise since."""
    same = {one.name for one in fields(Wishes) if getattr(old, one.name) == getattr(new, one.name)}
    nothing = Wishes()
    return replace(new, **{name: getattr(nothing, name) for name in same})


def _dropped(order: Order, old: Wishes, new: Wishes) -> dict[str, Any]:
    """What only the old words had said goes with them, if it still stands."""
    said = {
        "kind": (old.kind, new.kind, None),
        "address": (old.address, new.address, ""),
        "phone": (old.phone, new.phone, ""),
        "wished": (old.wished, new.wished or new.wished_day, None),
    }
    dropped = {
        name: nothing
        for name, (before, after, nothing) in said.items()
        if before and not after and getattr(order, name) == before
    }
    if old.note and old.note != new.note and old.note in order.note:
        # Notes add up: those of other messages stay.
        dropped["note"] = "; ".join(filter(None, (part.strip("; ") for part in order.note.split(old.note))))
    return dropped
