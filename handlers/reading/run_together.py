"""Words without the space between them: "twomargheritas", "anda", "largemargherita"."""

from collections.abc import Sequence

from handlers.reading.language import Role, Words
from handlers.reading.menu_match import CompiledMenu
from handlers.reading.tokens import Token, TokenKind, piece_of, stem

SHORTEST = 4
LONGEST = 40
SHORTEST_NAME = 4
_SMALL_WORDS = frozenset({Role.ARTICLE, Role.AND, Role.WITH, Role.REFUSE})


def apart(tokens: Sequence[Token], menu: CompiledMenu, words: Words) -> list[Token]:
    """The tokens, those apart that are a small word, a number or an option and a name run together."""
    return [part for token in tokens for part in _parts(token, menu, words)]


def _parts(token: Token, menu: CompiledMenu, words: Words) -> tuple[Token, ...]:
    text = token.text
    if token.kind is not TokenKind.WORD or not SHORTEST <= len(text) <= LONGEST or token.end - token.start != len(text):
        return (token,)
    if text in words.roles or text in words.begin_numbers or stem(text) in words.known:
        return (token,)
    if piece_of(text, words.numbers) in menu.names or stem(text) in menu.vocabulary:
        return (token,)
    for cut in range(len(text) - 1, 0, -1):
        if _begins(text[:cut], menu, words) and _ends(text[cut:], menu, words):
            place = token.start + cut
            return (
                Token(text[:cut], token.kind, token.start, place),
                Token(text[cut:], token.kind, place, token.end),
            )
    return (token,)


def _begins(word: str, menu: CompiledMenu, words: Words) -> bool:
    if word in words.numbers or words.roles.get(word) in _SMALL_WORDS:
        return True
    named = menu.names.get(piece_of(word, words.numbers), ()) if len(word) >= SHORTEST_NAME else ()
    return bool(named) and all(target.group for _, target in named)


def _ends(word: str, menu: CompiledMenu, words: Words) -> bool:
    if word in words.numbers or words.roles.get(word) is Role.ARTICLE:
        return True
    return len(word) >= SHORTEST_NAME and piece_of(word, words.numbers) in menu.names
