"""Words about a placed order, read as edits of its lines; what is new or more costs what it costs today."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.documents import Line
from core.errors import SoldOut
from core.pricing import price_line
from handlers.availability import as_error, why_not
from handlers.desk import Desk
from handlers.draft_edits import lay_over
from handlers.reading.agreement import adds
from handlers.reading.clauses import pieces
from handlers.reading.message import read_message
from handlers.reading.order_numbers import find_order_number
from handlers.reading.understood import AddLine, ClearDraft, Edit, ReadLine, SetQuantity, Understood

_PLUS = re.compile(r"(?<!\S)\+")


def as_read(lines: Sequence[Line]) -> tuple[ReadLine, ...]:
    """Lines of an order in the shape that the readers know."""
    return tuple(
        ReadLine(line.sku, line.quantity, tuple(option.chosen for option in line.options), line.words) for line in lines
    )


def read_for(desk: Desk, language: str, written: str, lines: Sequence[Line], wished: datetime | None) -> Understood:
    """The words of somebody who uses this language as edits of these lines, which are for the time that was wished.

    The order's number is none of them.
    """
    languages = desk.house.reading_languages(language)
    found = find_order_number(written, languages)
    rest = f"{written[: found.span[0]]} {written[found.span[1] :]}" if found else written
    known = as_read(lines)

    def read_beside(draft: tuple[ReadLine, ...], words: str = rest) -> Understood:
        return read_message(
            words,
            desk.house.menu,
            languages=languages,
            draft=draft,
            wished=wished,
            now=desk.now,
            zone=desk.shop.zone,
        )

    read = read_beside(known)
    if read.reading.unread and not read.edits:
        # "One of us can't come, take out a gnocchi": the edit is read without the reason for it.
        edits = ". ".join(piece for piece in pieces(rest, languages) if _is_edit(read_beside(known, piece)))
        read = replace(read_beside(known, edits), wishes=read.wishes) if edits else read
    if _may_move_by_a_word(desk, read, wished) and not any(
        said.wishes.wished and not said.edits
        for said in (read_beside(known, piece) for piece in pieces(rest, languages))
    ):
        # "No lemonade today": the day is that of the lemonade, and the order stays on its own.
        read = replace(read, wishes=replace(read.wishes, wished=None))
    if adds(written) or _PLUS.search(written):
        alone = read if read.edits or not read.reading.lines else read_beside(())
        # "Also add the salad", of which there is none yet: it joins all the same.
        return alone if alone.edits and not alone.reading.unread else read
    return replace(read, edits=as_many_in_all(known, read.edits))


def _is_edit(understood: Understood) -> bool:
    """Whether it does more than name goods, and nothing of it is unread."""
    does_more = any(not isinstance(edit, AddLine | ClearDraft) for edit in understood.edits)
    return does_more and not (understood.reading.unread or understood.reading.questions)


def _may_move_by_a_word(desk: Desk, read: Understood, wished: datetime | None) -> bool:
    """Beside goods a day was named, and no hour: today."""
    if not read.edits or read.wishes.wished is None or wished is None:
        return False
    here, was, now = (at.astimezone(desk.shop.zone) for at in (read.wishes.wished, wished, desk.now))
    return here.time() == was.time() and here.date() == now.date()


def as_many_in_all(known: Sequence[ReadLine], edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """The edits where goods that are named again are counted in all."""
    return tuple(_as_many_in_all(known, edit) for edit in edits)


def _as_many_in_all(known: Sequence[ReadLine], edit: Edit) -> Edit:
    """Goods that stand on the order once, and are named alone: so many it shall be, not so many more."""
    if not isinstance(edit, AddLine):
        return edit
    same = [index for index, line in enumerate(known) if line.sku == edit.line.sku]
    if len(same) != 1 or (edit.line.options and set(edit.line.options) != set(known[same[0]].options)):
        return edit
    return SetQuantity(same[0], edit.line.quantity, edit.line.words)


def concerns(understood: Understood) -> bool:
    """Whether words change what stands on the order: its lines, or, without any goods, when and where to."""
    wishes = understood.wishes
    if not understood.reading.lines and (wishes.wished or wishes.address or wishes.kind):
        return True
    return any(not isinstance(edit, AddLine) for edit in understood.edits)


def in_place_of_one(desk: Desk, lines: Sequence[Line], understood: Understood) -> tuple[Edit, ...]:
    """The goods that are named for the only line of their kind, or the only one there is; none if it may be several."""
    named = understood.reading.lines
    if not named or understood.reading.unread or understood.reading.questions:
        return ()
    kinds = {product.category for one in named if (product := desk.shop.menu.by_sku.get(one.sku))}
    of_kind = [at for at, line in enumerate(lines) if _kind_of(desk, line) in kinds]
    meant = of_kind or list(range(len(lines)))
    if len(meant) != 1:
        return ()
    return (SetQuantity(meant[0], 0, named[0].words), *(AddLine(line) for line in named))


def _kind_of(desk: Desk, line: Line) -> str:
    product = desk.shop.menu.by_sku.get(line.sku)
    return product.category if product else ""


def asks_which(understood: Understood) -> bool:
    """Whether words speak of what stands on the order, and it cannot be told of which of it."""
    return not understood.edits and any(not question.likely for question in understood.reading.questions)


def after_edits(
    desk: Desk, base: Sequence[Line], edits: Sequence[Edit], at: datetime
) -> tuple[tuple[Line, ...], tuple[SoldOut, ...]]:
    """The lines after the edits, and what of them cannot be had at that time; indexes mean the lines of `base`."""
    pairs: list[tuple[Line | None, ReadLine | None]] = list(zip(base, as_read(base), strict=True))
    for edit in edits:
        if isinstance(edit, ClearDraft):
            pairs = []
        elif isinstance(edit, AddLine):
            pairs.append((None, edit.line))
        elif edit.index < len(base) and edit.index < len(pairs):
            old, new = pairs[edit.index]
            pairs[edit.index] = old, _edited(desk, new, edit)
    lines: list[Line] = []
    refused: list[SoldOut] = []
    for old, new in pairs:
        if new is None:
            continue
        line = _as_it_was(old, new) or _as_of_today(desk, new, at)
        if isinstance(line, Line):
            lines.append(line)
            continue
        refused.append(line)
        lines += [old] if old is not None else []
    return tuple(lines), tuple(refused)


def _edited(desk: Desk, line: ReadLine | None, edit: Edit) -> ReadLine | None:
    if line is None or isinstance(edit, AddLine | ClearDraft):
        return line
    words = " … ".join(filter(None, (line.words, edit.words if edit.words not in line.words else "")))
    if isinstance(edit, SetQuantity):
        return replace(line, quantity=edit.quantity, words=words) if edit.quantity > 0 else None
    product = desk.shop.menu.by_sku.get(line.sku)
    kept = tuple(choice for choice in line.options if choice not in edit.dropped)
    return replace(line, options=lay_over(product, kept, edit.options), words=words) if product else line


def _as_it_was(old: Line | None, new: ReadLine) -> Line | None:
    """The line as it stands, with as many or fewer of it: nothing of today's menu matters."""
    if old is None or new.quantity > old.quantity or set(new.options) != {option.chosen for option in old.options}:
        return None
    return replace(old, quantity=new.quantity, words=new.words)


def _as_of_today(desk: Desk, line: ReadLine, at: datetime) -> Line | SoldOut:
    reason = why_not(desk, line, at)
    if reason is not None:
        return as_error(reason)
    return price_line(desk.shop.menu.by_sku[line.sku], line.quantity, line.options, line.words, 0)
