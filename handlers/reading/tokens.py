"""A message as tokens: words, numbers and breaks that know where they stood in the text."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from enum import StrEnum, auto
from functools import lru_cache, reduce

from core.frozen import frozen
from handlers.reading.remembered import Remembered
from handlers.reading.word_lists import word_list

_ELISIONS = word_list("elisions")
_ELIDED = rf"""
    \b (?i: {"|".join(sorted(_ELISIONS["words"], key=len, reverse=True))} )['’`´](?= (?i: [{_ELISIONS["before"]}] ) |$)
"""
# A single space before a token is passed over with it, which halves the places to be tried.
_GRAMMAR = r"""
    [ ]?+ (?:
    (?P<word>   (?<=\d)[xX](?=[^\W\d_]{3}) | (?<=\d)["”″] | \b[xX]-(?=[^\W\d_]) | \b[wW]/(?: [oO]\b )? | ELIDED
              | [^\W\d_½¼¾⅓⅔] [^\W\d_]*+ (?: ['’`´][^\W\d_]++ )*+ | [&+×] )
  | (?P<number> (?: (?<![\w)]) [-−] (?=\d) )? \d+ (?: [.,]\d+ )*
              (?: [eE]\d+\b | /\d+ | \s?[–-]\s?\d+\b (?![.,/-]) )? | [½¼¾⅓⅔] )
  | (?P<line>   \n | [!?;] (?=\s|$) | (?<! \b\w ) (?<! \b\w\w ) (?<! \b[Ss]tk ) [.] (?=\s|$) )
  | (?P<comma>  [,:()\[\]|•·—–/] | (?<= \S[ ] ) - (?=[ ]) )
  | (?P<emoji>  (?P<sign> [☕🌭-🏺🐀-🐿💄-💡💣💰-🗿🚀-🛿🥐-🥯🦀-🧋🩰-🫟] ) \ufe0f? (?: [ ]? (?P=sign) \ufe0f? )* )
    )
    """
_TOKEN = re.compile(_GRAMMAR.replace("| ELIDED", ""), re.VERBOSE)
_TOKEN_WITH_ELISIONS = re.compile(_GRAMMAR.replace("ELIDED", _ELIDED), re.VERBOSE)
_APOSTROPHES = "'’`´"
INCHES = frozenset({'"', "”", "″"})
"""Behind a number."""
_X_BEFORE_SIZES = frozenset({"x-", "X-"})
"""That of "x-large" multiplies nothing."""
MOST_FORMS = 20_000
"""So many words are remembered with each of their forms."""
MOST_EMOJI = 20
"""So many equal emoji are shown when they are reported."""

_MARKER = re.compile(r"^[^\S\n]*(\d{1,3})[.)](?=[^\S\n])", re.MULTILINE)

_NO_APOSTROPHES = str.maketrans("", "", _APOSTROPHES)
_DIGRAPHS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


class TokenKind(StrEnum):
    """WORD and NUMBER carry meaning, EMOJI may; COMMA ends a part of a list, LINE a sentence or a line."""

    WORD = auto()
    NUMBER = auto()
    COMMA = auto()
    LINE = auto()
    EMOJI = auto()


# An enum looks its members up anew each time they are named: these are named for each token.
WORD, NUMBER, COMMA = TokenKind.WORD, TokenKind.NUMBER, TokenKind.COMMA


@frozen
class Token:
    """A folded word, number, break or run of one emoji; `start` and `end` are offsets in the customer's text."""

    text: str
    kind: TokenKind
    start: int
    end: int


_KINDS = {kind.value: kind for kind in TokenKind}
_SPEAKING = frozenset({"word", "number", "emoji"})


def tokenize(text: str) -> list[Token]:
    """The tokens of a text in NFC. Faces, hands and other signs are no tokens: they say nothing about goods."""
    markers = _list_markers(text)
    tokens = _tokens(text)
    return [token for token in tokens if token.start not in markers] if markers else tokens


def _tokens(text: str) -> list[Token]:
    """Letters between spaces are a word, also before a comma: only the rest needs the grammar."""
    pattern = _TOKEN_WITH_ELISIONS if any(map(text.__contains__, _APOSTROPHES)) else _TOKEN
    folds = _FOLDS
    found: list[Token] = []
    start = rest = 0
    for piece in text.split(" "):
        word, end = piece, start + len(piece)
        behind = end
        if not word.isalpha() and word[-1:] == ",":
            word, behind = word[:-1], end - 1
        if word.isalpha():
            if rest < start:
                found += map(_token, pattern.finditer(text, rest, start))
            found.append(Token(folds[word], WORD, start, behind))
            if behind < end:
                found.append(Token(",", COMMA, behind, end))
            rest = end + 1
        start = end + 1
    if rest < len(text):
        found += map(_token, pattern.finditer(text, rest))
    return found


def _token(match: re.Match[str]) -> Token:
    name = match.lastgroup or "word"
    start, end = match.span(name)
    if name == "emoji":
        text = match["sign"] * match[name].count(match["sign"])
        return Token(text, TokenKind.EMOJI, start, min(end, start + MOST_EMOJI))
    return Token(_folded(match[name]), _KINDS[name], start, end)


@lru_cache(maxsize=MOST_FORMS)
def _folded(text: str) -> str:
    if text in INCHES:
        return "inch"
    if text in _X_BEFORE_SIZES:
        return "xtra"
    # "L'olio": the apostrophe stays, so that the article is no litre.
    return fold(text) + "'" if text[-1] in "'’`´" else fold(text)


def says_something(text: str) -> bool:
    """Whether there is a word, a number or an emoji in the text."""
    return next((True for match in _TOKEN.finditer(text) if match.lastgroup in _SPEAKING), False)


def _list_markers(text: str) -> frozenset[int]:
    """Where the numbers of a numbered list stand: 1., 2., 3. at the beginnings of lines count no goods."""
    if "." not in text and ")" not in text:
        return frozenset()
    found = [(match.start(1), int(match.group(1))) for match in _MARKER.finditer(text)]
    counts_up = [number for _, number in found] == [*range(1, len(found) + 1)]
    return frozenset(at for at, _ in found) if len(found) > 1 and counts_up else frozenset()


def fold(word: str) -> str:
    """Lower case without accents and apostrophes: "Crème" is "creme", "I'd" is "id"."""
    return _FOLDS[word]


def _fold(word: str) -> str:
    folded = word.casefold().translate(_NO_APOSTROPHES)
    if folded.isascii():
        return folded
    return "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))


_FOLDS = Remembered(_fold, MOST_FORMS)


def spellings(text: str) -> tuple[str, ...]:
    """`text` and, where it has umlauts, the spelling without them that typewriters taught: ä as ae."""
    spelled_out = text.casefold().translate(_DIGRAPHS)
    return (text,) if spelled_out == text.casefold() else (text, spelled_out)


@lru_cache(maxsize=MOST_FORMS)
def stem(word: str) -> str:
    """The same string for a word's singular, plural and inflected forms (English, German, Italian -zze).

    It need not be a word: menu and message go through the same rules, and exact words win over stems.
    """
    if len(word) < 3 or not word[-1].isalpha():
        return word.rstrip("'")
    word = _without_plural_s(word)
    if (len(word) > 4 and word.endswith("en")) or (len(word) > 5 and word.endswith(("eln", "ern"))):
        word = word[:-1]
    elif len(word) > 6 and word.endswith("er"):
        word = word[:-2]
    if word.endswith("zze"):
        return word[:-1] + "a"
    if len(word) > 4 and word.endswith("e") and word[-2] not in "aeiou":
        return word[:-1]
    return word


def key_of(words: Iterable[str], numbers: Mapping[str, int]) -> str:
    """The joined stems; number words as digits: "2 liter" and "two liters" are one key."""
    pieces = [stem(word) if word not in numbers else str(numbers[word]) for word in words]
    key = "".join(pieces)
    return key if key.isalpha() else reduce(longer_key, pieces, "")


def piece_of(word: str, numbers: Mapping[str, int]) -> str:
    """The key of a single word."""
    number = numbers.get(word)
    return stem(word) if number is None else str(number)


def longer_key(key: str, piece: str) -> str:
    """The key of some words and of one more; digits are kept apart."""
    return f"{key}.{piece}" if key[-1:].isdigit() and piece[:1].isdigit() else key + piece


def _without_plural_s(word: str) -> str:
    if word.endswith("ie"):
        return word[:-2] + "y"
    if len(word) < 4:
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("oes", "ches", "shes", "sses", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
