"""Lines of the draft that are told by what they have: "the one with mushrooms", "den 4 mit Pilzen".

While a clause is read, a sign stands for such words, and Finder.lines takes it for its line: so every rule that names a
line takes these words, too. What people see has the words again.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from core.menu import Amount, Chosen
from handlers.reading.draft_lines import Finder, Told
from handlers.reading.language import Role, words_for
from handlers.reading.tokens import fold
from handlers.reading.understood import AddLine, Edit, EditsRead, ReadLine
from handlers.reading.wordings import wordings

FIRST_SIGN = 0xE000
"""Of the signs that Unicode leaves to programs: no letters, so nothing is read into them."""
MOST_SIGNS = 20
"""Of one message."""
MOST_WORDS = 6
"""Behind "the one with"."""
_WORD = re.compile(r"\s*[^\s,.;:!?()]+")

Having = Mapping[int, tuple[Chosen, ...]]
"""Lines, and what of the words they have."""


def with_signs(clause: str, draft: Sequence[ReadLine], finder: Finder) -> tuple[str, bool]:
    """The clause with a sign for each line that is told so; whether one is told that could be several, or is none."""
    told_by = wordings("edits", "told_by", finder.languages)
    is_unclear = False
    for found in reversed(list(told_by.finditer(clause))) if told_by.may_be_in(clause) else ():
        end, told = _told(clause, found, draft, finder)
        if told is not None and not told.lines:
            # Behind new goods it may be one of them.
            is_unclear = is_unclear or not finder.reading(clause[: found.start()]).lines
        elif told is not None and len(finder.told) < MOST_SIGNS:
            sign = chr(FIRST_SIGN + len(finder.told))
            article = wordings("edits", "definite", finder.languages).match(found[0])
            start = found.start() + (article.end() if article else 0)
            finder.told[sign] = replace(told, words=clause[start:end].strip())
            clause = f"{clause[:start]} {sign}{clause[end:]}"
    return clause, is_unclear


def _told(clause: str, found: re.Match[str], draft: Sequence[ReadLine], finder: Finder) -> tuple[int, Told | None]:
    """Where the words end, and what they tell: no line where several are so, or none; None for other words."""
    before = found.groupdict().get("nth")
    kind = before if not _says_how_many(before, finder) else ""
    among = _among(kind, draft, finder)
    with_what, start = found[0].split()[-1], found.end()
    end, can_be = 0, False
    best: Having = {}
    for behind in _ends(clause, start):
        words = f"{with_what} {clause[start:behind].strip()}"
        said = {index: finder.options(words, draft[index]) for index in among}
        can_be = can_be or any(said.values())
        having = {index: options for index, options in said.items() if options and _has(draft[index], options)}
        if _most(having) > _most(best):
            end, best = behind, having
    if words_for(finder.languages).roles.get(fold(with_what)) is not Role.REFUSE:
        end, best = _with_called(clause, start, end, best, among, draft, finder)
    if not best:
        # "The salad with balsamic" has none so far, and is to have it.
        return 0, Told(()) if can_be and not kind else None
    lines = _as_many(before, best, draft, finder)
    return end, Told(lines, options=max(best.values(), key=len))


def _with_called(
    clause: str, start: int, end: int, best: Having, among: Sequence[int], draft: Sequence[ReadLine], finder: Finder
) -> tuple[int, Having]:
    """Those, too, that have it by their names: the mushrooms of a ham and mushroom pizza."""
    for behind in [end] if best else _ends(clause, start):
        called = [index for index in finder.called(clause[start:behind], draft) if index in among]
        if called:
            return behind, {**dict.fromkeys(called, ()), **best}
    return end, best


def _says_how_many(said: str | None, finder: Finder) -> bool:
    return said is None or finder.number(said) is not None or _says_all(said, finder)


def _says_all(said: str, finder: Finder) -> bool:
    return wordings("edits", "told_all", finder.languages).fullmatch(said) is not None


def _among(kind: str | None, draft: Sequence[ReadLine], finder: Finder) -> list[int]:
    """The lines that the word before "with" leaves: "the pizza with mushrooms" is one of the pizzas."""
    if not kind:
        return [index for index, line in enumerate(draft) if line.quantity]
    # "The margherita with mushrooms" may be one that is to have them.
    return [] if finder.named(kind) else finder.called(kind, draft)


def _ends(clause: str, start: int) -> Iterator[int]:
    """Behind each of the next words of the same part of the sentence."""
    for _ in range(MOST_WORDS):
        word = _WORD.match(clause, start)
        if word is None:
            return
        start = word.end()
        yield start


def _has(line: ReadLine, options: Sequence[Chosen]) -> bool:
    """Whether the line has all of these; "with cheese" may have extra cheese."""
    return all(
        option in line.options or (option.amount is Amount.REGULAR and _has_of(line, option)) for option in options
    )


def _has_of(line: ReadLine, option: Chosen) -> bool:
    return any(
        (own.group, own.value) == (option.group, option.value) and own.amount is not Amount.NONE for own in line.options
    )


def _most(having: Having) -> int:
    return max(map(len, having.values()), default=0)


def _as_many(said: str | None, having: Having, draft: Sequence[ReadLine], finder: Finder) -> tuple[int, ...]:
    """The lines, if there are as many as the words say; several of them are meant only where that is said."""
    lines = tuple(having)
    count = finder.number(said) if said else None
    if count is None:
        return lines if len(lines) == 1 or (said and _says_all(said, finder)) else ()
    if sum(draft[index].quantity for index in lines) == count:
        return lines
    so_many = tuple(index for index in lines if draft[index].quantity == count)
    return so_many if len(so_many) == 1 else ()


def as_written(edits: EditsRead, finder: Finder) -> EditsRead:
    """With the words that people wrote, where signs stand."""
    if not finder.told:
        return edits
    return replace(
        edits,
        edits=tuple(_in_words(edit, finder) for edit in edits.edits),
        unread=tuple(_words(said, finder) for said in edits.unread),
        questions=tuple(replace(question, about=_words(question.about, finder)) for question in edits.questions),
    )


def _words(text: str, finder: Finder) -> str:
    for sign, told in finder.told.items():
        text = text.replace(sign, told.words)
    return text


def _in_words(edit: Edit, finder: Finder) -> Edit:
    if isinstance(edit, AddLine):
        return AddLine(replace(edit.line, words=_words(edit.line.words, finder)))
    return replace(edit, words=_words(edit.words, finder))
