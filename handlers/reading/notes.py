"""Sentences for the driver or the kitchen among an order's words: "please ring twice", "no straw", "well done"."""

import re
from functools import cache
from itertools import islice

from handlers.reading.texts import Text
from handlers.reading.wordings import wordings

MOST_NOTES = 5
LONGEST_NOTE = 300
STARTS = ("note_starts", "note_ways")

Span = tuple[int, int]


def note_spans(text: Text, gone: str, languages: tuple[str, ...]) -> list[Span]:
    """Where notes stand; `gone` is what stands for words that were read already."""
    return [found.span() for found in islice(_note(gone, languages).finditer(text), MOST_NOTES)]


@cache
def _note(gone: str, languages: tuple[str, ...]) -> re.Pattern[str]:
    """From the first word of a note to the end of its sentence, or to where goods or another wish follow.

    How something is to be made ("well done") says no more than that: "well done, without onions" is two things.
    """
    starts, ways, joint, count, coming = (
        wordings("wishes", key, languages).pattern
        for key in ("note_starts", "note_ways", "and", "count", "pickup_opens")
    )
    kinds = "|".join(wordings("wishes", kind, languages).pattern for kind in ("pickup", "delivery", "shipping"))
    others = rf"(?:,\s*(?:{joint}\s+)?|\s+{joint}\s+)(?:\d|{count}|{kinds})|[,\s]\s*{coming}"
    # "Karl-Renner-Ring" asks nobody to ring.
    return re.compile(
        rf"(?<!-)(?:{starts})(?:(?!{others})[^\n{gone}.!;?]){{0,{LONGEST_NOTE}}}[.!]?|(?:{ways})",
        re.IGNORECASE,
    )
