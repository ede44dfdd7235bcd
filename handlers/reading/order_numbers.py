"""Order numbers in people's words: "#1001", "order 1001", "Bestellung Nr. 1001", "[#1001-K7QM]", "R-1001-1"."""

import re
from functools import cache
from typing import Self

from core.frozen import frozen
from handlers.reading.texts import Text
from handlers.reading.wordings import with_lists, wordings

MOST = 999_999_999
SIGNED = re.compile(
    r"\[?#\s?(?P<number>\d{1,9})(?:-[0-9A-Za-z]{4,12})?\]?(?!\w)|(?<![\w-])R-(?P<returned>\d{3,9})-\d{1,3}(?!\w)"
)

FEWEST_DIGITS = 4
"""Of a number without a sign like "#"."""


class WrittenNumber(int):
    """A number that is shown as it was written: nobody knows "998" who wrote "0998"."""

    written: str

    def __new__(cls, written: str) -> Self:
        number = super().__new__(cls, written)
        number.written = written
        return number

    def __str__(self) -> str:
        return self.written


def as_number(written: str) -> int:
    """The number that these digits are."""
    return WrittenNumber(written) if written.startswith("0") else int(written)


@frozen
class NumberFound:
    """An order's number and the place of all words that name it."""

    number: int
    span: tuple[int, int]


def find_order_number(text: str, languages: tuple[str, ...]) -> NumberFound | None:
    """The first order number; a bare number counts only after a word like "order", and from four digits on."""
    text = Text.of(text)
    if text.most_digits < FEWEST_DIGITS and "#" not in text and "R-" not in text:
        return None
    codes = with_lists(languages)
    found = _named(codes).search(text) if wordings("numbers", "order", codes).may_be_in(text) else None
    if found is None and ("#" in text or "R-" in text):
        found = SIGNED.search(text)
    if not found:
        return None
    number = next(part for part in found.groups() if part)
    return NumberFound(as_number(number), found.span())


def find_foreign_number(text: str, languages: tuple[str, ...]) -> str | None:
    """The customer's own reference: "purchase order 2025-77"."""
    found = _foreign(with_lists(languages)).search(text)
    return (found["value"] or found["parts"]) if found else None


@cache
def _named(languages: tuple[str, ...]) -> re.Pattern[str]:
    words, sign = (wordings("numbers", key, languages).pattern for key in ("order", "sign"))
    return re.compile(
        rf"(?:{words})[\s:.]{{0,3}}(?:\[?#\s?(\d{{1,9}})(?:-[0-9A-Za-z]{{4,12}})?\]?|(?:{sign}\.?)?\s?(\d{{4,9}}))(?![\w]|-\d|[.,]\d|/\d)",
        re.IGNORECASE,
    )


@cache
def _foreign(languages: tuple[str, ...]) -> re.Pattern[str]:
    """A number after words like "our reference", or after "order" if it is in two parts: ours never is."""
    foreign = wordings("numbers", "foreign", languages).pattern
    order = wordings("numbers", "order", languages).pattern
    return re.compile(
        rf"(?:{foreign})[\s:.#]{{0,4}}(?P<value>[A-Z]{{0,6}}[-/]?\d[\w/-]{{1,20}})"
        rf"|(?:{order})[\s:.]{{0,3}}(?P<parts>\d{{1,9}}[-/]\d{{1,9}})(?![\w/-])",
        re.IGNORECASE,
    )
