"""Zones, slots and the shop's place on the map, as the shop file says them."""

import pytest

from core.slots import Slots
from core.states import Kind
from core.zones import Spot, Zone
from storage.shop_file import ShopFileError, parse_shop

HEAD = "shop: {name: A, currency: EUR, timezone: Europe/Rome}\ncatalogue: [{sku: a, name: A, price: 1}]\n"
FILE = """
location: {lat: 46.5, lon: 11.35}
slots: {every: 20, capacity: 4, lead: 25}
fulfilment:
  pickup: {slots: {capacity: 9}}
  delivery:
    minimum: "15.00"
    zones:
      - {name: Town, postcodes: ["39100"], fee: "2.50"}
      - {name: Hills, radius_km: 4.5, minimum: "25.00", minutes: 15}
  shipping: {}
"""


def read(text):
    return parse_shop((HEAD + text).encode())


def test_zones_take_what_they_do_not_say_from_their_delivery():
    shop = read(FILE)

    assert shop.location == Spot(46.5, 11.35)
    assert shop.fulfilment.way(Kind.DELIVERY).zones == (
        Zone("Town", ("39100",), None, 250, 1500),
        Zone("Hills", (), 4500, 0, 2500, 15),
    )


def test_slots_of_the_shop_are_shared_and_those_of_a_kind_its_own():
    ways = read(FILE).fulfilment

    assert ways.way(Kind.DELIVERY).slots == Slots(20, 4, 25, 7, "all")
    assert ways.way(Kind.PICKUP).slots == Slots(15, 9, 0, 7, "pickup")
    assert ways.way(Kind.SHIPPING).slots is None


def test_a_shop_without_the_keys_has_neither():
    shop = read("fulfilment: {pickup: {}, delivery: {}}\n")

    assert shop.location is None
    assert not shop.fulfilment.counts_slots
    assert all(way.slots is None and way.zones == () for way in shop.fulfilment.ways)


@pytest.mark.parametrize(
    ("text", "where", "cure"),
    [
        ("slots: {every: 7}\n", "slots.every", "write 5, 10, 15, 20, 30 or 60"),
        ("slots: {capacity: none}\n", "slots.capacity", "write a number, such as 1"),
        ("slots: {leed: 20}\n", "slots.leed", "did you mean lead?"),
        ("location: {lat: 91, lon: 10}\n", "location", "write its degrees"),
        ("location: {lat: nan, lon: 10}\n", "location.lat", "write it with a point"),
        ("location: {lat: 46.5}\n", "location.lon", "add lon: and its value"),
        (
            "fulfilment: {delivery: {zones: [{name: A, radius_km: 3}]}}\n",
            "fulfilment.delivery.zones[1].radius_km",
            "add",
        ),
        ("fulfilment: {delivery: {zones: [{fee: 1}]}}\n", "fulfilment.delivery.zones[1].name", "add name"),
        (
            'fulfilment: {delivery: {postcodes: ["1"], zones: [{name: A}]}}\n',
            "fulfilment.delivery.postcodes",
            "move them into a zone",
        ),
        ("fulfilment: {shipping: {slots: {lead: 3}}}\n", "fulfilment.shipping.slots", "known here: fee"),
    ],
)
def test_a_fault_is_told_with_its_place_and_cure(text, where, cure):
    with pytest.raises(ShopFileError) as refused:
        read(text)

    (fault,) = refused.value.faults
    assert fault.where == where
    assert cure in fault.cure
