"""The shop file as a tree that knows its lines, read place by place.

Nothing here raises: what is wrong is noted with its line and cure, a harmless value takes its
place, and reading goes on, so that the owner hears of all faults at once.
"""

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from core import money
from core.menu import Texts
from core.shop import Fault

LONGEST_TEXT = 1000
LARGEST_NUMBER = 1_000_000_000
LARGEST_AMOUNT = 1_000_000_000_000
"""In minor units; a million of it still fits into a database's integer."""
YES, NO = frozenset({"true", "yes", "on"}), frozenset({"false", "no", "off"})


@dataclass(slots=True)
class Scalar:
    """One word or text, as written; empty where a key has no value."""

    line: int
    text: str


@dataclass(slots=True)
class Items:
    """A list."""

    line: int
    items: "list[Node]" = field(default_factory=list)


@dataclass(slots=True)
class Entries:
    """A mapping."""

    line: int
    entries: "dict[str, Node]" = field(default_factory=dict)


Node = Scalar | Items | Entries
"""`line` is where a person looks for it: at its key, else at its dash or brace."""


@dataclass
class Notes:
    """What was found so far, and what the rest of the file depends on."""

    currency: str = "EUR"
    languages: tuple[str, ...] = ("en",)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    folder: Path | None = None
    """Where the shop file lies; None where it is read from elsewhere, and no picture is looked at."""
    pictures: dict[str, bytes] = field(default_factory=dict)
    """The pictures beside the file, by their paths."""


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """A cure for a word that is not known."""
    by_folded = {each.casefold(): each for each in known}
    close = difflib.get_close_matches(word.casefold(), by_folded, n=1)
    return f"did you mean {by_folded[close[0]]}?" if close else otherwise


def listed(words: Iterable[str]) -> str:
    """ "one, two or three"."""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


