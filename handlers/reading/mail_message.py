"""A raw mail as a value: who wrote it, in which thread, what its own new words are. Reads any bytes, never raises."""

import re
from collections.abc import Mapping
from datetime import datetime
from email import message_from_bytes
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32
from typing import Any

from core.frozen import frozen
from handlers.reading.mail_bounce import NOT_BOUNCED, Bounced, read_bounce
from handlers.reading.mail_headers import (
    Headers,
    addresses,
    all_headers,
    date_of,
    message_ids,
    order_token,
    text_of,
    value,
)
from handlers.reading.mail_kind import MailKind, is_newsletter, kind_of
from handlers.reading.mail_parts import MAIL_BYTES, PARTS, Parts, Photo, read_parts
from handlers.reading.mail_plain import plain_message
from handlers.reading.mail_text import LONGEST, MOST_LINES, is_forward_subject, take_apart
from handlers.reading.mail_trust import is_authenticated

NO_LETTERS = re.compile(r"[^A-Za-z]+")
CONTAINERS = re.compile(rb"content-type:\s*(?:multipart|message)/", re.IGNORECASE)
MOST_BOUNDARIES = 2_000
"""Lines that may part a multipart: many more are costly to parse, and no mail has them."""
MOST_HEADER_BYTES = 500_000
PLAIN_BYTES = 100_000
"""So much of a mail that cannot be parsed is kept as its text, or read as its headers."""
SHORT_WORDS = 400
"""Above a forwarded mail people write a line or two; the mail below is what they mean."""


@frozen
class MailMessage:
    """One mail, read. Addresses are as written, `message_id` and `references` with their angle brackets."""

    sender: str = ""
    sender_name: str = ""
    reply_to: str = ""
    to: tuple[str, ...] = ()
    subject: str = ""
    message_id: str | None = None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    date: datetime | None = None
    text: str = ""
    """The customer's own new words, and those of a mail that was passed on."""
    full_text: str = ""
    signature: str = ""
    """What stood below the words: never order lines, but a delivery address may stand there."""
    forwarded: bool = False
    photos: tuple[Photo, ...] = ()
    attachments: tuple[str, ...] = ()
    kind: MailKind = MailKind.CUSTOMER
    rule: str = ""
    authenticated: bool = False
    order_token: tuple[int, str] | None = None
    bounced: Bounced = NOT_BOUNCED
    error: str | None = None

    @property
    def answer_to(self) -> str:
        """The address that an answer goes to."""
        return self.reply_to or self.sender


def read_mail(raw: bytes, *, own_address: str, authserv: str | None) -> MailMessage:
    """The mail in these bytes. What is wrong with it stands in `error`; without a sender its kind is broken.

    `authserv` is the id of the server whose Authentication-Results are believed; None: nobody's.
    """
    try:
        return _read(raw, own_address=own_address, authserv=authserv)
    # The standard library's parser promises nothing about broken mails, and a mail must never stop the intake.
    except Exception as error:  # noqa: BLE001
        return MailMessage(
            kind=MailKind.BROKEN,
            rule="unreadable",
            full_text=text_of(raw[:PLAIN_BYTES], None),
            error=f"unreadable: {type(error).__name__}",
        )


def _read(raw: bytes, *, own_address: str, authserv: str | None) -> MailMessage:
    message, too_much = _parsed(raw)
    headers = all_headers(message)
    head = _head(headers)
    kind, rule = kind_of(
        message,
        headers,
        sender=head["sender"],
        reply_to=head["reply_to"],
        subject=head["subject"],
        own_address=own_address,
    )
    head |= {"kind": kind, "rule": rule, "authenticated": is_authenticated(headers, authserv)}
    body = _body(head, message) if too_much is None else {"error": too_much}
    if kind is MailKind.CUSTOMER and head["in_reply_to"] is None and is_newsletter(body.get("full_text", "")):
        head |= {"kind": MailKind.LIST, "rule": "newsletter"}
    return MailMessage(**head, **body)


