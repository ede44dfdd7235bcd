"""Salutations, closings and the words that lead up to goods: taken out before the goods are read."""

import re
from functools import cache

from handlers.reading.menu_match import CompiledMenu
from handlers.reading.order_text import read_order
from handlers.reading.wordings import with_lists, wordings


def without_talk(text: str, menu: CompiledMenu, languages: tuple[str, ...]) -> str:
    """The text without small talk."""
    codes = with_lists(languages)
    end = _closing_start(text, menu, languages)
    text = text[:end]
    for key in ("salutations", "lead_ins", "closings"):
        text = wordings("talk", key, codes).sub(" ", text)
    return text


def _closing_start(text: str, menu: CompiledMenu, languages: tuple[str, ...]) -> int:
    """Where "Kind regards, Carl" begins: at the end of a text a closing and a name, unless the name is on the menu."""
    found = _signed(with_lists(languages)).search(text, max(0, len(text) - 200))
    if not found:
        return len(text)
    if found["name"].strip():
        reading = read_order(found["name"], menu, languages)
        if reading.lines or reading.questions:
            return len(text)
    return found.start()


@cache
def _signed(languages: tuple[str, ...]) -> re.Pattern[str]:
    closings = wordings("talk", "closings", languages).pattern
    return re.compile(rf"(?i:{closings})[\s,.!–-]*(?P<name>(?:[^\W\d_a-zäöü][^\W\d_]*\.?[ \t]*){{0,3}})\s*$")
