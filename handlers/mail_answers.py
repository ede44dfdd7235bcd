"""The reply to our questions: by numbers ("1. pickup") or in words of its own, read as edits of the draft."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from core.documents import Order
from core.frozen import frozen
from core.people import Contact
from core.postcodes import has_postcode
from handlers import drafts
from handlers.desk import Desk
from handlers.reading.cancelling import forbids_cancelling
from handlers.reading.clauses import bare
from handlers.reading.language import Words, words_for
from handlers.reading.numbered_answers import NUMBERED, split_answers
from handlers.reading.numbers import read_number
from handlers.reading.tokens import tokenize
from handlers.reading.understood import (
    AddLine,
    ClearDraft,
    Edit,
    Intent,
    ReadLine,
    SetOptions,
    SetQuantity,
    Understood,
    Wishes,
)
from handlers.reading.wordings import wordings
from handlers.said import read

SENTENCE_END = re.compile(r"(?<=[.;!?,])\s+|\n+")
QUESTION_END = re.compile(r"(?<=[.!?])\s+|\n+")
LONGEST_SENTENCE = 200
PARTS = re.compile(r"[,.;!]+(?:\s+|$)|\n+")
ANSWERING = frozenset({Intent.ORDER, Intent.PLACE, Intent.OTHER})
"""What words without a number must be for, to answer a question; anything else is its own matter."""


ASKING = frozenset({Intent.QUESTION, Intent.HOURS, Intent.PRODUCT, Intent.MENU, Intent.PERSON})
"""What a question of theirs is read as."""


@frozen
class Reply:
    """A reply read with the draft; `places` are the questions that it answers by their number."""

    understood: Understood
    places: frozenset[int] = frozenset()
    given_up: frozenset[int] = frozenset()
    """Questions that a "forget it" or "that's my name" answers: what they were about is no goods, or wanted no more."""
    explained: frozenset[int] = frozenset()
    """Questions whose answers were wholly read, and said something."""
    adds: bool = False
    """What it orders comes on top: it explains nothing that was asked."""
    asks_too: bool = False
    """A question of theirs stands beside the answer."""

    @property
    def changes(self) -> bool:
        """Whether the order shall be another than it was."""
        return bool(self.understood.edits) or self.understood.wishes != Wishes()

    @property
    def gives_up(self) -> bool:
        """Nothing shall be ordered any more, and nothing else is wanted."""
        edits, wants = self.understood.edits, self.understood.intent
        return wants is Intent.CANCEL or (bool(edits) and all(isinstance(edit, ClearDraft) for edit in edits))


def read_reply(
    desk: Desk, contact: Contact, draft: Order, asks: Sequence[str], about: Sequence[str], text: str
) -> Reply | None:
    """What a reply says to the questions of these kinds, and about these words; None where it is no answer."""
    numbered = split_answers(text, len(asks))
    if not numbered:
        reply = _in_own_words(desk, contact, draft, asks, text)
        unclear = [words for words in about if words]
        if reply is None:
            return None
        reply = replace(reply, adds=_adds(desk, contact, text))
        if len(unclear) != 1:
            return reply
        return replace(reply, understood=_as_many(desk, contact, reply.understood, {unclear[0]: text}))
    let_go = {place: _without_no_goods(desk, contact, numbered[place]) for place in numbered if asks[place] == "unread"}
    answers = {place: _without_giving_up(desk, contact, draft, answer) for place, answer in (numbered | let_go).items()}
    asked = _asked(desk, contact, asks, answers)
    if asked and not any(_told(answer, asked) for answer in answers.values()) and set(asks) != {"unread"}:
        return Reply(Understood(Intent.QUESTION, asides=asked))
    if _gives_all_up(draft, asks, answers):
        return Reply(Understood(Intent.CANCEL), frozenset(answers))
    given_up = {place for place, answer in answers.items() if not answer}
    given_up |= {place for place, answer in let_go.items() if answer != numbered[place]}
    answers = {place: _told(answer, asked) for place, answer in answers.items()}
    explained = frozenset(place for place, answer in answers.items() if _says_all(desk, contact, draft, answer))
    places = frozenset(place for place, answer in answers.items() if answer or place in given_up)
    place = asks.index("address") if "address" in asks else None
    address, beside = _address_of(desk, contact, draft, answers.pop(place, "") if place is not None else "")
    rest = "\n".join(filter(None, dict.fromkeys((*answers.values(), beside))))
    doubts = {words: answers[place] for place, words in enumerate(about) if words and answers.get(place)}
    understood = _as_many(desk, contact, _as_edits(desk, contact, draft, rest), doubts)
    if address:
        understood = replace(understood, wishes=replace(understood.wishes, address=address))
    return Reply(replace(understood, asides=(*understood.asides, *asked)), places, frozenset(given_up), explained)


def _says_all(desk: Desk, contact: Contact, draft: Order, answer: str) -> bool:
    """Whether an answer says what shall be, and all of it is clear."""
    reply = Reply(_as_edits(desk, contact, draft, answer)) if answer else None
    return reply is not None and reply.changes and not reply.understood.reading.unread


def _without_no_goods(desk: Desk, contact: Contact, answer: str) -> str:
    """ "That's just my phone number", "nothing": what was asked about was nothing to order."""
    languages = desk.house.reading_languages(contact.language)
    said = wordings("edits", "no_goods", languages)
    if not said.may_be_in(answer):
        return answer
    parts = [part for part in PARTS.split(answer) if part.strip()]
    left = [part for part in parts if not said.fullmatch(bare(part, languages))]
    return answer if len(left) == len(parts) else ", ".join(left)


def _adds(desk: Desk, contact: Contact, text: str) -> bool:
    """ "Also a coke please"."""
    said = wordings("edits", "on_top", desk.house.reading_languages(contact.language))
    return said.search(text) is not None


def _without_giving_up(desk: Desk, contact: Contact, draft: Order, answer: str) -> str:
    """ "Forget it" behind a number is said of that question alone, and leaves what else stands there."""
    parts = [part for part in PARTS.split(answer) if part.strip()]
    left = [part for part in parts if not _gives_up(desk, contact, draft, part)]
    return answer if len(left) == len(parts) else ", ".join(left)


def _asked(desk: Desk, contact: Contact, asks: Sequence[str], answers: Mapping[int, str]) -> tuple[str, ...]:
    """ "That was a question: do you open on Sunday?" where we asked what words mean; "which are vegan?" of goods."""
    said = [answer for place, answer in answers.items() if asks[place] in {"unread", "goods"} and "?" in answer]
    sentences = [sentence for answer in said for sentence in QUESTION_END.split(answer) if "?" in sentence]
    return tuple(words for words in sentences if read(desk, contact, words, None).intent in ASKING)


def _told(answer: str, asked: Sequence[str]) -> str:
    """The answer without what it asks."""
    return "\n".join(words for words in QUESTION_END.split(answer) if words not in asked) if asked else answer


def _gives_up(desk: Desk, contact: Contact, draft: Order, words: str) -> bool:
    languages = desk.house.reading_languages(contact.language)
    if wordings("edits", "lets_doubt_go", languages).fullmatch(bare(words, languages)):
        return True
    understood = read(desk, contact, words, draft)
    return Reply(understood).gives_up and understood.order_number is None


def _gives_all_up(draft: Order, asks: Sequence[str], answers: Mapping[int, str]) -> bool:
    """Whether nothing is left to order, or what was asked is the whole order itself."""
    given_up = [place for place, answer in answers.items() if not answer]
    if any(asks[place] == "changed" for place in given_up):
        return True
    return not draft.lines and len(given_up) == len(asks)


def _address_of(desk: Desk, contact: Contact, draft: Order, answer: str) -> tuple[str, str]:
    """The lines of the address, and those below it that say something else: "and two cokes only"."""
    address: list[str] = []
    beside: list[str] = []
    for line in answer.splitlines():
        is_words = bool(address) and not has_postcode(line) and Reply(read(desk, contact, line, draft)).changes
        (beside if is_words or beside else address).append(line)
    return "\n".join(address), "\n".join(beside)


def sentence_of(words: str, mails: Sequence[str]) -> str:
    """The sentence in which these words stand, without the number of its answer; torn words may mean the opposite."""
    said = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    for mail in mails:
        for line in mail.splitlines():
            numbered = NUMBERED.match(line)
            for sentence in QUESTION_END.split(numbered[2] if numbered else line):
                if said.search(sentence) and len(sentence) <= LONGEST_SENTENCE:
                    return sentence.strip()
    return words


def _in_own_words(desk: Desk, contact: Contact, draft: Order, asks: Sequence[str], text: str) -> Reply | None:
    understood = _as_edits(desk, contact, draft, text)
    if understood.intent is Intent.CANCEL and understood.order_number is None:
        if not forbids_cancelling(text, desk.house.reading_languages(contact.language)):
            return Reply(understood)
        understood = replace(understood, intent=Intent.OTHER)
    if understood.intent is Intent.QUESTION:
        return _beside_a_question(desk, contact, draft, asks, text)
    if understood.intent not in ANSWERING:
        return None
    if tuple(asks) == ("address",) and _may_be_address(understood):
        wishes = replace(understood.wishes, address=text)
        understood = replace(understood, reading=replace(understood.reading, unread=()), wishes=wishes)
    return Reply(understood)


def _beside_a_question(desk: Desk, contact: Contact, draft: Order, asks: Sequence[str], text: str) -> Reply | None:
    """As in "I pick them up. Are dogs allowed?": the sentences that ask nothing may be the answer."""
    told = "\n".join(sentence for sentence in QUESTION_END.split(text) if "?" not in sentence).strip()
    reply = _in_own_words(desk, contact, draft, asks, told) if told and told != text else None
    if reply is None or (reply.understood.wishes == Wishes() and not reply.understood.edits):
        return None
    return replace(reply, asks_too=True)


def _may_be_address(understood: Understood) -> bool:
    """Words that are nothing else: where only an address was asked, they are it."""
    return not understood.edits and not understood.wishes.address and understood.intent is not Intent.PLACE


def _as_edits(desk: Desk, contact: Contact, draft: Order, text: str) -> Understood:
    """The words read with the draft. Goods that stand there already are changed, never ordered once more."""
    known = drafts.as_read(draft)
    understood = read(desk, contact, text, draft)
    parted = {edit.words for edit in understood.edits if isinstance(edit, SetQuantity) and edit.quantity}
    refused = dict(_refused(desk, contact, draft, text))
    edits: list[Edit] = []
    for edit in understood.edits:
        if not isinstance(edit, AddLine):
            edits.append(edit)
        elif edit.line.words in parted:
            # "One of them with olives": what was taken from a line is the new one.
            edits.append(edit)
        elif not any(known[index].sku == edit.line.sku and edit.line.words in said for index, said in refused.items()):
            edits += _changed_or_new(known, edit)
    done = {edit.index for edit in edits if isinstance(edit, SetQuantity)}
    edits += [SetQuantity(index, 0, said) for index, said in refused.items() if index not in done]
    reading, intent = understood.reading, understood.intent
    return replace(understood, edits=tuple(edits), reading=reading, intent=Intent.ORDER if refused else intent)


def _refused(desk: Desk, contact: Contact, draft: Order, text: str) -> Iterator[tuple[int, str]]:
    """Lines of the draft that one clause of the words takes out: "I pick it up, without the honey please"."""
    clauses = [clause for clause in SENTENCE_END.split(text) if clause.strip()]
    if len(clauses) < 2:  # a single clause was read as it is
        return
    for clause in clauses[:20]:
        for edit in read(desk, contact, clause, draft).edits:
            if isinstance(edit, SetQuantity) and edit.quantity == 0:
                yield edit.index, clause


def _as_many(desk: Desk, contact: Contact, understood: Understood, doubts: Mapping[str, str]) -> Understood:
    """The number of what was asked about stays: "Margherita" as the answer to "2 pizzas" means two."""
    words = words_for(desk.house.reading_languages(contact.language))
    edits = list(understood.edits)
    for about, answer in doubts.items():
        number = read_number(tokenize(about), 0, words)
        fitting = [
            place
            for place, edit in enumerate(edits)
            if isinstance(edit, AddLine) and edit.line.words and edit.line.words in answer
        ]
        if number is None or number.value is None or len(fitting) != 1:
            continue
        (place,) = fitting
        added = edits[place]
        if isinstance(added, AddLine) and not _has_number(added.line.words, words):
            line = replace(added.line, quantity=number.value, words=f"{about}: {added.line.words}")
            edits[place] = AddLine(line)
    return replace(understood, edits=tuple(edits))


def _has_number(said: str, words: Words) -> bool:
    tokens = tokenize(said)
    return any(read_number(tokens, place, words) for place in range(len(tokens)))


def _changed_or_new(known: Sequence[ReadLine], edit: AddLine) -> list[Edit]:
    """Who answers often says the order once more: its number and its options count, not a second line."""
    line = edit.line
    same = [index for index, one in enumerate(known) if one.sku == line.sku]
    exact = [index for index in same if frozenset(known[index].options) == frozenset(line.options)]
    if exact:
        return [] if known[exact[0]].quantity == line.quantity else [SetQuantity(exact[0], line.quantity, line.words)]
    if len(same) != 1:
        return [edit]
    options = [SetOptions(same[0], line.options, line.words)] if line.options else []
    return [SetQuantity(same[0], line.quantity, line.words), *options]
