"""A phrase: some words of a message and what they are."""

from collections.abc import Sequence
from enum import StrEnum, auto

from core.frozen import frozen
from handlers.reading.language import Role
from handlers.reading.menu_match import Rank, Target


class Kind(StrEnum):
    """The kinds of phrases besides the roles of words (see language.Role)."""

    GOODS = auto()
    CATEGORY = auto()
    NUMBER = auto()
    COMMA = auto()
    LINE = auto()
    UNKNOWN = auto()
    EMOJI = auto()


# An enum looks its members up anew each time they are named: these are named a hundred times a message.
GOODS, CATEGORY, NUMBER, COMMA, LINE, UNKNOWN = (
    Kind.GOODS,
    Kind.CATEGORY,
    Kind.NUMBER,
    Kind.COMMA,
    Kind.LINE,
    Kind.UNKNOWN,
)


@frozen
class Phrase:
    """Tokens `start` to `end` (exclusive) and what they are.

    Goods carry what they may name: `products` (skus, equally good) and `options`, the best name first.
    A number's `value` is None if no line can take it.
    """

    kind: Kind | Role
    start: int
    end: int
    products: tuple[str, ...] = ()
    options: tuple[Target, ...] = ()
    value: int | None = None
    shares: int = 1
    """Of a number: how many of it go into one, 2 for half."""
    rank: int = 0
    """How the products were named, see Target."""
    category: str = ""
    """Key of a word for many goods (CompiledMenu.kinds)."""
    is_goods: bool = False
    """Of an emoji: it shows goods, even if the menu has none of them."""
    is_whole: bool = False
    """Of options: all of them are meant, not the best."""
    amount: Role | None = None
    """EXTRA or LIGHT: the word may also be an amount of what follows; FILLER or GLUE: it may say nothing.

    UNIT: the option is a measure, and may be one of other goods."""

    def at(self, start: int) -> "Phrase":
        """The same words further on in a message."""
        return Phrase(
            self.kind,
            self.start + start,
            self.end + start,
            self.products,
            self.options,
            self.value,
            self.shares,
            self.rank,
            self.category,
            self.is_goods,
            self.is_whole,
            self.amount,
        )


def goods_phrase(start: int, end: int, targets: Sequence[Target]) -> Phrase:
    """Goods with the products that were named best, and all options."""
    if len(targets) == 1:
        (target,) = targets
        if target.sku:
            return Phrase(GOODS, start, end, (target.sku,), rank=target.rank)
        return Phrase(GOODS, start, end, options=(target,))
    products = [target for target in targets if target.sku]
    best = min((target.rank for target in products), default=Rank.NAME)
    skus = [target.sku for target in products if target.rank == best]
    if best == Rank.PART and len(skus) > 1:
        skus += [target.sku for target in products]
    options = tuple(sorted((target for target in targets if target.group), key=lambda target: target.rank))
    if options and best > options[0].rank + 1:
        skus = []
    return Phrase(GOODS, start, end, tuple(dict.fromkeys(skus)), options, rank=best)
