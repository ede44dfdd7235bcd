"""The names that people write under their words."""

from dataclasses import replace

from handlers.reading.understood import Reading


def without_name(reading: Reading, name: str) -> Reading:
    """The sender's own name under a mail, or before the address, is not something that was ordered."""
    if not reading.unread:
        return reading
    own = set(name.casefold().split())
    unread = tuple(words for words in reading.unread if not set(words.casefold().split()) <= own)
    return replace(reading, unread=unread)
