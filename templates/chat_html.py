"""Telegram's HTML: its plain form, and cutting what is too long without breaking a tag."""

import html
import re

LONGEST = 4096
"""A message's length in code points, tags and references not counted (Bot API, sendMessage)."""
LONGEST_CAPTION = 1024

TAG = re.compile(r"<[^<>]*>")
PIECE = re.compile(r"(?P<tag><(?P<end>/?)(?P<name>[a-z-]+)[^<>]*>)|(?P<reference>&#?\w+;)|(?P<text>[^<&]+|[<&])")


def plain(source: str) -> str:
    """The words alone."""
    return html.unescape(TAG.sub("", source) if "<" in source else source)


def fit(source: str, most: int = LONGEST) -> str:
    """At most `most` code points, ending in "…" where something was cut; every open tag is closed."""
    if len(source) <= most or len(plain(source)) <= most:
        return source
    kept: list[str] = []
    unclosed: list[str] = []
    room = most - 1
    for piece in PIECE.finditer(source):
        if piece["tag"]:
            unclosed.pop() if piece["end"] else unclosed.append(piece["name"])
        elif (size := 1 if piece["reference"] else len(piece[0])) > room:
            kept.append(piece[0][:room])
            break
        else:
            room -= size
        kept.append(piece[0])
    return "".join([*kept, "…", *(f"</{name}>" for name in reversed(unclosed))])
