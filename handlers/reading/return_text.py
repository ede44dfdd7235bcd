"""A return in plain words: "I want to return the honey of order 1001, the jar was broken"."""

import re
from collections.abc import Collection, Mapping

from handlers.reading.language import words_for
from handlers.reading.menu_match import CompiledMenu, split
from handlers.reading.numbers import read_number
from handlers.reading.order_numbers import find_order_number
from handlers.reading.order_text import read_order
from handlers.reading.texts import Text
from handlers.reading.tokens import tokenize
from handlers.reading.understood import ReadLine, ReturnItem, ReturnReason, ReturnWish
from handlers.reading.wordings import may_say, with_lists, wordings

BARE_NUMBER = re.compile(
    r"(?<![\w.,/+-])(?<!\d )(?!0)\d{4,9}(?![\w/-]|[.,]\d| \d)(?!(?<=\d{5})[ \t]+[^\W\d_a-zäöü][^\W\d_]{2})"
)
"""Who speaks of a return and writes a number that long means an order: "the honey from 1001".

None is a part of a longer number, or stands before a town: "39100 Bozen".
"""

SHORTEST_PART = 4
"""Letters of a name that may begin a longer word."""
_SENTENCES = re.compile(r"(?<=[.!?,;])\s+|\n+")
_MAY_BE = frozenset({"intents.return", "returns.received"})
REASONS = (
    ReturnReason.WRONG_ITEM,
    ReturnReason.DAMAGED,
    ReturnReason.MISSING,
    ReturnReason.QUALITY,
    ReturnReason.LATE,
    ReturnReason.CHANGED_MIND,
)
"""In the order of asking: where two fit, the shop's fault comes before the customer's mind."""


def read_return(
    text: str, menu: CompiledMenu, languages: tuple[str, ...], *, about_order: bool = False
) -> ReturnWish | None:
    """What goes back and why; None if the text wants no return.

    A word like "refund" is enough; a fault ("broken") counts where an order is named (in the text, or `about_order`
    by a number that was taken out of it) or something was received, and nothing is ordered.
    """
    text = Text.of(text)
    codes = with_lists(languages)
    number = find_order_number(text, codes)
    wants_return = wordings("intents", "return", codes).search(text)
    if not (wants_return or about_order or number or wordings("returns", "received", codes).search(text)):
        return None
    reason = return_reason(text, codes)
    if not wants_return and (not reason or _orders(text, reason, menu, languages)):
        return None
    rest = text if number is None else f"{text[: number.span[0]]} {text[number.span[1] :]}"
    items = returned_items(BARE_NUMBER.sub(" ", rest), menu, languages)
    return ReturnWish(items, reason or ReturnReason.OTHER, text.strip(), outright=wants_return is not None)


def _orders(text: Text, reason: ReturnReason, menu: CompiledMenu, languages: tuple[str, ...]) -> bool:
    """Whether goods are wanted, and the fault was another order's: "two, last time they were late"."""
    codes = with_lists(languages)
    if wordings("intents", "asks_to_order", codes).search(text):
        return True
    if reason is ReturnReason.WRONG_ITEM and not wordings("returns", "received", codes).search(text):
        return True
    if not wordings("returns", "before", codes).search(text):
        return False
    parts = [part for part in text.split(",") if return_reason(part, codes) is None]
    return any(read_order(part, menu, languages).lines for part in parts)


def may_be_return(text: str, languages: tuple[str, ...]) -> bool:
    """Whether it is worth reading this text, or parts of it, as a return."""
    text, codes = Text.of(text), with_lists(languages)
    return not may_say(text, codes).isdisjoint(_MAY_BE) or find_order_number(text, codes) is not None


def return_reason(text: str, languages: tuple[str, ...]) -> ReturnReason | None:
    """The reason that the words give, None if they give none."""
    text, codes = Text.of(text), with_lists(languages)
    # A matter of taste is no fault of the goods, though its words may sound like one.
    rest = wordings("returns", "dislikes", codes).sub(" ", text)
    reason = next((reason for reason in REASONS if wordings("returns", reason.value, codes).search(rest)), None)
    return reason or (ReturnReason.CHANGED_MIND if rest is not text else None)


def returned_items(text: str, menu: CompiledMenu, languages: tuple[str, ...]) -> tuple[ReturnItem, ...]:
    """The goods that are named, and how many of each."""
    lines = read_order(text, menu, languages).lines
    skus = tuple(dict.fromkeys(line.sku for line in lines))
    items = [_item(next(line for line in lines if line.sku == sku), menu, languages) for sku in skus]
    if len(items) == 1 and items[0].quantity in (None, 1):
        counted = _only_number(text, languages)
        items = [ReturnItem(items[0].sku, counted or items[0].quantity, items[0].words)]
    return tuple(items)


def part_named(
    text: str, names: Mapping[str, Collection[str]], languages: tuple[str, ...]
) -> tuple[str, int | None] | None:
    """The one sku of which a name begins a word of the text ("Honiggläser"), and how many; None where it is not one."""
    longer = {sku: [name for name in own if len(name) >= SHORTEST_PART] for sku, own in names.items()}
    found = [
        (sku, sentence)
        for sentence in _SENTENCES.split(text)
        for sku, own in longer.items()
        if any(word.startswith(name) for word in split(sentence) for name in own)
    ]
    if len({sku for sku, _ in found}) != 1:
        return None
    sku, sentence = found[0]
    if wordings("returns", "one_of", with_lists(languages)).search(sentence):
        return sku, 1
    return sku, next(iter(_numbers(sentence, languages)), None)


def _item(line: ReadLine, menu: CompiledMenu, languages: tuple[str, ...]) -> ReturnItem:
    """The quantity is what was said; the singular says one, a plural without a number says nothing."""
    if line.quantity > 1 or _numbers(line.words, languages) or _is_singular(line, menu):
        return ReturnItem(line.sku, line.quantity, line.words)
    return ReturnItem(line.sku, None, line.words)


def _is_singular(line: ReadLine, menu: CompiledMenu) -> bool:
    """Whether a word of the line stands in the menu just so, and not as the plural of another word there."""
    product = menu.menu.by_sku[line.sku]
    names = {word for text in (*product.name.values(), *product.aliases) for word in split(text)}
    said = [word for word in split(line.words) if word in names]
    return bool(said) and not any(word.endswith("s") and word[:-1] in names for word in said)


def _only_number(text: str, languages: tuple[str, ...]) -> int | None:
    """The one number of a text: "(2 packs)" said beside the goods; None if there are several."""
    numbers = _numbers(text, languages)
    return numbers[0] if len(numbers) == 1 else None


def _numbers(text: str, languages: tuple[str, ...]) -> list[int]:
    tokens, words = tokenize(text), words_for(languages)
    found, at = [], 0
    while at < len(tokens):
        number = read_number(tokens, at, words)
        if number is not None and number.value is not None:
            found.append(number.value)
        at += number.length if number is not None else 1
    return found


def has_number(text: str, languages: tuple[str, ...]) -> bool:
    """Whether a number stands in the text, in digits or words, however large."""
    tokens, words = tokenize(text), words_for(languages)
    return any(read_number(tokens, at, words) is not None for at in range(len(tokens)))
