"""The menu as an index over words, built once per menu: what do these words of a message name?

A phrase is looked up by its key, the joined stems of its words. So plurals, hyphens and words that
run together or apart ("bread sticks", "breadsticks") share one key, and a look-up costs the
same on a menu of ten products and of ten thousand.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from typing import Any, NamedTuple

from core.frozen import frozen
from core.menu import Choose, Halves, Menu, OptionGroup, OptionValue, Product, Texts
from handlers.reading.language import Role, Words, words_for
from handlers.reading.name_parts import JOINTS, absent_from, has_joint, parts_of
from handlers.reading.spelling import SpellingIndex
from handlers.reading.tokens import TokenKind, key_of, spellings, stem, tokenize

MOST_WORDS = 8
"""A name longer than this is found by its parts only."""
FIRST_LETTERS = 3
"""By so many letters of its key it is known how many words a phrase may have."""
REFUSALS = ("no", "without", "ohne", "kein", "keine")
"""A name like "no bubbles" may begin with any of these."""
MOST_TARGETS = 12
"""So many things behind one part of a name are kept: more are no answer, and no question either."""

MOST_ASKED = 20_000
"""So many answers about products and options are remembered."""


class Rank(IntEnum):
    """How well words name a thing, the best first."""

    NAME = 0  # the name itself, or the code
    ALIAS = 1
    PART = 2  # some words of the name, its last one among them
    BEGINNING = 3  # some words of the name without its last one
    SYNONYM = 4
    ABSENT = 5  # what the thing is without by its name: the gluten of a gluten-free base


class Target(NamedTuple):
    """What a phrase names: a product (`sku`), or a value of an option group."""

    sku: str = ""
    group: str = ""
    value: str = ""
    rank: Rank = Rank.NAME


@frozen
class GoodsKind:
    """Products that share a category or the last word of their names; `first` in the order of the menu."""

    skus: frozenset[str]
    first: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class CompiledMenu:
    """A menu and the indexes that reading needs."""

    menu: Menu
    names: Mapping[str, tuple[tuple[str, Target], ...]]
    """Key of a whole name or alias to its spelling and what it names."""
    parts: Mapping[str, tuple[Target, ...]]
    """Key of a part of a name to all that it could stand for."""
    kinds: Mapping[str, GoodsKind]
    """Key of a word for many goods: a category, "sandwich"."""
    tails: Mapping[str, frozenset[str]]
    """Stems of words on which several names of options of one group end (sauce, cheese), to those groups."""
    own_tails: frozenset[tuple[str, str, str]]
    """(group, value, stem of a word on which one of its longer names ends): the cheese of "old cheddar cheese"."""
    plurals: Mapping[str, tuple[Target, ...]]
    """Last words of longer names as they are written, where they end on s: the peppers of "green peppers"."""
    group_nouns: Mapping[str, frozenset[str]]
    """Stems of the last words of groups' names to those groups: cheese, bread."""
    several: Mapping[str, tuple[Target, ...]]
    """Groups of which one may choose many values, to those of their values that are no refusal."""
    head_nouns: frozenset[str]
    """Stems of words on which the names of several products end: salad, juice."""
    vocabulary: frozenset[str]
    """Stems of all words of names and aliases."""
    spelling: SpellingIndex
    longest: Mapping[str, int]
    """The first letters of a key to the most words that a phrase with such a key may have."""
    offers: Mapping[tuple[str, str], tuple[str, ...]]
    """(group, value) to the products that have it, MOST_TARGETS at most."""
    halves: Mapping[str, Halves] = field(default_factory=dict)
    """Dishes that are put together from two halves."""
    learned: frozenset[str] = frozenset()
    """Keys of `names` that stand in no shop file (see learned.py)."""
    lexicons: dict[Words, Any] = field(default_factory=dict, init=False, repr=False)
    """What is known of words that were said, by the languages that they were read in (see lexicon.py)."""

    group_of: Callable[[str, Target], OptionGroup | None] = field(init=False, repr=False)
    """The option group of the product that has this value; asked for each option of each product that may be meant."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "group_of", lru_cache(maxsize=MOST_ASKED)(self._group_of))

    def _group_of(self, sku: str, target: Target) -> OptionGroup | None:
        group = self.menu.by_sku[sku].by_group.get(target.group) if target.group else None
        return group if group is not None and target.value in group.by_value else None

    def without(self, key: str, sku: str) -> Target | None:
        """What the product has in place of what is refused: the gluten-free base, of gluten."""
        for target in self.parts.get(key, ()):
            group = self.group_of(sku, target) if target.rank is Rank.ABSENT else None
            if group is not None and group.choose is Choose.ONE:
                return target
        return None

    def named(self, key: str, words: str) -> tuple[Target, ...]:
        """What is called exactly so; the very spelling wins over one with the same stems."""
        entries = self.names.get(key, ())
        if len(entries) == 1:
            return (entries[0][1],)
        exact = tuple(target for spelling, target in entries if spelling == words)
        return exact or tuple(target for _, target in entries)


def compile_menu(menu: Menu) -> CompiledMenu:
    """Index a menu. Ten thousand products take a second or two; the result is for reading only."""
    builder = _Builder(words_for(menu.languages))
    headings = {category.key: tuple(category.name.values()) for category in menu.categories}
    for product in menu.products:
        builder.add_product(product, headings.get(product.category, (product.category,)))
    return CompiledMenu(
        menu=menu,
        names={key: tuple(entries) for key, entries in builder.names.items()},
        parts={key: tuple(targets) for key, targets in builder.parts.items()},
        kinds=builder.goods_kinds(),
        head_nouns=frozenset(word for word, skus in builder.last_words.items() if len(set(skus)) > 1),
        tails={word: frozenset(groups) for word, groups in builder.shared_tails()},
        own_tails=frozenset(builder.own_tails),
        plurals={word: tuple(targets) for word, targets in builder.plurals.items()},
        several={group: tuple(values) for group, values in builder.several.items()},
        group_nouns={word: frozenset(groups) for word, groups in builder.group_nouns.items()},
        vocabulary=frozenset(builder.vocabulary),
        spelling=SpellingIndex(builder.spellings),
        longest=builder.longest,
        offers={key: tuple(skus) for key, skus in builder.offers.items()},
        halves={product.sku: product.halves for product in menu.products if product.halves is not None},
    )


class _Builder:
    def __init__(self, words: Words) -> None:
        self.words = words
        self.links = [word for word, role in words.roles.items() if role is Role.LINK]
        self.names: defaultdict[str, list[tuple[str, Target]]] = defaultdict(list)
        self.parts: defaultdict[str, list[Target]] = defaultdict(list)
        self.offers: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self.headings: defaultdict[str, list[str]] = defaultdict(list)
        self.last_words: defaultdict[str, list[str]] = defaultdict(list)
        self.tails: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.own_tails: set[tuple[str, str, str]] = set()
        self.plurals: defaultdict[str, dict[Target, None]] = defaultdict(dict)
        self.group_nouns: defaultdict[str, set[str]] = defaultdict(set)
        self.several: defaultdict[str, dict[Target, None]] = defaultdict(dict)
        self.halves: dict[str, frozenset[str]] = {}
        self.vocabulary: set[str] = set()
        self.spellings: set[str] = set()
        self.longest: dict[str, int] = {}
        self._known_values: set[tuple[str, str, tuple[str, ...], tuple[str, ...]]] = set()

    def add_product(self, product: Product, headings: tuple[str, ...]) -> None:
        for heading in headings:
            if heading:
                for key in self._keys_of(split(heading)):
                    self.headings[key].append(product.sku)
        if product.halves is not None:
            self.halves[product.sku] = frozenset(value.value for value in product.halves.groups[0].values)
        self._add_names(product.name, product.sku, product.aliases, sku=product.sku)
        for group in product.options:
            for value in group.values:
                self._add_value(product.sku, group, value)

    def _add_value(self, sku: str, group: OptionGroup, value: OptionValue) -> None:
        skus = self.offers[group.group, value.value]
        if len(skus) < MOST_TARGETS:
            skus.append(sku)
        for name in group.name.values():
            # "Whole wheat bread": the name of the group may follow its values.
            for word in split(name)[-1:]:
                self.tails[stem(word)][group.group].add(value.value)
                self.group_nouns[stem(word)].add(group.group)
        known = (group.group, value.value, value.aliases, tuple(value.name.values()))
        if known not in self._known_values:
            self._known_values.add(known)
            self._add_names(value.name, value.value, value.aliases, group=group.group, value=value.value)
            if group.choose is Choose.MANY and not self._is_refusal(value):
                self.several[group.group][Target(group=group.group, value=value.value)] = None

    def _is_refusal(self, value: OptionValue) -> bool:
        first = (word for name in value.name.values() for word in split(name)[:1])
        return any(self.words.roles.get(word) in (Role.REFUSE, Role.ALL) for word in first)

    def _add_names(
        self, name: Texts, code: str, aliases: tuple[str, ...], *, sku: str = "", group: str = "", value: str = ""
    ) -> None:
        for text in dict.fromkeys(s for n in (*name.values(), code) for s in spellings(n)):
            self._add_phrase(split(text), Target(sku, group, value, Rank.NAME), parts=True)
        for text in dict.fromkeys(s for alias in aliases for s in spellings(alias)):
            self._add_phrase(split(text), Target(sku, group, value, Rank.ALIAS), parts=False)

    def _add_phrase(self, words: list[str], target: Target, *, parts: bool) -> None:
        if not words:
            return
        self.spellings.update(words)
        self.vocabulary.update(stem(word) for word in words)
        self._add_name(words, target)
        if len(words) > 1:
            last = stem(words[-1])
            if target.sku:
                self.last_words[last].append(target.sku)
            else:
                self._add_tail(words, last, target)
        self._add_other_forms(words, target, parts=parts)
        content = [word for word in words if self.words.roles.get(word) not in JOINTS]
        if content and content != words:
            self._add_name(content, target)
        absent = absent_from(words) if target.group else ()
        for name in absent:
            self._add_part([name], target._replace(rank=Rank.ABSENT))
        if parts:
            for part in parts_of(content):
                if len("".join(part)) == 1 or (len(part) == 1 and part[0] in absent):
                    # The "e" of "prosciutto e funghi" names nothing.
                    continue
                rank = Rank.PART if content[-1] in part else Rank.BEGINNING
                self._add_part(part, Target(target.sku, target.group, target.value, rank))

    def _add_tail(self, words: list[str], last: str, target: Target) -> None:
        self.tails[last][target.group].add(target.value)
        self.own_tails.add((target.group, target.value, last))
        if words[-1].endswith("s"):
            self.plurals[words[-1]][target._replace(rank=Rank.PART)] = None

    def shared_tails(self) -> Iterator[tuple[str, list[str]]]:
        """Words on which the names of several values of one group end, and those groups."""
        for word, groups in self.tails.items():
            if shared := [group for group, values in groups.items() if len(values) > 1]:
                yield word, shared

    def _add_other_forms(self, words: list[str], target: Target, *, parts: bool) -> None:
        """Another word for no at the beginning, and "steak and cheese" for "steak and cheese sub"."""
        if self.words.roles.get(words[0]) is Role.REFUSE and len(words) > 1:
            for refusal in REFUSALS:
                self._add_name([refusal, *words[1:]], target)
        if target.group and len(words) == 2:
            # "A shot of espresso" for "espresso shot".
            for link in self.links:
                if self.words.roles.get(f"{words[1]} {link}") is Role.SIDE_OF:
                    self._add_name([words[1], link, words[0]], target)
        if any(self.words.roles.get(word) is Role.AND for word in words[1:]):
            self._add_name(["&" if self.words.roles.get(word) is Role.AND else word for word in words], target)
        if parts and target.sku and len(words) > 3 and has_joint(words[:-1], self.words):
            short = target._replace(rank=Rank.BEGINNING)
            self._add_name(words[:-1], short)
            self._add_name(["&" if self.words.roles.get(word) is Role.AND else word for word in words[:-1]], short)

    def _add_name(self, words: list[str], target: Target) -> None:
        for key in self._keys_of(words):
            entries = self.names[key]
            if len(entries) < MOST_TARGETS and all(entry[1] != target for entry in entries):
                entries.append((" ".join(words), target))

    def _keys_of(self, words: Sequence[str]) -> Iterator[str]:
        """The key; number words also as words, for readers of a language that does not know them."""
        numbers = self.words.numbers
        for spelled in ({},) if numbers.keys().isdisjoint(words) else ({}, numbers):
            key = key_of(words, spelled)
            self._note_length(key, len(words))
            yield key

    def _note_length(self, key: str, words: int) -> None:
        # One word more than the name has: "bread sticks" for breadsticks.
        most = min(words, MOST_WORDS) + 1
        # What is noted for more letters is noted for fewer, too.
        if self.longest.get(key[:FIRST_LETTERS], 0) < most:
            for letters in range(1, FIRST_LETTERS + 1):
                self.longest[key[:letters]] = max(self.longest.get(key[:letters], 0), most)

    def goods_kinds(self) -> dict[str, GoodsKind]:
        """Categories, and last words of several names that are no other part of a name."""
        found = {key: skus for key, skus in self.last_words.items() if len(set(skus)) > 1 and self._is_last_only(key)}
        return {
            key: GoodsKind(frozenset(skus) | self._halved(skus), tuple(dict.fromkeys(skus))[:MOST_TARGETS])
            for key, skus in (found | self.headings).items()
        }

    def _halved(self, skus: Sequence[str]) -> frozenset[str]:
        """Dishes of which each half is of these: two halves of pizzas are a pizza."""
        return frozenset(dish for dish, of in self.halves.items() if of.issubset(skus))

    def _is_last_only(self, key: str) -> bool:
        skus = set(self.last_words[key])
        return all(target.sku in skus for target in self.parts.get(key, ()))

    def _add_part(self, words: Sequence[str], target: Target) -> None:
        for key in self._keys_of(words):
            targets = self.parts[key]
            if len(targets) < MOST_TARGETS and target not in targets:
                targets.append(target)


def split(text: str) -> list[str]:
    """The folded words of a name; codes have underscores for spaces."""
    return [t.text for t in tokenize(text.replace("_", " ")) if t.kind in (TokenKind.WORD, TokenKind.NUMBER)]
