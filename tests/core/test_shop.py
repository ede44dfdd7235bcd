"""The rules of the shop that need no more than themselves."""

import pytest

from core.shop import Way
from core.states import Kind


@pytest.mark.parametrize(
    ("postcode", "reached"), [("39100", True), ("391 00", True), ("sw1a 2aa", True), ("SW2 1AA", False), ("", False)]
)
def test_delivery_reaches_the_postcodes_that_are_listed(postcode, reached):
    way = Way(Kind.DELIVERY, postcodes=("39100", "SW1*"))

    assert way.areas[0].reaches(postcode) is reached


def test_delivery_without_postcodes_goes_everywhere():
    assert Way(Kind.DELIVERY).areas[0].is_everywhere
