"""A message taken apart into clauses, each of which may be an edit of the draft."""

import re

from handlers.reading.wordings import wordings

MOST_CLAUSES = 30
LONGEST_EDIT = 300
"""Characters; a longer clause names goods."""


def clauses(text: str, languages: tuple[str, ...]) -> list[str]:
    """Sentences, and their parts where "and" or a comma is followed by the beginning of an edit."""
    begins = wordings("edits", "begins", languages).pattern
    joint = wordings("wishes", "and", languages).pattern
    parts = re.split(
        rf"[.;:!?\n]+(?:\s|$)|\n|(?:\s*,\s*(?:{joint}\s+)?|\s+{joint}\s+)(?={begins})",
        text,
        maxsplit=MOST_CLAUSES,
        flags=re.IGNORECASE,
    )
    return [part for part in parts if part.strip(" ,.")]


def bare(clause: str, languages: tuple[str, ...]) -> str:
    """The clause without small words at both ends."""
    if len(clause) > LONGEST_EDIT:
        return clause.strip(" ,.!?:")
    filler = wordings("edits", "filler", languages).pattern
    words = re.sub(rf"^(?:[\s,:]*{filler})+(?=[\s,:]|$)", "", clause.strip(" ,.!?:()"), flags=re.IGNORECASE)
    words = re.sub(rf"(?:[\s,]+{filler})+[\s,]*$", "", words, flags=re.IGNORECASE)
    return words.strip(" ,.!?:")
