"""Carriers and their tracking numbers: who carries this parcel, and where one can follow it."""

import re
from collections.abc import Iterable
from urllib.parse import quote

from core.frozen import frozen

NAMED = re.compile(r"(?P<name>[^\W\d_]{3,}(?:\s+[^\W\d_]+){0,2}):?\s+(?P<number>\S*\d.*)", re.DOTALL)
"""A carrier that nobody listed, and its number: letters that are shorter may be a part of the number."""
BETWEEN_GROUPS = re.compile(r"[\s.-]+")


@frozen(slots=False)
class Carrier:
    """`patterns` fit whole tracking numbers, in capitals and without blanks; `link` has {number}."""

    name: str
    link: str
    patterns: tuple[re.Pattern[str], ...]
    names: tuple[str, ...] = ()
    """What else people call it."""

    def fits(self, number: str) -> bool:
        """Whether this could be one of the carrier's numbers."""
        return any(pattern.fullmatch(number) for pattern in self.patterns)

    def is_called(self, name: str) -> bool:
        """Whether this is the carrier's name, in any case."""
        return name.casefold() in {known.casefold() for known in (self.name, *self.names)}


@frozen
class Tracking:
    """A parcel on its way; carrier and link are empty where the carrier is not known."""

    number: str
    carrier: str = ""
    link: str = ""


def read_tracking(words: str, carriers: Iterable[Carrier]) -> Tracking:
    """ "DHL 0034 0434 …" or the number alone; the carrier is taken at its word, else known by the number."""
    known = tuple(carriers)
    for length in (2, 1):
        *name, number = words.split(maxsplit=length)
        named = [carrier for carrier in known if carrier.is_called(" ".join(name))]
        if named and len(name) == length:
            return _by(named[0], _clean(number))
    carrier = carrier_of(words, known)
    if carrier is not None:
        return _by(carrier, _clean(words))
    unknown = NAMED.fullmatch(words.strip())
    return (
        Tracking(_clean(unknown["number"]), " ".join(unknown["name"].split())) if unknown else Tracking(_clean(words))
    )


def carrier_of(tracking: str, carriers: Iterable[Carrier]) -> Carrier | None:
    """The one carrier whose numbers look like this; None if there is none, or more than one."""
    fitting = [carrier for carrier in carriers if carrier.fits(_clean(tracking))]
    return fitting[0] if len(fitting) == 1 else None


def _clean(number: str) -> str:
    return BETWEEN_GROUPS.sub("", number).upper()


def _by(carrier: Carrier, number: str) -> Tracking:
    return Tracking(number, carrier.name, carrier.link.format(number=quote(number, safe="")))
