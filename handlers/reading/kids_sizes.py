"""Goods for children by their size, "three kids pizzas": the menu's word for it, else a doubt."""

import re

from handlers.reading.draft_lines import Finder
from handlers.reading.goods_words import on_menu
from handlers.reading.texts import Text
from handlers.reading.wordings import may_say, with_lists, wordings

_BEFORE = re.compile(r"(\w+)\s+\Z")
_BEHIND = re.compile(r"(?:\s+|-)(\w+)")
NEAR = 30
"""Characters."""


def with_kids_sizes(text: Text, finder: Finder) -> tuple[Text, tuple[str, ...]]:
    """The text with the menu's word for a size for children, and the words that it has none for."""
    codes = with_lists(finder.languages)
    if "talk.kids" not in may_say(text, codes):
        return text, ()
    pieces, unknown, at = list[str](), list[str](), 0
    for found in wordings("talk", "kids", codes).finditer(text):
        if not _is_size(text, found, finder):
            continue
        word = _on_menu(finder, codes)
        unknown += [] if word else [found[0]]
        is_joined = text[found.end() : found.end() + 1] == "-"
        pieces += [text[at : found.start()], f"{word} " if is_joined else word]
        at = found.end() + is_joined
    return (Text.of("".join([*pieces, text[at:]])) if pieces else text), tuple(unknown)


def _is_size(text: str, found: re.Match[str], finder: Finder) -> bool:
    """ "A kids margherita", "the kids one"; "for my kids a margherita" is no size."""
    codes = with_lists(finder.languages)
    if wordings("talk", "sized", codes).search(found[0]):
        return True
    before = _BEFORE.search(text, max(0, found.start() - NEAR), found.start())
    behind = _BEHIND.match(text, found.end())
    if behind is None:
        return False
    if wordings("talk", "pizzas", codes).fullmatch(behind[1]):
        return True
    counts = before is not None and finder.number(before[1]) is not None
    return counts and on_menu(finder.menu, finder.languages)(behind[1])


def _on_menu(finder: Finder, codes: tuple[str, ...]) -> str:
    """What the menu calls it; empty where it has no such size."""
    knows = on_menu(finder.menu, finder.languages)
    expected = dict.fromkeys((*(code[:2] for code in finder.languages if code[:2] in codes), *codes))
    names = (each.text for code in expected for each in wordings("talk", "kids_sizes", (code,)).each)
    return next((name for name in names if knows(name, wholly=True)), "")
