"""Delivery reports (RFC 3464): which addresses cannot be reached, for good or for now."""

import re
from email.message import Message

from core.frozen import frozen
from handlers.reading.mail_headers import all_headers, value


@frozen
class Bounced:
    """Addresses that a report names: `permanent` (5.x.x) and `temporary` (4.x.x, delayed)."""

    permanent: tuple[str, ...] = ()
    temporary: tuple[str, ...] = ()


NOT_BOUNCED = Bounced()


def read_bounce(message: Message) -> Bounced:
    """The recipients of the first delivery-status part; none if the report has no such part."""
    permanent: list[str] = []
    temporary: list[str] = []
    for block in _status_blocks(message):
        headers = all_headers(block)
        address = (
            (value(headers, "final-recipient") or value(headers, "original-recipient")).rpartition(";")[2].strip(" <>")
        )
        action, status = value(headers, "action").lower(), value(headers, "status")
        if "@" not in address or action in ("delivered", "relayed", "expanded"):
            continue
        lasting = re.match(r"\s*5\.", status) or (action == "failed" and not re.match(r"\s*4\.", status))
        (permanent if lasting else temporary).append(address)
    return Bounced(tuple(dict.fromkeys(permanent)), tuple(dict.fromkeys(temporary)))


def _status_blocks(message: Message) -> list[Message]:
    for count, part in enumerate(message.walk()):
        if count > 50:
            break
        payload = part.get_payload()
        if part.get_content_type() == "message/delivery-status" and isinstance(payload, list):
            return [block for block in payload[:100] if isinstance(block, Message)]
    return []
