"""Words that a language writes as one: a "Salamipizza" is a pizza called Salami, a "Colaflasche" a bottle of cola."""

from collections.abc import Iterator

from handlers.reading.language import Words
from handlers.reading.menu_match import CompiledMenu, Target
from handlers.reading.tokens import key_of

SHORTEST_PART = 3
LONGEST = 40


def product_of(word: str, menu: CompiledMenu, words: Words) -> tuple[Target, ...]:
    """The one product that a compound of known words can mean; nothing if there is none, or several."""
    if not 2 * SHORTEST_PART <= len(word) <= LONGEST:
        return ()
    cuts = range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
    skus = {sku for cut in cuts for sku in _products(word[:cut], word[cut:], menu, words)}
    return tuple(Target(sku) for sku in skus) if len(skus) == 1 else ()


def _products(first: str, head: str, menu: CompiledMenu, words: Words) -> Iterator[str]:
    """Goods of a kind ("pizza"), a name with another word for its head ("limo"), goods in their vessel."""
    others = [head, *words.synonyms.get(key_of((head,), words.numbers), ())]
    for other in others:
        kind = menu.kinds.get(key_of(other.split(), words.numbers))
        if kind is not None:
            yield from kind.skus & _named(first, menu, words)
    for other in others[1:]:
        yield from _whole(first + other, menu, words)
    if head in words.vessels:
        yield from _named(first, menu, words)
    if first in words.vessels:
        yield from _named(head, menu, words)


def _named(word: str, menu: CompiledMenu, words: Words) -> set[str]:
    return _whole(word, menu, words) or {t.sku for t in menu.parts.get(key_of((word,), words.numbers), ()) if t.sku}


def _whole(word: str, menu: CompiledMenu, words: Words) -> set[str]:
    return {target.sku for target in menu.named(key_of((word,), words.numbers), word) if target.sku}
