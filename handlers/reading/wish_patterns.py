"""The patterns by which wishes are found, each compiled once for its languages."""

import re
from functools import cache

from handlers.reading.wordings import named, wordings

GONE = "\x1f"
"""Stands for each character that was taken out: it keeps places as they were, and no pattern crosses it."""
NAMES = r"[^\W\d_a-zäöü]\w*(?:[ -][^\W\d_a-zäöü]\w*){0,2}"
BESIDE_TIME = ("moved", "before_time", "behind_time")
NAME_AND_MORE = re.compile(rf"[^:\n]*:[ \t]*(?P<value>{NAMES})(?=[ \t]+[a-zäöü]|[ \t]*,)")
CODE = r"(?P<value>(?=[\w-]*[A-Z\d])[^\W_][\w-]{2,23})"
"""A discount code has a capital or a digit: "my code is secret" names none."""


LONE_PHONE = re.compile(
    r"(?:^|[:;,.|\n]|[ ][–-](?=[ ]))[ \t]*(?P<value>0(?:[ \t/-]?\d){7,13}|3\d\d[ \t/-]?\d{3}[ \t/-]?\d{3,4})"
    r"(?=[ \t]*(?:$|[.,;|\n]))"
)
"""A number with a zero before it, or a mobile one, between marks: nothing else is written so."""


@cache
def label(key: str, languages: tuple[str, ...]) -> re.Pattern[str]:
    """A whole line "label: value", up to a sentence that counts goods."""
    labels = wordings("wishes", key, languages).pattern
    count = wordings("wishes", "count", languages).pattern
    rest = rf"(?:(?![.!]\s+(?:\d|{count}))[^\n{GONE}])*"
    return re.compile(rf"^[ \t]*(?:{labels})[ \t]*:{rest}", re.IGNORECASE | re.MULTILINE)


@cache
def address_label(languages: tuple[str, ...]) -> re.Pattern[str]:
    labels = wordings("wishes", "address_labels", languages).pattern
    being = wordings("wishes", "address_is", languages).pattern
    return re.compile(rf"(?:{labels})[ \t]*(?::|{being})[ \t]*", re.IGNORECASE)


@cache
def to_town(languages: tuple[str, ...]) -> re.Pattern[str]:
    """ "Nach" or "to" and a name with a capital, and nothing that is said of it."""
    far, near = (wordings("wishes", key, languages).pattern for key in ("far_leads", "town_leads"))
    no_town = wordings("wishes", "no_towns", languages).pattern
    return re.compile(
        rf"(?:(?P<far>(?i:{far}))|(?i:{near}))[ \t]+(?!(?i:{no_town}))(?P<town>[^\W\d_a-zäöü][^\W\d_]+(?:-[^\W\d_]+)?)"
        rf"(?=[ \t]*(?:[,.;!?\n{GONE}]|$|(?i:{wordings('wishes', 'after_town', languages).pattern})))"
    )


@cache
def spoken_name(languages: tuple[str, ...]) -> re.Pattern[str]:
    labels = wordings("wishes", "name_labels", languages).pattern
    return re.compile(rf"(?i:{labels})[ \t:]+(?P<value>{NAMES})")


@cache
def said_to_be(languages: tuple[str, ...]) -> re.Pattern[str]:
    """ "I'm Laura", where the clause ends with it."""
    says = wordings("wishes", "name_says", languages).pattern
    return re.compile(rf"(?i:{says})[ \t]+(?P<value>{NAMES})(?=[ \t]*(?:[,.;!\n]|$))")


@cache
def coming(languages: tuple[str, ...]) -> re.Pattern[str]:
    """Around the time, which was taken out."""
    opens, closes = (wordings("wishes", key, languages).pattern for key in ("pickup_opens", "pickup_closes"))
    return re.compile(rf"(?P<opens>(?:{opens}))(?:[ \t]*{GONE})+(?P<closes>(?:[ \t]*(?:{closes}))?)", re.IGNORECASE)


@cache
def beside_time(languages: tuple[str, ...]) -> re.Pattern[str]:
    """ "A bit later", "not until": what is said of a time that was taken out, and says nothing else."""
    moved, before, behind = (wordings("wishes", key, languages).pattern for key in BESIDE_TIME)
    return re.compile(rf"(?:{moved})|(?:{before})(?=[ \t]*{GONE})|{GONE}[ \t]*(?:{behind})", re.IGNORECASE)


@cache
def fetcher(languages: tuple[str, ...]) -> re.Pattern[str]:
    """A name behind what was taken out as the pickup."""
    after = wordings("wishes", "name_after", languages).pattern
    return re.compile(rf"{GONE}\s*(?P<all>(?i:{after})[ \t]+(?P<value>{NAMES}))")


@cache
def code(languages: tuple[str, ...]) -> re.Pattern[str]:
    labels = wordings("wishes", "code_labels", languages).pattern
    return re.compile(rf"(?i:{labels})[ \t]*[:=]?[ \t]*[\"'“„]?{CODE}[\"'”“]?(?!\w)")


@cache
def payment_alone(languages: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(map(re.escape, named("wishes", "pay_alone", languages)))
    return re.compile(rf"(?:^|[,.;:!\n{GONE}])\s*(?P<value>{words})\s*(?=[,.;!\n{GONE}]|$)", re.IGNORECASE)


@cache
def name_before(languages: tuple[str, ...]) -> re.Pattern[str]:
    tails = wordings("wishes", "name_tails", languages).pattern
    return re.compile(rf"(?P<value>{NAMES})[ \t]*[.,!]?[ \t\n]*(?i:{tails})")


@cache
def phone_label(languages: tuple[str, ...]) -> re.Pattern[str]:
    labels = wordings("wishes", "phone", languages).pattern
    return re.compile(rf"(?:{labels})[ \t.:]*(?P<value>\+?\(?\d[\d \t/().-]{{4,22}}\d)", re.IGNORECASE)
