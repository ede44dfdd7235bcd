"""What a town says of the street beside it: "39057 Eppan, Bahnhofstraße 3", "Lauben 7, 39100 Bozen", "to Lauben 7"."""

import re
from collections.abc import Callable
from functools import cache

from handlers.reading.word_lists import word_list
from handlers.reading.wordings import named, with_lists, wordings

UK_POSTCODE = r"(?i:[A-Z]{1,2}\d[A-Z\d]?[ ]?\d[A-Z]{2})"
POSTCODE = rf"(?:(?:[A-Z]{{1,2}}-)?\d{{4,5}}|{UK_POSTCODE})"
NUMBER = r"\d{1,5}[ ]?(?:[a-zA-Z](?![\w]))?(?:[ ]?[-/][ ]?\d{1,4}[a-zA-Z]?|/[a-zA-Z](?!\w))?"
NAME = r"[A-ZÄÖÜ][^\W\d_]+"
_NAMES = rf"{NAME}(?:[ -]{NAME}){{0,2}}"
_HAS_TOWN = re.compile(rf"(?<!\d)\d{{4,5}}[ \t]+{NAME}")
_HAS_NAME = re.compile(rf"{NAME}[ \t]+\d")
_AFTER = re.compile(r"[ \t]*[x×]?[ \t]*([^\W\d_][\w'’-]*)")

IsGoods = Callable[[str], bool]
"""Whether a single word names goods or counts them."""


def no_goods(_: str) -> bool:
    """Where there is no menu, no word names goods."""
    return False


def any_goods(name: str, is_goods: IsGoods) -> bool:
    """Whether a word of the name that has a capital is one of goods."""
    return any(is_goods(word) for word in name.split() if word[0].isupper())


def words_of(key: str, languages: tuple[str, ...]) -> list[str]:
    """The words of one key of the wishes, each alternative for itself."""
    texts = [text for code in languages for text in word_list(f"intents.{code}")["wishes"].get(key, ())]
    return [word for text in texts for word in text.split("|")]


def alternative(key: str, languages: tuple[str, ...]) -> str:
    """The same as one pattern, longest first."""
    found = sorted(words_of(key, languages), key=len, reverse=True)
    return "|".join(re.escape(word).replace("_", r"[ \t]+") for word in found) or "(?!)"


@cache
def town_ahead(languages: tuple[str, ...]) -> re.Pattern[str]:
    """A town that a street follows: "Eppan, " or "39057 Eppan in der "; behind "to" or "nach"."""
    steps = rf"(?:[ \t]*,[ \t\n]*|[ \t]+)(?i:(?:{_steps(languages)})[ \t]+)?"
    return re.compile(rf"(?P<code>{POSTCODE}[ \t]+)?(?P<town>{_NAMES}){steps}")


def town_before(text: str, street: int, languages: tuple[str, ...]) -> tuple[int, int]:
    """Where a postcode with its town begins right before the street, and the "in" before it; the street where none."""
    found = _town_behind(languages).search(text, max(0, street - 80), street)
    if found is None:
        return street, street
    return found.start("town"), found.start()


@cache
def _town_behind(languages: tuple[str, ...]) -> re.Pattern[str]:
    leads = rf"{alternative('town_links', languages)}|{alternative('town_leads', languages)}"
    steps = rf"(?:(?i:{_steps(languages)})[ \t]+)?"
    return re.compile(
        rf"(?<![\w.,/-])(?:(?i:{leads})[ \t]+)?(?P<town>{POSTCODE}[ \t]+{_NAMES})[ \t]*,?[ \t\n]*{steps}\Z"
    )


def _steps(languages: tuple[str, ...]) -> str:
    """Words between a town and its street: "Bozen in der Museumstraße 5"."""
    return alternative("street_links", languages)


def may_be_led(text: str) -> bool:
    """Whether a name with a number may stand there, as in "to Lauben 7"."""
    return _HAS_NAME.search(text) is not None


def may_name_town(text: str) -> bool:
    """Whether a postcode with a town may stand there."""
    return _HAS_TOWN.search(text) is not None


