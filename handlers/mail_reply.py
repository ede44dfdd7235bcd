"""A reply to our questions read with its draft: what is to be otherwise, in edits."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace

from core.documents import Order
from core.frozen import frozen
from core.people import Contact
from handlers import drafts
from handlers.desk import Desk
from handlers.reading.language import Words, words_for
from handlers.reading.numbers import read_number
from handlers.reading.tokens import tokenize
from handlers.reading.understood import (
    AddLine,
    ClearDraft,
    Edit,
    Intent,
    Reading,
    ReadLine,
    SetOptions,
    SetQuantity,
    Understood,
    Wishes,
)
from handlers.said import read

SENTENCE_END = re.compile(r"(?<=[.;!?,])\s+|\n+")
MOST_CLAUSES = 20


@frozen
class Reply:
    """A reply read with the draft; `places` are the questions that it answers by their number."""

    understood: Understood
    places: frozenset[int] = frozenset()
    given_up: frozenset[int] = frozenset()
    """Questions that a "forget it" or "that's my name" answers: what they were about is no goods, or wanted no more."""
    explained: frozenset[int] = frozenset()
    """Questions whose answers were wholly read, and said something."""
    settled: frozenset[int] = frozenset()
    """Questions that need not be asked again."""
    adds: bool = False
    """What it orders comes on top: it explains nothing that was asked."""
    asks_too: bool = False
    """A question of theirs stands beside the answer."""

    @property
    def changes(self) -> bool:
        """Whether the order shall be another than it was."""
        return bool(self.understood.edits) or self.understood.wishes != Wishes()

    @property
    def gives_up(self) -> bool:
        """Nothing shall be ordered any more, and nothing else is wanted."""
        edits, wants = self.understood.edits, self.understood.intent
        return wants is Intent.CANCEL or (bool(edits) and all(isinstance(edit, ClearDraft) for edit in edits))


def joined(first: Understood, other: Understood) -> Understood:
    """Both, as if said in one message; where both say how or when, the second counts."""
    said = {each.name: getattr(other.wishes, each.name) for each in fields(Wishes)}
    reading = Reading(
        first.reading.lines + other.reading.lines,
        first.reading.unread + other.reading.unread,
        first.reading.questions + other.reading.questions,
    )
    return replace(
        other,
        reading=reading,
        edits=first.edits + other.edits,
        wishes=replace(first.wishes, **{name: wish for name, wish in said.items() if wish}),
        asides=first.asides + other.asides,
    )


def as_edits(desk: Desk, contact: Contact, draft: Order, text: str) -> Understood:
    """The words read with the draft. Goods that stand there already are changed, never ordered once more."""
    known = drafts.as_read(draft)
    understood = read(desk, contact, text, draft)
    parted = {edit.words for edit in understood.edits if isinstance(edit, SetQuantity) and edit.quantity}
    refused = dict(_refused(desk, contact, draft, text))
    edits: list[Edit] = []
    for edit in understood.edits:
        if not isinstance(edit, AddLine):
            edits.append(edit)
        elif edit.line.words in parted:
            # "One of them with olives": what was taken from a line is the new one.
            edits.append(edit)
        elif not any(known[index].sku == edit.line.sku and edit.line.words in said for index, said in refused.items()):
            edits += _changed_or_new(known, edit)
    done = {edit.index for edit in edits if isinstance(edit, SetQuantity)}
    edits += [SetQuantity(index, 0, said) for index, said in refused.items() if index not in done]
    reading, intent = understood.reading, understood.intent
    return replace(understood, edits=tuple(edits), reading=reading, intent=Intent.ORDER if refused else intent)


def _refused(desk: Desk, contact: Contact, draft: Order, text: str) -> Iterator[tuple[int, str]]:
    """Lines of the draft that one clause of the words takes out: "I pick it up, without the honey please"."""
    clauses = [clause for clause in SENTENCE_END.split(text) if clause.strip()]
    if len(clauses) < 2:  # a single clause was read as it is
        return
    for clause in clauses[:MOST_CLAUSES]:
        for edit in read(desk, contact, clause, draft).edits:
            if isinstance(edit, SetQuantity) and edit.quantity == 0:
                yield edit.index, clause


def as_many(desk: Desk, contact: Contact, understood: Understood, doubts: Mapping[str, str]) -> Understood:
    """The number of what was asked about stays: "Margherita" as the answer to "2 pizzas" means two."""
    words = words_for(desk.house.reading_languages(contact.language))
    edits = list(understood.edits)
    for about, answer in doubts.items():
        number = read_number(tokenize(about), 0, words)
        fitting = [
            place
            for place, edit in enumerate(edits)
            if isinstance(edit, AddLine) and edit.line.words and edit.line.words in answer
        ]
        if number is None or number.value is None or len(fitting) != 1:
            continue
        (place,) = fitting
        added = edits[place]
        if isinstance(added, AddLine) and not _has_number(added.line.words, words):
            line = replace(added.line, quantity=number.value, words=f"{about}: {added.line.words}")
            edits[place] = AddLine(line)
    return replace(understood, edits=tuple(edits))


def _has_number(said: str, words: Words) -> bool:
    tokens = tokenize(said)
    return any(read_number(tokens, place, words) for place in range(len(tokens)))


def _changed_or_new(known: Sequence[ReadLine], edit: AddLine) -> list[Edit]:
    """Who answers often says the order once more: its number and its options count, not a second line."""
    line = edit.line
    same = [index for index, one in enumerate(known) if one.sku == line.sku]
    exact = [index for index in same if frozenset(known[index].options) == frozenset(line.options)]
    if exact:
        return [] if known[exact[0]].quantity == line.quantity else [SetQuantity(exact[0], line.quantity, line.words)]
    if len(same) != 1:
        return [edit]
    options = [SetOptions(same[0], line.options, line.words)] if line.options else []
    return [SetQuantity(same[0], line.quantity, line.words), *options]
