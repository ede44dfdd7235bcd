"""Order lines while they are being read: what was said of each, and what it comes to."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from core.frozen import frozen
from core.menu import Amount, Choose, Chosen
from handlers.reading.menu_match import CompiledMenu, Rank, Target
from handlers.reading.phrases import Kind, Phrase
from handlers.reading.tokens import stem

# An enum looks its members up anew each time they are named: these are named for each option.
NONE, REGULAR, ONE, ABSENT = Amount.NONE, Amount.REGULAR, Choose.ONE, Rank.ABSENT
PARTS = (Rank.PART, Rank.BEGINNING)
MORE_OR_LESS = (Amount.EXTRA, Amount.LIGHT)

NOWHERE = -1
"""No token: of what stands in no text."""

GENERIC = "any"
"""First word of a value that stands for any of its kind: any_olives."""


@frozen
class Said:
    """An option as said: all that it may name, how much of it, how often."""

    phrase: Phrase
    amount: Amount = REGULAR
    count: int = 1


@dataclass(eq=False, slots=True)
class Line:
    """A line in the making; `skus` empty means that the product was not named (yet).

    `quantity` None is one that no line can take; `counted` tells whether a number was said.
    `start` and `end` are tokens.
    """

    skus: tuple[str, ...]
    quantity: int | None
    counted: bool
    opened: bool
    start: int
    end: int
    said: list[Said] = field(default_factory=list)
    among: str = ""
    """Key of a word for many goods, where only that was said (CompiledMenu.kinds)."""
    is_list: bool = False
    """Was it said by its options alone what goods follow? ("Two footlongs: …")"""
    rank: int = 0
    """How the product was named, see menu_match.Rank."""
    is_joined: bool = False
    """Did "and" stand before it?"""
    is_generic: bool = False
    """Was it named by a word that is also one for any goods at all: "drinks"?"""
    is_head: bool = False
    """Was it named by a word on which the names of several goods end: "cookies"?"""
    is_listed: bool = False
    """Was a kind of goods named, and behind a mark which ones? ("Three pizzas: …")"""
    announced: int = 0
    """So many of `said` were said of all goods of a kind, before which they are: "two large pizzas: …"."""
    part_of: "Line | None" = None
    """The line that this one has its quantity from."""
    instead_of: "Line | None" = None
    """The line that this one or is meant: "a coke or a lemonade"."""
    before_head: int = 0
    """So many of `said` stood before the product: they hold for all parts of a shared quantity."""
    inherited: int = 0
    """So many of `said` come from the line that this one is like: what is said of it goes before them."""

    def open_with(self, opener: Phrase) -> None:
        """A number or an article was said of the line."""
        self.opened = True
        if opener.value is not None:
            self.quantity, self.counted = opener.value, True
        self.reach(opener)

    def reach(self, phrase: Phrase) -> None:
        self.start = min(self.start, phrase.start)
        self.end = max(self.end, phrase.end)


def new_line(skus: tuple[str, ...], opener: Phrase | None, first: Phrase) -> Line:
    """A line that begins with a number, an article or neither."""
    counted = opener is not None and opener.kind is Kind.NUMBER
    quantity = opener.value if opener is not None and counted else 1
    return Line(skus, quantity, counted=counted, opened=opener is not None, start=first.start, end=first.end)


def line_there(sku: str, quantity: int, options: Sequence[Chosen]) -> Line:
    """A line that was ordered before this text; what is said of it now goes before what it has."""
    line = Line((sku,), quantity, counted=True, opened=True, start=NOWHERE, end=NOWHERE)
    for option in options:
        target = Target(group=option.group, value=option.value)
        phrase = Phrase(Kind.GOODS, NOWHERE, NOWHERE, options=(target,))
        line.said.append(Said(phrase, option.amount, option.count))
    line.inherited = len(line.said)
    return line


def takes(menu: CompiledMenu, line: Line, phrase: Phrase) -> bool:
    """Does one of the line's products have this option? A line without a product takes any."""
    if not line.skus:
        return bool(phrase.options)
    if len(line.skus) == 1:
        return menu.has_any(line.skus[0], phrase.options)
    return any(menu.has_any(sku, phrase.options) for sku in line.skus)


def fits(menu: CompiledMenu, sku: str, line: Line) -> bool:
    """Can the product have all options of the line?"""
    return all(menu.has_any(sku, said.phrase.options) for said in line.said)


def takes_all(menu: CompiledMenu, sku: str, said: Sequence[Said]) -> bool:
    """Can the product have all that was said, and was anything said?"""
    return bool(said) and all(menu.has_any(sku, each.phrase.options) for each in said)


