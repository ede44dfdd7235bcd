"""An order by mail: placed at once where all is clear, else asked about in numbered questions.

Each mail that orders has a draft of its own; what was asked about it is found by the thread of its questions.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.documents import Order
from core.errors import NotOffered, ShopError, TooMany
from core.frozen import frozen
from core.notices import MailQuestion, Notice, OrderPlaced, OrderQuestions, Refused, To
from core.people import Contact, Trust
from handlers import (
    availability,
    checkout,
    customers,
    draft_news,
    drafts,
    mail_questions,
    mail_times,
    questions,
    reordering,
    teaching,
    unread_words,
)
from handlers.chat_questions import beside
from handlers.desk import Desk
from handlers.mail_answers import read_reply, sentence_of
from handlers.mail_goods import Open
from handlers.mail_reply import Reply
from handlers.opened import open_now
from handlers.reading.agreement import agrees, substitutes
from handlers.reading.clauses import pieces
from handlers.reading.numbered_answers import split_answers
from handlers.reading.signing import without_name
from handlers.reading.understood import NO_WISHES, AddLine, Intent, Understood
from handlers.reading.wordings import wordings
from handlers.refusing import refused
from handlers.said import Said, read
from storage.conversations import Asked

MOST_ROUNDS = 2
"""So often unclear goods are asked about; then a person reads the mails."""
MOST_ROUNDS_AT_ALL = 4
PROVED = frozenset({Trust.FULL, Trust.TOKEN})
"""Senders whose corrections count: whoever forges addresses could be three customers at once."""
READ = frozenset({Intent.ORDER, Intent.GREETING, Intent.THANKS})
"""What a part of a sentence is for that nobody need read."""
BETWEEN_MAILS = "\n\n"


@frozen
class Round:
    """One mail of an order: its words, how far they are believed, and what was asked before it came."""

    text: str
    trust: Trust
    asked: Asked
    unread: tuple[str, ...] = ()
    """Words that were asked about, and that this mail leaves as unclear as they were."""
    settles: bool = False
    """Something that was asked need not be asked again."""
    agreed: bool = False
    """To take the order as it had become: what else the words are goes with it, for a person to read."""

    @property
    def number(self) -> int:
        """How often we have asked already."""
        rounds: int = self.asked.facts.get("round", 0)
        return rounds

    @property
    def in_vain(self) -> int:
        """How often we have asked since anything became clear."""
        rounds: int = self.asked.facts.get("in_vain", self.number)
        return rounds

    @property
    def words_were_asked(self) -> bool:
        return bool(self.asked.facts.get("unread"))

    @property
    def said(self) -> str:
        """All mails about this order, as far as a card holds them."""
        earlier: str = self.asked.facts.get("said", "")
        return BETWEEN_MAILS.join(filter(None, (earlier, self.text)))[: questions.LONGEST]


async def order(desk: Desk, contact: Contact, understood: Understood, text: str, trust: Trust) -> tuple[Notice, ...]:
    """What a new mail orders. It gets a draft of its own: goods of an older one do not slip into it."""
    now = Round(text, trust, Asked("questions"))
    try:
        return await _go_on(desk, contact, None, understood, now)
    except TooMany as error:
        return await _too_many(desk, contact, understood, error, now)


async def _too_many(
    desk: Desk, contact: Contact, understood: Understood, error: TooMany, now: Round
) -> tuple[Notice, ...]:
    """Refused before anything of it was kept. How and when it shall be stays, and the reply need not repeat it."""
    made = await drafts.new_draft(desk, contact)
    wished = await drafts.apply(desk, contact, made, replace(understood, edits=()))
    kept = wished.order if wished else made
    await mail_questions.remember(desk, contact, kept, (), (0, 0), unread=(), said=now.said)
    return (refused(desk, error, To(contact.id)),)


async def again(desk: Desk, contact: Contact, understood: Understood, text: str, trust: Trust) -> tuple[Notice, ...]:
    """The same as last time: placed at once, or, where prices or goods are not as they were, asked about first."""
    last = await reordering.last_order(desk, contact, understood.order_number)
    made = await reordering.repeat(desk, contact, last, None, keep=False, said=text)
    now = Round(text, trust, Asked("questions", made.draft.id))
    if made.is_same:
        return await _go_on(desk, contact, made.draft, Understood(Intent.ORDER, made.reading), now)
    draft = await _with_unread(desk, contact, made.draft, made.reading.unread, text)
    await mail_questions.remember(desk, contact, draft, (), (1, 1), (), said=text)
    return reordering.changed(replace(made, draft=draft))


async def answered(desk: Desk, contact: Contact, draft: Order, text: str, trust: Trust) -> tuple[Notice, ...] | None:
    """The reply to our questions about this draft; None where it answers none of them."""
    asked = await desk.tx.conversations.about(contact.id, draft.id) or Asked("questions", draft.id)
    asks = ["address"] if asked.what == "address" else asked.facts.get("asks", [])
    opened = mail_questions.opened(desk, asked, asks)
    reply = read_reply(desk, contact, draft, opened, text)
    if reply is None:
        return None
    if reply.gives_up:
        return await customers.drop_draft(desk, contact, draft)
    if reply.understood.intent is Intent.QUESTION:
        # Nothing is answered but asked back: what we asked stays open.
        told = await beside(Said(desk, contact, None, reply.understood, text, (), trust))
        return (*told, *await mail_questions.asked_again(desk, contact, draft)) if told else None
    reply = _with_whole_address(draft, asked, reply)
    agreed = "changed" in asks and (agrees(text) or reply.understood.intent is Intent.PLACE)
    if "changed" in asks and not agreed and not reply.changes:
        return await questions.pass_on(desk, contact, text)
    now = Round(text, trust, asked, _left_unread(asked, reply), agreed=agreed, settles=bool(reply.settled))
    reply = replace(reply, understood=_with_open(opened, reply))
    understood = mail_times.chosen(reply.understood, asked.facts.get("times", []), desk.shop.zone)
    notices = await _go_on(desk, contact, draft, understood, now)
    if understood.asides:
        notices += await beside(Said(desk, contact, None, understood, text, (), trust))
    if trust in PROVED and not reply.adds:
        notices += await _taught(desk, contact, draft, asked, text, reply)
    return (*notices, *await questions.pass_on(desk, contact, text)) if reply.asks_too else notices


def _with_open(opened: Open, reply: Reply) -> Understood:
    """With what stays open of the goods that were asked about, before what the reply itself leaves open."""
    left = tuple(question for place, question in opened.goods.items() if place not in reply.settled)
    reading = reply.understood.reading
    new = tuple(one for one in reading.questions if all(one.likely != other.likely for other in left))
    return replace(reply.understood, reading=replace(reading, questions=(*left, *new)))


def _with_whole_address(draft: Order, asked: Asked, reply: Reply) -> Reply:
    """The postcode alone, or the street, is a part of the address that was written before."""
    wishes = reply.understood.wishes
    if asked.what != "address" or not wishes.address:
        return reply
    wishes = replace(wishes, address=checkout.joined(draft, wishes.address, asked.facts.get("lacks")))
    return replace(reply, understood=replace(reply.understood, wishes=wishes))


async def _taught(
    desk: Desk, contact: Contact, draft: Order, asked: Asked, text: str, reply: Reply
) -> tuple[Notice, ...]:
    """What the answers teach: one alone by what became of the draft, of several each by its number."""
    lesson = asked.facts.get("lesson", {})
    if lesson:
        return await teaching.answered_by_mail(desk, contact, draft, lesson, text, reply.understood)
    asks, told = asked.facts.get("asks", []), list[Notice]()
    for place, answer in split_answers(text, len(asks)).items() if asks.count("unread") > 1 else ():
        if asks[place] == "unread" and not substitutes(answer):
            meant = read(desk, contact, answer, None).reading
            told += await teaching.named(desk, contact, asked.facts["about"][place], meant)
    return tuple(told)


async def _go_on(
    desk: Desk, contact: Contact, draft: Order | None, understood: Understood, now: Round
) -> tuple[Notice, ...]:
    edited = await drafts.apply(desk, contact, draft, understood)
    made = edited.order if edited else draft
    if made is None:
        # Nothing that could be ordered yet, but perhaps how, where to and when.
        made = await drafts.new_draft(desk, contact)
        edited = await drafts.apply(desk, contact, made, understood)
        made = edited.order if edited else made
    if edited is not None and edited.sold_out and not made.lines:
        return (Refused(to=To(contact.id), error="SoldOut", facts=vars(edited.sold_out[0])),)
    made, changed = await _changed(desk, contact, made, edited)
    reading = without_name(understood.reading, contact.name)
    unread = tuple(dict.fromkeys((*now.unread, *reading.unread)))
    # Words of a reply that answers nothing are no new question: the open one is asked again.
    is_vain = bool(now.number and reading.questions) and not now.settles and edited is None
    words = () if now.words_were_asked or now.agreed or is_vain else unread
    asks = (*changed, *mail_questions.needed(desk, made, reading, words))
    in_vain = 0 if edited is not None or now.settles else now.in_vain
    if asks and _is_for_a_person(now, in_vain, asks):
        # The draft stays: a later reply may still make it clear, and the shop reads every one until then.
        await mail_questions.remember(desk, contact, made, asks, (now.number, in_vain), unread, said="")
        return await questions.pass_on(desk, contact, now.said)
    if asks:
        if now.words_were_asked:
            asks = mail_questions.with_words(asks, now.unread)
        lesson = teaching.of_mail(desk, contact, reading, now.text)
        await mail_questions.remember(
            desk, contact, made, asks, (now.number + 1, in_vain + 1), unread, said=now.said, lesson=lesson
        )
        return (OrderQuestions(to=To(contact.id), order=made, questions=asks),)
    return await _place(desk, contact, await _with_unread(desk, contact, made, unread, now.text, now.said), now)


async def _changed(
    desk: Desk, contact: Contact, made: Order, edited: drafts.Edited | None
) -> tuple[Order, tuple[MailQuestion, ...]]:
    """What cannot be had is left out, prices are today's: where the order is no longer what was written, we ask."""
    made, off, prices = await draft_news.brought_up_to_date(desk, contact, made)
    if edited is not None:
        off, prices = (*map(availability.as_reason, edited.sold_out), *off), (*edited.prices, *prices)
    return made, (MailQuestion("changed", off=off, prices=prices),) if off or prices else ()


