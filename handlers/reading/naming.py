"""What the words at one place of a message name: whole names, parts of names, categories, synonyms."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.reading.compounds import product_of
from handlers.reading.emoji import shows_goods, words_of
from handlers.reading.language import AND, ARTICLE, LINK, OR, UNIT, Words
from handlers.reading.lexicon import lexicon_of
from handlers.reading.menu_match import CompiledMenu, Rank, Target
from handlers.reading.phrases import Kind, Phrase, goods_phrase
from handlers.reading.tokens import Token, TokenKind, key_of


class Naming:
    """Looks the tokens of one message up in the menu. Each method returns the longest fit at a place, or None."""

    def __init__(self, tokens: Sequence[Token], menu: CompiledMenu, words: Words) -> None:
        self._menu = menu
        self._words = words
        self._lexicon = lexicon_of(menu, words)
        self._names = self._lexicon.names
        self.known = [self._lexicon.words[token.text, token.kind] for token in tokens]
        self._said = [word.text for word in self.known]
        self.tokens = self._rightly_spelled(tokens)
        self._pieces = [word.key for word in self.known]
        self._runs: dict[int, list[tuple[int, str]]] = {}

    def _rightly_spelled(self, tokens: Sequence[Token]) -> Sequence[Token]:
        if self._said == [token.text for token in tokens]:
            return tokens
        return [replace(token, text=text) for token, text in zip(tokens, self._said, strict=True)]

    def goods(self, at: int) -> Phrase | None:
        """A whole name or alias, also with a synonym for its last word, and what synonyms of it name."""
        if self.known[at].most_as_word and (named := self._number_in_name(at)):
            return named
        run = self._longest_first(at)
        if not run:
            return None
        named = self._names.goods[tuple(self._said[at : at + run[0][0]])]
        return None if named is None else named.at(at)

    def _number_in_name(self, at: int) -> Phrase | None:
        """ "Quattro formaggi" is a name, also in a language in which "quattro" is four."""
        for length in range(self.known[at].most_as_word, 1, -1):
            texts = self._texts(at, length)
            key = key_of(texts, {})
            if len(texts) == length and all(self._pieces[at : at + length]) and key in self._menu.names:
                targets = self._named(at, length, key)
                return goods_phrase(at, at + length, targets) if targets else None
        return None

    def part(self, at: int, least: int = 1) -> Phrase | None:
        """Some words of a name, in its order, `least` of them or more."""
        for length, key in self._longest_first(at):
            if length < least:
                return None
            targets = self._menu.parts.get(key)
            if targets and length == 1 and (self._describes_next(at) or self._is_quality(at, targets)):
                return Phrase(Kind.UNKNOWN, at, at + 1)
            if targets and not any(word in self._words.roles for word in self._texts(at + 1, length - 1)):
                # "Funghi" are a part of a pizza's name, and mushrooms where the menu has only these.
                others = () if any(target.group for target in targets) else self._names.meant(key)
                return goods_phrase(at, at + length, targets + others)
        return None

    def _is_quality(self, at: int, targets: tuple[Target, ...]) -> bool:
        """ "Spicy" alone is no spicy salami, "free" no gluten-free base."""
        if self._pieces[at] not in self._words.prepared or not all(target.group for target in targets):
            return False
        return any(target.rank == Rank.BEGINNING for target in targets)

    def measured(self, at: int, end: int) -> tuple[str, ...]:
        """The products that have this measure in their names."""
        key = key_of(self._texts(at, end - at), self._words.numbers)
        return tuple(dict.fromkeys(target.sku for target in self._menu.parts.get(key, ()) if target.sku))

    def longer_part(self, at: int, goods: Phrase) -> Phrase | None:
        """Three words or more that only one name has, the last one too, say more than the first of them."""
        if goods.products:
            return self.told_behind(at, goods.end)
        if not goods.options:
            return None
        if self.known[at].most_named < 2 or self._longest_first(at)[0][0] == 1:
            return None
        part = self.part(at, least=max(3, goods.end - at + 1))
        if part is not None and part.rank == Rank.PART and len(part.products) == 1:
            return part
        return self._swapped(at) if goods.end == at + 1 else None

    def told_behind(self, at: int, end: int) -> Phrase | None:
        """ "Coke diet", "lemonade sugar free": the name of other goods with its last word first."""
        if end >= len(self.known) or end > at + 1 or not self.known[end].most_named or self._is_spoken(end):
            return None
        texts = self._texts(at, 1)
        nouns = [texts, *map(str.split, self._words.synonyms.get(self._pieces[at], ()))]
        for length, key in self._longest_first(end):
            if key in self._menu.names:
                return None
            for noun in nouns:
                targets = self._menu.parts.get(key_of([*noun, *self._texts(end, length)], self._words.numbers), ())
                if targets and all(target.sku and target.rank == Rank.PART for target in targets):
                    return goods_phrase(at, end + length, targets)
        return None

    def _swapped(self, at: int) -> Phrase | None:
        """ "Chicken alfredo", where the menu has alfredo chicken, and no alfredo."""
        targets = next((self._menu.parts.get(key) for length, key in self._longest_first(at) if length == 2), None)
        if not targets or len({target.value for target in targets}) != 1 or not targets[0].group:
            return None
        if self._is_spoken(at + 1) or any(key in self._menu.names for _, key in self._longest_first(at + 1)):
            return None
        return goods_phrase(at, at + 2, targets)

    def part_or_category(self, at: int) -> Phrase | None:
        part, category = self.part(at), self._category(at)
        if part and category and (category.end > part.end or not part.options):
            return category
        return part or category

    def kind(self, words: Phrase) -> Phrase | None:
        """A kind of goods on this menu that is called by these words of the language."""
        found = self._category(words.start)
        return found if found and found.end >= words.end else None

    def synonym(self, at: int) -> Phrase | None:
        for length, key in self._longest_first(at):
            if targets := self._names.meant(key):
                return goods_phrase(at, at + length, targets)
        return None

    def compound(self, at: int) -> Phrase | None:
        if self.tokens[at].kind is not TokenKind.WORD:
            return None
        targets = product_of(self.tokens[at].text, self._menu, self._words)
        return goods_phrase(at, at + 1, targets) if targets else None

    def emoji(self, at: int) -> Phrase:
        """A run of one emoji: what the words for it name, how many there are."""
        text = self.tokens[at].text
        others = words_of(text[0])
        targets = next((found for other in others if (found := self._names.look_up(other.split()))), ())
        keys = (key_of(other.split(), self._words.numbers) for other in others if not targets)
        kind = next((key for key in keys if key in self._menu.kinds), "")
        named = goods_phrase(at, at + 1, targets) if targets else Phrase(Kind.EMOJI, at, at + 1, category=kind)
        return replace(named, kind=Kind.EMOJI, value=len(text), is_goods=shows_goods(text[0]))

    def with_gap(self, at: int, *, products_only: bool) -> list[Phrase] | None:
        """A name with one word slipped in: "rye country bread" for "rye bread"."""
        for length in (4, 3):
            pieces = self._pieces[at : at + length]
            if length > self.known[at].most_named or len(pieces) < length or not all(pieces):
                continue
            if self._is_spoken(at + 1) or self._named(at + 1, length - 1):
                continue
            texts = [*self._texts(at, 1), *self._texts(at + 2, length - 2)]
            targets = [target for target in self._names.look_up(texts) if target.sku or not products_only]
            if targets:
                return [*self._slipped_in(at + 1), goods_phrase(at, at + length, targets)]
        return None

    def shared_head(self, at: int) -> Phrase | None:
        """ "Black and green olives": the first has the head noun of the last."""
        place = at + 1
        for _ in range(3):
            if place >= len(self.tokens) or not self._joins(place):
                return None
            place += 1
            if place < len(self.known) and self.known[place].role in (LINK, ARTICLE):
                # "The black and the green olives".
                place += 1
            for length, key in self._longest_first(place):
                named = self._named(place, length, key) if length > 1 else ()
                if length > 1 and (named or key in self._menu.parts):
                    return self._with_head(at, place + length - 1, named)
            place += 1
        return None

    def _with_head(self, at: int, head: int, named: tuple[Target, ...]) -> Phrase | None:
        """The adjective at `at` with a noun further on; where the menu has no such thing, it is no part of another.

        `named`: what it is the last word of. "With pinto and an apple juice" is an option, and then other goods.
        """
        targets = self._names.look_up([*self._texts(at, 1), *self._texts(head, 1)])
        if targets:
            return goods_phrase(at, at + 1, targets)
        part = self.part(at)
        if part is None or part.products or self._pieces[at] in self._words.foods:
            return None
        are_goods = bool(named) and all(target.sku for target in named)
        return None if are_goods and not self._is_opened(at) else Phrase(Kind.UNKNOWN, at, at + 1)

    def _is_opened(self, at: int) -> bool:
        """Does an article or a number stand before `at`?"""
        return at > 0 and (self.known[at - 1].role in (LINK, ARTICLE) or self.known[at - 1].begins_number)

    def is_written_otherwise(self, at: int) -> bool:
        """Is the word at `at` only by its stem what the menu has? The "green" of green peppers is no greens."""
        text, key = self._texts(at, 1)[0], self._pieces[at]
        return all(spelling != text for spelling, _ in self._menu.names.get(key, ()))

    # ---- looking up

    def _longest_first(self, at: int) -> Sequence[tuple[int, str]]:
        """How many words from `at` on, and their key, as far as anything known begins so.

        The first word may be another word for the first of a name, the last one for the last.
        """
        run = self._runs.get(at)
        if run is None:
            most = self.known[at].most_named if at < len(self.known) else 0
            run = self._runs[at] = self._run(at, most) if most else []
        return run

    def _run(self, at: int, most: int) -> list[tuple[int, str]]:
        key = self._pieces[at]
        run = [(1, key)]
        if most == 1:
            return run
        synonyms = self._words.synonyms
        is_open = key in synonyms
        for length, piece in enumerate(self._pieces[at + 1 : at + most], 2):
            if not piece:
                break
            key, begins = self._lexicon.longer[key, piece]
            is_open |= key in synonyms
            if is_open or begins or piece in synonyms:
                run.append((length, key))
            if not (is_open or begins):
                break
        run.reverse()
        return run

    def _texts(self, at: int, length: int) -> list[str]:
        return self._said[at : at + length]

    def _named(self, at: int, length: int, key: str | None = None) -> tuple[Target, ...]:
        if key is None:
            key = next((key for words, key in self._longest_first(at) if words == length), "")
        return self._names.called(key, self._texts(at, length))

    def _category(self, at: int) -> Phrase | None:
        for length, key in self._longest_first(at):
            others = self._words.synonyms.get(key, ())
            for kind in (key, *(key_of(other.split(), self._words.numbers) for other in others)):
                if kind in self._menu.kinds:
                    return Phrase(Kind.CATEGORY, at, at + length, category=kind)
        return None

    def _slipped_in(self, at: int) -> list[Phrase]:
        """The word in the gap: an option stays one, other goods were part of the name, an unknown word is unread."""
        inner = self._named(at, 1)
        if not inner:
            return [Phrase(Kind.UNKNOWN, at, at + 1)]
        options = tuple(target for target in inner if target.group)
        return [Phrase(Kind.GOODS, at, at + 1, options=options)] if options else []

    def _describes_next(self, at: int) -> bool:
        """ "Black Greek olives": two adjectives and one noun are one thing, and the menu has only the second."""
        lengths = [length for length, key in self._longest_first(at + 1) if length > 1 and key in self._menu.names]
        return any(self._names.look_up([*self._texts(at, 1), *self._texts(at + length, 1)]) for length in lengths)

    def one_unit(self, at: int) -> Phrase | None:
        """ "A litre of cola", where the menu says 1 litre."""
        if not self.is_unit(at + 1):
            return None
        (unit,) = self._texts(at + 1, 1)
        for said in (unit, *self._words.synonyms.get(key_of((unit,), self._words.numbers), ())):
            if targets := self._names.look_up(["1", said]):
                return goods_phrase(at, at + 2, targets)
        return None

    def is_joined(self, at: int) -> bool:
        """Does a word like "and" stand at `at`?"""
        return at < len(self.known) and self.known[at].role in (AND, OR)

    def is_unit(self, at: int) -> bool:
        """Does a word like "litre" stand at `at`?"""
        return at < len(self.known) and self.known[at].role is UNIT

    def _is_spoken(self, at: int) -> bool:
        return self.known[at].role is not None or self.tokens[at].text in self._words.begin_numbers

    def _joins(self, at: int) -> bool:
        return self.tokens[at].kind is TokenKind.COMMA or self.is_joined(at)
