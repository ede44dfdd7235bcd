"""The headers of a mail as text: encoded words, raw bytes and addresses, however broken they are."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

LONGEST = 20_000
"""Characters of one header that are looked at; the rest is noise or an attack."""


class Headers:
    """Pairs of a name in lower case and its decoded value, in the order of the mail; `named` has the values by name."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self._pairs = pairs
        self.named: dict[str, list[str]] = {}
        for name, value in pairs:
            self.named.setdefault(name, []).append(value)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._pairs)


TOKEN = re.compile(r"\[#(\d{1,12})-([0-9A-Z]{4,12})\]", re.IGNORECASE)
BARE_ADDRESS = re.compile(r"[^\s<>,;()\"@]{1,64}@[^\s<>,;()\"@]{1,255}")
FOLDED = re.compile(r"[\r\n]+[ \t]*")
MAILBOX = re.compile(r"(?:([\w' -]*?) *<)?([\w+-]+(?:\.[\w+-]+)*@[\w-]+(?:\.[\w-]+)*)(?(1)>)", re.ASCII)
"""What nearly all senders are written like: a name of plain words, or none, and a plain address."""
MESSAGE_ID = re.compile(r"<[^<>\s]{1,998}>")


def all_headers(message: Message) -> Headers:
    """Every header of the message, decoded."""
    return Headers([(name.lower(), decoded(str(value))) for name, value in message.raw_items()])


def decoded(value: str) -> str:
    """One header's value on one line; what cannot be decoded stays as it was written."""
    plain = _from_bytes(value[:LONGEST])
    if "\n" in plain or "\r" in plain:
        plain = FOLDED.sub(" ", plain)
    plain = plain.strip()
    if "=?" not in plain:
        return plain
    try:
        return "".join(_word(text, charset) for text, charset in decode_header(plain))
    except ValueError:
        return plain


def text_of(raw: bytes, charset: str | None) -> str:
    """Bytes as text: the declared charset, then UTF-8, then Windows-1252 (which always fits)."""
    for candidate in (charset, "utf-8"):
        try:
            return raw.decode(candidate or "utf-8")
        except (LookupError, ValueError):
            continue
    return raw.decode("cp1252", "replace")


def values(headers: Headers, name: str) -> list[str]:
    """All values of the header `name` (lower case)."""
    return headers.named.get(name, [])


def value(headers: Headers, name: str) -> str:
    """The first value of the header `name` (lower case), "" if there is none."""
    found = headers.named.get(name)
    return found[0] if found else ""


def addresses(headers: Headers, name: str) -> list[tuple[str, str]]:
    """(name, address) of each mailbox in the headers called `name`; the addresses hold an @."""
    texts = [text[:LONGEST] for text in values(headers, name)]
    if not texts:
        return []
    if len(texts) == 1 and (plain := MAILBOX.fullmatch(texts[0])):
        return [(" ".join((plain[1] or "").split()), plain[2])]
    try:
        found = [(called.strip(), address.strip()) for called, address in getaddresses(texts)]
    except (TypeError, IndexError, RecursionError):
        found = []
    return [pair for pair in found if "@" in pair[1].strip("@")] or [("", address) for address in _bare(texts)]


def _bare(texts: list[str]) -> list[str]:
    """What looks like an address in a header that the parser gives up on."""
    return [address for text in texts for address in BARE_ADDRESS.findall(text)]


def message_ids(headers: Headers, name: str) -> tuple[str, ...]:
    """The message ids in a header, with their angle brackets; at most the last 32."""
    return tuple(MESSAGE_ID.findall(" ".join(values(headers, name))))[-32:]


def date_of(headers: Headers) -> datetime | None:
    """The Date header as aware UTC, None if there is none that can be read."""
    try:
        date = parsedate_to_datetime(value(headers, "date"))
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def order_token(subject: str) -> tuple[int, str] | None:
    """The order number and the token of a subject like "Re: [#1042-K7QM] Your order"."""
    found = TOKEN.search(subject)
    return (int(found[1]), found[2].upper()) if found else None


def _from_bytes(raw: str) -> str:
    """Undo the parser's escapes for bytes that are not ASCII."""
    return text_of(raw.encode("utf-8", "surrogateescape"), None) if not raw.isascii() else raw


def _word(text: bytes | str, charset: str | None) -> str:
    return text if isinstance(text, str) else text_of(text, charset)
