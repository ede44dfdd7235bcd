"""Mails of one part with well-formed headers, parsed at once: nearly all that people write to order something.

The standard library's parser feeds on lines, for mails that come in pieces; that takes four times as long.
"""

from email.message import Message
from email.policy import compat32

FOLDS = (" ", "\t")
CONTAINERS = ("multipart", "message")
CONTENT = "content-type"


def plain_message(raw: bytes) -> Message | None:
    """What `message_from_bytes` makes of these bytes; None where it has to look itself."""
    text = raw.decode("ascii", "surrogateescape")
    end = "\r\n" if text[: text.find("\n")].endswith("\r") else "\n"
    head, blank, body = text.partition(end * 2)
    lines = head.split(end)
    # Lines may end in one way only.
    if not blank or "\r" in (odd := "".join(lines)) or "\n" in odd:
        return None
    message = Message(policy=compat32)
    for field in _fields(lines, end):
        name, colon, _ = field[0].partition(":")
        if not colon or not _is_name(name):
            return None
        name, value = compat32.header_source_parse(field)
        if name.lower() == CONTENT and value.lstrip().lower().startswith(CONTAINERS):
            return None
        message.set_raw(name, value)
    message.set_payload(body)
    return message


def _is_name(text: str) -> bool:
    """Of a header: visible ASCII, no blanks."""
    return bool(text) and text.isascii() and text.isprintable() and " " not in text


def _fields(lines: list[str], end: str) -> list[list[str]]:
    """The lines of each header, those that go on with it behind its first."""
    fields: list[list[str]] = []
    for line in lines:
        if fields and line.startswith(FOLDS):
            fields[-1].append(line + end)
        else:
            fields.append([line + end])
    return fields
