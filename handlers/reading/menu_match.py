"""The menu as an index over words, built once per menu: what do these words of a message name?

A phrase is looked up by its key, the joined stems of its words. So plurals, hyphens and words that
run together or apart ("cheese burger", "cheeseburgers") share one key, and a look-up costs the
same on a menu of ten products and of ten thousand.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz.distance import OSA

from core.menu import Menu, OptionGroup, OptionValue, Product, Texts
from handlers.reading.language import Role, Words, words_for
from handlers.reading.tokens import TokenKind, spellings, stem, tokenize

MOST_WORDS = 8
"""A name longer than this is found by its parts only."""
MOST_TARGETS = 12
"""So many things behind one part of a name are kept: more are no answer, and no question either."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a phrase names: a product (`sku`), or a value of an option group.

    `rank` is 0 for the name itself and the code, 1 for an alias, 2 for a part of the name, 3 for a synonym.
    """

    sku: str = ""
    group: str = ""
    value: str = ""
    rank: int = 0


@dataclass(frozen=True)
class CompiledMenu:
    """A menu and the indexes that reading needs."""

    menu: Menu
    names: Mapping[str, tuple[tuple[str, Target], ...]]
    """Key of a whole name or alias to its spelling and what it names."""
    parts: Mapping[str, tuple[Target, ...]]
    """Key of a part of a name to all that it could stand for."""
    heads: Mapping[str, tuple[str, ...]]
    """Key of a category's name to the first skus in it."""
    vocabulary: frozenset[str]
    """Stems of all words of names and aliases."""
    spelling: "SpellingIndex"
    longest: int
    offers: Mapping[tuple[str, str], tuple[str, ...]]
    """(group, value) to the products that have it, MOST_TARGETS at most."""

    def group_of(self, sku: str, target: Target) -> OptionGroup | None:
        """The option group of the product that has this value."""
        group = self.menu.by_sku[sku].by_group.get(target.group) if target.group else None
        return group if group is not None and target.value in group.by_value else None

    def named(self, key: str, words: str) -> tuple[Target, ...]:
        """What is called exactly so; the very spelling wins over one with the same stems."""
        entries = self.names.get(key, ())
        exact = tuple(target for spelling, target in entries if spelling == words)
        return exact or tuple(target for _, target in entries)


def key_of(words: Iterable[str], numbers: Mapping[str, int]) -> str:
    """The joined stems; number words as digits, digits kept apart: "2 liter" and "two liters" are one key."""
    key = ""
    for word in words:
        piece = str(numbers[word]) if word in numbers else stem(word)
        key += "." + piece if key[-1:].isdigit() and piece[:1].isdigit() else piece
    return key


def compile_menu(menu: Menu) -> CompiledMenu:
    """Index a menu. Ten thousand products take a second or two; the result is for reading only."""
    builder = _Builder(words_for(menu.languages))
    for product in menu.products:
        builder.add_product(product)
    heads = {key: tuple(skus[:MOST_TARGETS]) for key, skus in _categories(menu, builder.words).items()}
    return CompiledMenu(
        menu=menu,
        names={key: tuple(entries) for key, entries in builder.names.items()},
        parts={key: tuple(targets) for key, targets in builder.parts.items()},
        heads=heads,
        vocabulary=frozenset(builder.vocabulary),
        spelling=SpellingIndex(builder.spellings),
        longest=min(builder.longest, MOST_WORDS) + 1,
        offers={key: tuple(skus) for key, skus in builder.offers.items()},
    )


