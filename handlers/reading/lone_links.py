""" "A water without": a word that leads up to nothing may itself say which goods are meant, else it is reported."""

from collections.abc import Iterator, Sequence

from handlers.reading.language import AND, FILLER, REFUSE, WITH, Role, Words
from handlers.reading.menu_match import CompiledMenu, Target
from handlers.reading.phrases import COMMA, GOODS, LINE, NUMBER, UNKNOWN, Phrase
from handlers.reading.tokens import Token, key_of

LINKS = frozenset({WITH, REFUSE})
_ENDS = frozenset({COMMA, LINE, AND})


def lone_links(phrases: list[Phrase], menu: CompiledMenu, tokens: Sequence[Token], words: Words) -> list[Phrase]:
    """The phrases, each such word as the option that it stands for, or unknown.

    Where options were named before, or "and" follows, it may be said of others: "one with olives, a margherita
    without", "a margherita with and one without olives".
    """
    found = phrases
    for at, goods, is_last in _lone(phrases):
        link = phrases[at]
        names = words.alone.get(tokens[link.start].text) if link.end == link.start + 1 else None
        if names is None:
            continue
        options = _options(goods, names, menu, words)
        # A verb may have it for its end: "ich nehme eine Margherita mit".
        is_of_others = any(phrase.options or phrase.kind is Role.WISH for phrase in phrases[:at])
        if options or (is_last and not is_of_others):
            found = found if found is not phrases else [*phrases]
            found[at] = Phrase(GOODS if options else UNKNOWN, link.start, link.end, options=options)
    return found


def _lone(phrases: Sequence[Phrase]) -> Iterator[tuple[int, Phrase, bool]]:
    """The places right behind goods, with nothing that it leads up to, the goods, and whether no "and" follows."""
    for at, phrase in enumerate(phrases):
        goods = _goods_before(phrases, at) if phrase.kind in LINKS and at else None
        if goods is None:
            continue
        after = next((other for other in phrases[at + 1 :] if other.kind is not FILLER), None)
        is_part = goods is not phrases[at - 1]
        if after is None or after.kind in _ENDS or (is_part and after.kind is NUMBER):
            is_last = after is None or after.kind is not AND
            yield at, goods, not any(other.options for other in phrases) if is_part else is_last


def _goods_before(phrases: Sequence[Phrase], at: int) -> Phrase | None:
    """The goods right before a place; of "two waters, one with, one without" the waters."""
    before = phrases[at - 1]
    if before.kind is NUMBER and before.value == 1:
        return next((phrase for phrase in reversed(phrases[: at - 1]) if phrase.products), None)
    return before if before.products else None


def _options(goods: Phrase, names: Sequence[str], menu: CompiledMenu, words: Words) -> tuple[Target, ...]:
    """What the first of these names that the goods have an option for means."""
    for name in names:
        targets = menu.named(key_of(name.split(), words.numbers), name)
        had = tuple(t for t in targets if t.group and any(menu.group_of(sku, t) for sku in goods.products))
        if had:
            return had
    return ()


def for_several(phrases: list[Phrase], tokens: Sequence[Token], words: Words) -> list[Phrase]:
    """ "Tiramisu for two": one for two people, or two of them? Nobody knows, so both words are reported."""
    for at in range(len(phrases) - 2, 0, -1):
        link, count = phrases[at], phrases[at + 1]
        if link.kind is not FILLER or count.kind is not NUMBER or tokens[link.start].text not in words.sharing:
            continue
        after = next((other for other in phrases[at + 2 :] if other.kind is not FILLER), None)
        is_last = after is None or after.kind in _ENDS
        if phrases[at - 1].products and is_last and (count.value or 0) > 1 and link.end == link.start + 1:
            return [*phrases[:at], Phrase(UNKNOWN, link.start, count.end), *phrases[at + 2 :]]
    return phrases
