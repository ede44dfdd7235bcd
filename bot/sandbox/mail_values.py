"""A mail as both sides of the sandbox see it, and how a customer's mail program makes one."""

import email
import email.policy
import itertools
import secrets
import textwrap
from datetime import datetime
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.utils import format_datetime, parseaddr
from functools import cached_property
from zoneinfo import ZoneInfo

from core.frozen import frozen

AUTHSERV = "mx.trattoria.example"
"""The name under which the sandbox's mail server writes Authentication-Results."""


@frozen(slots=False)
class Attachment:
    name: str
    content: bytes
    kind: str = "image/jpeg"


@frozen(slots=False, kw_only=True)
class Mail:
    """`number` counts all mails of the sandbox; `by_shop` tells who wrote it."""

    number: int
    by_shop: bool
    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    at: datetime

    @cached_property
    def message(self) -> Message:
        # Python's old policy: the new one raises on some of what people's programs really send.
        return email.message_from_bytes(self.raw)

    def header(self, name: str) -> str:
        """One header, unfolded and decoded; empty when it is not there."""
        value = " ".join(str(self.message.get(name, "")).split())
        try:
            return str(make_header(decode_header(value)))
        except (LookupError, ValueError):
            return value

    @property
    def id(self) -> str:
        return self.header("Message-ID").strip()

    @property
    def customer(self) -> str:
        """The address on the other side of the shop."""
        if self.by_shop:
            return self.recipients[0].lower()
        return parseaddr(self.header("From"))[1].lower() or self.sender.lower()

    @property
    def text(self) -> str:
        return self._part("plain")

    @property
    def html(self) -> str:
        return self._part("html")

    @property
    def words(self) -> str:
        """The text without the quoted mail below it."""
        lines = itertools.takewhile(lambda line: not line.startswith(">"), self.text.splitlines())
        kept = [line for line in lines if line.strip() and not line.endswith(" wrote:")]
        return "\n".join(kept)

    @property
    def attachments(self) -> list[Attachment]:
        return [
            Attachment(part.get_filename() or "attachment", _content(part), part.get_content_type())
            for part in self.message.walk()
            if part.get_content_disposition() == "attachment"
        ]

    def _part(self, kind: str) -> str:
        for part in self.message.walk():
            if part.get_content_type() == f"text/{kind}" and part.get_content_disposition() != "attachment":
                return _decoded(part).replace("\r\n", "\n")
        return ""


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _decoded(part: Message) -> str:
    try:
        return _content(part).decode(part.get_content_charset("utf-8"), "replace")
    except LookupError:
        return _content(part).decode("utf-8", "replace")


@frozen(slots=False)
class Draft:
    """What a customer has written; `sender` is name and address, or the address alone."""

    sender: str
    subject: str
    body: str
    html: str | None = None
    answers: Mail | None = None
    attachments: tuple[Attachment, ...] = ()


def composed(draft: Draft, to: str, now: datetime) -> bytes:
    """The mail that a common mail program makes of a draft, in the thread of the mail it answers."""
    message = EmailMessage()
    message["From"] = draft.sender
    message["To"] = to
    message["Subject"] = draft.subject
    message["Date"] = format_datetime(now)
    domain = parseaddr(draft.sender)[1].rpartition("@")[2] or "example.org"
    message["Message-ID"] = f"<{secrets.token_hex(12)}@{domain}>"
    if draft.answers:
        message["In-Reply-To"] = draft.answers.id
        message["References"] = f"{draft.answers.header('References')} {draft.answers.id}".strip()
    message["MIME-Version"] = "1.0"
    message.set_content(draft.body)
    if draft.html:
        message.add_alternative(draft.html, subtype="html")
    for attached in draft.attachments:
        kind, _, subkind = attached.kind.partition("/")
        message.add_attachment(attached.content, kind, subkind, filename=attached.name)
    return message.as_bytes(policy=email.policy.SMTP)


def delivered(raw: bytes, sender: str, to: str, now: datetime, *, authentic: bool = True) -> bytes:
    """The mail as the shop's server stores it: with its trace and its word on who really sent it."""
    address = parseaddr(sender)[1]
    domain = address.rpartition("@")[2]
    verdict = "pass" if authentic else "fail"
    trace = (
        f"Return-Path: <{address}>\r\n"
        f"Delivered-To: {to}\r\n"
        f"Authentication-Results: {AUTHSERV}; spf={verdict} smtp.mailfrom={address};\r\n"
        f" dmarc={verdict} header.from={domain}\r\n"
        f"Received: from mail.{domain} by {AUTHSERV} with ESMTPS;\r\n {format_datetime(now)}\r\n"
    )
    return trace.encode("utf-8") + raw


def reply_subject(subject: str) -> str:
    return subject if subject.lower().startswith("re:") else f"Re: {subject}"


def quoted(body: str, answers: Mail, zone: ZoneInfo) -> str:
    """The body with the answered mail below it, as most mail programs put it there."""
    words = answers.text.strip()
    when = answers.at.astimezone(zone).strftime("%a, %d %b %Y at %H:%M")
    quote = textwrap.indent(words, "> ", lambda _: True)
    return f"{body.rstrip()}\n\nOn {when}, {answers.header('From')} wrote:\n\n{quote}\n"
