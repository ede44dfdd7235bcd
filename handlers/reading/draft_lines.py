"""Which line of the open draft do these words mean?"""

import re
from collections.abc import Sequence
from dataclasses import field

from core.frozen import frozen
from core.menu import Amount, Chosen, Product
from handlers.reading.language import Role, words_for
from handlers.reading.menu_match import CompiledMenu, split
from handlers.reading.numbers import read_number
from handlers.reading.order_text import Page, Roles, page_of
from handlers.reading.tokens import fold, key_of, stem, tokenize
from handlers.reading.understood import Reading, ReadLine
from handlers.reading.wordings import named, wordings

_TIMES = re.compile(r"(?<=\d)\s?[x×]$")


@frozen
class Told:
    """What words like "the one with mushrooms" tell: lines of the draft, by what they have."""

    lines: tuple[int, ...]
    words: str = ""
    options: tuple[Chosen, ...] = ()


@frozen
class Finder:
    """Finds lines by words; `languages` are those that have word lists."""

    menu: CompiledMenu
    languages: tuple[str, ...]
    _pages: dict[str, Page] = field(default_factory=dict)
    """Of one message: many rules ask for the same words."""
    _options: dict[tuple[str, str], tuple[Chosen, ...]] = field(default_factory=dict)
    """By words and product: lines of a long draft are mostly of few products."""
    _names: dict[str, set[str]] = field(default_factory=dict)
    """By product, the stems of the words that name it."""
    told: dict[str, Told] = field(default_factory=dict)
    """By the sign that stands for them (see told_lines.py)."""

    def reading(self, words: str) -> Reading:
        """The words read as goods."""
        return self._page(words).order

    def behind(self, words: str, lines: Sequence[ReadLine]) -> Reading:
        """What these lines are when the words are said right behind them."""
        names = ", ".join(self._name(sku) for sku in dict.fromkeys(line.sku for line in lines))
        return self._page(f"{names}, {words}").behind(lines, len(tokenize(f"{names},")))

    def _name(self, sku: str) -> str:
        return next(iter(self.menu.menu.by_sku[sku].name.values()))

    def says(self, words: str, roles: Roles) -> bool:
        """Whether one of the words does one of these."""
        return self._page(words).says(roles)

    def _page(self, words: str) -> Page:
        page = self._pages.get(words)
        if page is None:
            page = self._pages[words] = page_of(words, self.menu, self.languages)
        return page

    def number(self, words: str) -> int | None:
        """The quantity that these words are, all of them: an article is 1, "0" and "zero" are 0."""
        word = fold(words.strip())
        if word == "0" or words_for(self.languages).numbers.get(word) == 0:
            return 0
        if words_for(self.languages).roles.get(word) is Role.ARTICLE:
            return 1
        tokens = tokenize(words)
        if not tokens:
            return None
        number = read_number(tokens, 0, words_for(self.languages))
        return number.value if number and number.length == len(tokens) else None

    def often(self, words: str) -> int | None:
        """How many times: "twice", "2x", or any number."""
        said = named("edits", "often", self.languages).get(words.strip().casefold())
        return said if isinstance(said, int) else self.number(_TIMES.sub("", words.strip()))

    def says_times(self, words: str) -> bool:
        """Whether the words are "twice" or the like, and no number."""
        return words.strip().casefold() in named("edits", "often", self.languages)

    def share(self, words: str, whole: int) -> int | None:
        """So many of `whole`, if the words are a part of it: "a third", "two thirds"; None if it does not come out."""
        *before, last = fold(words).split() or [""]
        parts = named("edits", "shares", self.languages).get(last)
        counts = [count for word in before if (count := self.number(word))]
        of_whole = (counts[0] if counts else 1) * whole
        if not isinstance(parts, int) or of_whole % parts or of_whole >= whole * parts:
            return None
        return of_whole // parts

    def is_nth(self, words: str) -> bool:
        """Whether the word counts lines, in a draft of any length."""
        return words.casefold().strip(" .") in named("edits", "nth", self.languages)

    def nth(self, words: str, count: int) -> int | None:
        """The index that an ordinal means in a draft of `count` lines."""
        table = named("edits", "nth", self.languages)
        for word in re.findall(r"[^\W_]+\.?", words.casefold()):
            place = table.get(word, table.get(word.rstrip(".")))
            if isinstance(place, int):
                index = place - 1 if place > 0 else count + place
                return index if 0 <= index < count else None
        return None

    def lines(self, words: str, draft: Sequence[ReadLine]) -> list[int]:
        """The lines of the draft that the words name, surely first: by name, by what they may stand for, by a word."""
        bare = words.strip(" .,!?")
        if (told := self.told_by(bare)) is not None:
            return [index for index in told.lines if draft[index].quantity]
        if wordings("edits", "ordinal_only", self.languages).fullmatch(bare):
            index = self.nth(bare, len(draft))
            return [index] if index is not None else []
        reading = self.reading(bare)
        skus = {line.sku for line in reading.lines}
        found = [index for index, line in enumerate(draft) if line.sku in skus and line.quantity]
        found = found or self.called(bare, draft) or self._doubtful(bare, reading, draft)
        if len(found) == 1:
            return found
        having = [index for index in found or range(len(draft)) if self.has_said(bare, draft[index])]
        return having or found if found else having[: len(having) == 1]

    def told_by(self, words: str) -> Told | None:
        """What the words tell if they are nothing but a sign, or "the" and a sign."""
        *before, last = words.split() if self.told else [""]
        told = self.told.get(last)
        definite = wordings("edits", "definite", self.languages)
        return told if told and all(definite.fullmatch(word) for word in before) else None

    def has_said(self, words: str, line: ReadLine) -> bool:
        """Whether the line has all options that the words name: "the large one"."""
        # "The large one": the last word may stand for the goods.
        options = self.options(words, line) or self.options(words.rpartition(" ")[0], line) if line.quantity else ()
        return bool(options) and set(options) <= set(line.options)

    def names_product(self, words: str, draft: Sequence[ReadLine]) -> bool:
        """Whether the words are the whole name (or an alias) of a product of the draft."""
        return any(sku == line.sku for sku in self.named(words) for line in draft)

    def names_another(self, words: str, draft: Sequence[ReadLine]) -> bool:
        """Whether they are the whole name of products of which none is in the draft."""
        skus = self.named(words)
        return bool(skus) and not any(line.sku in skus for line in draft if line.quantity)

    def named(self, words: str) -> set[str]:
        """The products of which the words are the whole name or an alias."""
        parts = split(words)
        targets = self.menu.named(key_of(parts, words_for(self.languages).numbers), " ".join(parts))
        return {target.sku for target in targets if target.sku}

    def lines_named(self, words: str, draft: Sequence[ReadLine]) -> bool:
        """Whether one of the words stands in the name of a product of the draft."""
        said = {stem(word) for word in split(words)}
        return any(said & self._words_of(line) for line in draft if line.quantity)

    def options(self, words: str, line: ReadLine) -> tuple[Chosen, ...]:
        """The options that the words name for this line; none if a word is left that says something else."""
        found = self._options.get((words, line.sku))
        if found is None:
            product = self.product(line)
            options, left = self._page(words).options(product) if product else ((), ())
            found = self._options[words, line.sku] = () if left else options
        return found

    def refused(self, words: str, line: ReadLine) -> tuple[Chosen, ...]:
        """The options of this line that the words (without "no") refuse; for what is left out, what goes instead."""
        instead = self.menu.without(key_of(split(words), words_for(self.languages).numbers), line.sku)
        if instead is not None:
            return (Chosen(instead.group, instead.value),)
        options = self.options(words, line)
        return tuple(
            Chosen(chosen.group, chosen.value, Amount.NONE) if chosen.amount is Amount.REGULAR else chosen
            for chosen in options
        )

    def product(self, line: ReadLine) -> Product | None:
        return self.menu.menu.by_sku.get(line.sku)

    def _doubtful(self, words: str, reading: Reading, draft: Sequence[ReadLine]) -> list[int]:
        """Lines of goods that the words may mean by a word of theirs: "the mushrooms" mean no pizza."""
        likely = {sku for question in reading.questions if not reading.lines for sku in question.likely}
        wanted = {stem(word) for word in split(words)}
        lines = enumerate(draft)
        return [i for i, line in lines if line.sku in likely and line.quantity and wanted & self._words_of(line)]

    def called(self, words: str, draft: Sequence[ReadLine]) -> list[int]:
        """Lines whose product or category has all of these words in its name."""
        wanted = [stem(word) for word in split(words)]
        known = words_for(self.languages)
        meant = [{word, *(stem(o) for o in known.synonyms.get(key_of((word,), known.numbers), ()))} for word in wanted]
        return [
            index
            for index, line in enumerate(draft)
            if meant and line.quantity and all(any_of & self._words_of(line) for any_of in meant)
        ]

    def _words_of(self, line: ReadLine) -> set[str]:
        found = self._names.get(line.sku)
        if found is None:
            product = self.product(line)
            found = self._names[line.sku] = self._words_naming(product) if product else set()
        return found

    def _words_naming(self, product: Product) -> set[str]:
        categories = [c for c in self.menu.menu.categories if c.key == product.category]
        texts = [*product.name.values(), *product.aliases, product.category]
        texts += [text for category in categories for text in category.name.values()]
        return {stem(word) for text in texts for word in split(text)}
