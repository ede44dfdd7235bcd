"""An allergy said in passing: whose it is, and the message without the words about it."""

import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache

from core.documents import Order
from core.food import ALLERGENS
from core.frozen import frozen
from core.left_open import is_current
from core.notices import Notice
from core.people import Contact
from handlers import allergies, drafts, how_they_eat, menu_search, questions
from handlers.allergens import read_allergens, speaks_of_allergies
from handlers.desk import Desk
from handlers.incoming import Answer
from handlers.reading.clauses import bare
from handlers.reading.doubts import REFUSING
from handlers.reading.understood import Intent, Understood, Wishes
from handlers.reading.which_language import is_small_word, languages_of
from handlers.reading.word_lists import word_list
from handlers.reading.wordings import with_lists, wordings
from handlers.said import read
from storage.conversations import EATER, Asked

SENTENCE_ENDS = ".!;\n"
QUESTION = re.compile(r"[^.!?;\n]*\?+")
BRACKETS = re.compile(r"\(([^()]{3,80})\)")
WORD = re.compile(r"[^\W_][\w'’-]*")

BEARS = "vertr"
""" "Er verträgt keine Fruktose": the one word here that tells it with a no."""
LASTS = timedelta(hours=12)
"""What is told before anything is ordered is of the next order."""


@frozen
class AllergySaid:
    """What a message says of allergies, and `rest`, which is read like any other message."""

    codes: tuple[str, ...] = ()
    """What the writer must not eat."""
    note: str = ""
    """What somebody else must not eat, in the words of the message: for the kitchen, of this order alone."""
    rest: str = ""
    asked: str = ""
    """What is asked of it, and no menu answers: for a person."""


@dataclass(slots=True)
class _Piece:
    """Words between two joints of a message; `joint` stands before them."""

    joint: str
    words: str

    @property
    def begins_sentence(self) -> bool:
        return any(sign in self.joint for sign in SENTENCE_ENDS)


def heard(desk: Desk, contact: Contact, written: str) -> AllergySaid | None:
    """ "I'm allergic to nuts", wherever it is said, or "I'm vegan", alone or beside goods; None for a question."""
    told = _allergy(desk, contact, written) if speaks_of_allergies(written) else None
    eats, rest = how_they_eat.told(told.rest if told else written)
    if not eats:
        return told
    is_all = how_they_eat.is_nothing(rest)
    if not (is_all or _orders(desk, contact, rest)):
        return told
    note = "; ".join(filter(None, (told.note if told else "", eats)))
    return replace(told or AllergySaid(), note=note, rest="" if is_all else rest)


def _allergy(desk: Desk, contact: Contact, written: str) -> AllergySaid | None:
    if (told := _in_brackets(written)) is not None:
        return told
    if "?" in written:
        return _beside_questions(desk, contact, written)
    expected = desk.house.reading_languages(contact.language)
    pieces = list(_pieces(written, with_lists(languages_of(written, expected))))
    codes: set[str] = set()
    notes: list[str] = []
    gone: set[int] = set()
    for places in _said_in(desk, contact, pieces):
        words = "".join(pieces[at].joint * (at > places[0]) + pieces[at].words for at in places).strip()
        is_own = _is_own(words) and bool(read_allergens(words)[0])
        codes |= set(read_allergens(words)[0]) if is_own else set()
        notes += [] if is_own else [words]
        gone |= set() if _orders(desk, contact, words) else set(places)
    if not codes and not notes:
        return None
    left = [piece for at, piece in enumerate(pieces) if at not in gone]
    rest = "".join(piece.joint * (at > 0) + piece.words for at, piece in enumerate(left)).strip()
    said = tuple(code for code in ALLERGENS if code in codes)
    # "I'm also …" leaves no more than its beginning.
    return AllergySaid(said, "; ".join(notes), "" if all(map(_is_beginning, WORD.findall(rest))) else rest)


def _beside_questions(desk: Desk, contact: Contact, written: str) -> AllergySaid | None:
    """ "One of us is allergic to nuts. Can we get an invoice?": what is asked is part of the rest."""
    if not QUESTION.sub("", written).strip(f"{SENTENCE_ENDS} "):
        return _within_a_question(desk, contact, written)
    asked = " ".join(_apart(question)[1].strip() for question in QUESTION.findall(written))
    told = heard(desk, contact, QUESTION.sub(lambda found: f"{_apart(found[0])[0]}\n", written))
    if told and not (told.codes or told.rest) and read_allergens(asked)[0]:
        # "Anything without gluten? My friend is coeliac": the answer is about it.
        return None
    return replace(told, rest=f"{told.rest}\n{asked}".strip()) if told else None


