"""Which words of a message may stand for goods or count them: none of these is a name or a town."""

from collections.abc import Callable

from handlers.reading.language import words_for
from handlers.reading.menu_match import CompiledMenu, split
from handlers.reading.notes import OnMenu
from handlers.reading.tokens import key_of, stem


def goods_test(menu: CompiledMenu, languages: tuple[str, ...]) -> Callable[[str], bool]:
    """A test of single words: those of the menu, numbers, and what people say around an order."""
    words = words_for(languages)

    def is_goods(word: str) -> bool:
        for part in split(word):
            key = key_of((part,), words.numbers)
            if part in words.numbers or part in words.roles or stem(part) in menu.vocabulary:
                return True
            if key in menu.names or key in menu.kinds or key in menu.parts:
                return True
            if (meant := menu.spelling.nearest(part)) and _opens_line(meant):
                return True
        return False

    def _opens_line(word: str) -> bool:
        """Misspelled, only what can be ordered by itself: Bozen is a town, and no misspelled Boden of a pizza."""
        key = key_of((word,), words.numbers)
        targets = (*(target for _, target in menu.names.get(key, ())), *menu.parts.get(key, ()))
        return key in menu.kinds or any(target.sku for target in targets)

    return is_goods


def on_menu(menu: CompiledMenu, languages: tuple[str, ...]) -> OnMenu:
    """A test of single words: those that name one of the menu's goods or options, and no whole category.

    `wholly`: of words that are all of a name; `of_option`: of an option's name, and of no goods'.
    """
    numbers = words_for(languages).numbers

    def names_one(words: str, *, wholly: bool = False, of_option: bool = False) -> bool:
        parts = split(words)
        if of_option:
            named = menu.names.get(key_of(tuple(parts), numbers), ())
            return bool(named) and all(target.group for _, target in named)
        if wholly:
            return key_of(tuple(parts), numbers) in menu.names
        keys = [key_of((part,), numbers) for part in parts]
        return any((key in menu.names or key in menu.parts) and key not in menu.kinds for key in keys)

    return names_one
