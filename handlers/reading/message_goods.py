"""The goods of one message: lines, or edits of the open draft; without talk between them, with whom each is for."""

from dataclasses import replace

from handlers.reading.clauses import bare, pieces
from handlers.reading.draft_lines import Finder
from handlers.reading.edits import read_edits
from handlers.reading.people import for_people
from handlers.reading.remarks import without_remarks
from handlers.reading.second_thoughts import may_have_second_thoughts, taken_back
from handlers.reading.texts import Text
from handlers.reading.understood import AddLine, ClearDraft, EditsRead, Reading, ReadLine
from handlers.reading.wordings import wordings


def read_goods(goods: str, finder: Finder) -> tuple[Reading, str]:
    """The goods, and the text that they were read in: talk between them is left out where the order stays the same."""
    again = corrected(goods, finder)
    reading = again or finder.reading(goods)
    if again is None and (given_up := _given_up_for(goods, reading, finder)):
        return replace(reading, unread=(*reading.unread, *given_up)), goods
    if not reading.unread or not (reading.lines or reading.questions):
        return reading, goods
    rest = without_remarks(goods, finder.menu, finder.languages)
    if rest != goods:
        again = corrected(rest, finder) or finder.reading(rest)
        is_same = _ordered(again) == _ordered(reading) and again.questions == reading.questions
        reading, goods = (again, rest) if is_same else (reading, goods)
    lines, unread = for_people(goods, reading.lines, reading.unread, finder.languages)
    return replace(reading, lines=lines, unread=unread), goods


def _given_up_for(text: str, reading: Reading, finder: Finder) -> tuple[str, ...]:
    """The cannolo of "panna cotta instead of the cannolo", where there is none: that is said."""
    instead = wordings("edits", "instead", finder.languages)
    if not reading.lines or not instead.may_be_in(text):
        return ()
    skus = {line.sku for line in reading.lines}
    for piece in pieces(text, finder.languages):
        for found in instead.all_full(Text(bare(piece, finder.languages))):
            old = finder.reading(found["goods"])
            is_there = not skus.isdisjoint(line.sku for line in old.lines)
            if old.lines and not is_there and not any(finder.refused(found["goods"], line) for line in reading.lines):
                return (found["goods"],)
    return ()


def edits_of_draft(goods: str, draft: tuple[ReadLine, ...], finder: Finder, written: str) -> EditsRead:
    """What the words mean for the open draft, the names of people on what they add."""
    edits = read_edits(goods, draft, finder, written)
    if not edits.unread:
        return edits
    added = [edit.line for edit in edits.edits if isinstance(edit, AddLine)]
    lines, unread = for_people(goods, added, edits.unread, finder.languages)
    rest = iter(lines)
    changed = tuple(AddLine(next(rest)) if isinstance(edit, AddLine) else edit for edit in edits.edits)
    return replace(edits, edits=changed, unread=unread)


def corrected(goods: str, finder: Finder) -> Reading | None:
    """The goods after second thoughts; None if there are none."""
    if not may_have_second_thoughts(goods, finder.languages):
        return None
    read = read_edits(goods, (), finder)
    if read.edited:
        lines = tuple(edit.line for edit in read.edits if isinstance(edit, AddLine))
        return Reading(lines, read.unread, read.questions)
    reading, taken = finder.reading(goods), taken_back(goods, finder.languages)
    # Something was taken back, and nobody knows what: that must not go unsaid.
    return replace(reading, unread=(*reading.unread, taken)) if taken and reading.lines else None


def _ordered(reading: Reading) -> list[tuple[object, ...]]:
    return [(line.sku, line.quantity, line.options) for line in reading.lines]


def names_goods(text: Text, finder: Finder) -> bool:
    """ "Never mind the lemonade": it is gone, and not the whole order."""
    codes, words = finder.languages, text.less(bare(text, finder.languages))
    refused = [
        found["goods"] for key in ("refuse", "no_longer") for found in wordings("edits", key, codes).all_full(words)
    ]
    texts = (wordings("intents", "cancel", codes).sub(" ", text), *refused)
    return any(finder.reading(each).lines for each in texts)


def leaves_the_rest(edits: EditsRead) -> bool:
    """It edits single lines; "never mind the ice" none, and throws nothing away either."""
    return not (edits.edits or edits.unread) or not all(isinstance(edit, ClearDraft) for edit in edits.edits)
