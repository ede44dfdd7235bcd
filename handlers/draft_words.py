"""Words beside an open draft that are about it, though by themselves they would be another matter."""

from dataclasses import replace

from core.documents import Order
from handlers.reading.clauses import bare, pieces
from handlers.reading.understood import ClearDraft, Intent, Reading, Understood, Wishes
from handlers.reading.wordings import wordings
from handlers.said import Said, read


def as_of_draft(said: Said) -> Said | None:
    """The message as one about the draft, where it asks or begs for something that the draft itself can take."""
    if said.draft is None or not said.draft.lines:
        return None
    understood = said.understood
    if understood.intent is Intent.QUESTION:
        # "Can you deliver instead? Lauben 5"; "could we move it to eight?" is another time, and not one to book.
        moves = understood.wishes.wished is not None and _alone(said).intent is Intent.CHANGE
        return said if understood.wishes.address or moves else None
    if understood.intent is Intent.PERSON and understood.wishes != Wishes():
        return _with_note(said)
    if understood.intent is Intent.STATUS and "?" not in said.written and _begs_a_call(said):
        wishes = Wishes(note=said.written.strip())
        return replace(said, understood=Understood(Intent.ORDER, wishes=wishes, language=understood.language))
    return None


def is_unseen(seen: Order, order: Order) -> bool:
    """Another way than before, or another sum: "ok, pick up then"."""
    return (seen.kind is not None and order.kind is not seen.kind) or order.total != seen.total


def asks_whether(said: Said) -> bool:
    """ "Is that right?" wants to see the draft; "can I order that?" orders."""
    if "?" not in said.written:
        # "Va bene tutto" is the same with and without the mark, and then it says so.
        words = said.written.strip(" \t\n.,!")
        agrees = wordings("intents", "place", said.codes).fullmatch(words) is not None
        return not agrees and wordings("intents", "checks", said.codes).fullmatch(words) is not None
    return not said.says("asks_to_order", "wants")


def throws_away(said: Said) -> bool:
    """ "Scrap that": the whole draft, and nothing in its place."""
    edits = said.understood.edits
    is_all = bool(edits) and all(isinstance(edit, ClearDraft) for edit in edits)
    return is_all and said.understood.wishes == Wishes() and said.understood.reading == Reading()


def asks_how_long(said: Said) -> bool:
    """ "How long does delivery take?", "when can I get it?": of no order that is on its way."""
    return said.understood.order_number is None and said.says("how_long", "of_my_order")


def speaks_of_delivery(said: Said) -> bool:
    return said.says("of_delivery")


def _begs_a_call(said: Said) -> bool:
    """ "Call me when it is ready": nobody asks how an order stands that is not placed."""
    return wordings("intents", "person", said.codes).match(bare(said.written, said.codes)) is not None


def _alone(said: Said) -> Understood:
    return read(said.desk, said.contact, said.written, None)


def _with_note(said: Said) -> Said | None:
    """ "Pickup at seven, and call me when it is ready": the first for the draft, the second in its note."""
    parts = pieces(said.written, said.desk.house.reading_languages(said.contact.language))
    readings = [(part, read(said.desk, said.contact, part, said.draft)) for part in parts]
    begged = [part for part, understood in readings if understood.intent is Intent.PERSON]
    told = ", ".join(part for part, understood in readings if understood.intent is not Intent.PERSON)
    understood = read(said.desk, said.contact, told, said.draft)
    if understood.intent is not Intent.ORDER:
        return None
    note = "; ".join(filter(None, (understood.wishes.note, *begged)))
    return replace(said, understood=replace(understood, wishes=replace(understood.wishes, note=note or None)))
