"""A letter as the bytes of a mail, serialised once."""

import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from storage.letters import Letter, LetterPhoto

# 7bit passes every server unchanged. Bodies are wrapped as usual, but headers are hardly folded: the library would
# write a long Message-ID in References as an encoded word, which breaks the thread.
_BODIES = SMTP.clone(cte_type="7bit")
_WIRE = _BODIES.clone(max_line_length=990)
_LATEST_REFERENCES = 10
_LONGEST_ID = 900
_IMAGE = re.compile(r"image/([a-z0-9.+-]+)")
_USER = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+")
_DOMAIN = re.compile(r"[A-Za-z0-9._-]+|\[[0-9A-Fa-f.:IPv]+\]")
# Anything else that the library takes for the end of a line, and what has no place in a header.
_CONTROL = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]+")


def mail_address(address: str) -> Address:
    """The address as mail can carry it: an international domain in its ASCII form. Raises ValueError.

    Local parts that the standard forbids but providers gave out ("a..b") are quoted, which means the same.
    """
    user, _, domain = address.rpartition("@")
    domain = domain.encode("idna").decode()
    if not _USER.fullmatch(user) or not _DOMAIN.fullmatch(domain):
        raise ValueError("no address that mail could carry")
    return Address(username=user, domain=domain)


def mail_bytes(letter: Letter, sender: Address, now: datetime) -> bytes:
    """The whole mail. Raises ValueError where a header would hold a line break, or an address or id is none."""
    if not letter.message_id:
        raise ValueError("a mail needs a Message-ID")
    mail = EmailMessage(policy=_BODIES)
    mail["From"] = sender
    mail["To"] = mail_address(letter.address)
    mail["Subject"] = _CONTROL.sub(" ", letter.subject)
    mail["Message-ID"] = letter.message_id
    mail["Date"] = now
    _add_thread(mail, letter)
    mail["Auto-Submitted"] = "auto-replied" if letter.is_answer else "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(letter.text)
    if letter.html:
        mail.add_alternative(letter.html, subtype="html")
    for photo in letter.photos:
        _attach(mail, photo)
    return mail.as_bytes(policy=_WIRE)


def _add_thread(mail: EmailMessage, letter: Letter) -> None:
    """Which mail is answered, and the thread: its root and the latest of it (RFC 5322, 3.6.4)."""
    answered = [letter.reply_to] if letter.reply_to else []
    # An id that cannot be written as it is names nothing.
    root, *later = [known for known in dict.fromkeys((*letter.references, *answered)) if _is_plain(known)] or [""]
    if answered and _is_plain(answered[0]):
        mail["In-Reply-To"] = answered[0]
    if root:
        mail["References"] = " ".join([root, *later[-_LATEST_REFERENCES:]])


def _is_plain(message_id: str) -> bool:
    return message_id.isascii() and len(message_id) <= _LONGEST_ID


def _attach(mail: EmailMessage, photo: LetterPhoto) -> None:
    # A photo that only Telegram has cannot be sent by mail.
    if photo.data:
        kind = _IMAGE.fullmatch(photo.mime)
        maintype, subtype = ("image", kind[1]) if kind else ("application", "octet-stream")
        mail.add_attachment(photo.data, maintype=maintype, subtype=subtype, filename=photo.name or None)
