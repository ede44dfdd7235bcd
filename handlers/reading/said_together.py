"""Phrases that are one thing together: "all the veggies", "an extra shot of espresso"."""

from collections.abc import Iterator, Sequence

from handlers.reading.language import Role, Words
from handlers.reading.menu_match import CompiledMenu, Target
from handlers.reading.noun_phrases import LINKS
from handlers.reading.phrases import Kind, Phrase
from handlers.reading.tokens import Token, key_of, stem


def together(phrases: Sequence[Phrase], menu: CompiledMenu, tokens: Sequence[Token], words: Words) -> list[Phrase]:
    """The phrases, each run of them that says one thing as one."""
    found: list[Phrase] = []
    at = 0
    while at < len(phrases):
        whole = _whole_group(phrases, at, menu, tokens, words) if phrases[at].kind is Role.ALL else None
        stuff = _stuff_of(phrases, at, menu, tokens, words) if phrases[at].kind is Kind.GOODS else None
        phrase = whole or stuff or phrases[at]
        if at and phrases[at - 1].kind is Role.REFUSE and _is_group(phrase, menu, tokens, words):
            # "No veggies" is no word about the veggie sub; what it leaves out is asked.
            phrase = Phrase(Kind.UNKNOWN, phrase.start, phrase.end)
        found.append(phrase)
        while at < len(phrases) and phrases[at].end <= phrase.end:
            at += 1
    return found


def _whole_group(
    phrases: Sequence[Phrase], at: int, menu: CompiledMenu, tokens: Sequence[Token], words: Words
) -> Phrase | None:
    """ "All the veggies": all values of the group that is called so, or the one value that is."""
    after = at + 1
    while after < len(phrases) and phrases[after].kind in (*LINKS, Role.GLUE):
        after += 1
    if after == len(phrases) or phrases[after].end != phrases[after].start + 1:
        return None
    start, named = phrases[at].start, phrases[after]
    text = tokens[named.start].text
    exact = menu.named(key_of((tokens[start].text, text), words.numbers), "")
    if exact and all(target.group for target in exact):
        return Phrase(Kind.GOODS, start, named.end, options=exact)
    for noun in _nouns(text, words):
        if targets := _values(noun, menu):
            return Phrase(Kind.GOODS, start, named.end, options=targets, is_whole=True)
    return None


def _is_group(phrase: Phrase, menu: CompiledMenu, tokens: Sequence[Token], words: Words) -> bool:
    """Is this the name of a group, and of no option?"""
    if phrase.kind not in (Kind.GOODS, Kind.CATEGORY) or phrase.options or phrase.end != phrase.start + 1:
        return False
    return any(_values(noun, menu) for noun in _nouns(tokens[phrase.start].text, words))


def _nouns(text: str, words: Words) -> Iterator[str]:
    yield stem(text)
    for other in words.synonyms.get(key_of((text,), words.numbers), ()):
        yield stem(other)


def _values(noun: str, menu: CompiledMenu) -> tuple[Target, ...]:
    groups = sorted(menu.group_nouns.get(noun, ()))
    return tuple(target for group in groups for target in menu.several.get(group, ()))


def _stuff_of(
    phrases: Sequence[Phrase], at: int, menu: CompiledMenu, tokens: Sequence[Token], words: Words
) -> Phrase | None:
    """ "An extra shot of espresso": the espresso is what the shot is made of, no other goods."""
    phrase = phrases[at]
    if at + 2 >= len(phrases) or phrase.products or phrases[at + 1].kind is not Role.LINK:
        return None
    link, stuff = phrases[at + 1], phrases[at + 2]
    vessel = f"{tokens[phrase.end - 1].text} {tokens[link.start].text}"
    if any(target.group not in menu.several for target in phrase.options):
        # "A can of coke": the coke comes in it.
        return None
    is_stuff = stuff.kind is Kind.GOODS and bool(stuff.products)
    return phrase._replace(end=stuff.end) if is_stuff and words.roles.get(vessel) is Role.SIDE_OF else None