async def _place(desk: Desk, contact: Contact, made: Order, now: Round) -> tuple[Notice, ...]:
    """Nothing is left to ask. What is in the way of placing it is said."""
    made = await mail_times.first_time(desk, contact, made)
    try:
        async with desk.tx.savepoint():
            placed = await checkout.go_on(desk, contact, made.changed(trust=now.trust), tapped=False)
    except ShopError as error:
        # The draft stays, as it does in a chat: the reply may add what is missing, or choose another way.
        is_about_address = isinstance(error, NotOffered) and error.what == "address"
        asks = (MailQuestion("address"),) if is_about_address else ()
        await mail_questions.remember(desk, contact, made, asks, (now.number, now.in_vain), unread=(), said=now.said)
        return (refused(desk, error, To(contact.id)),)
    is_open, opens = open_now(desk)
    return placed if is_open else tuple(_closed(notice, opens) for notice in placed)


def _closed(notice: Notice, opens: datetime | None) -> Notice:
    """Nobody answers before the shop opens."""
    return replace(notice, opens=opens) if isinstance(notice, OrderPlaced) else notice


def _left_unread(asked: Asked, reply: Reply) -> tuple[str, ...]:
    """Words that were asked about and that the reply does not explain, as far as can be seen."""
    asks: list[str] = asked.facts.get("asks", [])
    first = asks.index("unread") if "unread" in asks else 0
    words_asked: list[str] = asked.facts.get("unread", [])
    if reply.places or reply.given_up:
        clear = reply.given_up | reply.explained
        return tuple(words for place, words in enumerate(words_asked) if first + place not in clear)
    understood = reply.understood
    goods = {sku for skus in asked.facts.get("likely", []) for sku in skus}
    added = [
        edit
        for edit in understood.edits
        if (isinstance(edit, AddLine) and edit.line.sku not in goods)
        or (not isinstance(edit, AddLine) and understood.wishes == NO_WISHES)
    ]
    explains = not reply.adds and not understood.reading.unread and len(added) >= len(words_asked)
    return () if explains else tuple(words_asked)


