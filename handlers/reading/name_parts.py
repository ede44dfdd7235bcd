"""Which words of a name may be left out: "ham" for "cooked ham", "quattro" for "quattro stagioni"."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations

from handlers.reading.language import Role, Words
from handlers.reading.tokens import fold
from handlers.reading.word_lists import word_list

LONGEST_ARTICLE = 3
"""Letters of a word that may stand between "without" and its goods: "ohne das Ei", "with no egg"."""
JOINTS = frozenset({Role.AND, Role.OR, Role.WITH, Role.LINK, Role.OF_THE, Role.ARTICLE})


def has_joint(words: Sequence[str], known: Words) -> bool:
    """Does a word like "and" stand among these?"""
    return any(known.roles.get(word) is Role.AND for word in words)


def parts_of(words: Sequence[str]) -> Iterator[Sequence[str]]:
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


def absent_from(words: Sequence[str]) -> tuple[str, ...]:
    """What a thing is without by its name, in all languages: "gluten" of "gluten-free base", "glutenfreier Boden"."""
    behind, endings, before = _marks()
    for word, following in zip(words, [*words[1:], ""], strict=True):
        stem = next((word.removesuffix(ending) for ending in endings if word.endswith(ending)), "")
        if following in behind or (stem and stem in _same()):
            return _same().get(stem or word, (stem or word,))
        if word in before and following in _same():
            return _same()[following]
    return ()


def present_in(words: Sequence[str], absent: Sequence[str]) -> list[str]:
    """What is left of a name without the words for what the thing is without: the lager of "alcohol free lager"."""
    behind, endings, before = _marks()
    marks = {*behind, *before, *absent}
    return [
        word
        for word in words
        if word not in marks and not any(word == name + end for name in absent for end in endings)
    ]


def is_left_out(words: Sequence[str], at: int) -> bool:
    """Whether a thing is without the word at `at`: "gluten-free", "ohne das Gluten", "senza glutine"."""
    behind, endings, before = _marks()
    if words[at].endswith(endings) or any(word in behind for word in words[at + 1 : at + 2]):
        return True
    place = at - 2 if at > 1 and len(words[at - 1]) <= LONGEST_ARTICLE else at - 1
    return not before.isdisjoint(words[max(place, 0) : at])


@cache
def _marks() -> tuple[frozenset[str], tuple[str, ...], frozenset[str]]:
    """Words behind it, endings, and words before it that say so."""
    marks = word_list("absent")
    longest_first = sorted(marks["endings"], key=len, reverse=True)
    return frozenset(marks["behind"]), tuple(longest_first), frozenset(map(fold, marks["before"]))


@cache
def _same() -> dict[str, tuple[str, ...]]:
    """Each thing to its names in all languages."""
    named = [tuple(map(fold, names)) for names in word_list("absent")["same"]]
    return {name: names for names in named for name in names}
