"""A message taken apart into clauses, each of which may be an edit of the draft."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from handlers.reading.language import Role, words_for
from handlers.reading.wordings import wordings

MOST_CLAUSES = 30
LONGEST = 2_000
"""Characters; a longer text is taken for one clause, and so for goods."""
LONGEST_EDIT = 300
"""Characters; a longer clause names goods."""
_SIGNED = re.compile(r"(?<!\S)[+−-]\d")


def clauses(text: str, languages: tuple[str, ...]) -> list[str]:
    """Sentences, and their parts where "and" or a comma is followed by the beginning of an edit."""
    if len(text) > LONGEST:
        return [text]
    parts = _ends(languages).split(text, maxsplit=MOST_CLAUSES)
    is_signed = ("+" in text or "-" in text or "−" in text) and _SIGNED.search(text) is not None
    if is_signed or wordings("edits", "signs", languages).may_be_in(text):
        parts = [piece for part in parts for piece in _signs(languages).split(part, maxsplit=MOST_CLAUSES)]
    return [part for part in parts if part.strip(" ,.")]


def bare(clause: str, languages: tuple[str, ...]) -> str:
    """The clause without small words at both ends."""
    if len(clause) > LONGEST_EDIT:
        return clause.strip(" ,.!?:")
    begins, ends = _small_words(languages)
    words = ends.sub("", begins.sub("", clause.strip(" ,.!?:()-–•*")))
    return words.strip(" ,.!?:")


def not_too_much(clause: str, languages: tuple[str, ...]) -> re.Match[str] | None:
    """ "But not too much" at the end is said of what stands before; alone, "too much" is a small word."""
    if not wordings("edits", "too_much", languages).may_be_in(clause):
        return None
    return _not_too_much(languages).search(clause)


def names_known(text: str, languages: tuple[str, ...]) -> bool:
    """Whether a clause begins with "the" or "my", gives something up or makes it something else: both sides know it."""
    definite = wordings("edits", "definite", languages)
    others = [wordings("edits", key, languages) for key in ("swap", "instead", "remakes", "removes")]
    again = [wordings("edits", key, languages) for key in ("says_instead", "changes_mind")]
    if len(text) > LONGEST_EDIT or not any(one.may_be_in(text) for one in (definite, *others, *again)):
        return False
    if any(one.search(text) for one in again):
        # "Tom wants the prosciutto instead".
        return True
    parts = [bare(part, languages) for part in clauses(text, languages)]
    return any(definite.match(part) or any(other.fullmatch(part) for other in others) for part in parts)


def knows(text: str, goods: str, languages: tuple[str, ...]) -> bool:
    """Whether the goods are named as such that both sides know, wherever in the text: "… the beer …"."""
    before = text[: text.find(goods)].rstrip()
    definite = wordings("edits", "definite", languages)
    return definite.match(goods) is not None or any(found.end() == len(before) for found in definite.finditer(before))


def reorder_rest(text: str, languages: tuple[str, ...], *, joined: bool = False) -> str | None:
    """What is said beside "the same as last time"; `joined`: only where "and" or "but" says that it belongs to it."""
    found = wordings("intents", "reorder", languages).search(text)
    if found is None:
        return None
    behind = text[found.end() :].strip(" ,.!;:–-")
    link = wordings("edits", "beside", languages).match(behind)
    if joined and (link is None or bare(text[: found.start()], languages)):
        return None
    return f"{text[: found.start()]} {behind[link.end() :] if link else behind}".strip()


def said_again(text: str, languages: tuple[str, ...]) -> str:
    """ "The same as last time" without what is said beside it."""
    found = wordings("intents", "reorder", languages).search(text)
    return found[0] if found else ""


def differs(text: str, languages: tuple[str, ...]) -> bool:
    """Whether what is said beside "the same as last time" takes the place of what it had: "but with two cokes"."""
    found = wordings("intents", "reorder", languages).search(text)
    behind = text[found.end() :].strip(" ,.!;:–-") if found else ""
    return wordings("edits", "otherwise", languages).match(behind) is not None


def pieces(text: str, languages: tuple[str, ...]) -> list[str]:
    """Sentences, and their parts at each comma and each "and"."""
    sentences = re.split(r"[.;!?\n]+(?:\s|$)", text[:LONGEST])
    parts = (part for sentence in sentences for part in joints(languages).split(sentence))
    return [part.strip() for part in parts if part.strip()]


def parts_behind(clause: str, languages: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The clause cut in two at each comma and each "and", from the last."""
    for cut in reversed(list(islice(joints(languages).finditer(clause), MOST_CLAUSES))):
        yield clause[: cut.start()], clause[cut.end() :]


@cache
def joints(languages: tuple[str, ...]) -> re.Pattern[str]:
    """A comma or an "and", with the spaces around it."""
    joint = wordings("wishes", "and", languages).pattern
    # Spaces from their first one on: within a long row of them nothing new begins.
    return re.compile(rf"(?:(?<!\s)\s+)?,\s*(?:{joint}\s+)?|(?<!\s)\s+{joint}\s+", re.IGNORECASE)


@cache
def _ends(languages: tuple[str, ...]) -> re.Pattern[str]:
    begins = wordings("edits", "begins", languages).pattern
    joint = wordings("wishes", "and", languages).pattern
    # The first of a row of spaces, or what the end of a sentence left of it.
    first = r"(?:(?<!\s)|(?<=\n)|(?<=[.;:!?]\s))"
    return re.compile(
        rf"[.;:!?\n]+(?:\s|$)|\n|(?:(?:{first}\s+)?,\s*(?:{joint}\s+)?|{first}\s+{joint}\s+)(?={begins})",
        re.IGNORECASE,
    )


@cache
def _signs(languages: tuple[str, ...]) -> re.Pattern[str]:
    """Before "plus" and "minus" with a number: "minus 1 margherita plus 1 caprese", "-1 coke +2 beers"."""
    sign = wordings("edits", "signs", languages).pattern
    known = words_for(languages)
    words = {*known.numbers, *(word for word, role in known.roles.items() if role is Role.ARTICLE)}
    number = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    joint = wordings("wishes", "and", languages).pattern
    return re.compile(
        rf"(?<!\s)\s+(?:{joint}\s+)?(?=(?:{sign})\s+(?:\d|(?:{number})\s)|[+−-]\d)",
        re.IGNORECASE,
    )


@cache
def _not_too_much(languages: tuple[str, ...]) -> re.Pattern[str]:
    nots, much = wordings("wishes", "note_nots", languages).pattern, wordings("edits", "too_much", languages).pattern
    return re.compile(rf"(?<=[\s,])(?:{nots})\s+(?:{much})[\s,]*$", re.IGNORECASE)


@cache
def _small_words(languages: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """At the beginning of a clause, and at its end."""
    filler = wordings("edits", "filler", languages).pattern
    return (
        re.compile(rf"^(?:[\s,:]*{filler})+(?=[\s,:]|$)", re.IGNORECASE),
        re.compile(rf"(?:[\s,]+{filler})+[\s,]*$", re.IGNORECASE),
    )
