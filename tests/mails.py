"""Mails as customers' programs send them."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from storage.letters import Letter
from tests.people import AUTHSERV, SHOP

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"


@dataclass
class Draft:
    """A mail before it is sent; a talk's options fill it."""

    name: str
    address: str
    text: str
    subject: str = "Hello"
    answers: Letter | None = None
    as_html: bool = False
    is_signed: bool = False
    photos: int = 0
    headers: dict[str, str] = field(default_factory=dict)

    def sent(self, number: int, now: datetime) -> bytes:
        mail = EmailMessage(policy=SMTP)
        mail["From"] = f"{self.name} <{self.address}>"
        mail["To"] = SHOP
        mail["Subject"] = self.subject
        mail["Date"] = format_datetime(now)
        mail["Message-ID"] = f"<{number}.{self.address}>"
        text = self.text
        if self.answers is not None:
            mail["In-Reply-To"] = self.answers.message_id
            mail["References"] = " ".join((*self.answers.references, self.answers.message_id or ""))
            text += f"\n\nOn Fri, 20 Nov 2026 at 13:00, Trattoria Bea <{SHOP}> wrote:\n{_quoted(self.answers.text)}"
        for name, value in self.headers.items():
            mail[name] = value
        if self.as_html:
            mail.set_content(_html(text), subtype="html")
        else:
            mail.set_content(text)
        for place in range(self.photos):
            picture = JPEG + bytes([place])
            mail.add_attachment(picture, maintype="image", subtype="jpeg", filename=f"photo{place + 1}.jpg")
        return self._seal() + mail.as_bytes()

    def _seal(self) -> bytes:
        """What our own server found out about the sender stands above everything else."""
        if not self.is_signed:
            return b""
        domain = self.address.rpartition("@")[2]
        return f"Authentication-Results: {AUTHSERV}; dkim=pass header.d={domain}\r\n".encode()


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.splitlines())


def _html(text: str) -> str:
    paragraphs = re.split(r"\n\n+", text)
    body = "".join(f"<p>{paragraph.replace(chr(10), '<br>')}</p>" for paragraph in paragraphs)
    return f"<html><head><style>p {{ color: red }}</style></head><body>{body}</body></html>"
