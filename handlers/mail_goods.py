"""A reply by mail to what was asked about goods: "1. Margherita and Diavola", "the pizzas should be …, and four colas".

Each question is answered in its kind: which by names, how many by a number. What is said beside it is read as further
wishes, and a question that nothing answers stays open.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace

from core.documents import Order
from core.frozen import frozen
from core.people import Contact
from handlers.desk import Desk
from handlers.mail_reply import joined
from handlers.reading.clauses import bare, clauses, pieces
from handlers.reading.doubts import by_place, is_about, lets_go, of_spoken, without_names
from handlers.reading.language import words_for
from handlers.reading.numbers import read_number
from handlers.reading.tokens import tokenize
from handlers.reading.understood import (
    AddLine,
    Edit,
    Intent,
    Question,
    Reading,
    ReadLine,
    SetOptions,
    SetQuantity,
    Understood,
)
from handlers.reading.wordings import wordings
from handlers.said import read

SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
LONGEST = 2_000
"""Characters of a reply that are taken apart; a longer one is read as it is."""
JOINT = ", "
MOST_NAMING = 4
"""So many words name what the next ones are said of."""


@frozen
class Open:
    """What was asked of a draft, by the places of its numbers."""

    asks: tuple[str, ...]
    """Of which kind each question is."""
    goods: Mapping[int, Question]
    unread: Mapping[int, str]
    """Words that were asked about."""
    spoken: str = ""
    """The product that was told of since: what "two of those" means."""


@frozen
class GoodsTold:
    """What a reply makes of what was asked about goods."""

    understood: Understood = Understood(Intent.ORDER)
    settled: frozenset[int] = frozenset()
    """Questions that are answered, or given up."""
    given_up: frozenset[int] = frozenset()
    rest: str = ""
    """What is said beside it."""


def by_number(
    desk: Desk, contact: Contact, draft: Order, opened: Open, place: int, answer: str
) -> tuple[Understood, bool]:
    """What an answer says to the question of this number, and whether it answers it."""
    question, answer = opened.goods[place], answer.strip(" ,;")
    menu, languages = desk.house.menu, desk.house.reading_languages(contact.language)
    line = by_place(answer, question, menu, languages, are_numbered=False)
    if line is None and opened.spoken:
        line = of_spoken(answer, opened.spoken, menu, languages)
    if line is not None and len(question.likely) == 1:
        return Understood(Intent.ORDER, Reading((line,)), (AddLine(line),)), True
    if line is not None:
        name = next(iter(desk.shop.menu.by_sku[line.sku].name.values()))
        answer = name if line.quantity == 1 else f"{line.quantity} {name}"
    alone = read(desk, contact, answer, draft)
    if all(isinstance(edit, AddLine) for edit in alone.edits):
        both = read(desk, contact, f"{question.about}: {answer}", None)
        if both.edits and not both.reading.questions and len(both.reading.unread) <= len(alone.reading.unread):
            edits = tuple(_as_named(desk, edit) for edit in both.edits)
            return replace(both, edits=edits), True
        if not alone.edits:
            # "Make it four colas", which of a draft would change something.
            alone = read(desk, contact, answer, None)
    if any(isinstance(edit, AddLine) for edit in alone.edits):
        return alone, True
    if alone.intent is not Intent.ORDER:
        return Understood(Intent.ORDER), False
    # What is no answer is not asked about for itself: the question is asked again.
    return replace(alone, reading=replace(alone.reading, unread=(), questions=())), False


def _as_named(desk: Desk, edit: Edit) -> Edit:
    return AddLine(without_names(edit.line, desk.house.menu)) if isinstance(edit, AddLine) else edit


def by_numbers(desk: Desk, contact: Contact, draft: Order, opened: Open, answers: Mapping[int, str]) -> GoodsTold:
    """What the answers say to the questions of these numbers; of several each is read by itself."""
    reader = _Answers(desk, contact, draft, opened)
    for place, answer in answers.items():
        reader.answer(place, answer, numbered=answers)
    return reader.told("")


def in_words(desk: Desk, contact: Contact, draft: Order, opened: Open, text: str) -> GoodsTold:
    """The parts of a reply without numbers that answer what was asked about goods, told by what they name."""
    if (not opened.goods and not opened.unread) or len(text) > LONGEST:
        return GoodsTold(rest=text)
    reader = _Answers(desk, contact, draft, opened)
    for sentence in SENTENCE_END.split(text):
        reader.read(sentence)
    return reader.told(text)


class _Answers:
    """The questions about goods while a reply is read: each part of it answers one of them, or belongs to the rest."""

    def __init__(self, desk: Desk, contact: Contact, draft: Order, opened: Open) -> None:
        self._desk, self._contact, self._draft, self._asked = desk, contact, draft, opened
        self._menu, self._languages = desk.house.menu, desk.house.reading_languages(contact.language)
        self._left = dict(opened.goods)
        self._understood = Understood(Intent.ORDER)
        self._given_up: set[int] = set()
        self._rest: list[str] = []

    def told(self, text: str) -> GoodsTold:
        settled = frozenset(self._asked.goods.keys() - self._left.keys())
        is_taken = bool(settled or self._given_up)
        rest = "\n".join(self._rest) if is_taken else text
        return GoodsTold(self._understood, settled, frozenset(self._given_up), rest)

    def read(self, sentence: str) -> None:
        """Clauses that by themselves answer nothing belong to what stands before them."""
        if "?" in sentence and read(self._desk, self._contact, sentence, None).intent is not Intent.ORDER:
            # "No unicorn?" lets it go; what only asks orders nothing.
            self._rest += [] if self._gives_up(sentence) else [sentence]
            return
        runs: list[tuple[int | None, str]] = []
        open_before, named = (len(self._left), len(self._given_up)), None
        for said in clauses(sentence, self._languages) or [sentence]:
            if self._gives_up(said):
                runs.append((None, ""))
                continue
            clause = self._without_place(said)
            place = named if named is not None else self._place_of(clause) if clause else None
            named = self._named(clause) if place is None else None
            if named is not None:
                continue
            if place is None and runs and runs[-1][1]:
                before, words = runs.pop()
                runs.append((before, f"{words}{JOINT}{clause}"))
            elif clause:
                runs.append((place, clause))
        left = [
            words for place, words in runs if place is None or place not in self._left or not self.answer(place, words)
        ]
        # Whole, where nothing of it was an answer: its signs tell a question.
        is_whole = open_before == (len(self._left), len(self._given_up))
        self._rest += [sentence] if is_whole else [words for words in left if words]

    def _gives_up(self, clause: str) -> bool:
        """ "Leave the focaccia then"."""
        about = {place: Question(words) for place, words in self._asked.unread.items()} | self._left
        if wordings("edits", "lets_doubt_go", self._languages).fullmatch(bare(clause, self._languages)):
            # "Forget it" may mean all of it, and of several questions nobody knows which.
            understood = read(self._desk, self._contact, clause, self._draft)
            if len(about) > 1 or understood.intent is Intent.CANCEL or understood.edits:
                return False
        gone = [place for place, one in about.items() if lets_go(clause, one, self._menu, self._languages)]
        self._given_up.update(gone)
        for place in gone:
            self._left.pop(place, None)
        return bool(gone)

    def _without_place(self, clause: str) -> str:
        """ "The first one, and still water": the first of those that were named, and what is said behind it."""
        first = next(iter(pieces(clause, self._languages)), "")
        which = [place for place, one in self._left.items() if len(one.likely) > 1]
        if len(which) != 1 or not self._is_place(first, self._left[which[0]]):
            return clause
        place, behind = which[0], clause[clause.find(first) + len(first) :]
        return clause if not self.answer(place, first) else behind.strip(" ,")

    def _is_place(self, words: str, question: Question) -> bool:
        if by_place(words, question, self._menu, self._languages, are_numbered=False) is not None:
            return True
        spoken = self._asked.spoken
        return bool(spoken) and of_spoken(words, spoken, self._menu, self._languages) is not None

    def _place_of(self, clause: str) -> int | None:
        """The question that a clause answers: the only one how many for a bare number, else by the goods in it."""
        counting = [place for place, one in self._left.items() if len(one.likely) == 1]
        if len(counting) == 1 and self._is_place(clause, self._left[counting[0]]):
            return counting[0]
        lines = read(self._desk, self._contact, clause, None).reading.lines
        fitting = [place for place, one in self._left.items() if any(line.sku in one.likely for line in lines)]
        if not fitting or self._changes_draft(clause, fitting[0]) or self._adds(clause, fitting[0]):
            return None
        return fitting[0]

    def _named(self, clause: str) -> int | None:
        """ "The pizzas: …": the question that what follows is said of."""
        words = bare(clause, self._languages)
        if not words or len(words.split()) > MOST_NAMING:
            return None
        fitting = [place for place, one in self._left.items() if is_about(words, one, self._menu, self._languages)]
        return fitting[0] if len(fitting) == 1 else None

    def _changes_draft(self, clause: str, place: int) -> bool:
        """ "Make the margherita large", where one is in the draft: what was asked of another stays open."""
        likely = self._left[place].likely
        there = {index for index, line in enumerate(self._draft.lines) if line.sku in likely}
        edits = read(self._desk, self._contact, clause, self._draft).edits if there else ()
        return any(isinstance(edit, SetOptions | SetQuantity) and edit.index in there for edit in edits)

    def _adds(self, clause: str, place: int) -> bool:
        """ "And a margherita too", asked which pizzas: one more, and no answer; of colas it says how many."""
        on_top, likely = wordings("edits", "on_top", self._languages), self._left[place].likely
        # "Margherita for him too", where somebody has one.
        has_one = any(line.sku in likely for line in self._draft.lines)
        return len(likely) > 1 and not has_one and on_top.search(clause) is not None

    def answer(self, place: int, words: str, numbered: Collection[int] = ()) -> bool:
        """Words to the question of this place; False if they are no answer.

        `numbered` are the places that have answers of their own.
        """
        understood, is_answer = by_number(self._desk, self._contact, self._draft, self._asked, place, words)
        if not is_answer:
            if numbered:
                self._understood = joined(self._understood, understood)
            return False
        if not numbered:
            understood = self._without_known(understood, self._asked.goods[place])
        lines = [edit.line for edit in understood.edits if isinstance(edit, AddLine)]
        more = self._still_missing(self._asked.goods[place], lines, words)
        if more is not None:
            questions = (*understood.reading.questions, more)
            understood = replace(understood, reading=replace(understood.reading, questions=questions))
        self._understood = joined(self._understood, understood)
        self._left.pop(place, None)
        self._settle_others(lines, place, numbered)
        return True

    def _without_known(self, understood: Understood, question: Question) -> Understood:
        """ "1 margherita and 2 diavola", asked which two, beside the margherita: who tells all of it anew adds none."""
        most, there = self._count(question), {(line.sku, line.quantity) for line in self._draft.lines}
        named = [edit for edit in understood.edits if isinstance(edit, AddLine) and edit.line.sku in question.likely]
        known = [edit for edit in named if (edit.line.sku, edit.line.quantity) in there]
        too_many = sum(edit.line.quantity for edit in named) - most
        if len(question.likely) == 1 or sum(edit.line.quantity for edit in known) != too_many:
            return understood
        return replace(understood, edits=tuple(edit for edit in understood.edits if edit not in known))

    def _still_missing(self, question: Question, lines: list[ReadLine], words: str) -> Question | None:
        """ "A margherita", asked which two pizzas: the other one is asked about; not behind "only" that one."""
        numbers, tokens = words_for(self._languages), tokenize(question.about)
        number = read_number(tokens, 0, numbers)
        named = sum(line.quantity for line in lines if line.sku in question.likely)
        if number is None or number.value is None or not named or len(question.likely) == 1:
            return None
        if named >= number.value or wordings("edits", "only_so_many", self._languages).search(words):
            return None
        behind = question.about[tokens[number.length - 1].end :].strip(" x×")
        return Question(f"{number.value - named} × {behind}", question.likely)

    def _settle_others(self, lines: list[ReadLine], place: int, numbered: Collection[int]) -> None:
        """ "A margherita and three colas" answers both that were asked, as far as there are enough of them."""
        spare = sum(line.quantity for line in lines if line.sku in self._asked.goods[place].likely)
        spare -= self._count(self._asked.goods[place])
        for other, question in list(self._left.items()):
            own = [line for line in lines if line.sku in question.likely]
            shared = [line for line in own if line.sku in self._asked.goods[place].likely]
            if own and other not in numbered and (len(shared) < len(own) or spare > 0):
                self._left.pop(other)
                spare -= self._count(question) if shared else 0

    def _count(self, question: Question) -> int:
        """How many were asked about; of "a few" one is enough."""
        number = read_number(tokenize(question.about), 0, words_for(self._languages))
        return number.value if number is not None and number.value else 1