def _within_a_question(desk: Desk, contact: Contact, written: str) -> AllergySaid | None:
    """ "I have a nut allergy, is there any in it?": theirs is kept, and the answer is about all of it."""
    told = ". ".join(filter(None, (_apart(question)[0] for question in QUESTION.findall(written))))
    own = heard(desk, contact, told) if told else None
    if own and own.codes:
        return AllergySaid(own.codes, "", written)
    clauses = written.split(",")
    asked = next((clause.strip() for clause in clauses if _is_sure(clause) and not read_allergens(written)[0]), "")
    rest = ",".join(clause for clause in clauses if clause.strip() != asked)
    return AllergySaid((), asked, rest, asked) if asked and _orders(desk, contact, rest) else None


def _apart(question: str) -> tuple[str, str]:
    """What a sentence tells of an allergy before it asks, and the rest of it."""
    told, joint, asked = question.rpartition(",")
    begins = _of("before_telling").sub("", told).strip(" ,\n")
    tells = bool(joint) and speaks_of_allergies(told) and _of("tells").match(begins) is not None
    return (told, asked) if tells else ("", question)


def _in_brackets(written: str) -> AllergySaid | None:
    """ "A marinara for my wife (lactose intolerance!)": the clause for the kitchen, the order without it."""
    found = next((each for each in BRACKETS.finditer(written) if speaks_of_allergies(each[1])), None)
    codes = read_allergens(found[1])[0] if found else ()
    if found is None or not codes:
        return None
    rest = f"{written[: found.start()].rstrip()}{written[found.end() :]}".strip()
    if _of("writer").search(found[1]):
        return AllergySaid(codes, "", rest)
    begins = max(written.rfind(sign, 0, found.start()) for sign in f",{SENTENCE_ENDS}") + 1
    return AllergySaid((), written[begins : found.end()].strip(), rest)


async def answered(
    desk: Desk, contact: Contact, written: str, allergy: AllergySaid, go_on: Callable[[str, str], Awaitable[Answer]]
) -> Answer:
    """Kept, and the rest of the message done by `go_on`, which takes it with the note for what is ordered."""
    noted = await allergies.noted(desk, contact, allergy.codes, written) if allergy.codes else ()
    told, left = await _for_the_kitchen(desk, contact, allergy)
    told = (*told, *(await questions.pass_on(desk, contact, allergy.asked) if allergy.asked else ()))
    if allergy.rest:
        answer = await go_on(allergy.rest, left)
        return replace(answer, notices=(*noted, *told, *answer.notices))
    told = await _for_the_next(desk, contact, left) if left else told
    draft = await desk.tx.orders.draft_of(contact.id)
    shown = (drafts.shown(desk, draft),) if draft is not None and draft.lines else ()
    return Answer("allergies", (*noted, *told, *shown))


async def _for_the_kitchen(desk: Desk, contact: Contact, allergy: AllergySaid) -> tuple[tuple[Notice, ...], str]:
    """ "Eva is allergic to nuts": the note of their draft, or for the staff; what is neither yet goes on."""
    draft = await desk.tx.orders.draft_of(contact.id) if allergy.note else None
    if draft is not None and draft.lines:
        await drafts.apply(desk, contact, draft, Understood(Intent.ORDER, wishes=Wishes(note=allergy.note)))
        return (), ""
    mine = await desk.tx.orders.of_contact(contact.id, most=5) if allergy.note else ()
    about = next((order for order in mine if is_current(order, desk.now)), None)
    if about is None:
        return (), allergy.note
    return await questions.pass_on(desk, contact, allergy.note, order=about), ""


async def with_note(
    desk: Desk, contact: Contact, understood: Understood, note: str
) -> tuple[tuple[Notice, ...], Understood]:
    """The note as a wish of what is ordered; beside anything else it is for a person."""
    if not note:
        return (), understood
    if understood.intent is not Intent.ORDER:
        return await _for_the_next(desk, contact, note), understood
    said = "; ".join(filter(None, (note, understood.wishes.note)))
    return (), replace(understood, wishes=replace(understood.wishes, note=said))


async def _for_the_next(desk: Desk, contact: Contact, note: str) -> tuple[Notice, ...]:
    """For a person now, and for the kitchen with what is ordered next."""
    kept = Asked(EATER, facts={"note": note, "until": (desk.now + LASTS).isoformat()})
    await desk.tx.conversations.ask(contact.id, kept, desk.now)
    return await questions.pass_on(desk, contact, note)


