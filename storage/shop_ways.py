"""How goods reach the customer, as the shop file says it: kinds, zones with their prices, times and their capacity."""

import re
from collections.abc import Sequence
from dataclasses import replace

from core.shop import Fulfilment, Way
from core.slots import STEPS, Slots
from core.states import Kind
from core.zones import Spot, Zone, spot_of
from storage.shop_nodes import Items, Place

PICKUP = ("fee", "minimum", "slots")
DELIVERY = ("fee", "minimum", "postcodes", "zones", "slots")
SHIPPING = ("fee", "minimum", "postcodes")
KEYS = {Kind.PICKUP: PICKUP, Kind.DELIVERY: DELIVERY, Kind.SHIPPING: SHIPPING}
ZONE = ("name", "postcodes", "radius_km", "fee", "minimum", "minutes")
SLOTS = ("every", "capacity", "lead", "days")
LOCATION = ("lat", "lon")

EVERY_MINUTES, DAYS = 15, 7
MOST_CAPACITY = 10_000
LONGEST_LEAD_MINUTES = 14 * 24 * 60
MOST_DAYS = 365
FURTHEST_KM = 500
SOMEWHERE = Spot(1, 1)
"""For a location that is wrong: what needs one is not told of it a second time."""
POSTCODE = re.compile(r"[A-Z0-9-]*[0-9][A-Z0-9-]*\*?|[A-Z0-9-]+\*")
"""Without blanks, in capitals."""
ALL_KINDS = "all"
"""The pool of the shop's own slots: a kitchen is one, however its goods leave."""


def read_fulfilment(place: Place, slots: Place, location: Spot | None) -> Fulfilment:
    """The kinds that the shop offers; `slots` hold for all of them that have none of their own."""
    shared = _slots(slots, ALL_KINDS)
    if not place.is_section(*Kind) or not place.given:
        return Fulfilment(tuple(replace(way, slots=shared) for way in Fulfilment().ways))
    ways = tuple(_way(way, Kind(kind), shared, location) for kind, way in place.entries() if kind in tuple(Kind))
    if not ways:
        place.fault("offers nothing", f"add {Kind.PICKUP}: or take the section out")
    return Fulfilment(ways)


def read_location(place: Place) -> Spot | None:
    """Where the shop is on the map."""
    if not place.is_section(*LOCATION) or not place.given:
        return None
    lat, lon = (_decimal(place[key], -180, 180) for key in LOCATION)
    if lat is None or lon is None:
        return SOMEWHERE
    spot = spot_of(lat, lon)
    if spot is None:
        place.fault(f"{lat}, {lon} is no place on earth", "write its degrees, such as {lat: 46.49829, lon: 11.35476}")
    return spot


def _way(place: Place, kind: Kind, shared: Slots | None, location: Spot | None) -> Way:
    place.is_section(*KEYS[kind])
    codes = _postcodes(place["postcodes"], {})
    own = Zone(postcodes=codes, fee=place["fee"].money(0), minimum=place["minimum"].money(0))
    zones = _zones(place["zones"].items(), own, location)
    if zones and own.postcodes:
        place["postcodes"].fault("stand beside zones", "move them into a zone")
    slots = _slots(place["slots"], kind) or shared
    return Way(kind, own.fee, own.minimum, own.postcodes, zones, None if kind is Kind.SHIPPING else slots)


def _zones(places: Sequence[Place], own: Zone, location: Spot | None) -> tuple[Zone, ...]:
    """The zones in their order; one that no address could ever come to is a fault."""
    zones: list[Zone] = []
    seen: dict[str, int] = {}
    names: dict[str, int] = {}
    everywhere = 0
    for place in places:
        zone = _zone(place, own, location, seen)
        if zone.name in names:
            place["name"].fault(f"{zone.name!r} is the name of line {names[zone.name]}, too", "give each zone its own")
        elif zone.name:
            names[zone.name] = place["name"].line
        if everywhere:
            place.fault(f"is never reached: the zone of line {everywhere} is everywhere", "move that one to the end")
        elif zone.name and not (place["postcodes"].given or place["radius_km"].given):
            everywhere = place.line
        zones.append(zone)
    return tuple(zones)


def _postcodes(place: Place, seen: dict[str, int]) -> tuple[str, ...]:
    """The entries of a list, `seen` with the lines of those that zones before have."""
    items = place.items() if isinstance(place.node, Items) else (place,)
    words = [(item, word) for item in items if (word := item.text(""))]
    for item, word in words:
        code = "".join(word.split()).upper()
        if code in seen:
            item.fault(
                f"{word!r} stands in line {seen[code]} already", "list it once: the first zone that has it counts"
            )
        elif not POSTCODE.fullmatch(code):
            item.fault(
                f"{word!r} is no postcode", "write it as customers do, or its beginning and a star, such as 401*"
            )
        seen.setdefault(code, item.line)
    return tuple(word for _, word in words)


def _zone(place: Place, own: Zone, location: Spot | None, seen: dict[str, int]) -> Zone:
    """What a zone does not say is as for the whole way."""
    place.is_section(*ZONE)
    radius = place["radius_km"]
    far = _decimal(radius, 0, FURTHEST_KM) if radius.given else None
    if far is not None and far <= 0:
        radius.fault(f"{far:g} is no distance", "write kilometres, such as 2.5")
    if radius.given and location is None:
        radius.fault("needs to know where the shop is", "add location: {lat: …, lon: …} at the top of the file")
    return Zone(
        name=place["name"].text(),
        postcodes=_postcodes(place["postcodes"], seen),
        metres=None if far is None else round(far * 1000),
        fee=place["fee"].money(own.fee),
        minimum=place["minimum"].money(own.minimum),
        minutes=place["minutes"].whole(0, 0, LONGEST_LEAD_MINUTES),
    )


def _slots(place: Place, pool: str) -> Slots | None:
    if not place.is_section(*SLOTS) or not place.given:
        return None
    every = place["every"].whole(EVERY_MINUTES, 1, 60)
    if every not in STEPS:
        place["every"].fault(f"{every} does not fit into an hour", "write 5, 10, 15, 20, 30 or 60")
    capacity = place["capacity"]
    return Slots(
        every=every if every in STEPS else EVERY_MINUTES,
        capacity=capacity.whole(1, 1, MOST_CAPACITY) if capacity.given else None,
        lead=place["lead"].whole(0, 0, LONGEST_LEAD_MINUTES),
        days=place["days"].whole(DAYS, 0, MOST_DAYS),
        pool=pool,
    )


def _decimal(place: Place, least: float, most: float) -> float | None:
    """A number with a point; None with a fault for anything else."""
    text = place.text()
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if least <= number <= most:
        return number
    if text:
        place.fault(f"{text!r} is no number from {least:g} to {most:g}", "write it with a point, such as 2.5")
    return None
