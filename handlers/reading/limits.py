"""How much of a message is read: an order desk's time is not for whoever writes the most."""

import re
from itertools import islice

MOST_CHARACTERS = 10_000
MOST_PIECES = 600
"""Words, numbers and signs: a hundred and fifty lines of an order."""
SHOWN = 80

_PIECE = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")


def cut(text: str) -> tuple[str, str]:
    """(what is read of the text, the beginning of what is too much: "" if all of it is read)."""
    end = min(len(text), MOST_CHARACTERS)
    if end > MOST_PIECES:
        first_beyond = next(islice(_PIECE.finditer(text, 0, end), MOST_PIECES, None), None)
        end = first_beyond.start() if first_beyond else end
    if end == len(text):
        # The very text, with what it remembers.
        return text, ""
    rest = text[end : end + SHOWN].strip()
    return text[:end], f"{rest}…" if rest else ""
