"""A question that is still open, and the words after it: do they answer it, or let it go?"""

from collections.abc import Sequence
from dataclasses import replace

from core.menu import Chosen
from handlers.reading.clauses import LONGEST_EDIT, bare, clauses
from handlers.reading.draft_lines import Finder
from handlers.reading.menu_match import CompiledMenu, split
from handlers.reading.order_text import read_order
from handlers.reading.tokens import stem
from handlers.reading.understood import AddLine, ClearDraft, Edit, Question, ReadLine, SetQuantity, Understood
from handlers.reading.wordings import wordings

LONGEST_NUMBER = 4
"""Digits."""
LONGEST_COUNT = 30
"""Characters of a number with the word for what it counts."""
REFUSING = ("refuse", "let_go", "removes")


def can_be_answered(question: Question) -> bool:
    """Whether there are products to choose from; what is only not believed is said once."""
    return bool(question.likely)


def lets_go(text: str, question: Question, menu: CompiledMenu, languages: tuple[str, ...]) -> bool:
    """Whether the words give up what was asked about: "never mind", "no pizza"; not who gives up all of it."""
    said = [words for clause in clauses(text, languages) if len(words := bare(clause, languages)) <= LONGEST_EDIT]
    if any(_clears(words, languages) for words in said):
        return False
    for words in said:
        if wordings("edits", "lets_doubt_go", languages).fullmatch(words):
            return True
        for found in wordings("edits", "keep_only", languages).all_full(words):
            if not is_about(found["goods"], question, menu, languages):
                # "Everything off but the cokes": what was asked about is none of what stays.
                return True
        for key in REFUSING:
            for found in wordings("edits", key, languages).all_full(words):
                if is_about(found["goods"], question, menu, languages):
                    return True
    return False


def _clears(words: str, languages: tuple[str, ...]) -> bool:
    """ "Start over" means the whole draft; "forget it" may mean what was asked."""
    lists = (wordings("edits", key, languages) for key in ("clear", "lets_doubt_go"))
    clear, lets_doubt_go = (said.fullmatch(words) is not None for said in lists)
    return clear and not lets_doubt_go


def is_about(goods: str, question: Question, menu: CompiledMenu, languages: tuple[str, ...]) -> bool:
    """Whether these goods are those of the question: as vague, or in its own words."""
    if question.likely and Finder(menu, languages).options(goods, ReadLine(question.likely[0], 1)):
        # "Without onions", asked which pizza: the onions are a choice of all of them.
        return False
    reading = read_order(goods, menu, languages)
    if any(set(one.likely) >= set(question.likely) for one in reading.questions):
        return True
    named = {line.sku for line in reading.lines} or _of_kind(goods, question, menu, languages)
    if named and named == set(question.likely):
        # "Forget the cokes", asked how many; "no drinks", asked which of them.
        return True
    said = _stems(goods)
    return not reading.lines and bool(said) and said <= _stems(question.about)


def _of_kind(goods: str, question: Question, menu: CompiledMenu, languages: tuple[str, ...]) -> set[str]:
    """What was asked about, as far as these words name its kind."""
    asked = [ReadLine(sku, 1) for sku in question.likely]
    return {asked[index].sku for index in Finder(menu, languages).called(goods, asked)}


def answers(edits: Sequence[Edit], question: Question, skus: Sequence[str]) -> bool:
    """Whether one of the edits is an answer; `skus` are those of the draft's lines before them."""
    return any(_is_answer(edit, question, skus) for edit in edits)


def _is_answer(edit: Edit, question: Question, skus: Sequence[str]) -> bool:
    if isinstance(edit, ClearDraft):
        return True
    if isinstance(edit, AddLine):
        return edit.line.sku in question.likely or _is_made_of(edit.line, question)
    if edit.index >= len(skus) or skus[edit.index] not in question.likely:
        return False
    # "Mushrooms on the margherita", asked about "mushrooms"; of a single product nothing else can be meant.
    return len(question.likely) == 1 or _stems(question.about) <= _stems(edit.words)


def _is_made_of(line: ReadLine, question: Question) -> bool:
    """ "Half margherita, half diavola", asked about "half margherita half pineapple": told anew, it is answered."""
    halves = {option.value for option in line.options}
    return not halves.isdisjoint(question.likely) and not _stems(line.words).isdisjoint(_stems(question.about))


def without_doubtful(
    understood: Understood, open_questions: Sequence[Question], menu: CompiledMenu, languages: tuple[str, ...]
) -> Understood:
    """ "Make it one pizza", asked which pizza: how many there are to be may be said of that one, so nothing is set."""
    asked = [question for question in open_questions if len(question.likely) > 1]
    unclear = [edit for edit in understood.edits if isinstance(edit, SetQuantity) and edit.quantity and edit.words]
    unclear = [edit for edit in unclear if any(_counts(edit.words, one, menu, languages) for one in asked)]
    if not unclear:
        return understood
    reading = replace(understood.reading, unread=(*understood.reading.unread, *(edit.words for edit in unclear)))
    return replace(understood, edits=tuple(e for e in understood.edits if e not in unclear), reading=reading)


