"""The carriers of carriers.toml."""

import re
import tomllib
from functools import cache
from pathlib import Path

from core.shipping import Carrier

FILE = Path(__file__).with_name("carriers.toml")


@cache
def load_carriers() -> tuple[Carrier, ...]:
    """All carriers that are known, in the order of the file."""
    entries = tomllib.loads(FILE.read_text(encoding="utf-8"))["carriers"]
    return tuple(
        Carrier(
            name=entry["name"],
            link=entry["link"],
            patterns=tuple(re.compile(pattern) for pattern in entry["patterns"]),
            names=tuple(entry.get("names", ())),
        )
        for entry in entries
    )
