"""What edits make of a draft's lines."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.documents import Line
from core.errors import SoldOut
from core.menu import Amount, Choose, Chosen, Product
from handlers import availability
from handlers.desk import Desk
from handlers.reading.understood import AddLine, ClearDraft, Edit, ReadLine, SetOptions, SetQuantity

JOINED = " + "
"""Between the words of lines that became one."""


def with_edits(
    desk: Desk, lines: Sequence[ReadLine], edits: Sequence[Edit], at: datetime
) -> tuple[tuple[ReadLine, ...], tuple[SoldOut, ...]]:
    """The lines after the edits; indexes mean the lines as they were before the first."""
    kept: list[ReadLine | None] = [line if line.sku in desk.shop.menu.by_sku else None for line in lines]
    added: list[ReadLine] = []
    refused: list[SoldOut] = []
    for edit in edits:
        if isinstance(edit, ClearDraft):
            kept, added = [None] * len(kept), []
        elif isinstance(edit, AddLine):
            product = desk.shop.menu.by_sku[edit.line.sku]
            reason = desk.availability.why_not(product, edit.line.options, at, edit.line.quantity)
            if reason is None:
                added.append(edit.line)
            else:
                refused.append(availability.as_error(reason))
        elif 0 <= edit.index < len(kept) and (line := kept[edit.index]) is not None:
            kept[edit.index] = _changed(desk.shop.menu.by_sku[line.sku], line, edit)
    return merge([line for line in (*kept, *added) if line is not None]), tuple(refused)


def grown(before: Sequence[ReadLine], edits: Sequence[Edit], lines: Sequence[Line]) -> tuple[Line, ...]:
    """Lines that were there, and were named again as if they were not: "a coke", once more, makes two."""
    there = {_key(line) for line in before}
    again = {_key(edit.line) for edit in edits if isinstance(edit, AddLine)} & there
    return tuple(line for line in lines if (line.sku, frozenset(one.chosen for one in line.options)) in again)


def _key(line: ReadLine) -> tuple[str, frozenset[Chosen]]:
    return line.sku, frozenset(line.options)


def _changed(product: Product, line: ReadLine, edit: SetQuantity | SetOptions) -> ReadLine | None:
    is_fewer = isinstance(edit, SetQuantity) and edit.quantity < line.quantity
    # What several messages made together says nothing of a part of it.
    before = "" if is_fewer and JOINED in line.words else line.words
    words = " … ".join(filter(None, (before, edit.words if edit.words not in before else "")))
    if isinstance(edit, SetQuantity):
        return replace(line, quantity=edit.quantity, words=words) if edit.quantity > 0 else None
    kept = tuple(choice for choice in line.options if choice not in edit.dropped)
    return replace(line, options=lay_over(product, kept, edit.options), words=words)


def lay_over(product: Product, old: Sequence[Chosen], new: Sequence[Chosen]) -> tuple[Chosen, ...]:
    """New choices replace old ones of the same value, and in a group of one the other value, too."""
    said = {(choice.group, choice.value) for choice in new}
    chosen = {choice.group for choice in new if choice.amount is not Amount.NONE}
    one_only = {group for group in chosen if product.by_group[group].choose is Choose.ONE}
    stay = [choice for choice in old if (choice.group, choice.value) not in said and choice.group not in one_only]
    # "0 × extra cheese" is none that anybody need read.
    return (*stay, *(choice for choice in new if choice.count))


def merge(lines: Sequence[ReadLine]) -> tuple[ReadLine, ...]:
    """The same dish with the same options is one line; with other options it is another."""
    merged: dict[tuple[str, frozenset[Chosen]], ReadLine] = {}
    for line in lines:
        key = _key(line)
        known = merged.get(key)
        if known is None:
            merged[key] = line
        else:
            words = known.words if line.words in known.words else f"{known.words}{JOINED}{line.words}"
            merged[key] = replace(known, quantity=known.quantity + line.quantity, words=words)
    return tuple(merged.values())
