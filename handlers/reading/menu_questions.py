"""Questions that the menu answers: "what is vegan", "how much is the tonno", "is there milk in the tiramisu"."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from handlers.reading.language import normal, words_for
from handlers.reading.menu_match import CompiledMenu
from handlers.reading.name_parts import is_left_out
from handlers.reading.phrases import Kind, Phrase
from handlers.reading.splitting import phrases_of
from handlers.reading.texts import Text
from handlers.reading.tokens import Token, piece_of, stem, tokenize
from handlers.reading.understood import MenuQuestion, Wanted
from handlers.reading.wordings import named, with_lists, wordings

MOST_ASKED = 8
"""So many products one question is about."""
SHORTEST_STEM = 5
"""From so many letters on a word is known by its beginning: "vegan" in "veganes"."""


def read_menu_question(text: Text, menu: CompiledMenu, languages: tuple[str, ...]) -> MenuQuestion | None:
    """What is asked; None if it is nothing that stands in a menu. Whether it is a question at all, others tell."""
    codes = with_lists(languages)
    asked = _Asked(text, menu, languages, codes)
    if asked.says("price"):
        return asked.about(Wanted.PRICE) if asked.skus or asked.categories or asked.options else None
    if asked.diets or asked.allergens:
        if asked.skus:
            return asked.about(Wanted.CONTENTS)
        if asked.diets or asked.says("free_of"):
            return asked.about(Wanted.PRODUCTS)
    if asked.skus and asked.says("contents"):
        return asked.about(Wanted.CONTENTS)
    if asked.says("have") and (asked.skus or (asked.names_food and not asked.says("menu"))):
        return MenuQuestion(Wanted.HAVE, asked.skus)
    return None


class _Asked:
    """What a question names."""

    def __init__(self, text: Text, menu: CompiledMenu, languages: tuple[str, ...], codes: tuple[str, ...]) -> None:
        words = words_for(languages)
        self._text = text
        self._codes = codes
        tokens = tokenize(text)
        phrases = phrases_of(tokens, menu, words)
        self.diets, of_diets = _coded("diets", tokens, codes)
        self.allergens, of_allergens = _coded("allergens", tokens, codes)
        texts = [token.text for token in tokens]
        self._is_without = any(is_left_out(texts, place) for place in of_allergens)
        taken = of_diets | of_allergens
        # "Vegan pizza" may be a name on the menu: who asks for it asks for all that is vegan.
        goods = [phrase for phrase in phrases if taken.isdisjoint(range(phrase.start, phrase.end))]
        self.skus = tuple(dict.fromkeys(sku for phrase in goods for sku in _products(phrase)))[:MOST_ASKED]
        named = ((target.group, target.value) for phrase in goods for target in phrase.options if not phrase.products)
        self.options = tuple(dict.fromkeys(named))[:MOST_ASKED]
        self.categories = tuple(dict.fromkeys(_categories(tokens, menu, words.numbers)))
        self.names_food = any(stem(token.text) in words.foods for token in tokens)

    def says(self, key: str) -> bool:
        return wordings("intents", key, self._codes).search(self._text) is not None

    def about(self, wanted: Wanted) -> MenuQuestion:
        return MenuQuestion(
            wanted, self.skus, self.categories, self.diets, self.allergens, self.options, self._is_without
        )


def _products(phrase: Phrase) -> Sequence[str]:
    return phrase.products if phrase.kind is Kind.GOODS else ()


def _categories(tokens: Sequence[Token], menu: CompiledMenu, numbers: Mapping[str, int]) -> Iterator[str]:
    """The headings of the menu that all products of a kind stand under: "pizzas"."""
    for token in tokens:
        kind = menu.kinds.get(piece_of(token.text, numbers))
        headings = {menu.menu.by_sku[sku].category for sku in kind.skus} if kind else set()
        if len(headings) == 1:
            yield from headings


def _coded(key: str, tokens: Sequence[Token], codes: tuple[str, ...]) -> tuple[tuple[str, ...], set[int]]:
    """The codes of the words of one table, and which tokens they are."""
    texts = [token.text for token in tokens]
    by_letter = _table(key, codes)
    found: set[tuple[int, str]] = set()
    places: set[int] = set()
    for at, first in enumerate(texts):
        for place, words, code in by_letter.get(first[:1], ()):
            said = texts[at : at + len(words)]
            if len(said) == len(words) and all(map(_is_form, said, words)):
                found.add((place, code))
                places.update(range(at, at + len(words)))
    return tuple(dict.fromkeys(code for _, code in sorted(found))), places


def _is_form(text: str, word: str) -> bool:
    return text == word or (len(word) >= SHORTEST_STEM and text.startswith(word))


@cache
def _table(key: str, codes: tuple[str, ...]) -> Mapping[str, Sequence[tuple[int, tuple[str, ...], str]]]:
    """By their first letters: (place in the list, words, code)."""
    by_letter: defaultdict[str, list[tuple[int, tuple[str, ...], str]]] = defaultdict(list)
    for place, (text, code) in enumerate(named("intents", key, codes).items()):
        words = tuple(normal(text).split())
        by_letter[words[0][:1]].append((place, words, str(code)))
    return by_letter