class Place:
    """One place in the file, with or without a value; sub-places by key or as items."""

    __slots__ = ("_above", "_label", "line", "node", "notes")

    def __init__(self, node: Node | None, notes: Notes, above: "Place | None" = None, label: str = "") -> None:
        self.node = node
        self.notes = notes
        self.line: int = node.line if node else above.line if above else 1
        self._above = above
        self._label = label

    @property
    def where(self) -> str:
        """The path from the top, items counted from 1: "catalogue[3].price"."""
        above = self._above.where if self._above else ""
        return f"{above}.{self._label}" if above and not self._label.startswith("[") else above + self._label

    def fault(self, what: str, cure: str) -> None:
        """Note something that cannot stay."""
        self.notes.faults.append(Fault(self.line, self.where, what, cure))

    def warn(self, what: str, cure: str) -> None:
        """Note something that the shop can live with."""
        self.notes.warnings.append(Fault(self.line, self.where, what, cure))

    @property
    def given(self) -> bool:
        """Whether there is a value."""
        return self.node is not None and not (isinstance(self.node, Scalar) and not self.node.text)

    # Sections

    def __getitem__(self, key: str) -> "Place":
        node = self.node.entries.get(key) if isinstance(self.node, Entries) else None
        return Place(node, self.notes, self, key)

    def is_section(self, *keys: str) -> bool:
        """Whether keys with values stand here; all but these `keys` are faults. Nothing at all counts as none."""
        if not self.given:
            return True
        if not isinstance(self.node, Entries):
            self.fault("keys with values belong here", f"write {listed(keys)}, each with a colon and its value")
            return False
        for key in self.node.entries:
            if key not in keys:
                # {en: oil, best in Rome}: YAML ends the text at the comma and begins another key.
                comma = "" if self[key].given else "put a text with a comma in quotes; "
                cure = did_you_mean(key, keys, f"{comma}known here: {', '.join(keys)}")
                self[key].fault(f"{key!r} is not known", cure)
        return True

    def entries(self) -> Iterator[tuple[str, "Place"]]:
        """The keys and their places, where the keys are the owner's own words."""
        if isinstance(self.node, Entries):
            yield from ((key, self[key]) for key in self.node.entries)
        elif self.given:
            self.fault("keys with values belong here", "give each entry a name, a colon and its value")

    def items(self, *, needed: str = "") -> list["Place"]:
        """The places of a list; `needed` is the cure where it must not be empty."""
        if self.given and not isinstance(self.node, Items):
            self.fault("a list belongs here", "begin each entry with a dash, or write [one, two]")
            return []
        nodes = self.node.items if isinstance(self.node, Items) else ()
        if needed and not nodes:
            self.fault("is empty" if self.given else "is missing", needed)
        return [Place(node, self.notes, self, f"[{number}]") for number, node in enumerate(nodes, 1)]

    def _stands_in_no_section(self) -> bool:
        """Then `is_section` has said so already, and nothing is missing besides."""
        above = self._above
        return above is not None and above.given and not isinstance(above.node, Entries | Items)

    # Values

    def text(self, default: str | None = None) -> str:
        """One text; without a default it must be there."""
        if not self.given:
            if default is None and not self._stands_in_no_section():
                what = "a value here" if self._label.startswith("[") else f"{self._label}: and its value"
                self.fault("is missing", f"add {what}")
            return default or ""
        if not isinstance(self.node, Scalar):
            self.fault("a single text belongs here", "write it on one line, in quotes if it has : or #")
            return default or ""
        if len(self.node.text) > LONGEST_TEXT:
            self.fault(f"has {len(self.node.text)} characters", f"shorten it to {LONGEST_TEXT}")
        return self.node.text

    def texts(self) -> Texts:
        """One text for every language, or one for each; empty if nothing is there."""
        if not isinstance(self.node, Entries):
            text = self.text("")
            return {self.notes.languages[0]: text} if text else {}
        first, *others = self.notes.languages
        self.is_section(first, *others)
        texts = {language: self[language].text("") for language in self.notes.languages}
        if not texts[first]:
            self.fault(f"has no text in {first}, the first language", f"add {first}: and its text")
        for language in others:
            if not texts[language]:
                self.warn(f"has no text in {language}", f"add {language}: and its text; until then {first} is shown")
        return {language: text for language, text in texts.items() if text}

    def words(self) -> tuple[str, ...]:
        """A list of texts; one text alone is a list of one."""
        if isinstance(self.node, Scalar):
            return (self.text(""),) if self.given else ()
        return tuple(filter(None, (item.text("") for item in self.items())))

    def one_of(self, known: Iterable[str], default: str) -> str:
        """One of these words."""
        word = self.text(default)
        if word in known:
            return word
        self.fault(f"{word!r} is not known", did_you_mean(word, known, f"write {listed(known)}"))
        return default

    def whole(self, default: int, least: int = 0, most: int = LARGEST_NUMBER) -> int:
        """A whole number within its limits."""
        text = self.text(str(default))
        if text.isascii() and text.isdigit() and len(text) < 19 and least <= int(text) <= most:
            return int(text)
        if self.given and isinstance(self.node, Scalar):
            self.fault(f"{text!r} is no whole number from {least} to {most}", f"write a number, such as {default}")
        return default

    def money(self, default: int | None = None, *, may_be_negative: bool = False) -> int:
        """An amount of the shop's currency, in minor units; without a default it must be there."""
        if not self.given and default is not None:
            return default
        text, currency = self.text(), self.notes.currency
        if not text:
            return 0
        try:
            amount = money.parse(text, currency)
        except ValueError as problem:
            self.fault(str(problem), f'write it like "{money.plain(850, currency)}"')
            return 0
        if amount < 0 and not may_be_negative:
            self.fault(f"{text!r} is less than nothing", "leave the minus out")
        if abs(amount) > LARGEST_AMOUNT:
            self.fault(f"{text!r} is more than a shop can count", "look for a digit too many")
        return amount

    def flag(self, *, default: bool) -> bool:
        """What the words true and false mean; yes, no, on and off are understood too."""
        word = self.text(str(default)).casefold()
        if word not in YES | NO:
            self.fault(f"{word!r} is neither true nor false", "write true or false")
        return word in YES
