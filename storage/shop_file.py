"""The shop file: bytes in, a Shop out, or every fault at once with its line and cure.

YAML is read as a stream of events, with all scalars as the text that was written: `no`, `007`
and `1_000` stay what the owner typed, and each key knows its line.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import yaml
from yaml import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    Mark,
    MarkedYAMLError,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    YAMLError,
)

from core.frozen import frozen
from core.shop import Fault, Shop
from storage.shop_nodes import Entries, Items, Node, Notes, Scalar
from storage.shop_schema import read_shop

LARGEST_FILE_BYTES = 10_000_000
DEEPEST = 20
"""No key of the shop file stands deeper than 8."""

EMPTY = frozenset({"", "~", "null", "Null", "NULL"})
TAB_INDENT = re.compile(" *\t")
NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


class ShopFileError(Exception):
    """The shop file cannot be used; `faults` are all that were found, in the order of its lines."""

    def __init__(self, faults: tuple[Fault, ...], name: str = "shop.yaml") -> None:
        self.faults = faults
        super().__init__("\n".join(f"{name}: {fault}" for fault in faults))


class KeptFileError(ShopFileError):
    """The shop file that counts cannot be read any more: the version that took it was less strict."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(faults, "the kept shop file")
        self.args = (f"{self}\n`orderbot menu export` prints it, `orderbot menu apply` puts a mended one in its place",)


class NoShopFile(ShopFileError):
    """There is no such file, or it may not be read."""

    def __init__(self, path: Path, why: str) -> None:
        fault = Fault(1, "", f"cannot be read: {why}", "name a file that is there and may be read")
        super().__init__((fault,), path.name)
        # A file that nobody has read has no lines.
        self.args = (f"{path} {fault.what}; {fault.cure}",)


@frozen
class ShopFile:
    """A shop file as it lies on the disk: its bytes, the pictures beside it, and what all of it means.

    They are read once, so that what was checked is what is kept.
    """

    content: bytes
    shop: Shop
    pictures: Mapping[str, bytes]


def load_shop(path: Path) -> Shop:
    """The shop of a file. Raises ShopFileError, also where the file cannot be read."""
    return load_shop_file(path).shop


def load_shop_file(path: Path) -> ShopFile:
    """The same with its bytes and pictures."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE_BYTES + 1)
    except OSError as problem:
        raise NoShopFile(path, problem.strerror or type(problem).__name__) from None
    notes = Notes(folder=path.parent)
    shop = _parsed(data, path.name, notes)
    return ShopFile(data, shop, notes.pictures)


def parse_shop(data: bytes, name: str = "shop.yaml") -> Shop:
    """The shop of a file's bytes; `name` stands before each fault. Raises ShopFileError."""
    return _parsed(data, name, Notes())


def parse_kept(data: bytes) -> Shop:
    """The shop of the file that counts. Raises KeptFileError."""
    try:
        return parse_shop(data)
    except ShopFileError as error:
        raise KeptFileError(error.faults) from None


def _parsed(data: bytes, name: str, notes: Notes) -> Shop:
    try:
        node = _tree(_text(data), notes)
        shop = read_shop(node, notes)
    except _Unreadable as problem:
        notes.faults.extend(problem.faults)
    if notes.faults:
        raise ShopFileError(tuple(sorted(notes.faults, key=lambda fault: fault.line)), name)
    return replace(shop, warnings=tuple(notes.warnings))