async def told_before(desk: Desk, contact: Contact, draft: Order | None, understood: Understood, note: str) -> str:
    """The note with what was told before anything was ordered."""
    if draft is not None or understood.intent is not Intent.ORDER or not understood.reading.lines:
        return note
    kept = await desk.tx.conversations.take(contact.id, EATER)
    if kept is None or datetime.fromisoformat(kept.facts["until"]) < desk.now:
        return note
    return "; ".join(filter(None, (kept.facts["note"], note)))


def _said_in(desk: Desk, contact: Contact, pieces: Sequence[_Piece]) -> Iterator[tuple[int, ...]]:
    """The pieces of each allergy: the one that names it, and those beside it that name allergens alone."""
    for at, piece in enumerate(pieces):
        if not speaks_of_allergies(piece.words):
            continue
        first = last = at
        while first > 0 and not pieces[first].begins_sentence and _is_bare(desk, contact, pieces[first - 1].words):
            first -= 1
        while last + 1 < len(pieces) and _goes_on(desk, contact, pieces[last + 1]):
            last += 1
        places = tuple(range(first, last + 1))
        if read_allergens(" ".join(pieces[one].words for one in places))[0] or _is_sure(piece.words):
            yield places


def _is_sure(words: str) -> bool:
    """ "My boyfriend is fructose intolerant": somebody must not eat it, though the law does not list it."""
    said = _of("surely").search(words)
    if said is None:
        return _must_not(words)
    is_denied = _of("not_so").search(words) is not None
    if said[0].lower().startswith(BEARS):
        return is_denied
    return not is_denied and (_of("writer").search(words) or _of("other").search(words)) is not None


def _must_not(words: str) -> bool:
    """ "My daughter can't have honey"; but "we can't have it before 7" is of a time."""
    said = _of("must_not").search(words)
    food = WORD.search(words, said.end()) if said else None
    return food is not None and not _of("no_food").fullmatch(food[0]) and re.search(r"\d", words) is None


def _goes_on(desk: Desk, contact: Contact, piece: _Piece) -> bool:
    if piece.begins_sentence:
        return _is_refusal(desk, contact, piece.words)
    return _is_bare(desk, contact, piece.words) or _is_refusal(desk, contact, piece.words)


def _is_bare(desk: Desk, contact: Contact, words: str) -> bool:
    """As in "nuts, milk and eggs": nothing but allergens, and nothing that could be ordered."""
    said = WORD.findall(words)
    named = [word for word in said if read_allergens(word)[0]]
    others = (word for word in said if word not in named)
    is_bare = bool(named) and all(is_small_word(word) or _of("between").fullmatch(word) for word in others)
    return is_bare and not read(desk, contact, words, None).reading.lines


def _is_refusal(desk: Desk, contact: Contact, words: str) -> bool:
    """ "Forget the nuts", where the menu knows of none that could be left out."""
    languages = desk.house.reading_languages(contact.language)
    said = bare(words, languages)
    refused = (found["goods"] for key in REFUSING for found in wordings("edits", key, languages).all_full(said))
    menu = desk.house.menu
    return any(
        _is_bare(desk, contact, goods) and not any(menu_search.knows(menu, word) for word in WORD.findall(goods))
        for goods in refused
    )


def _orders(desk: Desk, contact: Contact, words: str) -> bool:
    """ "Two margheritas for my allergic son": what must stay, for it is the order itself."""
    others = (word for word in WORD.findall(words) if not speaks_of_allergies(word) and not read_allergens(word)[0])
    left = " ".join(others)
    return bool(read(desk, contact, left, None).reading.lines)


def _is_beginning(word: str) -> bool:
    return any(_of(key).fullmatch(word) for key in ("writer", "between"))


def _is_own(words: str) -> bool:
    return _of("writer").search(words) is not None or _of("other").search(words) is None


def _pieces(written: str, codes: tuple[str, ...]) -> Iterator[_Piece]:
    joint, end = "", 0
    for found in _joints(codes).finditer(written):
        if written[end : found.start()].strip():
            yield _Piece(joint, written[end : found.start()])
            joint = ""
        joint, end = joint + found[0], found.end()
    if written[end:].strip():
        yield _Piece(joint, written[end:])


@cache
def _joints(codes: tuple[str, ...]) -> re.Pattern[str]:
    joint = wordings("wishes", "and", codes).pattern
    reason = "|".join(word_list("allergies")["reasons"])
    return re.compile(rf"[.!;\n]+\s*|\s*,\s*|\s+(?:{joint}|{reason})\s+", re.IGNORECASE)


@cache
def _of(key: str) -> re.Pattern[str]:
    longest_first = sorted(word_list("allergies")[key], key=len, reverse=True)
    said = "|".join(re.escape(words).replace("'", "['’]") for words in longest_first)
    return re.compile(rf"(?<!\w)(?:{said})(?!\w)", re.IGNORECASE)
