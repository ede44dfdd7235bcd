"""Where the shop brings goods, and what that costs: zones by postcode or by distance; the first that fits counts."""

import math
import re
from collections.abc import Sequence

from core.frozen import frozen
from core.postcodes import candidates, covers, has_postcode

EARTH_METRES = 6_371_000
SHORTEST_NAME = 4
"""Letters: a shorter word of a zone's name ("and", "the") names no place."""
_WORD = re.compile(r"\w+")


@frozen
class Spot:
    """A place on the map, in degrees."""

    lat: float
    lon: float

    def __str__(self) -> str:
        return f"{self.lat:.5f},{self.lon:.5f}"

    def metres_to(self, other: "Spot") -> float:
        """As the crow flies (haversine)."""
        north, south = math.radians(self.lat), math.radians(other.lat)
        up, across = (north - south) / 2, math.radians(self.lon - other.lon) / 2
        square = math.sin(up) ** 2 + math.cos(north) * math.cos(south) * math.sin(across) ** 2
        return 2 * EARTH_METRES * math.asin(math.sqrt(min(square, 1)))

    @property
    def link(self) -> str:
        """A map with a pin."""
        lat, lon = f"{self.lat:.5f}", f"{self.lon:.5f}"
        return f"https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map=17/{lat}/{lon}"


def spot_of(lat: float, lon: float) -> Spot | None:
    """None for what is no place: not a number, beyond the poles, or the zero point, which broken devices send."""
    is_on_earth = -90 <= lat <= 90 and -180 <= lon <= 180
    return Spot(lat, lon) if is_on_earth and (abs(lat) > 0.001 or abs(lon) > 0.001) else None


def read_spot(kept: str | None) -> Spot | None:
    """What `str` of a spot wrote."""
    if not kept:
        return None
    lat, _, lon = kept.partition(",")
    return Spot(float(lat), float(lon))


@frozen
class Zone:
    """One price of delivery, minor units; without postcodes and radius it is everywhere.

    With both, either is enough.
    """

    name: str = ""
    postcodes: tuple[str, ...] = ()
    """ "401*" stands for all that begin with 401, "SW1A" for all of that district."""
    metres: int | None = None
    """From the shop."""
    fee: int = 0
    minimum: int = 0
    minutes: int = 0
    """How much longer than elsewhere it takes to get there."""

    @property
    def is_everywhere(self) -> bool:
        return not self.postcodes and self.metres is None

    def reaches(self, postcode: str) -> bool:
        """Whether this postcode is on the list; blanks and case do not matter."""
        return any(covers(known, postcode) for known in self.postcodes)


@frozen
class Reach:
    """Where an address lies: the zone that counts, else what must still be known to tell ("" if it is outside)."""

    zone: Zone | None
    where: str = ""
    """The postcode that decided it, or the zone's name."""
    lacks: str = ""
    """ "postcode" or "location"."""


def named_in(zones: Sequence[Zone], address: str) -> Zone | None:
    """The only one whose name stands in the address: the likeliest, as long as no postcode tells."""
    words = {word.casefold() for word in _WORD.findall(address)}
    named = [
        zone
        for zone in zones
        if any(len(word) >= SHORTEST_NAME and word.casefold() in words for word in _WORD.findall(zone.name))
    ]
    return named[0] if len(named) == 1 else None


def reach(zones: Sequence[Zone], address: str, spot: Spot | None, shop: Spot | None) -> Reach:
    """The first zone that fits; a distance is known only of a location that was shared."""
    words = candidates(address)
    metres = spot.metres_to(shop) if spot and shop else None
    for zone in zones:
        postcode = next((word for word in words if zone.reaches(word)), "")
        is_near = zone.metres is not None and metres is not None and metres <= zone.metres
        if postcode or is_near or zone.is_everywhere:
            return Reach(zone, postcode or zone.name)
    by_distance = any(zone.metres is not None for zone in zones)
    is_measured = by_distance and metres is not None
    if any(zone.postcodes for zone in zones) and not has_postcode(address) and not is_measured:
        return Reach(None, lacks="postcode")
    return Reach(None, lacks="location" if by_distance and not is_measured else "")
