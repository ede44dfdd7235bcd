"""Links that open the bot at a place: a dish, a heading, a table, a campaign; what stands behind `?start=`.

Telegram takes up to 64 of A-Z, a-z, 0-9, _ and -. Anybody can write such a link; who sits at a table is
believed, so that a table's link is sealed with the shop's secret.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable

from core.frozen import frozen
from core.menu import Menu

LONGEST_PAYLOAD = 64
PLAIN = re.compile(r"[A-Za-z0-9_-]{1,60}")
TABLE = re.compile(r"[A-Za-z0-9-]{1,20}")
CAMPAIGN = re.compile(r"[A-Za-z0-9_-]{1,40}")
SEAL_DIGITS = 16
"""64 bits: to guess one would take longer than there are restaurants."""


@frozen
class ProductLink:
    sku: str


@frozen
class CategoryLink:
    key: str


@frozen
class TableLink:
    table: str


@frozen
class CampaignLink:
    name: str


Link = ProductLink | CategoryLink | TableLink | CampaignLink


def payload_of(link: Link, secret: bytes) -> str:
    """What the link carries. Raises ValueError for a name that cannot stand there."""
    match link:
        case ProductLink(sku):
            return f"p_{_code(sku)}"
        case CategoryLink(key):
            return f"m_{_code(key)}"
        case CampaignLink(name) if CAMPAIGN.fullmatch(name):
            return f"c_{name}"
        case TableLink(table) if TABLE.fullmatch(table):
            return f"t_{table}_{_seal(table, secret)}"
    raise ValueError("letters without accents, digits and - only")


def read_payload(payload: str, menu: Menu, secret: bytes) -> Link | None:
    """What was opened; None for what was forged, is too old, or never was."""
    kind, _, rest = payload[:LONGEST_PAYLOAD].partition("_")
    match kind:
        case "p":
            sku = _meant(rest, (product.sku for product in menu.products))
            return None if sku is None else ProductLink(sku)
        case "m":
            key = _meant(rest, (category.key for category in menu.categories))
            return None if key is None else CategoryLink(key)
        case "c":
            return CampaignLink(rest) if CAMPAIGN.fullmatch(rest) else None
        case "t":
            return _table(rest, secret)
    return None


def _table(rest: str, secret: bytes) -> TableLink | None:
    table, _, seal = rest.rpartition("_")
    if not TABLE.fullmatch(table) or not hmac.compare_digest(seal.encode(), _seal(table, secret).encode()):
        return None
    return TableLink(table)


def _seal(table: str, secret: bytes) -> str:
    return hmac.digest(secret, f"table:{table}".encode(), "sha256").hex()[:SEAL_DIGITS]


def _code(name: str) -> str:
    """The name itself, or a digest of one that Telegram would not take."""
    return name if PLAIN.fullmatch(name) else f"-{hashlib.sha256(name.encode()).hexdigest()[:20]}"


def _meant(code: str, names: Iterable[str]) -> str | None:
    return next((name for name in names if name == code or (code.startswith("-") and _code(name) == code)), None)
