"""Addresses in running text: "deliver to 5 Mill Lane", "an die Hauptstr. 12, 10115 Berlin"."""

import re
from collections.abc import Sequence
from functools import cache

from core.frozen import frozen
from handlers.reading.places import (
    NAME,
    POSTCODE,
    IsGoods,
    alternative,
    any_goods,
    certain_street,
    led_street,
    may_be_led,
    may_name_town,
    no_goods,
    street_behind_town,
    street_of_town,
    town_ahead,
    town_alone,
    town_before,
)
from handlers.reading.recipients import past_recipient, past_relation, recipient_before
from handlers.reading.streets import any_street, counts_goods, kind_first, listed, may_have_street, words_before
from handlers.reading.texts import Text
from handlers.reading.wordings import with_lists, wordings

ADDRESS_LINES = 4
LONGEST = 160
FEWEST_DIGITS = 4
"""Of a postcode."""

Span = tuple[int, int]
LABEL_LINE = re.compile(r"^\s*[^\W\d_][\w .-]{0,25}:")
ITEM_LINE = re.compile(r"^\s*(?:[-*•]|\d+\s*[x×])\s*\w")


@frozen
class AddressFound:
    """Where the address stands, and the wider place of it and the words that led up to it."""

    address: Span
    span: Span
    has_lead: bool


def address_at(text: str, languages: tuple[str, ...], is_goods: IsGoods = no_goods) -> AddressFound | None:
    """The first street with its number, if words like "deliver to" lead up to it or it can be nothing else.

    What follows belongs to it (flat, postcode, town), and the name of who lives there before it, but never goods.
    """
    text, codes = Text.of(text), with_lists(languages)
    if not text.has_digit:
        return None
    has_street = may_have_street(text, codes)
    leads = list(wordings("wishes", "address_leads", codes).finditer(text)) if has_street or may_be_led(text) else []
    if has_street:
        for lead in leads:
            first = past_relation(text, _skip_joint(text, lead.end()), codes)
            behind = _behind_lead(text, first, codes, is_goods)
            if behind >= 0:
                end = _end(text, behind, codes, is_goods)
                return AddressFound((first, end), (lead.start(), end), has_lead=True)
        if found := _without_lead(text, codes, is_goods):
            return found
    return _of_any_name(text, leads, codes, is_goods)


def _of_any_name(
    text: Text, leads: Sequence[re.Match[str]], languages: tuple[str, ...], is_goods: IsGoods
) -> AddressFound | None:
    """ "Deliver to Lauben 7", "Lauben 7, 39100 Bozen": a street by what stands around it."""
    for lead in leads:
        first = _skip_joint(text, lead.end())
        behind = led_street(text, lead[0], first, languages, is_goods)
        if behind >= 0:
            end = _end(text, behind, languages, is_goods)
            return AddressFound((first, end), (lead.start(), end), has_lead=True)
    return _of_town(text, languages, is_goods) if text.most_digits >= FEWEST_DIGITS and may_name_town(text) else None


def _behind_lead(text: str, first: int, languages: tuple[str, ...], is_goods: IsGoods) -> int:
    """Where the street ends to which words lead up, past who lives there or its town; -1 if none is there."""
    places = [past_recipient(text, first, is_goods)]
    town = town_ahead(languages).match(text, first)
    if town and (town["code"] or not any_goods(town["town"], is_goods)):
        places.append(town.end())
    for at in places:
        street = any_street(languages).match(text, at)
        if street and not counts_goods(text, street, is_goods):
            return street.end()
    return -1


def _of_town(text: str, languages: tuple[str, ...], is_goods: IsGoods) -> AddressFound | None:
    """ "Lauben 7, 39100 Bozen": with a postcode and a town behind it the name of a street may be any."""
    for found in street_of_town(languages).finditer(text):
        if is_goods(found["last"]):
            continue
        start = found.start() + words_before(found[0], languages, is_goods)
        end = _end(text, found.end(), languages, is_goods)
        first, wide = recipient_before(text, start, languages, is_goods)
        return AddressFound((first, end), (wide, end), has_lead=False)
    for found in street_behind_town(languages).finditer(text):
        if not any_goods(found["last"], is_goods):
            end = _end(text, found.end(), languages, is_goods)
            return AddressFound((found.start(), end), (found.start(), end), has_lead=False)
    return None


