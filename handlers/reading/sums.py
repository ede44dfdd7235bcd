"""Sums that a customer worked out: "2 margherita @ 8.50 = 17.00", "… = 6 pizzas". A right one asks for nothing."""

import re

from core.pricing import unit_price
from handlers.reading.draft_lines import Finder
from handlers.reading.texts import Text
from handlers.reading.understood import ReadLine

LONGEST = 2_000
"""Characters."""
_MONEY = r"[€$£]?[ \t]*(?P<{name}>\d{{1,4}}[.,]\d\d)[ \t]*(?:€|\$|£|eur(?:os?)?\b)?"
_PRICED = re.compile(
    rf"^(?P<goods>[^@=\n]+?)[ \t]*@[ \t]*{_MONEY.format(name='each')}"
    rf"(?:[ \t]*=[ \t]*{_MONEY.format(name='all')})?[ \t.]*$",
    re.IGNORECASE | re.MULTILINE,
)
_TOTAL = re.compile(rf"^[^\W\d]+[ \t]*[:=]?[ \t]*{_MONEY.format(name='all')}[ \t.]*$", re.IGNORECASE | re.MULTILINE)
_COUNTED = re.compile(
    r"(?P<goods>[^=\n]+?)[ \t]*=[ \t]*(?P<count>\d{1,3})[ \t]+(?P<kind>[^\W\d]+)[ \t.!]*$", re.MULTILINE
)


def without_sums(text: Text, finder: Finder) -> Text:
    """The text without prices and numbers that are as the menu and the lines have them; a wrong one stays."""
    if ("@" not in text and "=" not in text) or len(text) > LONGEST:
        return text
    sums = list[int]()

    def priced(found: re.Match[str]) -> str:
        amount = _right_sum(found, finder)
        sums.append(amount or 0)
        return found["goods"] if amount else found[0]

    told = _PRICED.sub(priced, text)
    if sums and all(sums):
        told = _TOTAL.sub(lambda found: "" if _minor(found["all"]) == sum(sums) else found[0], told)
    return Text.of(_COUNTED.sub(lambda found: found["goods"] if _is_count(found, finder) else found[0], told))


def _right_sum(found: re.Match[str], finder: Finder) -> int | None:
    """What these goods cost in all, minor units, if that and the price of one are right."""
    lines = finder.reading(found["goods"]).lines
    if len(lines) != 1 or _cost(lines[0], finder) != _minor(found["each"]):
        return None
    amount = lines[0].quantity * _minor(found["each"])
    return amount if found["all"] is None or _minor(found["all"]) == amount else None


def _is_count(found: re.Match[str], finder: Finder) -> bool:
    """Whether so many of this kind stand before it."""
    kind = {sku for asked in finder.reading(f"{found['count']} {found['kind']}").questions for sku in asked.likely}
    lines = finder.reading(found["goods"]).lines
    return sum(line.quantity for line in lines if line.sku in kind) == int(found["count"])


def _cost(line: ReadLine, finder: Finder) -> int:
    return unit_price(finder.menu.menu.by_sku[line.sku], line.options)


def _minor(amount: str) -> int:
    return int(re.sub(r"\D", "", amount))