def meant_of(menu: CompiledMenu, line: Line, phrase: Phrase) -> tuple[str, str]:
    """Group and value of the best name that the line's product has."""
    targets = (t for t in phrase.options for sku in line.skus if menu.group_of(sku, t))
    best = next(targets, phrase.options[0])
    return best.group, best.value


def has(menu: CompiledMenu, line: Line, phrase: Phrase) -> bool:
    """Was the same said of the line?"""
    return any(meant_of(menu, line, said.phrase) == meant_of(menu, line, phrase) for said in line.said)


def is_size(menu: CompiledMenu, skus: Sequence[str], phrase: Phrase) -> bool:
    """One value of several, no more and no less, for one of these products (of any, if none is named)."""
    offered = skus or [sku for t in phrase.options for sku in menu.offers.get((t.group, t.value), ())[:1]]
    groups = [menu.group_of(sku, target) for sku in offered for target in phrase.options]
    return any(group is not None and group.choose is ONE and not group.amounts for group in groups)


def has_size(menu: CompiledMenu, line: Line, phrase: Phrase) -> bool:
    """Was a value of the same group said before, of which there can be one?"""
    if not is_size(menu, line.skus, phrase):
        return False
    groups = {target.group for target in phrase.options}
    return any(target.group in groups for said in line.said for target in said.phrase.options)


def give_way(menu: CompiledMenu, line: Line, said: Said) -> None:
    """ "The same, but large": what was inherited and cannot stand beside what is said now is over."""
    best = meant_of(menu, line, said.phrase)
    one_only = is_size(menu, line.skus, said.phrase) and said.amount is not NONE
    kept = [
        had
        for had in line.said[: line.inherited]
        if (value := meant_of(menu, line, had.phrase)) != best and not (one_only and value[0] == best[0])
    ]
    line.said[: line.inherited] = kept
    line.inherited = len(kept)


def has_amounts(menu: CompiledMenu, line: Line, option: Phrase) -> bool:
    """Does the option come in more than one amount?"""
    groups = [menu.group_of(sku, target) for sku in line.skus for target in option.options]
    return any(group is not None and group.amounts for group in groups)


def amend(line: Line, option: Phrase, amount: Amount) -> bool:
    """Another amount of what was said of the line with these words; False if its amount was said, or nothing was."""
    place = next((n for n, said in enumerate(line.said) if said.phrase is option), None)
    if place is None or line.said[place].amount is not REGULAR:
        return False
    line.said[place] = replace(line.said[place], amount=amount)
    return True


def candidates(menu: CompiledMenu, line: Line) -> tuple[str, ...]:
    """The products that the line may mean, after all that was said of it."""
    if line.skus:
        return tuple(sku for sku in line.skus if fits(menu, sku, line)) or line.skus
    kind = menu.kinds[line.among] if line.among else None
    if kind and not line.said:
        return kind.first
    offered = [_offered(menu, said.phrase.options) for said in line.said]
    found = tuple(sku for sku in min(offered, key=len, default=()) if fits(menu, sku, line))
    if kind:
        return tuple(sku for sku in found if sku in kind.skus)
    return _called(menu, found, line) or found


def _called(menu: CompiledMenu, skus: tuple[str, ...], line: Line) -> tuple[str, ...]:
    """ "A dark roast": the products that a word of the options stands for, coffee."""
    words = {said.phrase.category for said in line.said if said.phrase.category}
    named = {target.sku for word in words for _, target in menu.names.get(word, ())}
    kinds = {sku for word in words if word in menu.kinds for sku in menu.kinds[word].skus}
    return tuple(sku for sku in skus if sku in (named or kinds))


def refuses_only(line: Line) -> bool:
    """ "No salad" orders nothing, though there are goods that come with one."""
    return not (line.skus or line.opened or line.among) and all(said.amount is NONE for said in line.said)


def named_like(menu: CompiledMenu, skus: tuple[str, ...], line: Line, after: Line | None) -> tuple[str, ...]:
    """ "One large, one small margherita": the product is named with the last. What is left of a list has no name."""
    if after is None or line.is_listed or len(skus) < 2 or set(after.skus).isdisjoint(skus):
        return skus
    return after.skus if line.said and all(is_size(menu, after.skus, said.phrase) for said in line.said) else skus


def _offered(menu: CompiledMenu, options: Sequence[Target]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sku for target in options for sku in menu.offers.get((target.group, target.value), ())))


