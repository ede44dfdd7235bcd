"""Numbers in words and digits: "2", "two", "twenty-five", "half a dozen", "½", "2-3"."""

from collections.abc import Sequence
from typing import NamedTuple

from handlers.reading.language import Words
from handlers.reading.tokens import NUMBER, WORD, Token

TEN, TWENTY = 10, 20
MOST = 999
"""More of one thing than this is asked about, never taken."""


class Number(NamedTuple):
    """A number read from `length` tokens; `value` is None for what no line can take (½, 0, a million)."""

    value: int | None
    length: int
    shares: int = 1
    """Of a fraction: how many of it go into one."""


HALF = ("½", "1/2", "1⁄2")


def read_number(tokens: Sequence[Token], at: int, words: Words) -> Number | None:
    """The number that begins at token `at`, None if there is none."""
    token = tokens[at]
    if token.kind is NUMBER:
        return _scaled(Number(_digits(token.text), 1), tokens, at, words)
    if token.text not in words.begin_numbers or token.kind is not WORD:
        return None
    return _counted(tokens, at, words) or _spoken(tokens, at, words) or _fraction(tokens, at, words)


def whole(value: int) -> int | None:
    """`value` if it can be a quantity."""
    return value if 1 <= value <= MOST else None


def _digits(text: str) -> int | None:
    return whole(int(text)) if text.isdecimal() and len(text) <= 9 else None


def _scaled(number: Number, tokens: Sequence[Token], at: int, words: Words) -> Number:
    """ "2 dozen", "3 million"."""
    after = at + number.length
    scale = words.scales.get(tokens[after].text) if after < len(tokens) else None
    if scale is None:
        return number
    value = None if number.value is None else whole(number.value * scale)
    if tokens[at].text in HALF and scale % 2 == 0:
        value = whole(scale // 2)
    return Number(value, number.length + 1)


def _counted(tokens: Sequence[Token], at: int, words: Words) -> Number | None:
    first, after = tokens[at].text, tokens[at + 1].text if at + 1 < len(tokens) else ""
    most = words.most_after.get(first, 0) if after in words.second_words.get(first, ()) else 1
    for length in range(min(most, len(tokens) - at), 0, -1):
        value = words.counts.get(" ".join(t.text for t in tokens[at : at + length]))
        if value is not None:
            return Number(whole(value), length)
    return None


def _spoken(tokens: Sequence[Token], at: int, words: Words) -> Number | None:
    """Number words in a row: each smaller one adds, a scale multiplies what stands before it."""
    total = part = 0
    place = at
    while place < len(tokens):
        said = _number_word(tokens, place, words, part)
        if said is not None:
            value, length = said
            if place > at and not _fits_after(part, value, words):
                break
            part, place = part + value, place + length
        elif (scale := words.scales.get(tokens[place].text)) is not None:
            total, part, place = total + max(part, 1) * scale, 0, place + 1
        else:
            break
    return Number(whole(total + part), place - at) if place > at else None


def _number_word(tokens: Sequence[Token], at: int, words: Words, part: int) -> tuple[int, int] | None:
    """The value and the tokens of "two", of "quatre vingt", or of "y dos" behind a ten."""
    word, after = tokens[at].text, tokens[at + 1].text if at + 1 < len(tokens) else ""
    if (value := words.numbers.get(word)) is not None:
        pair = words.numbers.get(f"{word} {after}") if words.between else None
        return (value, 1) if pair is None else (pair, 2)
    if word in words.between and part >= TWENTY and (value := words.units_between.get(after)) is not None:
        return (value, 2) if _fits_after(part, value, words) else None
    return None


def _fits_after(part: int, value: int, words: Words) -> bool:
    """ "twenty five" is one number, "one two" are two."""
    if part in words.long_tens and TEN <= value < TWENTY:
        return True
    return part == 0 or (part >= TWENTY and part % TEN == 0 and value < TEN)


def _fraction(tokens: Sequence[Token], at: int, words: Words) -> Number | None:
    """ "Half"; "a third of them", where a third alone may be the third one."""
    after = tokens[at + 1].text if at + 1 < len(tokens) else ""
    shares = words.fractions.get(tokens[at].text) or words.fractions.get(f"{tokens[at].text} {after}")
    return None if shares is None else Number(None, 1, shares)
