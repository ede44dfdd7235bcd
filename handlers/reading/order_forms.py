"""Orders that a form or a table wrote: "Item: …" with "Quantity: …" below it, and headings above columns."""

import re
from functools import cache

from handlers.reading.wordings import with_lists, wordings

MOST_COLUMNS = 10


def as_order_lines(text: str, languages: tuple[str, ...]) -> str:
    """The text with each labelled item behind its quantity, and without rows that are only headings."""
    codes = with_lists(languages)
    if ":" in text:
        patterns = (_item_then_quantity(codes), _quantity_then_item(codes))
        pairs = [found for pattern in patterns if (found := pattern.search(text))]
        if pairs:
            # The label that comes first in the form leads each pair.
            text = min(pairs, key=lambda found: found.start()).re.sub(r"\g<quantity> \g<item>", text)
    if "\t" not in text:
        return text
    return "\n".join("" if "\t" in line and _is_heading(line, codes) else line for line in text.split("\n"))


def _is_heading(line: str, languages: tuple[str, ...]) -> bool:
    cells = [cell.strip(" :.*#") for cell in line.split("\t")]
    column = wordings("forms", "column", languages)
    return len(cells) <= MOST_COLUMNS and all(not cell or column.fullmatch(cell) for cell in cells)


@cache
def _labels(languages: tuple[str, ...]) -> tuple[str, str]:
    """One line "Item: …" and one line "Quantity: …"."""
    item = wordings("forms", "item", languages).pattern
    quantity = wordings("forms", "quantity", languages).pattern
    return (
        rf"^[ \t]*{item}[ \t]*:[ \t]*(?P<item>[^\n]+)$",
        rf"^[ \t]*{quantity}[ \t]*:[ \t]*(?P<quantity>\d{{1,6}})[ \t]*[x×]?[ \t]*$",
    )


@cache
def _item_then_quantity(languages: tuple[str, ...]) -> re.Pattern[str]:
    item, quantity = _labels(languages)
    return re.compile(rf"{item}\n{quantity}", re.IGNORECASE | re.MULTILINE)


@cache
def _quantity_then_item(languages: tuple[str, ...]) -> re.Pattern[str]:
    item, quantity = _labels(languages)
    return re.compile(rf"{quantity}\n{item}", re.IGNORECASE | re.MULTILINE)