def _without_lead(text: str, languages: tuple[str, ...], is_goods: IsGoods) -> AddressFound | None:
    """A German street name with its number, or any street with a postcode: no dish is called so."""
    for found in any_street(languages).finditer(text):
        start = found.start() + words_before(found[0], languages, is_goods)
        end = _end(text, found.end(), languages, is_goods)
        is_behind = re.search(rf"(?<!\w){POSTCODE}(?!\w)", text[found.end() : end]) is not None
        has_postcode = is_behind or town_before(text, start, languages)[0] < start
        town = _town_before_alone(text, start, end, languages, is_goods)
        if has_postcode or town < start or _is_certain(text, (start, found.end()), end, languages):
            if counts_goods(text, found, is_goods):
                continue
            first, wide = recipient_before(text, start, languages, is_goods)
            if first == start:
                first, wide = (town, town) if town < start else town_before(text, start, languages)
            return AddressFound((first, end), (wide, end), has_lead=False)
    return None


def _is_certain(text: str, street: Span, end: int, languages: tuple[str, ...]) -> bool:
    words = text[slice(*street)]
    if certain_street(languages).match(words):
        return True
    named = kind_first(languages).match(words)
    if not named:
        return False
    beside = text[_line_start(text, street[0]) : street[0]] + text[end : _line_end(text, end)]
    return not beside.strip(" \t.!") or (words[0].isupper() and named["name"][0].isupper())


def _town_before_alone(text: str, start: int, end: int, languages: tuple[str, ...], is_goods: IsGoods) -> int:
    """Where the town of "Laives via Kennedy 20" begins: nothing else stands on the line; `start` if there is none."""
    first = _line_start(text, start)
    before = text[first:start].strip(" \t,")
    if not before or text[end : _line_end(text, end)].strip(" \t.!") or not kind_first(languages).match(text, start):
        return start
    is_town = town_alone().fullmatch(before) is not None and not any_goods(before, is_goods)
    return start - len(text[first:start].lstrip(" \t,")) if is_town else start


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


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def street_within(text: str, start: int, end: int, languages: tuple[str, ...]) -> int:
    """Where the first street between two places begins: "wrong, it's via Piave 12"; -1 if there is none."""
    found = any_street(languages).search(text, start, end)
    return -1 if found is None else found.start() + words_before(found[0], languages, no_goods)


@cache
def _following(languages: tuple[str, ...]) -> re.Pattern[str]:
    """A flat, a postcode with its town, or a town after a street, apart by a comma or a line."""
    units, ends, links = (alternative(key, languages) for key in ("unit_words", "address_ends", "town_links"))
    town = rf"(?!(?i:{ends})(?!\w))[^\W\d_][\w'’.-]+(?:[ \t]+(?:am|an der|im|a\.)[ \t]+[A-ZÄÖÜ]\w+)?"
    return re.compile(
        rf"\s*[,/]?\s*(?:(?:(?i:{links})[ \t]+)?{POSTCODE}(?!\w)(?:[ \t]+{town})?"
        rf"|(?<=,[ ])(?!(?i:{ends})(?!\w))(?P<town>{NAME}(?:[ \t]{NAME}){{0,2}})(?=[ \t]*(?:,|\n|$|\.|{POSTCODE}))"
        rf"|(?:(?<=\d[ ])|(?<=\d[a-zA-Z][ ]))(?!(?i:{ends})(?!\w))(?P<near>{NAME})(?=[ \t]*(?:,|\n|$|\.(?!\w)))"
        rf"|(?i:{links})[ \t]+(?!(?i:{ends})(?!\w)){NAME}(?!\w)(?:[ -]{NAME}(?!\w)){{0,2}}"
        rf"|(?<=[,\n ])(?i:{listed('countries')})(?!\w)"
        rf"|[ \t]*(?P<ahead>[^\W\d_]{{3,}}(?:[ -][^\W\d_]{{3,}})?)[ \t]+\d{{5}}(?!\w)"
        rf"|(?i:{units})[ \t]+\d[\w./-]*"
        rf"|\d{{1,2}}(?:st|nd|rd|th|\.)[ \t]*(?i:{units})(?!\w))"
    )


def _end(text: str, at: int, languages: tuple[str, ...], is_goods: IsGoods) -> int:
    """Behind the last of what follows a street that is no goods."""
    follows = _following(languages)
    while found := follows.match(text, at):
        named = (found["town"] or found["near"] or "", found["ahead"] or "")
        if any_goods(named[0], is_goods) or any(map(is_goods, named[1].split())):
            break
        at = found.end()
    return at
