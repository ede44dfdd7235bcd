"""Which words of a name may be left out: "ham" for "cooked ham", "quattro" for "quattro stagioni"."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from handlers.reading.language import Role, Words

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
