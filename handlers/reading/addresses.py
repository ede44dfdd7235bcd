"""Addresses in running text: "deliver to 5 Mill Lane", "an die Hauptstr. 12, 10115 Berlin"."""

import re
from dataclasses import dataclass
from functools import cache

from handlers.reading.word_lists import word_list
from handlers.reading.wordings import with_lists, wordings

ADDRESS_LINES = 4
LONGEST = 160

Span = tuple[int, int]

UK_POSTCODE = r"(?i:[A-Z]{1,2}\d[A-Z\d]?[ ]?\d[A-Z]{2})"
POSTCODE = rf"(?:(?:[A-Z]{{1,2}}-)?\d{{4,5}}|{UK_POSTCODE})"
NUMBER = r"\d{1,5}[ ]?(?:[a-zA-Z](?![\w]))?(?:[ ]?[-/][ ]?\d{1,4}[a-zA-Z]?)?"
NAME = r"[A-ZÄÖÜ][^\W\d_]+"
LABEL_LINE = re.compile(r"^\s*[^\W\d_][\w .-]{0,25}:")
ITEM_LINE = re.compile(r"^\s*(?:[-*•]|\d+\s*[x×])\s*\w")


@dataclass(frozen=True, slots=True)
class AddressFound:
    """Where the address stands, and the wider place of it and the words that led up to it."""

    address: Span
    span: Span
    has_lead: bool


def address_at(text: str, languages: tuple[str, ...]) -> AddressFound | None:
    """The first street with its number, if words like "deliver to" lead up to it or it can be nothing else."""
    if not re.search(r"\d", text):
        return None
    codes = with_lists(languages)
    for lead in wordings("wishes", "address_leads", codes).finditer(text):
        start = _skip_joint(text, lead.end())
        street = _street(codes).match(text, start)
        if street:
            end = _end(text, street.end(), codes)
            return AddressFound((start, end), (lead.start(), end), has_lead=True)
    return _without_lead(text, codes)


def _without_lead(text: str, languages: tuple[str, ...]) -> AddressFound | None:
    """A German street name with its number, or any street with a postcode: no dish is called so."""
    for found in _street(languages).finditer(text):
        span = (found.start(), _end(text, found.end(), languages))
        if _certain(languages).match(found[0]) or re.search(rf"(?<!\w){POSTCODE}(?!\w)", text[found.end() : span[1]]):
            return AddressFound(span, span, has_lead=False)
    return None


def _skip_joint(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\n:,":
        at += 1
    return at


def address_span(text: str, start: int, *, most_lines: int) -> Span:
    """The address after a label: this line, or the lines below it until an empty line, a label or an item."""
    end = _line_end(text, start)
    stands_here = bool(text[start:end].strip())
    for _ in range(most_lines):
        line = text[end + 1 : _line_end(text, end + 1)]
        if end >= len(text) or LABEL_LINE.match(line) or ITEM_LINE.match(line):
            break
        if stands_here and not re.search(rf"(?<!\w){POSTCODE}(?!\w)", line):
            break
        if not line.strip() and text[start:end].strip():
            break
        end = _line_end(text, end + 1)
    return start, min(end, start + LONGEST)


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


@cache
def _words(key: str, languages: tuple[str, ...]) -> str:
    texts = [text for code in languages for text in word_list(f"intents.{code}")["wishes"].get(key, ())]
    words = [word for text in texts for word in text.split("|")]
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"


@cache
def _street(languages: tuple[str, ...]) -> re.Pattern[str]:
    """Like "5 Mill Lane", or "Hauptstr. 12a", "Am Alten Markt 3"."""
    before, after = _words("street_words", languages), _words("street_endings", languages)
    word = r"[^\W\d_][\w'’.-]*"
    return re.compile(
        rf"(?<![\w.,/-])(?:{NUMBER},?[ \t]+(?:{word}[ \t]+){{1,3}}?(?i:{before})(?!\w)"
        rf"|(?:{word}[ \t]+){{0,3}}?[^\W\d_-]*(?:-[^\W\d_-]+)*-?(?i:{after})[ \t]*,?[ \t]*{NUMBER}(?![\w:]))"
    )


@cache
def _certain(languages: tuple[str, ...]) -> re.Pattern[str]:
    """A name that ends in "straße" or the like and begins with a capital, alone or two capitals ("Alter Weg")."""
    endings = _words("certain_endings", languages)
    return re.compile(rf"(?:[A-ZÄÖÜ][\w-]*[ \t]+){{0,3}}[A-ZÄÖÜ](?:[^\W\d_]{{3,}}-?|[\w-]*-)?(?i:{endings})[ \t]*\d")


@cache
def _following(languages: tuple[str, ...]) -> re.Pattern[str]:
    """Flat, postcode and town after a street, apart by commas or a line."""
    units, ends = _words("unit_words", languages), _words("address_ends", languages)
    town = rf"(?!(?i:{ends})(?!\w))[^\W\d_][\w'’.-]+"
    return re.compile(
        rf"(?:\s*[,/]?\s*(?:{POSTCODE}(?!\w)(?:[ \t]+{town}(?:[ \t]+(?:am|an der|im|a\.)[ \t]+[A-ZÄÖÜ]\w+)?)?"
        rf"|(?<=,[ ])(?!(?i:{ends})(?!\w)){NAME}(?:[ \t]{NAME}){{0,2}}(?=[ \t]*(?:,|\n|$|\.|{POSTCODE}))"
        rf"|(?i:{units})[ \t]+\d[\w./-]*"
        rf"|\d{{1,2}}(?:st|nd|rd|th|\.)[ \t]*(?i:{units})(?!\w)))*"
    )


def _end(text: str, at: int, languages: tuple[str, ...]) -> int:
    found = _following(languages).match(text, at)
    return found.end() if found else at
