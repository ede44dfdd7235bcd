"""Raw copies of mails: what tells two copies of one mail from two mails, and whose turn a mail keeps."""

import hashlib
import re
from datetime import datetime
from email import message_from_bytes
from email.policy import compat32

from core.people import Channel
from handlers.reading.mail_headers import addresses, all_headers, value
from storage.inbox import MailPlace, RawMessage

TOO_LARGE = "X-Orderbot-Too-Large"
"""The first header of a copy that has the mail's headers only; its value is the mail's size in bytes."""
NOT_FETCHED = "X-Orderbot-Not-Fetched"
"""The first header of what is known of a mail that the server does not give; its value is UIDVALIDITY/UID."""

_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_TELLING = ("message-id", "from", "date")


def raw_mail(raw: bytes, place: MailPlace, received: datetime) -> RawMessage:
    """The mail as the inbox keeps it; never fails, whatever the bytes are."""
    blank = _BLANK_LINE.search(raw)
    head = raw[: blank.end()] if blank else raw
    headers = all_headers(message_from_bytes(head, policy=compat32))
    told = {name: " ".join(value(headers, name).split()) for name in _TELLING if name in headers.named}
    senders = addresses(headers, "from")
    return RawMessage(
        channel=Channel.MAIL,
        key=_key(told, raw[len(head) :] if blank else b"", raw),
        lane=f"mail:{senders[0][1].lower()[:320] if senders else ''}",
        raw=raw,
        received=received,
        place=place,
    )


def headers_alone(headers: bytes, note: str, said: object) -> bytes:
    """A copy with `note` as its first header, the mail's own headers below, and no body."""
    return f"{note}: {said}\r\n".encode() + (headers.strip(b"\r\n") + b"\r\n").lstrip() + b"\r\n"


def _key(told: dict[str, str], body: bytes, raw: bytes) -> str:
    """The sha256 of Message-ID, From, Date and body: a Message-ID alone may be used again, by mistake or on purpose."""
    if not told.get("message-id") and not told.get("date"):
        # Nothing but the way that the mail took may tell it from the next one with the same words.
        return hashlib.sha256(raw).hexdigest()
    digest = hashlib.sha256()
    for name in _TELLING:
        digest.update(told.get(name, "").encode("utf-8", "surrogateescape") + b"\n")
    digest.update(body)
    return digest.hexdigest()
