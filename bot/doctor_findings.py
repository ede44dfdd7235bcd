"""What a check found, and what to do about it."""

from enum import StrEnum

from core.frozen import frozen


class Level(StrEnum):
    """How bad it is: a warning costs something, what is bad keeps the bot from its work."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@frozen
class Finding:
    """One line of the doctor's report."""

    level: Level
    what: str
    cure: str = ""


def ok(what: str) -> Finding:
    return Finding(Level.OK, what)


def warn(what: str, cure: str) -> Finding:
    return Finding(Level.WARN, what, cure)


def bad(what: str, cure: str = "") -> Finding:
    return Finding(Level.BAD, what, cure)
