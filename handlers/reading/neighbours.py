"""A phrase between its neighbours: what a word means beside the one before it and the one behind it."""

from collections.abc import Sequence

from handlers.reading.language import AND, ARTICLE, EXTRA, GLUE, LIGHT, MORE, Words
from handlers.reading.menu_match import CompiledMenu, Rank
from handlers.reading.phrases import CATEGORY, COMMA, GOODS, LINE, NUMBER, UNKNOWN, Phrase
from handlers.reading.tokens import Token, stem

MANY_MEANINGS = frozenset({GOODS, CATEGORY, UNKNOWN, MORE})
"""Kinds of phrases that are something else beside some neighbours."""

_BEGIN = frozenset({NUMBER, ARTICLE})


class Neighbours:
    """Tells apart words of one message that could be several things."""

    def __init__(self, tokens: Sequence[Token], menu: CompiledMenu, words: Words) -> None:
        self._tokens = tokens
        self._menu = menu
        self._words = words

    def between(self, phrase: Phrase, before: Phrase | None, after: Phrase | None) -> Phrase:
        """The phrase, or what it is in this place."""
        if phrase.kind is MORE:
            return _more(phrase, before, after)
        if before is not None and before.kind is GOODS and phrase.end == phrase.start + 1:
            phrase = self._tail(phrase, before)
        if after is None or phrase.kind is not GOODS:
            return phrase
        return self._in_place(phrase, before, after)

    def _tail(self, phrase: Phrase, before: Phrase) -> Phrase:
        """The "cheese" of "feta cheese", where the menu says feta; never that of another name."""
        word = stem(self._tokens[phrase.start].text)
        if self._is_mere_head(word, phrase, before):
            return Phrase(GLUE, phrase.start, phrase.end)
        if not before.options:
            return phrase
        if not phrase.products and not before.products and self._belongs_to(word, before):
            # "Provolone cheese": the cheese is provolone, though plain cheese is on the menu, too.
            return Phrase(GLUE, phrase.start, phrase.end)
        is_part = phrase.kind is GOODS and not phrase.products and phrase.options[0].rank == Rank.PART
        if not is_part and phrase.kind is not UNKNOWN:
            return phrase
        groups = {target.group for target in before.options}
        nouns = (word, *map(stem, self._words.synonyms.get(word, ())))
        if any(not groups.isdisjoint(self._menu.tails.get(noun, ())) for noun in nouns):
            return Phrase(GLUE, phrase.start, phrase.end)
        is_other = is_part and (word not in self._words.heads or groups.isdisjoint(t.group for t in phrase.options))
        return phrase if is_other else Phrase(UNKNOWN, phrase.start, phrase.end)

    def _belongs_to(self, word: str, option: Phrase) -> bool:
        """Does a longer name of the option end on this word, or is its group called so?"""
        best = option.options[0]
        if (best.group, best.value, word) in self._menu.own_tails:
            return True
        may_be_group = word in self._menu.group_nouns or word in self._words.synonyms
        return may_be_group and self._is_group_of(word, option)

    def _is_group_of(self, word: str, option: Phrase) -> bool:
        """Is this the name of the group that the option is from, or another word for it (dressing, sauce)?"""
        nouns = (word, *map(stem, self._words.synonyms.get(word, ())))
        return any(target.group in self._menu.group_nouns.get(noun, ()) for noun in nouns for target in option.options)

    def _is_mere_head(self, word: str, phrase: Phrase, before: Phrase) -> bool:
        """An alias behind goods of its category: the "juice" of "cherry juice", where the menu says Cherry."""
        if word not in self._menu.head_nouns:
            return False
        if phrase.rank != Rank.ALIAS or phrase.options or before.options or not (phrase.products and before.products):
            return False
        products = self._menu.menu.by_sku
        return products[phrase.products[0]].category == products[before.products[0]].category

    def _in_place(self, phrase: Phrase, before: Phrase | None, after: Phrase) -> Phrase:
        """A word that could be several things, in the light of the phrase behind it."""
        if after.kind is GOODS and phrase.amount in (EXTRA, LIGHT) and after.options:
            return Phrase(phrase.amount, phrase.start, phrase.end)
        if after.kind is UNKNOWN and self._tokens[after.start].text in self._words.lacking:
            # "Sugar free".
            return Phrase(UNKNOWN, phrase.start, phrase.end)
        if not self._says_which(phrase, before, after):
            return phrase
        if after.kind is UNKNOWN and self._is_group_of(stem(self._tokens[after.start].text), phrase):
            return phrase
        return Phrase(UNKNOWN, phrase.start, phrase.end)

    def _says_which(self, phrase: Phrase, before: Phrase | None, after: Phrase) -> bool:
        """First words of a name before another noun: the "rocket" of rocket soup is no rocket salad."""
        if after.kind is UNKNOWN:
            is_name = phrase.products and phrase.rank != Rank.BEGINNING
            return not is_name and all(target.rank == Rank.BEGINNING for target in phrase.options)
        is_one = after.kind is NUMBER and after.value == 1 and before is not None and before.kind is ARTICLE
        if is_one and phrase.products and not phrase.options:
            # "A black coffee and a white one".
            return self._describes(phrase)
        if after.kind is not GOODS or not phrase.products or phrase.options:
            return False
        if after.products and not after.options:
            return phrase.rank == Rank.BEGINNING or self._describes(phrase) or self._is_compound(phrase, after)
        # "Grilled onions" are no grilled wrap with onions.
        is_counted = before is not None and before.kind in _BEGIN
        return not after.products and not is_counted and phrase.rank == Rank.BEGINNING and self._describes(phrase)

    def _describes(self, phrase: Phrase) -> bool:
        """One word of a longer name, and no food: the "white" of "flat white"."""
        word = stem(self._tokens[phrase.start].text)
        is_one = phrase.end == phrase.start + 1 and phrase.rank in (Rank.PART, Rank.BEGINNING)
        return is_one and word not in self._words.foods and word not in self._words.heads

    def _is_compound(self, phrase: Phrase, after: Phrase) -> bool:
        """ "Taco salad": the last noun says what it is, the first one only which."""
        head = stem(self._tokens[after.start].text)
        if after.end != after.start + 1 or head not in self._words.heads or self._is_mere_head(head, after, phrase):
            return False
        last = self._tokens[phrase.end - 1].text
        is_plural = last.endswith("s") and not last.endswith("ss")
        is_whole = phrase.end > phrase.start + 1 and stem(last) in self._words.heads
        return not is_plural and not is_whole and set(phrase.products).isdisjoint(after.products)


def _more(phrase: Phrase, before: Phrase | None, after: Phrase | None) -> Phrase:
    """ "Two more colas" and "two colas more" are two, "more cheese" is extra cheese."""
    is_last = after is None or after.kind in (AND, COMMA, LINE)
    is_behind_goods = is_last and before is not None and bool(before.products) and not before.options
    is_count = is_behind_goods or (before is not None and before.kind in (NUMBER, ARTICLE))
    return Phrase(GLUE if is_count else EXTRA, phrase.start, phrase.end, amount=MORE if is_count else None)
