"""Reading JSON that somebody else wrote: what must be there is there, or it is said what is missing."""

from typing import Any

Json = dict[str, Any]

LARGEST_ID = 2**63 - 1
"""Above it no database keeps a number; Telegram's ids have 52 bits."""


class Unreadable(ValueError):
    """An update that lacks what its kind must have."""


def object_in(of: Json, name: str) -> Json:
    value = of.get(name)
    if not isinstance(value, dict):
        raise Unreadable(f"{name} is not an object")
    return value


def number_in(of: Json, name: str) -> int:
    value = of.get(name)
    if not is_id(value):
        raise Unreadable(f"{name} is not a number")
    return int(value or 0)


def words_in(of: Json, name: str) -> str:
    """Text as a database takes it; empty where there is none."""
    value = of.get(name, "")
    if not isinstance(value, str):
        raise Unreadable(f"{name} is not a text")
    return clean(value)


def clean(text: str) -> str:
    """Without NUL and half characters, which JSON can carry and databases cannot."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")


def is_id(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST_ID


def at(of: object, *path: str) -> object:
    """What lies there, None if nothing does."""
    for name in path:
        of = of.get(name) if isinstance(of, dict) else None
    return of