def _parsed(raw: bytes) -> tuple[Message, str | None]:
    """The parsed mail; only its headers, and why, where parsing all of it would cost too much."""
    if len(raw) > MAIL_BYTES:
        return _headers_only(raw), f"larger than {MAIL_BYTES // 1024 // 1024} MB: only its headers were read"
    if _headers_end(raw) > MOST_HEADER_BYTES:
        return _headers_only(raw), "too many headers: only the first were read"
    plain = plain_message(raw)
    if plain is not None:
        return plain, None
    if len(CONTAINERS.findall(raw)) > 2 * PARTS or raw.count(b"\n--") > MOST_BOUNDARIES:
        return _headers_only(raw), "too many nested parts: only its headers were read"
    return message_from_bytes(raw, policy=compat32), None


def _headers_end(raw: bytes) -> int:
    return min((at for at in (raw.find(b"\r\n\r\n"), raw.find(b"\n\n")) if at >= 0), default=len(raw))


def _headers_only(raw: bytes) -> Message:
    return BytesHeaderParser(policy=compat32).parsebytes(raw[: min(_headers_end(raw), PLAIN_BYTES)])


def _head(headers: Headers) -> dict[str, Any]:
    """What the headers say of a MailMessage."""
    name, sender = next(iter(addresses(headers, "from")), ("", ""))
    _, reply_to = next(iter(addresses(headers, "reply-to")), ("", ""))
    subject = value(headers, "subject")
    return {
        "sender": sender,
        "sender_name": name,
        "reply_to": "" if reply_to.lower() == sender.lower() else reply_to,
        "to": tuple(address for _, address in addresses(headers, "to") + addresses(headers, "cc")),
        "subject": subject,
        "message_id": next(iter(message_ids(headers, "message-id")), None),
        "in_reply_to": next(iter(message_ids(headers, "in-reply-to")), None),
        "references": message_ids(headers, "references"),
        "date": date_of(headers),
        "order_token": order_token(subject),
    }


def _body(head: Mapping[str, Any], message: Message) -> dict[str, Any]:
    """What the body says of it."""
    parts = read_parts(message)
    full = "\n\n".join(parts.texts)
    words = take_apart(full[:LONGEST], sender_name=_names(head), is_forward=is_forward_subject(head["subject"]))
    passed_on = "\n\n".join(filter(None, [words.forwarded, *_attached_words(parts, words.own)]))
    return {
        "text": "\n\n".join(filter(None, [words.own, passed_on])),
        "full_text": "\n\n".join([full, *parts.attached_mails]).strip(),
        "signature": words.signature,
        "forwarded": bool(passed_on),
        "photos": tuple(parts.photos),
        "attachments": tuple(parts.attachments),
        "bounced": read_bounce(message) if head["kind"] is MailKind.BOUNCE else NOT_BOUNCED,
        "error": _error(parts, has_sender=bool(head["sender"])),
    }


def _attached_words(parts: Parts, own: str) -> list[str]:
    """Mails that were forwarded as an attachment, unless the writer's own words are the matter."""
    return [take_apart(text[:LONGEST]).own for text in parts.attached_mails] if len(own) < SHORT_WORDS else []


def _names(head: Mapping[str, Any]) -> str:
    """The sender's name, and what the address says of it: "carl.smith@…" may have no name."""
    return f"{head['sender_name']} {NO_LETTERS.sub(' ', head['sender'].partition('@')[0])}"


def _error(parts: Parts, *, has_sender: bool) -> str | None:
    faults = [] if has_sender else ["the mail names no sender"]
    if sum(map(len, parts.texts)) > LONGEST:
        faults.append(f"longer than {LONGEST} characters: only its beginning was read")
    elif sum(text.count("\n") for text in parts.texts) >= MOST_LINES:
        faults.append(f"more than {MOST_LINES} lines: only the first were read")
    return "; ".join(faults + parts.left_out) or None