def _is_for_a_person(now: Round, in_vain: int, asks: Sequence[MailQuestion]) -> bool:
    """Nobody shall be asked for ever: what stays unclear is read by the staff."""
    unclear = any(question.ask in {"goods", "empty", "unread"} for question in asks)
    return now.number >= MOST_ROUNDS_AT_ALL or (unclear and in_vain >= MOST_ROUNDS)


async def _with_unread(desk: Desk, contact: Contact, order: Order, unread: Sequence[str], *mails: str) -> Order:
    """What stayed unclear goes with the order, as whole sentences of these mails: a person decides what they mean."""
    if not unread:
        return order
    said = tuple(dict.fromkeys(_part_of(desk, contact, sentence_of(words, mails), unread) for words in unread))
    said = tuple(one for one in said if not any(one != other and one in other for other in said))
    return await checkout.fill(desk, contact, order, note=unread_words.as_note(desk, order, said[: unread_words.MOST]))


def _part_of(desk: Desk, contact: Contact, sentence: str, unread: Sequence[str]) -> str:
    """The parts of a list with unread words, where all its others were read, and nothing is refused in it.

    "1 diavola, 1 unicorn, at six": the kitchen needs not read once more what has become another hour since.
    """
    languages = desk.house.reading_languages(contact.language)
    if wordings("wishes", "note_nots", languages).search(sentence):
        return sentence
    parts = pieces(sentence, languages)
    own = [part for part in parts if any(words in part for words in unread)]
    others = [read(desk, contact, part, None) for part in parts if part not in own]
    are_read = all(other.intent in READ and not other.reading.unread for other in others)
    return ", ".join(own) if own and others and are_read else sentence
