"""Where the shop brings goods, and what that costs."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.zones import Reach, Spot, Zone, reach, read_spot, spot_of

SHOP = Spot(46.49829, 11.35476)
HILL = Spot(46.52829, 11.35476)
"""3.3 kilometres north."""

TOWN = Zone("Town", postcodes=("39100", "391 50"), fee=250)
HILLS = Zone("Hills", metres=4000, fee=450)
SPOTS = st.builds(Spot, st.floats(-90, 90), st.floats(-180, 180))


def test_a_distance_is_that_of_the_crow():
    assert SHOP.metres_to(HILL) == pytest.approx(3336, abs=2)
    assert Spot(0, 179.5).metres_to(Spot(0, -179.5)) == pytest.approx(111_195, rel=0.001)


@given(SPOTS, SPOTS)
def test_a_distance_is_the_same_both_ways_and_never_more_than_half_the_earth(one, other):
    assert one.metres_to(other) == pytest.approx(other.metres_to(one))
    assert 0 <= one.metres_to(other) <= 20_020_000


@pytest.mark.parametrize("place", [(0, 0), (0.0001, -0.0001), (91, 0), (10, 181), (math.nan, 11), (math.inf, 11)])
def test_what_is_no_place_on_earth_is_none(place):
    assert spot_of(*place) is None


def test_a_spot_is_read_as_it_was_written():
    assert read_spot(str(SHOP)) == SHOP
    assert read_spot(None) is None


@pytest.mark.parametrize(
    ("address", "spot", "found"),
    [
        ("Mill Lane 5, 39100 Bolzano", None, Reach(TOWN, "39100")),
        ("Mill Lane 5, 391 50 Bolzano", None, Reach(TOWN, "391 50")),
        ("Mill Lane 5", None, Reach(None, lacks="postcode")),
        ("Mill Lane 5, 39200 Bolzano", None, Reach(None, lacks="location")),
        ("Mill Lane 5, 39200 Bolzano", HILL, Reach(HILLS, "Hills")),
        ("Mill Lane 5", HILL, Reach(HILLS, "Hills")),
        ("Mill Lane 5, 39100 Bolzano", HILL, Reach(TOWN, "39100")),
        ("", Spot(43.0, 5.0), Reach(None)),
    ],
)
def test_the_first_zone_that_fits_counts(address, spot, found):
    assert reach((TOWN, HILLS), address, spot, SHOP) == found


def test_where_only_postcodes_count_a_location_decides_nothing():
    assert reach((TOWN,), "", HILL, SHOP) == Reach(None, lacks="postcode")
    assert reach((TOWN,), "Mill Lane 5, 39100 Bolzano", Spot(43.0, 5.0), SHOP).zone == TOWN


def test_a_zone_without_limits_is_everywhere():
    assert reach((TOWN, Zone("Rest", fee=900)), "Nordpol 1", None, None).zone == Zone("Rest", fee=900)
