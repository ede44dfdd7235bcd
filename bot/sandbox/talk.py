"""A session of the sandbox as a talk: readable by the shop's owner, and a test.

`bea>` someone writes, `bea> [Place order]` taps, `carl>>` mails, `bea<` hears; words of several lines go on indented.
"""

from collections.abc import Mapping

from bot.sandbox.diary import Did, Entry


def written(entries: list[Entry], names: Mapping[int | str, str]) -> str:
    """The talk of these entries; `names` has a name for every user, chat and address that speaks or hears."""
    lines: list[str] = []
    width = max((len(name) for name in names.values()), default=0) + 3
    spoken_before = False
    for entry in entries:
        speaks = entry.did is not Did.HEARD
        if speaks and not spoken_before and lines:
            lines.append("")
        spoken_before = speaks
        lines += _lines(entry, names.get(entry.who, str(entry.who)), width)
    return "\n".join(lines) + "\n"


def _lines(entry: Entry, name: str, width: int) -> list[str]:
    words = [line.strip() for line in entry.words.splitlines() if line.strip()]
    match entry.did:
        case Did.LATER:
            return [entry.words]
        case Did.TAPPED:
            return [f"{_start(name, '>', width)}[{entry.words}]"]
        case Did.HEARD:
            return [_start(name, "<", width) + line for line in words]
    first, *rest = words or [""]
    return [_start(name, entry.did, width) + first, *(" " * width + line for line in rest)]


def _start(name: str, sign: str, width: int) -> str:
    return f"{name + sign:<{width - 1}} "
