"""How a street is written, its number before or behind it: "5 Mill Lane", "Hauptstr. 12a", "Via Dante 4"."""

import re
from functools import cache

from handlers.reading.places import NAME, NUMBER, IsGoods, alternative, opens_name, words_of
from handlers.reading.texts import RunIndex, Text, runs_of
from handlers.reading.word_lists import word_list


def listed(key: str) -> str:
    """Words of words/streets.toml as one alternative, longest first."""
    words = sorted(word_list("streets")[key], key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"[ \t'’]+") for word in words)


_FIRST = rf"(?<!\w)(?i:{listed('before_name')})[ \t]+"
_LINKS = rf"(?:{listed('links')})(?:[ \t]+|['’])"


def words_before(street: str, languages: tuple[str, ...], is_goods: IsGoods) -> int:
    """How much of a match stands before the street: "Zwei Cola bitte an die" of what ends in "Hauptstr. 7"."""
    if street[0].isdigit() or kind_first(languages).match(street):
        return 0
    start = 0
    *before, _ = re.finditer(r"\S+[ \t]*", re.sub(rf"[ \t]*,?[ \t]*{NUMBER}$", "", street))
    for word in before:
        if is_goods(word[0].strip()) or (start == word.start() and _is_small(street, start, languages)):
            start = word.end()
    if (
        before
        and start == before[-1].end()
        and street[before[-1].start()].isupper()
        and _bare(languages).match(street, start)
    ):
        # Nothing is called just "Gasse": the "Lange" before it is its name.
        return before[-1].start()
    return start


def _is_small(street: str, at: int, languages: tuple[str, ...]) -> bool:
    """Whether a word is no beginning of a name: the "an" of "an Alte Gasse", and not the "am" of "am Markt"."""
    return street[at].islower() and not opens_name(languages).match(street, at)


def counts_goods(text: str, street: re.Match[str], is_goods: IsGoods) -> bool:
    """ "Via Roma, 2 margheritas": that is no number of a house."""
    if not re.search(rf",[ \t]*{NUMBER}$", street[0]):
        return False
    after = re.compile(r"[ \t]*([^\W\d_][\w'’-]*)").match(text, street.end())
    return after is not None and is_goods(after[1])


def may_have_street(text: Text, languages: tuple[str, ...]) -> bool:
    """Whether a word of any_street stands in the text."""
    words, endings = _street_runs(languages)
    return bool(words.heard(text.whole.runs)) or any(run.endswith(endings) for run in text.runs)


@cache
def _street_runs(languages: tuple[str, ...]) -> tuple[RunIndex[str], tuple[str, ...]]:
    """Of words that stand alone, and the endings of words that are one with their names."""
    alone = [*word_list("streets")["before_name"], *words_of("street_words", languages)]
    endings = {runs_of(word)[-1] for word in words_of("street_endings", languages)}
    return RunIndex((word, [frozenset({run}) for run in runs_of(word)]) for word in alone), tuple(sorted(endings))


@cache
def any_street(languages: tuple[str, ...]) -> re.Pattern[str]:
    """Like "5 Mill Lane", "Hauptstr. 12a", "Am Alten Markt 3", "Via Dante 4" or "4 rue de la Poste"."""
    before, after = alternative("street_words", languages), alternative("street_endings", languages)
    word = r"[^\W\d_][\w'’.-]*"
    return re.compile(
        rf"(?<![\w.,/-])(?:{_FIRST}(?i:{_LINKS})*{word}(?:[ \t]+{word}){{0,2}}?[ \t]*,?[ \t]*{NUMBER}(?!\w|:\d)"
        rf"|{NUMBER},?[ \t]+{_FIRST}(?:(?i:{_LINKS})+{word}|{NAME})(?:[ \t]+{NAME})?"
        rf"|{NUMBER},?[ \t]+(?:{word}[ \t]+){{1,3}}?(?i:{before})(?!\w)"
        rf"|(?:{word}[ \t]+){{1,4}}?(?=[A-Z])(?i:{before})[ \t]+{NUMBER}(?!\w|:\d)"
        rf"|{NAME}(?:[ \t]+{NAME})?[ \t]+(?i:{before})[ \t]+{NUMBER}(?!\w|:\d)"
        rf"|(?:{word}[ \t]+){{0,3}}?[^\W\d_-]*\.?(?:-[^\W\d_-]+\.?)*-?(?i:{after})[ \t]*,?[ \t]*{NUMBER}(?!\w|:\d))"
    )


@cache
def _bare(languages: tuple[str, ...]) -> re.Pattern[str]:
    """The kind of a street, and not one with its name: "Gasse 14"."""
    kinds = "|".join(alternative(key, languages) for key in ("street_endings", "street_words"))
    return re.compile(rf"(?i:{kinds})[ \t]*,?[ \t]*{NUMBER}$")


@cache
def kind_first(languages: tuple[str, ...]) -> re.Pattern[str]:
    """A street whose kind is said before its name: "Via Dante", and not "via email"."""
    ends = alternative("address_ends", languages)
    return re.compile(rf"(?:{NUMBER},?[ \t]+)?{_FIRST}(?i:{_LINKS})*(?!(?i:{ends})(?!\w))(?P<name>[^\W\d_])")
