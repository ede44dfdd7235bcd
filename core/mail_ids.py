"""Message-IDs that only we can make: an answer to one shows that its writer has our letter."""

import hmac
import re

_OURS = re.compile(r"<([1-9][0-9]{0,17})\.([0-9a-f]{32})@[^<>@\s]+>")


def make_message_id(letter_id: int, secret: bytes, domain: str) -> str:
    """The Message-ID of a letter, `<1042.9f86d0…@domain>`, with an HMAC of 128 bits over the letter's id."""
    return f"<{letter_id}.{_seal(letter_id, secret)}@{domain}>"


def letter_of_message_id(message_id: str, secret: bytes) -> int | None:
    """The letter that a Message-ID (with its angle brackets) belongs to; None if we did not make it.

    The domain may be any: letters sent before the shop moved are still ours.
    """
    found = _OURS.fullmatch(message_id)
    if not found or not hmac.compare_digest(found[2], _seal(int(found[1]), secret)):
        return None
    return int(found[1])


def _seal(letter_id: int, secret: bytes) -> str:
    return hmac.digest(secret, b"letter:%d" % letter_id, "sha256")[:16].hex()