@cache
def street_of_town(languages: tuple[str, ...]) -> re.Pattern[str]:
    """A name and a number before a postcode with its town: whatever it is called, that is a street."""
    links = alternative("town_links", languages)
    return re.compile(
        rf"(?<![\w.,/-])(?:[^\W\d_][\w'’-]*[ \t]+){{0,2}}?(?P<last>{NAME}(?:-{NAME})*)[ \t]*,?[ \t]*{NUMBER}"
        rf"(?=[ \t]*(?:[,\n]|(?i:{links})(?=[ \t]))[ \t]*\d{{4,5}}[ \t]+{NAME}|[ \t]+\d{{5}}[ \t]+{NAME})"
    )


@cache
def street_behind_town(languages: tuple[str, ...]) -> re.Pattern[str]:
    """The same behind them: "39100 Bozen, Lauben 7"; `last` is the name of the street."""
    ends = alternative("address_ends", languages)
    return re.compile(
        rf"(?<![\w.,/-]){POSTCODE}[ \t]+{_NAMES}[ \t]*(?:,[ \t]*\n?|\n)[ \t]*(?P<last>{_NAMES})[ \t]+{NUMBER}"
        rf"(?=[ \t]*(?:[,.;!\n]|$|(?i:{ends})(?!\w)))"
    )


@cache
def town_alone() -> re.Pattern[str]:
    """Nothing but a name."""
    return re.compile(_NAMES)


def led_street(text: str, lead: str, start: int, languages: tuple[str, ...], is_goods: IsGoods) -> int:
    """Where a name with a number ends to which "deliver to" leads up, as in "to Lauben 7"; -1 if there is none.

    A number of goods it is not: none of them follows, and the name is none, no day and no "home".
    """
    if not _may_lead(lead, languages):
        return -1
    found = _led(languages).match(text, start)
    if found is None or any(is_goods(word) for word in re.split(r"[ -]", found["name"])):
        return -1
    if any(names_day(part, languages) for part in found["name"].split()):
        return -1
    after = _AFTER.match(text, found.end())
    if after is None or after[1].casefold() in words_of("address_ends", languages):
        return found.end()
    return -1 if is_goods(after[1]) else found.end()


def _may_lead(lead: str, languages: tuple[str, ...]) -> bool:
    return wordings("wishes", "street_leads", with_lists(languages)).search(lead) is not None


@cache
def _led(languages: tuple[str, ...]) -> re.Pattern[str]:
    nowhere = wordings("wishes", "no_towns", languages).pattern
    return re.compile(
        rf"(?!(?i:{nowhere}))(?P<name>{_NAMES})[ \t]+\d{{1,4}}[a-zA-Z]?(?!\w|[:.,]\d|[ \t]*(?:[x×]|Uhr)(?!\w))"
    )


def names_day(word: str, languages: tuple[str, ...]) -> bool:
    """Whether a word names a day, a part of it or a feast."""
    return word.casefold() in _days(languages)


@cache
def _days(languages: tuple[str, ...]) -> frozenset[str]:
    keys = ("days", "weekdays", "months", "parts", "feasts")
    return frozenset(word for key in keys for word in named("times", key, languages))


@cache
def opens_name(languages: tuple[str, ...]) -> re.Pattern[str]:
    """Small words at the beginning of a street's name: "am Alten Markt"."""
    return re.compile(rf"(?i:{alternative('street_openings', languages)})[ \t]+[A-ZÄÖÜ]")


@cache
def certain_street(languages: tuple[str, ...]) -> re.Pattern[str]:
    """A name that ends in "straße" or the like and begins with a capital, alone or two capitals ("Alter Weg")."""
    endings = alternative("certain_endings", languages)
    return re.compile(rf"(?:[A-ZÄÖÜ][\w-]*[ \t]+){{0,3}}[A-ZÄÖÜ](?:[^\W\d_]{{3,}}-?|[\w.-]*-)?(?i:{endings})[ \t]*\d")
