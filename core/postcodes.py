"""Postcodes in an address, and which of them an entry of a delivery list covers.

Where a postcode has two parts, the first is the district, and an entry may be that
alone: "SW1A" covers "SW1A 1AA" as it covers "sw1a1aa", and not "SW1 1AA".
"""

import re
from collections.abc import Iterator
from itertools import pairwise

SHORTEST = 4
"""Digits: shorter numbers in an address belong to the street or the floor."""

MANY_DIGITS = 3
"""So many make a word with letters a postcode of a shape that is not listed here ("VLT1117"), and no "Ecke 5"."""

IN_TWO_PARTS = tuple(
    re.compile(shape)
    for shape in (
        r"([A-Z]{1,2}\d[A-Z\d]?)\d[A-Z]{2}",  # SW1A 1AA
        r"([A-Z]\d[A-Z])\d[A-Z]\d",  # K1A 0B1
        r"([AC-FHKNPRTV-Y]\d[\dW])[\dAC-FHKNPRTV-Y]{4}",  # D02 AF30
        r"(\d{4})[A-Z]{2}",  # 1012 AB
        r"(\d{5})-\d{4}",  # 90210-1234
    )
)
"""The district of a postcode, by the shapes of the countries that have two parts."""

OF_A_COUNTRY = re.compile(r"[A-Z]{1,3}-(?=\d)")
""" "I-39100"."""


def covers(known: str, postcode: str) -> bool:
    """Whether an entry of a list covers a postcode: "39100", "401*", "SW1A", "SW1A 1"; in any case, with any blanks."""
    wanted, entry = _squeezed(postcode), _squeezed(known)
    if entry[:1].isdigit():
        wanted = OF_A_COUNTRY.sub("", wanted)
    district = _district(wanted)
    if entry.endswith("*"):
        is_one = entry[:1].isdigit() or district or sum(map(str.isdigit, wanted)) >= MANY_DIGITS
        return bool(is_one) and wanted.startswith(entry[:-1])
    if wanted == entry:
        return True
    first, *second = known.upper().split()
    return district == first if not second else district == first and wanted.startswith(entry)


def candidates(address: str) -> tuple[str, ...]:
    """What may be the postcode of an address; where one is sure to be, house and flat ("N1") are none."""
    words = _words(address)
    pairs = [f"{first} {second}" for first, second in pairwise(words)]
    sure = [text.upper() for text in (*words, *pairs) if text[:1].isalpha() and _district(_squeezed(text))]
    return (*sure, *(word for word in words if word.isdecimal())) if sure else (*words, *pairs)


def has_postcode(address: str) -> bool:
    return any(sum(map(str.isdigit, word)) >= SHORTEST for word in _words(address)) or any(_in_two_words(address))


def joined_to_place(said: str, known: str) -> str:
    """A street in the place of the address that was known: "Via Dante 15" after "Via Dante 5, 39100 Bolzano"."""
    if not known or has_postcode(said) or "," in said or not street_numbers(said):
        return said
    parts = [part.strip() for part in known.split(",")]
    first = next((at for at, part in enumerate(parts) if has_postcode(part)), len(parts))
    return ", ".join([said, *map(_from_postcode, parts[first : first + 1]), *parts[first + 1 :]])


def _from_postcode(part: str) -> str:
    """What stands before it, in a part with a house number, is the street."""
    words = part.split()
    at = next((place for place, word in enumerate(words) if has_postcode(word)), 0)
    return " ".join(words[at:]) if street_numbers(" ".join(words[:at])) else part


def street_numbers(address: str) -> tuple[str, ...]:
    """The words with a digit that are no postcode: the number of a house, a floor."""
    words, in_pairs = _words(address), tuple(_in_two_words(address))
    return tuple(
        word
        for place, word in enumerate(words)
        if any(map(str.isdigit, word)) and not _is_whole(word) and not {place, place - 1} & set(in_pairs)
    )


def _in_two_words(address: str) -> Iterator[int]:
    """The places of the first words of postcodes with a blank in them."""
    for place, (first, second) in enumerate(pairwise(_words(address))):
        if not _is_whole(first) and _district(_squeezed(first + second)):
            yield place


def _is_whole(word: str) -> bool:
    return sum(map(str.isdigit, word)) >= SHORTEST or bool(_district(_squeezed(word)))


def _words(address: str) -> list[str]:
    return address.replace(",", " ").split()


def _squeezed(postcode: str) -> str:
    return "".join(postcode.split()).upper()


def _district(postcode: str) -> str:
    """ "" for what has no two parts."""
    found = next((found for shape in IN_TWO_PARTS if (found := shape.fullmatch(postcode))), None)
    return found[1] if found else ""