class _Unreadable(Exception):
    """With these faults the rest of the file cannot be understood."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults


def _text(data: bytes) -> str:
    if len(data) > LARGEST_FILE_BYTES:
        raise _Unreadable(Fault(1, "", f"is larger than {LARGEST_FILE_BYTES:,} bytes", "name the shop file itself"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise _Unreadable(Fault(line, "", "is not written in UTF-8", "save the file in the encoding UTF-8")) from None
    if found := NOT_TEXT.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise _Unreadable(Fault(line, "", f"has the control character {found[0]!r}", "delete this character"))
    return text


def _tree(text: str, notes: Notes) -> Node:
    # The parser in C is twenty times as fast; PyYAML has it on all the usual machines.
    events = yaml.parse(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    try:
        return _Builder(notes).build(events)
    except MarkedYAMLError as problem:
        raise _Unreadable(_explained(problem, text)) from None
    except YAMLError as problem:
        raise _Unreadable(Fault(1, "", f"is not YAML: {problem}", "write it like the example shop")) from None


def _line(mark: Mark | None) -> int:
    return mark.line + 1 if mark else 1


def _explained(problem: MarkedYAMLError, text: str) -> Fault:
    line = _line(problem.problem_mark or problem.context_mark)
    what = f"is not YAML: {problem.problem or problem.context}"
    if any(map(TAB_INDENT.match, text.splitlines()[line - 1 : line])):
        return Fault(line, "", what, "indent with blanks, never with tabs")
    return Fault(line, "", what, "look at indentation, colons, brackets and quotes in this line and the one above")


class _Builder:
    """Puts the tree together; what stands open is on the stack."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._root: Node | None = None
        self._open: list[Items | Entries] = []
        self._keys: list[tuple[str, int] | None] = []
        """For each open node the key that waits for its value, with its line."""
        self._aliases: list[Fault] = []

    def build(self, events: Iterator[Event]) -> Node:
        for event in events:
            match event:
                case ScalarEvent():
                    self._scalar(event)
                case MappingStartEvent():
                    self._begin(Entries(_line(event.start_mark)))
                case SequenceStartEvent():
                    self._begin(Items(_line(event.start_mark)))
                case MappingEndEvent() | SequenceEndEvent():
                    self._open.pop()
                    self._keys.pop()
                case AliasEvent():
                    self._alias(event)
                case DocumentStartEvent() if self._root is not None:
                    raise _Unreadable(Fault(_line(event.start_mark), "", "begins a second document", "delete the ---"))
        if self._root is None:
            raise _Unreadable(Fault(1, "", "is empty", "write at least shop: and catalogue:"))
        if self._aliases:
            raise _Unreadable(*self._aliases)
        return self._root

    def _begin(self, node: Items | Entries) -> None:
        if len(self._open) >= DEEPEST:
            raise _Unreadable(Fault(node.line, "", "is nested too deeply", "write it like the example shop"))
        self._put(node)
        self._open.append(node)
        self._keys.append(None)

    def _scalar(self, event: ScalarEvent) -> None:
        line = _line(event.start_mark)
        if self._open and isinstance(self._open[-1], Entries) and self._keys[-1] is None:
            self._keys[-1] = event.value, line
        else:
            empty = not event.style and event.value in EMPTY
            self._put(Scalar(line, "" if empty else event.value.strip()))

    def _alias(self, event: AliasEvent) -> None:
        """An alias may grow a small file without end, so none is followed."""
        line = _line(event.start_mark)
        cure = "write it out, or make it an option set"
        self._aliases.append(Fault(line, "", f"the YAML alias *{event.anchor} is not read", cure))
        self._scalar(ScalarEvent(None, None, (True, False), "", event.start_mark))

    def _put(self, node: Node) -> None:
        if not self._open:
            self._root = node
        elif isinstance(within := self._open[-1], Items):
            within.items.append(node)
        elif waiting := self._keys[-1]:
            key, node.line = waiting
            self._keys[-1] = None
            self._enter(within, key, node)
        else:
            cure = "write a word before the colon"
            raise _Unreadable(Fault(node.line, "", "has a list or a mapping as a key", cure))

    def _enter(self, within: Entries, key: str, node: Node) -> None:
        first = within.entries.setdefault(key, node)
        if first is not node:
            fault = Fault(node.line, key, f"stands twice, first in line {first.line}", "leave one of them")
            self._notes.faults.append(fault)
