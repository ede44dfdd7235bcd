"""The parts of a mail within limits: its text, its photos, the names of what else is attached."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message

from handlers.reading.mail_headers import decoded, text_of

MAIL_BYTES = 10 * 1024 * 1024
PART_BYTES = 5 * 1024 * 1024
PARTS = 50
DEPTH = 10
SMALL_PICTURE_BYTES = 20_000
"""A smaller picture that belongs to an HTML text is a logo, not a photo."""

Photo = tuple[str, str, bytes]
"""File name, MIME type (from the bytes, not from what the mail says) and the bytes."""

PLAIN_CONTENT = re.compile(r"text/plain; *charset=\"?([\w-]+)\"?", re.ASCII | re.IGNORECASE)
"""What nearly every text says of itself: the standard library takes any other apart."""

STRIKES = re.compile(rb"<(?:s|strike|del)[\s>]|line-through", re.IGNORECASE)
"""What strikes words out in HTML; the plain form of the same words does not show it."""

SIGNS = (
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "image/webp"),
    (re.compile(rb"....ftyp(?:heic|heix|mif1|msf1)", re.DOTALL), "image/heic"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
)


@dataclass(slots=True)
class Parts:
    """What was found in the body. `left_out` says in words what a limit kept out."""

    texts: list[str] = field(default_factory=list)
    attached_mails: list[str] = field(default_factory=list)
    photos: list[Photo] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    seen: int = 0


def read_parts(message: Message) -> Parts:
    """All parts of the message within the limits; nothing is unpacked or executed."""
    parts = Parts()
    _read(message, parts, depth=0, related=False)
    return parts


def _read(message: Message, parts: Parts, *, depth: int, related: bool) -> None:
    parts.seen += 1
    content = message.get_content_type()
    if parts.seen > PARTS:
        _leave_out(parts, f"more than {PARTS} parts")
    elif depth > DEPTH:
        _leave_out(parts, f"parts nested deeper than {DEPTH}")
    elif not message.is_multipart():
        _read_leaf(message, content, parts, related=related)
    elif content == "multipart/alternative":
        _read_alternative(message, parts, depth=depth)
    elif content == "message/rfc822":
        _read_attached_mail(message, parts, depth=depth)
    else:
        for child in _children(message):
            _read(child, parts, depth=depth + 1, related=content == "multipart/related")


def _leave_out(parts: Parts, why: str) -> None:
    if why not in parts.left_out:
        parts.left_out.append(why)


def _children(message: Message) -> Iterator[Message]:
    payload = message.get_payload()
    if isinstance(payload, list):
        yield from (child for child in payload if isinstance(child, Message))


def _read_alternative(message: Message, parts: Parts, *, depth: int) -> None:
    """The same text in several forms: the plain one, or the next that is not empty; HTML where it strikes words out."""
    forms = sorted(_children(message), key=lambda child: child.get_content_type() != "text/plain")
    forms.sort(key=lambda child: not _strikes_out(child))
    before = len(parts.texts)
    for form in forms:
        had_text = len(parts.texts) > before
        if had_text and form.get_content_maintype() == "text":
            parts.seen += 1
            continue
        texts = list(parts.texts)
        _read(form, parts, depth=depth + 1, related=False)
        if had_text:
            # The HTML form may lie in a multipart/related with its pictures: these are kept, its text is not.
            parts.texts[:] = texts


def _strikes_out(form: Message) -> bool:
    """Whether this form, or what lies in it beside its pictures, is HTML with struck out words."""
    pages = (page for page in (form, *_children(form)) if page.get_content_type() == "text/html")
    return any(STRIKES.search(payload_of(page)) for page in pages)


def _read_attached_mail(message: Message, parts: Parts, *, depth: int) -> None:
    inner = Parts(seen=parts.seen)
    for child in _children(message):
        _read(child, inner, depth=depth + 1, related=False)
    parts.seen = inner.seen
    parts.attached_mails += inner.texts + inner.attached_mails
    parts.photos += inner.photos
    parts.attachments += inner.attachments
    for why in inner.left_out:
        _leave_out(parts, why)


def _read_leaf(part: Message, content: str, parts: Parts, *, related: bool) -> None:
    name = _file_name(part)
    raw = payload_of(part)
    # Text, or a multipart whose boundary is never found: then its body is one text.
    is_text = content.startswith(("text/", "multipart/"))
    if len(raw) > PART_BYTES:
        parts.attachments.append(name or content)
        _leave_out(parts, f"a part of more than {PART_BYTES // 1024 // 1024} MB")
    elif is_text and not name and part.get_content_disposition() != "attachment":
        _read_text(part, content if content.startswith("text/") else "text/plain", raw, parts)
    elif (kind := _picture_type(raw)) is not None:
        if not (related and len(raw) < SMALL_PICTURE_BYTES):
            parts.photos.append((name or "photo", kind, raw))
    elif raw or name:
        parts.attachments.append(name or content)


def _read_text(part: Message, kind: str, raw: bytes, parts: Parts) -> None:
    text = text_of(raw, _charset(part)).replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").lstrip("\N{BOM}")
    if kind == "text/html":
        from handlers.reading.mail_html import html_to_text  # its parser only for mails that need it

        text = html_to_text(text)
    elif kind == "text/plain" and _parameter(part, "format") == "flowed":
        text = unflowed(text, delete_space=_parameter(part, "delsp") == "yes")
    elif kind not in ("text/plain", "text/enriched"):
        return
    if text.strip():
        parts.texts.append(text)


def payload_of(part: Message) -> bytes:
    """The bytes of a leaf, transfer encoding undone."""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def unflowed(text: str, *, delete_space: bool) -> str:
    """Lines of format=flowed (RFC 3676) put together again."""
    lines: list[list[str]] = []
    flowing: str | None = None
    for line in text.split("\n"):
        quotes = len(line) - len(line.lstrip(">"))
        prefix = line[:quotes]
        words = line[quotes:].removeprefix(" ")
        flows = words.endswith(" ") and words != "-- "
        piece = words[:-1] if flows and delete_space else words
        if flowing == prefix and words != "-- ":
            lines[-1].append(piece)
        else:
            lines.append([f"{prefix} {piece}" if prefix else piece])
        flowing = prefix if flows else None
    return "\n".join("".join(pieces) for pieces in lines)


def _charset(part: Message) -> str | None:
    if (plain := PLAIN_CONTENT.fullmatch(_said_content(part))) is not None:
        return plain[1]
    try:
        return part.get_content_charset()
    except (LookupError, ValueError):
        return None


def _said_content(part: Message) -> str:
    return str(part.get("content-type", ""))


def _parameter(part: Message, name: str) -> str:
    if name not in _said_content(part).lower():
        return ""
    found = part.get_param(name, "")
    return str(found[2] if isinstance(found, tuple) else found).strip().lower()


def _file_name(part: Message) -> str:
    """The name without its path and without characters that no name needs."""
    if "name" not in f"{part.get('content-disposition', '')} {_said_content(part)}".lower():
        return ""
    try:
        name = decoded(part.get_filename() or "")
    except (LookupError, ValueError):
        return "attachment"
    return re.sub(r"[^\w .()+-]", "_", re.split(r"[/\\]", name)[-1]).strip()[:100]


def _picture_type(raw: bytes) -> str | None:
    return next((kind for sign, kind in SIGNS if sign.match(raw)), None)
