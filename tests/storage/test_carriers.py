"""Whose parcel is this? By its number, by its name, or nobody knows."""

import pytest

from core.shipping import Tracking, carrier_of, read_tracking
from storage.carriers import load_carriers

NUMBERS = {
    "1Z 999 AA1 01 2345 6784": "UPS",
    "0034 0434 1610 9404 2557": "DHL",
    "JJD000390007822234567": "DHL",
    "RR123456785DE": "DHL",
    "09981122330100a": "DPD",
    "Z1ABCD23": "GLS",
    "H1001234567890123456": "Hermes",
    "9611020123456789012345": "FedEx",
    "AB123456789GB": "Royal Mail",
    "3SABCD012345678": "PostNL",
    "6A12345678901": "La Poste",
    "PQ4F6H0412345670128001B": "Correos",
    "RA 123 456 789 IT": "Poste Italiane",
    "9400 1000 0000 0000 0000 01": "USPS",
}


@pytest.mark.parametrize(("number", "name"), NUMBERS.items())
def test_a_number_that_only_one_carrier_writes_names_it(number, name):
    carrier = carrier_of(number, load_carriers())

    assert carrier is not None
    assert carrier.name == name


@pytest.mark.parametrize("number", ["123456789012", "01234567890123", "123456789012345", "by bicycle", ""])
def test_a_number_of_two_carriers_or_of_none_is_not_guessed(number):
    assert carrier_of(number, load_carriers()) is None


def test_a_carrier_that_is_named_is_believed_whatever_the_number_looks_like():
    assert read_tracking("dpd 0123 4567 8901 23", load_carriers()) == Tracking(
        "01234567890123", "DPD", "https://tracking.dpd.de/status/en_US/parcel/01234567890123"
    )


def test_a_carrier_may_have_a_name_of_two_words():
    assert read_tracking("Royal Mail 123456", load_carriers()).carrier == "Royal Mail"


def test_a_number_alone_finds_its_carrier_and_link():
    assert (
        read_tracking("1z999aa10123456784", load_carriers()).link
        == "https://www.ups.com/track?tracknum=1Z999AA10123456784"
    )


def test_an_unknown_number_is_kept_without_carrier_and_link():
    assert read_tracking("XY-77", load_carriers()) == Tracking("XY77")
    assert read_tracking("XY 77 88", load_carriers()) == Tracking("XY7788")


def test_a_carrier_that_nobody_listed_is_named_all_the_same():
    assert read_tracking("Rikscha AT 1234 5678", load_carriers()) == Tracking("12345678", "Rikscha AT")


def test_a_number_cannot_break_out_of_the_link():
    assert read_tracking("DHL 1/../?q=#", load_carriers()).link.endswith("tracking-id=1%2F%2F%3FQ%3D%23")


def test_a_name_without_a_number_is_no_parcel_of_that_carrier():
    assert read_tracking("DHL", load_carriers()) == Tracking("DHL")


@pytest.mark.parametrize("carrier", load_carriers(), ids=lambda carrier: carrier.name)
def test_each_carrier_has_a_link_for_the_number_and_a_pattern(carrier):
    assert carrier.link.startswith("https://")
    assert "{number}" in carrier.link
    assert carrier.patterns
