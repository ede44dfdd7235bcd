"""What is known of single words: each is looked up once for a menu and the languages that it is read in."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from core.frozen import frozen
from handlers.reading.language import Role, Words
from handlers.reading.menu_match import FIRST_LETTERS, CompiledMenu
from handlers.reading.remembered import Remembered
from handlers.reading.spelling import SHORTEST
from handlers.reading.tokens import TokenKind, key_of, longer_key, piece_of, stem
from handlers.reading.whole_names import WholeNames

MOST_KNOWN = 5_000
"""So many words are remembered for a menu and some languages, those that were said last."""
SHORTEST_FORM = 3
"""Letters of another form of a word: "eaux" are eau."""

LAST = "\U0010ffff"
"""Behind any other character."""

_WORDS = (TokenKind.WORD, TokenKind.NUMBER)


@frozen
class Known:
    """A word or sign of a message as the menu has it, else as the language has it, and what may begin with it."""

    text: str
    """Rightly spelled."""
    key: str
    """See tokens.key_of; empty for a break, at which every name ends."""
    role: Role | None
    """What the word does alone."""
    most_spoken: int
    """The words of the longest role or count that begins with it."""
    second_words: frozenset[str]
    """Those of the roles and counts of several words that begin with it."""
    most_named: int
    """The words of the longest name, part of a name, kind or synonym that may begin with it, 0 if none does."""
    most_as_word: int
    """The same of a number word that begins a name as a word: "quattro formaggi"."""
    begins_number: bool
    is_heading: bool
    """A word for several options: cheese, veggies, sauces."""


class Lexicon:
    """The words of one menu and some languages."""

    def __init__(self, menu: CompiledMenu, words: Words) -> None:
        self._menu = menu
        self._words = words
        self._keys = sorted({*menu.names, *menu.parts, *menu.kinds, *words.synonyms})
        self.words = Remembered(self._look_up, MOST_KNOWN)
        """What is known of the text of a token of a kind."""
        self.longer = Remembered(self._longer, MOST_KNOWN)
        """The key of some words and one more, and whether anything begins so."""
        self.names = WholeNames(menu, words)

    def begins(self, key: str) -> bool:
        """Whether the key of any name, part of a name, kind or synonym begins so."""
        at = bisect_left(self._keys, key)
        return at < len(self._keys) and self._keys[at].startswith(key)

    def _longer(self, words: tuple[str, str]) -> tuple[str, bool]:
        longer = longer_key(*words)
        return longer, self.begins(longer)

    def _look_up(self, said: tuple[str, TokenKind]) -> Known:
        (text, kind), words = said, self._words
        if kind is TokenKind.WORD:
            text = _spelled(text, self._menu, words)
        key = piece_of(text, words.numbers) if kind in _WORDS else ""
        as_word = piece_of(text, {}) if text in words.numbers else ""
        return Known(
            text,
            key,
            words.roles.get(text),
            words.most_after.get(text, 0),
            words.second_words.get(text, frozenset()),
            self._most_named(key) if key else 0,
            self._longest(as_word) if as_word and self.begins(as_word) else 0,
            kind is TokenKind.NUMBER or (kind is TokenKind.WORD and text in words.begin_numbers),
            self._is_heading(text),
        )

    def _is_heading(self, text: str) -> bool:
        others = self._words.synonyms.get(piece_of(text, self._words.numbers), ())
        nouns = (stem(text), *map(stem, others))
        return text in self._words.wholes or any(n in self._menu.tails or n in self._menu.group_nouns for n in nouns)

    def _most_named(self, key: str) -> int:
        """Also of another word for the first one: then nobody knows how it goes on."""
        if not self.begins(key):
            return 0
        goes_on = bisect_right(self._keys, key) < bisect_left(self._keys, key + LAST)
        if goes_on or key in self._words.synonyms:
            # Behind another word for the first ones a name may go on.
            most_meant = self._words.most_meant.get(key, 0) + 1
            return max(self._longest(key), most_meant, self._longest_otherwise(key))
        return 1

    def _longest_otherwise(self, key: str) -> int:
        """The words of the longest name that may begin with another word for this one."""
        others = (other.split() for other in self._words.synonyms.get(key, ()))
        keys = (piece_of(other[0], self._words.numbers) for other in others if len(other) == 1)
        return max(map(self._longest, keys), default=0)

    def _longest(self, key: str) -> int:
        return self._menu.longest.get(key[:FIRST_LETTERS], 0)


def lexicon_of(menu: CompiledMenu, words: Words) -> Lexicon:
    """The lexicon that the menu keeps for these words."""
    lexicon: Lexicon | None = menu.lexicons.get(words)
    if lexicon is None:
        lexicon = menu.lexicons[words] = Lexicon(menu, words)
    return lexicon


def _spelled(word: str, menu: CompiledMenu, words: Words) -> str:
    """A misspelled word as the menu has it, else as the language has it."""
    if len(word) < SHORTEST or _is_known(word, menu, words):
        return word
    near = _inflected(word, menu, words)
    if near is None and stem(word) not in words.known:
        near = _nearest(word, menu) or words.spelling.nearest(word)
    return word if near is None else near


def _nearest(word: str, menu: CompiledMenu) -> str | None:
    """The one word of the menu that is meant, be it in the plural; of two for the same goods either."""
    if word[-1] == word[-2] and piece_of(word[:-1], {}) in menu.names:
        return word[:-1]
    for form in dict.fromkeys((word, word.removesuffix("s"))):
        near = menu.spelling.all_nearest(form)
        if near and len({_meaning(other, menu) for other in near}) == 1:
            return near[0]
    return None


def _meaning(word: str, menu: CompiledMenu) -> frozenset[tuple[str, str, str]] | str:
    key = piece_of(word, {})
    return frozenset(target[:3] for target in menu.named(key, "")) or key


def _is_known(word: str, menu: CompiledMenu, words: Words) -> bool:
    if word in words.roles or word in words.begin_numbers:
        return True
    key = piece_of(word, words.numbers)
    return key in menu.vocabulary or key in menu.names or key in menu.kinds


def _inflected(word: str, menu: CompiledMenu, words: Words) -> str | None:
    """Another form of the word that the menu has: "margherite" are several margherita."""
    meant = words.synonyms.get(piece_of(word, words.numbers), ()) if words.inflections else ()
    if any(key_of(other.split(), words.numbers) in menu.names for other in meant):
        return None
    forms = {form: piece_of(form, words.numbers) for form in _forms(word, words)}
    known = [form for form, key in forms.items() if key in menu.vocabulary]
    return next(iter([*known, *(form for form, key in forms.items() if key in words.synonyms)]), None)


def _forms(word: str, words: Words) -> Iterator[str]:
    for pair in words.inflections:
        for ending, other in (pair, pair[::-1]):
            form = word.removesuffix(ending) + other
            if word.endswith(ending) and len(form) >= SHORTEST_FORM:
                yield form