class _Builder:
    def __init__(self, words: Words) -> None:
        self.words = words
        self.names: defaultdict[str, list[tuple[str, Target]]] = defaultdict(list)
        self.parts: defaultdict[str, list[Target]] = defaultdict(list)
        self.offers: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self.vocabulary: set[str] = set()
        self.spellings: set[str] = set()
        self.longest = 1
        self._known_values: set[tuple[str, str, tuple[str, ...], tuple[str, ...]]] = set()

    def add_product(self, product: Product) -> None:
        self._add_names(product.name, product.sku, product.aliases, sku=product.sku)
        for group in product.options:
            for value in group.values:
                self._add_value(product.sku, group, value)

    def _add_value(self, sku: str, group: OptionGroup, value: OptionValue) -> None:
        skus = self.offers[group.group, value.value]
        if len(skus) < MOST_TARGETS:
            skus.append(sku)
        known = (group.group, value.value, value.aliases, tuple(value.name.values()))
        if known not in self._known_values:
            self._known_values.add(known)
            self._add_names(value.name, value.value, value.aliases, group=group.group, value=value.value)

    def _add_names(
        self, name: Texts, code: str, aliases: tuple[str, ...], *, sku: str = "", group: str = "", value: str = ""
    ) -> None:
        for text in dict.fromkeys(s for n in (*name.values(), code) for s in spellings(n)):
            self._add_phrase(split(text), Target(sku, group, value, 0), parts=True)
        for text in dict.fromkeys(s for alias in aliases for s in spellings(alias)):
            self._add_phrase(split(text), Target(sku, group, value, 1), parts=False)

    def _add_phrase(self, words: list[str], target: Target, *, parts: bool) -> None:
        if not words:
            return
        self.spellings.update(words)
        self.vocabulary.update(stem(word) for word in words)
        self.longest = max(self.longest, len(words))
        self._add_name(words, target)
        content = [word for word in words if self.words.roles.get(word) not in _JOINTS]
        if content and content != words:
            self._add_name(content, target)
        if parts:
            for part in _parts(content):
                self._add_part(part, Target(target.sku, target.group, target.value, 2))

    def _add_name(self, words: list[str], target: Target) -> None:
        entries = self.names[key_of(words, self.words.numbers)]
        if len(entries) < MOST_TARGETS and all(entry[1] != target for entry in entries):
            entries.append((" ".join(words), target))

    def _add_part(self, words: Sequence[str], target: Target) -> None:
        targets = self.parts[key_of(words, self.words.numbers)]
        if len(targets) < MOST_TARGETS and target not in targets:
            targets.append(target)


_JOINTS = frozenset({Role.AND, Role.WITH, Role.FILLER, Role.GLUE, Role.ARTICLE})


def split(text: str) -> list[str]:
    """The folded words of a name; codes have underscores for spaces."""
    return [t.text for t in tokenize(text.replace("_", " ")) if t.kind in (TokenKind.WORD, TokenKind.NUMBER)]


def _parts(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """Words of a name in their order without some of them; the last word also first ("Pizza Salami")."""
    if len(words) < 2:
        return
    if len(words) <= 4:
        for size in range(1, len(words)):
            yield from combinations(words, size)
    else:
        yield from ([word] for word in words)
        yield from ([words[i], words[j]] for i in range(len(words)) for j in range(i + 1, len(words)))
        yield from (words[i : i + 3] for i in range(len(words) - 2))
    yield [words[-1], *words[:-1]]


def _categories(menu: Menu, words: Words) -> dict[str, list[str]]:
    heads: defaultdict[str, list[str]] = defaultdict(list)
    names = {category.key: tuple(category.name.values()) for category in menu.categories}
    for product in menu.products:
        for text in names.get(product.category, (product.category,)):
            key = key_of(split(text), words.numbers)
            if key:
                heads[key].append(product.sku)
    return heads


class SpellingIndex:
    """Words found by what is left when letters are deleted: as fast for ten words as for a million.

    A word and its misspelling share a remainder after each lost at most one letter; the distance
    (optimal string alignment: wrong, missing, surplus or swapped letters) then decides.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._by_remainder: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(words):
            if len(word) >= 4 and word.isalpha():
                for remainder in _remainders(word):
                    self._by_remainder[remainder].append(word)

    def nearest(self, word: str) -> str | None:
        """The one word that `word` most likely is a misspelling of."""
        if not 4 <= len(word) <= 24:
            return None
        found = {near for rest in _remainders(word) for near in self._by_remainder.get(rest, ())[:50]}
        ranked = sorted((OSA.distance(word, near), near) for near in found)
        allowed = [(d, near) for d, near in ranked if _near_enough(word, near, d)]
        if not allowed or (len(allowed) > 1 and allowed[1][0] == allowed[0][0] and stem(allowed[0][1]) != stem(allowed[1][1])):
            return None
        return allowed[0][1]


def _remainders(word: str) -> set[str]:
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


def _near_enough(word: str, near: str, distance: int) -> bool:
    """Short words differ by one letter from too many others: there only swapped or doubled letters count."""
    if word[0] != near[0] and min(len(word), len(near)) < 6:
        return False
    if min(len(word), len(near)) < 5:
        return distance == 1 and (sorted(word) == sorted(near) or set(word) == set(near))
    return distance <= (2 if min(len(word), len(near)) >= 8 else 1)
