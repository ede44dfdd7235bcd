"""Makes the index of a menu: its names, their other forms and parts, kinds of goods, last words of names."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from core.menu import Choose, Menu, OptionGroup, OptionValue, Product, Texts
from handlers.reading.language import Role, Words, words_for
from handlers.reading.menu_match import FIRST_LETTERS, MOST_TARGETS, CompiledMenu, GoodsKind, Rank, Target, split
from handlers.reading.name_parts import JOINTS, absent_from, has_joint, parts_of, present_in
from handlers.reading.spelling import SpellingIndex
from handlers.reading.tokens import key_of, spellings, stem

MOST_WORDS = 8
"""A name longer than this is found by its parts only."""
ALIAS_OF_TWO = 2
"""In words."""
REFUSALS = ("no", "without", "ohne", "kein", "keine")
"""A name like "no bubbles" may begin with any of these."""


def compile_menu(menu: Menu) -> CompiledMenu:
    """Index a menu. Ten thousand products take a second or two; the result is for reading only."""
    builder = _Builder(words_for(menu.languages))
    headings = {category.key: tuple(category.name.values()) for category in menu.categories}
    for product in menu.products:
        builder.add_product(product, headings.get(product.category, (product.category,)))
    builder.add_rare_words()
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
        joined={key: tuple(skus) for key, skus in builder.joined.items()},
        lacking={key: tuple(skus) for key, skus in builder.lacking.items()},
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
        self.alias_words: defaultdict[str, dict[Target, None]] = defaultdict(dict)
        """Words of longer aliases, and what they stand in."""
        self.aliases: list[tuple[Sequence[str], Target]] = []
        """Those of two words."""
        self.spellings: set[str] = set()
        self.longest: dict[str, int] = {}
        self.joined: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self.lacking: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
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
            self._add_run_together(words, target)
            last = stem(words[-1])
            if target.sku:
                self.last_words[last].append(target.sku)
            else:
                self._add_tail(words, last, target)
        self._add_other_forms(words, target, parts=parts)
        content = [word for word in words if self.words.roles.get(word) not in JOINTS]
        if content and content != words:
            self._add_name(content, target)
        absent = absent_from(words)
        self._add_absent(words, absent, target)
        if parts:
            for part in parts_of(content):
                if len("".join(part)) == 1 or (len(part) == 1 and part[0] in absent):
                    # The "e" of "prosciutto e funghi" names nothing.
                    continue
                rank = Rank.PART if content[-1] in part else Rank.BEGINNING
                self._add_part(part, Target(target.sku, target.group, target.value, rank))
        elif len(content) > 1:
            self._add_alias_parts(content, target)

    def _add_absent(self, words: Sequence[str], absent: Sequence[str], target: Target) -> None:
        """What the thing is without by its name."""
        for name in absent:
            if target.group:
                self._add_part([name], target._replace(rank=Rank.ABSENT))
            else:
                self.lacking[key_of(present_in(words, absent), {}), stem(name)][target.sku] = None

    def _add_run_together(self, words: Sequence[str], target: Target) -> None:
        """ "Rootbeer": the words as one have another stem where the first one loses its ending, or is a number."""
        key = stem("".join(words))
        if key != key_of(words, self.words.numbers) and key.isalpha():
            self._add_entry(key, words, target)
            self._note_length(key, 1)

    def _add_alias_parts(self, content: Sequence[str], target: Target) -> None:
        """Its last word first ("fry, french"), and words that are in no other name (see add_rare_words)."""
        if target.sku:
            self._add_part([content[-1], *content[:-1]], target._replace(rank=Rank.PART))
        for word in content:
            self.alias_words[stem(word)][target] = None
        if len(content) == ALIAS_OF_TWO:
            self.aliases.append((content, target))

    def add_rare_words(self) -> None:
        """Two words that stand nowhere else, in no list of the language either: each of them says the alias."""
        for words, target in self.aliases:
            if all(self._is_rare(stem(word)) for word in words):
                self._add_part(words[:1], target._replace(rank=Rank.BEGINNING))
                self._add_part(words[1:], target._replace(rank=Rank.PART))

    def _is_rare(self, word: str) -> bool:
        if word in self.names or word in self.headings or word in self.words.known:
            return False
        told = {target[:3] for target in (*self.alias_words[word], *self.parts.get(word, ()))}
        return len(told) == 1

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
            self._add_joined(words, target)
        if parts and target.sku and len(words) > 3 and has_joint(words[:-1], self.words):
            short = target._replace(rank=Rank.BEGINNING)
            self._add_name(words[:-1], short)
            self._add_joined(words[:-1], short)
            self._add_name(["&" if self.words.roles.get(word) is Role.AND else word for word in words[:-1]], short)

    def _add_joined(self, words: Sequence[str], target: Target) -> None:
        if target.sku:
            self.joined[key_of([w for w in words if self.words.roles.get(w) is not Role.AND], {})][target.sku] = None

    def _add_name(self, words: list[str], target: Target) -> None:
        for key in self._keys_of(words):
            self._add_entry(key, words, target)

    def _add_entry(self, key: str, words: Sequence[str], target: Target) -> None:
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
