"""The reply to our questions by their numbers: "1. pickup", "2. forget it"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from core.documents import Order
from core.people import Contact
from core.postcodes import has_postcode
from handlers.desk import Desk
from handlers.mail_goods import Open, by_numbers
from handlers.mail_reply import Reply, as_edits, as_many, joined
from handlers.reading.clauses import bare
from handlers.reading.doubts import lets_go
from handlers.reading.numbered_answers import words_before
from handlers.reading.understood import (
    Intent,
    Question,
    Understood,
)
from handlers.reading.wordings import wordings
from handlers.said import read

QUESTION_END = re.compile(r"(?<=[.!?])\s+|\n+")
PARTS = re.compile(r"[,.;!]+(?:\s+|$)|\n+")
ASKING = frozenset({Intent.QUESTION, Intent.HOURS, Intent.PRODUCT, Intent.MENU, Intent.PERSON})
"""What a question of theirs is read as."""


def by_number(
    desk: Desk, contact: Contact, draft: Order, opened: Open, numbered: Mapping[int, str], text: str
) -> Reply:
    """What the numbered answers say, and what stands above them: about goods each for itself, the rest together."""
    asks, above = opened.asks, words_before(text, len(opened.asks))
    numbered, gone = _without_named(desk, contact, opened, numbered)
    let_go = {place: _without_no_goods(desk, contact, numbered[place]) for place in numbered if asks[place] == "unread"}
    answers = {
        place: _without_giving_up(desk, contact, draft, answer) for place, answer in {**numbered, **let_go}.items()
    }
    asked = _asked(desk, contact, asks, answers)
    if asked and not any(_without(answer, asked) for answer in answers.values()) and set(asks) != {"unread"}:
        return Reply(Understood(Intent.QUESTION, asides=asked))
    if _gives_all_up(draft, asks, answers):
        return Reply(Understood(Intent.CANCEL), frozenset(answers))
    given_up = gone | {place for place, answer in answers.items() if not answer}
    given_up |= {place for place, answer in let_go.items() if answer != numbered[place]}
    answers = {place: _without(answer, asked) for place, answer in answers.items()}
    explained = frozenset(
        place
        for place, answer in answers.items()
        if place not in opened.goods and _says_all(desk, contact, draft, answer)
    )
    places = frozenset(place for place, answer in answers.items() if answer or place in given_up)
    told = by_numbers(
        desk, contact, draft, opened, {at: said for at, said in answers.items() if at in opened.goods and said}
    )
    others = {place: answer for place, answer in answers.items() if place not in opened.goods}
    understood = joined(told.understood, _others(desk, contact, draft, opened, others, above))
    understood = replace(understood, asides=(*understood.asides, *asked))
    return Reply(understood, places | gone, frozenset(given_up), explained, told.settled | given_up)


def _others(
    desk: Desk, contact: Contact, draft: Order, opened: Open, answers: Mapping[int, str], above: str
) -> Understood:
    """The answers to whatever is not about goods, read together with what stands above all of them."""
    left = dict(answers)
    place = opened.asks.index("address") if "address" in opened.asks else None
    address, beside = _address_of(desk, contact, draft, left.pop(place, "") if place is not None else "")
    rest = "\n".join(filter(None, dict.fromkeys((above, *left.values(), beside))))
    doubts = {words: left[place] for place, words in opened.unread.items() if left.get(place)}
    understood = (
        as_many(desk, contact, as_edits(desk, contact, draft, rest), doubts) if rest else Understood(Intent.ORDER)
    )
    if address:
        understood = replace(understood, wishes=replace(understood.wishes, address=address))
    return understood


def _without_named(
    desk: Desk, contact: Contact, opened: Open, numbered: Mapping[int, str]
) -> tuple[dict[int, str], frozenset[int]]:
    """ "Forget the unicorn" gives up what was asked about by that name, whatever its number."""
    menu, languages = desk.house.menu, desk.house.reading_languages(contact.language)
    about = {place: Question(words) for place, words in opened.unread.items()} | dict(opened.goods)
    left, gone = dict[int, str](), set[int]()
    for place, answer in numbered.items():
        parts = [part for part in PARTS.split(answer) if part.strip()]
        named = {part: {at for at, one in about.items() if lets_go(part, one, menu, languages)} for part in parts}
        by_name = {part: places for part, places in named.items() if places and not _is_bare_no(languages, part)}
        gone.update(*by_name.values())
        left[place] = answer if not by_name else ", ".join(part for part in parts if part not in by_name)
    return left, frozenset(gone)


def _is_bare_no(languages: tuple[str, ...], words: str) -> bool:
    """ "Forget it", which names nothing: said of the question of its number."""
    return wordings("edits", "lets_doubt_go", languages).fullmatch(bare(words, languages)) is not None


def _says_all(desk: Desk, contact: Contact, draft: Order, answer: str) -> bool:
    """Whether an answer says what shall be, and all of it is clear."""
    reply = Reply(as_edits(desk, contact, draft, answer)) if answer else None
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


def _without(answer: str, asked: Sequence[str]) -> str:
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
