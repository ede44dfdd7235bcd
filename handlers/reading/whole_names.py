"""What words name on one menu, wherever they stand in a message: whole names, and what other words stand for them."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from handlers.reading.language import Words
from handlers.reading.menu_match import CompiledMenu, Rank, Target
from handlers.reading.phrases import Phrase, goods_phrase
from handlers.reading.remembered import Remembered
from handlers.reading.tokens import key_of, longer_key, piece_of

MOST_NAMED = 5_000
"""So many sequences of words are remembered for a menu and some languages, those that were said last."""


class WholeNames:
    """The names of one menu in some languages; words are given as they are written, rightly spelled and folded."""

    def __init__(self, menu: CompiledMenu, words: Words) -> None:
        self._menu = menu
        self._words = words
        self.goods = Remembered(self._goods, MOST_NAMED)
        """The longest whole name that these words begin with, as a phrase at 0; also with a synonym for its last word
        or its first one, and what synonyms of it name."""

    def _goods(self, texts: tuple[str, ...]) -> Phrase | None:
        pieces = [piece_of(text, self._words.numbers) for text in texts]
        keys = list(accumulate(pieces, longer_key))
        for length in range(len(texts), 0, -1):
            targets = self._whole(texts[:length], pieces[:length], keys[:length])
            if targets:
                phrase = goods_phrase(0, length, targets + self.meant(keys[length - 1]))
                return self._with_kind(phrase, pieces[length - 1])
        return None

    def _whole(self, texts: Sequence[str], pieces: Sequence[str], keys: Sequence[str]) -> tuple[Target, ...]:
        synonyms, key = self._words.synonyms, keys[-1]
        if key in self._menu.names:
            targets = self.called(key, texts)
            return self._in_plural(texts[0], key, targets) if len(texts) == 1 else targets
        if len(texts) == 1:
            return ()
        if pieces[-1] in synonyms or pieces[0] in synonyms or keys[1] in synonyms:
            return self._otherwise(texts, pieces, keys[1]) or self._meant_together(pieces, key)
        return self._meant_together(pieces, key)

    def called(self, key: str, texts: Sequence[str]) -> tuple[Target, ...]:
        """What these words with this key are the whole name of."""
        is_one = len(self._menu.names.get(key, ())) < 2
        # Of a single thing the spelling tells nothing.
        return self._menu.named(key, "" if is_one else " ".join(texts))

    def look_up(self, texts: Sequence[str]) -> tuple[Target, ...]:
        """What is called exactly so."""
        return self._menu.named(key_of(texts, self._words.numbers), " ".join(texts))

    def meant(self, key: str) -> tuple[Target, ...]:
        """What synonyms of these words name, as a last resort."""
        others = self._words.synonyms.get(key)
        if not others:
            return ()
        targets = next((targets for other in others if (targets := self.look_up(other.split()))), ())
        return tuple(target._replace(rank=Rank.SYNONYM) for target in targets)

    def _meant_together(self, pieces: Sequence[str], key: str) -> tuple[Target, ...]:
        """ "Hot chocolate" where the menu has hot cocoa; not what each word says for itself, "acqua frizzante"."""
        names, synonyms = self._menu.names, self._words.synonyms
        is_new = key in synonyms and any(piece not in names and piece not in synonyms for piece in pieces)
        return self.meant(key) if is_new else ()

    def _otherwise(self, texts: Sequence[str], pieces: Sequence[str], two: str) -> tuple[Target, ...]:
        """ "Orange pop" where the menu has orange soda, "barbeque chips" where it has barbecue chips.

        Also with another word for the first `two` together: "plant based burger".
        """
        synonyms = self._words.synonyms
        last = ([*texts[:-1], *other.split()] for other in synonyms.get(pieces[-1], ()))
        first = ([*other.split(), *texts[1:]] for other in synonyms.get(pieces[0], ()))
        begin = ([*other.split(), *texts[2:]] for other in (synonyms.get(two, ()) if len(texts) > 2 else ()))
        firsts, lasts = (synonyms.get(piece, ()) for piece in (pieces[0], pieces[-1]))
        both = ([*one.split(), *texts[1:-1], *other.split()] for one in firsts for other in lasts)
        return next((targets for others in (*last, *first, *begin, *both) if (targets := self.look_up(others))), ())

    def _in_plural(self, text: str, key: str, targets: tuple[Target, ...]) -> tuple[Target, ...]:
        """ "Peppers", where the menu has black pepper and green peppers: not what is never in the plural."""
        if text not in self._menu.plurals:
            return targets
        is_written_so = any(spelling == text for spelling, _ in self._menu.names[key])
        return targets if is_written_so or any(target.sku for target in targets) else self._menu.plurals[text]

    def _with_kind(self, phrase: Phrase, last: str) -> Phrase:
        """Goods whose last word stands for more: a dark roast is a coffee, a cookie may be any of several."""
        if last in self._words.metonyms:
            return replace(phrase, category=key_of((self._words.metonyms[last],), {}))
        is_head = phrase.end == 1 and last in self._menu.head_nouns
        return replace(phrase, category=last) if is_head else phrase