def chosen(menu: CompiledMenu, sku: str, line: Line) -> tuple[tuple[Chosen, ...], list[Phrase]]:
    """The options of a line as they were said, no value twice, and the phrases that found no place."""
    found: dict[tuple[str, str], Chosen] = {}
    left: list[Phrase] = []
    generic: set[tuple[str, str]] = set()
    together: set[tuple[str, str]] = set()
    for place, wish in enumerate(line.said):
        if wish.phrase.is_whole and wish.amount is not NONE:
            whole = {key: choice for key, choice in _whole(menu, sku, wish) if key not in found}
            together.update(whole)
            found.update(whole)
            continue
        choice = _choice(menu, sku, wish, found)
        if choice is None:
            left.append(wish.phrase)
            continue
        key = (choice.group, choice.value)
        if key not in found or key in together or choice.amount is not REGULAR or choice.count > 1:
            found[key] = choice
        if place < line.before_head and choice.value.startswith(GENERIC + "_"):
            generic.add(key)
    _refuse_kin(found, [meant_of(menu, line, said.phrase) for said in line.said[: line.inherited]])
    _refuse_generic(found)
    for key in generic:
        if _is_covered(found[key], found.values()):
            del found[key]
    return tuple(found.values()), left


def _whole(menu: CompiledMenu, sku: str, wish: Said) -> Iterator[tuple[tuple[str, str], Chosen]]:
    """ "All veggies": all that the product has; what is said of one of them goes before."""
    for target in wish.phrase.options:
        group = menu.group_of(sku, target)
        if group is not None:
            amount = wish.amount if group.amounts else REGULAR
            yield (target.group, target.value), Chosen(target.group, target.value, amount)


def _choice(menu: CompiledMenu, sku: str, wish: Said, found: dict[tuple[str, str], Chosen]) -> Chosen | None:
    """The best name for a value that has room: of a group that takes one, the first said stays.

    A part of several names is none of them.
    """
    offered = [(target, group) for target in wish.phrase.options if (group := menu.group_of(sku, target))]
    is_part = len(offered) > 1 and offered[0][0].rank in PARTS
    if is_part and len({target.value for target, _ in offered}) > 1:
        return None
    for target, group in offered:
        if target.rank is ABSENT:
            is_one = group.choose is ONE and not any(chosen.group == group.group for chosen in found.values())
            if wish.amount is NONE and is_one:
                # "Without gluten": the gluten-free base.
                return Chosen(group.group, target.value)
            continue
        if wish.amount is NONE and group.choose is ONE and not group.amounts:
            if len(group.values) == 2 and not any(c.group == group.group for c in found.values()):
                # "Water without bubbles": of two there is only the other.
                other = next(value for value in group.values if value.value != target.value)
                return Chosen(group.group, other.value)
            continue
        if group.choose is ONE:
            taken = [c.value for c in found.values() if c.group == group.group]
            if taken and target.value not in taken:
                continue
        if wish.amount in MORE_OR_LESS and not group.amounts:
            continue
        return Chosen(group.group, target.value, wish.amount, wish.count)
    return None


def _refuse_kin(found: dict[tuple[str, str], Chosen], inherited: Collection[tuple[str, str]]) -> None:
    """ "A latte with caramel syrup, the same without syrup": the syrup is the one that it has from the first."""
    for choice in list(found.values()) if inherited else ():
        if choice.amount is NONE and (choice.group, choice.value) not in inherited:
            kin = [key for key in inherited if key in found and _is_kin(choice, found[key])]
            for key in kin if stem(choice.value) == stem(choice.value.rpartition("_")[2]) else ():
                found[key] = replace(found[key], amount=NONE)
                found.pop((choice.group, choice.value), None)


def _refuse_generic(found: dict[tuple[str, str], Chosen]) -> None:
    """ "With black beans …, two without the beans": what was wanted before is not."""
    said = list(found.values())
    for place, choice in enumerate(said):
        if choice.amount is NONE and choice.value.startswith(GENERIC + "_"):
            for other in said[:place]:
                if other.amount is not NONE and _is_kin(choice, other):
                    del found[other.group, other.value]


def _is_kin(choice: Chosen, other: Chosen) -> bool:
    kind = stem(choice.value.rpartition("_")[2])
    return other.group == choice.group and other.value != choice.value and stem(other.value.rpartition("_")[2]) == kind


def _is_covered(choice: Chosen, others: Collection[Chosen]) -> bool:
    """An olive salad with green olives: the second says which."""
    return any(other.amount is choice.amount and _is_kin(choice, other) for other in others)
