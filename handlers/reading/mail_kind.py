"""Who wrote this mail: a customer, a machine, a list? Small rules in reading order, of which one decides."""

import re
from collections.abc import Callable
from email.message import Message
from enum import StrEnum
from functools import cache

from core.frozen import frozen
from handlers.reading.mail_headers import Headers, value
from handlers.reading.word_lists import word_list


class MailKind(StrEnum):
    """What sort of mail this is; only a customer's is ever answered."""

    CUSTOMER = "customer"
    AUTOMATIC = "automatic"
    LIST = "list"
    BOUNCE = "bounce"
    OWN = "own"
    BROKEN = "broken"


@frozen
class _Seen:
    """What the rules look at."""

    message: Message
    content: str
    """The content type of the whole."""
    headers: Headers
    sender: str
    reply_to: str
    subject: str
    own_address: str


LIST_HEADERS = frozenset({"list-id", "list-post", "list-unsubscribe", "x-beenthere", "x-mailman-version"})
MACHINE_HEADERS = frozenset({
    "x-autoreply", "x-autorespond", "x-auto-reply-from", "x-loop", "x-no-ack", "x-otrs-loop",
    "x-rt-loop-prevention", "x-ms-exchange-inbox-rules-loop",
})  # fmt: skip
EMPTY_PATH = re.compile(r"<\s*>")
DAEMONS = re.compile(r"(?:mailer-daemon|postmaster|mail-daemon|mailerdaemon)@", re.IGNORECASE)
NO_REPLY = re.compile(r"(?:no-?_?reply|do-?not-?reply|donotreply|nicht-?antworten)(?:[+-][^@]*)?@", re.IGNORECASE)


def kind_of(
    message: Message, headers: Headers, *, sender: str, reply_to: str, subject: str, own_address: str
) -> tuple[MailKind, str]:
    """The kind of the mail and the name of the rule that decided it."""
    content = message.get_content_type()
    seen = _Seen(message, content, headers, sender.lower(), reply_to.lower(), subject, own_address.lower())
    for name, kind, holds in RULES:
        if holds(seen):
            return kind, name
    return MailKind.CUSTOMER, "person"


def is_newsletter(text: str) -> bool:
    """Advertising with a way to be rid of it: it may name goods and numbers, and orders nothing."""
    said = " ".join(text.casefold().split())
    return all(any(words in said for words in word_list("mail")[key]) for key in ("newsletter_ends", "advertising"))


def _from_ourselves(seen: _Seen) -> bool:
    """A web form on the shop's site may send as the shop; then the customer stands in Reply-To."""
    return seen.sender == seen.own_address != "" and not _from_web_form(seen)


def _from_web_form(seen: _Seen) -> bool:
    return seen.reply_to not in ("", seen.own_address, seen.sender) and not NO_REPLY.match(seen.reply_to)


def _delivery_report(seen: _Seen) -> bool:
    return seen.content == "multipart/report" and _report_type(seen) in ("delivery-status", "")


def _other_report(seen: _Seen) -> bool:
    return seen.content == "multipart/report"


def _report_type(seen: _Seen) -> str:
    found = seen.message.get_param("report-type", "")
    return str(found[2] if isinstance(found, tuple) else found).lower()


def _daemon(seen: _Seen) -> bool:
    return DAEMONS.match(seen.sender) is not None


def _auto_submitted(seen: _Seen) -> bool:
    return value(seen.headers, "auto-submitted").split(";")[0].strip().lower() not in ("", "no")


def _empty_return_path(seen: _Seen) -> bool:
    return EMPTY_PATH.fullmatch(value(seen.headers, "return-path")) is not None


def _machine_header(seen: _Seen) -> bool:
    return not MACHINE_HEADERS.isdisjoint(seen.headers.named)


def _list_header(seen: _Seen) -> bool:
    return not LIST_HEADERS.isdisjoint(seen.headers.named)


def _precedence(seen: _Seen) -> set[str]:
    return {value(seen.headers, name).strip().lower() for name in ("precedence", "x-precedence")}


def _calendar_reply(seen: _Seen) -> bool:
    if not seen.message.is_multipart() and seen.content != "text/calendar":
        return False
    for count, part in enumerate(seen.message.walk()):
        if count > 50:
            return False
        if part.get_content_type() == "text/calendar" and str(part.get_param("method", "")).upper() == "REPLY":
            return True
    return False


def _no_reply(seen: _Seen) -> bool:
    return NO_REPLY.match(seen.sender) is not None and not _from_web_form(seen)


@cache
def _automatic_subject() -> re.Pattern[str]:
    beginnings = "|".join(re.escape(text) for text in word_list("mail")["automatic_subjects"])
    return re.compile(rf"\W*(?:{beginnings})(?!\w)", re.IGNORECASE)


def _out_of_office(seen: _Seen) -> bool:
    return _automatic_subject().match(seen.subject) is not None


RULES: tuple[tuple[str, MailKind, Callable[[_Seen], bool]], ...] = (
    ("own_address", MailKind.OWN, _from_ourselves),
    ("delivery_report", MailKind.BOUNCE, _delivery_report),
    ("mailer_daemon", MailKind.BOUNCE, _daemon),
    ("report", MailKind.AUTOMATIC, _other_report),
    ("auto_submitted", MailKind.AUTOMATIC, _auto_submitted),
    ("empty_return_path", MailKind.AUTOMATIC, _empty_return_path),
    ("list_header", MailKind.LIST, _list_header),
    ("precedence_list", MailKind.LIST, lambda seen: "list" in _precedence(seen)),
    ("precedence", MailKind.AUTOMATIC, lambda seen: not _precedence(seen).isdisjoint({"bulk", "junk", "auto_reply"})),
    ("machine_header", MailKind.AUTOMATIC, _machine_header),
    ("calendar_reply", MailKind.AUTOMATIC, _calendar_reply),
    ("no_reply_address", MailKind.AUTOMATIC, _no_reply),
    ("automatic_subject", MailKind.AUTOMATIC, _out_of_office),
    ("no_sender", MailKind.BROKEN, lambda seen: not seen.sender),
)