def _counts(words: str, question: Question, menu: CompiledMenu, languages: tuple[str, ...]) -> bool:
    """Whether so many are said of what was asked about."""
    said = [
        *wordings("edits", "set_quantity_of", languages).all_full(words),
        *wordings("edits", "makes_it", languages).all_full(words),
    ]
    return any(is_about(found["goods"], question, menu, languages) for found in said)


def by_place(
    text: str, question: Question, menu: CompiledMenu, languages: tuple[str, ...], *, are_numbered: bool = True
) -> ReadLine | None:
    """ "The second one", or "2", as an answer to names that were numbered; of one name alone a number says how many."""
    words = bare(text, languages)
    if len(question.likely) == 1:
        return _counted(words, question, menu, languages, text.strip())
    if words.isdecimal() and len(words) < LONGEST_NUMBER:
        place = int(words) - 1 if are_numbered else None
    elif wordings("edits", "ordinal_only", languages).fullmatch(words):
        place = Finder(menu, languages).nth(words, len(question.likely))
    else:
        return None
    if place is None or not 0 <= place < len(question.likely):
        return None
    return ReadLine(question.likely[place], 1, (), text.strip())


def _counted(
    words: str, question: Question, menu: CompiledMenu, languages: tuple[str, ...], written: str
) -> ReadLine | None:
    """ "Four", "5 pieces", asked how many: with what was said of them before, "a few large ones"."""
    if len(words) > LONGEST_COUNT:
        return None
    (sku,) = question.likely
    finder = Finder(menu, languages)
    number = int(words) if words.isdecimal() and len(words) < LONGEST_NUMBER else finder.number(words)
    if number is None and any(word[0].isdecimal() or finder.number(word) for word in words.split()):
        name = next(iter(menu.menu.by_sku[sku].name.values()))
        both = read_order(f"{words} {name}", menu, languages)
        is_count = len(both.lines) == 1 and both.lines[0].sku == sku and not (both.unread or both.questions)
        alone = read_order(words, menu, languages)
        number = both.lines[0].quantity if is_count and not (alone.lines or alone.questions) else number
    return ReadLine(sku, number, finder.options(question.about, ReadLine(sku, 1)), written) if number else None


def of_spoken(text: str, sku: str, menu: CompiledMenu, languages: tuple[str, ...]) -> ReadLine | None:
    """ "Two of those", "that one": of the goods that were told of just before."""
    words = bare(text, languages)
    for found in wordings("edits", "of_spoken", languages).all_full(words):
        said = found.groupdict().get("number")
        number = Finder(menu, languages).number(said) if said else 1
        if number:
            return ReadLine(sku, number, (), text.strip())
    return None


def _stems(words: str) -> set[str]:
    return {stem(word) for word in split(words)}


def as_asked(
    edits: tuple[Edit, ...],
    open_questions: Sequence[Question],
    words: str,
    menu: CompiledMenu,
    languages: tuple[str, ...],
) -> tuple[Edit, ...]:
    """ "Margherita", asked about "two large pizzas": with the number and the options that were said before."""
    added = [edit for edit in edits if isinstance(edit, AddLine)]
    asked = [one for one in open_questions if len(edits) == len(added) == 1 and added[0].line.sku in one.likely]
    if len(asked) != 1 or added[0].line.quantity != 1:
        return edits
    both = read_order(f"{asked[0].about} {words}", menu, languages)
    if len(both.lines) != 1 or both.unread or both.questions or both.lines[0].sku != added[0].line.sku:
        return edits
    line = without_names(both.lines[0], menu)
    return (AddLine(replace(line, words=f"{asked[0].about} … {words}")),)


def without_names(line: ReadLine, menu: CompiledMenu) -> ReadLine:
    """The line without choices that only its name says: a "pizza with ham" that became a ham and mushroom pizza."""
    return replace(line, options=tuple(option for option in line.options if not _is_in_name(option, line.sku, menu)))


def _is_in_name(option: Chosen, sku: str, menu: CompiledMenu) -> bool:
    """Ham that was asked for, and the dish is "ham and mushroom pizza": it has it, and nothing more is meant."""
    product = menu.menu.by_sku[sku]
    value = product.by_group[option.group].by_value[option.value]
    names = {stem(word) for name in (*product.name.values(), *product.aliases) for word in split(name)}
    return any(stem(word) in names for name in (*value.name.values(), *value.aliases) for word in split(name))
