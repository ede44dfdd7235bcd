"""Learned words in the reader: which words may be learned, and a menu that knows some.

A learned word names one thing, and no word that is known already is read otherwise
than before: not the menu's, not a number, not one of the lists of a language.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache
from typing import Any

from core.learning import LearnedWord, Meant
from handlers.reading.language import Role, Words, words_for
from handlers.reading.menu_match import FIRST_LETTERS, CompiledMenu, Rank, Target, split
from handlers.reading.phrases import Kind
from handlers.reading.splitting import phrases_of
from handlers.reading.tokens import Token, TokenKind, key_of, tokenize
from handlers.reading.word_lists import word_list

MOST_WORDS = 4
LONGEST = 40
SHORTEST = 2
"""Letters of a word that may be learned."""
INNER = frozenset({Role.LINK, Role.OF_THE, Role.ARTICLE})
"""Small words that may stand within: the "di" of "frutti di bosco"."""
PLURAL = "s"
LETTERS_OF_PLURAL = 4
"""A word of more letters is taken for a plural if it ends like one."""
ABOUT_FOOD = frozenset({"foods", "synonyms"})
"""Sections of a list that name food: a menu without it may learn what is meant by it."""


class Fault(StrEnum):
    """Why words are not learned."""

    ODD = "odd"  # no words: numbers, emoji, marks
    LONG = "long"
    KNOWN = "known"  # the menu or the language has them


def fault_of(written: str, menu: CompiledMenu, languages: tuple[str, ...]) -> Fault | None:
    """Why these words cannot be learned; None if they can. `menu` knows what has been learned so far."""
    tokens = tokenize(written)
    if len(written) > LONGEST or len(tokens) > MOST_WORDS:
        return Fault.LONG
    is_plain = all(token.kind is TokenKind.WORD and len(token.text) >= SHORTEST for token in tokens)
    if not tokens or not is_plain or spelled(written) != " ".join(written.split()):
        return Fault.ODD
    if any(_is_known(tokens, menu, words_for((language,))) for language in languages):
        return Fault.KNOWN
    spoken = _spoken(languages)
    ends = {tokens[0].text, tokens[-1].text}
    if any(token.text in spoken and (token.text in ends or not _is_inner(token, languages)) for token in tokens):
        return Fault.KNOWN
    return None


def _is_known(tokens: Sequence[Token], menu: CompiledMenu, words: Words) -> bool:
    """Whether any of it means something to the reader, as it is or as a misspelling."""
    phrases = phrases_of(tokens, menu, words)
    inner = phrases[1:-1]
    return any(phrase.kind is not Kind.UNKNOWN and not (phrase in inner and phrase.kind in INNER) for phrase in phrases)


def _is_inner(token: Token, languages: tuple[str, ...]) -> bool:
    return any(words_for((language,)).roles.get(token.text) in INNER for language in languages)


@lru_cache(maxsize=32)
def _spoken(languages: tuple[str, ...]) -> frozenset[str]:
    """Every single word of the lists of these languages, but for food: greetings, times, wishes, what is asked."""
    lists = [word_list(name) for language in languages for name in (language[:2], f"intents.{language[:2]}")]
    texts = (
        text for one in lists for section, listed in one.items() if section not in ABOUT_FOOD for text in _texts(listed)
    )
    return frozenset(word for text in texts for word in split(text.replace("|", " ").replace("[", " ")))


def _texts(listed: Any) -> Iterator[str]:
    """All texts of a part of a list, keys too."""
    if isinstance(listed, str):
        yield listed
    elif isinstance(listed, Mapping):
        for name, below in listed.items():
            yield name
            yield from _texts(below)
    elif isinstance(listed, list):
        for below in listed:
            yield from _texts(below)


def spelled(written: str) -> str:
    """The words alone, as they were written, with one space between them."""
    return " ".join(written[token.start : token.end] for token in tokenize(written) if token.kind is TokenKind.WORD)


def bare(written: str, languages: tuple[str, ...]) -> str:
    """What of the words may be learned: without the numbers and small words at both ends ("2 marghis please")."""
    words = words_for(languages)
    tokens = tokenize(written)
    while tokens and _says_nothing(tokens[0], words):
        del tokens[0]
    while tokens and _says_nothing(tokens[-1], words):
        del tokens[-1]
    return written[tokens[0].start : tokens[-1].end] if tokens else ""


def _says_nothing(token: Token, words: Words) -> bool:
    return token.kind is not TokenKind.WORD or token.text in words.roles or token.text in words.begin_numbers


def learned_key(written: str) -> str:
    """The same for singular and plural of the words: "marghi", "marghis"."""
    key = key_of(split(written), {})
    return key.removesuffix(PLURAL) if len(key) > LETTERS_OF_PLURAL else key


def taught(menu: CompiledMenu, learned: Sequence[LearnedWord]) -> CompiledMenu:
    """The menu with these words, and without those that it knew before.

    A word whose goods it does not have, or that it names itself, stays asleep.
    """
    if not learned and not menu.learned:
        return menu
    names = {key: named for key, named in menu.names.items() if key not in menu.learned}
    longest, added = dict(menu.longest), set[str]()
    for word in learned:
        forms = (word.key, word.key + PLURAL)
        if not has(menu, word.meaning) or any(f in names or f in menu.parts or f in menu.kinds for f in forms):
            continue
        texts, meaning = split(word.words), word.meaning
        for key in forms:
            names[key] = ((" ".join(texts), Target(meaning.sku, meaning.group, meaning.value, Rank.ALIAS)),)
            added.add(key)
            for letters in range(1, FIRST_LETTERS + 1):
                # One word more than there are: as with the menu's own names.
                longest[key[:letters]] = max(longest.get(key[:letters], 0), len(texts) + 1)
    return replace(menu, names=names, longest=longest, learned=frozenset(added))


def has(menu: CompiledMenu, meaning: Meant) -> bool:
    """Whether the menu has these goods at present."""
    if meaning.sku:
        return meaning.sku in menu.menu.by_sku
    return (meaning.group, meaning.value) in menu.offers
