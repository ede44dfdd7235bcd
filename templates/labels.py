"""Short words of a language: buttons, states, alarms, subjects … from its labels.toml."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from core.frozen import frozen

FILE = "labels.toml"

Show = Callable[[object], str]
"""How a fact is written inside a label: an instant as a clock, a name in the language."""


class UnknownLabel(LookupError):
    """A label that no labels.toml has, or one that lacks a fact it speaks of."""


class BrokenLabels(ValueError):
    """A labels.toml that is not TOML; the message says which, and where."""


class _Unknown(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


@frozen
class Labels:
    """The tables of one language's labels.toml."""

    language: str
    tables: Mapping[str, Mapping[str, str]]

    def text(self, section: str, key: str) -> str:
        """The label as it stands in the file; raises UnknownLabel."""
        try:
            return self.tables[section][key]
        except KeyError:
            raise UnknownLabel(f"{self.language}/{FILE} has no {key!r} in [{section}]") from None

    def filled(self, section: str, key: str, facts: Mapping[str, object], show: Show) -> str:
        """The label with its facts; raises UnknownLabel for a label or a fact that is missing."""
        label = self.text(section, key)
        if "{" not in label:
            return label
        try:
            return label.format_map({name: show(fact) for name, fact in facts.items()})
        except KeyError as fact:
            raise UnknownLabel(f"{self.language}/{FILE}: {key!r} in [{section}] lacks {fact}") from None

    def alarm(self, what: str, facts: Mapping[str, object], show: Show) -> str:
        """As `filled`, but a missing fact reads "?": an alarm must get through."""
        return self.text("alarms", what).format_map(_Unknown((name, show(fact)) for name, fact in facts.items()))


def load(language: str, folders: Iterable[Path]) -> Labels:
    """All labels of a language; the first folder that has a label decides. Raises BrokenLabels."""
    tables: dict[str, dict[str, str]] = {}
    for folder in reversed(tuple(folders)):
        path = folder / FILE
        if path.is_file():
            for section, labels in _read(path).items():
                tables.setdefault(section, {}).update(labels)
    return Labels(language, tables)


def _read(path: Path) -> dict[str, dict[str, str]]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BrokenLabels(f"{path}: {error}") from None
