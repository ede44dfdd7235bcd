"""What a draft was before its last steps, so that each can be taken back: kept with the draft, and gone with it."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from core.documents import ChangedLine, Line, Order

MOST = 4
"""So many steps can be taken back."""
FIELDS = ("kind", "address", "phone", "note", "payment", "code", "called")
"""What a step may have changed beside the goods, the time and the place on the map."""

State = dict[str, Any]
"""Goods and fields as JSON knows them; `message` ended it."""


def remembered(order: Order, message: int | None) -> tuple[State, ...]:
    """The draft's states, with the one that this message is about to end; an empty draft is none."""
    if message is None or not order.lines or (order.earlier and order.earlier[-1]["message"] == message):
        return order.earlier
    return (*order.earlier, _state(order, message))[-MOST:]


def _state(order: Order, message: int) -> State:
    said = {name: value for name in FIELDS if (value := getattr(order, name))}
    if order.wished is not None:
        said["wished"] = order.wished.isoformat()
    if order.spot is not None:
        said["spot"] = str(order.spot)
    return {"message": message, "lines": [_kept(line) for line in order.lines], **said}


def _kept(line: Line) -> list[Any]:
    chosen = [option.chosen for option in line.options]
    return [line.sku, line.quantity, line.words, [[one.group, one.value, one.amount, one.count] for one in chosen]]


def differences(before: Sequence[Line], after: Sequence[Line]) -> tuple[ChangedLine, ...]:
    """What of the goods is more or less; a dish with other options is another."""
    had, has = _counted(before), _counted(after)
    lines = {_same(line): line for line in (*before, *after)}
    changed = (ChangedLine(line, had[key], has[key]) for key, line in lines.items())
    return tuple(one for one in changed if one.before != one.after)


def _counted(lines: Sequence[Line]) -> Counter[Any]:
    counted: Counter[Any] = Counter()
    for line in lines:
        counted[_same(line)] += line.quantity
    return counted


def _same(line: Line) -> Any:
    return line.sku, frozenset(option.chosen for option in line.options)
