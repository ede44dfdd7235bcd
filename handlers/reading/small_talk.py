"""Salutations, closings and the words that lead up to goods: taken out before the goods are read."""

import re
from functools import cache

from handlers.reading.menu_match import CompiledMenu
from handlers.reading.order_text import read_order
from handlers.reading.texts import Text
from handlers.reading.wordings import may_say, with_lists, wordings

_NAME_BELOW = re.compile(r"(?<=[.!?,])[ \t]*\n\s*[^\W\d_a-zäöü][^\W\d_]*\.?(?:[ \t]+[^\W\d_a-zäöü][^\W\d_]*)?\s*\Z")
"""Below the end of a sentence: in a list it could be goods that nobody knows."""
MOST_NAMES = 2
"""On that line."""
_LISTS = ("talk.salutations", "talk.addressing", "talk.lead_ins", "talk.closings", "talk.signs")


def without_talk(text: str, menu: CompiledMenu, languages: tuple[str, ...], *, by_mail: bool = False) -> Text:
    """The text without small talk; a mail also without the name alone on its last line."""
    codes = with_lists(languages)
    may_be_name = by_mail and len(text.rstrip().rpartition("\n")[2].split()) <= MOST_NAMES
    if may_be_name and (name := _NAME_BELOW.search(text)) and not _on_menu(name[0], menu, languages):
        text = Text.of(text).less(text[: name.start()])
    if may_say(text := Text.of(text), codes).isdisjoint(_LISTS):
        return text
    start, end = _salutation_end(text, menu, languages), _closing_start(text, menu, languages)
    text = text if end - start == len(text) else text.less(text[start:end])
    for key in ("salutations", "lead_ins", "closings"):
        text = wordings("talk", key, codes).sub(" ", text)
    return text


def _salutation_end(text: str, menu: CompiledMenu, languages: tuple[str, ...]) -> int:
    """Where "Hello Trattoria Bea," ends: a salutation, a name and the end of its line, unless it is on the menu."""
    codes = with_lists(languages)
    if not any(wordings("talk", key, codes).may_be_in(text) for key in ("salutations", "addressing")):
        return 0
    found = _addressed(codes).match(text)
    return found.end() if found and not _on_menu(found["name"], menu, languages) else 0


def _closing_start(text: str, menu: CompiledMenu, languages: tuple[str, ...]) -> int:
    """Where "Kind regards, Carl" begins: at the end of a text a closing and a name, unless the name is on the menu."""
    codes = with_lists(languages)
    may_close = any(wordings("talk", key, codes).may_be_in(text) for key in ("closings", "signs"))
    found = _signed(codes).search(text, max(0, len(text) - 200)) if may_close else None
    if not found:
        return len(text)
    return len(text) if _on_menu(found["name"], menu, languages) else found.start()


def _on_menu(name: str, menu: CompiledMenu, languages: tuple[str, ...]) -> bool:
    if not name.strip():
        return False
    reading = read_order(name, menu, languages)
    return bool(reading.lines or reading.questions)


@cache
def _addressed(languages: tuple[str, ...]) -> re.Pattern[str]:
    hello, dear = (wordings("talk", key, languages).pattern for key in ("salutations", "addressing"))
    name = r"(?:[^\W\d_a-zäöü][\w'’&-]*[ \t]*){1,4}"
    return re.compile(rf"\s*(?i:{hello}(?:[ \t,]+{dear})?|{dear})[ \t]+(?P<name>{name})(?:[,!:]|\s*\n)")


@cache
def _signed(languages: tuple[str, ...]) -> re.Pattern[str]:
    closings, signs = (wordings("talk", key, languages).pattern for key in ("closings", "signs"))
    sign = rf"(?:^|(?<=[.!?\n]))\s*(?i:{signs})[ \t]*[,\n](?=\s*[^\W\d_])"
    name = r"(?P<name>(?:[^\W\d_a-zäöü][^\W\d_]*\.?[ \t]*){0,3})"
    return re.compile(rf"(?:(?i:{closings})|{sign})[\s,.!–-]*{name}\s*$")
