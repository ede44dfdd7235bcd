"""Postcodes of one and of two parts, on lists and in addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.postcodes import candidates, covers, has_postcode, street_numbers
from core.zones import Reach, Zone, reach

CENTRE = Zone("Centre", postcodes=("SW1A", "EC1V 9"), fee=250)
LETTERS = st.sampled_from("ABDEFGHJLNPQRSTUWXYZ")


@pytest.mark.parametrize(
    ("entry", "postcode", "covered"),
    [
        ("SW1A", "SW1A 1AA", True),
        ("sw1a", "sw1a1aa", True),
        ("SW1A", "SW1 1AA", False),
        ("SW1", "SW1A 1AA", False),
        ("N1", "N1 9GU", True),
        ("N1", "N10 2AB", False),
        ("N11", "N1 1AA", False),
        ("N1 1", "N1 1AA", True),
        ("N1 1", "N1 2AA", False),
        ("SW1*", "SW1A 1AA", True),
        ("SW1A 1AA", "SW1A1AA", True),
        ("K1A", "K1A 0B1", True),
        ("D02", "D02 AF30", True),
        ("1012", "1012 AB", True),
        ("1012", "1012AB", True),
        ("90210", "90210-1234", True),
        ("39100", "39100", True),
        ("39100", "I-39100", True),
        ("391 00", "39100", True),
        ("401*", "40121", True),
        ("401*", "A-4012", True),
        ("VLT*", "VLT 1117", True),
        ("E*", "Ecke 5", False),
        ("E*", "E1 4NS", True),
    ],
)
def test_an_entry_covers_its_district_and_no_other(entry, postcode, covered):
    assert covers(entry, postcode) is covered


@given(st.builds("{}{}{} {}{}{}".format, LETTERS, st.integers(1, 9), LETTERS, st.integers(0, 9), LETTERS, LETTERS))
def test_every_british_postcode_is_of_its_district_and_sector_in_any_spelling(postcode):
    district, rest = postcode.split()

    for spelling in (postcode, postcode.lower(), postcode.replace(" ", "")):
        assert covers(district, spelling)
        assert covers(f"{district} {rest[0]}", spelling)
        assert not covers(district[:2], spelling)


@pytest.mark.parametrize(
    ("address", "zone"),
    [
        ("10 Downing Street, London SW1A 2AA", CENTRE),
        ("10 downing street, london sw1a2aa", CENTRE),
        ("1 Old Street, EC1V 9HL", CENTRE),
        ("1 City Road, EC1V 2AA", None),
        ("Flat SW1A, 20 High Street, SE5 8AB", None),
    ],
)
def test_of_an_address_its_postcode_counts_and_no_other_word(address, zone):
    assert reach((CENTRE,), address, None, None).zone == zone
    assert reach((CENTRE,), address, None, None).lacks == ""


def test_without_a_postcode_it_is_asked_for():
    assert reach((CENTRE,), "10 Downing Street, London", None, None) == Reach(None, lacks="postcode")


@pytest.mark.parametrize("address", ["SW1A 2AA", "Lane, SW1A2AA", "39100 Bolzano", "1012 AB Amsterdam", ""])
def test_a_postcode_is_no_number_of_a_house(address):
    assert street_numbers(address) == ()


def test_the_number_of_a_house_stands_beside_the_postcode():
    assert street_numbers("Flat 3b, 10 Downing Street, SW1A 2AA") == ("3b", "10")
    assert street_numbers("Via Roma 5, 39100 Bolzano") == ("5",)
    assert has_postcode("10 Downing Street, SW1A 2AA")
    assert not has_postcode("10 Downing Street")


def test_a_postcode_is_looked_for_in_words_and_in_two_that_stand_side_by_side():
    assert candidates("Via Roma 5, 391 00") == (
        *("Via", "Roma", "5", "391", "00"),
        *("Via Roma", "Roma 5", "5 391", "391 00"),
    )
    assert candidates("Flat N1, se5 8ab") == ("SE5 8AB",)
