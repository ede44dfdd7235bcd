"""Formatting: Telegram's HTML into text and entities, as strictly as the real server, and back for the page.

Offsets and lengths of entities count UTF-16 code units; offsets in errors count bytes of UTF-8.
"""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bot.sandbox.telegram_values import ApiError, Json

KIND_OF_TAG = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("span", "tg-spoiler"), "spoiler"),
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
TAG_OF_KIND = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
ATTRIBUTE = re.compile(r"""\s+([a-zA-Z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'=]+)))?""")
SAFE_ADDRESS = re.compile(r"(https?|tg|mailto|tel):")
MENTIONED = re.compile(r"tg://user\?id=(\d{1,15})")
NAMED = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"'}
REFERENCE = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
SEEN_BY_ITSELF = re.compile(
    r"(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<url>https?://[^\s<>\"]+)"
    r"|(?<![\w/<>@])(?P<bot_command>/[a-zA-Z0-9_]{1,64}(?:@\w+)?)(?![/<>])"
    r"|(?<!\w)(?P<mention>@\w{4,32})"
)


def utf16(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def _cannot(what: str, source: str, at: int, after: str = "") -> ApiError:
    offset = len(source[:at].encode())
    return ApiError.bad_request(f"can't parse entities: {what} at byte offset {offset}{after}")


@dataclass
class _Open:
    tag: str
    start: int
    attributes: dict[str, str]

    def entity(self, end: int, inside: str) -> Json | None:
        kind = KIND_OF_TAG[self.tag]
        entity: Json = {"type": kind, "offset": self.start, "length": end - self.start}
        if kind == "text_link":
            address = self.attributes.get("href") or inside
            if not SAFE_ADDRESS.match(address):
                return None
            if mentioned := MENTIONED.fullmatch(address):
                user = {"id": int(mentioned[1]), "is_bot": False, "first_name": inside}
                return {**entity, "type": "text_mention", "user": user}
            entity["url"] = address
        if kind == "custom_emoji":
            entity["custom_emoji_id"] = self.attributes.get("emoji-id", "")
        if kind == "blockquote" and "expandable" in self.attributes:
            entity["type"] = "expandable_blockquote"
        return entity if entity["length"] else None


@dataclass
class _Reader:
    source: str
    at: int = 0
    words: list[str] = field(default_factory=list)
    length: int = 0
    open: list[_Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def read(self) -> tuple[str, list[Json]]:
        while self.at < len(self.source):
            if self.source.startswith("</", self.at):
                self._end_tag()
            elif self.source[self.at] == "<":
                self._start_tag()
            else:
                self._words()
        if self.open:
            what = f"can't parse entities: Can't find end tag corresponding to start tag \"{self.open[-1].tag}\""
            raise ApiError.bad_request(what)
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.words), self.entities

    def _words(self) -> None:
        end = self.source.find("<", self.at)
        raw = self.source[self.at : end if end >= 0 else len(self.source)]
        text = REFERENCE.sub(lambda found: NAMED.get(found[0]) or html.unescape(found[0]), raw)
        self.words.append(text)
        self.length += utf16(text)
        self.at += len(raw)

    def _start_tag(self) -> None:
        begin = self.at
        name = re.compile(r"[^\s>]*").match(self.source, begin + 1)
        tag = name[0].lower() if name else ""
        if ">" not in self.source[begin:]:
            raise _cannot("Unclosed start tag", self.source, begin)
        if tag not in KIND_OF_TAG:
            raise _cannot(f'Unsupported start tag "{tag}"', self.source, begin)
        attributes = {}
        self.at = begin + 1 + len(tag)
        while found := ATTRIBUTE.match(self.source, self.at):
            attributes[found[1].lower()] = html.unescape(found[2] or found[3] or found[4] or "")
            self.at = found.end()
        rest = re.compile(r"\s*>").match(self.source, self.at)
        if rest is None:
            raise _cannot(f'Unexpected end of name token in the tag "{tag}"', self.source, begin)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise _cannot('Tag "span" must have class "tg-spoiler"', self.source, begin)
        self.at = rest.end()
        self.open.append(_Open(tag, self.length, attributes))

    def _end_tag(self) -> None:
        begin = self.at
        end = self.source.find(">", begin)
        if not self.open:
            raise _cannot("Unexpected end tag", self.source, begin)
        if end < 0:
            raise _cannot("Unclosed end tag", self.source, begin)
        opened = self.open.pop()
        tag = self.source[begin + 2 : end].strip().lower()
        if tag and tag != opened.tag:
            after = f', expected "</{opened.tag}>", found "</{tag}>"'
            raise _cannot("Unmatched end tag", self.source, begin, after)
        inside = "".join(self.words).encode("utf-16-le")[2 * opened.start :].decode("utf-16-le")
        if entity := opened.entity(self.length, inside):
            self.entities.append(entity)
        self.at = end + 1


def parse(source: str) -> tuple[str, list[Json]]:
    """The text and its entities; ApiError with the real server's words if the HTML is broken."""
    return _Reader(source).read()


def trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Without white space at both ends, as the server keeps it."""
    lead = utf16(text[: len(text) - len(text.lstrip())])
    text = text.strip()
    whole = utf16(text)
    kept = []
    for entity in entities:
        start = max(entity["offset"] - lead, 0)
        end = min(entity["offset"] + entity["length"] - lead, whole)
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return text, kept


def with_found(text: str, entities: list[Json]) -> list[Json]:
    """The entities plus what Telegram finds by itself: commands, addresses, mentions."""
    taken = [(entity["offset"], entity["offset"] + entity["length"]) for entity in entities]
    found = list(entities)
    for match in SEEN_BY_ITSELF.finditer(text):
        start, length = utf16(text[: match.start()]), utf16(match[0])
        if all(start >= to or start + length <= since for since, to in taken):
            found.append({"type": match.lastgroup, "offset": start, "length": length})
    return sorted(found, key=lambda entity: (entity["offset"], -entity["length"]))


def to_html(text: str, entities: list[Json]) -> str:
    """Safe HTML for the page: everything escaped, known tags only, nested properly."""
    units = text.encode("utf-16-le")

    def piece(since: int, to: int) -> str:
        return html.escape(units[2 * since : 2 * to].decode("utf-16-le", "replace"))

    return "".join(_nested(piece, entities, 0, len(units) // 2))


def _nested(piece: Callable[[int, int], str], entities: list[Json], since: int, to: int) -> Iterator[str]:
    at = since
    while entities:
        first, entities = entities[0], entities[1:]
        start, end = first["offset"], min(first["offset"] + first["length"], to)
        if start < at:
            continue
        inside = [entity for entity in entities if entity["offset"] < end]
        entities = entities[len(inside) :]
        before, after = _tags(first, piece(start, end))
        yield piece(at, start)
        yield before
        yield from _nested(piece, inside, start, end)
        yield after
        at = end
    yield piece(at, to)


def _tags(entity: Json, inside: str) -> tuple[str, str]:
    kind = entity["type"]
    address = {"text_link": html.escape(str(entity.get("url"))), "email": f"mailto:{inside}", "url": inside}.get(
        kind, ""
    )
    if SAFE_ADDRESS.match(address):
        return f'<a href="{address}" target="_blank" rel="noopener noreferrer">', "</a>"
    if kind == "expandable_blockquote":
        return "<blockquote>", "</blockquote>"
    if kind in TAG_OF_KIND:
        return f"<{TAG_OF_KIND[kind]}>", f"</{TAG_OF_KIND[kind]}>"
    return f'<span class="{html.escape(kind)}">', "</span>"
