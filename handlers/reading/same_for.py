"""What several people have alike, written out: "same for my brother", "Anna and Ben both take the carbonara"."""

import re
from functools import cache

from handlers.reading.draft_lines import Finder
from handlers.reading.language import Role, words_for
from handlers.reading.texts import Text
from handlers.reading.tokens import fold
from handlers.reading.wordings import may_say, with_lists, wordings

LONGEST = 600
"""Characters; a longer text tells more than who has what."""
_NAME = r"[A-ZÄÖÜ][\wäöüß]+"
_BREAKS = ".;!?\n"
_NEEDS = frozenset({"talk.same_for", "talk.also_has", "talk.all_have"})
_SAYS_HOW = frozenset({Role.WITH, Role.REFUSE, Role.EXTRA, Role.LIGHT})


def written_out(text: Text, finder: Finder) -> Text:
    """The goods of each of them behind their name, or for whom they are."""
    codes = with_lists(finder.languages)
    said = may_say(text, codes)
    if len(text) > LONGEST or said.isdisjoint(_NEEDS):
        return text
    if "talk.also_has" in said:
        text = _also(text, finder, codes)
    if "talk.same_for" in said:
        text = _same_for(text, finder, codes)
    return _of_names(text, finder, codes) if "talk.all_have" in said else text


def _same_for(text: Text, finder: Finder, codes: tuple[str, ...]) -> Text:
    """ "… and the same for my brother": what was just said for somebody."""
    found = wordings("talk", "same_for", codes).search(text)
    if found is None:
        return text
    before = text[: found.start()].rstrip(" ,;")
    sentence = max(before.rfind(sign) for sign in _BREAKS) + 1
    *earlier, last = before[sentence:].split(",")
    whose = _for_whom(codes).search(last)
    if whose is None:
        return text
    parts = [last[: whose.start()]]
    while earlier and _for_whom(codes).search(earlier[-1]) is None:
        parts.insert(0, earlier.pop())
    goods = ",".join(parts).strip()
    if not finder.reading(goods).lines:
        return text
    return Text.of(f"{before}, {goods} {found[0].split()[-1]}{text[found.end() :]}")


def _also(text: Text, finder: Finder, codes: tuple[str, ...]) -> Text:
    """ "I'll have a tirolese, my wife too": what the clause before names."""
    found = wordings("talk", "also_has", codes).search(text)
    if found is None or not _at_end(codes).match(text, found.end()):
        return text
    before = text[: found.start()].rstrip(" ,;.")
    clause = before[max(before.rfind(sign) for sign in f"{_BREAKS},") + 1 :]
    if not finder.reading(clause).lines:
        return text
    goods = wordings("talk", "selves", codes).sub(" ", clause).strip()
    return Text.of(f"{before}, {goods}{text[found.end() :]}") if finder.reading(goods).lines else text


@cache
def _at_end(codes: tuple[str, ...]) -> re.Pattern[str]:
    please = wordings("talk", "please", codes).pattern
    return re.compile(rf"\s*(?:{please})?\s*(?:$|[.,;!?\n])", re.IGNORECASE)


@cache
def _for_whom(codes: tuple[str, ...]) -> re.Pattern[str]:
    """ "For me", "for my mum", at the end."""
    return re.compile(rf"\s+{wordings('talk', 'for_someone', codes).pattern}\s+\w+(?:\s+\w+)?\s*$", re.IGNORECASE)


def _of_names(text: Text, finder: Finder, codes: tuple[str, ...]) -> Text:
    """ "Anna, Ben and Clara all have tagliatelle. Ben's without parmesan"."""
    found = _all_have(codes).search(text)
    names = re.findall(_NAME, found["names"]) if found else []
    if found is None or len(names) != len(set(names)) or finder.reading(found["names"]).lines:
        return text
    goods, rest = found["goods"].strip(" ,"), text[found.end() :]
    if len(finder.reading(goods).lines) != 1:
        return text
    rows, joint = [], wordings("wishes", "and", codes).pattern
    for name in names:
        how = re.search(rf"(?:^|[\s,.;])(?:(?i:{joint})\s+)?{name}(?:['’]?s)?\s+(?P<how>[^{_BREAKS},]+)", rest)
        is_how = how is not None and _says_how(how["how"], finder)
        rows.append(f"{name}: {goods} {how['how'].strip()}" if how and is_how else f"{name}: {goods}")
        rest = f"{rest[: how.start()]} {rest[how.end() :]}" if how and is_how else rest
    return Text.of("\n".join([text[: found.start()].strip(), *rows, rest.strip(" ,.;")]).strip())


def _says_how(words: str, finder: Finder) -> bool:
    return words_for(finder.languages).roles.get(fold(words.split(maxsplit=1)[0])) in _SAYS_HOW


@cache
def _all_have(codes: tuple[str, ...]) -> re.Pattern[str]:
    joint = rf"(?:&|(?i:{wordings('wishes', 'and', codes).pattern}))"
    names = rf"(?P<names>{_NAME}(?:,\s*{_NAME})*,?\s+{joint}\s+{_NAME})"
    return re.compile(
        rf"{names}\s+(?i:{wordings('talk', 'all_have', codes).pattern})\s+(?P<goods>[^{_BREAKS}]+)[{_BREAKS}]?"
    )
